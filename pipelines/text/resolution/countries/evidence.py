"""Signs around a name that it is a place, a person or something else: the model's spans, prepositions, neighbours."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines.text.extraction.mentions import EntitySpan
from pipelines.text.extraction.wordlists import FUNCTION_WORDS
from pipelines.text.resolution.countries.cues import (
    BODIES,
    CITY_NOUNS,
    DETERMINERS,
    DIRECTIONS,
    FIRMS,
    GOING,
    HEADS,
    IN,
    LOOSE,
    OFFICES,
    PLACE_NOUNS,
    SEATED,
    TAILS,
    TO_FROM,
)
from pipelines.text.resolution.countries.gazetteer import Gazetteer
from pipelines.text.resolution.countries.scan import Hit, Text
from pipelines.text.resolution.countries.words import WORD, fold

_BODY = re.compile(
    r", (?:an?|the|its|their) (?:[a-z-]+ ){0,4}"
    r"(?:agency|airline|bank|broadcaster|company|firm|group|party|operator|union|utility)\b"
)
"""An apposition that says that a name is a body's."""
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})


@dataclass(slots=True)
class Spans:
    """The entity spans of an article, for look-up by offset."""

    spans: Sequence[EntitySpan]
    starts: list[int]
    person_words: dict[str, set[str]]
    """First and last words (folded) of the article's persons of several words → their whole names."""
    person_pairs: frozenset[tuple[str, str]]
    """Pairs of neighbouring words (folded) in their names."""

    @classmethod
    def of(cls, entities: Sequence[EntitySpan]) -> "Spans":
        """Index the spans."""
        ordered = sorted(entities, key=lambda e: (e.start_char, e.end_char))
        words: dict[str, set[str]] = defaultdict(set)
        pairs: set[tuple[str, str]] = set()
        for e in ordered:
            if e.label != "PERSON":
                continue
            parts = [fold(m.group()) for m in WORD.finditer(e.surface) if m.group()[0].isupper()]
            if len(parts) > 1:
                words[parts[0]].add(" ".join(parts))
                words[parts[-1]].add(" ".join(parts))
                pairs.update(pairwise(parts))
        return cls(ordered, [e.start_char for e in ordered], dict(words), frozenset(pairs))

    def named_like(self, hit: Hit) -> bool:
        """Whether a person of the article is called so, but not a place that the model takes for a person."""
        return bool(self.person_words.get(hit.text.low(hit.last), set()) - {hit.key})

    def over(self, hit: Hit) -> EntitySpan | None:
        """The span that overlaps the hit, if any."""
        i = bisect_right(self.starts, hit.document_end - 1) - 1
        for j in (i, i - 1):
            if j >= 0:
                e = self.spans[j]
                if e.start_char < hit.document_end and e.end_char > hit.document_start:
                    return e
        return None


def direction_before(hit: Hit) -> bool:
    """Whether a direction is the word before: 'north London'."""
    before = hit.text.low(hit.first - 1)
    return before in DIRECTIONS and before not in ("the", "old") and hit.text.gap(hit.first - 1).isspace()


def preposition(hit: Hit) -> str:
    """The preposition that governs the name, directions and 'the' between them skipped; '' if there is none."""
    text, i = hit.text, hit.first - 1
    for _ in range(3):
        if text.low(i) in DIRECTIONS and text.gap(i).isspace():
            i -= 1
        else:
            break
    if i < 0 or text.gap(i).strip() not in ("", "-"):
        return ""
    word = text.low(i)
    if word in IN or word in TO_FROM:
        return word
    if word == "of" and text.low(i - 1) in PLACE_NOUNS:
        return word
    return ""


def loosely_governed(hit: Hit) -> bool:
    """Whether a word before it governs places, but other things as well: 'off', 'as far as', 'reached'."""
    text, i = hit.text, hit.first - 1
    while text.low(i) in DIRECTIONS and text.gap(i).isspace():
        i -= 1
    word = text.low(i)
    if i < 0 or not text.gap(i).isspace():
        return False
    return word in LOOSE or word in GOING or (word == "as" and text.low(i - 1) == "far")


def dateline(hit: Hit) -> bool:
    """Whether the name opens a paragraph as the place that is reported from: 'BEIRUT (AP) —'."""
    text = hit.text
    if hit.first > 0 or hit.text.segment.zone != "body":
        return False
    rest = text.segment.text[hit.end : hit.end + 60]
    stripped = rest.lstrip()
    written = hit.surface.isupper() and len(hit.surface) > 3 and not text.caps
    if stripped[:1] in ("—", "–") or rest.startswith((" - ", " -- ")):
        return True
    if stripped.startswith("("):
        close = stripped.find(")")
        return 0 < close < 30 and stripped[close + 1 :].lstrip()[:1] in ("—", "–", "-", ":")
    return written and stripped[:1] in (",", ":", "-", "/")


def part_of_longer(hit: Hit, spans: Spans) -> bool:
    """Whether a capitalised neighbour makes the name part of that of a smaller thing: 'Mount Sheridan', 'Penn Park'."""
    text = hit.text
    e = spans.over(hit)
    if e is not None and e.label == "GPE" and e.start_char == hit.document_start and e.end_char <= hit.document_end + 2:
        return False
    before = hit.first - 1
    if text.capital(before) and text.gap(before).isspace() and text.low(before) != "the":
        inside = e is not None and e.label != "GPE" and e.start_char <= text.segment.start_char + text.starts[before]
        if inside or text.low(before) in HEADS:
            return True
    tail = hit.last + 1
    owned = hit.possessive and text.low(tail) == "s"
    if owned:
        tail += 1
    gap = text.gap(tail - 1)
    return text.capital(tail) and gap.isspace() and (owned or text.low(tail) in TAILS) and not text.titled


def quarter(hit: Hit) -> bool:
    """Whether the word before makes it a place called like a city: 'Little Havana', 'Upper Edmonton'."""
    text, before = hit.text, hit.first - 1
    return text.low(before) in ("little", "upper") and text.capital(before) and text.gap(before) == " "


def acronym(hit: Hit) -> bool:
    """Whether a word in capitals throughout, other than at the head of a report, stands in a text that is not."""
    return hit.surface.isupper() and not hit.text.caps and not dateline(hit)


def opens_sentence(hit: Hit) -> bool:
    """Whether the name stands where any word would have a capital."""
    gap = hit.text.gap(hit.first - 1)
    return hit.first == 0 or any(c in '.!?:"“”' for c in gap)


def names_body(hit: Hit) -> bool:
    """Whether a noun follows that says whose it is: 'Danbury police', 'Wood Green Crown Court'."""
    text = hit.text
    return text.gap(hit.last).isspace() and text.low(hit.last + 1) in BODIES


def names_school(hit: Hit) -> bool:
    """Whether the head of a body that has its seat there stands before it: 'the University of Bristol'."""
    text, of = hit.text, hit.first - 1
    return of > 0 and text.low(of) == "of" and text.low(of - 1) in SEATED and text.gap(of - 1) == text.gap(of) == " "


def within_body(hit: Hit, span: EntitySpan | None) -> bool:
    """Whether the model has it and the word behind it for parts of one body's name: 'All India Chess Federation'."""
    after = hit.last + 1
    return (
        span is not None
        and span.label == "ORG"
        and hit.text.capital(after)
        and span.end_char >= hit.text.segment.start_char + hit.text.ends[after]
    )


def within_firm(hit: Hit, span: EntitySpan | None) -> bool:
    """Whether it is part of a longer name that the model has for a body, of a firm's kind: 'Kawasaki Motors'."""
    text, after = hit.text, hit.last + 1
    return (
        span is not None
        and span.label == "ORG"
        and text.low(after) in FIRMS
        and text.capital(after)
        and text.gap(hit.last) == " "
        and span.end_char >= text.segment.start_char + text.ends[after]
    )


def agency(hit: Hit) -> bool:
    """Whether it is the news agency in brackets behind the place that a report begins with: 'AMMAN (Petra) —'."""
    text = hit.text
    if hit.first == 0 or hit.first > 6 or not text.gap(hit.first - 1).endswith("("):
        return False
    after = text.segment.text[hit.end : hit.end + 5]
    return after[:1] == ")" and after[1:].lstrip()[:1] in ("—", "–", "-")


def after_arabic_article(hit: Hit) -> bool:
    """Whether it is what follows 'al-' in a name: 'Meshal al-Sabah' is of no Sabah."""
    before = hit.first - 1
    return hit.text.gap(before) == "-" and hit.text.low(before) in ("al", "el", "as", "ash", "an", "ar", "az", "ad")


def explained_as_body(hit: Hit) -> bool:
    """Whether an apposition says that it is a firm or the like: ', the state nuclear company'."""
    return _BODY.match(hit.text.segment.text, hit.end) is not None


def of_member(hit: Hit) -> bool:
    """Whether it says where a member of a legislature is from: 'R-Towanda'."""
    text, before = hit.text, hit.first - 1
    return text.low(before) in ("d", "i", "r") and text.capital(before) and text.gap(before) == "-"


def with_article(hit: Hit) -> bool:
    """Whether 'the' stands before the name and no noun after that it would belong to: 'the Central Coast is'."""
    text = hit.text
    if text.low(hit.first - 1) != "the" or not text.gap(hit.first - 1).isspace():
        return False
    following = text.low(hit.last + 1)
    return not text.gap(hit.last).isspace() or following in FUNCTION_WORDS


def stands_alone(hit: Hit) -> bool:
    """Whether no capitalised neighbour makes the name part of a longer one, that of a body of the place left aside."""
    text = hit.text
    if text.titled or text.caps:
        return False
    before, after = hit.first - 1, hit.last + 1
    if text.capital(before) and text.gap(before).isspace() and before > 0:
        return False
    return not (text.capital(after) and text.gap(hit.last).isspace() and text.low(after) not in BODIES)


class Surnames:
    """Which capitalised words of an article stand without a given name before them, as surnames do."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self._texts = texts
        self._bare: set[str] | None = None

    def follows(self, hit: Hit) -> bool:
        """Whether the word after the hit, as in 'Paris Lennox', also stands by itself, as in 'Lennox said'."""
        text, after = hit.text, hit.last + 1
        if len(text.low(after)) < 3 or not text.capital(after) or text.gap(hit.last) != " " or text.titled or text.caps:
            return False
        if text.low(after) in BODIES or text.low(after) in TAILS or text.low(after) in OFFICES:
            return False
        if self._bare is None:
            self._bare = {
                word
                for t in self._texts
                for i, word in enumerate(t.folded)
                if t.capital(i)
                and not (t.capital(i - 1) and t.gap(i - 1).isspace())
                and not (t.capital(i + 1) and t.gap(i).isspace())
                and t.low(i - 1) not in DETERMINERS
            }
        return text.low(after) in self._bare


def _given_place(hit: Hit, spans: Spans, gazetteer: Gazetteer) -> bool:
    """Whether a surname seems to follow: 'Paris Lennox', where the model sees neither a place nor a body."""
    text, after = hit.text, hit.last + 1
    return (
        hit.key in gazetteer.given_places
        and bool(spans.spans)
        and spans.over(hit) is None
        and text.capital(after)
        and text.gap(hit.last) == " "
        and not (text.titled or text.caps)
        and text.low(after) not in gazetteer.lengths
        and not any(text.low(after) in words for words in (BODIES, TAILS, OFFICES, CITY_NOUNS))
    )


def persons_name(hit: Hit, spans: Spans, gazetteer: Gazetteer) -> bool:
    """Whether the name ends what the model takes for a person with a given name, or begins it with two of them."""
    text, before = hit.text, hit.first - 1
    following = hit.last + 1
    if hit.key in gazetteer.given_places and text.low(following) in gazetteer.forenames:
        return text.capital(following) and text.capital(following + 1) and text.gap(hit.last) == " "
    span = spans.over(hit)
    if span is None or span.label != "PERSON" or text.titled or text.caps or span.end_char > hit.document_end + 2:
        return False
    inside = before >= 0 and span.start_char == text.segment.start_char + text.starts[before]
    return inside and text.low(before) in gazetteer.forenames and text.gap(before) == " "


def named_person(hit: Hit, spans: Spans, gazetteer: Gazetteer) -> bool:
    """Whether the name is part of a person's: a given name or a title before it, or the model's word for it."""
    text = hit.text
    before = text.low(hit.first - 1)
    if (
        before in gazetteer.given_names
        and text.capital(hit.first - 1)
        and text.gap(hit.first - 1).strip() in ("", ".")
        and "\n" not in text.gap(hit.first - 1)
    ):
        return True
    if _given_place(hit, spans, gazetteer):
        return True
    for left, right in ((hit.first - 1, hit.first), (hit.last, hit.last + 1)):
        apart = text.capital(left) and text.capital(right) and text.gap(left).isspace()
        if apart and (text.low(left), text.low(right)) in spans.person_pairs:
            return True
    return False
