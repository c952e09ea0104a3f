"""Read a policy that a school already has, and say what of it an edition of the template holds.

    file --read--> Document --match--> which clause each passage is --find--> answers, with their evidence

Nothing is invented: what is said has a place in the file that shows it, and a number that says how sure it is.
"""
