"""Write, audit, publish: a new file is written in full, compared with what it was made from, and only then swapped in.

Readers of the old file keep reading it; whoever opens the path afterwards gets the new one, whole.
"""

import os
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

import duckdb

SCHEMA = "main"
"""The schema that is published."""


class AuditError(RuntimeError):
    """The file to be published is not what it should be; nothing was published."""


def publish_files(
    build: Path, pages: Mapping[Path, Path], published: Path, *, tables: Collection[str]
) -> dict[str, int]:
    """Publish the named tables of `build`, and copies of `pages` (new file to published place); returns row counts.

    Everything is written in full, beside the working file, before anything is swapped in; what was written is taken
    away again when that fails, on a full disk for one.
    """
    staged = build.with_name(f".{build.name}.new")
    copies = {page: page.with_name(f".{page.name}.new") for page in pages}
    try:
        counts = write_published(build, staged, tables=tables)
        for page, copy in copies.items():
            shutil.copyfile(page, copy)
        for file in (staged, *copies.values()):
            _to_disk(file)
        swap_in({staged: published} | {copies[page]: place for page, place in pages.items()})
    finally:
        for leftover in (staged, log_of(staged), *copies.values()):
            leftover.unlink(missing_ok=True)
    return counts


def _to_disk(file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_published(build: Path, target: Path, *, tables: Collection[str] | None = None) -> dict[str, int]:
    """Write published tables of `build` into a new file at `target`: rows, keys and comments. Returns row counts.

    `tables` are all that is wanted (None: all there are): what an older version or a killed build left behind stays
    behind. Raises `AuditError` when one is missing or differs from its original.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    for leftover in (target, log_of(target)):
        leftover.unlink(missing_ok=True)
    with duckdb.connect(str(target)) as con:
        con.execute(f"attach {_literal(str(build))} as build (read_only)")
        found = con.execute(
            """
            select table_name, sql, comment from duckdb_tables()
            where database_name = 'build' and schema_name = ? order by table_name
            """,
            [SCHEMA],
        ).fetchall()
        names = {name for name, *_ in found}
        wanted = names if tables is None else set(tables)
        if not found or wanted - names:
            lacking = ", ".join(sorted(wanted - names)) or "tables to publish"
            raise AuditError(f"the working file has no {lacking}: did dbt run?")
        counts = {}
        con.begin()  # else each of several hundred comments is brought to the disk by itself
        for table, ddl, comment in found:
            if table not in wanted:
                continue
            name = _identifier(table)
            con.execute(ddl)
            con.execute(f"insert into {SCHEMA}.{name} by name select * from build.{SCHEMA}.{name}")  # noqa: S608
            if comment:
                con.execute(f"comment on table {SCHEMA}.{name} is {_literal(comment)}")
            counts[table] = _audit(con, name)
        for table, column, comment in con.execute(
            """
            select table_name, column_name, comment from duckdb_columns()
            where database_name = 'build' and schema_name = ? and comment is not null
                and table_name in (select unnest(?::varchar[]))
            """,
            [SCHEMA, sorted(wanted)],
        ).fetchall():
            con.execute(f"comment on column {SCHEMA}.{_identifier(table)}.{_identifier(column)} is {_literal(comment)}")
        con.commit()
        con.execute("detach build")
        con.execute("checkpoint")
    return counts


def _audit(con: duckdb.DuckDBPyConnection, name: str) -> int:
    """Compare by number and hashes of rows, whatever their order; returns the number."""
    (rows, original), (copied, copy) = (
        con.execute(f"select count(*), coalesce(sum(hash(t)::hugeint), 0) from {schema}.{name} as t").fetchall()[0]  # noqa: S608
        for schema in (f"build.{SCHEMA}", SCHEMA)
    )
    if (rows, original) != (copied, copy):
        raise AuditError(f"the rows of {name} differ from the working file's: {copied} of {rows}")
    return rows


def swap_in(files: Mapping[Path, Path]) -> None:
    """Put each new file (key) at its published place (value), each by one atomic rename on one file system."""
    for new, target in files.items():
        # whoever wrote into the old file and was stopped has left a log, which DuckDB would play into the new one
        log_of(target).unlink(missing_ok=True)
        os.replace(new, target)


def log_of(file: Path) -> Path:
    """The log that DuckDB keeps beside a file while it is written to."""
    return file.with_name(f"{file.name}.wal")


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
