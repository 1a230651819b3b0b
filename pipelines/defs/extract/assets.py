"""Sentences and named things, read by spaCy: the one expensive step."""

from functools import partial

import dagster as dg

from pipelines.defs import fingerprints
from pipelines.defs.metadata import OWNER, done, table
from pipelines.defs.resources import POOL
from pipelines.progress import tracker
from pipelines.settings import Settings
from pipelines.text.extraction.installed import installed_model
from pipelines.warehouse import Warehouse, register
from pipelines.warehouse.articles import load_unread
from pipelines.warehouse.step import Step, run_step
from pipelines.warehouse.views import entity_labels, row_counts

EXTRACT = Step(
    name="extract",
    inputs="""
        select
            article_id as input_id, content_hash as input_hash, document_id || ordinal as position,
            end_char - start_char as size
        from raw.articles
    """,
    key="article_id",
    tables=("raw.sentences", "raw.entity_spans"),
    shared=("raw.readings",),
    batch=500,
)


def _spec(name: str, description: str) -> dg.AssetSpec:
    return dg.AssetSpec(
        ["raw", name], deps=[["raw", "articles"], ["raw", "document_spans"]], group_name="extract", owners=[OWNER],
        kinds={"python", "spacy", "duckdb"}, code_version=fingerprints.extract(installed_model(Settings().model)),
        description=description,
    )  # fmt: skip


@dg.multi_asset(
    specs=[
        _spec("sentences", "Sentences of articles, with their offsets in the document and their zone."),
        _spec("entity_spans", "Named things as the model saw them, before anything is resolved."),
    ],
    pool=POOL,
)
def extract(settings: dg.ResourceParam[Settings], warehouse: dg.ResourceParam[Warehouse]):
    """Read the articles that are new, or all when the model or the code changed."""
    from pipelines.defs.extract.rows import Extractor

    model = installed_model(settings.model)
    fingerprint = fingerprints.extract(model)
    extractor = Extractor(settings.model, settings.processes, fingerprint)
    result = run_step(
        warehouse, EXTRACT, fingerprint, load=partial(load_unread, fingerprint=fingerprint),
        compute=extractor.rows, track=tracker("reading with spaCy"),
    )  # fmt: skip
    if result.inputs:
        with warehouse.writing() as con:
            register.sweep_readings(con, fingerprint)
    with warehouse.reading() as con:
        counts, labels = row_counts(con, EXTRACT.tables), entity_labels(con)
    yield dg.MaterializeResult(
        asset_key=["raw", "sentences"],
        metadata={"dagster/row_count": counts["raw.sentences"], "model": model, **done(result)},
    )
    yield dg.MaterializeResult(
        asset_key=["raw", "entity_spans"],
        metadata={"dagster/row_count": counts["raw.entity_spans"], "labels": table(*labels)},
    )
