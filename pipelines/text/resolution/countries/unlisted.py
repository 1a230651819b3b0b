"""Places that no list has, but whose country the text says: 'HOLLIDAY, Mo.', 'the villages of A and B in Idlib'."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from pipelines.text.resolution.countries.containers import PART_COUNTRIES, closes
from pipelines.text.resolution.countries.cues import IN, NEAR, SETTLEMENTS
from pipelines.text.resolution.countries.evidence import (
    PLACE_LABELS,
    Spans,
    dateline,
    explained_as_body,
    named_person,
    preposition,
)
from pipelines.text.resolution.countries.gazetteer import Entry, Gazetteer, Sense
from pipelines.text.resolution.countries.scan import Hit, Text

_MOST_WORDS = 3
_SETTLEMENT_STEMS = frozenset(word.removesuffix("y") for word in SETTLEMENTS)
_BETWEEN = frozenset({",", "(", "in", ", in"})
_JOINING = frozenset({"and", ",", "or", ", and"})


def introduced(hits: list[Hit], spans: Spans, gazetteer: Gazetteer) -> Iterator[tuple[Hit, Hit]]:
    """Unlisted places, each with the name after it that says which country it lies in."""
    for i, outer in enumerate(hits):
        if not outer.entry.senses or outer.possessive or not closes(outer):
            continue
        sense = outer.entry.senses[0]
        named = _named_of(outer)
        if named is not None and not named_person(named, spans, gazetteer):
            yield named, outer
        if sense.level not in ("name", "region"):
            continue
        floor = hits[i - 1].last if i and hits[i - 1].text is outer.text else -1
        place = _before(outer, floor)
        if place is None or not _is_place(place, outer, spans, gazetteer):
            continue
        between = place.text.segment.text[place.end : outer.start].strip()
        by_label = _labelled(place, spans) or _of_settlements(place, floor)
        if between != "," and not by_label:
            continue
        known_part = outer.abbreviation or (sense.level == "region" and sense.iso2 in PART_COUNTRIES)
        if not known_part and not by_label:
            continue
        named = _of_settlements(place, floor)
        while place is not None:
            yield place, outer
            joined = _before(place, floor, _JOINING)
            place = joined if joined is not None and (named or _labelled(joined, spans)) else None


def again(
    texts: Iterable[Text], names: dict[str, str], taken: set[tuple[int, int]], spans: Spans, gazetteer: Gazetteer
) -> Iterator[Hit]:
    """Further occurrences of unlisted names (key → code) that no hit covers; `taken` has (text id, word) pairs."""
    firsts = {k.split(" ", 1)[0] for k in names}
    for text in texts:
        for i, word in enumerate(text.folded):
            if word not in firsts or not text.capital(i):
                continue
            for length in range(min(_MOST_WORDS, len(text.folded) - i), 0, -1):
                k = " ".join(text.folded[i : i + length])
                if k in names and not any((id(text), j) in taken for j in range(i, i + length)):
                    hit = _hit(text, i, i + length - 1, names[k])
                    span = spans.over(hit)
                    if not named_person(hit, spans, gazetteer) and (span is None or span.label != "PERSON"):
                        yield hit
                    break


def unknown(texts: Sequence[Text], taken: set[tuple[int, int]], spans: Spans, gazetteer: Gazetteer) -> Iterator[Hit]:
    """What the model takes for a state or a city, or what somebody is near, where no hit covers it."""
    starts = [text.segment.start_char for text in texts]
    for span in spans.spans:
        i = bisect_right(starts, span.start_char) - 1
        if span.label not in ("GPE", "PERSON", "ORG") or i < 0:
            continue
        text = texts[i]
        first = bisect_right(text.ends, span.start_char - starts[i])
        last = bisect_left(text.starts, span.end_char - starts[i]) - 1
        while first < last and not text.capital(first):
            first += 1
        if last > first and text.low(last) == "s" and text.gap(last - 1) in ("'", "’"):
            last -= 1
        if first > last or not text.capital(first) or text.titled or text.caps:
            continue
        if any((id(text), word) in taken for word in range(first, last + 1)):
            continue
        hit = _hit(text, first, last, "")
        # the model takes many a firm and many a person for a city, but says less often that one is in them
        word = preposition(hit)
        if span.label == "GPE":
            found = word in IN or word == "of" or dateline(hit)
        else:
            # trust is put in persons, but nothing lies near them
            part = text.low(first - 2) == "part"  # 'part of Tarnex, the publisher'
            found = (
                (word in NEAR or (word == "of" and not part))
                and not hit.possessive
                and text.low(first) not in gazetteer.given_names
            )
        if found and not explained_as_body(hit):
            yield hit


def _before(outer: Hit, floor: int, between: frozenset[str] = _BETWEEN) -> Hit | None:
    """The capitalised words that end right before `outer`, after word `floor`; None if there are none."""
    text, last = outer.text, outer.first - 1
    if last >= 0 and text.low(last) == "the":
        last -= 1
    while last >= 0 and text.low(last) in ("in", "and", "or") and not text.capital(last):
        last -= 1
    if last <= floor or text.segment.text[text.ends[last] : outer.start].replace("the ", "").strip() not in between:
        return None
    first = last + 1
    while first - 1 > floor and last - first + 1 < _MOST_WORDS and text.capital(first - 1):
        if first <= last and text.gap(first - 1) not in (" ", "-", "'", "’"):
            break
        first -= 1
    if first > last or text.ends[last] - text.starts[first] < 3:
        return None
    if first - 1 == floor and floor >= 0 and text.gap(floor) == " ":
        return None  # the rest of a longer name: 'Doha Forum in Qatar'
    return _hit(text, first, last, outer.entry.senses[0].iso2)


def _of_settlements(place: Hit, floor: int) -> bool:
    """Whether it ends a list that 'the villages of' or the like opens."""
    text, i = place.text, place.first - 1
    while i > floor and (text.low(i) == "and" or text.capital(i)):
        i -= 1
    return text.low(i) == "of" and text.low(i - 1).removesuffix("s").removesuffix("ie") in _SETTLEMENT_STEMS


def _named_of(outer: Hit) -> Hit | None:
    """The place in 'the Ukrainian port of Izmail', unless a hit stands there; `outer` is 'Ukrainian'."""
    text = outer.text
    if outer.entry.senses[0].level not in ("demonym", "name", "code"):
        return None
    for i in range(outer.last + 1, min(outer.last + 4, len(text.folded) - 2)):
        if text.capital(i) or not text.gap(i - 1).isspace():
            return None
        if text.low(i) in SETTLEMENTS and text.low(i + 1) == "of" and text.capital(i + 2):
            last = i + 2
            while last < i + 1 + _MOST_WORDS and text.capital(last + 1) and text.gap(last) in (" ", "-"):
                last += 1
            return _hit(text, i + 2, last, outer.entry.senses[0].iso2)
    return None


def _hit(text: Text, first: int, last: int, iso2: str) -> Hit:
    k = " ".join(text.folded[first : last + 1])
    return Hit(text, first, last, text.starts[first], text.ends[last], k, _entry(iso2))


@cache
def _entry(iso2: str) -> Entry:
    return Entry((Sense(iso2, "unlisted", "place"),))


def _labelled(hit: Hit, spans: Spans) -> bool:
    span = spans.over(hit)
    return span is not None and span.label in PLACE_LABELS and span.end_char <= hit.document_end + 2


def _is_place(hit: Hit, outer: Hit, spans: Spans, gazetteer: Gazetteer) -> bool:
    if named_person(hit, spans, gazetteer) or hit.text.titled or hit.text.caps:
        return False
    word = preposition(hit)
    if word == "at" and hit.text.segment.text[hit.end : outer.start].strip() == "in":
        return False  # 'an analyst at Jefferies in Hong Kong'
    if word in IN or word == "of" or dateline(hit) or (hit.first == 0 and outer.abbreviation and hit.surface.isupper()):
        return True
    # 'Conrad, South Africa says' is no place and its country; 'Conrad, South Africa,' is
    enclosed = (
        hit.text.segment.text[outer.end : outer.end + 1] in (",", ")", ".", ";")
        or hit.text.segment.text[hit.end : outer.start].strip() == "in"
    )
    return _labelled(hit, spans) and enclosed
