"""A ratified PDF held against policy.json: what it says, in which order, and what else it shows."""
