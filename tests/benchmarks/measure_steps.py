"""One process, one run of every step on a folder of dumps: seconds for each step, and the peak of memory, as JSON.

Seconds are those of the processor, of this process and those it started: other work on the machine does not count.

Usage: python -m tests.benchmarks.measure_steps RAW_FOLDER WORKING_FILE [dbt]
"""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import dagster as dg

from pipelines.defs.ingest.assets import IngestConfig, ingest
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse
from tests.integration.steps import STEPS, call_step


def peak_mb() -> int:
    """Of this process and of the largest that it started, in MiB (Linux counts in KiB)."""
    own, children = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return (own + children) // 1024


def cpu_seconds() -> float:
    """Spent so far by this process and those that it started and that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def main(raw: Path, build: Path, *, dbt: bool) -> None:
    settings, warehouse = Settings(raw=(str(raw),), warehouse=build.parent.parent / build.name), Warehouse(build)
    resources = {"settings": settings, "warehouse": warehouse}
    seconds: dict[str, float] = {}
    memory: dict[str, int] = {}
    steps: list[tuple[dg.AssetsDefinition, dg.Config | None]] = [(ingest, IngestConfig()), *((s, None) for s in STEPS)]
    for step, config in steps:
        started = cpu_seconds()
        call_step(step, config, resources)
        seconds[step.op.name.removeprefix("raw__")] = cpu_seconds() - started
        memory[step.op.name.removeprefix("raw__")] = peak_mb()
    if dbt:
        from pipelines.defs.analytics.project import dbt_project

        started = cpu_seconds()
        folder = dbt_project().project_dir
        subprocess.run(
            [
                Path(sys.executable).with_name("dbt"), "--quiet", "build", "--exclude-resource-type", "unit_test",
                "--target-path", str(build.parent / "dbt"),
            ],
            cwd=folder, env=os.environ | settings.environment(), check=True, capture_output=True,
        )  # fmt: skip
        seconds["dbt"] = cpu_seconds() - started
    with warehouse.reading() as con:
        counts = {
            t: con.execute(f"select count(*) from raw.{t}").fetchall()[0][0]  # noqa: S608
            for t in ("articles", "readings", "entity_spans", "entities")
        }
    print(json.dumps({"seconds": seconds, "memory": memory, "peak": peak_mb(), "counts": counts}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), dbt="dbt" in sys.argv[3:])
