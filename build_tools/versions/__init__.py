"""What governing bodies ratified: frozen in folders, with a record and optionally a signature."""
