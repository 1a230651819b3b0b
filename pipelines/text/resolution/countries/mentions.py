"""What the resolution of countries yields: mentions, and the place names that it left open."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pipelines.text.article_text import Zone

MentionKind = Literal["name", "demonym", "metonym", "place"]


class CountryMention(NamedTuple):
    """A mention that resolves to one country; offsets in the document's text."""

    article_id: str
    iso2: str
    surface: str
    kind: MentionKind
    method: str
    """What the name is ('name', 'code', 'demonym', 'capital', 'seat', 'region', 'city', 'unlisted') and, after a colon,
    what decided between several countries ('container', 'context', 'article')."""
    confidence: float
    """0–1."""
    start_char: int
    end_char: int
    sentence: int
    """Ordinal of the sentence in the article, 1-based; 0 where the extraction has no sentence there."""
    zone: Zone
    paragraph: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnresolvedPlace:
    """A place name that was left open; offsets in the document's text."""

    article_id: str
    surface: str
    start_char: int
    end_char: int
    sentence: int
    candidates: tuple[str, ...]
    """Codes (ISO 3166-1 alpha-2) of the countries that it may lie in, most likely first; empty when none is known."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryResolution:
    """The countries of one article, in the order of the text."""

    mentions: tuple[CountryMention, ...]
    unresolved: tuple[UnresolvedPlace, ...]
    settled: bool
    """Whether it is the same whatever the source publishes otherwise."""

    def shares(self) -> dict[str, float]:
        """Country code → share (0–1) of its mentions in all, by code."""
        counts = Counter(m.iso2 for m in self.mentions)
        return {iso2: round(n / counts.total(), 4) for iso2, n in sorted(counts.items())}
