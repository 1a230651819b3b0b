"""When a run fails nobody may be looking: a line in a log, and a call of a web address if one is named."""

import json
import logging
import urllib.request

import dagster as dg

from pipelines.settings import Settings
from pipelines.warehouse.ledger import now

LOG = "failed-runs.log"
_TIMEOUT = 10
log = logging.getLogger(__name__)


@dg.run_failure_sensor(
    name="failed_runs",
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Writes a line to failed-runs.log beside the working file, and calls DATELINE_WEBHOOK if it is set.",
)
def failed_runs(context: dg.RunFailureSensorContext) -> None:
    """Tell about a run that failed."""
    report_failure(Settings(), context.dagster_run.job_name, context.dagster_run.run_id, context.failure_event.message)


def report_failure(settings: Settings, job: str, run_id: str, message: str | None) -> None:
    """Write the line, and call the address; that the call fails is itself only noted."""
    # an error's message may be text of a dump, which is not to act on the terminal of whoever reads the log
    reason = "".join(c if c.isprintable() else "�" for c in " ".join((message or "no message").split()))
    line = f"{now():%Y-%m-%d %H:%M:%S} UTC {job} {run_id} failed, {settings.warehouse} stands as it was: {reason}"
    file = settings.build_file.parent / LOG
    file.parent.mkdir(parents=True, exist_ok=True)
    called = _call(settings.webhook, line) if settings.webhook else ""
    with file.open("a", encoding="utf-8", errors="backslashreplace") as stream:
        stream.write(line + called + "\n")


def _call(address: str, line: str) -> str:
    """POST the line as JSON; returns what to add to the log."""
    if not address.startswith(("https://", "http://")):
        return " (DATELINE_WEBHOOK is no web address)"
    request = urllib.request.Request(
        address, data=json.dumps({"text": line}).encode(), headers={"Content-Type": "application/json"}, method="POST"
    )
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT):
            return ""
    except (OSError, ValueError) as error:
        log.warning("calling DATELINE_WEBHOOK failed: %s", error)  # the address is a secret
        return f" (calling DATELINE_WEBHOOK failed: {error})"
