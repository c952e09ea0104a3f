"""All schools together: their status, their answers and amendments, and when their policies are due for review.

School --summary--> Summary; Summaries --status, matrix, calendar, feed--> hub
"""
