"""What other processes do in tests of things done together; a module of its own, so that they start quickly."""

import time
from pathlib import Path

import duckdb

from pipelines.warehouse.lock import run_lock
from pipelines.warehouse.publish import publish_files


def hold_lock(build: Path, ready: Path, free: Path) -> None:
    with run_lock(build, "the command line", wait_seconds=0):
        ready.touch()
        deadline = time.monotonic() + 60
        while not free.exists() and time.monotonic() < deadline:
            time.sleep(0.02)


def publish_often(build: Path, published: Path, times: int) -> None:
    for version in range(1, times + 1):
        with duckdb.connect(str(build)) as con:
            for name in ("a", "b"):
                con.execute(f"create or replace table {name} as select {version} as v from range(400)")  # noqa: S608
        publish_files(build, {}, published, tables=["a", "b"])
