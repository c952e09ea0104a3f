"""Make what is to be made, one part after another, side by side, or on other machines, to the same bytes."""
