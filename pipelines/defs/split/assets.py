"""Articles, and the spans that give every character of a document its role."""

import dagster as dg

from pipelines.defs import fingerprints
from pipelines.defs.metadata import OWNER, done, table
from pipelines.defs.resources import POOL
from pipelines.defs.split.rows import split_rows, unsplit_rows
from pipelines.progress import tracker
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse, register
from pipelines.warehouse.articles import FIRST_PATHS, load_documents
from pipelines.warehouse.step import Step, run_step
from pipelines.warehouse.views import layouts, row_counts, span_kinds

SPLIT = Step(
    name="split",
    # a date in the file's name counts as evidence
    inputs=f"""
        select
            d.document_id as input_id, d.document_id || ' ' || parse_filename(f.path) as input_hash,
            d.document_id as position, length(d.text) as size
        from raw.documents as d inner join ({FIRST_PATHS}) as f using (document_id) where d.status = 'loaded'
    """,  # noqa: S608
    key="document_id",
    tables=("raw.document_layouts", "raw.document_spans", "raw.articles"),
    fallback=unsplit_rows,
    batch=500,
)


def _spec(name: str, description: str) -> dg.AssetSpec:
    return dg.AssetSpec(
        ["raw", name], deps=[["raw", "documents"], ["raw", "files"]], group_name="split", owners=[OWNER],
        kinds={"python", "duckdb"}, code_version=fingerprints.split(), description=description,
    )  # fmt: skip


@dg.multi_asset(
    specs=[
        _spec("articles", "Articles with title, standfirst, body, publisher, date and boundary confidence."),
        _spec("document_spans", "The spans that partition each document's text, each with its kind and its rule."),
        _spec("document_layouts", "The layout that was induced from each document, with its confidence."),
    ],
    pool=POOL,
)
def split(settings: dg.ResourceParam[Settings], warehouse: dg.ResourceParam[Warehouse]):
    """Split the documents that are new, or all when the splitter changed."""
    result = run_step(
        warehouse, SPLIT, fingerprints.split(), load=load_documents, compute=split_rows, track=tracker("splitting"),
        processes=settings.processes, current=fingerprints.split,
    )  # fmt: skip
    if result.inputs:
        with warehouse.writing() as con:
            register.sweep(con)
    with warehouse.reading() as con:
        counts, kinds, by_document = row_counts(con, SPLIT.tables), span_kinds(con), layouts(con)
    yield dg.MaterializeResult(
        asset_key=["raw", "articles"], metadata={"dagster/row_count": counts["raw.articles"], **done(result)}
    )
    yield dg.MaterializeResult(
        asset_key=["raw", "document_spans"],
        metadata={"dagster/row_count": counts["raw.document_spans"], "kinds": table(*kinds)},
    )
    yield dg.MaterializeResult(
        asset_key=["raw", "document_layouts"],
        metadata={"dagster/row_count": counts["raw.document_layouts"], "layouts": table(*by_document)},
    )
