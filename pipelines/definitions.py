"""The door: everything that Dagster knows, loaded from `pipelines.defs`."""

from pathlib import Path

import dagster as dg


@dg.definitions
def defs() -> dg.Definitions:
    """Assets, checks, jobs, schedules, sensors and resources of the one code location."""
    loaded = dg.load_from_defs_folder(path_within_project=Path(__file__).parent)
    # one process: another one for each step would import Dagster, spaCy and the manifest again
    return dg.Definitions.merge(loaded, dg.Definitions(executor=dg.in_process_executor))
