"""One way for every step that does inputs one by one: read what is missing, compute, replace its rows, note it done."""

import gc
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import duckdb

from pipelines.warehouse.batches import batches
from pipelines.warehouse.connection import Warehouse
from pipelines.warehouse.ledger import Pending, pending, record
from pipelines.warehouse.tables import Query, delete_rows, insert_rows

T = TypeVar("T")
Rows = Mapping[str, Iterable[Any] | Query]
"""Table name to the rows (dataclass instances, named tuples or mappings) that belong into it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step and what it reads and writes."""

    name: str
    inputs: str
    """Query with the columns `input_id`, `input_hash` and `position` (inputs that are read well together)."""
    key: str
    """Column of the written tables that holds the input's id."""
    tables: tuple[str, ...]
    """Tables in which the input's rows are replaced."""
    shared: tuple[str, ...] = ()
    """Tables whose rows belong to no single input: a row replaces the one with its primary key."""
    batch: int = 2_000
    """Inputs in one transaction: what a killed run loses at most. Opening and closing the file costs as much as dozens
    of articles do in the cheap steps."""
    batch_size: int = 4_000_000
    """Characters in one transaction, where the inputs have a size; an input that is larger goes alone."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a step did in this run."""

    inputs: int
    """Inputs that were new or whose content, code or data files had changed."""
    rows: dict[str, int]
    """Rows written, per table."""


def run_step(
    warehouse: Warehouse,
    step: Step,
    fingerprint: str,
    *,
    load: Callable[[duckdb.DuckDBPyConnection, Sequence[str]], T],
    compute: Callable[[T], Rows],
    track: Callable[
        [Sequence[Pending], Callable[[Sequence[Pending]], Iterator[list[Pending]]]], Iterator[list[Pending]]
    ]
    | None = None,
) -> Done:
    """Do the inputs that `step` has not done under `fingerprint`, in batches of one transaction each.

    `load` reads the inputs of a batch, `compute` (no connection is open then) makes their rows; `track` cuts the
    pending inputs into batches with the function it is given, and may show progress.
    """
    with warehouse.reading() as con:
        todo = pending(con, step.name, fingerprint, step.inputs)
    written = dict.fromkeys((*step.tables, *step.shared), 0)
    cut = partial(batches, count=step.batch, size=step.batch_size, size_of=lambda item: item.size)
    for batch in track(todo, cut) if track else cut(todo):
        ids = [p.input_id for p in batch]
        with collecting_later():
            with warehouse.reading() as con:
                loaded = load(con, ids)
            warehouse.release()
            rows = compute(loaded)
            with warehouse.writing() as con:
                for table in step.tables:
                    delete_rows(con, table, step.key, ids)
                    written[table] += insert_rows(con, table, rows[table])
                for table in step.shared:
                    written[table] += insert_rows(con, table, rows[table], replace=True)
                record(con, step.name, fingerprint, batch)
            del loaded, rows
    return Done(len(todo), written)


@contextmanager
def collecting_later() -> Generator[None]:
    """Within it Python does not look for garbage in cycles.

    A batch is made of many small objects, none of them in a cycle: going through them, and through gazetteers, again
    and again took an eighth of the time of all cheap steps.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def replace_all(warehouse: Warehouse, rows: Rows) -> dict[str, int]:
    """Replace the whole content of tables in one transaction, for steps that look at the corpus; returns row counts."""
    with warehouse.writing() as con:
        for table in rows:
            con.execute(f"delete from {table}")  # noqa: S608
        # in their order: a query may read the tables before its own
        return {table: insert_rows(con, table, new) for table, new in rows.items()}
