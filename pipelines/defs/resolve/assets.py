"""Facts from mentions: countries, entities, topics, stories. None of it runs the model again."""

from collections.abc import Iterator
from dataclasses import asdict
from functools import partial

import dagster as dg

from pipelines.defs import fingerprints
from pipelines.defs.metadata import done, table
from pipelines.defs.resolve import rows
from pipelines.defs.resolve.shared import ARTICLES, EXTRACTED, READ_ALONE, READ_BY_MODEL, result_of, spec
from pipelines.defs.resources import POOL
from pipelines.progress import tracker
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse, views
from pipelines.warehouse.articles import load_article_texts, load_article_words, load_extracted
from pipelines.warehouse.results import replace_if_changed
from pipelines.warehouse.sources import PRIORS, load_sourced
from pipelines.warehouse.step import Step, run_step

# what the other articles of its source are about is an input of an article too
SOURCED = f"""
    with priors as (
        select article_id, string_agg(iso2 || share, ' ' order by iso2) as told from ({PRIORS}) group by article_id
    )
    select e.input_id, e.input_hash || coalesce(p.told, '') as input_hash, e.position, e.size
    from ({EXTRACTED}) as e left join priors as p on p.article_id = e.input_id
"""  # noqa: S608

ABOUT = Step(name="about", inputs=EXTRACTED, key="article_id", tables=("raw.article_country_shares",))
COUNTRIES = Step(
    name="countries", inputs=SOURCED, key="article_id", tables=("raw.country_mentions", "raw.unresolved_mentions")
)
ENTITIES = Step(
    name="entities", inputs=EXTRACTED, key="article_id", tables=("raw.article_entities", "raw.article_mentions")
)
TOPICS = Step(
    name="topics", inputs=ARTICLES, key="article_id", tables=("raw.article_topics", "raw.topic_abstentions"),
    fallback=rows.withheld_rows,
)  # fmt: skip
STORIES = Step(
    name="stories", inputs=ARTICLES, key="article_id", tables=("raw.text_signatures",), fallback=rows.unsigned_rows
)

LINKED = ("raw.entities", "raw.entity_links", "raw.entity_mentions", "raw.entity_aliases", "raw.entity_merges")


def _stored_entities(warehouse: Warehouse) -> Iterator[tuple[str, str]]:
    """Articles and what is stored of them, in their order; a portion of it is in memory at a time."""
    last = ""
    while True:
        with warehouse.reading() as con:
            rows = con.execute(
                "select article_id, entities from raw.article_entities where article_id > ? order by all limit ?",
                [last, ENTITIES.batch],
            ).fetchall()
        if not rows:
            return
        yield from rows
        last = rows[-1][0]


@dg.multi_asset(
    specs=[
        spec("country_mentions", "Mentions that resolve to a country, by which method and how surely.",
              READ_BY_MODEL, fingerprints.countries),
        spec("unresolved_mentions", "Names of places left open, with candidates and the reason.",
              READ_BY_MODEL, fingerprints.countries),
    ],
    pool=POOL,
)  # fmt: skip
def countries(settings: dg.ResourceParam[Settings], warehouse: dg.ResourceParam[Warehouse]):
    """Resolve the countries of articles that are new, or of all when a gazetteer or the code changed."""
    fingerprint = fingerprints.countries()
    country_rows = rows.CountryRows(settings.models / "places")
    about = run_step(
        warehouse, ABOUT, fingerprint, load=load_extracted, compute=country_rows.resolve.alone,
        rows_of=country_rows.shares, processes=settings.processes, track=tracker("what sources are about"),
        current=fingerprints.countries,
    )  # fmt: skip
    # most of those that are kept need no second look, and what is not kept needs one
    processes = settings.processes if about.inputs > rows.MOST_KEPT else 1
    result = run_step(
        warehouse, COUNTRIES, fingerprint, load=partial(load_sourced, again=country_rows.again),
        compute=country_rows.resolve.sourced, rows_of=country_rows.mentions, processes=processes,
        track=tracker("countries"), current=fingerprints.countries,
    )  # fmt: skip
    with warehouse.reading() as con:
        counts = views.row_counts(con, COUNTRIES.tables)
        top, unresolved = views.top_countries(con), views.unresolved(con)
    yield result_of("country_mentions", counts["raw.country_mentions"], countries=table(*top), **done(result))
    yield result_of("unresolved_mentions", counts["raw.unresolved_mentions"], names=table(*unresolved))


@dg.multi_asset(
    specs=[
        spec("entities", "Persons, organisations and other named things, one row each over all spellings.",
              READ_BY_MODEL, fingerprints.entities),
        spec("entity_mentions", "Mentions of entities, those that the model missed included.",
              READ_BY_MODEL, fingerprints.entities),
        spec("entity_aliases", "Forms under which entities occur, and where each comes from.",
              READ_BY_MODEL, fingerprints.entities),
        spec("entity_merges", "Names that the corpus showed to be another entity's, and by which rule.",
              READ_BY_MODEL, fingerprints.entities),
    ],
    pool=POOL,
)  # fmt: skip
def entities(settings: dg.ResourceParam[Settings], warehouse: dg.ResourceParam[Warehouse]):
    """Resolve names within each article that is new, then link them over the whole corpus."""
    fingerprint = fingerprints.entities()
    entity_rows = rows.EntityRows(settings.models)
    result = run_step(
        warehouse, ENTITIES, fingerprint, load=load_extracted, compute=entity_rows.of_articles,
        processes=settings.processes, track=tracker("names in articles"), current=fingerprints.entities,
    )  # fmt: skip
    replace_if_changed(
        warehouse, "entities", fingerprint, reads=ENTITIES.tables, writes=LINKED,
        compute=lambda: entity_rows.of_corpus(_stored_entities(warehouse)),
        current=fingerprints.entities,
    )  # fmt: skip
    with warehouse.reading() as con:
        counts, top = views.row_counts(con, LINKED), views.top_entities(con)
    yield result_of("entities", counts["raw.entities"], entities=table(*top), **done(result))
    for name in ("entity_mentions", "entity_aliases", "entity_merges"):
        yield result_of(name, counts[f"raw.{name}"])


@dg.multi_asset(
    specs=[
        spec("article_topics", "IPTC Media Topics of articles, with score and evidence.",
              READ_ALONE, fingerprints.topics),
        spec("topic_abstentions", "Articles without a topic: why, and which topic came closest.",
              READ_ALONE, fingerprints.topics),
        spec("topics", "The IPTC Media Topics that are given.", (), fingerprints.topics),
    ],
    pool=POOL,
)  # fmt: skip
def topics(settings: dg.ResourceParam[Settings], warehouse: dg.ResourceParam[Warehouse]):
    """Give topics to articles that are new, or to all when the lexicon or the code changed."""
    fingerprint = fingerprints.topics()
    topic_rows = rows.TopicRows(settings.models / "topics")
    result = run_step(
        warehouse, TOPICS, fingerprint, load=load_article_words, compute=topic_rows, processes=settings.processes,
        track=tracker("topics"), current=fingerprints.topics,
    )  # fmt: skip
    replace_if_changed(
        warehouse, "topics", fingerprint, reads=(), writes=("raw.topics",), compute=topic_rows.taxonomy,
        current=fingerprints.topics,
    )  # fmt: skip
    with warehouse.reading() as con:
        counts = views.row_counts(con, (*TOPICS.tables, "raw.topics"))
        top, without = views.top_topics(con), views.without_topic(con)
    yield result_of("article_topics", counts["raw.article_topics"], topics=table(*top), **done(result))
    yield result_of("topic_abstentions", counts["raw.topic_abstentions"], reasons=table(*without))
    yield result_of("topics", counts["raw.topics"])


@dg.multi_asset(
    specs=[
        spec("article_stories", "The story of each article: one for the same text, however reprinted.",
              READ_ALONE, fingerprints.stories),
        spec("story_merges", "Other names of stories: those that one of their texts would give them.",
              READ_ALONE, fingerprints.stories),
    ],
    pool=POOL,
)  # fmt: skip
def stories(settings: dg.ResourceParam[Settings], warehouse: dg.ResourceParam[Warehouse]):
    """Compare new texts to all others: they join a story, merge some or found one."""
    from pipelines.warehouse.stories import link_stories

    result = run_step(
        warehouse, STORIES, fingerprints.stories(), load=load_article_texts,
        compute=rows.signature_rows, processes=settings.processes, track=tracker("signatures"),
    )  # fmt: skip
    with warehouse.reading() as con:
        articles = views.row_counts(con, STORIES.tables)["raw.text_signatures"]
    linked = link_stories(warehouse, fingerprints.stories(), anew=result.inputs == articles)
    with warehouse.reading() as con:
        counts = views.row_counts(con, ("raw.article_stories", "raw.story_merges"))
        largest = views.largest_stories(con)
    yield result_of(
        "article_stories", counts["raw.article_stories"], **{"reprinted texts": table(*largest)},
        **asdict(linked), **done(result),
    )  # fmt: skip
    yield result_of("story_merges", counts["raw.story_merges"])
