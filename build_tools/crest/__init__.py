"""A school's crest: only a picture that was checked and made anew reaches a page or a PDF."""
