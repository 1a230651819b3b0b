"""What starts a run: a person, the clock, or a raw file that appears or changes."""

from hashlib import blake2b

import dagster as dg

from pipelines.settings import ROOT, Settings
from pipelines.text.reading import NoSuchInputError, find_files

refresh = dg.define_asset_job(
    "refresh",
    selection=dg.AssetSelection.all(),
    description="The whole way: raw files to the published warehouse and its report. It does what changed, no more.",
)

daily = dg.ScheduleDefinition(
    name="daily",
    job=refresh,
    cron_schedule="0 4 * * *",
    execution_timezone="UTC",
    description="Every day at 04:00 UTC.",
)


@dg.sensor(
    job=refresh,
    minimum_interval_seconds=30,
    description="Starts a run when a raw file appears, changes or goes.",
)
def raw_files(context: dg.SensorEvaluationContext, settings: dg.ResourceParam[Settings]) -> dg.SensorResult:
    """Compare the listing of the raw inputs with that of the last tick."""
    try:
        found = find_files(settings.raw, home=ROOT)
    except NoSuchInputError as error:
        return dg.SensorResult(skip_reason=str(error))
    digest = blake2b(digest_size=16)
    for file in found:
        digest.update(f"{file.path}\0{file.bytes}\0{file.modified_at}\0".encode())
    listing = digest.hexdigest()
    if listing == context.cursor:
        return dg.SensorResult(skip_reason=f"{len(found)} raw files, none new or changed")
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=listing)], cursor=listing)
