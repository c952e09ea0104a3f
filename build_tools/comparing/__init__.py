"""Two policies side by side: what differs, by the id of each clause and then by words."""
