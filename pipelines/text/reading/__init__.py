"""Bytes to `Document`: finding files, decoding, language, and the reasons why an input cannot be read."""

from pipelines.text.reading.document import Document
from pipelines.text.reading.files import (
    Content,
    FoundFile,
    NoSuchInputError,
    document_of,
    find_files,
    has_vanished,
    read_content,
    read_file,
)
from pipelines.text.reading.language import language_of

__all__ = [
    "Content",
    "Document",
    "FoundFile",
    "NoSuchInputError",
    "document_of",
    "find_files",
    "has_vanished",
    "language_of",
    "read_content",
    "read_file",
]
