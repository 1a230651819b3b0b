"""dbt as Dagster starts it, without what costs seconds of each start and serves nothing here."""

import subprocess
from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import version
from typing import Any
from weakref import WeakSet

from dagster_dbt import DbtCliInvocation, DbtCliResource
from packaging.version import Version
from pydantic import Field

_started: WeakSet[subprocess.Popen] = WeakSet()


def stop_dbt() -> None:
    """End the dbt processes that this one started: they would go on without it."""
    for process in list(_started):
        process.kill()


class Dbt(DbtCliResource):
    """The dbt that is installed beside Dagster."""

    # what each step of each statement was is told on the terminal with --verbose; in a file nobody looks for it
    global_config_flags: list[str] = Field(default=["--no-use-colors", "--log-level-file", "info"])
    reads_columns: bool = Field(default=True, description="Whether this process, too, gets a way into the tables.")

    def cli(self, args: Sequence[str], **options: Any) -> DbtCliInvocation:
        """Start dbt."""
        invocation = super().cli(args, **options)
        _started.add(invocation.process)
        return invocation

    @cached_property
    def _cli_version(self) -> Version:
        """The version of the installed package: no process is started to ask for it."""
        return Version(version("dbt-core"))

    def _initialize_dbt_core_adapter(self, args: Sequence[str]) -> Any:
        return super()._initialize_dbt_core_adapter(args) if self.reads_columns else None
