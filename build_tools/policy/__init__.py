"""The frozen tree of a policy: its types, its JSON format, its languages, and questions about the tree."""
