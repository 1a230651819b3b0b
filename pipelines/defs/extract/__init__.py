"""Articles to sentences and named things: the only step that runs spaCy."""
