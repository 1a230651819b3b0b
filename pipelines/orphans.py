"""Processes that are started for work end when the one that started them does, however that ends.

A killed run can tell nobody, and who waits for work from it would wait for ever, with all that it holds.
"""

import os
import threading
import time
from functools import cache

_LOOK = 0.5
"""Seconds between two looks at whether the parent is there."""
_forking = 0
"""The process that forks."""


def end_with(parent: int) -> None:
    """From now on, end this process when `parent` (the number of the one that started it) is gone."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK)
        os._exit(1)

    threading.Thread(target=watch, name="parent", daemon=True).start()


@cache
def end_forks() -> None:
    """From now on, let all processes that are forked from this one end with it."""

    def before() -> None:
        global _forking  # noqa: PLW0603 - one process has one parent
        _forking = os.getpid()

    os.register_at_fork(before=before, after_in_child=lambda: end_with(_forking))
