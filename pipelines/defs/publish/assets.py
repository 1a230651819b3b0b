"""The report and the published warehouse: the last assets."""

from datetime import timedelta
from pathlib import Path

import dagster as dg

from pipelines.defs import fingerprints
from pipelines.defs.analytics.project import published_keys
from pipelines.defs.analytics.standing import UNCHANGED
from pipelines.defs.metadata import OWNER, table
from pipelines.defs.resources import POOL
from pipelines.progress import doing
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse, results
from pipelines.warehouse.figures import note_figures
from pipelines.warehouse.publish import log_of, publish_files


class ReportConfig(dg.Config):
    """What a run of the report adds."""

    pictures: bool = True
    """Whether Dagster shows the pictures too: some seconds of every run that draws them."""


@dg.asset(
    key=["published", "report"], deps=published_keys(), group_name="publish", owners=[OWNER],
    kinds={"altair", "html"}, pool=POOL,
)  # fmt: skip
def report(
    config: ReportConfig, settings: dg.ResourceParam[Settings], warehouse: dg.ResourceParam[Warehouse]
) -> dg.MaterializeResult:
    """One self-contained page of pictures and tables over the published tables."""
    from pipelines.report import build_report, pictures

    with warehouse.reading() as con:
        made_from = results.state_of(con, results.public_tables(con), fingerprints.report())
        if results.stands(con, "report", f"{made_from}; {_identity(settings.build_report)}"):
            return dg.MaterializeResult(metadata=UNCHANGED)
        with doing("report"):
            page = build_report(con)
            small = pictures(con) if config.pictures else {}
    settings.build_report.write_text(page, encoding="utf-8")
    with warehouse.writing() as con:
        results.note(con, "report", f"{made_from}; {_identity(settings.build_report)}")
    return dg.MaterializeResult(
        metadata={
            "bytes": len(page.encode()),
            **{name: dg.MetadataValue.md(image) for name, image in small.items()},
        }
    )


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
        made_from = results.state_of(con, results.public_tables(con), fingerprints.publishing())
        if results.stands(con, "published", f"{made_from}; {_files(settings)}"):
            return dg.MaterializeResult(metadata=_places(settings) | UNCHANGED)
    warehouse.release()
    with doing("publishing"):
        counts = publish_files(
            settings.build_file, {settings.build_report: settings.report}, settings.warehouse,
            tables=[name for _, name in published_keys()],
        )  # fmt: skip
    with warehouse.writing() as con:
        note_figures(con)
        results.note(con, "published", f"{made_from}; {_files(settings)}")
    return dg.MaterializeResult(
        metadata=_places(settings) | {"tables": table(("table", "rows"), sorted(counts.items()))}
    )


def _files(settings: Settings) -> str:
    return _identity(settings.warehouse, log_of(settings.warehouse), settings.report, settings.build_report)


def _places(settings: Settings) -> dict[str, dg.MetadataValue]:
    return {
        "warehouse": dg.MetadataValue.path(str(settings.warehouse)),
        "report": dg.MetadataValue.path(str(settings.report)),
    }
