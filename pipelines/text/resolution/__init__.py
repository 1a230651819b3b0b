"""Stored mentions to facts: countries, persons, organisations, topics, stories."""
