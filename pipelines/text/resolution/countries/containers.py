"""Which country the words around a place say it lies in: 'Paris, Texas', 'the Canadian city of London'."""

import re

from pipelines.text.resolution.countries.cues import CALENDAR
from pipelines.text.resolution.countries.evidence import dateline
from pipelines.text.resolution.countries.scan import Hit, coordinated

PART_COUNTRIES = frozenset({"US", "CA", "AU"})
"""Countries whose parts commonly follow a city and a comma."""
_NEXT_TO = re.compile(r",\s+|\s*\(|\s+in\s+|,\s+in\s+")
_COMMA = re.compile(r",\s+")
_LONGEST = 80
"""Characters between a place and what it lies in."""
_FURTHER = re.compile(r",?\s+in\s+(?:[a-z]+\s+){0,5}")
"""'San Ramón, in the highlands of Peru': only where the place is known to have a namesake there."""
_SETTLEMENT = r"(?:city|town|village|port|capital|province|state|region|district|county|suburb|island|hamlet|community)"
_DESCRIBED = re.compile(
    rf",\s+(?:an?|the)\s+(?:[a-z-]+\s+){{0,3}}{_SETTLEMENT}\s+(?:[a-z]+\s+){{0,2}}(?:in|of)\s+(?:[a-z-]+\s+){{0,3}}"
)
"""'Maga, a town in the north of Nigeria'."""
_OF = re.compile(rf"\s+(?:[a-z]+\s+){{0,3}}{_SETTLEMENT}(?:\s+of)?\s+")


def container_of(hits: list[Hit], i: int) -> str:
    """Code of the country that the words around hit i say it lies in; '' if they do not."""
    iso2 = contained_by_next(hits, i) or _with_next(hits, i)
    if not iso2 and i and hits[i - 1].text is hits[i].text and _is_place(hits[i]):
        iso2 = _preceding(hits[i - 1], hits[i])
    return iso2


def contained_by_next(hits: list[Hit], i: int) -> str:
    """Code of the country that the hit after hit i says it lies in; '' if it says nothing of the kind."""
    if i < 0 or i + 1 >= len(hits) or hits[i + 1].text is not hits[i].text or not _is_place(hits[i]):
        return ""
    if hits[i].entry.senses[0].level == "name":
        return _town_named_like(hits, i)
    return _following(hits[i], hits[i + 1])


def _with_next(hits: list[Hit], i: int) -> str:
    """The country of the town that 'and' joins to the hit, if a town of its name lies there: 'Troy and Athens, Pa.'."""
    if i + 2 >= len(hits) or hits[i + 1].text is not hits[i].text or not hits[i].entry.senses:
        return ""
    if hits[i].entry.senses[0].level != "city" or not hits[i + 1].entry.senses:
        return ""
    if hits[i].text.segment.text[hits[i].end : hits[i + 1].start].strip() not in ("and", "or"):
        return ""
    iso2 = contained_by_next(hits, i + 1)
    return iso2 if any(s.iso2 == iso2 for s in hits[i].entry.senses) else ""


def _town_named_like(hits: list[Hit], i: int) -> str:
    """The country of which a part follows a country's name, as in 'Peru, Ind.' or 'Cuba, Missouri,', but in no list."""
    hit, outer = hits[i], hits[i + 1]
    sense = outer.entry.senses[0] if outer.entry.senses else None
    if sense is None or sense.level != "region" or sense.iso2 not in PART_COUNTRIES or outer.possessive:
        return ""
    if not _COMMA.fullmatch(hit.text.segment.text[hit.end : outer.start]) or not closes(outer):
        return ""
    beside = [(hits[i - 1], hit)] if i else []
    beside += [(outer, hits[i + 2])] if i + 2 < len(hits) else []
    listed = any(a.text is b.text and coordinated(a, b) for a, b in beside)
    enclosed = hit.text.segment.text[outer.end : outer.end + 1] in ("", ",", ")", ".", ";", ":", "\n")
    known = any(s.iso2 == sense.iso2 for s in hit.entry.senses)
    return sense.iso2 if outer.abbreviation or ((known or enclosed) and not listed) else ""


def _is_place(hit: Hit) -> bool:
    return any(s.level in ("city", "capital", "region", "name") for s in hit.entry.senses)


def _following(hit: Hit, outer: Hit) -> str:
    between = hit.text.segment.text[hit.end : outer.start]
    if not outer.entry.senses or len(between) > _LONGEST:
        return ""
    described = between.startswith(", ") and _DESCRIBED.fullmatch(between) is not None
    if not (described or _NEXT_TO.fullmatch(between) or _FURTHER.fullmatch(between)):
        return ""
    sense = outer.entry.senses[0]
    state = outer.key == "washington" and hit.entry.senses[0].level == "city"
    if sense.level not in ("name", "code", "region") and not state:
        return ""
    if outer.possessive or not (described or closes(outer)):
        return ""
    codes = {s.iso2 for s in outer.entry.senses if state or s.level in ("name", "code", "region")}
    own = [s for s in hit.entry.senses if s.iso2 in codes and s.level in ("city", "capital", "region")]
    if own:
        return own[0].iso2
    if described and len(codes) == 1 and hit.entry.senses[0].level == "city":
        return sense.iso2
    if sense.level == "region" and sense.iso2 not in PART_COUNTRIES:
        return ""
    if not _NEXT_TO.fullmatch(between):
        return ""
    small = all(s.level == "city" and s.population < 200_000 for s in hit.entry.senses)
    # 'According to Conrad, South Africa has' is no place and its country; 'Conrad, South Africa,' is
    enclosed = hit.text.segment.text[outer.end : outer.end + 1] in ("", ",", ")", ".", ";", ":", "\n") or dateline(hit)
    if small and enclosed and between.strip() != "in" and len(codes) == 1:
        return sense.iso2
    # the parts of a country are no list with its neighbours: 'Peru, Ind.'
    if outer.abbreviation and len(codes) == 1:
        return sense.iso2
    return ""


def closes(outer: Hit) -> bool:
    """Whether no further capital follows that the container would belong to: 'Texas Governor'."""
    text = outer.text
    gap = text.gap(outer.last)
    if not gap.isspace() or text.titled or text.caps:
        return gap not in ("-", "‑")
    return not text.capital(outer.last + 1) or text.low(outer.last + 1) in CALENDAR


def _preceding(outer: Hit, hit: Hit) -> str:
    senses = outer.entry.senses
    if not senses or senses[0].level not in ("name", "code", "demonym"):
        return ""
    between = hit.text.segment.text[outer.end : hit.start]
    owned = outer.possessive and between.strip() in ("'s", "’s", "'", "’")
    if not owned and not _OF.fullmatch(between):
        return ""
    codes = {s.iso2 for s in senses}
    own = [s for s in hit.entry.senses if s.iso2 in codes and s.level in ("city", "capital", "region")]
    return own[0].iso2 if own else ""
