"""The report and the published warehouse: the last assets."""

from datetime import timedelta
from pathlib import Path

import dagster as dg
import duckdb

from pipelines.defs import fingerprints
from pipelines.defs.analytics.project import published_keys
from pipelines.defs.analytics.standing import UNCHANGED
from pipelines.defs.metadata import OWNER, table
from pipelines.defs.resources import POOL
from pipelines.progress import doing
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse, results
from pipelines.warehouse.figures import note_figures
from pipelines.warehouse.publish import publish_files


@dg.asset(
    key=["published", "report"], deps=published_keys(), group_name="publish", owners=[OWNER],
    kinds={"altair", "html"}, pool=POOL,
)  # fmt: skip
def report(settings: dg.ResourceParam[Settings], warehouse: dg.ResourceParam[Warehouse]) -> dg.MaterializeResult:
    """One self-contained page of pictures and tables over the published tables."""
    from pipelines.report import build_report, pictures

    with warehouse.reading() as con:
        if results.stands(con, "report", _report_state(con, settings.build_report)):
            return dg.MaterializeResult(metadata=UNCHANGED)
        with doing("report"):
            page = build_report(con)
            small = pictures(con)
    settings.build_report.write_text(page, encoding="utf-8")
    with warehouse.writing() as con:
        results.note(con, "report", _report_state(con, settings.build_report))
    return dg.MaterializeResult(
        metadata={
            "bytes": len(page.encode()),
            **{name: dg.MetadataValue.md(image) for name, image in small.items()},
        }
    )


def _report_state(con: duckdb.DuckDBPyConnection, page: Path) -> str:
    return results.state_of(con, results.public_tables(con), fingerprints.report(), _identity(page))


def _identity(*files: Path) -> str:
    """Which files stand at these paths, as far as the file system tells."""
    found = [f.stat() if f.exists() else None for f in files]
    return " ".join(f"{s.st_ino}:{s.st_size}:{s.st_mtime_ns}" if s else "none" for s in found)


@dg.asset(
    key=["published", "warehouse"], deps=[*published_keys(), ["published", "report"]], group_name="publish",
    owners=[OWNER], kinds={"duckdb"}, pool=POOL,
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=48)),
)  # fmt: skip
def publish(settings: dg.ResourceParam[Settings], warehouse: dg.ResourceParam[Warehouse]) -> dg.MaterializeResult:
    """The warehouse that people open: written whole, compared with the working file, swapped in with its report."""
    with warehouse.reading() as con:
        if results.stands(con, "published", _published_state(con, settings)):
            return dg.MaterializeResult(metadata=_places(settings) | UNCHANGED)
    with doing("publishing"):
        counts = publish_files(
            settings.build_file, {settings.build_report: settings.report}, settings.warehouse,
            tables=[name for _, name in published_keys()],
        )  # fmt: skip
    with warehouse.writing() as con:
        note_figures(con)
        results.note(con, "published", _published_state(con, settings))
    return dg.MaterializeResult(
        metadata=_places(settings) | {"tables": table(("table", "rows"), sorted(counts.items()))}
    )


def _published_state(con: duckdb.DuckDBPyConnection, settings: Settings) -> str:
    files = _identity(settings.warehouse, settings.report, settings.build_report)
    return results.state_of(con, results.public_tables(con), fingerprints.publishing(), files)


def _places(settings: Settings) -> dict[str, dg.MetadataValue]:
    return {
        "warehouse": dg.MetadataValue.path(str(settings.warehouse)),
        "report": dg.MetadataValue.path(str(settings.report)),
    }
