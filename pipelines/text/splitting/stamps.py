"""Lines with which programs open or end every record, with other names and times in each: 'Anna Lund  9:41 AM'.

What a file opens with, its articles open with, and what it ends with, they end with: a line like the first or the last
one, wherever the text changes its subject.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from pipelines.text.splitting.shapes import Shape
from pipelines.text.splitting.templates import Recurrences, masked
from pipelines.text.splitting.units import Unit

_NAME = re.compile(r"[^\W\d_a-zß-öø-ÿ][\w.'’&-]*(?:,? [^\W\d_a-zß-öø-ÿ][\w.'’&-]*)*")
_SIGNS = re.compile(r"<number>|(?:^|\s)[^\w\s<>\"'“‘]+(?:\s|$)|[=<>#\[\]]{2}")
_MAX_WORDS, _MAX_TITLE, _OPENING = 12, 40, 6
_HEAD = 6
"""Lines at the beginning of the file of which one may be the first stamp."""
_MIN_STAMPS = 4
_COVERED, _SURE = 0.6, 0.85
"""Share of the places where the subject changes that stamps stand at, at least; the same of mere names and dates."""
_OUTRANKED = 0.75
"""Share of other paragraphs, on average, that what follows a stamp is more apart from the text above than."""
_LONGEST_HEAD = 8
"""Units between a stamp and the text, at most; between web pages stand long lists."""
_MOST_TOGETHER = 1.2
"""Such lines to a text, at most."""
_NAME_WORDS = 4
"""Words of a name that tells a record from a title, at most."""
_MASKED = "Name"
_QUOTES = "\"'“”‘’«»„"
SAME_STORY = -3.0
"""Log-odds of a new article across a line, or their mean, below which the text is taken to go on behind it."""


@dataclass(frozen=True, slots=True)
class Stamps:
    """Units that open the records of a file, or where there are none, those that end them; ascending."""

    opening: tuple[int, ...] = ()
    ending: tuple[int, ...] = ()


def find_stamps(
    units: Sequence[Unit], shapes: Sequence[Shape], found: Recurrences, cohesion: Sequence[float]
) -> Stamps:
    """The lines that are stamped on records, if there are such.

    `cohesion` gives the log-odds of a new article by the text, for as many units as were read.
    """
    paragraphs = [i for i, shape in enumerate(shapes) if shape.paragraph]
    if not paragraphs:
        return Stamps()
    short = _short_lines(units, shapes, found)
    keys = {i: _keys(units[i]) if found.label[i] is None else (None, f"{found.label[i]}:", None, None) for i in short}
    read = [i for i in paragraphs if i < len(cohesion)]
    # right below a text, a paragraph has no line that could be a stamp
    changes = [i for i in read[1:] if cohesion[i] > 0.0 and not shapes[i - 1].text]

    def like(model: int) -> Iterator[list[int]]:
        """The lines that have something in common with line `model` and stand where the text changes its subject."""
        named = keys[model][1] == _MASKED.casefold()
        for way, key in enumerate(keys[model]):
            if key is None or (named and way and model > paragraphs[-1]):
                continue  # names of sources may open records; what ends them is always the same
            positions = [i for i in short if keys[i][way] == key]
            if not named:
                # a message that is all in its line: another one follows
                positions = [i for i, after in zip(positions, [*positions[1:], -1], strict=True) if after != i + 1]
            alike = all(units[i].text == units[model].text for i in positions)
            sure = named or alike or shapes[model].date or (model > paragraphs[-1] and found.label[model] is not None)
            if _part_records(positions, _SURE if sure else _COVERED, read, changes, cohesion, told=alike or not named):
                yield positions

    recurs = next(
        (i for i in range(len(units)) if found.label[i] is not None or found.template[i] is not None), len(units)
    )
    ends = [shape.text or label is not None for shape, label in zip(shapes, found.label, strict=True)]
    # what heads the file recurs nowhere
    for first in (i for i in short if i <= recurs and i < min(paragraphs[0], _HEAD)):
        for positions in like(first):
            # below the first line, it may stand in the heads of articles
            behind = not first or sum(ends[i - 1] for i in positions) >= 0.5 * len(positions)
            distance = median(read[bisect_right(read, i)] - i for i in positions if i < read[-1])
            if behind and not _head_more(positions, units, shapes) and distance <= _LONGEST_HEAD:
                return Stamps(opening=tuple(positions))
    if len(units) - 1 in keys:
        for positions in like(len(units) - 1):
            if median(i - paragraphs[bisect_right(paragraphs, i) - 1] for i in positions) <= _LONGEST_HEAD:
                return Stamps(ending=tuple(positions))
    return Stamps()


def _short_lines(units: Sequence[Unit], shapes: Sequence[Shape], found: Recurrences) -> list[int]:
    """Lines that may be stamps: no text, no menu, no field below another, no line drawn apart from what follows."""
    labelled = [label is not None for label in found.label]
    return [
        i
        for i, (unit, shape) in enumerate(zip(units, shapes, strict=True))
        if unit.words <= _MAX_TITLE
        and not (shape.paragraph or shape.menu)
        and not (i and labelled[i] and labelled[i - 1])
        and not (shape.rule and i + 1 < len(units) and units[i + 1].gap)
    ]


def _keys(unit: Unit) -> tuple[str | None, ...]:
    """What a line may have in common with others: its very words, all of it, its first sign or two words, its last two.

    Names, numbers and dates are masked but in the first; the two words must have a number or a sign in them.
    """
    opening = unit.text.split(None, _OPENING)
    drawn = opening[0] if not any(c.isalnum() or c in _QUOTES for c in opening[0]) else None
    long = unit.words > _MAX_WORDS
    text = " ".join(opening[:_OPENING]) if long else unit.text
    parts = masked(_NAME.sub(_MASKED, text)).split() + [":"] * (unit.ends == "colon")
    first, last = (
        " ".join(words) if len(parts) > 2 and _SIGNS.search(" ".join(words)) else None
        for words in (parts[:2], parts[-2:])
    )
    if long:  # a title may begin with a name and a number
        return None, None, drawn or (None if parts[0] == _MASKED.casefold() else first), None
    longer_name = parts == [_MASKED.casefold()] and unit.words > _NAME_WORDS
    return text.casefold(), None if longer_name else " ".join(parts), drawn or first, last


def _head_more(positions: Sequence[int], units: Sequence[Unit], shapes: Sequence[Shape]) -> bool:
    """Whether lines head more than an article: a page, or, with a date that stands apart from what follows, a day."""
    alike = all(units[i].text == units[positions[0]].text for i in positions)
    if alike and len({units[i + 1].text for i in positions if i + 1 < len(units)}) == 1:
        return True
    apart = 0
    for i in positions:
        end = next((k for k in range(i + 1, len(units)) if not shapes[k].date), i + 1)
        dated = shapes[i].date or (alike and end > i + 1)
        apart += dated and end < len(units) and (units[end].gap > 0 or (shapes[i].date and units[i].gap == 0 < i))
    return apart > 0.5 * len(positions)


def _part_records(
    positions: Sequence[int],
    least: float,
    paragraphs: Sequence[int],
    changes: Sequence[int],
    cohesion: Sequence[float],
    *,
    told: bool,
) -> bool:
    """Whether lines at `positions` stand, one each, between texts where the subject changes.

    Where they are `told` from other lines by their form, it suffices that it changes there more than elsewhere.
    """
    at = [bisect_right(paragraphs, p) for p in positions]
    leads = {paragraphs[k] for k in at if k < len(paragraphs)}
    if len(leads) < _MIN_STAMPS or sum(k < len(paragraphs) for k in at) > _MOST_TOGETHER * len(leads):
        return False
    covered = sum(i in leads for i in changes)
    apart = sum(cohesion[i] > SAME_STORY for i in leads)
    others = sorted(cohesion[i] for i in paragraphs if i not in leads)
    # where articles have two paragraphs each, no change of subject is plain
    outranked = sum(bisect_right(others, cohesion[i]) for i in leads if i != paragraphs[0])
    stand_out = others and outranked >= _OUTRANKED * len(others) * (len(leads) - (paragraphs[0] in leads))
    return covered >= least * len(changes) and (apart >= least * len(leads) or (told and bool(stand_out)))
