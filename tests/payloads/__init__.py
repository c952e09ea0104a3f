"""Hostile input: what somebody might type or paste into a school's file to make a page or PDF do more than be read."""
