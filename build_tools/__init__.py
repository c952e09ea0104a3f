"""schoolpolicy: a school's policy from the council's template, as a site and a PDF, with every difference shown."""

__version__ = "0.1.0"
