"""Lines with which a program opens every record, with other names and times in each: 'Anna Lund  9:41 AM'.

What a file opens with, its articles open with: a line like the first one, wherever the text changes its subject.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from statistics import median

from pipelines.text.splitting.shapes import Shape
from pipelines.text.splitting.templates import Recurrences, masked
from pipelines.text.splitting.units import Unit

_NAME = re.compile(r"[^\W\d_a-zß-öø-ÿ][\w.'’&-]*(?:,? [^\W\d_a-zß-öø-ÿ][\w.'’&-]*)*")
_SIGNS = re.compile(r"<number>|(?:^|\s)[^\w\s<>\"'“‘]+(?:\s|$)|[=<>#\[\]]{2}")
_MAX_WORDS = 12
_HEAD = 3
"""Lines at the beginning of the file of which one may be the first stamp."""
_MIN_STAMPS = 4
_COVERED, _SURE = 0.6, 0.85
"""Share of the places where the subject changes that stamps stand at, at least; the same of mere names."""
_LONGEST_HEAD = 8
"""Units from a stamp to the text, at most; between web pages stand long lists."""
_MOST_TOGETHER = 1.2
"""Such lines to a text, at most."""
_MASKED = "Name"
_SAME_STORY = -3.0
"""Log-odds of a new article below which the text goes on across a line."""


def stamps(units: Sequence[Unit], shapes: Sequence[Shape], found: Recurrences, cohesion: Sequence[float]) -> list[int]:
    """The units that open records, in order; none where the file has no such lines.

    `cohesion` gives the log-odds of a new article by the text, for as many units as were read.
    """
    lead = next((i for i, shape in enumerate(shapes) if shape.paragraph), 0)
    short = [
        i
        for i, unit in enumerate(units)
        if unit.words <= _MAX_WORDS
        and found.label[i] is None
        and not (shapes[i].paragraph or shapes[i].date or shapes[i].menu)
    ]
    keys = {i: _keys(units[i]) for i in short}
    for first in (i for i in short if i < min(lead, _HEAD)):
        for way, key in enumerate(keys[first]):
            positions = [i for i in short if key is not None and keys[i][way] == key]
            # below the first line, it may stand in the heads of articles
            behind = not first or sum(shapes[i - 1].text for i in positions) >= 0.5 * len(positions)
            least = _SURE if key == _MASKED.casefold() else _COVERED
            if len(positions) >= _MIN_STAMPS and behind and _open_records(positions, least, shapes, cohesion):
                return positions
    return []


def _keys(unit: Unit) -> tuple[str | None, ...]:
    """What a line may have in common with others: all of it, its first sign or two words, its last two words.

    Names, numbers and dates are masked; the words must have a number or a sign in them.
    """
    parts = masked(_NAME.sub(_MASKED, unit.text)).split() + [":"] * (unit.ends == "colon")
    first = parts[:1] if parts[0].isascii() and not any(map(str.isalnum, parts[0])) else parts[:2]
    around = [" ".join(words) for words in (first, parts[-2:])]
    return " ".join(parts), *(words if len(parts) > 2 and _SIGNS.search(words) else None for words in around)


def _open_records(positions: Sequence[int], least: float, shapes: Sequence[Shape], cohesion: Sequence[float]) -> bool:
    """Whether lines at `positions` stand, one each, above texts where the subject changes, and near them."""
    paragraphs = [i for i, shape in enumerate(shapes[: len(cohesion)]) if shape.paragraph]
    above = {p: k for p in positions if (k := bisect_right(paragraphs, p)) < len(paragraphs)}
    leads = {paragraphs[k] for k in above.values()}
    if len(leads) < _MIN_STAMPS or len(above) > _MOST_TOGETHER * len(leads):
        return False
    if median(paragraphs[k] - p for p, k in above.items()) > _LONGEST_HEAD:
        return False
    changes = [i for i in paragraphs[1:] if cohesion[i] > 0.0]
    covered = sum(i in leads for i in changes)
    apart = sum(cohesion[i] > _SAME_STORY for i in leads)
    return covered >= least * len(changes) and apart >= least * len(leads)
