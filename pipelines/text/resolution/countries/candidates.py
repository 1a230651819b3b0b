"""Sorts the names found in an article by what the signs around each of them allow."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from pipelines.text.resolution.countries.containers import contained_by_next, container_of
from pipelines.text.resolution.countries.cues import BELIEF, IN
from pipelines.text.resolution.countries.evidence import (
    PLACE_LABELS,
    Spans,
    Surnames,
    acronym,
    after_arabic_article,
    agency,
    dateline,
    loosely_governed,
    named_person,
    names_body,
    names_school,
    of_member,
    opens_sentence,
    part_of_longer,
    persons_name,
    preposition,
    quarter,
    stands_alone,
    with_article,
    within_body,
    within_firm,
)
from pipelines.text.resolution.countries.gazetteer import SUBNATIONAL, Gazetteer, Sense
from pipelines.text.resolution.countries.scan import Hit, Text, blocked, coordinated
from pipelines.text.resolution.countries.unlisted import again, introduced, unknown

UNLISTED = "on no list of places"
"""Why a name of the model's is left open."""
BIG = 5.7
"""Likelihood from which a city needs no sign of a place: that of half a million people."""
SMALL = 5.0
"""Likelihood under which a city is not believed inside a longer run of capitals: that of a hundred thousand people."""
TOWN = 3.7
"""Likelihood under which the model's word for a city is not enough: that of five thousand people."""
TINY = 4.2
"""Likelihood under which a preposition before a city is not enough where the name may be a person's."""
ABOUT_MENTIONS = 3
ABOUT_SHARE = 0.4
"""From so many mentions and such a share of all, an article is about a country, and a weak name likely lies in it."""


@dataclass(slots=True)
class Candidate:
    """A name that is a mention if one of its senses is chosen."""

    hit: Hit
    senses: tuple[Sense, ...]
    sure: bool
    """Whether there is nothing to choose."""
    container: str = ""
    """Code of the country that the words around say it lies in."""
    chosen: Sense | None = None
    decided: str = ""
    """What decided: 'container', 'article', 'context', 'about'; '' where nothing had to."""
    margin: float = 9.0
    """Distance in likelihood to the next country."""


@dataclass(slots=True)
class Gathered:
    """The names of an article, sorted."""

    candidates: list[Candidate]
    abbreviations: list[Hit]
    """Short forms of parts of countries that follow no listed place."""
    refused: list[Hit]
    """Weak names without a sign of a place at themselves."""
    unresolved: list[tuple[Hit, tuple[str, ...], str]]
    persons: dict[str, int]
    """Keys of names that are part of a person's somewhere in the article, with the offset of the first."""
    bearers: set[str]
    """Those of them that are a person's without a doubt."""


def gather(hits: list[Hit], texts: list[Text], spans: Spans, gazetteer: Gazetteer) -> Gathered:
    """Sort the hits by what the signs around each of them allow."""
    found = Gathered([], [], [], [], {}, set())
    surnames = Surnames(texts)
    for i, hit in enumerate(hits):
        senses = hit.entry.senses
        if not senses or blocked(hit) or (hit.first < 7 and agency(hit)) or after_arabic_article(hit):
            continue
        if hit.abbreviation:
            if i and container_of(hits, i - 1):
                found.candidates.append(Candidate(hit, senses, True))
            else:
                found.abbreviations.append(hit)
            continue
        container = "" if _degree(hits, i, spans) else container_of(hits, i)
        inner = contained_by_next(hits, i - 1)
        if not container and len(senses) > 1 and inner in {s.iso2 for s in senses}:
            container = inner  # 'Atlanta, in Georgia' tells about Georgia too
        bearer = not container and persons_name(hit, spans, gazetteer)
        person = not container and (
            bearer
            or named_person(hit, spans, gazetteer)
            or (
                hit.key in gazetteer.person_words
                and surnames.follows(hit)
                and not _country_next(hits, i)
                and not within_body(hit, spans.over(hit))
            )
        )
        if person:
            found.persons.setdefault(hit.key, hit.document_start)
            if bearer:
                found.bearers.add(hit.key)
        strong = tuple(
            s for s in senses if not bearer and (s.evidence == "" or (s.evidence == "person" and not person))
        )
        if strong:
            rest = () if person else tuple(s for s in senses if s.evidence in ("person", "witness") and s not in strong)
            ranked = strong + rest
            found.candidates.append(Candidate(hit, ranked, False, container))
        elif person:
            continue
        elif container or inner in {s.iso2 for s in senses}:
            container = container or inner
            found.candidates.append(Candidate(hit, senses, True, container))
        elif conditional := tuple(s for s in senses if s.evidence == "context"):
            found.candidates.append(Candidate(hit, conditional, False))
        elif senses[0].evidence == "located":
            if preposition(hit) or dateline(hit) or names_body(hit):
                found.candidates.append(Candidate(hit, senses, True))
            else:
                meant = tuple(s for s in senses if s.evidence == "located")
                found.unresolved.append((hit, codes(meant), "stands for a body that meets there, or for the place"))
        else:
            listed = (bool(found.candidates) and _joins_place(found.candidates[-1], hit)) or _joined(hits, i, gazetteer)
            enumerated = bool(found.candidates) and _amid_places(found.candidates[-1], hits, i)
            allowed, silent = _witnessed(hit, spans, gazetteer, listed=listed, enumerated=enumerated)
            firm = bool(allowed) and within_firm(hit, spans.over(hit))
            if firm:
                joined = "&" in hit.text.gap(hit.first - 1)  # 'Dye & Durham Ltd' is of no Durham
                allowed = () if joined else tuple(s for s in allowed if s.iso2 == allowed[0].iso2)
            apart = firm or (allowed and with_article(hit))
            if apart and all(s.level == "city" for s in allowed):
                # 'the Central Coast', 'Kawasaki Motors' have a city's name only where its country is spoken of
                allowed = tuple(replace(s, evidence="context") for s in allowed)
            if allowed:
                # a university is called after the town of its name that everybody knows
                found.candidates.append(Candidate(hit, allowed, names_school(hit)))
            elif not silent:
                found.refused.append(hit)
    return found


def add_unlisted(found: Gathered, texts: list[Text], hits: list[Hit], spans: Spans, gazetteer: Gazetteer) -> None:
    """Add places that no list has where the text says which country they lie in; the others stay open."""
    taken = {(id(hit.text), word) for hit in hits for word in range(hit.first, hit.last + 1)}
    names: dict[str, str] = {}
    places = list(introduced(hits, spans, gazetteer))
    # 'Junta in Mali', where the article has 'the junta'
    small = (
        {w for t in texts for w, capital in zip(t.folded, t.capitals, strict=True) if not capital} if places else set()
    )
    abbreviations = {id(hit) for hit in found.abbreviations}
    counted = {id(c.hit) for c in found.candidates}
    for hit, outer in places:
        if id(outer) in abbreviations:
            abbreviations.discard(id(outer))
            found.candidates.append(Candidate(outer, outer.entry.senses, True))
        elif id(outer) not in counted:
            continue
        if hit.key in small:
            continue
        names.setdefault(hit.key, hit.entry.senses[0].iso2)
    for hit in again(texts, names, taken, spans, gazetteer) if names else ():
        taken.update((id(hit.text), word) for word in range(hit.first, hit.last + 1))
        found.candidates.append(Candidate(hit, hit.entry.senses, True))
    found.unresolved.extend((hit, (), UNLISTED) for hit in unknown(texts, taken, spans, gazetteer))


def drop_persons(found: Gathered, spans: Spans) -> None:
    """Drop bare names that are a person's in this article, 'Jordan' after 'Michael Jordan', unless signs of a place."""
    if not found.persons:
        return
    others: dict[str, set[str]] = defaultdict(set)
    for c in found.candidates:
        if c.senses[0].evidence in ("", "person"):
            others[c.senses[0].iso2].add(c.hit.key)
    kept = []
    for c in found.candidates:
        certain = c.senses[0].evidence == "" and not (c.hit.key in found.bearers and c.senses[0].level in SUBNATIONAL)
        if c.hit.key in found.persons and not c.container and not certain:
            span = spans.over(c.hit)
            elsewhere = len(others[c.senses[0].iso2] - found.persons.keys())
            labelled = span is not None and span.label in PLACE_LABELS
            # nobody is called by the family name before the full name, but in titles
            earlier = c.hit.document_start < found.persons[c.hit.key] and c.hit.text.segment.zone != "title"
            nation = (
                c.senses[0].level == "name" and elsewhere > 1 and (earlier or span is None or span.label != "PERSON")
            )
            if not (preposition(c.hit) in IN or dateline(c.hit) or (elsewhere and labelled) or nation):
                continue
        kept.append(c)
    found.candidates[:] = kept
    found.refused[:] = [hit for hit in found.refused if hit.key not in found.persons]


def drop_common(found: Gathered, texts: list[Text], spans: Spans) -> None:
    """Drop names that the article writes small elsewhere, 'turkey', where any word would have a capital."""
    small = {word for text in texts for word in text.small}
    if not small:
        return
    certain = {
        c.hit.key
        for c in found.candidates
        if c.hit.entry.upper or not (opens_sentence(c.hit) or c.hit.text.titled or c.hit.text.caps)
    }
    kept = []
    for c in found.candidates:
        if c.hit.key in small and c.hit.key not in certain and not c.container and not preposition(c.hit):
            span = spans.over(c.hit)
            if span is None or span.label not in PLACE_LABELS | {"NORP"}:
                continue
        kept.append(c)
    found.candidates[:] = kept


def reconsider(found: Gathered, gazetteer: Gazetteer) -> None:
    """Accept refused names that the article uses as a place elsewhere, or whose country it is about."""
    accepted = {c.hit.key for c in found.candidates}
    about = Counter(c.senses[0].iso2 for c in found.candidates if c.sure or c.senses[0].level in SUBNATIONAL)
    total = about.total()
    for hit in found.refused:
        senses = hit.entry.senses
        likely = [
            s
            for s in senses
            if about[s.iso2] >= ABOUT_MENTIONS and about[s.iso2] >= ABOUT_SHARE * total and s.evidence == "witness"
        ]
        if hit.key in accepted:
            found.candidates.append(Candidate(hit, senses, False))
        elif likely and (
            names_body(hit)
            or (
                stands_alone(hit)
                and not opens_sentence(hit)
                and hit.text.low(hit.first - 1) != "the"
                and hit.key not in gazetteer.person_words
            )
        ):
            found.candidates.append(Candidate(hit, tuple(likely), False, decided="about"))
        elif preposition(hit) and stands_alone(hit):
            found.unresolved.append((hit, codes(senses), "no sign that it is a place"))
    found.candidates.sort(key=lambda c: c.hit.document_start)


def _country_next(hits: list[Hit], i: int) -> bool:
    """Whether the next word is a name of the gazetteer as well: 'Texas Rangers' is no person, nor 'Jordan Israel'."""
    if i + 1 >= len(hits) or hits[i + 1].text is not hits[i].text or hits[i + 1].first != hits[i].last + 1:
        return False
    return any(s.level != "city" for s in hits[i + 1].entry.senses)


def _joins_place(c: Candidate, hit: Hit) -> bool:
    """Whether the hit follows another place in a list: 'in Katowice, Ostrava and Brno'."""
    if (
        c.hit.text is not hit.text
        or not coordinated(c.hit, hit)
        or c.senses[0].level not in ("capital", "region", "city")
    ):
        return False
    # 'made by Tarnex in Lyon and Ostrava in Brno': what is somewhere else is no place
    return not (hit.text.low(hit.last + 1) == "in" and hit.text.capital(hit.last + 2) and hit.text.gap(hit.last) == " ")


def _degree(hits: list[Hit], i: int, spans: Spans) -> bool:
    """Whether what follows is no part of a country but a degree: 'Ann McLaughlin, MD'."""
    if i + 1 >= len(hits) or not hits[i + 1].abbreviation:
        return False
    span = spans.over(hits[i])
    return span is not None and span.label == "PERSON" and span.start_char < hits[i].document_start


def _joined(hits: list[Hit], i: int, gazetteer: Gazetteer) -> bool:
    """Whether a place that needs no sign follows in a list: 'Lao Cai and Kunming'."""
    if i + 1 >= len(hits) or hits[i + 1].text is not hits[i].text or not hits[i + 1].entry.senses:
        return False
    following, sense = hits[i + 1], hits[i + 1].entry.senses[0]
    sure = sense.level in ("capital", "region") or (
        sense.level == "city" and gazetteer.likelihood(following.key, sense) >= BIG
    )
    return sure and sense.evidence in ("", "witness") and coordinated(hits[i], following) and stands_alone(following)


def _amid_places(c: Candidate, hits: list[Hit], i: int) -> bool:
    """Whether the hit follows a place in a list of places and ends it or has another name of a place behind it."""
    hit = hits[i]
    if not _joins_place(c, hit):
        return False
    if hit.text.low(hit.first - 1) == "and":
        return preposition(c.hit) != "" or c.decided == "listed"
    return i + 1 < len(hits) and hits[i + 1].text is hit.text and coordinated(hit, hits[i + 1])


def _witnessed(
    hit: Hit, spans: Spans, gazetteer: Gazetteer, *, listed: bool, enumerated: bool
) -> tuple[tuple[Sense, ...], bool]:
    """The weak senses for which there is a sign of a place, and whether another reading is plain."""
    span = spans.over(hit)
    label = span.label if span else ""
    whole = span is not None and span.end_char - span.start_char <= len(hit.surface) + 6
    begins = span is not None and hit.document_start - span.start_char <= 4
    alone = stands_alone(hit)
    person_like = hit.key in gazetteer.person_words
    governed = (
        preposition(hit) != ""
        or dateline(hit)
        or names_body(hit)
        or of_member(hit)
        or (alone and not person_like and (listed or loosely_governed(hit)))
        or (alone and enumerated)
    )
    place = label in PLACE_LABELS or (label == "NORP" and whole)
    in_person = spans.named_like(hit)
    longer = part_of_longer(hit, spans)
    half = person_like and hit.text.gap(hit.first - 1) in ("-", "–") and hit.text.capital(hit.first - 1)
    if acronym(hit) or (label == "PERSON" and in_person and not governed):
        return (), True
    team = label in ("ORG", "FAC", "EVENT") and begins and not hit.text.titled
    if person_like and not alone and not team and not (place and whole and governed):
        return (), not hit.text.titled
    allowed = []
    for s in hit.entry.senses:
        likelihood = gazetteer.likelihood(hit.key, s)
        big = s.level in ("region", "capital") or likelihood >= BIG
        if longer and (not big or (s.level == "city" and quarter(hit))):
            continue
        if likelihood < SMALL and not alone and not (place and whole):
            continue
        if likelihood < SMALL and s.level == "city" and (half or (in_person and (hit.possessive or not governed))):
            continue
        if s.evidence == "word":
            ok = (place and (governed or (whole and big))) or (alone and not label and (listed or (big and governed)))
        elif s.level == "city" and likelihood < TOWN:
            ok = governed and (
                place or not label or (whole and not hit.possessive and _within(hit) and not person_like)
            )
        elif place:
            ok = True
        elif label == "PERSON":
            ok = whole and not in_person and (big or governed)
        elif label == "ORG":
            ok = big or (governed and begins) or names_school(hit)
        elif label:
            ok = (big and begins) or (whole and alone and governed and not person_like)
        else:
            ok = big or (governed and (likelihood > TINY or (alone and not person_like)))
        if ok:
            allowed.append(s)
    return tuple(allowed), label not in ("", "ORG") or longer or in_person


def _within(hit: Hit) -> bool:
    """Whether somebody or something is in the place, as nobody is in a person: 'in Blair', not 'trust in Blair'."""
    if preposition(hit) not in IN:
        return False
    return hit.text.low(hit.first - 1) != "in" or hit.text.low(hit.first - 2) not in BELIEF


def codes(senses: tuple[Sense, ...]) -> tuple[str, ...]:
    """The countries of the senses, each once."""
    return tuple(dict.fromkeys(s.iso2 for s in senses))
