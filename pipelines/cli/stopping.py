"""Ctrl-C, SIGTERM and a closed terminal end a run at once, in the way of a kill, which loses nothing; and say so.

Nothing is raised: an exception that comes from outside is lost wherever some library catches all of them, or is told
that it came while an object was being deleted. And the run is done in a thread of its own, since Dagster takes the
signals of the main one, which is free for them here whatever the other does.
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

T = TypeVar("T")

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_SHOW_CURSOR = "\x1b[?25h"
"""What a terminal is told after a progress bar, which hides the cursor."""


@contextmanager
def stoppable(also: Callable[[], None] = lambda: None) -> Generator[None]:
    """Within it these signals end the process, those it started for work, and what `also` ends.

    The exit code is 128 and the signal's number, as shells have it. Signals that are ignored, as by `nohup`, stay so.
    """

    def stop(number: int, _: FrameType | None) -> None:
        for child in multiprocessing.active_children():
            child.kill()
        also()
        sys.stdout.flush()
        cursor = _SHOW_CURSOR if sys.stderr.isatty() else ""
        name = signal.Signals(number).name
        message = f"dateline: stopped ({name}); what was published last stands, and the next run goes on from here"
        print(f"{cursor}\n{message}", file=sys.stderr, flush=True)
        os._exit(128 + number)

    before = {s: signal.getsignal(s) for s in _SIGNALS if signal.getsignal(s) is not signal.SIG_IGN}
    for number in before:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def beside_signals(work: Callable[[], T]) -> T:
    """The result of `work`, done in another thread: the main one goes on answering signals meanwhile."""
    with ThreadPoolExecutor(1, "run") as threads:
        future = threads.submit(work)
        # the system may give a signal to any thread, and would not wake this one for it
        while not wait([future], timeout=0.1).done:
            pass
        return future.result()
