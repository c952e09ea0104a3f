"""What is wrong, or looks wrong, in the words and dates that a school or the author of an edition wrote.

Only what is a school's own is read, never what the template says.
"""
