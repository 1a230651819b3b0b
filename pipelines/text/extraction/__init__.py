"""Article text to sentences and entity spans: the only step that runs the spaCy model."""
