"""What the assets are given: settings, the warehouse's working file, and dbt."""

import dagster as dg
from dagster_dbt import DbtCliResource

from pipelines.defs.analytics.project import dbt_project
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse

POOL = "warehouse"
"""Pool of everything that touches the working file: one run at a time."""


@dg.definitions
def resources() -> dg.Definitions:
    """Plain objects, made from the environment when the code location loads."""
    settings = Settings()
    return dg.Definitions(
        resources={
            "settings": settings,
            "warehouse": Warehouse(settings.build_file),
            "dbt": DbtCliResource(project_dir=dbt_project()),
        }
    )
