"""dbt as Dagster starts it, without what costs seconds of each start and serves nothing here."""

from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import version
from typing import Any

from dagster_dbt import DbtCliResource
from packaging.version import Version
from pydantic import Field


class Dbt(DbtCliResource):
    """The dbt that is installed beside Dagster."""

    # what each step of each statement was is told on the terminal with --verbose; in a file nobody looks for it
    global_config_flags: list[str] = Field(default=["--no-use-colors", "--log-level-file", "info"])
    reads_columns: bool = Field(default=True, description="Whether this process, too, gets a way into the tables.")

    @cached_property
    def _cli_version(self) -> Version:
        """The version of the installed package: no process is started to ask for it."""
        return Version(version("dbt-core"))

    def _initialize_dbt_core_adapter(self, args: Sequence[str]) -> Any:
        return super()._initialize_dbt_core_adapter(args) if self.reads_columns else None
