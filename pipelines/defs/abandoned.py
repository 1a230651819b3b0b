"""Runs whose process is gone: killed, out of memory, or with the machine when the power went.

Dagster goes on taking such a run for one that is under way, and since one run at a time may touch the warehouse, no
other one would ever begin. Who works on a warehouse holds its lock, and loses it however it ends: a run that began a
while ago and whose warehouse nobody holds is over.
"""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg

from pipelines.settings import Settings
from pipelines.warehouse.lock import is_held

BUILD_FILE = "dateline/build_file"
"""Tag of a run: the working file of its warehouse, where that is not the one of the settings."""
GRACE = timedelta(minutes=2)
"""So long a run may take to start."""
_PAUSE = 1.0
"""Seconds between two looks at the lock: a run that waits for another one takes it over within less."""
_UNDER_WAY = [dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING]


@dg.sensor(
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Marks runs as failed whose process is gone, so that others can begin.",
)
def abandoned_runs(context: dg.SensorEvaluationContext, settings: dg.ResourceParam[Settings]) -> dg.SkipReason:
    """Look for runs that nobody does any more."""
    before = datetime.now(UTC) - GRACE
    runs = context.instance.get_runs(dg.RunsFilter(statuses=_UNDER_WAY, updated_before=before))
    gone = [run for run in runs if not _is_worked_on(Path(run.tags.get(BUILD_FILE, settings.build_file)))]
    for run in gone:
        context.instance.report_run_failed(run, "Its process is gone. The next run goes on where this one stopped.")
    return dg.SkipReason(f"{len(runs)} runs under way, {len(gone)} of them without a process")


def _is_worked_on(build: Path) -> bool:
    if is_held(build):
        return True
    time.sleep(_PAUSE)
    return is_held(build)
