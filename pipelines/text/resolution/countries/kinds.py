"""Whether a capital or a seat of government stands for the state (metonym) or for the place."""

from pipelines.text.resolution.countries.evidence import DIRECTIONS, IN, TO_FROM, dateline, preposition
from pipelines.text.resolution.countries.mentions import MentionKind
from pipelines.text.resolution.countries.scan import Hit

_CITY_NOUNS = frozenset(
    "airport apartment area avenue bureau bus centre center church clinic conference court district embassy festival "
    "forum fire flat hospital hotel home house marathon mayor meeting metro metropolitan museum neighborhood "
    "neighbourhood office park police prison region resident residents restaurant school square stadium station street "
    "streets suburb suburbs subway summit talks theater theatre tower train university zoo zone borough olympics "
    "games attack attacks bombing bombings shooting oblast fashion stock exchange".split()
)
_GOING = frozenset(
    "visit visits visited visiting leave leaves left leaving reach reached reaching enter entered entering capture "
    "captured attack attacked hit bombed shelled seize seized near tour toured".split()
)
_RELATING = frozenset(
    "according ties tie relations links link pressure pressured support response signal signals message messages "
    "concession concessions loyal warning close closer independence statement statements reaction demand demands answer "
    "appeal appeals proposal proposals order orders approval opposed allied ally alternative belong belongs due thanks "
    "threat threats aid help assistance subservient challenge friendly hostile owed grateful linked permission backing "
    "guarantees assurances funding recognition instructions directives sympathetic letter proposed".split()
)
_HALVES = frozenset("based born area bound listed bred wide trained".split())


def capital_kind(hit: Hit, previous: MentionKind | None, *, contained: bool) -> MentionKind:
    """'metonym' or 'place' for a capital or seat.

    Args:
        hit: The name.
        previous: Kind of the name that it is joined to by 'and', 'or' or a comma, None if there is none.
        contained: Whether the name of a country or state follows that the city lies in.
    """
    text = hit.text
    if contained or dateline(hit):
        return "place"
    following = text.low(hit.last + 1)
    gap = text.gap(hit.last)
    if gap in ("-", "‑", "–") and following in _HALVES:
        return "place"
    if gap.isspace() and following in _CITY_NOUNS:
        return "place"
    if hit.possessive and following == "s" and text.low(hit.last + 2) in _CITY_NOUNS:
        return "place"
    word = preposition(hit)
    if word in IN or word == "of":
        return "place"
    if word in TO_FROM:
        return "metonym" if _relation_before(hit) else "place"
    if text.low(hit.first - 1) in _GOING:
        return "place"
    if text.low(hit.first - 1) in ("downtown", "central", "capital", "inner"):
        return "place"
    if text.low(hit.first - 1) == "on" or text.low(hit.first - 1) == "between":
        return "metonym"
    if previous is not None:
        return previous
    return "metonym"


def _relation_before(hit: Hit) -> bool:
    text, i = hit.text, hit.first - 1
    while text.low(i) in DIRECTIONS:
        i -= 1
    return any(text.low(j) in _RELATING for j in range(max(0, i - 4), i))
