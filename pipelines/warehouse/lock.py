"""One run at a time on a warehouse, whoever started it: the command line, Dagster, the clock.

DuckDB's own lock is held for moments and so keeps a file whole, but not a run: between two steps of one run another
run's step would find its inputs half done. The lock is the operating system's and goes with the process that holds it,
however that ends.
"""

import fcntl
import os
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

_held: dict[Path, int] = {}
_guard = threading.Lock()
_open: set[int] = set()
"""Descriptors of the locks that are held."""


class RunUnderWayError(RuntimeError):
    """Another run works on the warehouse, and went on for longer than one waits."""


@contextmanager
def run_lock(
    build: Path, who: str, *, wait_seconds: float, waiting: Callable[[str], None] = lambda _: None
) -> Generator[None]:
    """Hold the lock of the working file `build` for the length of a run.

    What a process holds already it holds again, so a run started by another part of the same process is one run.
    `who` is shown to those who wait; `waiting` is told once when this one does. Raises `RunUnderWayError`.
    """
    path = _lock_of(build)
    with _guard:
        again = path in _held
        if again:
            _held[path] += 1
    if again:
        try:
            yield
        finally:
            with _guard:
                _held[path] -= 1
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    _open.add(descriptor)
    try:
        _acquire(descriptor, build, wait_seconds, waiting)
        with _guard:
            _held[path] = 1
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{who}, process {os.getpid()}, since {datetime.now():%H:%M:%S}".encode(), 0)
        try:
            yield
        finally:
            with _guard:
                del _held[path]
            os.ftruncate(descriptor, 0)
    finally:
        _open.discard(descriptor)
        os.close(descriptor)


def _let_go() -> None:
    """In a process that was forked off: the lock is the run's, and ends with it."""
    _held.clear()
    while _open:
        os.close(_open.pop())


os.register_at_fork(after_in_child=_let_go)


def is_held(build: Path) -> bool:
    """Whether a run is under way on the working file, in whatever process."""
    try:
        descriptor = os.open(_lock_of(build), os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _lock_of(build: Path) -> Path:
    return build.parent.resolve() / f".{build.name}.lock"


def _acquire(descriptor: int, build: Path, wait_seconds: float, waiting: Callable[[str], None]) -> None:
    deadline = time.monotonic() + wait_seconds
    told = False
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(descriptor, 200, 0).decode("utf-8", "replace") or "another process"
            if time.monotonic() > deadline:
                raise RunUnderWayError(
                    f"another run works on {build} ({holder}); waited {wait_seconds:.0f} s for it to end"
                ) from error
            if not told:
                waiting(f"another run works on this warehouse ({holder}): waiting for it to end")
                told = True
            time.sleep(0.2)
        else:
            return
