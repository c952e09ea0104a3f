"""A school's crest: only a checked and rebuilt picture reaches a page or a PDF."""
