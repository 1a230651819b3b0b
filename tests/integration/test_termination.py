"""A run that is terminated ends, though what is raised for it was swallowed once."""

import signal
import threading
import time
from collections.abc import Generator

import dagster as dg
import pytest

from pipelines.defs.termination import terminable


@pytest.fixture
def interruptible() -> Generator[None]:
    """As in a terminal; a shell's background processes ignore the signal."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_a_run_that_swallowed_its_interruption_is_interrupted_again() -> None:
    with dg.DagsterInstance.ephemeral() as instance:

        @dg.op
        def nothing() -> None: ...

        run = instance.create_run_for_job(dg.GraphDefinition(name="g", node_defs=[nothing]).to_job())
        with terminable(instance, run.run_id, every=0.05):
            time.sleep(0.3)  # nobody wants it terminated
        instance.report_run_canceling(run)
        with pytest.raises(KeyboardInterrupt), terminable(instance, run.run_id, every=0.05):
            time.sleep(20)
        assert "termination" not in {thread.name for thread in threading.enumerate()}
