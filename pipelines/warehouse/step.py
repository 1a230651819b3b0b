"""One way for every step that does inputs one by one: read what is missing, compute, replace its rows, note it done."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import duckdb

from pipelines.warehouse.ahead import Ahead, collecting_later
from pipelines.warehouse.batches import batches
from pipelines.warehouse.connection import Warehouse
from pipelines.warehouse.failures import Failure, isolate, most_failures, note_failures
from pipelines.warehouse.ledger import Pending, check_unchanged, pending, record
from pipelines.warehouse.tables import Query, delete_rows, insert_rows

T = TypeVar("T")
R = TypeVar("R")
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
    fallback: Callable[[Any], Rows] | None = None
    """Makes the rows of inputs on which the step failed, where later steps cannot do without any."""
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
    failed: int
    """Inputs on which the step failed."""


def run_step(
    warehouse: Warehouse,
    step: Step,
    fingerprint: str,
    *,
    load: Callable[[duckdb.DuckDBPyConnection, Sequence[str]], T],
    compute: Callable[[T], R],
    rows_of: Callable[[R], Rows] | None = None,
    processes: int = 1,
    track: Callable[
        [Sequence[Pending], Callable[[Sequence[Pending]], Iterator[list[Pending]]]], Iterator[list[Pending]]
    ]
    | None = None,
    current: Callable[[], str] | None = None,
) -> Done:
    """Do the inputs that `step` has not done under `fingerprint`, in batches of one transaction each.

    `load` reads the inputs of a batch, `compute` (no connection is open then) makes their rows, or what `rows_of` makes
    rows of. With `processes` (0: as many as there are cores) several batches are computed in as many other processes at
    once, to which `compute` is pickled; `rows_of` is called in this one, in the order of the batches. `track` cuts the
    pending inputs into batches with the function it is given, and may show progress. Inputs on which the step fails
    are set aside, with the rows that `step.fallback` makes, until the fingerprint is another; see `isolate`. `current`
    is asked for the fingerprint again where a process's first `compute` loads data files: see `check_unchanged`.
    """
    with warehouse.reading() as con:
        todo = pending(con, step.name, fingerprint, step.inputs)
    written = dict.fromkeys((*step.tables, *step.shared), 0)

    def read(some: Sequence[Pending]) -> T:
        with collecting_later(), warehouse.reading() as con:
            loaded = load(con, [p.input_id for p in some])
        warehouse.release()
        return loaded

    def write(some: Sequence[Pending], rows: Rows, failures: Sequence[Failure] = ()) -> None:
        ids = [p.input_id for p in some]
        counts = {}
        with warehouse.writing() as con:
            for table in step.tables:
                delete_rows(con, table, step.key, ids)
                counts[table] = insert_rows(con, table, rows.get(table, ()))
            for table in step.shared:
                counts[table] = insert_rows(con, table, rows.get(table, ()), replace=True)
            note_failures(con, step.name, ids, failures)
            record(con, step.name, fingerprint, some)
        for table, count in counts.items():
            written[table] += count

    def do(some: Sequence[Pending]) -> None:
        with collecting_later():
            result, first = ahead.result(some)
            if first:
                check_unchanged(fingerprint, current)
            write(some, rows_of(result) if rows_of else result)

    def cut(items: Sequence[Pending]) -> Iterator[list[Pending]]:
        return ahead.in_turn(batches(items, count=step.batch, size=step.batch_size, size_of=lambda item: item.size))

    failed = 0
    with Ahead(read, compute, processes=processes) as ahead:
        for batch in track(todo, cut) if track else cut(todo):
            most = min(most_failures(len(batch)), most_failures(len(todo)) - failed)
            if failures := isolate(batch, do, step=step.name, most=most):
                aside = [f.input for f in failures]
                write(aside, step.fallback(read(aside)) if step.fallback else {}, failures)
                failed += len(failures)
    return Done(len(todo), written, failed)


def replace_all(warehouse: Warehouse, rows: Rows) -> dict[str, int]:
    """Replace the whole content of tables in one transaction, for steps that look at the corpus; returns row counts."""
    with warehouse.writing() as con:
        for table in rows:
            con.execute(f"delete from {table}")  # noqa: S608
        # in their order: a query may read the tables before its own
        return {table: insert_rows(con, table, new) for table, new in rows.items()}
