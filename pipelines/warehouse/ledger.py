"""What is left to do: a step does the inputs that have no row in the ledger under today's fingerprint.

A row says which input (id and hash of its content) a step has done, and under which fingerprint: the hash of the code
and the data files that the step used. A new input, a changed one, changed code or an edited data file therefore each
cost what they touch, and a run that was killed goes on where it stopped.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from hashlib import blake2b
from pathlib import Path

import duckdb


@dataclass(frozen=True, slots=True)
class Pending:
    """An input that a step has to do."""

    input_id: str
    input_hash: str
    size: int = field(default=1, compare=False)
    """How large it is in characters, where the step's inputs say so: batches are bounded by it."""


def pending(con: duckdb.DuckDBPyConnection, step: str, fingerprint: str, inputs: str) -> list[Pending]:
    """The inputs of `step` still to do.

    `inputs` is a query of this project with the columns `input_id`, `input_hash` and `position`, and `size` if inputs
    differ much in it; what is left comes in the order of `position`, so that inputs which are read well together stand
    together.
    """
    columns = [name for name, *_ in con.execute(f"describe {inputs}").fetchall()]
    size = ", i.size" if "size" in columns else ""
    rows = con.execute(
        f"""
        select i.input_id, i.input_hash{size}
        from ({inputs}) as i
        left join raw.ledger as l
            on l.step = ? and l.input_id = i.input_id and l.input_hash = i.input_hash and l.fingerprint = ?
        where l.input_id is null
        order by i.position, i.input_id
        """,  # noqa: S608
        [step, fingerprint],
    ).fetchall()
    return [Pending(*row) for row in rows]


def pending_among(
    con: duckdb.DuckDBPyConnection, step: str, fingerprint: str, candidates: Sequence[Pending]
) -> list[Pending]:
    """Those of `candidates` that `step` has not done yet, in their order."""
    rows = con.execute(
        "select input_id, input_hash from raw.ledger where step = ? and fingerprint = ?", [step, fingerprint]
    ).fetchall()
    done = {Pending(*row) for row in rows}
    return [c for c in candidates if c not in done]


def record(con: duckdb.DuckDBPyConnection, step: str, fingerprint: str, done: Sequence[Pending]) -> None:
    """Note inputs as done; belongs into the transaction that writes their rows."""
    if not done:
        return
    con.execute(
        "insert or replace into raw.ledger select ?, unnest(?::varchar[]), unnest(?::varchar[]), ?, ?",
        [step, [p.input_id for p in done], [p.input_hash for p in done], fingerprint, now()],
    )


def forget(con: duckdb.DuckDBPyConnection) -> None:
    """Make every step do all its inputs again, as a full refresh does."""
    con.execute("delete from raw.ledger")


class ChangedMeanwhileError(RuntimeError):
    """Code or data files are not those any more under whose fingerprint a step began."""


def check_unchanged(fingerprint: str, current: Callable[[], str] | None) -> None:
    """Raise `ChangedMeanwhileError` if files were edited between taking the fingerprint and loading them.

    Rows would be noted under the fingerprint of other data than made them, and stand if the edit is taken back.
    """
    if current and current() != fingerprint:
        raise ChangedMeanwhileError("a file of the code or of models/ was edited while it was loaded: run again")


def now() -> datetime:
    """The time in UTC, as the warehouse stores it (without a zone)."""
    return datetime.now(UTC).replace(tzinfo=None)


def fingerprint(paths: Iterable[Path], *parts: str) -> str:
    """Hash of source and data files (folders with all below them) and of `parts`, such as a model's version."""
    return _fingerprint(tuple(sorted(_stamp(p) for root in paths for p in _files(root))), parts)


def _files(root: Path) -> Iterable[Path]:
    if root.is_file():
        return [root]
    return (p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts)


def _stamp(path: Path) -> tuple[str, int, int]:
    stat = path.stat()
    return str(path), stat.st_mtime_ns, stat.st_size


@cache
def _fingerprint(stamps: tuple[tuple[str, int, int], ...], parts: tuple[str, ...]) -> str:
    digest = blake2b(digest_size=8)
    # names relative to nothing: a checkout elsewhere has the same fingerprint
    for path, _, size in stamps:
        digest.update(f"{Path(path).name}\0{size}\0".encode())
        digest.update(Path(path).read_bytes())
    for part in parts:
        digest.update(f"\0{part}".encode())
    return digest.hexdigest()
