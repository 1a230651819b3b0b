"""What other processes do in tests of things done together; a module of its own, so that they start quickly."""

import multiprocessing
import os
import signal
import sys
import time
from functools import partial
from pathlib import Path

import duckdb

from pipelines.orphans import end_forks
from pipelines.warehouse import Warehouse
from pipelines.warehouse.lock import run_lock
from pipelines.warehouse.publish import publish_files
from pipelines.warehouse.step import Step, run_step

LAYOUTS = Step(
    name="layouts",
    inputs="select document_id as input_id, document_id as input_hash, document_id as position from raw.documents",
    key="document_id",
    tables=("raw.document_layouts",),
    batch=5,
)
"""A step as small as can be."""


def hold_lock(build: Path, ready: Path, free: Path) -> None:
    with run_lock(build, "the command line", wait_seconds=0):
        ready.touch()
        deadline = time.monotonic() + 60
        while not free.exists() and time.monotonic() < deadline:
            time.sleep(0.02)


def hold_lock_and_fork(build: Path, pid: Path) -> None:
    """What a run does while several processes read with spaCy."""
    end_forks()
    with run_lock(build, "the command line", wait_seconds=0):
        fork = multiprocessing.get_context("fork").Process(target=time.sleep, args=(600,))
        fork.start()
        pid.with_suffix(".new").write_text(str(fork.pid))
        pid.with_suffix(".new").rename(pid)
        fork.join()


def publish_often(build: Path, published: Path, times: int) -> None:
    for version in range(1, times + 1):
        with duckdb.connect(str(build)) as con:
            for name in ("a", "b"):
                con.execute(f"create or replace table {name} as select {version} as v from range(400)")  # noqa: S608
        publish_files(build, {}, published, tables=["a", "b"])


def layouts(ids: list[str], *, broken: str = "", pause: float = 0) -> dict[str, list[dict[str, object]]]:
    """Rows of layouts that tell which process made them; `broken` is an input on which that fails."""
    time.sleep(pause)
    if broken in ids:
        raise Untransportable(broken, "no layout")
    return {
        "raw.document_layouts": [{"document_id": i, "layout": str(os.getpid()), "layout_confidence": 1.0} for i in ids]
    }


def end_process(ids: list[str]) -> dict[str, list[dict[str, object]]]:
    """What the system does where memory is short."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError(ids)


class Untransportable(Exception):  # noqa: N818
    """An exception that cannot be made again from what `pickle` keeps of it."""

    def __init__(self, text: str, what: str) -> None:
        super().__init__(f"{what}: {text}")


def run_layouts(build: Path, pids: Path) -> None:
    """A step in two other processes, which write their numbers into a folder, and go on for long."""
    run_step(
        Warehouse(build), LAYOUTS, "f", load=lambda _, ids: list(ids), compute=partial(_told, folder=pids), processes=2
    )


def _told(ids: list[str], folder: Path) -> dict[str, list[dict[str, object]]]:
    (folder / str(os.getpid())).touch()
    return layouts(ids, pause=600)


if __name__ == "__main__":
    run_layouts(Path(sys.argv[1]), Path(sys.argv[2]))
