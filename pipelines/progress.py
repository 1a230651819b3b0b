"""Progress bars on a terminal; silence elsewhere (Dagster's runs, pipes, CI)."""

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def tracker(description: str) -> Callable[[Sequence[T], int], Iterator[list[T]]]:
    """A function that cuts a sequence into lists of a given length and shows how far it has come."""

    def track(items: Sequence[T], batch: int) -> Iterator[list[T]]:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        console = Console(stderr=True)
        columns = (TextColumn("{task.description:24}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console, disable=not (items and sys.stderr.isatty())) as progress:
            task = progress.add_task(description, total=len(items))
            for start in range(0, len(items), batch):
                chunk = list(items[start : start + batch])
                yield chunk
                progress.advance(task, len(chunk))

    return track
