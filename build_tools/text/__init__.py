"""Text, files, YAML with places, mistakes, dates and names; nothing here is about policies."""
