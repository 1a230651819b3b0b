"""Batches computed in other processes, ahead of their turn, where there are several; only this one opens the warehouse.

The processes are started anew rather than forked, since threads are alive in a run, and last for one step: what they
loaded for it goes with them. They end when this one does, however it ends.
"""

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Generic, TypeVar

from pipelines.orphans import end_with
from pipelines.warehouse.failures import is_machines

L = TypeVar("L")
R = TypeVar("R")
B = TypeVar("B", bound=Sequence[Any])

_compute: Callable[[Any], Any]
"""In a process that computes: what it was started for."""
_fresh = True
"""Whether it has not computed yet."""


class Ahead(AbstractContextManager["Ahead"], Generic[B, L, R]):
    """Results of `compute` for what `read` gives of each batch: made ahead of their turn where there are several.

    `compute` is pickled once for each process, and what it loads stays there. As many batches as there are processes
    are in work, and one or two wait: memory does not grow with their number.
    """

    def __init__(self, read: Callable[[B], L], compute: Callable[[L], R], *, processes: int) -> None:
        """`processes`: how many at most; 0 for as many as there are cores."""
        self._read = read
        self._compute = compute
        self._most = processes or os.cpu_count() or 1
        self._pool: ProcessPoolExecutor | None = None
        self._made: Future[tuple[R, bool] | None] | None = None
        """What is made of the batch whose turn it is."""
        self._fresh = True

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def in_turn(self, batches: Iterable[B]) -> Iterator[B]:
        """The batches, each when its turn has come."""
        every = list(batches)
        processes = min(self._most, len(every))
        if processes < 2:
            yield from every
            return
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(processes, context, initializer=_begin, initargs=(self._compute,))
        coming: deque[tuple[B, Future[tuple[R, bool] | None] | None]] = deque()
        for batch in every:
            coming.append((batch, self._started(self._pool, batch)))
            if len(coming) > processes:
                turn, self._made = coming.popleft()
                yield turn
        for turn, self._made in coming:
            yield turn

    def result(self, batch: B) -> tuple[R, bool]:
        """The result for the batch whose turn it is, or for a part of it, and whether it is the first of its process.

        A batch that cannot be read or computed is tried again in this process, which raises what is wrong with it.
        """
        made, self._made = self._made, None
        if made and (found := made.result()):
            return found
        fresh, self._fresh = self._fresh, False
        return self._compute(self._read(batch)), fresh

    def _started(self, pool: ProcessPoolExecutor, batch: B) -> Future[tuple[R, bool] | None] | None:
        try:
            loaded = self._read(batch)
        except Exception as error:
            if is_machines(error):
                raise
            return None
        return pool.submit(_make, loaded)


def _begin(compute: Callable[[Any], Any]) -> None:
    """In a new process: be there for `compute`, and for as long as the run is."""
    global _compute  # noqa: PLW0603 - one process computes one thing
    _compute = compute
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run, which ends its processes
    if parent := multiprocessing.parent_process():
        end_with(parent.pid or 0)


def _make(loaded: Any) -> tuple[Any, bool] | None:
    """The result, and whether it is the first here; None where something is wrong with an input."""
    global _fresh
    fresh, _fresh = _fresh, False
    try:
        with collecting_later():
            return _compute(loaded), fresh
    except Exception as error:
        # an exception is not always what it was when it has come to another process
        if is_machines(error):
            raise
        return None


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
