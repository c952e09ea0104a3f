"""The change to a new edition: what is certain, and what a person must decide.

old edition, new edition, policy --plan--> Plan --trials--> the changed file, tried before it is written
"""
