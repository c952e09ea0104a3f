"""The comparison of two policies: first by the id of each clause, then by words."""
