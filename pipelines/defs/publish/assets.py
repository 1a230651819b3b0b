"""Accuracy, the report, and the published warehouse: the last assets."""

from datetime import timedelta

import dagster as dg

from pipelines.defs.analytics.project import published_keys
from pipelines.defs.metadata import OWNER, table
from pipelines.defs.resources import POOL
from pipelines.evaluation import OWN_GOLD_FLOORS, evaluate, format_markdown
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse
from pipelines.warehouse.publish import swap_in, write_published
from pipelines.warehouse.step import replace_all

RAW = [
    ["raw", name]
    for name in (
        "documents", "document_spans", "articles", "country_mentions", "entities", "entity_mentions", "topics",
        "article_topics",
    )
]  # fmt: skip


@dg.asset(
    key=["raw", "accuracy"], deps=RAW, group_name="publish", owners=[OWNER], kinds={"python", "duckdb"}, pool=POOL,
    check_specs=[
        dg.AssetCheckSpec(
            "accuracy_holds", asset=["raw", "accuracy"],
            description="No score on the gold documents that are in the warehouse is below its floor.",
        )
    ],
)  # fmt: skip
def accuracy(settings: dg.ResourceParam[Settings], warehouse: dg.ResourceParam[Warehouse]) -> dg.MaterializeResult:
    """What was found, scored against the gold annotations of those documents that have some."""
    with warehouse.reading() as con:
        scores = evaluate(con, settings.gold, schema="raw", floors=OWN_GOLD_FLOORS)
    replace_all(warehouse, {"raw.accuracy": scores})
    below = [s for s in scores if s.floor is not None and s.items and s.value < s.floor]
    return dg.MaterializeResult(
        metadata={"dagster/row_count": len(scores), "scores": dg.MetadataValue.md(format_markdown(scores))},
        check_results=[
            dg.AssetCheckResult(
                check_name="accuracy_holds",
                passed=not below,
                severity=dg.AssetCheckSeverity.WARN,
                metadata={"below their floor": table(("quantity", "value", "floor"), [
                    (s.quantity, s.value, s.floor) for s in below])},
            )
        ],
    )  # fmt: skip


@dg.asset(
    key=["published", "report"], deps=published_keys(), group_name="publish", owners=[OWNER],
    kinds={"altair", "html"}, pool=POOL,
)  # fmt: skip
def report(settings: dg.ResourceParam[Settings], warehouse: dg.ResourceParam[Warehouse]) -> dg.MaterializeResult:
    """One self-contained page of pictures and tables over the published tables."""
    from pipelines.report import build_report, pictures

    with warehouse.reading() as con:
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
    counts = write_published(settings.build_file, staged)
    swap_in({staged: settings.warehouse, settings.build_report: settings.report})
    return dg.MaterializeResult(
        metadata={
            "warehouse": dg.MetadataValue.path(str(settings.warehouse)),
            "report": dg.MetadataValue.path(str(settings.report)),
            "tables": table(("table", "rows"), sorted(counts.items())),
        }
    )
