"""Dagster shells, one folder per step in the order of the data. Their bodies read, call the library, write, tell."""
