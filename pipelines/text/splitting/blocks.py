"""Blocks that recur around and inside articles: markers with what hangs on them, captions, repeated copies.

A marker such as a 'more' link either closes the item above it, or opens a block of related links in the middle of an
article. Its words do not tell; what tells is whether the text goes on behind it, and what always follows it.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from pipelines.text.splitting.cues import (
    LINK,
    MAX_LINK_WORDS,
    MAX_MARKER_WORDS,
    is_box_button,
    is_note,
    is_share_button,
)
from pipelines.text.splitting.dates import dates_in
from pipelines.text.splitting.heads import ECHO, MAX_HEAD, TITLE_WORDS, echo
from pipelines.text.splitting.labels import BODY_LABELS, TITLE_LABELS, label_of, value_start
from pipelines.text.splitting.lines import Unit
from pipelines.text.splitting.phrases import any_of
from pipelines.text.splitting.shapes import Shape
from pipelines.text.splitting.spans import SpanKind
from pipelines.text.splitting.templates import Recurrences, Template

_RELATED_LABEL = re.compile(rf"(?P<words>{any_of('related_words')}(?:\s+\w+){{0,3}})\s*[:|»>–-]\s*\S", re.IGNORECASE)
_MASKED_CODE = re.compile(r"<(?:code|number)")
_NUMBER = re.compile(r"\d+")
_RIGHTS = re.compile(r"©|\(c\)|copyright|\brights\b", re.IGNORECASE)
_READER = re.compile(any_of("reader_words"), re.IGNORECASE)
_BOX_CUE = re.compile(any_of("box_words"), re.IGNORECASE)
"""What the sentences of web pages are about that are not the article's."""
_PAGE_WORDS = 80
_BOX_SENTENCE = 35
_MAX_PAGE_TEXT = 2
"""Sentences in a row that recur, at most, for being the page's."""
_MIN_PLACES = 3
_MAX_BLOCK = 4
_Mark = Callable[[int, SpanKind, str], None]
"""Gives a unit a kind and the rule for it, unless it has one."""
_MIN_FURNITURE_RUN = 5
_SAME_STORY = -3.0
"""Mean log-odds of a new article across a marker below which the text is taken to go on behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """What the grammar of blocks decided, by unit."""

    kind: tuple[SpanKind | None, ...]
    """Role of a unit that belongs to a block or is furniture; such a unit starts no article."""
    rule: tuple[str, ...]
    closing: frozenset[int]
    """Units that are markers closing an item."""
    ending: frozenset[int]
    """Those among them that programs write behind each record: a code or a number, or a line drawn with signs."""
    opening: frozenset[int]
    """Units that are markers opening an item."""
    records: frozenset[int]
    """Units that count the items, '1 of 20': the first lines of their articles."""


def find_blocks(
    units: Sequence[Unit], shapes: Sequence[Shape], found: Recurrences, cohesion: NDArray[np.float64]
) -> Blocks:
    """Finds recurring blocks. `cohesion` gives the log-odds of a new article by the text, NaN where that is unread."""
    n = len(units)
    text = np.where(np.isnan(cohesion), _SAME_STORY, cohesion).tolist()
    read = int((~np.isnan(cohesion)).sum())
    kind: list[SpanKind | None] = [None] * n
    rule = [""] * n
    closing: set[int] = set()
    ending: set[int] = set()
    opening: set[int] = set()
    records: set[int] = set()

    def mark(i: int, as_kind: SpanKind, by: str) -> None:
        if kind[i] is None:
            kind[i], rule[i] = as_kind, by

    for i, unit in enumerate(units):
        if shapes[i].menu:
            mark(i, "furniture", "menu_row")
        label = _RELATED_LABEL.match(unit.text) if unit.words <= 60 else None
        if label and (not shapes[i].paragraph or (label.group("words").isupper() and unit.ends == "open")):
            mark(i, "related", "inline_related")
    _mark_page_text(units, shapes, found, mark)
    _mark_underlines(units, shapes, mark)
    _mark_titles_below(units, shapes, found, mark)
    for template in _marker_templates(units, shapes, found):
        above = not any(shape.paragraph for shape in shapes[: template.positions[0]])
        if above and _counts(template, units) and all(kind[p] is None for p in template.positions):
            records.update(template.positions)
            continue
        # the section that stands above a title, behind the line that closed the article before
        heads = {p for p in template.positions if p - 1 in closing and p + 1 < n and units[p].gap > units[p + 1].gap}
        behind = {p for p in template.positions if p not in heads and _behind_text(p, shapes, found, kind)}
        # the first one may open the file
        if len(behind) < 0.6 * (len(template.positions) - (template.positions[0] == 0)):
            for p in template.positions:
                doubled = found.double_next[p] is not None or found.double_previous[p] is not None
                if p not in heads and not doubled and units[p].words <= 2:
                    mark(p, "marker", "marker_in_head")
            continue
        length = _block_length(template, units, shapes, found, kind)
        role = _marker_role(template, length, units, shapes, found, records, text[:read])
        for p in template.positions:
            mark(p, "marker", f"marker_{role}")
            # between a headline and a paragraph it stands in a head, whatever it does elsewhere
            if role == "closing" and not (
                p not in behind and p > 0 and shapes[p - 1].headline and _text_next(p, shapes, kind)
            ):
                closing.add(p)
                if shapes[p].rule or _MASKED_CODE.search(template.masked):
                    ending.add(p)
            elif role == "opening":
                opening.add(p)
            elif role == "block":
                for i in range(p + 1, min(p + length, n - 1) + 1):
                    mark(i, "related" if i == p + length else "caption", "after_marker")
    for p in sorted(closing):
        # notes right below a closing line close the same article
        i = p + 1
        while i < n and units[i].gap == 0 and kind[i] is None and is_note(units[i], shapes[i]):
            mark(i, "marker", "note")
            closing.add(i)
            i += 1
    _mark_lone_links(units, shapes, found, text, kind, mark)
    _mark_page_furniture(units, shapes, found, mark)
    _mark_doubled(units, shapes, found, closing, mark)
    return Blocks(
        kind=tuple(kind),
        rule=tuple(rule),
        closing=frozenset(closing),
        ending=frozenset(ending),
        opening=frozenset(opening),
        records=frozenset(records),
    )


def _marker_templates(units: Sequence[Unit], shapes: Sequence[Shape], found: Recurrences) -> list[Template]:
    """Short recurring lines that stand alone, most frequent first."""
    seen: dict[str, Template] = {}
    for i, template in enumerate(found.template):
        if template is None or template.masked in seen:
            continue
        shape, unit = shapes[i], units[i]
        if unit.words > MAX_MARKER_WORDS or shape.paragraph or shape.date or shape.byline or label_of(unit.text):
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


def _block_length(
    template: Template,
    units: Sequence[Unit],
    shapes: Sequence[Shape],
    found: Recurrences,
    kind: Sequence[SpanKind | None],
) -> int:
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
            goes_on = follows >= n or shapes[follows].paragraph
            tight = length < 2 or units[last].gap <= units[p + 1].gap
            # what has a label, a date or an author is the head of an article
            links = all(units[i].words <= 40 and found.label[i] is None and not shapes[i].date for i in block)
            hits += ends and goes_on and tight and links
        share = round(hits / len(template.positions), 6)
        if share > best[0]:
            best = (share, length)
    return best[1] if best[0] >= 0.6 else -1


def _marker_role(
    template: Template,
    length: int,
    units: Sequence[Unit],
    shapes: Sequence[Shape],
    found: Recurrences,
    records: set[int],
    text: Sequence[float],
) -> str:
    """'closing', 'opening', 'block' (interrupts an article, related lines follow) or 'inline' (interrupts it alone)."""
    n, positions = len(units), template.positions
    votes = 0.0
    if positions[-1] == n - 1:
        votes += 2.0
    gaps_after = sorted(units[p + 1].gap for p in positions if p + 1 < n)
    gaps_before = sorted(units[p].gap for p in positions if p > 0)
    if gaps_after and gaps_before:
        votes += 1.0 * (gaps_after[len(gaps_after) // 2] > gaps_before[len(gaps_before) // 2])
        votes -= 1.0 * (gaps_after[len(gaps_after) // 2] < gaps_before[len(gaps_before) // 2])
    doubled = sum(any(found.double_next[i] is not None for i in range(p + 1, min(p + 3, n))) for p in positions)
    votes += 3.0 * (doubled >= 0.5 * len(positions))
    across = []
    heads = 0
    for p in positions:
        i = next((i for i in range(p + 1, min(p + 8, n)) if shapes[i].paragraph), None)
        if i is not None:
            across += text[i : i + 1]
            heads += any(shapes[j].date or shapes[j].byline or found.label[j] is not None for j in range(p + 1, i))
    # dates and authors stand in the heads of articles, not in blocks of links
    votes += 3.0 * (heads >= 0.5 * len(positions)) + 3.0 * _counts(template, units)
    votes += 4.0 * (sum(p + 1 in records for p in positions) >= 0.5 * len(positions))
    if across:
        # cohesion compares a slot with the file's others: it says nothing when most slots have the marker in them
        others = 1.0 - min(1.0, 1.5 * len(across) / sum(shape.paragraph for shape in shapes[: len(text)]))
        votes += others * max(-3.0, min(3.0, 0.8 * (sum(across) / len(across) - _SAME_STORY)))
    if length > 0:
        # other lines that could start articles, outside this marker's blocks
        inside = {i for p in positions for i in range(p, p + length + 1)}
        others = sum(
            shapes[i].headline and i not in inside and i + 1 < n and shapes[i + 1].paragraph and units[i].words >= 5
            for i in range(n)
        )
        votes -= 2.0 * (others >= 0.5 * len(positions))
    in_head = sum(
        shapes[p - 1].headline or shapes[p - 1].date or shapes[p - 1].byline or found.label[p - 1] is not None
        for p in positions
        if p
    )
    if votes > 0 and not any(shape.paragraph for shape in shapes[: positions[0]]):
        return "opening" if in_head < 0.5 * len(positions) else "inline"
    if votes > 0:
        return "closing"
    return "block" if length > 0 else "inline"


def _mark_page_text(units: Sequence[Unit], shapes: Sequence[Shape], found: Recurrences, mark: _Mark) -> None:
    """Sentences of the page, not of the article: they recur word for word, or ask the reader to sign up or consent."""
    positions: dict[str, list[int]] = {}
    for i, (unit, shape) in enumerate(zip(units, shapes, strict=True)):
        if shape.paragraph or shape.sentence:
            positions.setdefault(unit.text.casefold(), []).append(i)
            if unit.words <= _BOX_SENTENCE and _READER.search(unit.text):
                cues = {match.group().casefold() for match in _BOX_CUE.finditer(unit.text)}
                around = [k for k in (i - 1, i + 1) if 0 <= k < len(units)]
                if len(cues) > 1 and any(is_box_button(units[k], shapes[k]) for k in around):
                    mark(i, "furniture", "page_box")
                    _mark_box(i, units, shapes, mark)
    recurring = {text for text, found_at in positions.items() if len(found_at) >= _MIN_PLACES}
    run: list[int] = []
    for i in [*sorted(k for at in positions.values() for k in at), None]:
        if i is not None and units[i].text.casefold() in recurring:
            run.append(i)
            continue
        # what recurs at length is an article that stands there several times
        if len(run) <= _MAX_PAGE_TEXT and sum(units[k].words for k in run) <= _PAGE_WORDS:
            for k in run:
                around = (j for j in (k - 1, k + 1) if 0 <= j < len(units))
                if _READER.search(units[k].text) or any(found.template[j] is not None for j in around):
                    mark(k, "furniture", "recurring_sentence")
                    _mark_box(k, units, shapes, mark)
        run = []


def _mark_box(sentence: int, units: Sequence[Unit], shapes: Sequence[Shape], mark: _Mark) -> None:
    """Title and buttons of the box that a sentence stands in."""
    for step in (-1, 1):
        k = sentence + step
        while 0 <= k < len(units) and is_box_button(units[k], shapes[k]):
            mark(k, "furniture", "page_box")
            k += step


def _mark_underlines(units: Sequence[Unit], shapes: Sequence[Shape], mark: _Mark) -> None:
    """Lines of signs right below a title, about as long as it is."""
    for i in range(1, len(units)):
        above, unit = units[i - 1], units[i]
        near = unit.gap == 0 and shapes[i].rule and not shapes[i - 1].rule and above.words <= 40
        if near and 0.4 * len(above.text) <= len(unit.text) <= 2.0 * len(above.text) and len(unit.text) >= 8:
            mark(i, "furniture", "underline")


def _mark_titles_below(units: Sequence[Unit], shapes: Sequence[Shape], found: Recurrences, mark: _Mark) -> None:
    """Labelled titles that repeat the title above the text: the block of labels that they open closes the article."""
    lines: dict[str, int] = {}
    texts = list(accumulate((shape.paragraph for shape in shapes), initial=0))
    for i, unit in enumerate(units):
        if found.label[i] in TITLE_LABELS:
            above = lines.get(unit.text[value_start(unit.text) :].casefold())
            if above is not None and texts[above] < texts[i]:
                mark(i, "header", "title_below")
        elif not shapes[i].paragraph:
            lines[unit.text.casefold()] = i


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


def _mark_lone_links(
    units: Sequence[Unit],
    shapes: Sequence[Shape],
    found: Recurrences,
    text: Sequence[float],
    kind: Sequence[SpanKind | None],
    mark: _Mark,
) -> None:
    """Markers that recur too rarely to be known by it, but read as links do and stand alone behind running text."""
    n = len(units)
    for p in range(1, n):
        unit = units[p]
        if kind[p] is not None or unit.words > MAX_LINK_WORDS or unit.ends == "colon" or not LINK.match(unit.text):
            continue
        if not (shapes[p - 1].text or kind[p - 1] is not None) or found.double_next[p] is not None:
            continue
        after = next((i for i in range(p + 1, min(p + 4, n)) if shapes[i].paragraph), None)
        if p == n - 1 or after == p + 1:
            mark(p, "marker", "link_words")
            continue
        undoubled = after is not None and all(
            found.double_next[i] is None and found.double_previous[i] is None for i in range(p + 1, after)
        )
        if after is not None and undoubled and text[after] < _SAME_STORY and shapes[after - 1].headline:
            mark(p, "marker", "link_words")
            for i in range(p + 1, after):
                mark(i, "related" if i == after - 1 else "caption", "after_link_words")


def _mark_page_furniture(units: Sequence[Unit], shapes: Sequence[Shape], found: Recurrences, mark: _Mark) -> None:
    """Lists of short lines that stand on every page: menus, share bars, footers."""
    run: list[int] = []
    for i in range(len(units) + 1):
        recurs = i < len(units) and (
            found.template[i] is not None
            and not (shapes[i].paragraph or shapes[i].date or shapes[i].byline)
            and found.label[i] is None
        )
        if recurs:
            run.append(i)
            continue
        if len(run) >= _MIN_FURNITURE_RUN:
            leads = [k for k in range(i, min(i + MAX_HEAD, len(units))) if shapes[k].paragraph][:2]
            below = (i < len(units) and shapes[i].paragraph) or any(
                shapes[k].date or shapes[k].byline for k in range(i, min(i + _MAX_BLOCK, len(units)))
            )
            # the last line above a page's buttons is its title, too
            buttons = next((k for k in reversed(run) if not is_share_button(units[k])), run[0])
            for k in run:
                # the article's own title may be linked on other pages
                title = shapes[k].headline and units[k].words >= TITLE_WORDS
                own = (
                    (below and k == i - 1)
                    or (leads and k == buttons != run[-1])
                    or any(echo(units[k], units[lead]) >= ECHO for lead in leads)
                )
                if not (title and own):
                    mark(k, "furniture", "recurring_list")
        run = []


def _mark_doubled(
    units: Sequence[Unit], shapes: Sequence[Shape], found: Recurrences, closing: Collection[int], mark: _Mark
) -> None:
    """Second copies of titles, and the captions between the copies of a title."""
    title, reach = -1, -1
    closed = list(accumulate((i in closing for i in range(len(units))), initial=0))

    def copy(i: int, k: int | None) -> int | None:
        """The copy at `k`, unless an article ends between: two of them may have one title."""
        return k if k is not None and closed[k] == closed[i] else None

    for i, shape in enumerate(shapes):
        following, earlier = copy(i, found.double_next[i]), copy(i, found.double_previous[i])
        if i > reach and shape.paragraph and not shape.caption:
            continue  # a paragraph that stands there twice is still the article's own text
        if earlier is None and following is not None and i > reach:
            title, reach = i, following
            while (after := copy(reach, found.double_next[reach])) is not None and after - reach <= 1:
                reach = after
        elif earlier is not None:
            same = title >= 0 and i <= reach and units[i].text.casefold() == units[title].text.casefold()
            mark(i, *(("furniture", "repeated_title") if same else ("caption", "repeated_caption")))
        elif following is not None and i <= reach:
            mark(i, "caption", "doubled_caption")
        elif i < reach and shape.headline and units[i].words > MAX_LINK_WORDS:
            mark(i, "caption", "between_copies")
