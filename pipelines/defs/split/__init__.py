"""Documents to articles."""
