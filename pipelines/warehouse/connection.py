"""Opening the working file: late, briefly, and waiting for whoever holds it.

DuckDB lets one process write and shuts every other one out meanwhile, so a connection is never held while a model or
dbt runs.
"""

import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import duckdb

SCHEMA = Path(__file__).with_name("schema.sql")


class WarehouseBusyError(RuntimeError):
    """Another process held the file for longer than one waits."""


class Warehouse:
    """The working file of one warehouse."""

    def __init__(self, path: Path, *, wait_seconds: float = 120.0) -> None:
        self.path = path
        self.wait_seconds = wait_seconds

    @contextmanager
    def reading(self) -> Generator[duckdb.DuckDBPyConnection]:
        """A read-only connection, closed at the end whatever happens."""
        if not self.path.exists():
            with self.writing():
                pass  # the tables stand, empty
        con = self._connect(read_only=True)
        try:
            yield con
        finally:
            con.close()

    @contextmanager
    def writing(self) -> Generator[duckdb.DuckDBPyConnection]:
        """A connection inside one transaction: committed at the end, rolled back when the body raises."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        con = self._connect(read_only=False)
        try:
            con.execute(SCHEMA.read_text(encoding="utf-8"))
            con.begin()
            try:
                yield con
            except BaseException:
                con.rollback()
                raise
            con.commit()
        finally:
            con.close()

    def _connect(self, *, read_only: bool) -> duckdb.DuckDBPyConnection:
        deadline = time.monotonic() + self.wait_seconds
        delay = 0.05
        while True:
            try:
                return duckdb.connect(str(self.path), read_only=read_only)
            except duckdb.IOException as error:
                if "lock" not in str(error).lower():
                    raise
                if time.monotonic() > deadline:
                    raise WarehouseBusyError(
                        f"{self.path} is held by another process; waited {self.wait_seconds:.0f} s"
                    ) from error
            time.sleep(delay)
            delay = min(delay * 2, 1.0)
