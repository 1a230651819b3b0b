"""Whether a capital or a seat of government stands for the state (metonym) or for the place."""

from pipelines.text.resolution.countries.cues import (
    CITY_NOUNS,
    DIRECTIONS,
    GOING,
    HALVES,
    IN,
    OFFICES,
    RELATING,
    TO_FROM,
)
from pipelines.text.resolution.countries.evidence import (
    dateline,
    direction_before,
    preposition,
)
from pipelines.text.resolution.countries.mentions import MentionKind
from pipelines.text.resolution.countries.scan import Hit


def capital_kind(hit: Hit, level: str, previous: MentionKind | None, *, contained: bool) -> MentionKind:
    """'metonym' or 'place' for a capital or seat.

    Args:
        hit: The name.
        level: 'capital' or 'seat'.
        previous: Kind of the name that it is joined to by 'and', 'or' or a comma, None if there is none.
        contained: Whether the name of a country or state follows that the city lies in.

    """
    text = hit.text
    if contained or dateline(hit):
        return "place"
    following = text.low(hit.last + 1)
    gap = text.gap(hit.last)
    if gap in ("-", "‑", "–") and following in HALVES:
        return "place"
    if gap.isspace() and following in CITY_NOUNS:
        return "place"
    if hit.possessive and following == "s" and text.low(hit.last + 2) in CITY_NOUNS:
        return "place"
    word = preposition(hit)
    if word in IN and hit.possessive:
        return "metonym"  # 'in Beijing's view'
    if word in IN or word == "of":
        return "place"
    if word in TO_FROM:
        return "metonym" if _relation_before(hit) else "place"
    if text.low(hit.first - 1) in GOING:
        return "place"
    if text.low(hit.first - 1) in ("capital", "inner") or direction_before(hit):
        return "place"
    if level == "capital" and _within_longer_name(hit):
        return "place"
    if text.low(hit.first - 1) == "on" or text.low(hit.first - 1) == "between":
        return "metonym"
    if previous is not None:
        return previous
    return "metonym"


def _within_longer_name(hit: Hit) -> bool:
    """'Paris Fashion Week', 'Real Madrid': where a capitalised neighbour, no office, belongs to the name."""
    text = hit.text
    if text.titled or text.caps:
        return False
    before, after = hit.first - 1, hit.last + 1
    if before > 0 and text.capital(before) and text.gap(before) == " " and text.gap(before - 1).isspace():
        return True
    return text.capital(after) and text.gap(hit.last) == " " and text.low(after) not in OFFICES


def _relation_before(hit: Hit) -> bool:
    text, i = hit.text, hit.first - 1
    while text.low(i) in DIRECTIONS:
        i -= 1
    for j in range(i - 1, max(-1, i - 5), -1):
        if "." in text.gap(j):
            return False
        if text.low(j) in RELATING:
            return True
    return False
