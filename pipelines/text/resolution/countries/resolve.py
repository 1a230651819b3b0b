"""Resolves the country mentions of one article."""

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.text.article_text import ArticleText
from pipelines.text.extraction.mentions import Extraction
from pipelines.text.resolution.countries.containers import container_of
from pipelines.text.resolution.countries.evidence import (
    IN,
    PLACE_LABELS,
    Spans,
    acronym,
    dateline,
    named_person,
    names_body,
    opens_sentence,
    part_of_longer,
    stands_alone,
    preposition,
)
from pipelines.text.resolution.countries.gazetteer import Gazetteer, Sense
from pipelines.text.resolution.countries.kinds import capital_kind
from pipelines.text.resolution.countries.mentions import (
    CountryMention,
    CountryResolution,
    MentionKind,
    UnresolvedPlace,
)
from pipelines.text.resolution.countries.scan import Hit, Text, blocked, cut, scan
from pipelines.text.resolution.countries.unlisted import again, introduced, unknown

BASE = {"name": 10.0, "code": 10.0, "demonym": 10.0, "seat": 9.0, "capital": 8.0, "region": 7.0, "unlisted": 4.0}
"""How likely a name is meant in this sense before the article is looked at; a city has the logarithm of its people."""
CONTEXT_CAP = 2.5
"""What the other countries of an article can add at most, so that they never outweigh a capital."""
PRIOR_WEIGHT = 2.0
MARGIN = 0.35
"""Between two countries closer than this, none is chosen."""
BIG = 5.7
"""Likelihood from which a city needs no sign of a place: that of half a million people."""
SMALL = 5.0
"""Likelihood under which a city is not believed inside a longer run of capitals: that of a hundred thousand people."""
SUBNATIONAL = frozenset({"region", "city", "unlisted"})
STRONG = frozenset({"", "person"})


@dataclass(slots=True)
class _Candidate:
    hit: Hit
    senses: tuple[Sense, ...]
    sure: bool
    container: str = ""
    chosen: Sense | None = None
    decided: str = ""
    decided_by: str = ""
    margin: float = 9.0


def resolve_countries(
    article: ArticleText, extraction: Extraction, gazetteer: Gazetteer, *, prior: Mapping[str, float] | None = None
) -> CountryResolution:
    """The countries that an article mentions, and the place names in it that stay open.

    Args:
        article: The article's own text.
        extraction: Its sentences and the model's spans; either may be empty, names of countries need neither.
        gazetteer: The names.
        prior: Share (0–1) of each country, by code, in what else its source publishes.

    Time is linear in the length of the text.
    """
    spans = Spans.of(extraction.entities)
    texts = [cut(segment) for segment in article.segments]
    hits = [hit for text in texts for hit in scan(text, gazetteer)]
    found = _gather(hits, spans, gazetteer)
    _add_unlisted(found, texts, hits, spans, gazetteer)
    _drop_persons(found, spans)
    _reconsider(found)
    _decide(found.candidates, gazetteer, prior or {})
    return _report(article, extraction, found.candidates, found.unresolved)


@dataclass(slots=True)
class _Gathered:
    candidates: list[_Candidate]
    abbreviations: list[Hit]
    """Short forms of parts of countries that follow no listed place."""
    refused: list[Hit]
    """Weak names without a sign of a place at themselves."""
    unresolved: list[tuple[Hit, tuple[str, ...], str]]
    persons: set[str]
    """Keys of names that are part of a person's somewhere in the article."""


def _gather(hits: list[Hit], spans: Spans, gazetteer: Gazetteer) -> _Gathered:
    """Sort the hits by what the signs around each of them allow."""
    found = _Gathered([], [], [], [], set())
    for i, hit in enumerate(hits):
        senses = hit.entry.senses
        if not senses or blocked(hit):
            continue
        if hit.abbreviation:
            if i and container_of(hits, i - 1):
                found.candidates.append(_Candidate(hit, senses, True))
            else:
                found.abbreviations.append(hit)
            continue
        container = container_of(hits, i)
        person = not container and named_person(hit, spans, gazetteer)
        if person:
            found.persons.add(hit.key)
        strong = tuple(s for s in senses if s.evidence == "" or (s.evidence == "person" and not person))
        if strong:
            rest = () if person else tuple(s for s in senses if s.evidence in ("person", "witness") and s not in strong)
            ranked = strong + rest
            sure = len({s.iso2 for s in ranked if _base(s, gazetteer, hit.key) > BASE["capital"] - 1.5}) == 1
            found.candidates.append(_Candidate(hit, ranked, sure, container))
        elif person:
            continue
        elif container:
            found.candidates.append(_Candidate(hit, senses, True, container))
        elif conditional := tuple(s for s in senses if s.evidence == "context"):
            found.candidates.append(_Candidate(hit, conditional, False))
        elif senses[0].evidence == "located":
            if preposition(hit) or dateline(hit):
                found.candidates.append(_Candidate(hit, senses, True))
            else:
                found.unresolved.append((hit, _codes(senses), "stands for a body that meets there, or for the place"))
        else:
            allowed, silent = _witnessed(hit, spans, gazetteer)
            if allowed:
                found.candidates.append(_Candidate(hit, allowed, False))
            elif not silent:
                found.refused.append(hit)
    return found


def _add_unlisted(
    found: _Gathered, texts: list[Text], hits: list[Hit], spans: Spans, gazetteer: Gazetteer
) -> None:
    """Add places that no list has where the text says which country they lie in; the others stay open."""
    taken = {(id(hit.text), word) for hit in hits for word in range(hit.first, hit.last + 1)}
    names: dict[str, str] = {}
    abbreviations = {id(hit) for hit in found.abbreviations}
    counted = {id(c.hit) for c in found.candidates}
    for hit, outer in introduced(hits, spans, gazetteer):
        if id(outer) in abbreviations:
            abbreviations.discard(id(outer))
            found.candidates.append(_Candidate(outer, outer.entry.senses, True))
        elif id(outer) not in counted:
            continue
        names.setdefault(hit.key, hit.entry.senses[0].iso2)
    for hit in again(texts, names, taken, spans, gazetteer) if names else ():
        taken.update((id(hit.text), word) for word in range(hit.first, hit.last + 1))
        found.candidates.append(_Candidate(hit, hit.entry.senses, True))
    found.unresolved.extend((hit, (), "on no list of places") for hit in unknown(texts, taken, spans))


def _drop_persons(found: _Gathered, spans: Spans) -> None:
    """Drop bare names that are a person's in this article, 'Jordan' after 'Michael Jordan', unless signs of a place."""
    if not found.persons:
        return
    others: dict[str, set[str]] = defaultdict(set)
    for c in found.candidates:
        if c.sure:
            others[c.senses[0].iso2].add(c.hit.key)
    kept = []
    for c in found.candidates:
        if c.hit.key in found.persons and not c.container and c.senses[0].evidence != "":
            span = spans.over(c.hit)
            elsewhere = len(others[c.senses[0].iso2] - found.persons) > 0
            labelled = span is not None and span.label in PLACE_LABELS
            if not (preposition(c.hit) in IN or dateline(c.hit) or (elsewhere and labelled)):
                continue
        kept.append(c)
    found.candidates[:] = kept
    found.refused[:] = [hit for hit in found.refused if hit.key not in found.persons]


def _reconsider(found: _Gathered) -> None:
    """Accept refused names that the article uses as a place elsewhere, or whose country it is about."""
    accepted = {c.hit.key for c in found.candidates}
    about = Counter(c.senses[0].iso2 for c in found.candidates if c.sure or c.senses[0].level in SUBNATIONAL)
    total = about.total()
    for hit in found.refused:
        senses = hit.entry.senses
        likely = [s for s in senses if about[s.iso2] >= 3 and about[s.iso2] >= 0.4 * total and s.evidence == "witness"]
        if hit.key in accepted:
            found.candidates.append(_Candidate(hit, senses, False))
        elif likely and (names_body(hit) or (stands_alone(hit) and not opens_sentence(hit))):
            found.candidates.append(_Candidate(hit, tuple(likely), False, decided_by="about"))
        else:
            found.unresolved.append((hit, _codes(senses), "no sign that it is a place"))
    found.candidates.sort(key=lambda c: c.hit.document_start)


def _witnessed(hit: Hit, spans: Spans, gazetteer: Gazetteer) -> tuple[tuple[Sense, ...], bool]:
    """The weak senses for which there is a sign of a place, and whether another reading is plain."""
    span = spans.over(hit)
    label = span.label if span else ""
    whole = span is not None and span.end_char - span.start_char <= len(hit.surface) + 6
    begins = span is not None and hit.document_start - span.start_char <= 4
    governed = preposition(hit) != "" or dateline(hit) or names_body(hit)
    place = label in PLACE_LABELS or (label == "NORP" and whole)
    in_person = hit.text.low(hit.last) in spans.person_words
    alone = stands_alone(hit)
    longer = part_of_longer(hit, spans)
    person_like = hit.key in gazetteer.person_words and not alone and not (place and whole and governed)
    if acronym(hit) or person_like or (label == "PERSON" and in_person and not governed):
        return (), True
    allowed = []
    for s in hit.entry.senses:
        likelihood = _base(s, gazetteer, hit.key)
        big = s.level in ("region", "capital") or likelihood >= BIG
        if (longer and not big) or (likelihood < SMALL and not alone and not (place and whole)):
            continue
        if s.evidence == "word":
            ok = place and (governed or (whole and big))
        elif place:
            ok = True
        elif label == "PERSON":
            ok = whole and not in_person and (big or governed)
        elif label == "ORG":
            ok = big or (governed and begins)
        elif label:
            ok = big and begins
        else:
            ok = big or governed
        if ok:
            allowed.append(s)
    return tuple(allowed), label not in ("", "ORG") or longer or in_person


def _base(sense: Sense, gazetteer: Gazetteer, key: str) -> float:
    given = gazetteer.scores.get((key, sense.iso2))
    if given is not None:
        return given
    if sense.level == "city":
        return math.log10(max(sense.population, 10_000))
    return BASE[sense.level]


def _decide(candidates: list[_Candidate], gazetteer: Gazetteer, prior: Mapping[str, float]) -> None:
    """Choose a country for each candidate, by its container, by the article's other mentions of it, or by context."""
    nations: Counter[str] = Counter()
    parts: Counter[str] = Counter()
    contained: dict[str, Counter[str]] = defaultdict(Counter)
    for c in candidates:
        if c.container:
            c.chosen = next((s for s in c.senses if s.iso2 == c.container), None) or Sense(
                c.container, "city", "place", 0, "witness"
            )
            c.decided = "container"
            contained[c.hit.key][c.container] += 1
        elif c.sure:
            c.chosen = c.senses[0]
        if c.chosen is not None:
            (parts if c.chosen.level in SUBNATIONAL else nations)[c.chosen.iso2] += 1
    neighbouring: Counter[str] = Counter()
    for iso2, n in nations.items():
        for other in gazetteer.neighbours.get(iso2, ()):
            neighbouring[other] += n

    def score(s: Sense, key: str) -> float:
        if s.level in SUBNATIONAL:
            votes = parts[s.iso2] + 0.15 * nations[s.iso2]
        else:
            votes = parts[s.iso2] + nations[s.iso2] + 0.3 * neighbouring[s.iso2]
        return round(
            _base(s, gazetteer, key) + CONTEXT_CAP * votes / (votes + 2) + PRIOR_WEIGHT * prior.get(s.iso2, 0.0), 6
        )

    for c in candidates:
        key = c.hit.key
        if c.decided or (c.sure and key not in contained):
            continue
        if key in contained:
            (iso2, _), *more = sorted(contained[key].items(), key=lambda x: (-x[1], x[0]))
            if not more:
                c.chosen = next((s for s in c.senses if s.iso2 == iso2), None) or Sense(iso2, "city", "place")
                c.decided = "article"
                continue
        if c.senses[0].evidence == "context":
            c.chosen = next((s for s in c.senses if nations[s.iso2] + parts[s.iso2] > 0), None)
            c.decided = "context"
            continue
        ranked = sorted(((score(s, key), s) for s in c.senses), key=lambda x: (-x[0], x[1].iso2))
        c.margin = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else 9.0
        if c.margin >= MARGIN:
            c.chosen = ranked[0][1]
            c.decided = c.decided_by or ("context" if len(ranked) > 1 else "")
        else:
            c.chosen = None


def _codes(senses: tuple[Sense, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s.iso2 for s in senses))


_CONFIDENCE = {"name": 0.99, "code": 0.97, "demonym": 0.98, "capital": 0.96, "seat": 0.97, "region": 0.95, "city": 0.85, "unlisted": 0.8}


def _report(
    article: ArticleText,
    extraction: Extraction,
    candidates: list[_Candidate],
    unresolved: list[tuple[Hit, tuple[str, ...], str]],
) -> CountryResolution:
    sentence_starts = [s.start_char for s in extraction.sentences]

    def sentence(offset: int) -> int:
        i = bisect_right(sentence_starts, offset) - 1
        return extraction.sentences[i].sentence if i >= 0 else 0

    mentions: list[CountryMention] = []
    previous: tuple[Hit, MentionKind] | None = None
    for c in candidates:
        hit = c.hit
        if c.chosen is None:
            if c.senses[0].evidence != "context":
                unresolved.append((hit, _codes(c.senses), "several countries are about equally likely"))
            continue
        kind: MentionKind = c.chosen.kind
        if kind == "metonym":
            joined = (
                previous[1]
                if previous and previous[0].text is hit.text and _coordinated(previous[0], hit)
                and previous[1] in ("metonym", "place")
                else None
            )
            kind = capital_kind(hit, joined, contained=bool(c.container))
        previous = (hit, kind)
        confidence = _CONFIDENCE[c.chosen.level]
        if c.decided == "context":
            confidence = min(confidence, 0.6 + 0.1 * c.margin)
        mentions.append(
            CountryMention(
                article_id=article.article_id,
                iso2=c.chosen.iso2,
                surface=hit.surface,
                kind=kind,
                method=f"{c.chosen.level}:{c.decided}" if c.decided else c.chosen.level,
                confidence=round(confidence, 2),
                start_char=hit.document_start,
                end_char=hit.document_end,
                sentence=sentence(hit.document_start),
                zone=hit.text.segment.zone,
                paragraph=hit.text.segment.paragraph,
            )
        )
    open_names = [
        UnresolvedPlace(
            article_id=article.article_id,
            surface=hit.surface,
            start_char=hit.document_start,
            end_char=hit.document_end,
            sentence=sentence(hit.document_start),
            candidates=codes,
            reason=reason,
        )
        for hit, codes, reason in unresolved
    ]
    return CountryResolution(
        mentions=tuple(mentions), unresolved=tuple(sorted(open_names, key=lambda u: (u.start_char, u.end_char)))
    )


def _coordinated(a: Hit, b: Hit) -> bool:
    between = a.text.segment.text[a.end : b.start].strip()
    return between in ("and", "or", "&", ", and", ", or") or (between == "," and not b.possessive)
