"""Dagster's log with kept connections: what it writes Dagster's own storage reads, and the other way round."""

from collections.abc import Generator
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.instance.ref import InstanceRef

from pipelines.defs import event_log


@dg.asset(check_specs=[dg.AssetCheckSpec("holds", asset="thing")])
def thing() -> dg.MaterializeResult:
    return dg.MaterializeResult(metadata={"rows": 3}, check_results=[dg.AssetCheckResult(passed=True)])


OURS = """
storage:
  custom: {module: pipelines.defs.event_log, class: Storage, config: {base_dir: {env: DAGSTER_HOME}}}
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def ours(home: Path) -> Generator[dg.DagsterInstance]:
    (home / "dagster.yaml").write_text(OURS)
    with dg.DagsterInstance.from_ref(InstanceRef.from_dir(str(home))) as instance:
        assert isinstance(instance.event_log_storage, event_log.EventLog)
        yield instance


def seen(instance: dg.DagsterInstance, run_id: str) -> tuple[list[str], object]:
    record = instance.get_latest_materialization_event(dg.AssetKey("thing"))
    assert record is not None
    assert record.asset_materialization is not None
    events = [e.dagster_event.event_type_value for e in instance.all_logs(run_id) if e.dagster_event]
    return events, record.asset_materialization.metadata["rows"].value


def test_dagsters_own_storage_reads_what_was_written(home: Path, ours: dg.DagsterInstance) -> None:
    run_id = dg.materialize([thing], instance=ours).run_id
    expected = seen(ours, run_id)
    assert {"ASSET_MATERIALIZATION", "ASSET_CHECK_EVALUATION", "PIPELINE_SUCCESS"} <= set(expected[0])
    (home / "dagster.yaml").write_text("")
    with dg.DagsterInstance.from_ref(InstanceRef.from_dir(str(home))) as own:
        # while this process has the files open too
        assert seen(own, run_id) == expected
        later = dg.materialize([thing], instance=own).run_id
        assert seen(ours, later) == seen(own, later)
        assert {r.run_id for r in ours.get_runs()} == {run_id, later}


def test_few_files_are_kept_open_however_many_runs_there_are(
    ours: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_log, "MOST_OPEN", 2)
    runs = [dg.materialize([thing], instance=ours).run_id for _ in range(3)]
    assert len({tuple(seen(ours, run_id)[0]) for run_id in runs}) == 1
    storage = ours.event_log_storage
    assert isinstance(storage, event_log.EventLog)
    assert len(storage._engines) == 2
    storage.wipe()
    assert not ours.all_logs(runs[0])
