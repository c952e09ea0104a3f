"""An edition of the template: its texts are parsed, checked and numbered once, before any school's answer is known.

policy_src/EDITION --edition_file, sections--> provisions --number--> Edition
"""
