"""The dbt models as assets, their tests as checks."""

from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtCliInvocation, DbtCliResource, DbtProject, dbt_assets
from dagster_dbt.core.dbt_event_iterator import DbtEventIterator
from dagster_dbt.errors import DagsterDbtCliRuntimeError
from dbt.adapters.duckdb.connections import DuckDBConnectionManager

from pipelines.defs.analytics.project import dbt_project
from pipelines.defs.analytics.standing import forget_tables, note_tables, tables_stand, unchanged
from pipelines.defs.metadata import OWNER
from pipelines.defs.resources import POOL
from pipelines.progress import doing
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse


class LayeredTranslator(DagsterDbtTranslator):
    """dbt's layers are Dagster's groups."""

    def get_asset_spec(self, manifest: Mapping[str, Any], unique_id: str, project: DbtProject | None) -> dg.AssetSpec:
        """Group by the folder below `models/` (seeds: `reference`), and add the owner."""
        spec = super().get_asset_spec(manifest, unique_id, project)
        props = self.get_resource_props(manifest, unique_id)
        if props["resource_type"] not in ("model", "seed"):
            return spec
        group = "reference" if props["resource_type"] == "seed" else props["fqn"][1]
        return spec.replace_attributes(group_name=group, owners=[OWNER])


def _after_dbt(invocation: DbtCliInvocation) -> DbtEventIterator:
    """The events of an invocation, once dbt has ended: only then is the working file free to be looked into.

    The iterators that fetch metadata wait in a busy loop, which would take a core away from dbt.
    """
    events: list[Any] = []
    failure: Exception | None = None
    try:
        with doing("tables and tests (dbt)"):
            for event in invocation.stream():
                events.append(event)
    except DagsterDbtCliRuntimeError as error:
        failure = error

    def replay() -> Iterator[Any]:
        yield from events
        if failure:
            raise failure

    return DbtEventIterator(replay(), invocation)


@dbt_assets(
    manifest=dbt_project().manifest_path,
    project=dbt_project(),
    dagster_dbt_translator=LayeredTranslator(),
    pool=POOL,
    # unit tests prove the models, not the data: the test suite runs them
    exclude="resource_type:unit_test",
)
def dbt_models(
    context: dg.AssetExecutionContext,
    dbt: dg.ResourceParam[DbtCliResource],
    settings: dg.ResourceParam[Settings],
    warehouse: dg.ResourceParam[Warehouse],
):
    """Build and test the dbt project on the working file, unless its tables stand as made from the same raw tables."""
    if not context.is_subset and tables_stand(warehouse):
        yield from unchanged(context)
        return
    forget_tables(warehouse)
    passed = True
    for event in _build(context, dbt, settings):
        passed &= not (isinstance(event, dg.AssetCheckResult) and not event.passed)
        yield event
    if passed and not context.is_subset:
        note_tables(warehouse)


def _build(context: dg.AssetExecutionContext, dbt: DbtCliResource, settings: Settings) -> Iterator[Any]:
    target = settings.build_file.parent / "dbt" / settings.build_file.stem
    invocation = dbt.cli(["build", "--exclude-resource-type", "unit_test"], context=context, target_path=target)
    try:
        yield from _after_dbt(invocation).fetch_row_counts().fetch_column_metadata()
    finally:
        # fetching opens the working file in this process, and dbt's adapter would keep it open for writing
        if invocation.adapter:
            invocation.adapter.cleanup_connections()
        DuckDBConnectionManager.close_all_connections()
