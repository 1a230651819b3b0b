"""How far long work has come, for a person at a terminal; silence unless somebody asked for it with `show_on`.

Dagster takes over the standard streams of a run, so the command line hands in a stream of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn

T = TypeVar("T")

_terminal: TextIO | None = None


def show_on(terminal: TextIO | None) -> None:
    """From now on show progress on this stream; None for silence."""
    global _terminal  # noqa: PLW0603 - one process has one terminal
    _terminal = terminal


def _progress(*columns: ProgressColumn, disable: bool = False) -> Progress:
    from rich.console import Console
    from rich.progress import Progress

    # what others print meanwhile is theirs to show
    return Progress(
        *columns, console=Console(file=_terminal), disable=disable, redirect_stdout=False, redirect_stderr=False
    )


def tracker(
    description: str,
) -> Callable[[Sequence[T], int | Callable[[Sequence[T]], Iterator[list[T]]]], Iterator[list[T]]]:
    """A function that cuts a sequence, into lists of a given length or by another function, and shows how far it is."""

    def track(items: Sequence[T], batch: int | Callable[[Sequence[T]], Iterator[list[T]]]) -> Iterator[list[T]]:
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn

        columns = (TextColumn("  {task.description:24}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with _progress(*columns, disable=_terminal is None or not items) as progress:
            task = progress.add_task(description, total=len(items))
            for chunk in _pieces(items, batch) if isinstance(batch, int) else batch(items):
                yield chunk
                progress.advance(task, len(chunk))

    return track


def _pieces(items: Sequence[T], length: int) -> Iterator[list[T]]:
    for start in range(0, len(items), length):
        yield list(items[start : start + length])


@contextmanager
def doing(description: str) -> Generator[None]:
    """Show that something is being done whose length nobody knows, and how long it took."""
    if _terminal is None:
        yield
        return
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (TextColumn("  {task.description:24}"), SpinnerColumn(finished_text="✓"), TimeElapsedColumn())
    with _progress(*columns) as progress:
        task = progress.add_task(description, total=1)
        yield
        progress.advance(task)
