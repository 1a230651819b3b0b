"""The text of an article as the later steps read it: its own segments, furniture left out, offsets kept.

A segment is one title, standfirst, dateline, heading or body paragraph, with the offset of its first character in the
document, so whatever is found in it is found again in `documents.text`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal, NamedTuple

from pipelines.text.splitting.spans import ARTICLE_TEXT_KINDS, Span

Zone = Literal["title", "standfirst", "body"]


class Segment(NamedTuple):
    """One paragraph of an article."""

    zone: Zone
    paragraph: int
    """Ordinal among the article's body paragraphs, 1-based; 0 in the title and the standfirst."""
    start_char: int
    """Offset of `text` in the document's text, in code points."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleText:
    """An article's own text, in the order of the document."""

    article_id: str
    segments: tuple[Segment, ...]

    def content_hash(self) -> str:
        """Hash of zones, offsets and texts: what the later steps depend on."""
        digest = blake2b(digest_size=16)
        for s in self.segments:
            digest.update(f"{s.zone}\0{s.paragraph}\0{s.start_char}\0{s.text}\0".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def text_hash(self) -> str:
        """Hash of zones and texts, wherever they stand: what the model's reading depends on."""
        digest = blake2b(digest_size=16)
        for s in self.segments:
            digest.update(f"{s.zone}\0{s.paragraph}\0{len(s.text)}\0{s.text}".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()


def article_text(article_id: str, document_text: str, spans: Iterable[Span]) -> ArticleText:
    """The segments of one article, from its spans (those of other articles must not be among `spans`)."""
    segments: list[Segment] = []
    paragraph = 0
    for span in spans:
        if span.kind not in ARTICLE_TEXT_KINDS:
            continue
        zone: Zone = span.kind if span.kind in ("title", "standfirst") else "body"  # type: ignore[assignment]
        # a dateline opens the paragraph that follows it, and a heading is none of its own
        if span.kind == "body":
            paragraph += 1
        text = document_text[span.start_char : span.end_char]
        segments.append(
            Segment(
                zone=zone,
                paragraph=0 if zone != "body" else max(paragraph, 1),
                start_char=span.start_char,
                text=text,
            )
        )
    return ArticleText(article_id=article_id, segments=tuple(segments))
