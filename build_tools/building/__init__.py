"""Build a site's parts one by one, in parallel or on other machines, with the same bytes."""
