"""Whether dbt's tables stand: made by the same project from raw tables that are the same, row for row."""

from collections.abc import Iterator
from graphlib import TopologicalSorter

import dagster as dg
import duckdb

from pipelines.defs import fingerprints
from pipelines.warehouse import Warehouse, results

RESULT = "dbt"
UNCHANGED = {"unchanged": dg.MetadataValue.text("made from the same rows by the same code before")}


def _state(con: duckdb.DuckDBPyConnection, project: str) -> str:
    return results.state_of(con, [*results.raw_tables(con), *results.public_tables(con)], project)


def tables_stand(warehouse: Warehouse) -> bool:
    """Whether nothing that the tables are made from has changed since they were built and passed their tests."""
    with warehouse.reading() as con:
        return results.stands(con, RESULT, _state(con, fingerprints.analytics()))


def forget_tables(warehouse: Warehouse) -> str:
    """From now until `note_tables` they do not stand, whatever happens. Returns the project's fingerprint."""
    with warehouse.writing() as con:
        results.forget(con, RESULT)
    return fingerprints.analytics()


def note_tables(warehouse: Warehouse, project: str) -> None:
    """Note that the tables were built from the rows that are there, and passed all their tests.

    `project` is the fingerprint from before: what was edited meanwhile may not be in them.
    """
    with warehouse.writing() as con:
        results.note(con, RESULT, _state(con, project))


def unchanged(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """What Dagster is told instead of a build: the same tests on the same rows pass again."""
    wanted = context.selected_asset_keys
    needs = {spec.key: [dep.asset_key for dep in spec.deps] for spec in context.assets_def.specs}
    for key in TopologicalSorter(needs).static_order():
        if key in wanted:
            yield dg.MaterializeResult(asset_key=key, metadata=UNCHANGED)
    for check in sorted(context.selected_asset_check_keys):
        yield dg.AssetCheckResult(asset_key=check.asset_key, check_name=check.name, passed=True, metadata=UNCHANGED)
