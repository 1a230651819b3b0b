"""A run that would find nothing to do does not begin; whatever a run depends on, a change of it makes the run begin."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines.cli import standing
from pipelines.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A run's files, as small as may be."""
    for name, text in {
        "raw/a.txt": "one", "raw/b.txt": "two", "models/list.csv": "a", "gold/g.json": "{}", "dbt/models/m.sql": "",
        "build/news.duckdb": "rows", "news.duckdb": "published", "report.html": "page",
    }.items():  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return of(tmp_path)


def of(folder: Path, **more: Any) -> Settings:
    return Settings(
        raw=(str(folder / "raw"),), warehouse=folder / "news.duckdb", models=folder / "models", gold=folder / "gold",
        dbt_project=folder / "dbt", **more,
    )  # fmt: skip


def stands(settings: Settings) -> bool:
    return standing.stands(settings, standing.inputs(settings))


def note(settings: Settings) -> None:
    standing.note(settings, standing.inputs(settings))


def test_what_was_noted_stands_until_something_changes(settings: Settings) -> None:
    assert not stands(settings)
    note(settings)
    assert stands(settings)
    assert stands(settings)


def rewrite(path: Path, text: str) -> None:
    """Another text of the same length under the same time."""
    before = path.stat()
    assert before.st_size == len(text)
    path.write_text(text)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize(
    "change",
    [
        lambda f: (f / "raw/a.txt").write_text("three"),
        lambda f: rewrite(f / "raw/a.txt", "eno"),
        lambda f: os.utime(f / "raw/a.txt", (1, 1)),
        lambda f: (f / "raw/a.txt").rename(f / "raw/c.txt"),
        lambda f: (f / "raw/a.txt").unlink(),
        lambda f: (f / "raw/c.txt").write_text("one"),
        lambda f: (f / "models/list.csv").write_text("b"),
        lambda f: (f / "models/more.csv").write_text("b"),
        lambda f: (f / "gold/g.json").write_text("[]"),
        lambda f: (f / "dbt/models/m.sql").write_text("select 1"),
        lambda f: (f / "build/news.duckdb").write_text("other rows"),
        lambda f: (f / "build/news.duckdb.wal").write_text("what a killed run left"),
        lambda f: (f / "build/news.duckdb").unlink(),
        lambda f: (f / "news.duckdb").write_text("somebody else's"),
        lambda f: (f / "news.duckdb").unlink(),
        lambda f: (f / "report.html").unlink(),
        lambda f: (f / "build/.news.duckdb.done").write_bytes(b"\xff\xfe"),
    ],
    ids=[
        "edited", "edited under the same time", "touched", "renamed", "deleted", "added", "data file", "new data file",
        "gold", "dbt project", "working file", "killed run", "no working file", "published file", "nothing published",
        "no report", "broken note",
    ],
)  # fmt: skip
def test_any_change_makes_the_run_begin(settings: Settings, tmp_path: Path, change: Callable[[Path], object]) -> None:
    note(settings)
    change(tmp_path)
    assert not stands(settings)


@pytest.mark.parametrize("more", [{"events": True}, {"model": "other"}, {"max_bytes": 1}])
def test_another_setting_makes_the_run_begin(settings: Settings, tmp_path: Path, more: dict[str, object]) -> None:
    note(settings)
    assert not stands(of(tmp_path, **more))


def test_another_package_makes_the_run_begin(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "installed" / "thing-1.0.dist-info"
    package.mkdir(parents=True)
    monkeypatch.syspath_prepend(package.parent)
    note(settings)
    assert stands(settings)
    package.rename(package.with_name("thing-1.1.dist-info"))
    assert not stands(settings)


def test_where_the_note_cannot_be_kept_the_next_run_begins(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "build/.news.duckdb.done.new").mkdir()
    note(settings)
    assert not stands(settings)


def test_what_is_edited_while_a_run_goes_on_is_the_next_ones(settings: Settings, tmp_path: Path) -> None:
    given = standing.inputs(settings)
    (tmp_path / "raw/a.txt").write_text("edited after it was read")
    standing.note(settings, given)
    assert not stands(settings)
