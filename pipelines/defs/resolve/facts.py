"""What else articles tell: quotations with their speakers, tone, amounts and dates. None of it runs the model again."""

import dagster as dg

from pipelines.defs import fingerprints
from pipelines.defs.metadata import done, table
from pipelines.defs.resolve import rows
from pipelines.defs.resolve.shared import ARTICLES, EXTRACTED, READ_ALONE, READ_BY_MODEL, result_of, spec
from pipelines.defs.resources import POOL
from pipelines.progress import tracker
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse, views
from pipelines.warehouse.articles import load_article_texts, load_extracted
from pipelines.warehouse.step import Step, replace_all, run_step

NAMED = """
    select
        a.article_id as input_id, a.content_hash || l.fingerprint || l.input_hash as input_hash,
        a.document_id || a.ordinal as position, a.end_char - a.start_char as size
    from raw.articles as a inner join raw.ledger as l on l.step = 'entities' and l.input_id = a.article_id
"""
QUOTATIONS = Step(name="quotations", inputs=NAMED, key="article_id", tables=("raw.quotations",))
# what these two find costs less than it would to bring articles to other processes
TONE = Step(name="tone", inputs=EXTRACTED, key="article_id", tables=("raw.article_tone", "raw.sentence_tone"))
QUANTITIES = Step(name="quantities", inputs=ARTICLES, key="article_id", tables=("raw.amounts", "raw.dates_mentioned"))


@dg.multi_asset(
    specs=[
        spec("quotations", "What is said in articles, directly or indirectly, by which verb and by whom.",
              (*READ_ALONE, ["raw", "entity_mentions"]), fingerprints.quotations),
    ],
    pool=POOL,
)  # fmt: skip
def quotations(settings: dg.ResourceParam[Settings], warehouse: dg.ResourceParam[Warehouse]):
    """Find the quotations of articles that are new, or of all when the cue verbs or the code changed."""
    from pipelines.warehouse.named import load_named

    result = run_step(
        warehouse, QUOTATIONS, fingerprints.quotations(), load=load_named,
        compute=rows.QuotationRows(settings.models / "quotations"), track=tracker("quotations"),
        processes=settings.processes, current=fingerprints.quotations,
    )  # fmt: skip
    with warehouse.reading() as con:
        counts, verbs = views.row_counts(con, QUOTATIONS.tables), views.look(con, _VERBS)
    yield result_of("quotations", counts["raw.quotations"], verbs=table(*verbs), **done(result))


@dg.multi_asset(
    specs=[
        spec("article_tone", "Favourable and unfavourable words of articles.", READ_BY_MODEL, fingerprints.tone),
        spec("sentence_tone", "Favourable and unfavourable words of sentences.", READ_BY_MODEL, fingerprints.tone),
    ],
    pool=POOL,
)
def tone(settings: dg.ResourceParam[Settings], warehouse: dg.ResourceParam[Warehouse]):
    """Score the tone of articles that are new, or of all when the lexicon or the code changed."""
    result = run_step(
        warehouse, TONE, fingerprints.tone(), load=load_extracted,
        compute=rows.ToneRows(settings.models / "tone"), track=tracker("tone"),
        current=fingerprints.tone,
    )  # fmt: skip
    with warehouse.reading() as con:
        counts, words = views.row_counts(con, TONE.tables), views.look(con, _WORDS)
    yield result_of("article_tone", counts["raw.article_tone"], words=table(*words), **done(result))
    yield result_of("sentence_tone", counts["raw.sentence_tone"])


@dg.multi_asset(
    specs=[
        spec("amounts", "Numbers with what they count or measure.", READ_ALONE, fingerprints.quantities),
        spec("dates_mentioned", "Dates that articles name, with their precision.", READ_ALONE,
              fingerprints.quantities),
    ],
    pool=POOL,
)  # fmt: skip
def quantities(settings: dg.ResourceParam[Settings], warehouse: dg.ResourceParam[Warehouse]):
    """Find the amounts and dates of articles that are new, or of all when the units or the code changed."""
    result = run_step(
        warehouse, QUANTITIES, fingerprints.quantities(), load=load_article_texts,
        compute=rows.QuantityRows(settings.models / "quantities"), track=tracker("amounts and dates"),
        current=fingerprints.quantities,
    )  # fmt: skip
    with warehouse.reading() as con:
        counts, units = views.row_counts(con, QUANTITIES.tables), views.look(con, _UNITS)
    yield result_of("amounts", counts["raw.amounts"], units=table(*units), **done(result))
    yield result_of("dates_mentioned", counts["raw.dates_mentioned"])


@dg.multi_asset(
    specs=[
        spec("event_articles", "Articles about the same event in other words: experimental, and empty by default.",
              (["raw", "articles"], ["raw", "article_stories"], ["raw", "entity_mentions"]), fingerprints.events),
    ],
    pool=POOL,
)  # fmt: skip
def events(settings: dg.ResourceParam[Settings], warehouse: dg.ResourceParam[Warehouse]):
    """Group the articles by event where the setting asks for it."""
    from pipelines.warehouse.named import load_for_events

    with warehouse.reading() as con:
        articles = load_for_events(con) if settings.events else []
    counts = replace_all(warehouse, rows.event_rows(articles))
    yield result_of("event_articles", counts["raw.event_articles"], **{"switched on": settings.events})


_VERBS = """
    select verb, count(*) as quotations, count(*) filter (where mention_start_char is not null) as with_known_speaker
    from raw.quotations group by verb order by quotations desc, verb limit 20
"""
_WORDS = """
    select word, count(*) as articles from (select unnest(matched_words) as word from raw.article_tone)
    group by word order by articles desc, word limit 30
"""
_UNITS = """
    select kind, coalesce(unit, object) as unit_or_object, count(*) as amounts
    from raw.amounts group by all order by amounts desc, unit_or_object limit 20
"""
