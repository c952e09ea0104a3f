"""Read a school's existing policy, and find in it the clauses and answers of an edition of the template.

    file --read--> Document --match--> the clause of each passage --find--> answers, with their evidence

Nothing is invented: every finding has a place in the file that shows it, and a probability.
"""
