"""`Document` text to spans and articles."""
