"""SIGKILL at every point of a run, then one more run: the rows are those of a run that nobody killed."""

import os
import shutil
import signal
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.warehouse import Warehouse, publish
from pipelines.warehouse.publish import publish_files
from tests.integration.steps import load_knowledge_once, raw_tables, run_steps

FIRST = (
    "Ferry line reopens\n\nOSLO, March 4, 2026 – The ferry to Stavanger sailed again on Wednesday, said Ingrid Solheim "
    "of the Norwegian Coastal Board (NCB).\n\nSolheim said that Denmark pays for half of the repairs.\n\n\n"
    "Fees rise in Hamburg\n\nGermany raises the fees of its port by a tenth. Solheim protested, and so did the NCB.\n"
)
SECOND = "Rain at last\n\nJuana Ortega said on Friday that rain in Andalusia had filled two reservoirs in Spain.\n"


def killed_at(point: int, action: Callable[[], None]) -> bool:
    """Run `action` in a child process that is killed at its `point`-th encounter with the disk; whether it was."""
    pid = os.fork()
    if pid == 0:
        _die_at(point)
        try:
            action()
        finally:
            os._exit(0)
    _, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _die_at(point: int) -> None:
    """Before and after each transaction and inside it, and around each renaming and copying of a file."""
    passed = 0

    def encounter() -> None:
        nonlocal passed
        passed += 1
        if passed == point:
            os.kill(os.getpid(), signal.SIGKILL)

    writing = Warehouse.writing

    @contextmanager
    def dangerous(self: Warehouse) -> Generator[duckdb.DuckDBPyConnection]:
        encounter()
        with writing(self) as con:
            yield con
            encounter()
        encounter()

    def around(function: Callable) -> Callable:
        def dangerous(*args: Any, **kwargs: Any) -> Any:
            encounter()
            result = function(*args, **kwargs)
            encounter()
            return result

        return dangerous

    Warehouse.writing = dangerous
    for module, name in ((os, "replace"), (os, "fsync"), (shutil, "copyfile"), (publish, "_audit")):
        setattr(module, name, around(getattr(module, name)))


def put(raw: Path, **files: str) -> None:
    raw.mkdir(exist_ok=True)
    for name, text in files.items():
        (raw / f"{name}.txt").write_text(text)


@pytest.mark.skipif(sys.platform != "linux", reason="forks")
def test_a_run_killed_anywhere_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_knowledge_once(monkeypatch)  # and the children have it too
    raw, build, expected = tmp_path / "raw", tmp_path / "b" / "w.duckdb", tmp_path / "e" / "w.duckdb"
    put(raw, a=FIRST, b=SECOND)
    run_steps(raw, expected)
    rows = raw_tables(expected)
    # each run is killed somewhat later than the one before, so every step is met in every state
    point, kills = 1, 0
    while killed_at(point, lambda: run_steps(raw, build)):
        kills += 1
        point += 2
    assert kills >= 8
    assert raw_tables(build) == rows
    # and from a warehouse that stands, while an edited and a deleted file are taken in
    put(raw, a=FIRST.replace("Hamburg", "Bremen"))
    (raw / "b.txt").unlink()
    shutil.rmtree(expected.parent)
    run_steps(raw, expected)
    standing = tmp_path / "standing.duckdb"
    shutil.copyfile(build, standing)
    for point in (2, 7, 12, 17, 22):
        shutil.copyfile(standing, build)
        killed_at(point, lambda: run_steps(raw, build, prune=True))
        run_steps(raw, build, prune=True)
        assert raw_tables(build) == raw_tables(expected), f"killed at point {point}"


def versions(path: Path) -> tuple[set, set]:
    with duckdb.connect(str(path), read_only=True) as con:
        return set(con.execute("select * from a").fetchall()), set(con.execute("select * from b").fetchall())


def write_version(build: Path, page: Path, version: int, rows: int = 2000) -> None:
    with duckdb.connect(str(build)) as con:
        for table in ("a", "b"):
            con.execute(f"create or replace table {table} as select {version} as version from range({rows})")  # noqa: S608
    page.write_text(f"version {version}")


def test_publishing_killed_anywhere_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    build, page = tmp_path / "build" / "w.duckdb", tmp_path / "build" / "report.html"
    published, report = tmp_path / "w.duckdb", tmp_path / "report.html"
    build.parent.mkdir()

    def go() -> None:
        publish_files(build, {page: report}, published, tables=["a", "b"])

    write_version(build, page, 1)
    go()
    write_version(build, page, 2)
    point = 1
    seen = set()
    while killed_at(point, go):
        a, b = versions(published)
        assert a == b
        assert len(a) == 1
        seen |= a
        assert report.read_text() in ("version 1", "version 2")
        point += 1
    assert point > 8
    assert seen == {(1,), (2,)}
    assert versions(published) == ({(2,)}, {(2,)})
    assert report.read_text() == "version 2"
    assert sorted(p.name for p in build.parent.iterdir()) == ["report.html", "w.duckdb"]


def test_a_full_disk_changes_nothing_and_leaves_nothing_behind(tmp_path: Path) -> None:
    import resource

    build, page = tmp_path / "build" / "w.duckdb", tmp_path / "build" / "report.html"
    published, report = tmp_path / "w.duckdb", tmp_path / "report.html"
    build.parent.mkdir()
    write_version(build, page, 1)
    publish_files(build, {page: report}, published, tables=["a", "b"])
    with duckdb.connect(str(build)) as con:
        con.execute("create or replace table a as select random() as version from range(400000)")
    pid = os.fork()
    if pid == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
        try:
            publish_files(build, {page: report}, published, tables=["a", "b"])
        except (duckdb.Error, OSError):
            os._exit(7)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
    assert versions(published) == ({(1,)}, {(1,)})
    assert sorted(p.name for p in build.parent.iterdir()) == ["report.html", "w.duckdb"]
