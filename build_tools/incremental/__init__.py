"""What was built, what it was built from, and so what is to be built now."""
