"""Signs of an article's start at a unit: what stands around it, and nothing of the file's layout."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.text.splitting.cohesion import NO_COHESION, clipped
from pipelines.text.splitting.heads import ECHO, MAX_HEAD, TITLE_WORDS, echo
from pipelines.text.splitting.labels import TITLE_LABELS
from pipelines.text.splitting.lists import in_lists
from pipelines.text.splitting.reading import Reading
from pipelines.text.splitting.shapes import title_case
from pipelines.text.splitting.units import Unit

_ARTICLE_WORDS = 400
_SEVERAL_ARTICLES = 1500
"""Words from which on a file most likely has several articles."""
_HEADLINE_FLOOR = -6.5
_HEADING_FLOOR = -8.0
_FIRST = 2
"""Places of which the file's first paragraph counts for: there an article begins in any case."""
_LONG_HEADLINE = 12
_QUOTES = "\"'“‘"

TERMS = (
    # a line that could be a title or a standfirst
    "headline", "headline_words", "headline_cohesion", "headline_no_lead", "headline_after_text",
    "headline_after_headline", "headline_after_closing", "headline_echo", "headline_caption", "headline_asks",
    "headline_meta_near", "headline_dateline_near", "headline_lead_next", "headline_short_before",
    "headline_title_case", "headline_in_plain_file",
    # such a line in a long list of short lines, as web pages have above and below their article
    "listed", "listed_words", "listed_cohesion", "listed_echo", "listed_distance", "listed_meta_near", "listed_gap",
    "listed_title_case", "listed_after_closing", "listed_below_headline", "listed_above_headline",
    "listed_caption",
    # a paragraph
    "paragraph", "paragraph_cohesion", "paragraph_below_head", "paragraph_after_closing", "paragraph_dateline",
    "paragraph_dateline_after_text",
    "paragraph_in_plain_file", "paragraph_below_head_in_plain_file",
    # a short sentence
    "sentence", "sentence_cohesion", "sentence_after_closing", "sentence_after_text",
    # anything else
    "other", "other_after_closing", "other_meta",
    # all of them
    "doubled", "gap_longer", "gap_ratio", "gap_plausible", "gap_shorter", "recurs",
    "starts_lower", "title_label", "quote", "below_date", "record", "opens_labels", "in_labels",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A unit, and what stands next to it."""

    i: int
    previous: int
    """The last unit above that no block has, or a marker that closes or opens an item; -1 without."""
    closed: bool
    """Whether what stands above is closed: nothing, or such a marker."""
    lead: int | None
    """The first paragraph of an article that started here."""
    cohesion: float
    """Log-odds of a new article at the lead, or at a sentence above it."""
    in_list: bool
    labelled: bool
    """Whether it has a label, and not a title's."""
    below_wide_gap: bool
    """Whether the gap above is wider than usual."""
    plain: float
    """How far the file is one of bodies alone, 0 to 1."""


def measures(read: Reading) -> NDArray[np.float64]:
    """The terms of every unit. Shape (units, len(TERMS))."""
    units, shapes, found, blocks = read.units, read.shapes, read.found, read.blocks
    out = np.zeros((len(units), len(TERMS)))
    column = {name: k for k, name in enumerate(TERMS)}
    cohesion = clipped(read.cohesion)
    longer, plausible = _gaps(units)
    leads = _leads(read)
    listed = in_lists(read)
    plain = _plainness(read, cohesion)
    edges = blocks.closing | blocks.opening
    previous = -1
    for i in range(len(units)):
        if blocks.kind[i] is not None:
            previous = i if i in edges else previous
            continue
        lead = leads[i]
        place = _Place(
            i=i,
            previous=previous,
            closed=previous < 0 or previous in edges or previous in blocks.sourced,
            lead=lead,
            cohesion=NO_COHESION if lead is None else max(float(cohesion[k]) for k in _told_from(i, lead, read)),
            in_list=bool(listed[i]),
            labelled=found.label[i] is not None and found.label[i] not in TITLE_LABELS,
            below_wide_gap=bool(longer[i] > 0),
            plain=plain,
        )
        if shapes[i].headline and not place.labelled:
            row = _listed_headline(place, read) if place.in_list else _headline(place, read)
        elif shapes[i].paragraph:
            row = _paragraph(place, read)
        elif shapes[i].sentence:
            row = _sentence(place, read, float(cohesion[i]))
        else:
            metadata = shapes[i].byline or shapes[i].date or place.labelled
            row = {"other": 1.0, "other_after_closing": place.closed, "other_meta": metadata}
        row |= _any_line(place, read)
        # a title may stand in other pages' lists of links
        row["recurs"] = found.template[i] is not None and row.get("listed_echo", 0.0) < ECHO
        if longer[i] > 0:
            row["gap_longer"], row["gap_ratio"], row["gap_plausible"] = 1.0, longer[i], plausible[i]
        else:
            row["gap_shorter"] = longer[i]
        for name, value in row.items():
            out[i, column[name]] = value
        previous = i
    return out


def _gaps(units: list[Unit]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """By unit, the gap above against the usual one (log2, within ±2), and how plausibly such gaps part articles."""
    n = len(units)
    gaps = np.array([unit.gap for unit in units])
    usual = float(np.median(gaps[1:])) if n > 1 else 0.0
    longer = np.clip(np.log2((gaps + 1) / (usual + 1)), -2.0, 2.0)
    # as many gaps of at least this size as one would expect articles
    expected = max(2.0, sum(unit.words for unit in units) / _ARTICLE_WORDS)
    as_wide = np.maximum(1, n - np.searchsorted(np.sort(gaps), gaps))
    return longer, np.maximum(0.0, 1.0 - np.abs(np.log(as_wide / expected)) / 2.0)


def _headline(place: _Place, read: Reading) -> dict[str, float]:
    """Terms of a line that could be a title, outside lists."""
    units, shapes, i, previous, lead = read.units, read.shapes, place.i, place.previous, place.lead
    unit = units[i]
    # a short one may be a heading, a long one sums up an article: cohesion is held less against it
    floor = _HEADING_FLOOR if unit.words < _LONG_HEADLINE else _HEADLINE_FLOOR
    row: dict[str, float] = {
        "headline": 1.0,
        "headline_words": min(unit.words, 12) / 4 - 1.5,
        "headline_cohesion": 0.0 if place.closed else max(place.cohesion, floor),
        "headline_no_lead": lead is None,
        "headline_after_closing": place.closed,
        "headline_caption": shapes[i].caption,
        "headline_asks": unit.ends == "ask",
        "headline_lead_next": lead == i + 1,
        "headline_title_case": title_case(unit.text),
        "headline_in_plain_file": 0.0 if place.closed else place.plain,
    }
    if not place.closed:
        row["headline_after_text"] = shapes[previous].text
        # a wider gap parts it from the one above
        row["headline_after_headline"] = shapes[previous].headline and not place.below_wide_gap
        row["headline_short_before"] = shapes[previous].headline and units[previous].words <= 4
    if lead is not None:
        row["headline_meta_near"] = _metadata_between(i, lead, read)
        row["headline_dateline_near"] = shapes[lead].dateline
        # how much more of its words the paragraph after it has than the one before it
        row["headline_echo"] = echo(unit, units[lead]) - (echo(unit, units[previous]) if previous >= 0 else 0.0)
    return row


def _listed_headline(place: _Place, read: Reading) -> dict[str, float]:
    """Terms of a line that could be a title, in a list."""
    units, i, lead = read.units, place.i, place.lead
    unit = units[i]
    row: dict[str, float] = {
        "listed": 1.0,
        "listed_words": min(unit.words, 12) / 4 - 1.5,
        "listed_cohesion": 0.0 if place.closed else max(place.cohesion, _HEADLINE_FLOOR),
        "listed_distance": min(1.0, (lead - i) / 10) if lead is not None else 2.0,
        "listed_gap": unit.gap > 0,
        "listed_title_case": title_case(unit.text),
        "listed_after_closing": place.closed,
        "listed_caption": read.shapes[i].caption,
        "listed_below_headline": _could_be_title(i - 1, read) and units[i - 1].words < unit.words,
        "listed_above_headline": _could_be_title(i + 1, read) and unit.words < units[i + 1].words,
    }
    if lead is not None:
        row["listed_meta_near"] = _metadata_between(i, lead, read)
        row["listed_echo"] = echo(unit, units[lead])
    return row


def _paragraph(place: _Place, read: Reading) -> dict[str, float]:
    """Terms of a paragraph."""
    below_head = not place.closed and not read.shapes[place.previous].text
    return {
        "paragraph": 1.0,
        "paragraph_cohesion": 0.0 if place.closed else place.cohesion,
        "paragraph_after_closing": place.closed,
        "paragraph_below_head": below_head,
        "paragraph_dateline": read.shapes[place.i].dateline,
        "paragraph_dateline_after_text": read.shapes[place.i].dateline and not (place.closed or below_head),
        "paragraph_in_plain_file": 0.0 if place.closed else place.plain,
        "paragraph_below_head_in_plain_file": place.plain * below_head,
    }


def _sentence(place: _Place, read: Reading, cohesion: float) -> dict[str, float]:
    """Terms of a short sentence; `cohesion` is its own."""
    return {
        "sentence": 1.0,
        "sentence_cohesion": 0.0 if place.closed else cohesion,
        "sentence_after_closing": place.closed,
        "sentence_after_text": not place.closed and read.shapes[place.previous].text,
    }


def _any_line(place: _Place, read: Reading) -> dict[str, float]:
    """Terms that any line has, but for its gaps."""
    i, shapes, found, text = place.i, read.shapes, read.found, read.units[place.i].text
    return {
        "doubled": read.doubles_title(i),
        "starts_lower": text[:1].islower() and not shapes[i].headline and found.label[i] is None,
        "title_label": found.label[i] in TITLE_LABELS,
        "quote": text[:1] in _QUOTES,
        "below_date": i > 0 and shapes[i - 1].date and (i == 1 or not _could_be_title(i - 2, read)),
        "record": i in read.blocks.records,
        "opens_labels": min(found.labels[i], 6) / 3 if found.labels[i] > 1 else 0.0,
        "in_labels": place.labelled and found.labels[i] == 0,
    }


def _metadata_between(headline: int, lead: int, read: Reading) -> bool:
    """Whether a line of the author or the date stands between a headline and the paragraph below."""
    return any(read.shapes[i].byline or read.shapes[i].date for i in range(headline + 1, lead))


def _could_be_title(i: int, read: Reading) -> bool:
    """Whether unit `i`, if there is one, could be a title or a standfirst."""
    inside = 0 <= i < len(read.units) and read.blocks.kind[i] is None
    return inside and read.shapes[i].headline and read.units[i].words >= TITLE_WORDS


def _leads(read: Reading) -> list[int | None]:
    """By unit, the first paragraph of an article that started there: itself, or the next one past a head."""
    out: list[int | None] = [None] * len(read.units)
    lead: int | None = None
    for i in range(len(read.units) - 1, -1, -1):
        if read.is_own_paragraph(i):
            lead = i
        out[i] = lead if lead is not None and lead - i <= MAX_HEAD else None
    return out


def _told_from(i: int, lead: int, read: Reading) -> list[int]:
    """Where the text would show that an article starts at unit `i`: its first paragraph, or a sentence above that."""
    return [*(k for k in range(i, lead) if read.shapes[k].sentence and read.blocks.kind[k] is None), lead]


def _plainness(read: Reading, cohesion: NDArray[np.float64]) -> float:
    """How far the file is one of bodies alone, 0 to 1: most places where the subject changes have no headline."""
    with_headline, without = 0, 0
    headed, first = False, True
    for i, shape in enumerate(read.shapes):
        if read.blocks.kind[i] is not None:
            continue
        if shape.paragraph and read.found.label[i] is None:
            if first or cohesion[i] > 0.0:
                weight = _FIRST if first else 1
                with_headline += weight * headed
                without += weight * (not headed)
            headed = first = False
        else:
            headed = headed or shape.headline
    return several_articles(read) * max(0.0, 1.5 * without / max(1, with_headline + without) - 0.5)


def several_articles(read: Reading) -> float:
    """How far the file is long enough for several articles, 0 to 1."""
    return min(1.0, sum(unit.words for unit in read.units) / _SEVERAL_ARTICLES)
