"""Runs dbt on raw tables of a test's own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

ROOT = Path(__file__).parents[1]
PROJECT = ROOT / "dbt_project"
DBT = Path(sys.executable).with_name("dbt")

Rows = Mapping[str, Sequence[tuple[Any, ...]]]
"""Rows of the `raw` schema, by table."""


def write_raw(file: Path, rows: Rows) -> None:
    with duckdb.connect(str(file)) as con:
        insert_raw(con, rows)


def insert_raw(con: duckdb.DuckDBPyConnection, rows: Rows) -> None:
    """Makes the `raw` schema and writes rows into it."""
    con.execute((ROOT / "pipelines/warehouse/schema.sql").read_text())
    for table, values in rows.items():
        if values:
            # columns that a table ends with and dbt does not read may be left out
            columns = [row[0] for row in con.execute(f"describe raw.{table}").fetchall()][: len(values[0])]
            marks = ", ".join("?" * len(columns))
            con.executemany(f"insert into raw.{table} ({', '.join(columns)}) values ({marks})", values)  # noqa: S608


@dataclass(frozen=True)
class Builder:
    """Runs dbt; every warehouse is built under one name, so that dbt need not parse the project again."""

    folder: Path

    def dbt(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {
            "DATELINE_BUILD_FILE": str(self.folder / "work.duckdb"),
            "DBT_TARGET_PATH": str(self.folder / "target"),
            "DBT_LOG_PATH": str(self.folder / "logs"),
        }
        return subprocess.run(
            [DBT, "--no-use-colors", *arguments, "--project-dir", PROJECT, "--profiles-dir", PROJECT],
            env=environment, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip

    def build(
        self, name: str, rows: Rows | Callable[[duckdb.DuckDBPyConnection], None], *arguments: str
    ) -> tuple[Path, dict[str, str], str]:
        """Build from `rows`, or from what `rows` writes.

        Returns the warehouse file, the status of each node that dbt ran, and dbt's output.
        """
        work, built = self.folder / "work.duckdb", self.folder / f"{name}.duckdb"
        work.unlink(missing_ok=True)
        if callable(rows):
            with duckdb.connect(str(work)) as con:
                rows(con)
        else:
            write_raw(work, rows)
        done = self.dbt("build", *arguments)
        shutil.move(work, built)
        results = json.loads((self.folder / "target/run_results.json").read_text())["results"]
        return built, {r["unique_id"]: r["status"] for r in results}, done.stdout
