"""The interview that creates a `school.yml`, question by question, for any schema and any user interface.

answers so far --asking--> question --reply--> interview --> answers so far --school_file--> school.yml
"""
