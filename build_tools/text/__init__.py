"""Text, files, YAML with places, mistakes, dates and names: nothing here knows what a policy is."""
