"""Facts from mentions: countries, entities, topics, stories. None of it runs the model again."""

from collections.abc import Callable
from typing import Any

import dagster as dg

from pipelines.defs import fingerprints
from pipelines.defs.metadata import OWNER, done, table
from pipelines.defs.resolve import rows
from pipelines.defs.resources import POOL
from pipelines.progress import tracker
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse, views
from pipelines.warehouse.articles import load_article_texts, load_article_words, load_extracted
from pipelines.warehouse.results import replace_if_changed
from pipelines.warehouse.step import Step, replace_all, run_step

ARTICLES = """
    select
        article_id as input_id, content_hash as input_hash, document_id || ordinal as position,
        end_char - start_char as size
    from raw.articles
"""
EXTRACTED = """
    select
        a.article_id as input_id, a.content_hash || l.fingerprint as input_hash, a.document_id || a.ordinal as position,
        a.end_char - a.start_char as size
    from raw.articles as a inner join raw.ledger as l on l.step = 'extract' and l.input_id = a.article_id
"""

COUNTRIES = Step(
    name="countries", inputs=EXTRACTED, key="article_id", tables=("raw.country_mentions", "raw.unresolved_mentions")
)
ENTITIES = Step(name="entities", inputs=EXTRACTED, key="article_id", tables=("raw.article_entities",))
TOPICS = Step(name="topics", inputs=ARTICLES, key="article_id", tables=("raw.article_topics",))
STORIES = Step(name="stories", inputs=ARTICLES, key="article_id", tables=("raw.story_signatures",))

READ_BY_MODEL = (["raw", "articles"], ["raw", "document_spans"], ["raw", "sentences"], ["raw", "entity_spans"])
READ_ALONE = (["raw", "articles"], ["raw", "document_spans"])


LINKED = ("raw.entities", "raw.entity_mentions")


def _stored_entities(warehouse: Warehouse) -> list[str]:
    with warehouse.reading() as con:
        return [row[0] for row in con.execute("select entities from raw.article_entities").fetchall()]


def _spec(name: str, description: str, deps: tuple[list[str], ...], version: Callable[[], str]) -> dg.AssetSpec:
    return dg.AssetSpec(
        ["raw", name], deps=list(deps), group_name="resolve", owners=[OWNER], kinds={"python", "duckdb"},
        code_version=version(), description=description,
    )  # fmt: skip


def _result(name: str, count: int, **metadata: Any) -> dg.MaterializeResult:
    return dg.MaterializeResult(asset_key=["raw", name], metadata={"dagster/row_count": count, **metadata})


@dg.multi_asset(
    specs=[
        _spec("country_mentions", "Mentions that resolve to a country, by which method and how surely.",
              READ_BY_MODEL, fingerprints.countries),
        _spec("unresolved_mentions", "Names of places left open, with candidates and the reason.",
              READ_BY_MODEL, fingerprints.countries),
    ],
    pool=POOL,
)  # fmt: skip
def countries(settings: dg.ResourceParam[Settings], warehouse: dg.ResourceParam[Warehouse]):
    """Resolve the countries of articles that are new, or of all when a gazetteer or the code changed."""
    result = run_step(
        warehouse, COUNTRIES, fingerprints.countries(), load=load_extracted,
        compute=rows.CountryRows(settings.models / "places"), track=tracker("countries"),
    )  # fmt: skip
    with warehouse.reading() as con:
        counts = views.row_counts(con, COUNTRIES.tables)
        top, unresolved = views.top_countries(con), views.unresolved(con)
    yield _result("country_mentions", counts["raw.country_mentions"], countries=table(*top), **done(result))
    yield _result("unresolved_mentions", counts["raw.unresolved_mentions"], names=table(*unresolved))


@dg.multi_asset(
    specs=[
        _spec("entities", "Persons, organisations and other named things, one row each over all spellings.",
              READ_BY_MODEL, fingerprints.entities),
        _spec("entity_mentions", "Mentions of entities, those that the model missed included.",
              READ_BY_MODEL, fingerprints.entities),
    ],
    pool=POOL,
)  # fmt: skip
def entities(settings: dg.ResourceParam[Settings], warehouse: dg.ResourceParam[Warehouse]):
    """Resolve names within each article that is new, then link them over the whole corpus."""
    entity_rows = rows.EntityRows(settings.models)
    result = run_step(
        warehouse, ENTITIES, fingerprints.entities(), load=load_extracted,
        compute=entity_rows.of_articles, track=tracker("names in articles"),
    )  # fmt: skip
    replace_if_changed(
        warehouse, "entities", fingerprints.entities(), reads=ENTITIES.tables, writes=LINKED,
        compute=lambda: entity_rows.of_corpus(_stored_entities(warehouse)),
    )  # fmt: skip
    with warehouse.reading() as con:
        counts, top = views.row_counts(con, LINKED), views.top_entities(con)
    yield _result("entities", counts["raw.entities"], entities=table(*top), **done(result))
    yield _result("entity_mentions", counts["raw.entity_mentions"])


@dg.multi_asset(
    specs=[
        _spec("article_topics", "IPTC Media Topics of articles, with score and evidence.",
              READ_ALONE, fingerprints.topics),
        _spec("topics", "The IPTC Media Topics that are given.", (), fingerprints.topics),
    ],
    pool=POOL,
)  # fmt: skip
def topics(settings: dg.ResourceParam[Settings], warehouse: dg.ResourceParam[Warehouse]):
    """Give topics to articles that are new, or to all when the lexicon or the code changed."""
    topic_rows = rows.TopicRows(settings.models / "topics")
    result = run_step(
        warehouse, TOPICS, fingerprints.topics(), load=load_article_words, compute=topic_rows, track=tracker("topics")
    )
    replace_if_changed(
        warehouse, "topics", fingerprints.topics(), reads=(), writes=("raw.topics",), compute=topic_rows.taxonomy
    )
    with warehouse.reading() as con:
        counts, top = views.row_counts(con, (*TOPICS.tables, "raw.topics")), views.top_topics(con)
    yield _result("article_topics", counts["raw.article_topics"], topics=table(*top), **done(result))
    yield _result("topics", counts["raw.topics"])


@dg.asset(
    key=["raw", "article_stories"], deps=list(READ_ALONE), group_name="resolve", owners=[OWNER],
    kinds={"python", "duckdb"}, code_version=fingerprints.stories(), pool=POOL,
)  # fmt: skip
def stories(warehouse: dg.ResourceParam[Warehouse]) -> dg.MaterializeResult:
    """The story of each article: one for the same text, however reprinted."""
    result = run_step(
        warehouse, STORIES, fingerprints.stories(), load=load_article_texts,
        compute=rows.signature_rows, track=tracker("signatures"),
    )  # fmt: skip
    with warehouse.reading() as con:
        stored = con.execute("select article_id, signature from raw.story_signatures order by article_id").fetchall()
    counts = replace_all(warehouse, rows.story_rows(stored))
    with warehouse.reading() as con:
        largest = views.largest_stories(con)
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": counts["raw.article_stories"], "reprinted texts": table(*largest), **done(result)
        }
    )  # fmt: skip
