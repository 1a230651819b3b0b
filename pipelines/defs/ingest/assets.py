"""The first assets: raw files, and the documents that they are."""

from fnmatch import fnmatch

import dagster as dg
from pydantic import Field

from pipelines.defs import fingerprints
from pipelines.defs.metadata import OWNER, table
from pipelines.defs.resources import POOL
from pipelines.progress import tracker
from pipelines.settings import ROOT, Settings
from pipelines.text.data_files import check_data_files
from pipelines.text.reading import find_files
from pipelines.warehouse import Warehouse, ledger, register, results
from pipelines.warehouse.ingest import ingest as read_files
from pipelines.warehouse.target import check_target


class IngestConfig(dg.Config):
    """What a run reads, and whether it does all its work anew."""

    raw: list[str] = Field(
        default_factory=list, description="Files, folders or fsspec URLs to read; empty: the settings'."
    )
    only: list[str] = Field(
        default_factory=list, description="Read only files whose path fits one of these patterns, e.g. `*2026-03*`."
    )
    full_refresh: bool = Field(default=False, description="Do every step anew for every input.")
    prune: bool = Field(default=False, description="Drop the rows of files that are gone.")


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            ["raw", "documents"], group_name="ingest", kinds={"python", "duckdb"}, owners=[OWNER],
            code_version=fingerprints.read(),
            description="Distinct raw contents: decoded text, encoding, language; or quarantined, with the reason.",
        ),
        dg.AssetSpec(
            ["raw", "files"], group_name="ingest", kinds={"python", "duckdb"}, owners=[OWNER],
            code_version=fingerprints.read(),
            description="The register of raw files: which document each path holds.",
        ),
    ],
    pool=POOL,
)  # fmt: skip
def ingest(config: IngestConfig, settings: dg.ResourceParam[Settings], warehouse: dg.ResourceParam[Warehouse]):
    """Find the raw files, read each, and note what it holds."""
    check_target(settings.warehouse, settings.build_file)
    check_data_files(sorted(settings.models.rglob("*.csv")))
    found = find_files(config.raw or settings.raw, home=ROOT)
    chosen = [f for f in found if not config.only or any(fnmatch(f.path, pattern) for pattern in config.only)]
    if config.full_refresh:
        with warehouse.writing() as con:
            ledger.forget(con)
            results.forget(con)
    done = read_files(
        warehouse, found, chosen, fingerprints.read(), max_bytes=settings.max_bytes, home=ROOT, prune=config.prune,
        track=tracker("reading files"),
    )  # fmt: skip
    with warehouse.reading() as con:
        documents = register.documents(con)
        totals = register.totals(con)
    yield dg.MaterializeResult(
        asset_key=["raw", "documents"],
        metadata={
            "dagster/row_count": totals["documents"],
            "new or changed": done.new_documents,
            "quarantined": totals["quarantined"],
            "documents": table(("path", "bytes", "encoding", "language", "status", "reason"), documents),
        },
    )
    yield dg.MaterializeResult(
        asset_key=["raw", "files"],
        metadata={"dagster/row_count": totals["files"], "read in this run": done.files, "dropped": done.forgotten},
    )
