"""Two runs at once and many readers: one run at a time, and every reader sees one whole publication."""

import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Callable, Generator
from datetime import timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

import dagster as dg
import duckdb
import pytest
from dagster._core.events import DagsterEvent
from dagster._core.instance.config import PoolGranularity
from dagster._core.op_concurrency_limits_counter import GlobalOpConcurrencyLimitsCounter

from pipelines.defs import abandoned
from pipelines.defs.resources import RunWarehouse
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse
from pipelines.warehouse.lock import RunUnderWayError, is_held, run_lock
from tests.integration.other_process import hold_lock, hold_lock_and_fork, publish_often

SPAWN = multiprocessing.get_context("spawn")


@pytest.fixture
def another_run(tmp_path: Path) -> Generator[tuple[Path, Path, BaseProcess]]:
    """The working file of a warehouse on which another process runs; the file that ends the run; the process."""
    build, ready, free = tmp_path / "build" / "w.duckdb", tmp_path / "ready", tmp_path / "free"
    holder = SPAWN.Process(target=hold_lock, args=(build, ready, free))
    holder.start()
    while not ready.exists():
        assert holder.is_alive()
        time.sleep(0.02)
    yield build, free, holder
    free.touch()
    holder.join()


def test_a_second_run_says_whom_it_waits_for_and_gives_up(another_run: tuple[Path, Path, BaseProcess]) -> None:
    build, _, holder = another_run
    told: list[str] = []
    with (
        pytest.raises(RunUnderWayError, match=f"the command line, process {holder.pid}"),
        run_lock(build, "b", wait_seconds=0.5, waiting=told.append),
    ):
        pass
    assert len(told) == 1
    assert "waiting for it to end" in told[0]


@pytest.mark.skipif(sys.platform != "linux", reason="forks, and reads /proc")
def test_of_a_killed_run_nothing_holds_the_lock_and_no_process_is_left(tmp_path: Path) -> None:
    build, pid = tmp_path / "build" / "w.duckdb", tmp_path / "pid"
    run = SPAWN.Process(target=hold_lock_and_fork, args=(build, pid))
    run.start()
    until(pid.exists)
    assert is_held(build)
    run.kill()
    run.join()
    assert not is_held(build)
    until(lambda: not Path("/proc", pid.read_text()).exists())


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_second_run_goes_on_when_the_first_ends_or_is_killed(another_run: tuple[Path, Path, BaseProcess]) -> None:
    build, _, holder = another_run
    threading.Timer(0.5, holder.kill).start()
    started = time.monotonic()
    with run_lock(build, "b", wait_seconds=30), run_lock(build, "the same process again", wait_seconds=0):
        assert time.monotonic() - started > 0.3
    with run_lock(build, "c", wait_seconds=0):
        pass


def test_a_lock_is_that_of_the_file_whatever_it_is_called(another_run: tuple[Path, Path, BaseProcess]) -> None:
    build, _, _ = another_run
    os.symlink(build.parent, build.parent.parent / "alias")
    with (
        pytest.raises(RunUnderWayError),
        run_lock(build.parent.parent / "alias" / build.name, "b", wait_seconds=0),
    ):
        pass
    with run_lock(build.with_name("other.duckdb"), "b", wait_seconds=0):  # two warehouses share nothing
        pass


@dg.asset(pool="warehouse")
def touching(warehouse: dg.ResourceParam[Warehouse]) -> None:
    with warehouse.writing() as con:
        con.execute("delete from raw.ledger")


def test_dagster_waits_for_the_command_line(another_run: tuple[Path, Path, BaseProcess]) -> None:
    build, free, _ = another_run
    resources = {"warehouse": RunWarehouse(build_file=str(build), wait_seconds=0.3)}
    refused = dg.materialize([touching], resources=resources, raise_on_error=False)
    assert not refused.success
    assert not build.exists()
    threading.Timer(0.5, free.touch).start()
    resources = {"warehouse": RunWarehouse(build_file=str(build), wait_seconds=60)}
    assert dg.materialize([touching], resources=resources).success


def test_readers_see_whole_publications_during_a_hundred_of_them(tmp_path: Path) -> None:
    build, published = tmp_path / "build" / "w.duckdb", tmp_path / "w.duckdb"
    build.parent.mkdir()
    publish_often(build, published, 1)
    with duckdb.connect(str(published), read_only=True) as held:  # a shell that stays open all the time
        first = held.execute("select distinct v from a").fetchall()
        writer = SPAWN.Process(target=publish_often, args=(build, published, 100))
        writer.start()
        seen: set[int] = set()
        reads = 0
        while writer.is_alive():
            # a name of its own for each connection: DuckDB would hand out the open file of the same name
            alias = tmp_path / f"reader_{reads}.duckdb"
            os.link(published, alias)
            with duckdb.connect(str(alias), read_only=True) as con:
                rows = con.execute("select distinct v from (from a union all from b)").fetchall()
                counts = con.execute("select (select count(*) from a), (select count(*) from b)").fetchall()
            alias.unlink()
            assert len(rows) == 1
            assert counts == [(400, 400)]
            seen.add(rows[0][0])
            reads += 1
            time.sleep(0.05)
        writer.join()
        assert writer.exitcode == 0
        assert held.execute("select distinct v from a").fetchall() == first
    assert len(seen) > 3
    with duckdb.connect(str(published), read_only=True) as con:
        assert con.execute("select distinct v from a").fetchall() == [(100,)]


def test_a_run_whose_process_is_gone_does_not_keep_others_from_beginning(
    tmp_path: Path, another_run: tuple[Path, Path, BaseProcess], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(abandoned, "GRACE", timedelta(0))
    held, _, holder = another_run
    (tmp_path / "home").mkdir()
    with dg.DagsterInstance.local_temp(
        str(tmp_path / "home"), overrides={"concurrency": {"pools": {"granularity": "run", "default_limit": 1}}}
    ) as instance:

        def begin(warehouse: Path) -> dg.DagsterRun:
            run = instance.create_run_for_job(refresh, tags={abandoned.BUILD_FILE: str(warehouse)})
            instance.report_dagster_event(DagsterEvent("PIPELINE_START", refresh.name), run.run_id)
            return run

        def status(run: dg.DagsterRun) -> dg.DagsterRunStatus:
            found = instance.get_run_by_id(run.run_id)
            assert found
            return found.status

        def blocked() -> bool:
            under_way = instance.get_run_records(dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED]))
            pools = instance.event_log_storage.get_pool_limits()
            counter = GlobalOpConcurrencyLimitsCounter(
                instance, [queued], under_way, {"warehouse"}, pools, pool_granularity=PoolGranularity.RUN
            )
            return counter.is_blocked(queued)

        def look() -> None:
            with dg.build_sensor_context(instance, resources={"settings": Settings()}) as context:
                abandoned.abandoned_runs(context)

        refresh = dg.Definitions(
            assets=[touching], jobs=[dg.define_asset_job("refresh")], resources={"warehouse": object()}
        ).resolve_job_def("refresh")
        queued = instance.create_run_for_job(refresh)
        at_work, lost = begin(held), begin(tmp_path / "killed" / "w.duckdb")
        look()
        assert (status(at_work), status(lost)) == (dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.FAILURE)
        assert blocked()
        holder.kill()
        holder.join()
        look()
        assert status(at_work) == dg.DagsterRunStatus.FAILURE
        assert not blocked()
