"""The dbt models as assets, their tests as checks."""

from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtCliInvocation, DbtProject, dbt_assets
from dagster_dbt.core.dbt_event_iterator import DbtEventIterator
from dagster_dbt.errors import DagsterDbtCliRuntimeError

from pipelines.defs.analytics.dbt import Dbt, stop_dbt
from pipelines.defs.analytics.project import dbt_project
from pipelines.defs.analytics.standing import forget_tables, note_tables, tables_stand, unchanged
from pipelines.defs.metadata import OWNER
from pipelines.defs.resources import POOL
from pipelines.progress import doing
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse
from pipelines.warehouse.views import row_counts, stored_tables


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


class DbtConfig(dg.Config):
    """What a run of the models adds."""

    column_lineage: bool = True
    """Whether Dagster shows from which columns each column comes: some seconds of every run, for reading the SQL."""


def _after_dbt(invocation: DbtCliInvocation, warehouse: Warehouse) -> DbtEventIterator:
    """The events of an invocation, once dbt has ended: only then is the working file free to be looked into.

    The iterators that fetch metadata wait in a busy loop, which would take a core away from dbt. They also count the
    rows of one table after the other, where one look does.
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
        yield from _with_row_counts(events, invocation.manifest, warehouse)
        if failure:
            raise failure

    return DbtEventIterator(replay(), invocation)


def _with_row_counts(events: list[Any], manifest: Mapping[str, Any], warehouse: Warehouse) -> Iterator[Any]:
    tables: dict[str, str] = {}
    for event in events:
        node = manifest["nodes"].get(_unique_id(event))
        if isinstance(event, dg.Output | dg.AssetMaterialization) and node:
            tables[node["unique_id"]] = f"{node['schema']}.{node['name']}"
    with warehouse.reading() as con:
        # views are not counted: it would run their queries
        counts = row_counts(con, {t for t in tables.values() if t in stored_tables(con)})
    warehouse.release()  # dbt's adapter opens the file in its own way, if columns are to be looked up
    for event in events:
        count = counts.get(tables.get(_unique_id(event), ""))
        yield event if count is None else event.with_metadata({**event.metadata, "dagster/row_count": count})


def _unique_id(event: Any) -> str:
    metadata = getattr(event, "metadata", None) or {}
    return str(metadata["unique_id"].value) if "unique_id" in metadata else ""


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
    config: DbtConfig,
    dbt: dg.ResourceParam[Dbt],
    settings: dg.ResourceParam[Settings],
    warehouse: dg.ResourceParam[Warehouse],
):
    """Build and test the dbt project on the working file, unless its tables stand as made from the same raw tables."""
    if not context.is_subset and tables_stand(warehouse):
        yield from unchanged(context)
        return
    project = forget_tables(warehouse)
    passed = True
    for event in _build(context, config, dbt, settings, warehouse):
        passed &= not (isinstance(event, dg.AssetCheckResult) and not event.passed)
        yield event
    if passed and not context.is_subset:
        note_tables(warehouse, project)


def _build(
    context: dg.AssetExecutionContext, config: DbtConfig, dbt: Dbt, settings: Settings, warehouse: Warehouse
) -> Iterator[Any]:
    target = settings.build_file.parent / "dbt" / settings.build_file.name.removesuffix(".duckdb")
    dbt = dbt.model_copy(update={"reads_columns": config.column_lineage})
    invocation = dbt.cli(
        ["build", "--exclude-resource-type", "unit_test", "--exclude-resource-type", "exposure"],
        context=context, target_path=target,
    )  # fmt: skip
    try:
        events = _after_dbt(invocation, warehouse)
        yield from events.fetch_column_metadata() if config.column_lineage else events
    finally:
        stop_dbt()  # where the run is stopped; else it has ended
        # fetching opens the working file in this process, and dbt's adapter would keep it open for writing
        if invocation.adapter:
            from dbt.adapters.duckdb.connections import DuckDBConnectionManager

            invocation.adapter.cleanup_connections()
            DuckDBConnectionManager.close_all_connections()
