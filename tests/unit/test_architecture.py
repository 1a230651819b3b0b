"""Imports point one way: text <- warehouse <- defs <- definitions; the library knows no framework."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PIPELINES = Path(__file__).parents[2] / "pipelines"

FORBIDDEN = {
    "text": ("dagster", "dagster_dbt", "duckdb", "dbt", "pipelines.warehouse", "pipelines.defs", "pipelines.cli",
             "pipelines.report", "pipelines.evaluation", "pipelines.definitions", "pipelines.settings"),
    "warehouse": ("dagster", "dagster_dbt", "dbt", "spacy", "pipelines.defs", "pipelines.cli", "pipelines.definitions"),
    "evaluation": ("dagster", "dagster_dbt", "dbt", "spacy", "pipelines.defs", "pipelines.cli"),
    "report": ("dagster", "dagster_dbt", "dbt", "spacy", "pipelines.defs", "pipelines.cli"),
    "training": ("dagster", "dagster_dbt", "duckdb", "dbt", "spacy", "pipelines.warehouse", "pipelines.defs",
                 "pipelines.cli"),
    "defs": ("pipelines.cli", "pipelines.definitions"),
}  # fmt: skip


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("room", FORBIDDEN)
def test_a_room_imports_nothing_from_above(room: str) -> None:
    files = sorted((PIPELINES / room).rglob("*.py"))
    assert files
    found = [
        f"{path.relative_to(PIPELINES)} imports {name}"
        for path in files
        for name in imports(path)
        if any(name == f or name.startswith(f + ".") for f in FORBIDDEN[room])
    ]
    assert found == []


def test_every_module_says_its_remit() -> None:
    silent = [
        str(p.relative_to(PIPELINES))
        for p in sorted(PIPELINES.rglob("*.py"))
        if not ast.get_docstring(ast.parse(p.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_bodies_of_assets_are_short() -> None:
    """Assets read, call the library, write and tell; logic lives in the library."""
    long = [
        f"{path.relative_to(PIPELINES)}:{node.name}"
        for path in sorted((PIPELINES / "defs").rglob("assets.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.decorator_list and len(node.body) > 18
    ]
    assert long == []
