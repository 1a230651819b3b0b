"""How well documents were split: starts and ends of articles, roles of lines, fields, and how far confidences hold.

Pk is that of Beeferman, Berger and Lafferty (1999), WindowDiff that of Pevzner and Hearst (2002), both over non-blank
lines. All counts add up, so one tally serves a document, a kind of file or a whole collection.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from pipelines.evaluation.gold import GoldArticle, GoldDocument, GoldLine
from pipelines.evaluation.lines import Lines
from pipelines.evaluation.predictions import PredictedArticle, PredictedSpan, Prediction
from pipelines.evaluation.tally import Matches, Tally, normal

TEXT_KINDS = frozenset({"title", "standfirst", "body", "heading", "dateline", "byline"})
FURNITURE_KINDS = frozenset({"caption", "credit", "related", "marker", "furniture", "header"})
FIELDS = ("title", "standfirst", "publisher", "published")
LOST = "no span"
"""What a line is given as that no span covers."""
_FILLER = frozenset({"header", "marker", "related", "credit", "furniture"})
ACCEPTED: Mapping[str, frozenset[str]] = {
    "title": frozenset({"title"}),
    "standfirst": frozenset({"standfirst"}),
    "byline": frozenset({"byline", "header"}),
    "metadata": _FILLER | {"byline", "dateline"},
    "body": frozenset({"body"}),
    "heading": frozenset({"heading"}),
    "repeated title": frozenset({"furniture", "title"}),
    "caption": frozenset({"caption", "related"}),
    "related": frozenset({"related"}),
    "marker": frozenset({"marker", "related", "furniture", "credit"}),
    "credit": frozenset({"credit", "byline", "header", "furniture"}),
    "header": frozenset({"header", "dateline"}),
    "furniture": _FILLER | {"caption"},
}
"""Role of a line in the gold → kinds of span that are right for it; gold tells furniture apart more finely or less."""
_ROLE_OF_KIND = {
    "byline": "byline",
    "date": "metadata",
    "source": "metadata",
    "metadata": "metadata",
    "repeated_title": "repeated title",
    "photo_caption": "caption",
    "related_caption": "caption",
    "related_title": "related",
    "inline_read_more": "related",
    "read_more_marker": "marker",
    "more_link": "marker",
    "end_marker": "marker",
    "tt_marker": "marker",
    "publisher_credit": "credit",
    "end_note": "credit",
    "file_header": "header",
    "date_header": "header",
}
BINS = (0.0, 0.5, 0.7, 0.9, 0.97, 1.0)
"""Edges of the bins of confidence; each but the last leaves out its upper edge."""


@dataclass(slots=True)
class SplitTally(Tally):
    """What splitting got right and wrong: 'starts', 'ends', 'text kept', 'furniture out', 'roles' and `FIELDS`."""

    documents: int = 0
    pk: list[float] = field(default_factory=list)
    """By document that has articles."""
    window_diff: list[float] = field(default_factory=list)
    roles: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Non-blank lines per (role in the gold, kind of span)."""
    confidences: list[tuple[float, bool]] = field(default_factory=list)
    """For every article found but a file's first: confidence in its start, and whether an article does start there."""

    def plus(self, other: "SplitTally") -> "SplitTally":
        """Both together."""
        both = SplitTally(
            right=self.right + other.right,
            items=self.items + other.items,
            documents=self.documents + other.documents,
            pk=self.pk + other.pk,
            window_diff=self.window_diff + other.window_diff,
            roles=self.roles + other.roles,
            confidences=self.confidences + other.confidences,
        )
        for matches in (self.matches, other.matches):
            for quantity, found in matches.items():
                both.match(quantity, found)
        return both


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Articles in whose start there was about the same confidence."""

    low: float
    high: float
    articles: int
    confidence: float
    """Mean; 0 without articles."""
    right: float
    """Share of the starts that are right; 0 without articles."""


def reliability(confidences: Iterable[tuple[float, bool]], edges: Sequence[float] = BINS) -> list[Bin]:
    """The confidences by bins, each set against what came true: the two are equal where confidence is calibrated."""
    confidences = list(confidences)
    bins = []
    for low, high in pairwise(edges):
        here = [(c, right) for c, right in confidences if low <= c < high or (c == high == edges[-1])]
        n = len(here)
        bins.append(
            Bin(
                low=low,
                high=high,
                articles=n,
                confidence=sum(c for c, _ in here) / n if n else 0.0,
                right=sum(right for _, right in here) / n if n else 0.0,
            )
        )
    return bins


def brier(confidences: Sequence[tuple[float, bool]]) -> float:
    """Mean squared distance between a confidence and what came true (Brier 1950); 0 is best, and the value of none."""
    return sum((c - right) ** 2 for c, right in confidences) / len(confidences) if confidences else 0.0


def pk_and_window_diff(gold: set[int], found: set[int], units: int) -> tuple[float, float]:
    """Pk and WindowDiff of two segmentations of `units` units, given as the units that begin a segment.

    The window is half the mean gold segment, at least 2; both are 0 where the text is no longer than the window.
    """
    window = max(2, round(units / max(1, len(gold)) / 2))
    if units <= window:
        return 0.0, 0.0
    gold_segment = list(accumulate(int(i in gold) for i in range(units)))
    found_segment = list(accumulate(int(i in found) for i in range(units)))
    probes = units - window
    pk = window_diff = 0
    for i in range(probes):
        gold_bounds = gold_segment[i + window] - gold_segment[i]
        found_bounds = found_segment[i + window] - found_segment[i]
        pk += (gold_bounds == 0) != (found_bounds == 0)
        window_diff += gold_bounds != found_bounds
    return pk / probes, window_diff / probes


def tally_split(
    gold: GoldDocument, prediction: Prediction, lines: Lines, tally: SplitTally
) -> dict[str, PredictedArticle]:
    """Compares a document's split with its gold, adds to `tally`, and gives the gold articles found: id → found one.

    Raises ValueError, naming file and field, where gold lines do not exist in the document.
    """
    _check_lines(gold, lines)
    found_at = {lines.nonblank_from(a.start_line): a for a in prediction.articles}
    start_of = _starts_found(gold, set(found_at))
    paired = {a.id: found_at[start_of[a.id]] for a in gold.articles if a.id in start_of}
    _tally_starts(gold, found_at, start_of, lines, tally)
    for article in gold.articles:
        if article.id in paired:
            tally.judge("ends", lines.nonblank_until(paired[article.id].end_line) == article.end_line)
            _tally_fields(article, paired[article.id], tally)
    _tally_roles(gold, prediction.spans, lines, tally)
    return paired


def _check_lines(gold: GoldDocument, lines: Lines) -> None:
    for index, article in enumerate(gold.articles):
        if article.start_line not in lines.rank:
            raise ValueError(f"{gold.file}: articles[{index}].start_line: no text in line {article.start_line}")
        if article.end_line > len(lines.starts):
            raise ValueError(f"{gold.file}: articles[{index}].end_line: {article.end_line} is past the last line")


def _starts_found(gold: GoldDocument, found: set[int]) -> dict[str, int]:
    """Gold article → the line with which it was found to start.

    Where metadata stand above its title, an article may be held to start with any line from them to the title.
    """
    out = {}
    for article in gold.articles:
        last = max(article.start_line, article.title_line or 0)
        start = next((line for line in range(article.start_line, last + 1) if line in found), None)
        if start is not None:
            out[article.id] = start
    return out


def _tally_starts(
    gold: GoldDocument,
    found_at: Mapping[int, PredictedArticle],
    start_of: Mapping[str, int],
    lines: Lines,
    tally: SplitTally,
) -> None:
    right = set(start_of.values())
    tally.documents += 1
    tally.match(
        "starts",
        Matches(both=len(right), only_found=len(found_at) - len(right), only_gold=len(gold.articles) - len(right)),
    )
    if gold.articles:
        found = {lines.rank[line] for line in found_at if line not in right}
        found |= {lines.rank[a.start_line] for a in gold.articles if a.id in start_of}
        pk, window_diff = pk_and_window_diff(
            {lines.rank[a.start_line] for a in gold.articles}, found, len(lines.nonblank)
        )
        tally.pk.append(pk)
        tally.window_diff.append(window_diff)
    for line, article in sorted(found_at.items())[1:]:
        if article.boundary_confidence is not None:
            tally.confidences.append((article.boundary_confidence, line in right))


def _tally_fields(gold: GoldArticle, found: PredictedArticle, tally: SplitTally) -> None:
    for name in ("title", "standfirst", "publisher"):
        if gold.gives(name):
            tally.judge(name, normal(getattr(found, name)) == normal(getattr(gold, name)))
    if gold.gives("published"):
        tally.judge("published", _published(found) == gold.published)


def _published(article: PredictedArticle) -> str | None:
    if article.published_on is None:
        return None
    length = {"year": 4, "month": 7}.get(article.published_precision or "day", 10)
    return article.published_on.isoformat()[:length]


def _tally_roles(gold: GoldDocument, spans: Sequence[PredictedSpan], lines: Lines, tally: SplitTally) -> None:
    kind_of = _line_kinds(spans, lines)
    for article in gold.articles:
        for line in article.text_lines():
            tally.judge("text kept", kind_of.get(line) in TEXT_KINDS)
        for line in article.furniture_lines():
            tally.judge("furniture out", kind_of.get(line) in FURNITURE_KINDS)
    for line, role in _gold_roles(gold).items():
        kind = kind_of.get(line, LOST)
        tally.roles[role, kind] += 1
        tally.judge("roles", kind in ACCEPTED[role])


def _gold_roles(gold: GoldDocument) -> dict[int, str]:
    """Line → its role in the gold, for the lines of which the gold says one."""
    out = {
        row.line: _ROLE_OF_KIND.get(row.kind or "", "furniture")
        for row in gold.non_article_lines
        if isinstance(row, GoldLine)
    }
    for article in gold.articles:
        out.update((row.line, _ROLE_OF_KIND.get(row.kind or "", "furniture")) for row in article.boilerplate)
        out.update((row.line, _ROLE_OF_KIND.get(row.kind or "", "metadata")) for row in article.meta_lines)
        out.update((row.line, "heading") for row in article.section_headings)
        out.update((line, "body") for line in article.body_lines)
        heads = (("title", article.title_line), ("standfirst", article.standfirst_line))
        out.update((line, role) for role, line in heads if line is not None)
    return out


def _line_kinds(spans: Sequence[PredictedSpan], lines: Lines) -> dict[int, str]:
    """Line → kind of the span that covers most of it, blank spans aside."""
    best: dict[int, tuple[str, int]] = {}
    for span in spans:
        if span.kind == "blank":
            continue
        index = max(bisect_right(lines.starts, span.start_char) - 1, 0)
        while index < len(lines.starts) and lines.starts[index] < span.end_char:
            overlap = min(span.end_char, lines.ends[index]) - max(span.start_char, lines.starts[index])
            if overlap > 0 and (index + 1 not in best or overlap > best[index + 1][1]):
                best[index + 1] = (span.kind, overlap)
            index += 1
    return {line: kind for line, (kind, _) in best.items()}
