"""Resolve an edition for one school: pure functions, from one frozen value to the next.

Edition, School --choose--> --amend--> --fill--> --number--> Policy
"""
