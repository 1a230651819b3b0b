"""The document: one distinct raw content, decoded or quarantined."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One distinct raw content.

    `text` is the decoded content, changed in nothing but a dropped byte-order mark; it is None when the content is
    quarantined, and `reason` then says why in words a person understands.
    """

    document_id: str
    sha256: str | None
    """Hex digest of the bytes; None when they could not be read."""
    bytes: int
    encoding: str | None
    """Python's name of the encoding, e.g. 'utf-8', 'utf-8-sig', 'utf-16-le', 'cp1252'."""
    language: str | None
    """ISO 639-1 code."""
    text: str | None
    reason: str | None = None

    @property
    def status(self) -> str:
        """'loaded' or 'quarantined'."""
        return "quarantined" if self.reason else "loaded"
