"""Accuracy as an asset: every run is scored on the gold annotations of the documents that have some."""

import dagster as dg

from pipelines.defs.metadata import OWNER, table
from pipelines.defs.resources import POOL
from pipelines.evaluation import OWN_GOLD_FLOORS, evaluate, format_markdown
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse
from pipelines.warehouse.step import replace_all

RAW = [
    ["raw", name]
    for name in (
        "documents", "document_spans", "articles", "country_mentions", "entities", "entity_mentions", "topics",
        "article_topics",
    )
]  # fmt: skip


@dg.asset(
    key=["raw", "accuracy"], deps=RAW, group_name="evaluate", owners=[OWNER], kinds={"python", "duckdb"}, pool=POOL,
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
    below = [s for s in scores if s.passed is False]
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
