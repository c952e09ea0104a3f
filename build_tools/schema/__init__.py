"""The questions of an edition, and the answers of a school.

school.schema.yml --file--> fields --answers--> the school's values, typed, checked and completed
"""
