"""Opening the working file: late, briefly, and waiting for whoever holds it.

DuckDB lets one process write and shuts every other one out meanwhile, so a connection is never held while a model or
dbt runs. Opening a file takes longer than most looks into it, so looks that follow one another share a connection.
"""

import time
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import duckdb

from pipelines.warehouse.publish import log_of

SCHEMA = Path(__file__).with_name("schema.sql")


_SMALLEST = 3 * 4096
"""Bytes of a database without anything in it: DuckDB's three headers."""


class WarehouseBusyError(RuntimeError):
    """Another process held the file for longer than one waits."""


class Warehouse:
    """The working file of one warehouse.

    With `keep` a connection for reading stays open until something is written, or `release` is called: for a run, in
    which nobody else writes.
    """

    def __init__(self, path: Path, *, wait_seconds: float = 120.0, keep: bool = False) -> None:
        self.path = path
        self.wait_seconds = wait_seconds
        self._keep = keep
        self._kept: duckdb.DuckDBPyConnection | None = None
        self._known: tuple[int, int] | None = None

    @contextmanager
    def reading(self) -> Generator[duckdb.DuckDBPyConnection]:
        """A read-only connection, closed at the end whatever happens, unless it is kept."""
        if self._is_new():
            with self.writing():
                pass  # the tables stand, empty or as this version wants them
        con = self._kept or self._connect(read_only=True)
        try:
            yield con
        except BaseException:
            self._kept = con
            self.release()
            raise
        self._kept = con
        if not self._keep:
            self.release()

    def release(self) -> None:
        """Close the connection that is kept, if there is one."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None

    @contextmanager
    def writing(self) -> Generator[duckdb.DuckDBPyConnection]:
        """A connection inside one transaction: committed at the end, rolled back when the body raises."""
        self.release()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._clear_stub()
        con = self._connect(read_only=False)
        try:
            if self._is_new():
                con.execute(_schema())
                _adapt(con)
            self._known = self._identity()
            con.begin()
            try:
                yield con
            except BaseException:
                con.rollback()
                raise
            con.commit()
        finally:
            con.close()

    def _clear_stub(self) -> None:
        """Take away what a process leaves that is killed while DuckDB makes the file, and the log of a file that went.

        Nothing was ever in the one, and the other is of no use to another file.
        """
        if not self.path.exists() or (self.path.is_file() and self.path.stat().st_size < _SMALLEST):
            self.path.unlink(missing_ok=True)
            log_of(self.path).unlink(missing_ok=True)

    def _is_new(self) -> bool:
        """Whether the file is another one than this object last brought to this version's tables."""
        return self._known is None or self._known != self._identity()

    def _identity(self) -> tuple[int, int] | None:
        try:
            stat = self.path.stat()
        except FileNotFoundError:
            return None
        return stat.st_dev, stat.st_ino

    def _connect(self, *, read_only: bool) -> duckdb.DuckDBPyConnection:
        deadline = time.monotonic() + self.wait_seconds
        delay = 0.05
        while True:
            try:
                return duckdb.connect(str(self.path), read_only=read_only)
            except duckdb.IOException as error:
                if "could not set lock on file" not in str(error).lower():
                    raise
                if time.monotonic() > deadline:
                    raise WarehouseBusyError(
                        f"{self.path} is held by another process; waited {self.wait_seconds:.0f} s"
                    ) from error
            time.sleep(delay)
            delay = min(delay * 2, 1.0)


def set_aside(path: Path) -> Path | None:
    """Give the file another name, if it is there, so that a new one is made; returns the name."""
    if not path.exists():
        return None
    number = 1
    while (aside := path.with_name(f"{path.name}.aside{number}")).exists():
        number += 1
    # its log last: without it the file would be one of an earlier moment
    for old, new in ((path, aside), (log_of(path), log_of(aside))):
        if old.exists():
            old.rename(new)
    return aside


@cache
def _schema() -> str:
    return SCHEMA.read_text(encoding="utf-8")


_COLUMNS = "select table_name, column_name, data_type from duckdb_columns() where schema_name = 'raw' order by all"


@cache
def _expected() -> tuple[tuple[str, str, str], ...]:
    with duckdb.connect() as con:
        con.execute(_schema())
        return tuple(con.execute(_COLUMNS).fetchall())


def _adapt(con: duckdb.DuckDBPyConnection) -> None:
    """Give tables that an older version made the columns of this one, and take those away that it does not write.

    What stands in new columns is written when the steps run, since their code, too, is another.
    """
    have = {(table, column) for table, column, _ in con.execute(_COLUMNS).fetchall()}
    want = {(table, column): kind for table, column, kind in _expected()}
    tables = {table for table, _ in want}
    for table, column in sorted(want.keys() - have):
        con.execute(f'alter table raw."{table}" add column "{column}" {want[table, column]}')
    for table, column in sorted((table, column) for table, column in have - want.keys() if table in tables):
        con.execute(f'alter table raw."{table}" drop column "{column}"')
