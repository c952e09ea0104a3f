"""Random files for every reader, made from real ones by Hypothesis: see `command.py`."""
