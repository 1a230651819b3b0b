"""Resolved articles as rows: a thin layer between what the library returns and what the tables take.

Libraries, gazetteers and lexicons are loaded when the first article comes: a run without new input does not pay for
them, nor does Dagster when it lists the assets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from pipelines.text.article_text import ArticleText
from pipelines.text.extraction.mentions import Extraction
from pipelines.warehouse.articles import ArticleWords
from pipelines.warehouse.named import LINKED_MENTIONS, StoredForEvents, StoredMention
from pipelines.warehouse.sources import SourcedArticle
from pipelines.warehouse.step import Rows
from pipelines.warehouse.tables import row_of

if TYPE_CHECKING:
    from pipelines.text.resolution.countries import Gazetteer
    from pipelines.text.resolution.countries.mentions import CountryResolution
    from pipelines.text.resolution.entities import EntityKnowledge
    from pipelines.text.resolution.quantities import Units
    from pipelines.text.resolution.quotations import CueVerbs
    from pipelines.text.resolution.tone import ToneLexicon
    from pipelines.text.resolution.topics import TopicModel

MOST_KEPT = 10_000
"""So many articles' countries are kept between the two looks at them; the rest are resolved again."""
Extracted = Sequence[tuple[ArticleText, Extraction]]
Resolved: TypeAlias = "Sequence[tuple[str, CountryResolution | None]]"
"""Ids of articles, each with its countries."""

LEXICON_LANGUAGE = "en"
ARTICLE_TOPIC_FIELDS = ("topic_id", "score", "evidence")


class Countries:
    """Resolves the countries of articles."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        from pipelines.text.resolution.countries import Gazetteer

        return Gazetteer.load(self._folder)

    def alone(self, articles: Extracted) -> Resolved:
        """By themselves; none is None."""
        from pipelines.text.resolution.countries import resolve_countries

        return [(text.article_id, resolve_countries(text, found, self._gazetteer)) for text, found in articles]

    def sourced(self, articles: Sequence[SourcedArticle]) -> Resolved:
        """With what their sources are about, where their text is given; None for the others."""
        from pipelines.text.resolution.countries import resolve_countries

        return [
            (a.article_id, resolve_countries(*a.extracted, self._gazetteer, prior=a.prior) if a.extracted else None)
            for a in articles
        ]


class CountryRows:
    """Country mentions, and names left open, of articles."""

    def __init__(self, folder: Path) -> None:
        self.resolve = Countries(folder)
        self._alone: dict[str, CountryResolution] = {}
        """Articles as resolved without their source; so they stay if settled, or if the source tells nothing."""

    def shares(self, alone: Resolved) -> Rows:
        """Rows of what each article is about by itself."""
        rows = []
        for article_id, found in alone:
            if found is None:
                continue
            if len(self._alone) < MOST_KEPT:
                self._alone[article_id] = found
            rows += [{"article_id": article_id, "iso2": i, "share": s} for i, s in found.shares().items()]
        return {"raw.article_country_shares": rows}

    def again(self, article_id: str, prior: Mapping[str, float]) -> bool:
        """Whether what the source tells may change the countries of an article, or they are not known any more."""
        alone = self._alone.get(article_id)
        return alone is None or (bool(prior) and not alone.settled)

    def mentions(self, sourced: Resolved) -> Rows:
        """Rows of country mentions and of unresolved ones."""
        found = [f for f in (own or self._alone.get(article_id) for article_id, own in sourced) if f]
        return {
            "raw.country_mentions": [m for f in found for m in f.mentions],
            "raw.unresolved_mentions": [u for f in found for u in f.unresolved],
        }


class EntityRows:
    """Entities and their mentions."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _knowledge(self) -> EntityKnowledge:
        from pipelines.text.resolution.entities import load_entity_knowledge

        return load_entity_knowledge(self._folder)

    def of_articles(self, articles: Extracted) -> Rows:
        """What each article tells by itself, as JSON, and its mentions."""
        from pipelines.text.resolution.entities import resolve_article

        found = [resolve_article(text, extraction, self._knowledge) for text, extraction in articles]
        return {
            "raw.article_entities": [{"article_id": f.article_id, "entities": f.to_json()} for f in found],
            "raw.article_mentions": [
                StoredMention(f.article_id, ordinal, entity.label, entity.key, *mention)
                for f in found
                for ordinal, entity in enumerate(f.entities, start=1)
                for mention in entity.mentions
            ],
        }

    def of_corpus(self, stored: Iterable[tuple[str, str]]) -> Rows:
        """Entities over all articles, from what is stored of each, and their mentions."""
        from pipelines.text.resolution.entities import ArticleEntities, link_corpus

        linked = link_corpus((ArticleEntities.from_json(*row) for row in stored), self._knowledge)
        return {
            "raw.entities": linked.entities,
            "raw.entity_links": linked.links,
            "raw.entity_mentions": LINKED_MENTIONS,
            "raw.entity_aliases": linked.aliases,
            "raw.entity_merges": linked.merges,
        }


class TopicRows:
    """Topics of articles, and the taxonomy they are from."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _model(self) -> TopicModel:
        from pipelines.text.resolution.topics import TopicModel

        return TopicModel.load(self._folder)

    def __call__(self, articles: Sequence[ArticleWords]) -> Rows:
        """Rows of topics of articles, and of articles without any."""
        given: list[dict[str, Any]] = []
        withheld: list[dict[str, Any]] = []
        for article in articles:
            key = {"article_id": article.article_id}
            if article.language not in (None, LEXICON_LANGUAGE):
                withheld.append(key | {"reason": "language", "topic_id": None, "score": None, "evidence": None})
                continue
            decision = self._model.decide(article.title, article.standfirst, article.body)
            given += [row_of(topic, **key) for topic in decision.topics]
            if decision.reason is not None:
                nearest = row_of(decision.likeliest) if decision.likeliest else dict.fromkeys(ARTICLE_TOPIC_FIELDS)
                withheld.append(key | {"reason": decision.reason} | nearest)
        return {"raw.article_topics": given, "raw.topic_abstentions": withheld}

    def taxonomy(self) -> Rows:
        """Rows of topics."""
        return {"raw.topics": self._model.topics}


def withheld_rows(articles: Sequence[ArticleWords]) -> Rows:
    """Rows of articles on which giving topics failed."""
    nothing = dict.fromkeys(ARTICLE_TOPIC_FIELDS)
    withheld = [{"article_id": article.article_id, "reason": "failed"} | nothing for article in articles]
    return {"raw.article_topics": [], "raw.topic_abstentions": withheld}


def signature_rows(articles: Sequence[ArticleText]) -> Rows:
    """The signatures by which an article's text is known again: of its body, since reprints are re-titled."""
    from pipelines.text.resolution.stories import signature

    return {"raw.text_signatures": [row_of(signature(_body(a)), article_id=a.article_id) for a in articles]}


def unsigned_rows(articles: Sequence[ArticleText]) -> Rows:
    """Signatures of articles that could not be signed: each text is like no other but the very same one."""
    return {
        "raw.text_signatures": [
            {"article_id": a.article_id, "digest": a.text_hash(), "minhash": b"", "words": b""} for a in articles
        ]
    }


class QuotationRows:
    """Quotations of articles, with their speakers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _verbs(self) -> CueVerbs:
        from pipelines.text.resolution.quotations import CueVerbs

        return CueVerbs.load(self._folder)

    def __call__(self, articles: Sequence[tuple[ArticleText, Sequence[tuple[str, str, int, int]]]]) -> Rows:
        """Rows of quotations."""
        from pipelines.text.resolution.quotations import NamedMention, find_quotations

        return {
            "raw.quotations": [
                row_of(found, article_id=text.article_id)
                for text, mentions in articles
                for found in find_quotations(text, list(map(NamedMention._make, mentions)), self._verbs)
            ]
        }


class ToneRows:
    """Tone of articles and of their sentences."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _lexicon(self) -> ToneLexicon:
        from pipelines.text.resolution.tone import ToneLexicon

        return ToneLexicon.load(self._folder)

    def __call__(self, articles: Extracted) -> Rows:
        """Rows of tone per article and per sentence."""
        from pipelines.text.resolution.tone import article_tone, sentence_tones

        of_articles, of_sentences = [], []
        lexicon = {"lexicon": self._lexicon.name, "lexicon_version": self._lexicon.version}
        for text, extraction in articles:
            key = {"article_id": text.article_id} | lexicon
            tones = sentence_tones(text, extraction, self._lexicon)
            of_articles.append(key | article_tone(tones)._asdict())
            of_sentences += [key | {"sentence": s.sentence} | s.tone._asdict() for s in tones]
        return {"raw.article_tone": of_articles, "raw.sentence_tone": of_sentences}


class QuantityRows:
    """Amounts and dates that articles name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _units(self) -> Units:
        from pipelines.text.resolution.quantities import Units

        return Units.load(self._folder)

    def __call__(self, articles: Sequence[ArticleText]) -> Rows:
        """Rows of amounts and of dates."""
        from pipelines.text.resolution.quantities import find_amounts, find_dates

        amounts, dates = [], []
        for a in articles:
            found = find_dates(a)
            dates += [row_of(date, article_id=a.article_id) for date in found]
            amounts += [row_of(m, article_id=a.article_id) for m in find_amounts(a, found, self._units)]
        return {"raw.amounts": amounts, "raw.dates_mentioned": dates}


def event_rows(articles: Sequence[StoredForEvents]) -> Rows:
    """The events that articles are about."""
    from pipelines.text.resolution.events import EventArticle, group_events
    from pipelines.text.vectors import text_vectors

    if not articles:
        return {"raw.event_articles": []}
    vectors = text_vectors([a.opening for a in articles])
    return {
        "raw.event_articles": group_events(
            EventArticle(
                article_id=a.article_id, story_id=a.story_id, published_on=a.published_on,
                names=frozenset(a.entity_ids), vector=vector,
            )
            for a, vector in zip(articles, vectors, strict=True)
        )
    }  # fmt: skip


def _body(article: ArticleText) -> str:
    body = "\n".join(s.text for s in article.segments if s.zone == "body")
    return body or "\n".join(s.text for s in article.segments)
