"""Results that are made as a whole: whether one still stands, because nothing that it was made from has changed.

A state is a hash of rows, whatever their order, and of fingerprints of code and data files. So "nothing changed" is not
assumed from what a run did, but read from the tables themselves.
"""

from collections.abc import Callable, Iterable

import duckdb

from pipelines.warehouse.connection import Warehouse
from pipelines.warehouse.ledger import check_unchanged, now
from pipelines.warehouse.step import Rows, collecting_later, replace_all


def state_of(con: duckdb.DuckDBPyConnection, tables: Iterable[str], *parts: str) -> str:
    """The state of `tables` (qualified names of this project) and of `parts`, such as fingerprints."""
    counted = []
    for table in sorted(tables):
        count, total = con.execute(
            f"select count(*), coalesce(sum(hash(t)::hugeint), 0)::varchar from {table} as t"  # noqa: S608
        ).fetchall()[0]
        counted.append(f"{table} {count} {total}")
    return "; ".join((*counted, *parts, f"duckdb {duckdb.__version__}"))


NOTES = frozenset(
    {
        "ledger", "readings", "results", "figures", "article_country_shares", "article_entities", "article_mentions",
        "entity_links", "text_signatures", "compared_texts", "reprints",
    }
)  # fmt: skip
"""Tables in which steps keep notes for themselves: nothing that is published is made from them."""


def raw_tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The tables that dbt may read, save those that only tell what was published last."""
    rows = con.execute("select table_name from duckdb_tables() where schema_name = 'raw' order by 1").fetchall()
    return [f"raw.{name}" for (name,) in rows if name not in NOTES and not name.startswith("last_")]


def public_tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The tables that dbt made to be published."""
    rows = con.execute("select table_name from duckdb_tables() where schema_name = 'main' order by 1").fetchall()
    return [f"main.{_quoted(name)}" for (name,) in rows]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def stands(con: duckdb.DuckDBPyConnection, result: str, state: str) -> bool:
    """Whether `result` was last made under `state`."""
    return con.execute("select state = ? from raw.results where result = ?", [state, result]).fetchall() == [(True,)]


def note(con: duckdb.DuckDBPyConnection, result: str, state: str) -> None:
    """Note under which state a result was made; belongs into the transaction that writes it, or after it."""
    con.execute("insert or replace into raw.results values (?, ?, ?)", [result, state, now()])


def forget(con: duckdb.DuckDBPyConnection, *results: str) -> None:
    """Make results be made again; before one is begun whose making takes more than one transaction. None: all."""
    if results:
        con.execute("delete from raw.results where result in (select unnest(?::varchar[]))", [list(results)])
    else:
        con.execute("delete from raw.results")


def replace_if_changed(
    warehouse: Warehouse,
    result: str,
    fingerprint: str,
    *,
    reads: Iterable[str],
    writes: Iterable[str],
    compute: Callable[[], Rows],
    current: Callable[[], str] | None = None,
) -> bool:
    """Replace the whole of the tables it `writes`, unless they stand as made from those it `reads`; says which.

    `current` is asked for the fingerprint again where `compute` loads data files: see `check_unchanged`.
    """
    reads, writes = list(reads), list(writes)
    with warehouse.reading() as con:
        if stands(con, result, state_of(con, [*reads, *writes], fingerprint)):
            return False
    warehouse.release()
    with collecting_later():
        rows = compute()
        check_unchanged(fingerprint, current)
        replace_all(warehouse, {table: rows[table] for table in writes})
        del rows
    with warehouse.writing() as con:
        note(con, result, state_of(con, [*reads, *writes], fingerprint))
    return True
