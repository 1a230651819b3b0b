"""Resolved articles as rows: a thin layer between what the library returns and what the tables take.

Libraries, gazetteers and lexicons are loaded when the first article comes: a run without new input does not pay for
them, nor does Dagster when it lists the assets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.text.article_text import ArticleText
from pipelines.text.extraction.mentions import Extraction
from pipelines.warehouse.articles import ArticleWords
from pipelines.warehouse.sources import SourcedArticle
from pipelines.warehouse.step import Rows

if TYPE_CHECKING:
    from pipelines.text.resolution.countries import Gazetteer
    from pipelines.text.resolution.countries.mentions import CountryResolution
    from pipelines.text.resolution.entities import EntityKnowledge
    from pipelines.text.resolution.topics import TopicModel

MOST_KEPT = 10_000
"""So many articles' countries are kept between the two looks at them; the rest are resolved again."""
Extracted = Sequence[tuple[ArticleText, Extraction]]


class CountryRows:
    """Country mentions, and names left open, of articles."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._alone: dict[str, CountryResolution] = {}
        """Articles as resolved without their source: what an article gets whose source tells nothing."""

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        from pipelines.text.resolution.countries import Gazetteer

        return Gazetteer.load(self._folder)

    def shares(self, articles: Extracted) -> Rows:
        """Rows of what each article is about by itself."""
        from pipelines.text.resolution.countries import resolve_countries

        rows = []
        for text, extraction in articles:
            found = resolve_countries(text, extraction, self._gazetteer)
            if len(self._alone) < MOST_KEPT:
                self._alone[text.article_id] = found
            rows += [{"article_id": text.article_id, "iso2": i, "share": s} for i, s in found.shares().items()]
        return {"raw.article_country_shares": rows}

    def mentions(self, articles: Sequence[SourcedArticle]) -> Rows:
        """Rows of country mentions and of unresolved ones."""
        from pipelines.text.resolution.countries import resolve_countries

        found = [
            (None if a.prior else self._alone.get(a.text.article_id))
            or resolve_countries(a.text, a.extraction, self._gazetteer, prior=a.prior)
            for a in articles
        ]
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
        """What each article tells by itself, as JSON."""
        from pipelines.text.resolution.entities import resolve_article

        found = (resolve_article(text, extraction, self._knowledge) for text, extraction in articles)
        return {"raw.article_entities": [{"article_id": f.article_id, "entities": f.to_json()} for f in found]}

    def of_corpus(self, stored: Iterable[str]) -> Rows:
        """Entities over all articles, and their mentions."""
        from pipelines.text.resolution.entities import ArticleEntities, link_corpus

        linked = link_corpus((ArticleEntities.from_json(s) for s in stored), self._knowledge)
        return {
            "raw.entities": linked.entities,
            "raw.entity_mentions": linked.mentions,
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
        """Rows of topics of articles."""
        found = self._model.classify_many([(a.title, a.standfirst, a.body) for a in articles])
        return {
            "raw.article_topics": [
                asdict(topic) | {"article_id": article.article_id}
                for article, topics in zip(articles, found, strict=True)
                for topic in topics
            ]
        }

    def taxonomy(self) -> Rows:
        """Rows of topics."""
        return {"raw.topics": self._model.topics}


def signature_rows(articles: Sequence[ArticleText]) -> Rows:
    """The signatures by which an article's text is known again: of its body, since reprints are re-titled."""
    from pipelines.text.resolution.stories import signature

    return {
        "raw.story_signatures": [
            {"article_id": a.article_id, "signature": signature(_body(a)).to_bytes()} for a in articles
        ]
    }


def story_rows(stored: Iterable[tuple[str, bytes]]) -> Rows:
    """The story of each article."""
    from pipelines.text.resolution.stories import StorySignature, group_stories

    stories = group_stories((article_id, StorySignature.from_bytes(data)) for article_id, data in stored)
    return {"raw.article_stories": [{"article_id": a, "story_id": s} for a, s in sorted(stories.items())]}


def _body(article: ArticleText) -> str:
    body = "\n".join(s.text for s in article.segments if s.zone == "body")
    return body or "\n".join(s.text for s in article.segments)
