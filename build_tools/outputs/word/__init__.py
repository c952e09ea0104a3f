"""Comparisons as Word documents with tracked changes."""
