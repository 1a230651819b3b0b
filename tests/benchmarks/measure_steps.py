"""One process, one run of every step on a folder of dumps: each one's seconds and its peak of memory, as JSON.

Seconds are those of the processor, of this process and those it started: other work on the machine does not count.

Usage: python -m tests.benchmarks.measure_steps RAW_FOLDER WORKING_FILE [dbt]
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

import dagster as dg

from pipelines.defs.analytics.project import dbt_project, published_keys
from pipelines.defs.ingest.assets import IngestConfig, ingest
from pipelines.report import build_report
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse
from pipelines.warehouse.checks import CHECKS, offenders
from pipelines.warehouse.publish import publish_files
from tests.integration.steps import STEPS, call_step


def forget_peak() -> None:
    """Begin to measure the peak of this process anew, where the system can (Linux)."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def peak_mb() -> int:
    """Of this process since `forget_peak`, in MiB."""
    status = Path("/proc/self/status")
    if status.exists():
        peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(peak.split()[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def started() -> tuple[float, int]:
    """Of the processes that it started and that have ended: processor seconds, and the peak of the largest in MiB."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def cpu_seconds() -> float:
    """Spent so far by this process and those that it started and that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def build_tables(build: Path) -> None:
    """What dbt does in a run."""
    subprocess.run(
        [
            Path(sys.executable).with_name("dbt"), "--log-level-file", "info", "--quiet", "build",
            "--exclude-resource-type", "unit_test", "--target-path", build.parent / "dbt" / build.stem,
        ],
        cwd=dbt_project().project_dir, env=os.environ | {"DATELINE_BUILD_FILE": str(build)}, check=True,
        capture_output=True,
    )  # fmt: skip


def main(raw: Path, build: Path, *, dbt: bool) -> None:
    settings = Settings(raw=(str(raw),), warehouse=build.parent.parent / build.name)
    warehouse = Warehouse(build, keep=True)
    resources = {"settings": settings, "warehouse": warehouse}
    seconds: dict[str, float] = {}
    memory: dict[str, int] = {}

    @contextmanager
    def measured(name: str) -> Generator[None]:
        forget_peak()
        begun, others = cpu_seconds(), started()
        yield
        warehouse.release()
        seconds[name] = cpu_seconds() - begun
        memory[name] = peak_mb() + (started()[1] if started() != others else 0)
        print(f"{name}: {seconds[name]:.1f} s, {memory[name]:,} MB", file=sys.stderr, flush=True)

    steps: list[tuple[dg.AssetsDefinition, dg.Config | None]] = [(ingest, IngestConfig()), *((s, None) for s in STEPS)]
    for step, config in steps:
        with measured(step.op.name.removeprefix("raw__")):
            call_step(step, config, resources)
    with measured("checks"), warehouse.reading() as con:
        broken = [check.name for check in CHECKS if check.blocking and offenders(con, check)[0]]
    assert not broken, broken
    if dbt:
        empty = Warehouse(build.with_name("empty.duckdb"))
        with empty.writing():
            pass
        with measured("dbt of nothing"):
            build_tables(empty.path)
        with measured("dbt"):
            build_tables(build)
        with measured("report"), warehouse.reading() as con:
            settings.build_report.write_text(build_report(con), encoding="utf-8")
        with measured("publishing"):
            publish_files(
                build, {settings.build_report: settings.report}, settings.warehouse,
                tables=[name for _, name in published_keys()],
            )  # fmt: skip
    with warehouse.reading() as con:
        counts = {
            t: con.execute(f"select count(*) from raw.{t}").fetchall()[0][0]  # noqa: S608
            for t in ("articles", "readings", "entity_spans", "entities")
        }
    print(json.dumps({"seconds": seconds, "memory": memory, "counts": counts}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), dbt="dbt" in sys.argv[3:])
