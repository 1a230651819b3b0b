"""The report and the published warehouse: the last assets."""

import shutil
from datetime import timedelta

import dagster as dg

from pipelines.defs.analytics.project import published_keys
from pipelines.defs.metadata import OWNER, table
from pipelines.defs.resources import POOL
from pipelines.progress import doing
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse
from pipelines.warehouse.publish import swap_in, write_published


@dg.asset(
    key=["published", "report"], deps=published_keys(), group_name="publish", owners=[OWNER],
    kinds={"altair", "html"}, pool=POOL,
)  # fmt: skip
def report(settings: dg.ResourceParam[Settings], warehouse: dg.ResourceParam[Warehouse]) -> dg.MaterializeResult:
    """One self-contained page of pictures and tables over the published tables."""
    from pipelines.report import build_report, pictures

    with doing("report"), warehouse.reading() as con:
        page = build_report(con)
        small = pictures(con)
    settings.build_report.write_text(page, encoding="utf-8")
    return dg.MaterializeResult(
        metadata={
            "bytes": len(page.encode()),
            **{name: dg.MetadataValue.md(image) for name, image in small.items()},
        }
    )


@dg.asset(
    key=["published", "warehouse"], deps=[*published_keys(), ["published", "report"]], group_name="publish",
    owners=[OWNER], kinds={"duckdb"}, pool=POOL,
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=48)),
)  # fmt: skip
def publish(settings: dg.ResourceParam[Settings]) -> dg.MaterializeResult:
    """The warehouse that people open: written whole, compared with the working file, swapped in with its report."""
    staged = settings.build_file.with_name(f".{settings.build_file.name}.new")
    staged_report = settings.build_report.with_name(f".{settings.build_report.name}.new")
    with doing("publishing"):
        counts = write_published(settings.build_file, staged)
    shutil.copyfile(settings.build_report, staged_report)
    swap_in({staged: settings.warehouse, staged_report: settings.report})
    return dg.MaterializeResult(
        metadata={
            "warehouse": dg.MetadataValue.path(str(settings.warehouse)),
            "report": dg.MetadataValue.path(str(settings.report)),
            "tables": table(("table", "rows"), sorted(counts.items())),
        }
    )
