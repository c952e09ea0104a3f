"""The questions that lead to a `school.yml`, one by one, for any schema and any front end.

answers so far --asking--> question --reply--> interview --> answers so far --school_file--> school.yml
"""
