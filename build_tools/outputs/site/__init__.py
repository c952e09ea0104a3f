"""The pages of one school, or of one edition, with MkDocs as the last and smallest step.

Policy --content--> Site --build--> a folder that needs no server and loads nothing from elsewhere
"""
