"""What the assets are given: settings, the warehouse's working file, and dbt."""

from collections.abc import Generator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import dagster as dg

from pipelines.defs.analytics.dbt import Dbt
from pipelines.defs.analytics.project import dbt_project
from pipelines.defs.termination import terminable
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse
from pipelines.warehouse.lock import run_lock

POOL = "warehouse"
"""Pool of everything that touches the working file: one run at a time."""


class RunWarehouse(dg.ConfigurableResource):
    """The working file, for the length of a run in which nobody else runs on it."""

    build_file: str
    wait_seconds: float

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Generator[Any]:
        """Wait until no other run is under way, and keep the others waiting until this one ends."""
        path = Path(self.build_file)
        who = f"Dagster's run {context.run.run_id[:8]}" if context.run else "Dagster"
        say = context.log.info if context.log else print
        run, instance = context.run, context.instance
        watched = terminable(instance, run.run_id) if run and instance else nullcontext()
        with watched, run_lock(path, who, wait_seconds=self.wait_seconds, waiting=say):
            warehouse = Warehouse(path, keep=True)
            try:
                yield warehouse
            finally:
                warehouse.release()


@dg.definitions
def resources() -> dg.Definitions:
    """What the environment says when the code location loads."""
    settings = Settings()
    return dg.Definitions(
        resources={
            "settings": settings,
            "warehouse": RunWarehouse(build_file=str(settings.build_file), wait_seconds=settings.wait),
            "dbt": Dbt(project_dir=dbt_project()),
        }
    )
