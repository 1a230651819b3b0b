"""Lines that stand in a file twice with little between, as titles do above and below a picture."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate, pairwise

from pipelines.text.splitting.units import Unit

_MAX_WORDS = 80
_REACH = 12
"""Units between the copies of a doubled line, at most."""
_COPIED_PARAGRAPHS = 2


def doubled_lines(units: Sequence[Unit]) -> tuple[list[int | None], list[int | None]]:
    """By unit, the index of the next copy of the same line and of the previous one, None where it has none."""
    positions_of: dict[str, list[int]] = defaultdict(list)
    keys = [" ".join(unit.text.casefold().split()) for unit in units]
    for i, unit in enumerate(units):
        if unit.words <= _MAX_WORDS:
            positions_of[keys[i]].append(i)
    # running text between two copies means that they are not a doubled line, unless it is doubled itself
    once = [unit.is_paragraph and len(positions_of.get(key, ())) < 2 for unit, key in zip(units, keys, strict=True)]
    text_before = list(accumulate(once, initial=0))
    following: list[int | None] = [None] * len(units)
    previous: list[int | None] = [None] * len(units)
    for positions in positions_of.values():
        # a line that stands in more than two places, in some of them once, recurs; it is not doubled
        places = 1 + sum(text_before[a] != text_before[b] for a, b in pairwise(positions))
        if len(positions) < 2 or (places > 2 and len(positions) < 2 * places) or len(positions) > 6 * places:
            continue
        for a, b in pairwise(positions):
            if b - a <= _REACH and text_before[a] == text_before[b]:
                following[a], previous[b] = b, a
    _forget_copies(units, following, previous)
    return following, previous


def _forget_copies(units: Sequence[Unit], following: list[int | None], previous: list[int | None]) -> None:
    """Lines of a whole article that stands there twice are not doubled: paragraphs near by recur at their distance.

    Others of its lines need not: the copies may have other authors and days.
    """
    distances = [_distance(i, following) for i in range(len(units))]
    for i, distance in enumerate(distances):
        near = range(max(0, i - distance + 1), min(i + distance, len(units)))
        if distance > 1 and sum(distances[k] == distance and units[k].is_paragraph for k in near) >= _COPIED_PARAGRAPHS:
            following[i] = previous[i + distance] = None


def _distance(i: int, following: Sequence[int | None]) -> int:
    after = following[i]
    return after - i if after is not None else 0
