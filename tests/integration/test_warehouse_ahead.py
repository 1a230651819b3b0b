"""Batches computed in other processes: rows as from one, no more in memory than a few, and nobody left behind."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from functools import partial
from pathlib import Path

import duckdb
import pytest

from pipelines.warehouse import Warehouse, insert_rows
from pipelines.warehouse.ledger import ChangedMeanwhileError, Pending, now
from pipelines.warehouse.step import run_step
from tests.conftest import ROOT
from tests.integration.other_process import LAYOUTS, end_process, layouts

INPUTS = 40


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    made = Warehouse(tmp_path / "build" / "news.duckdb")
    with made.writing() as con:
        documents = [{"document_id": f"{n:02}"} for n in range(INPUTS)]
        insert_rows(con, "raw.documents", documents, bytes=0, text="", status="loaded", ingested_at=now())
    return made


def rows(warehouse: Warehouse, sql: str) -> list[tuple]:
    with warehouse.reading() as con:
        return con.execute(sql).fetchall()


def load(_: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> list[str]:
    return list(ids)


def test_several_batches_are_computed_elsewhere_and_written_here_in_their_order(warehouse: Warehouse) -> None:
    done: list[str] = []
    most_ahead, read = 0, 0

    def reading(con: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> list[str]:
        nonlocal read
        read += 1
        return load(con, ids)

    def track(
        todo: Sequence[Pending], cut: Callable[[Sequence[Pending]], Iterator[list[Pending]]]
    ) -> Iterator[list[Pending]]:
        nonlocal most_ahead
        for number, batch in enumerate(cut(todo), start=1):
            most_ahead = max(most_ahead, read - number)
            yield batch
            done.extend(p.input_id for p in batch)
            assert rows(warehouse, "select count(*) from raw.document_layouts") == [(len(done),)]

    result = run_step(warehouse, LAYOUTS, "f", load=reading, compute=layouts, processes=2, track=track)
    assert (result.inputs, result.failed) == (INPUTS, 0)
    assert done == [f"{n:02}" for n in range(INPUTS)]
    assert most_ahead == 2
    processes = {pid for (pid,) in rows(warehouse, "select distinct layout from raw.document_layouts")}
    assert 1 <= len(processes) <= 2
    assert str(os.getpid()) not in processes
    # one batch is not worth another process
    assert run_step(
        warehouse, LAYOUTS, "g", load=load, compute=layouts, processes=2, track=lambda todo, cut: cut(todo[:5])
    ).inputs == INPUTS  # fmt: skip
    made_by = rows(warehouse, "select layout, count(*) from raw.document_layouts group by layout")
    assert dict(made_by)[str(os.getpid())] == 5


def test_an_input_on_which_another_process_fails_is_set_aside_as_here(warehouse: Warehouse) -> None:
    failing = partial(layouts, broken="17")
    assert run_step(warehouse, LAYOUTS, "f", load=load, compute=failing, processes=2).failed == 1
    (elsewhere,) = rows(warehouse, "select * from raw.failures")
    assert elsewhere[-1].startswith("Untransportable: no layout: 17 (")
    assert rows(warehouse, "select count(*) from raw.document_layouts") == [(INPUTS - 1,)]
    with warehouse.writing() as con:
        con.execute("delete from raw.ledger; delete from raw.failures")
    assert run_step(warehouse, LAYOUTS, "f", load=load, compute=failing).failed == 1
    assert rows(warehouse, "select * from raw.failures") == [elsewhere]


def test_a_process_that_is_killed_fails_the_run_and_no_input(warehouse: Warehouse) -> None:
    with pytest.raises(BrokenExecutor):
        run_step(warehouse, LAYOUTS, "f", load=load, compute=end_process, processes=2)
    assert rows(warehouse, "select * from raw.failures") == []
    assert run_step(warehouse, LAYOUTS, "f", load=load, compute=layouts).inputs == INPUTS


def test_files_are_compared_again_after_each_process_has_loaded_them(warehouse: Warehouse) -> None:
    asked = 0

    def current() -> str:
        nonlocal asked
        asked += 1
        return "edited" if asked == 2 else "f"

    with pytest.raises(ChangedMeanwhileError):
        run_step(
            warehouse, LAYOUTS, "f", load=load, compute=partial(layouts, pause=0.2), processes=2, current=current
        )  # fmt: skip
    assert asked == 2


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_processes_end_with_the_run_that_started_them(warehouse: Warehouse, tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    pids.mkdir()
    run = subprocess.Popen(
        [sys.executable, "-m", "tests.integration.other_process", warehouse.path, pids], cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    try:
        until(lambda: len(list(pids.iterdir())) == 2)
    finally:
        run.kill()
        run.wait()
    until(lambda: not any(Path("/proc", p.name).exists() for p in pids.iterdir()))


def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)
