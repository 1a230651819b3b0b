"""One run of every step on a folder of dumps: each one's seconds and its peak of memory, as JSON.

Seconds are those of the processor, of this process and those it started, since other work on the machine does not
count in them; and those of the clock, in which several processes at work show. Processes that are started import this
module again, as they do the command line's in a run: like that one it imports late what takes long.

Usage: python -m tests.benchmarks.measure_steps RAW_FOLDER WORKING_FILE [dbt]
"""

import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path


def memory_mb() -> int:
    """Of this process and all below it, in MiB; what processes share counts for each. Where the system does not tell
    (it is not Linux), the largest that this process alone ever had.
    """
    pages, waiting = 0, [os.getpid()]
    if not Path("/proc/self/statm").exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    while waiting:
        process = Path("/proc", str(waiting.pop()))
        with suppress(OSError):  # it may end meanwhile
            pages += int((process / "statm").read_text().split()[1])
            for children in process.glob("task/*/children"):
                waiting += map(int, children.read_text().split())
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


@contextmanager
def watched(peaks: dict[str, int], name: str) -> Generator[None]:
    """Look at the memory ten times a second, and keep its peak under a name."""
    over = threading.Event()
    peaks[name] = memory_mb()

    def watch() -> None:
        while not over.wait(0.1):
            peaks[name] = max(peaks[name], memory_mb())

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield
    finally:
        over.set()
        watching.join()


def cpu_seconds() -> float:
    """Spent so far by this process and those that it started and that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def build_tables(build: Path) -> None:
    """What dbt does in a run."""
    from pipelines.defs.analytics.project import dbt_project

    subprocess.run(
        [
            Path(sys.executable).with_name("dbt"), "--log-level-file", "info", "--quiet", "build",
            "--exclude-resource-type", "unit_test", "--target-path", build.parent / "dbt" / build.stem,
        ],
        cwd=dbt_project().project_dir, env=os.environ | {"DATELINE_BUILD_FILE": str(build)}, check=True,
        capture_output=True,
    )  # fmt: skip


def main(raw: Path, build: Path, *, dbt: bool) -> None:
    """Run the steps, and print what they took."""
    from pipelines.defs.analytics.project import published_keys
    from pipelines.defs.ingest.assets import IngestConfig, ingest
    from pipelines.report import build_report
    from pipelines.settings import Settings
    from pipelines.warehouse import Warehouse
    from pipelines.warehouse.checks import CHECKS, offenders
    from pipelines.warehouse.publish import publish_files
    from tests.integration.steps import STEPS, call_step

    settings = Settings(raw=(str(raw),), warehouse=build.parent.parent / build.name)
    warehouse = Warehouse(build, keep=True)
    resources = {"settings": settings, "warehouse": warehouse}
    seconds: dict[str, float] = {}
    clock: dict[str, float] = {}
    memory: dict[str, int] = {}

    @contextmanager
    def measured(name: str) -> Generator[None]:
        begun, at = cpu_seconds(), time.perf_counter()
        with watched(memory, name):
            yield
            warehouse.release()
        seconds[name], clock[name] = cpu_seconds() - begun, time.perf_counter() - at
        told = f"{name}: {seconds[name]:.1f} s of the processor, {clock[name]:.1f} s, {memory[name]:,} MB"
        print(told, file=sys.stderr, flush=True)

    for step, config in ((ingest, IngestConfig()), *((s, None) for s in STEPS)):
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
    print(json.dumps({"seconds": seconds, "clock": clock, "memory": memory, "counts": counts}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), dbt="dbt" in sys.argv[3:])
