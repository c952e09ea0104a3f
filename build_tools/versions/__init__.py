"""What governing bodies ratified: frozen in folders, with a record, and perhaps a signature."""
