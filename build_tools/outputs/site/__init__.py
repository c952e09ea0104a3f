"""The pages of one school, or of one edition, with MkDocs as the last and thinnest step.

Policy --content--> Site --build--> a folder that needs no server and asks nobody else for anything
"""
