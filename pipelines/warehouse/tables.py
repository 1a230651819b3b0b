"""Writing rows: columns at a time, since row by row costs a hundred times as much."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any

import duckdb
import numpy as np

_JSON = json.JSONEncoder(ensure_ascii=False)
MAX_ROWS = 50_000
"""Rows in one statement, so that memory stays flat."""


@dataclass(frozen=True, slots=True)
class Query:
    """Rows that are made of stored ones: a query of this project for a table's columns."""

    sql: str


def insert_rows(
    con: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Any] | Query, *, replace: bool = False, **constants: Any
) -> int:
    """Insert dataclass instances, named tuples or mappings, or what a query gives, into `table`; returns how many.

    A column takes the field of its name, else the value given in `constants`. Fields without a column are left out.
    With `replace` a row takes the place of the one that has its primary key.
    `table` is a name of this project, never user input.
    """
    if isinstance(rows, Query):
        return con.execute(f"insert into {table} by name {rows.sql}").fetchall()[0][0]
    rows = list(rows)
    types = _column_types(con, table) if rows else {}
    # text is text: DuckDB need not guess from a sample what Python objects are
    con.execute("set pandas_analyze_sample = 0")
    for start in range(0, len(rows), MAX_ROWS):
        chunk = rows[start : start + MAX_ROWS]
        have = _names(chunk[0])
        columns = {c: kind for c, kind in types.items() if c in have or c in constants}
        arrays: dict[str, np.ndarray] = {"_": np.arange(len(chunk))}
        lists: dict[str, list[Any]] = {}
        for name, kind in columns.items():
            if name in have:
                values = list(map(_getter_of(chunk[0], name), chunk))
                if (array := _array(values, kind)) is not None:
                    arrays[name] = array
                else:
                    lists[name] = values
        _insert(con, "insert or replace into" if replace else "insert into", table, columns, arrays, lists, constants)
    return len(rows)


def _insert(
    con: duckdb.DuckDBPyConnection,
    verb: str,
    table: str,
    columns: Mapping[str, str],
    arrays: dict[str, np.ndarray],  # DuckDB finds it by its name
    lists: Mapping[str, list[Any]],
    constants: Mapping[str, Any],
) -> None:
    through = {"VARCHAR[]": "::json"}  # lists come as JSON
    values = [f"{c if c in arrays or c in lists else '?'}{through.get(k, '')}::{k}" for c, k in columns.items()]
    unnested = ", ".join(f"unnest(?::{columns[c]}[]) as {c}" for c in lists)
    beside = f"positional join (select {unnested})" if lists else ""
    con.execute(
        f"{verb} {table} ({', '.join(columns)}) select {', '.join(values)} from arrays {beside}",  # noqa: S608
        [*(constants[c] for c in columns if c not in arrays and c not in lists), *lists.values()],
    )


def _array(values: list[Any], kind: str) -> np.ndarray | None:
    """The values as DuckDB reads them many times as fast as a parameter; None where that is not exact."""
    if kind == "VARCHAR":
        return _objects(values)
    if kind == "VARCHAR[]":
        return _objects([None if v is None else _JSON.encode(list(v)) if v else "[]" for v in values])
    if kind in ("BIGINT", "DOUBLE", "BOOLEAN"):
        array = np.array(values)
        if array.dtype.kind == {"BIGINT": "i", "DOUBLE": "f", "BOOLEAN": "b"}[kind]:
            return array
        # with nulls among them: as text, which for whole numbers and Python's shortest form of others is exact
        number = {"BIGINT": int, "DOUBLE": float}.get(kind)
        return _objects(values) if all(v is None or type(v) is number for v in values) else None
    return None


def _objects(values: list[Any]) -> np.ndarray:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def _column_types(con: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    return {name: kind for name, kind, *_ in con.execute(f"describe {table}").fetchall()}


def _names(row: Any) -> frozenset[str]:
    return frozenset(row) if isinstance(row, Mapping) else frozenset(_fields(type(row)))


def _fields(kind: Any) -> tuple[str, ...]:
    """The fields of a dataclass or of a named tuple."""
    return kind._fields if issubclass(kind, tuple) else tuple(f.name for f in fields(kind))


def _getter_of(row: Any, name: str) -> Callable[[Any], Any]:
    return itemgetter(name) if isinstance(row, Mapping) else attrgetter(name)


def row_of(instance: Any, **more: Any) -> dict[str, Any]:
    """The fields of a dataclass or named tuple and `more`, as one row; unlike `asdict` it copies nothing."""
    names, get = _getter(type(instance))
    return dict(zip(names, get(instance), strict=True)) | more


@cache
def _getter(kind: Any) -> tuple[tuple[str, ...], attrgetter]:
    names = _fields(kind)
    return names, attrgetter(*names)


def delete_rows(con: duckdb.DuckDBPyConnection, table: str, column: str, values: Sequence[str]) -> None:
    """Delete the rows whose `column` is among `values`. Table and column are names of this project."""
    con.execute(f"delete from {table} where {column} in (select unnest(?::varchar[]))", [list(values)])  # noqa: S608
