"""What a step fails on: an input that nobody thought of is set aside with its error, and all others go on.

The one is told from the other by trying again with halves, so whatever raises, for whatever reason, costs one input.
What is wrong with the machine (disk, memory, the working file) is no input's fault, and what hits more than a few
inputs is the program's: both fail the run.
"""

import logging
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.warehouse.connection import WarehouseBusyError
from pipelines.warehouse.ledger import ChangedMeanwhileError, Pending

_MACHINE = (OSError, MemoryError, BrokenExecutor, WarehouseBusyError, ChangedMeanwhileError, duckdb.Error)
_ROWS = (duckdb.DataError, duckdb.IntegrityError)
"""Errors of DuckDB that say something of the rows, not of the machine."""
_LONGEST = 500
"""Characters of an error that are kept: its message may be the text of an article."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """An input on which a step failed."""

    input: Pending
    error: str
    """Kind, message and place of the exception."""


def most_failures(inputs: int) -> int:
    """On how many of so many inputs a step may fail: a twentieth, or three; on one by itself, but never on all."""
    return min(max(3, inputs // 20), max(1, inputs - 1))


def is_machines(error: Exception) -> bool:
    """Whether an error says that something is wrong with the machine rather than with an input."""
    return isinstance(error, _MACHINE) and not isinstance(error, _ROWS)


def isolate(
    batch: Sequence[Pending], do: Callable[[Sequence[Pending]], None], *, step: str, most: int
) -> list[Failure]:
    """`do` the batch; where that raises, its halves, and so on. Returns the inputs on which it raises by themselves.

    Raises what was raised last where these are more than `most`, and at once where the machine is at fault.
    """
    failures: list[Failure] = []
    waiting = [batch]
    while waiting:
        some = waiting.pop()
        try:
            do(some)
        except Exception as error:
            if is_machines(error):
                raise
            if len(some) > 1:
                middle = len(some) // 2
                waiting += (some[middle:], some[:middle])
                continue
            log.exception("%s failed on %s", step, some[0].input_id)
            if len(failures) == most:
                raise
            failures.append(Failure(some[0], described(error)))
    return failures


def described(error: Exception) -> str:
    """Kind, message and place of an exception, on one line."""
    message = " ".join(f"{type(error).__name__}: {error}".split())
    own = [f for f in traceback.extract_tb(error.__traceback__) if "pipelines" in Path(f.filename).parts]
    place = f" ({Path(own[-1].filename).name}, line {own[-1].lineno}, in {own[-1].name})" if own else ""
    return message[:_LONGEST] + place


def note_failures(
    con: duckdb.DuckDBPyConnection, step: str, inputs: Sequence[str], failures: Sequence[Failure]
) -> None:
    """Note on which of the inputs (ids) the step failed; belongs into the transaction that writes their rows."""
    con.execute("delete from raw.failures where step = ? and input_id in (select unnest(?::varchar[]))", [step, inputs])
    con.execute(
        "insert into raw.failures select ?, unnest(?::varchar[]), unnest(?::varchar[])",
        [step, [f.input.input_id for f in failures], [f.error for f in failures]],
    )
