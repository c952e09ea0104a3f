"""What is wrong, or looks wrong, in the words and dates that a school or the author of an edition wrote.

Of a school only what is its own is read, never what the template says.
"""
