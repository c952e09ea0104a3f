"""What an edition asks a school, and what the school answers.

school.schema.yml --file--> fields --answers--> the school's values, typed, checked and completed
"""
