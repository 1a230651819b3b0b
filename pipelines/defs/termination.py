"""A run that somebody terminates ends, also where a library swallows what Dagster raises for it.

Dagster raises once, wherever the run happens to be. Where dbt is started and its lines are read, everything that is
raised is caught, and the run would go on to its end.
"""

import os
import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager

import dagster as dg

EVERY = 5.0
"""Seconds between two looks; a run that is being terminated at two of them has not heard of it."""


@contextmanager
def terminable(instance: dg.DagsterInstance, run_id: str, *, every: float = EVERY) -> Generator[None]:
    """Within it the run is interrupted again for as long as somebody wants it terminated."""
    over = threading.Event()

    def watch() -> None:
        before = False
        while not over.wait(every):
            run = instance.get_run_by_id(run_id)
            now = run is not None and run.status == dg.DagsterRunStatus.CANCELING
            if now and before:
                os.kill(os.getpid(), signal.SIGINT)
            before = now

    watching = threading.Thread(target=watch, name="termination", daemon=True)
    watching.start()
    try:
        yield
    finally:
        over.set()
        watching.join()
