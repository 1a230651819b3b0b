"""Markers: short lines that recur around or inside articles, with what hangs on them.

A marker such as a 'more' link either closes the item above it, or opens a block of related links in the middle of an
article. Its words do not tell; what tells is whether the text goes on behind it, and what always follows it.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from pipelines.text.splitting.cues import LINK, MAX_LINK_WORDS, MAX_MARKER_WORDS, is_note
from pipelines.text.splitting.dates import dates_in
from pipelines.text.splitting.heads import ECHO, MAX_HEAD, echo
from pipelines.text.splitting.labels import BODY_LABELS, label_of
from pipelines.text.splitting.marking import Marking
from pipelines.text.splitting.shapes import Shape
from pipelines.text.splitting.spans import SpanKind
from pipelines.text.splitting.stamps import SAME_STORY, find_stamps
from pipelines.text.splitting.templates import ADDRESS, Recurrences, Template
from pipelines.text.splitting.units import Unit

IN_HEAD = "marker_in_head"
"""Rule of a line that recurs in the heads of articles."""
TAIL = "below_closing_marker"
"""Rule of a line that hangs on a marker at an article's end."""
_MAX_TAIL = 6
_TITLE_WORDS = 4
_MASKED_CODE = re.compile(r"<(?:code|number)")
_NUMBER = re.compile(r"\d+")
_RIGHTS = re.compile(r"©|\(c\)|copyright|\brights\b", re.IGNORECASE)
_MIN_PLACES = 3
_MAX_BLOCK = 4
"""Units that hang on a marker, at most."""
_FEW_OF = 0.5
"""Of the file's wide gaps, a marker's share below which it stands above some titles only."""
_MOST = 0.6
"""Share of a marker's places from which on what holds there holds of the marker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Markers:
    """The units that are markers, by what they do. Units may be added while they are sought."""

    closing: set[int] = field(default_factory=set)
    """Those that close an item."""
    ending: set[int] = field(default_factory=set)
    """Those among them that programs write behind each record: a code or a number, or a line drawn with signs."""
    opening: set[int] = field(default_factory=set)
    """Those that open an item."""
    records: set[int] = field(default_factory=set)
    """Those that count the items, '1 of 20', or are stamped on them: the first lines of their articles."""


def find_markers(
    units: Sequence[Unit], shapes: Sequence[Shape], found: Recurrences, cohesion: Sequence[float], marking: Marking
) -> Markers:
    """Finds what recurs as markers do, and marks it with what hangs on it.

    `cohesion` gives the log-odds of a new article by the text, for as many units as were read.
    """
    n, kind = len(units), marking.kind
    stamps = find_stamps(units, shapes, found, cohesion)
    ending = {p for p in stamps.ending if kind[p] is None}
    usual = _usual_gap(units, shapes)
    wide = sum(unit.gap > usual for unit in units)
    markers = Markers(records=set(stamps.opening), closing=set(ending), ending=set(ending))
    for p in stamps.opening:
        marking.keep(p)
    for p in ending:
        if found.label[p] is None:
            marking.mark(p, "marker", "stamp")
    markers.closing.update(found.label_ends)
    markers.ending.update(found.label_ends)
    for template in _marker_templates(units, shapes, found):
        positions = template.positions
        if markers.records.issuperset(positions) or ending.issuperset(positions):
            continue
        if sum(kind[p] == "related" for p in positions) >= 0.5 * len(positions):
            continue  # a title that others link
        above = not any(shape.paragraph for shape in shapes[: positions[0]])
        if above and _counts(template, units) and all(kind[p] is None for p in positions):
            markers.records.update(positions)
            continue
        # what stands above some titles, behind a wide gap or the line that closed the article before: section, source
        rare = len(positions) < _FEW_OF * wide
        heads = {
            p
            for p in positions
            if p + 1 < n
            and units[p].gap > units[p + 1].gap
            and (p - 1 in markers.closing or (rare and units[p].gap > usual and shapes[p + 1].headline))
        }
        behind = {p for p in positions if p not in heads and _behind_text(p, shapes, found, kind)}
        # the first one may open the file
        if len(behind) < _MOST * (len(positions) - (positions[0] == 0)):
            for p in positions:
                doubled = found.double_next[p] is not None or found.double_previous[p] is not None
                if p not in heads and not doubled and units[p].words <= 2:
                    marking.mark(p, "marker", IN_HEAD)
            continue
        tails = _tails(positions, units, shapes, kind)
        if tails and not _goes_on_behind([end - 1 for end in tails], units, shapes, cohesion):
            for p, end in zip(positions, tails, strict=True):
                _mark_tail(template, p, end, units, shapes, found, markers, marking)
            continue
        length = _block_length(template, units, shapes, found)
        role = _marker_role(template, length, units, shapes, found, markers.records, cohesion)
        if role == "block" and above:
            continue  # what stands above all text interrupts none
        if role in ("closing", "opening") and _stands_above_titles(positions, units, shapes):
            for p in positions:
                marking.mark(p, "marker", IN_HEAD)
                markers.opening.add(p)
            continue
        for p in positions:
            marking.mark(p, "marker", f"marker_{role}")
            # between a headline and a paragraph it stands in a head, whatever it does elsewhere
            in_head = p not in behind and p > 0 and shapes[p - 1].headline and _text_next(p, shapes, kind)
            in_head = in_head and not _is_link(units[p - 1])
            if role == "closing" and not in_head:
                markers.closing.add(p)
                if shapes[p].rule or _MASKED_CODE.search(template.masked):
                    markers.ending.add(p)
            elif role == "opening":
                markers.opening.add(p)
            elif role == "block":
                for i in range(p + 1, min(p + length, n - 1) + 1):
                    marking.mark(i, "related" if i == p + length else "caption", "after_marker")
    _close_with_notes(units, shapes, markers, marking)
    return markers


def _usual_gap(units: Sequence[Unit], shapes: Sequence[Shape]) -> int:
    """Blank lines between most paragraphs."""
    gaps = sorted(units[i].gap for i in range(1, len(units)) if shapes[i].text and shapes[i - 1].text)
    return gaps[len(gaps) // 2] if gaps else 0


def _close_with_notes(units: Sequence[Unit], shapes: Sequence[Shape], markers: Markers, marking: Marking) -> None:
    """Notes right below a closing line close the same article."""
    for p in sorted(markers.closing):
        i = p + 1
        while i < len(units) and units[i].gap == 0 and marking.kind[i] is None and is_note(units[i], shapes[i]):
            marking.mark(i, "marker", "note")
            markers.closing.add(i)
            i += 1


def _marker_templates(units: Sequence[Unit], shapes: Sequence[Shape], found: Recurrences) -> list[Template]:
    """Short recurring lines that stand alone, most frequent first."""
    seen: dict[str, Template] = {}
    for i, template in enumerate(found.template):
        if template is None or template.masked in seen:
            continue
        shape, unit = shapes[i], units[i]
        if unit.words > MAX_MARKER_WORDS and ADDRESS not in template.masked:
            continue
        if shape.paragraph or shape.date or shape.byline or label_of(unit.text):
            continue
        if shape.credit and not _RIGHTS.search(unit.text):
            continue  # who wrote or edited one article may have done so with others
        seen[template.masked] = template
    paragraphs = list(accumulate((shape.paragraph for shape in shapes), initial=0))
    return sorted(
        (t for t in seen.values() if _places(t, paragraphs) >= _MIN_PLACES),
        key=lambda t: (-len(t.positions), t.positions[0]),
    )


def _places(template: Template, paragraphs: Sequence[int]) -> int:
    """In how many places of the file it stands; copies with no running text between them are in one place."""
    return 1 + sum(paragraphs[b] > paragraphs[a] for a, b in pairwise(template.positions))


def _behind_text(p: int, shapes: Sequence[Shape], found: Recurrences, kind: Sequence[SpanKind | None]) -> bool:
    """Whether running text stands before unit `p`, markers aside, as before what closes or interrupts an article."""
    i = p - 1
    while i >= 0 and kind[i] == "marker":
        i -= 1
    if i < 0:
        return False
    doubled = found.double_next[i] is not None or found.double_previous[i] is not None
    # labelled lines stand below a text in records, and above one in heads
    closes_record = found.label[i] is not None and not _text_next(p, shapes, kind)
    labelled = found.label[i] is not None and found.label[i] not in BODY_LABELS
    return (shapes[i].text and not doubled and not labelled) or kind[i] == "related" or closes_record


def _text_next(p: int, shapes: Sequence[Shape], kind: Sequence[SpanKind | None]) -> bool:
    i = next((i for i in range(p + 1, len(shapes)) if kind[i] != "marker"), None)
    return i is not None and shapes[i].paragraph


def _tails(
    positions: Sequence[int], units: Sequence[Unit], shapes: Sequence[Shape], kind: Sequence[SpanKind | None]
) -> list[int]:
    """By place of a marker, the end of the lines that hang on it without a gap; none, unless they end articles.

    They do where in most places a gap and a headline follow, in some of them behind such lines.
    """
    n, ends, closed = len(units), [], 0
    if shapes[positions[0]].rule:
        return []  # a drawn line parts what is above it from what is below
    for p in positions:
        end = p + 1
        while end < min(n, p + 1 + _MAX_TAIL) and units[end].gap == 0 and _may_hang(shapes[end]):
            end += 1
        apart = end == n or (units[end].gap > 0 and kind[end] is None and (shapes[end].headline or shapes[end].date))
        closed += apart
        # what stands right above a text is a title
        ends.append(end if apart else p + 1)
    hang = sum(end > p + 1 for p, end in zip(positions, ends, strict=True))
    return ends if hang and closed >= _MOST * len(positions) else []


def _may_hang(shape: Shape) -> bool:
    return not (shape.paragraph or shape.sentence or shape.date)


def _mark_tail(
    template: Template,
    p: int,
    end: int,
    units: Sequence[Unit],
    shapes: Sequence[Shape],
    found: Recurrences,
    markers: Markers,
    marking: Marking,
) -> None:
    """Marks the marker at `p` and what hangs on it down to `end` as an article's last lines."""
    marking.mark(p, "marker", "marker_closing")
    for i in range(p + 1, end):
        again = found.template[i]
        seldom = again is None or len(again.positions) < 0.5 * len(template.positions)
        linked = shapes[i].headline and units[i].words >= _TITLE_WORDS and found.label[i] is None and seldom
        marking.mark(i, *(("related", "after_marker") if linked else ("marker", TAIL)))
    markers.closing.add(end - 1)


def _stands_above_titles(positions: Sequence[int], units: Sequence[Unit], shapes: Sequence[Shape]) -> bool:
    """Whether a marker stands right above headlines and apart from what is above it, in most of its places.

    A link there is the last line of what stands above it.
    """
    if LINK.match(units[positions[0]].text) or positions[-1] == len(units) - 1:
        return False
    attached = sum(
        p + 1 < len(units) and shapes[p + 1].headline and units[p + 1].gap < max(units[p].gap, p == 0)
        for p in positions
    )
    return attached >= _MOST * len(positions)


def _block_length(template: Template, units: Sequence[Unit], shapes: Sequence[Shape], found: Recurrences) -> int:
    """How many units hang on the marker, in most of its places: up to the last line before the text goes on."""
    n, best = len(units), (0.0, 0)
    for length in range(_MAX_BLOCK + 1):
        hits = 0
        for p in template.positions:
            last, follows = p + length, p + length + 1
            if last >= n:
                continue
            block = range(p + 1, last + 1)
            ends = length == 0 or (shapes[last].headline and not shapes[last].paragraph)
            # a gap parts what hangs together from whatever follows
            apart = length > 1 and follows < n and units[last].gap < units[follows].gap
            goes_on = follows >= n or shapes[follows].paragraph or apart
            tight = length < 2 or units[last].gap <= units[p + 1].gap
            # what has a label, a date or an author is the head of an article
            links = all(units[i].words <= 40 and found.label[i] is None and not shapes[i].date for i in block)
            hits += ends and goes_on and tight and links
        share = round(hits / len(template.positions), 6)
        if share > best[0]:
            best = (share, length)
    return best[1] if best[0] >= _MOST else -1


def _marker_role(
    template: Template,
    length: int,
    units: Sequence[Unit],
    shapes: Sequence[Shape],
    found: Recurrences,
    records: Collection[int],
    cohesion: Sequence[float],
) -> str:
    """'closing', 'opening', 'block' (interrupts an article, related lines follow) or 'inline' (interrupts it alone)."""
    n, positions = len(units), template.positions
    votes = 2.0 * (positions[-1] == n - 1)
    votes += _gap_votes(positions, units)
    doubled = sum(any(found.double_next[i] is not None for i in range(p + 1, min(p + 3, n))) for p in positions)
    votes += 3.0 * (doubled >= 0.5 * len(positions)) + 3.0 * _counts(template, units)
    votes += 4.0 * (sum(p + 1 in records for p in positions) >= 0.5 * len(positions))
    votes += _following_text_votes(positions, shapes, found, cohesion)
    if length > 0:
        votes -= 2.0 * _has_rivals(positions, length, units, shapes)
    in_head = sum(
        shapes[p - 1].headline or shapes[p - 1].date or shapes[p - 1].byline or found.label[p - 1] is not None
        for p in positions
        if p
    )
    if votes > 0 and not any(shape.paragraph for shape in shapes[: positions[0]]):
        return "opening" if in_head < 0.5 * len(positions) else "inline"
    if votes > 0:
        return "closing"
    ends = [p + length for p in positions if p + length < n]
    return "block" if length > 0 and not _are_titles(ends, units, shapes) else "inline"


def _goes_on_behind(
    ends: Sequence[int], units: Sequence[Unit], shapes: Sequence[Shape], cohesion: Sequence[float]
) -> bool:
    """Whether the story goes on behind the last lines of blocks, or those are the titles of what follows."""
    across = [cohesion[i] for p in ends if (i := _next_paragraph(p, shapes)) is not None and i < len(cohesion)]
    same = bool(across) and sum(across) / len(across) < SAME_STORY
    return same or _are_titles(ends, units, shapes)


def _are_titles(positions: Sequence[int], units: Sequence[Unit], shapes: Sequence[Shape]) -> bool:
    """Whether most of these lines share their words with the paragraph that follows: titles, not links."""
    following = [(p, i) for p in positions if (i := _next_paragraph(p, shapes, MAX_HEAD)) is not None]
    titles = sum(units[p].words >= _TITLE_WORDS and echo(units[p], units[i]) >= ECHO for p, i in following)
    return titles > 0.5 * len(following)


def _next_paragraph(p: int, shapes: Sequence[Shape], reach: int = 7) -> int | None:
    return next((i for i in range(p + 1, min(p + 1 + reach, len(shapes))) if shapes[i].paragraph), None)


def _gap_votes(positions: Sequence[int], units: Sequence[Unit]) -> float:
    """For parting articles: 1 where the gap below is the wider one most often, -1 where the gap above is."""
    below = sorted(units[p + 1].gap for p in positions if p + 1 < len(units))
    above = sorted(units[p].gap for p in positions if p > 0)
    if not (below and above):
        return 0.0
    usual_below, usual_above = below[len(below) // 2], above[len(above) // 2]
    return float(usual_below > usual_above) - float(usual_below < usual_above)


def _following_text_votes(
    positions: Sequence[int], shapes: Sequence[Shape], found: Recurrences, cohesion: Sequence[float]
) -> float:
    """For parting articles: metadata stand between marker and text, or the text changes its subject across it."""
    across: list[float] = []
    heads = 0
    for p in positions:
        i = _next_paragraph(p, shapes)
        if i is not None:
            across += cohesion[i : i + 1]
            heads += any(shapes[j].date or shapes[j].byline or found.label[j] is not None for j in range(p + 1, i))
    # dates and authors stand in the heads of articles, not in blocks of links
    votes = 3.0 * (heads >= 0.5 * len(positions))
    if across:
        # cohesion compares a slot with the file's others: it says nothing when most slots have the marker in them
        others = 1.0 - min(1.0, 1.5 * len(across) / sum(shape.paragraph for shape in shapes[: len(cohesion)]))
        votes += others * max(-3.0, min(3.0, 0.8 * (sum(across) / len(across) - SAME_STORY)))
    return votes


def _has_rivals(positions: Sequence[int], length: int, units: Sequence[Unit], shapes: Sequence[Shape]) -> bool:
    """Whether about as many other lines could start articles, outside the marker's blocks of `length` units."""
    inside = {i for p in positions for i in range(p, p + length + 1)}
    rivals = sum(
        shapes[i].headline and shapes[i + 1].paragraph and units[i].words >= 5 and i not in inside
        for i in range(len(units) - 1)
    )
    return rivals >= 0.5 * len(positions)


def _counts(template: Template, units: Sequence[Unit]) -> bool:
    """Whether the marker counts what it marks: '1 of 20', '2 of 20'."""
    numbers = [match.group() for p in template.positions if (match := _NUMBER.search(units[p].text))]
    values = [int(number) for number in numbers if len(number) < 9]
    return (
        len(values) == len(template.positions)
        and values[0] == 1
        and not any(dates_in(units[template.positions[0]].text))
        and sum(b == a + 1 for a, b in pairwise(values)) >= 0.8 * (len(values) - 1)
    )


def _is_link(unit: Unit) -> bool:
    return unit.words <= MAX_LINK_WORDS and unit.ends != "colon" and LINK.match(unit.text) is not None


def mark_lone_links(
    units: Sequence[Unit], shapes: Sequence[Shape], found: Recurrences, cohesion: Sequence[float], marking: Marking
) -> None:
    """Markers that recur too rarely to be known by it, but read as links do and stand alone behind running text.

    `cohesion` gives the log-odds of a new article by the text, for all units.
    """
    n, kind = len(units), marking.kind
    for p in range(1, n):
        unit = units[p]
        if kind[p] is not None or not _is_link(unit) or found.double_next[p] is not None:
            continue
        if not shapes[p - 1].text and kind[p - 1] is None:
            continue
        after = next((i for i in range(p + 1, min(p + 4, n)) if shapes[i].paragraph), None)
        if p == n - 1 or after == p + 1:
            marking.mark(p, "marker", "link_words")
        elif after is not None and cohesion[after] < SAME_STORY and shapes[after - 1].headline:
            between = range(p + 1, after)
            if any(found.double_next[i] is not None or found.double_previous[i] is not None for i in between):
                continue
            marking.mark(p, "marker", "link_words")
            for i in between:
                marking.mark(i, "related" if i == after - 1 else "caption", "after_link_words")
