"""The way to a new edition: what follows by itself, and what a person must decide.

old edition, new edition, policy --plan--> Plan --trials--> the changed file, tried before it is written
"""
