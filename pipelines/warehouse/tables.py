"""Writing rows: columns at a time, since row by row costs a hundred times as much."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any

import duckdb

MAX_ROWS = 50_000
"""Rows in one statement, so that memory stays flat."""


def insert_rows(
    con: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Any], *, replace: bool = False, **constants: Any
) -> int:
    """Insert dataclass instances (or mappings) into `table`; returns how many.

    A column takes the field of its name, else the value given in `constants`. Fields without a column are left out.
    With `replace` a row takes the place of the one that has its primary key.
    `table` is a name of this project, never user input.
    """
    rows = list(rows)
    types = _column_types(con, table) if rows else {}
    for start in range(0, len(rows), MAX_ROWS):
        chunk = rows[start : start + MAX_ROWS]
        have = _names(chunk[0])
        columns = [c for c in types if c in have or c in constants]
        values = [_column(chunk, c, types[c]) if c in have else [constants[c]] * len(chunk) for c in columns]
        unnested = ", ".join(f"unnest(?::{types[c]}[])" for c in columns)
        verb = "insert or replace into" if replace else "insert into"
        con.execute(f"{verb} {table} ({', '.join(columns)}) select {unnested}", values)
    return len(rows)


def _column_types(con: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    return {name: kind for name, kind, *_ in con.execute(f"describe {table}").fetchall()}


def _names(row: Any) -> frozenset[str]:
    return frozenset(row) if isinstance(row, Mapping) else frozenset(f.name for f in fields(row))


def _column(rows: Sequence[Any], name: str, kind: str) -> list[Any]:
    get = itemgetter(name) if isinstance(rows[0], Mapping) else attrgetter(name)
    values = list(map(get, rows))
    return [None if v is None else list(v) for v in values] if kind.endswith("[]") else values


def row_of(instance: Any, **more: Any) -> dict[str, Any]:
    """The fields of a dataclass instance and `more`, as one row; unlike `asdict` it copies nothing."""
    names, get = _getter(type(instance))
    return dict(zip(names, get(instance), strict=True)) | more


@cache
def _getter(kind: Any) -> tuple[tuple[str, ...], attrgetter]:
    names = tuple(f.name for f in fields(kind))
    return names, attrgetter(*names)


def delete_rows(con: duckdb.DuckDBPyConnection, table: str, column: str, values: Sequence[str]) -> None:
    """Delete the rows whose `column` is among `values`. Table and column are names of this project."""
    con.execute(f"delete from {table} where {column} in (select unnest(?::varchar[]))", [list(values)])  # noqa: S608
