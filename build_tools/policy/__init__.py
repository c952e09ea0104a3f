"""The frozen tree of a policy: its nouns, how it is kept as JSON, its languages, and questions about the tree."""
