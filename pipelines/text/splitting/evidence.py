"""What speaks for and against an article starting at a unit: what stands around it, and nothing of the file's layout.

Every measure is one weighted term of a log-odds; the weights are in `models/splitter/starts.json`.
"""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipelines.text.splitting.blocks import Blocks
from pipelines.text.splitting.cues import is_share_button
from pipelines.text.splitting.heads import ECHO, MAX_HEAD, TITLE_WORDS, echo
from pipelines.text.splitting.labels import TITLE_LABELS
from pipelines.text.splitting.lines import Unit
from pipelines.text.splitting.shapes import Shape, is_credit_tail, names_writers, title_case
from pipelines.text.splitting.templates import Recurrences

BLOCKED = -12.0
"""Log-odds of a unit that belongs to a block and can start nothing."""
BASE_RATE = -2.5
"""Log-odds of a start on a unit about which nothing is known, where the weights were fitted."""
NO_COHESION = -3.0
"""Log-odds of a slot about which cohesion says nothing."""
_BEHIND_ENDING = 2.0
"""Log-odds at least of what follows the end of a record."""
_BEHIND_WRITERS = 3.0
"""Log-odds for a headline behind who wrote and edited the text above."""
WEIGHTS = Path(__file__).parents[3] / "models" / "splitter" / "starts.json"
_MARKING_LABELS = 2
_LIST = 8
"""Short units between two paragraphs from which on they are a list, not a head."""
_FIRST_LIST = 4.0
"""Log-odds that an article starts in or behind the list that opens the file."""
_IN_HEAD = 6.0
"""Log-odds for the line of a page that stands as titles do."""
_FEWEST_DATED = 3
_WITH_METADATA = 2.0
"""Log-odds that a list has an article's head in it, for a date or an author below the title."""
_ABOVE_METADATA = 4
_MARKER_SHARE = 0.6
_ARTICLE_WORDS = 400
_SEVERAL_ARTICLES = 1500
"""Words from which on a file most likely has several articles."""
_COHESION_CLIP = (-8.0, 5.0)
_PLAIN_SLOPE, _PLAIN_BIAS = 1.3, 0.7
"""By which a paragraph's cohesion becomes evidence in a file of bodies alone; found on sources not fitted on."""
_HEADLINE_FLOOR = -6.5
_HEADING_FLOOR = -8.0
_LONG_HEADLINE = 12

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
    "paragraph_in_plain_file", "paragraph_below_head_in_plain_file",
    # a short sentence
    "sentence", "sentence_cohesion", "sentence_after_closing", "sentence_after_text",
    # anything else
    "other", "other_after_closing", "other_meta",
    # all of them
    "doubled", "gap_longer", "gap_ratio", "gap_plausible", "gap_shorter", "gap_after_longer", "recurs",
    "starts_lower", "title_label", "quote", "below_date", "record", "opens_labels", "in_labels",
)  # fmt: skip


def log_odds(
    units: Sequence[Unit],
    shapes: Sequence[Shape],
    found: Recurrences,
    blocks: Blocks,
    cohesion: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Log-odds by unit that an article starts there; where cohesion is NaN, by weights of their own. Shape (units,)."""
    unread = np.isnan(cohesion)
    terms = measures(units, shapes, found, blocks, cohesion)
    out = np.where(unread, _weighted(terms, "starts_unread", TERMS), _weighted(terms, "starts", TERMS))
    # where nothing but the text shows a change of subject, cohesion says all that is known of a paragraph
    plain = terms[:, TERMS.index("paragraph_in_plain_file")]
    told = _PLAIN_SLOPE * np.clip(np.nan_to_num(cohesion, nan=NO_COHESION), *_COHESION_CLIP) + _PLAIN_BIAS
    out = (1.0 - plain) * out + plain * told
    behind = [i + 1 for i in blocks.ending if i + 1 < len(units)]
    out[behind] = np.maximum(out[behind], _BEHIND_ENDING)
    signed = [
        i
        for i in range(2, len(units))
        if shapes[i - 1].credit and names_writers(units[i - 1].text) and shapes[i].headline and shapes[i - 2].text
    ]
    out[signed] += _BEHIND_WRITERS
    out[[kind is not None for kind in blocks.kind]] = BLOCKED
    runs, terms = list_measures(shapes, found, blocks, cohesion)
    totals = np.where(
        [unread[run.stop - 1] for run in runs],
        _weighted(terms, "lists_unread", LIST_TERMS),
        _weighted(terms, "lists", LIST_TERMS),
    )
    lead = next((i for i, shape in enumerate(shapes) if shape.paragraph and blocks.kind[i] is None), 0)
    opening = [range(lead + 1)] if _in_lists(shapes[:lead], found, blocks)[:1].any() else []
    for run, list_total in zip([*opening, *runs], [_FIRST_LIST] * len(opening) + totals.tolist(), strict=True):
        total, title = list_total, _page_title(run, units, shapes, found, blocks)
        own = [i for i in run if blocks.kind[i] is None]  # the paragraph at its end is one
        if title is not None:
            out[title] += _IN_HEAD
            below = range(title + 1, min(title + 1 + _ABOVE_METADATA, run.stop))
            if any(shapes[i].date or shapes[i].byline for i in below):
                total += _WITH_METADATA
                out[title] = max(out[title], out[own].max() + _WITH_METADATA)
        # between two pages exactly one article starts: the lines compete for being where it does
        share = np.exp(out[own] - out[own].max())
        out[own] = np.maximum(total + np.log(share / share.sum()), BLOCKED + 1.0)
    return np.round(np.maximum(out, BLOCKED), 3)


def _page_title(
    run: range, units: Sequence[Unit], shapes: Sequence[Shape], found: Recurrences, blocks: Blocks
) -> int | None:
    """The line of a list that stands as titles do: the last headline above the text, or the one above a standfirst."""
    lead = units[run.stop - 1]

    def is_headline(i: int) -> bool:
        own = i in run and blocks.kind[i] is None and shapes[i].headline and units[i].words >= TITLE_WORDS
        return own and not shapes[i].caption and not is_credit_tail(units[i].text)

    def could_be(i: int) -> bool:
        return is_headline(i) and (found.template[i] is None or echo(units[i], lead) >= ECHO)

    head = run[max(0, len(run) - 1 - MAX_HEAD) :]
    # what stands between the lines of date and author, or the buttons, and the text is more likely a caption
    metadata = next((i for i in head if shapes[i].date or shapes[i].byline or is_share_button(units[i])), head.stop)
    above = range(max(head.start, metadata - _ABOVE_METADATA), metadata)
    last = next((i for part in (above, head) for i in reversed(part) if could_be(i)), None)
    if last is None:
        return None
    together = [i for i in range(last, last - 4, -1) if all(is_headline(k) for k in range(i, last))]
    if len(together) == 2 and units[last - 1].words <= units[last].words:
        return last - 1  # a title above its standfirst
    return max(together, key=lambda i: (echo(units[i], lead), i))


def marked(shapes: Sequence[Shape], found: Recurrences, blocks: Blocks) -> NDArray[np.bool_]:
    """Units that a program's mark shows as starts.

    A number, a block of labels, a double, a closing line above, or a date below where the first title has one too.
    """
    own = numbered(found, blocks) | np.array(
        [i - 1 in blocks.closing or (found.doubles(i) and not shape.caption) for i, shape in enumerate(shapes)],
        bool,
    )
    own[_dated(shapes, blocks)] = True
    return own


def marked_throughout(shapes: Sequence[Shape], found: Recurrences, blocks: Blocks) -> bool:
    """Whether each article has the file's mark: the first one's title is doubled or dated, or a mark ends the file."""
    lead = next((i for i, shape in enumerate(shapes) if shape.paragraph and blocks.kind[i] is None), 0)
    doubled = any(found.doubles(i) and not shapes[i].caption for i in range(lead))
    return doubled or len(shapes) - 1 in blocks.closing or bool(_dated(shapes, blocks))


def _dated(shapes: Sequence[Shape], blocks: Blocks) -> list[int]:
    """Headlines with a line of the date below them, above the text; none when the first headline has none."""
    own: list[int] = []
    head: int | None = None
    headlines = 0
    for i, shape in enumerate(shapes):
        if blocks.kind[i] is not None:
            continue
        if shape.paragraph:
            head = None
        elif shape.headline and head is None:
            head, headlines = i, headlines + 1
        elif shape.date and head is not None:
            own.append(head)
            if headlines > 1 and len(own) == 1:
                return []
            head = None
    return own if len(own) >= _FEWEST_DATED else []


def numbered(found: Recurrences, blocks: Blocks) -> NDArray[np.bool_]:
    """Units that open a record: with its number, with a block of labels, or behind the end of the one before."""
    return np.array(
        [
            i in blocks.records or i - 1 in blocks.ending or length > _MARKING_LABELS
            for i, length in enumerate(found.labels)
        ],
        bool,
    )


def list_measures(
    shapes: Sequence[Shape], found: Recurrences, blocks: Blocks, cohesion: NDArray[np.float64]
) -> tuple[list[range], NDArray[np.float64]]:
    """Lists of short lines with the paragraph that follows each, and their terms. Shape (lists, len(LIST_TERMS))."""
    listed = _in_lists(shapes, found, blocks)
    cohesion = np.nan_to_num(cohesion, nan=NO_COHESION)
    runs: list[range] = []
    terms: list[tuple[float, ...]] = []
    start = 0
    for i, shape in enumerate(shapes):
        if not (shape.paragraph and blocks.kind[i] is None):
            continue
        if i > start and listed[start] and start > 0:
            own = range(start, i)
            recurring = sum(found.template[k] is not None or blocks.kind[k] is not None for k in own)
            text = float(np.clip(cohesion[i], *_COHESION_CLIP))
            terms.append((1.0, text, np.log2(len(own) / _LIST), recurring / len(own), recurring >= _LIST))
            runs.append(range(start, i + 1))
        start = i + 1
    return runs, np.array(terms, float).reshape(-1, len(LIST_TERMS))


LIST_TERMS = ("list", "list_cohesion", "list_length", "list_recurring", "list_much_recurring")


def measures(
    units: Sequence[Unit],
    shapes: Sequence[Shape],
    found: Recurrences,
    blocks: Blocks,
    cohesion: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The terms of every unit. Shape (units, len(TERMS))."""
    n = len(units)
    cohesion = np.nan_to_num(cohesion, nan=NO_COHESION)
    out = np.zeros((n, len(TERMS)))
    column = {name: k for k, name in enumerate(TERMS)}
    gaps = np.array([unit.gap for unit in units])
    median = float(np.median(gaps[1:])) if n > 1 else 0.0
    ordered = np.sort(gaps)
    # as many gaps of at least this size as one would expect articles
    expected = max(2.0, sum(unit.words for unit in units) / _ARTICLE_WORDS)
    as_wide = np.maximum(1, n - np.searchsorted(ordered, gaps))
    plausible = np.maximum(0.0, 1.0 - np.abs(np.log(as_wide / expected)) / 2.0)
    longer = np.clip(np.log2((gaps + 1) / (median + 1)), -2.0, 2.0)
    leads = _leads(units, shapes, blocks)
    listed = _in_lists(shapes, found, blocks)
    plain = _plainness(shapes, blocks, cohesion) * min(1.0, sum(unit.words for unit in units) / _SEVERAL_ARTICLES)
    previous = -1
    edges = blocks.closing | blocks.opening
    for i, unit in enumerate(units):
        if blocks.kind[i] is not None:
            if i in edges:
                previous = i
            continue
        shape, lead = shapes[i], leads[i]
        closed = previous < 0 or previous in edges
        text = float(np.clip(cohesion[lead], *_COHESION_CLIP)) if lead is not None else NO_COHESION
        row: dict[str, float] = {}
        labelled = found.label[i] is not None and found.label[i] not in TITLE_LABELS
        if shape.headline and listed[i] and not labelled:
            row = {
                "listed": 1.0,
                "listed_words": min(unit.words, 12) / 4 - 1.5,
                "listed_cohesion": 0.0 if closed else max(text, _HEADLINE_FLOOR),
                "listed_distance": min(1.0, (lead - i) / 10) if lead is not None else 2.0,
                "listed_gap": unit.gap > 0,
                "listed_title_case": title_case(unit.text),
                "listed_after_closing": closed,
                "listed_caption": shape.caption,
            }
            if lead is not None:
                row["listed_meta_near"] = any(shapes[j].byline or shapes[j].date for j in range(i + 1, lead))
                row["listed_echo"] = echo(unit, units[lead])
            row["listed_below_headline"] = _heads(i - 1, units, shapes, blocks) and units[i - 1].words < unit.words
            row["listed_above_headline"] = _heads(i + 1, units, shapes, blocks) and unit.words < units[i + 1].words
        elif shape.headline and not labelled:
            row = {
                "headline": 1.0,
                "headline_words": min(unit.words, 12) / 4 - 1.5,
                "headline_cohesion": 0.0 if closed else max(text, _floor(unit)),
                "headline_no_lead": lead is None,
                "headline_after_closing": closed,
                "headline_caption": shape.caption,
                "headline_asks": unit.ends == "ask",
                "headline_lead_next": lead == i + 1,
                "headline_title_case": title_case(unit.text),
                "headline_in_plain_file": 0.0 if closed else plain,
            }
            if not closed:
                row["headline_after_text"] = shapes[previous].text
                row["headline_after_headline"] = shapes[previous].headline
                row["headline_short_before"] = shapes[previous].headline and units[previous].words <= 4
            if lead is not None:
                between = range(i + 1, lead)
                row["headline_meta_near"] = any(shapes[j].byline or shapes[j].date for j in between)
                row["headline_dateline_near"] = shapes[lead].dateline
                # how much more of its words the paragraph after it has than the one before it
                row["headline_echo"] = echo(unit, units[lead]) - (echo(unit, units[previous]) if previous >= 0 else 0.0)
        elif shape.paragraph:
            row = {
                "paragraph": 1.0,
                "paragraph_cohesion": 0.0 if closed else text,
                "paragraph_after_closing": closed,
                "paragraph_below_head": not closed and not shapes[previous].text,
                "paragraph_dateline": shape.dateline,
                "paragraph_in_plain_file": 0.0 if closed else plain,
            }
            row["paragraph_below_head_in_plain_file"] = plain * row["paragraph_below_head"]
        elif shape.sentence:
            row = {
                "sentence": 1.0,
                "sentence_cohesion": 0.0 if closed else float(np.clip(cohesion[i], *_COHESION_CLIP)),
                "sentence_after_closing": closed,
                "sentence_after_text": not closed and shapes[previous].text,
            }
        else:
            row = {"other": 1.0, "other_after_closing": closed, "other_meta": shape.byline or shape.date or labelled}
        row["below_date"] = i > 0 and shapes[i - 1].date and (i == 1 or not _heads(i - 2, units, shapes, blocks))
        row["record"] = i in blocks.records
        row["opens_labels"] = min(found.labels[i], 6) / 3 if found.labels[i] > 1 else 0.0
        row["in_labels"] = labelled and found.labels[i] == 0
        row["doubled"] = found.doubles(i) and not shape.caption
        if longer[i] > 0:
            row["gap_longer"], row["gap_ratio"], row["gap_plausible"] = 1.0, longer[i], plausible[i]
        else:
            row["gap_shorter"] = longer[i]
        if i + 1 < n:
            row["gap_after_longer"] = max(0.0, longer[i + 1])
        # a title may stand in other pages' lists of links
        row["recurs"] = found.template[i] is not None and row.get("listed_echo", 0.0) < ECHO
        row["starts_lower"] = unit.text[:1].islower()
        row["title_label"] = found.label[i] in TITLE_LABELS
        row["quote"] = unit.text[:1] in "\"'“‘"
        for name, value in row.items():
            out[i, column[name]] = value
        previous = i
    return out


def _leads(units: Sequence[Unit], shapes: Sequence[Shape], blocks: Blocks) -> list[int | None]:
    """By unit, the first paragraph of an article that started there: itself, or the next one past a head."""
    out: list[int | None] = [None] * len(units)
    lead: int | None = None
    for i in range(len(units) - 1, -1, -1):
        if blocks.kind[i] is None and shapes[i].paragraph:
            lead = i
        out[i] = lead if lead is not None and lead - i <= MAX_HEAD else None
    return out


def _plainness(shapes: Sequence[Shape], blocks: Blocks, cohesion: NDArray[np.float64]) -> float:
    """How far most places where the subject changes have no headline in them: 1 in a file of bodies alone."""
    with_headline, without = 0, 0
    headed = False
    for i, shape in enumerate(shapes):
        if blocks.kind[i] is not None:
            continue
        if shape.paragraph:
            if i and cohesion[i] > 0.0:
                with_headline += headed
                without += not headed
            headed = False
        else:
            headed = headed or shape.headline
    return max(0.0, 1.5 * without / (with_headline + without + 1) - 0.5)


def _floor(unit: Unit) -> float:
    """Least cohesion that is held against a headline; a short one may be a heading, a long one sums up an article."""
    return _HEADING_FLOOR if unit.words < _LONG_HEADLINE else _HEADLINE_FLOOR


def _in_lists(shapes: Sequence[Shape], found: Recurrences, blocks: Blocks) -> NDArray[np.bool_]:
    """Units that stand among many short ones with no paragraph between them."""
    out = np.zeros(len(shapes), bool)
    start, short = 0, 0.0
    for i in range(len(shapes) + 1):
        if i == len(shapes) or (shapes[i].paragraph and blocks.kind[i] is None):
            out[start:i] = short >= _LIST
            start, short = i + 1, 0.0
        else:
            metadata = found.label[i] is not None or shapes[i].date or shapes[i].credit
            if not metadata:
                # a menu's entries may be taken for markers, and so may what records have in their heads
                short += _MARKER_SHARE if blocks.kind[i] == "marker" else blocks.kind[i] in (None, "furniture")
    return out


def _heads(i: int, units: Sequence[Unit], shapes: Sequence[Shape], blocks: Blocks) -> bool:
    """Whether unit `i` could be a title or a standfirst."""
    return 0 <= i < len(units) and blocks.kind[i] is None and shapes[i].headline and units[i].words >= 4


def _weighted(terms: NDArray[np.float64], part: str, names: tuple[str, ...]) -> NDArray[np.float64]:
    # a product of matrices would start threads, which cost more here than they bring
    return np.einsum("ij,j->i", terms, weights(part, names))


@cache
def weights(part: str, names: tuple[str, ...]) -> NDArray[np.float64]:
    """The weights of terms, in their order; `part` is 'starts', 'lists' or one of these with '_unread'."""
    values = json.loads(WEIGHTS.read_text(encoding="utf-8"))[part]
    return np.array([values[name] for name in names])
