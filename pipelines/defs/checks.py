"""The facts of `pipelines.warehouse.checks` as asset checks; those that must hold block what comes after."""

import dagster as dg

from pipelines.defs.metadata import table
from pipelines.defs.resources import POOL
from pipelines.warehouse import Warehouse
from pipelines.warehouse.checks import CHECKS, Check, offenders


def _asset_check(check: Check) -> dg.AssetChecksDefinition:
    @dg.asset_check(
        asset=dg.AssetKey(["raw", check.table]),
        name=check.name,
        description=check.description,
        blocking=check.blocking,
        pool=POOL,
    )
    def run(warehouse: dg.ResourceParam[Warehouse]) -> dg.AssetCheckResult:
        with warehouse.reading() as con:
            count, columns, rows = offenders(con, check)
        return dg.AssetCheckResult(
            passed=count == 0,
            severity=dg.AssetCheckSeverity.ERROR if check.blocking else dg.AssetCheckSeverity.WARN,
            metadata={"rows": count} | ({"first rows": table(columns, rows)} if count else {}),
        )

    return run


@dg.definitions
def checks() -> dg.Definitions:
    """One asset check for each fact."""
    return dg.Definitions(asset_checks=[_asset_check(c) for c in CHECKS])
