"""Runs dbt on raw tables of a test's own."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
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

    def models(self) -> "Models":
        """The project's models as plain SQL."""
        write_raw(self.folder / "work.duckdb", {})
        done = self.dbt("compile", "--full-refresh")
        assert done.returncode == 0, done.stdout
        return Models(json.loads((self.folder / "target/manifest.json").read_text())["nodes"])


class Models:
    """What dbt makes of raw tables, without dbt: its compiled SQL alone, which costs a second instead of a dozen."""

    def __init__(self, nodes: Mapping[str, Mapping[str, Any]]) -> None:
        chosen = {key: node for key, node in nodes.items() if node["resource_type"] in ("model", "seed")}
        needs = {k: [n for n in chosen[k]["depends_on"].get("nodes", ()) if n in chosen] for k in sorted(chosen)}
        self._nodes = [chosen[key] for key in TopologicalSorter(needs).static_order()]

    def published(self, working_file: Path) -> dict[str, list[tuple]]:
        """All rows of all tables that a run would publish of this working file, timestamps apart, sorted."""
        with tempfile.TemporaryDirectory() as folder, duckdb.connect() as con:
            copy = shutil.copy(working_file, Path(folder) / "work.duckdb")
            con.execute(f"attach '{copy}' as work")
            for schema in sorted({node["schema"] for node in self._nodes}):
                con.execute(f"create schema if not exists work.{schema}")
            for node in self._nodes:
                kind = "table" if node["config"]["materialized"] in ("table", "seed") else "view"
                query = node["compiled_code"] if node["resource_type"] == "model" else self._seed(node)
                con.execute(f"create or replace {kind} {node['relation_name']} as (\n{query}\n)")
            return {node["name"]: self._rows(con, node) for node in self._nodes if node["schema"] == "main"}

    @staticmethod
    def _seed(node: Mapping[str, Any]) -> str:
        types = {column: kind.upper() for column, kind in node["config"]["column_types"].items()}
        return f"from read_csv('{PROJECT / node['original_file_path']}', header = true, types = {types})"

    @staticmethod
    def _rows(con: duckdb.DuckDBPyConnection, node: Mapping[str, Any]) -> list[tuple]:
        kinds = con.execute(f"describe {node['relation_name']}").fetchall()
        names = ", ".join(f'"{name}"' for name, kind, *_ in kinds if not kind.startswith("TIMESTAMP"))
        return con.execute(f"select {names} from {node['relation_name']} order by all").fetchall()  # noqa: S608
