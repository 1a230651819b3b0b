"""A run that is terminated ends, though what is raised for it was swallowed once."""

import threading
import time

import dagster as dg
import pytest

from pipelines.defs.termination import terminable


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
