"""The first stage: the named things of one article, independent of every other article."""

from collections import Counter, defaultdict

from pipelines.text.article_text import ArticleText
from pipelines.text.extraction.mentions import Extraction
from pipelines.text.resolution.entities.knowledge import EntityKnowledge
from pipelines.text.resolution.entities.model import ArticleEntities, LocalEntity
from pipelines.text.resolution.entities.names import PersonName, given_key
from pipelines.text.resolution.entities.organisation_words import BUILT
from pipelines.text.resolution.entities.organisations import Organisation, OrganisationFinder
from pipelines.text.resolution.entities.persons import Person, PersonFinder
from pipelines.text.resolution.entities.tokens import phrase_key
from pipelines.text.resolution.entities.view import ArticleView, Words

_COUNTRY_LABELS = frozenset({"GPE", "NORP"})


def resolve_article(article: ArticleText, extraction: Extraction, knowledge: EntityKnowledge) -> ArticleEntities:
    """The persons, organisations and other named things of an article, each with all its mentions.

    Mentions do not overlap. Time is linear in the article's length.
    """
    if article.article_id != extraction.article_id:
        raise ValueError(f"extraction of {extraction.article_id!r} given for article {article.article_id!r}")
    view = ArticleView(article, extraction)
    people = PersonFinder(view, knowledge).find()
    finder = OrganisationFinder(view, knowledge, (words for person in people for words in person.mentions))
    organisations = finder.find()
    entities = [_person(view, person, knowledge) for person in people]
    entities += [_organisation(view, organisation) for organisation in organisations]
    entities += _others(view, finder.taken, knowledge)
    entities.sort(key=lambda e: (e.mentions[0].start_char, e.label, e.key))
    return ArticleEntities(article_id=article.article_id, entities=tuple(entities))


def person_key(name: PersonName, knowledge: EntityKnowledge) -> str:
    """Matching key of a personal name: family name, given name, further names, all in one spelling."""
    keys = name.spelling
    if len(keys) == 1:
        return keys[0]
    if name.regnal:
        return "|".join(keys)
    return "|".join((keys[-1], given_key(name.units[0], knowledge.given_names), *keys[1:-1]))


def _forms(view: ArticleView, mentions: list[Words]) -> Counter[str]:
    return Counter(" ".join(view.surface(words).split()) for words in mentions)


def _ranked(forms: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Fullest first: most words, most mentions, longest, alphabetical."""
    return tuple(sorted(forms.items(), key=lambda item: (-len(item[0].split()), -item[1], -len(item[0]), item[0])))


def _person(view: ArticleView, person: Person, knowledge: EntityKnowledge) -> LocalEntity:
    forms = _forms(view, person.mentions)
    ranked = _ranked(forms)
    pinned = next(
        (k for form, _ in ranked if (k := knowledge.known_forms.get(phrase_key(form))) and k.label == "PERSON"), None
    )
    if pinned:
        ranked = ((pinned.name, forms.get(pinned.name, 0)), *(r for r in ranked if r[0] != pinned.name))
    name = PersonName.parse(ranked[0][0], knowledge)
    return LocalEntity(
        label="PERSON",
        key=person_key(name, knowledge),
        full=len(name.units) > 1,
        pinned=pinned is not None,
        forms=ranked,
        acronyms=(),
        mentions=tuple(view.mention(w) for w in sorted(person.mentions, key=lambda w: w.start)),
    )


def _organisation(view: ArticleView, organisation: Organisation) -> LocalEntity:
    ranked = _ranked(organisation.forms)
    if organisation.pinned:
        count = organisation.forms.get(organisation.pinned, 0)
        ranked = ((organisation.pinned, count), *(r for r in ranked if r[0] != organisation.pinned))
    return LocalEntity(
        label=organisation.label,
        key=organisation.key,
        full=organisation.full,
        pinned=bool(organisation.pinned),
        forms=ranked,
        acronyms=tuple(sorted(organisation.acronyms)),
        mentions=tuple(view.mention(w) for w in sorted(organisation.mentions, key=lambda w: w.start)),
    )


def _others(view: ArticleView, taken: list[bool], knowledge: EntityKnowledge) -> list[LocalEntity]:
    """Places, peoples, events, works, products: one entity per label and folded name."""
    groups: dict[tuple[str, str], list[Words]] = defaultdict(list)
    keys = [phrase_key(view.surface(span)) for _, span in view.spans]
    below = {key for key, (_, span) in zip(keys, view.spans, strict=True) if not view.headline(span.start)}
    for key, (model_label, span) in zip(keys, view.spans, strict=True):
        start = span.start
        while start < span.end and view.tokens[start].folded in {"the", "a", "an"}:
            start += 1
        if start == span.end or any(taken[start : span.end]):
            continue
        words = Words(start, span.end)
        folded = key if start == span.start else phrase_key(view.surface(words))
        label = _place_label(folded, knowledge) if model_label in {"PERSON", "ORG"} else model_label
        if label is None and len(words) > 1 and view.tokens[span.end - 1].folded in BUILT:
            label = "FAC"
        if label is None or not any(c.isalpha() for c in folded):
            continue
        placed = folded in knowledge.nations or folded in knowledge.places
        if view.headline(start) and view.has_body and not placed and folded not in below:
            continue  # a capital in a headline is no sign of a name
        named = knowledge.nations.get(folded, folded) if label in _COUNTRY_LABELS else folded
        groups[label, named].append(words)
        for index in range(start, span.end):
            taken[index] = True
    return [
        LocalEntity(
            label=label,
            key=key,
            full=True,
            pinned=False,
            forms=_ranked(_forms(view, mentions)),
            acronyms=(),
            mentions=tuple(view.mention(words) for words in mentions),
        )
        for (label, key), mentions in groups.items()
    ]


def _place_label(folded: str, knowledge: EntityKnowledge) -> str | None:
    """What a name is that the model took for a person or an organisation, where the tables of places know it."""
    if folded in knowledge.demonyms:
        return "NORP"
    return "GPE" if folded in knowledge.nations or folded in knowledge.places else None
