"""Mentions to countries, entities, topics and stories."""
