"""Blocks that recur around and inside articles: markers with what hangs on them, page furniture, repeated copies."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from pipelines.text.splitting.cues import MAX_LINK_WORDS
from pipelines.text.splitting.furniture import (
    UNDERLINE,
    mark_addresses,
    mark_mailing,
    mark_menus,
    mark_page_text,
    mark_recurring_lists,
    mark_underlines,
)
from pipelines.text.splitting.labels import BODY_LABELS, TITLE_LABELS, label_of, value_start
from pipelines.text.splitting.markers import find_markers, mark_lone_links
from pipelines.text.splitting.marking import Marking
from pipelines.text.splitting.names import is_name
from pipelines.text.splitting.phrases import any_of
from pipelines.text.splitting.shapes import Shape
from pipelines.text.splitting.spans import SpanKind
from pipelines.text.splitting.stamps import SAME_STORY
from pipelines.text.splitting.templates import Recurrences
from pipelines.text.splitting.units import Unit, source_tail

_RELATED_LABEL = re.compile(rf"(?P<words>{any_of('related_words')}(?:\s+\w+){{0,3}})\s*[:|»>–-]\s*\S", re.IGNORECASE)
_NOT_BELOW = BODY_LABELS | {None}
"""Labels of lines that are no part of a block below the text."""
_FEW_SOURCED = 3
_SHARE_SOURCED = 0.15
"""Of the paragraphs, at least, that end with a source where such an end closes items."""
_FEW_LINKS = 3
"""Links with the same label, at least, where its words are unknown."""
_RELATED_WORDS = 60
"""Words of a link with a label, at most."""


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
    sourced: frozenset[int]
    """Paragraphs that close an item by naming its source: 'The strike is over. (Example News)'."""
    underlines: frozenset[int]
    """Lines of signs right below a title or a heading."""


def find_blocks(
    units: Sequence[Unit], shapes: Sequence[Shape], found: Recurrences, cohesion: NDArray[np.float64]
) -> Blocks:
    """Finds recurring blocks. `cohesion` gives the log-odds of a new article by the text, NaN where that is unread."""
    unread = np.isnan(cohesion)
    text = np.where(unread, SAME_STORY, cohesion).tolist()
    read = int((~unread).sum())
    marking = Marking(len(units))
    mark_menus(shapes, marking)
    mark_addresses(units, found, marking)
    mark_mailing(units, shapes, marking)
    _mark_labelled_links(units, shapes, marking)
    _mark_links_by_label(units, shapes, text, marking)
    mark_page_text(units, shapes, found, marking)
    mark_underlines(units, shapes, marking)
    _mark_titles_below(units, shapes, found, marking)
    markers = find_markers(units, shapes, found, text[:read], marking)
    mark_lone_links(units, shapes, found, text, marking)
    mark_recurring_lists(units, shapes, found, marking)
    _mark_doubled(units, shapes, found, markers.closing, marking)
    return Blocks(
        kind=tuple(marking.kind),
        rule=tuple(marking.rule),
        closing=frozenset(markers.closing),
        ending=frozenset(markers.ending),
        opening=frozenset(markers.opening),
        records=frozenset(markers.records),
        sourced=frozenset(_sourced(units, shapes)),
        underlines=frozenset(i for i, rule in enumerate(marking.rule) if rule == UNDERLINE),
    )


def _sourced(units: Sequence[Unit], shapes: Sequence[Shape]) -> list[int]:
    """Paragraphs that end with their source, as items of press reviews do, where many do."""
    paragraphs = [i for i, shape in enumerate(shapes) if shape.paragraph]
    tails = {i: source_tail(units[i].text) for i, shape in enumerate(shapes) if shape.paragraph or shape.sentence}
    named = [i for i, tail in tails.items() if tail and is_name(tail["name"])]
    return named if len(named) >= max(_FEW_SOURCED, _SHARE_SOURCED * len(paragraphs)) else []


def _mark_labelled_links(units: Sequence[Unit], shapes: Sequence[Shape], marking: Marking) -> None:
    """Links to other articles that a label opens: 'READ MORE: Pilots call off their strike'."""
    for i, (unit, shape) in enumerate(zip(units, shapes, strict=True)):
        label = _RELATED_LABEL.match(unit.text) if unit.words <= _RELATED_WORDS else None
        if label and (not shape.paragraph or (label.group("words").isupper() and unit.ends == "open")):
            marking.mark(i, "related", "inline_related")


def _mark_links_by_label(
    units: Sequence[Unit], shapes: Sequence[Shape], cohesion: Sequence[float], marking: Marking
) -> None:
    """Links to other articles that one label opens, in whatever language: the text goes on behind most of them."""
    positions_of: dict[str, list[int]] = defaultdict(list)
    for i in range(1, len(units) - 1):
        if shapes[i].headline and shapes[i - 1].text and shapes[i + 1].paragraph and (label := label_of(units[i].text)):
            positions_of[label].append(i)
    for positions in positions_of.values():
        across = sum(cohesion[i + 1] for i in positions) / len(positions)
        different = len({units[i].text for i in positions}) > 1
        if len(positions) >= _FEW_LINKS and different and across < SAME_STORY:
            for i in positions:
                marking.mark(i, "related", "inline_related")


def _mark_titles_below(units: Sequence[Unit], shapes: Sequence[Shape], found: Recurrences, marking: Marking) -> None:
    """Labelled titles that repeat the title above the text: the block of labels around them closes the article."""
    lines: dict[str, int] = {}
    texts = list(accumulate((shape.paragraph for shape in shapes), initial=0))
    for i, unit in enumerate(units):
        if found.label[i] in TITLE_LABELS:
            above = lines.get(unit.text[value_start(unit.text) :].casefold())
            if above is not None and texts[above] < texts[i]:
                first = i
                while found.label[first - 1] not in _NOT_BELOW and not shapes[first - 1].paragraph:
                    first -= 1
                for k in range(first, i + 1):
                    marking.mark(k, "header", "title_below")
        elif not shapes[i].paragraph:
            lines[unit.text.casefold()] = i


def _mark_doubled(
    units: Sequence[Unit], shapes: Sequence[Shape], found: Recurrences, closing: Collection[int], marking: Marking
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
            marking.mark(i, *(("furniture", "repeated_title") if same else ("caption", "repeated_caption")))
        elif following is not None and i <= reach:
            marking.mark(i, "caption", "doubled_caption")
        elif i < reach and shape.headline and units[i].words > MAX_LINK_WORDS:
            marking.mark(i, "caption", "between_copies")
