"""Find what is wrong, or looks wrong, in the words and dates that a school or the author of an edition wrote.

For a school, only its own words are checked, not the template's.
"""
