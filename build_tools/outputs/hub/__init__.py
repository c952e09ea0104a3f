"""All schools together: where each stands, what they answer and amend, and when their policies fall due.

School --summary--> Summary; Summaries --status, matrix, calendar, feed--> hub
"""
