"""The report, and the swap of the published warehouse."""
