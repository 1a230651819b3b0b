"""`Document` text to spans and articles."""

from pipelines.text.splitting.split import split_document

__all__ = ["split_document"]
