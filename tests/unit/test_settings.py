"""Settings that make no sense are refused before a run begins, and names mean what a shell would make of them."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from pipelines.settings import Settings


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("WAIT", "nan"), ("WAIT", "-1"), ("WAIT", "inf"), ("MAX_BYTES", "0"), ("MAX_BYTES", "-5"),
        ("MAX_BYTES", "1e3x"), ("PROCESSES", "-1"), ("RAW", "[]"), ("RAW", '[""]'), ("RAW", "[1]"), ("RAW", "[1,"),
        ("EVENTS", "perhaps"), ("MODELS", "/no/such/folder"), ("DBT_PROJECT", "/no/such/folder"),
    ],
)  # fmt: skip
def test_nonsense_is_refused(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    monkeypatch.setenv(f"DATELINE_{variable}", value)
    with pytest.raises(ValidationError) as caught:
        Settings()
    assert caught.value.errors()[0]["loc"][0] == variable.lower()


@pytest.mark.parametrize(
    "name", ["raw.duckdb", "main.db", "temp", "build.2026.duckdb", ".raw.duckdb", "it's", 'a"b', "a\nb", "a;b", "a#b/c"]
)
def test_a_warehouse_has_no_name_that_means_something_else_in_sql(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValidationError, match="a warehouse"):
        Settings(warehouse=tmp_path / name)


@pytest.mark.parametrize("name", ["a b.duckdb", "é", "100 %.duckdb", "{{ x }}.duckdb", "rawest.duckdb", "$(id)"])
def test_other_names_will_do(tmp_path: Path, name: str) -> None:
    assert Settings(warehouse=tmp_path / name).warehouse == tmp_path / name


def test_a_tilde_is_the_home_unless_a_file_is_called_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ida")
    monkeypatch.chdir(tmp_path)
    settings = Settings(raw=("~/dumps", "here", "s3://~/x"), warehouse=Path("~/w.duckdb"))
    assert settings.raw == ("/home/ida/dumps", str(tmp_path / "here"), "s3://~/x")
    assert settings.warehouse == Path("/home/ida/w.duckdb")
    (tmp_path / "~").mkdir()
    assert Settings(raw=("~",)).raw == (str(tmp_path / "~"),)
    # an account that nobody has is a name like any other
    assert Settings(warehouse=Path("~nobody_at_all/w")).warehouse == tmp_path / "~nobody_at_all" / "w"


def test_a_list_of_inputs_and_a_name_that_reads_like_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for item in ("[draft].txt", "a\udce9.txt"):
        monkeypatch.setenv("DATELINE_RAW", json.dumps([os.path.join(tmp_path, item)]))
        assert Settings().raw == (os.path.join(tmp_path, item),)


def test_a_published_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "news.duckdb").symlink_to(tmp_path / "there" / "real.duckdb")
    settings = Settings(warehouse=tmp_path / "news.duckdb")
    assert settings.warehouse == tmp_path / "there" / "real.duckdb"
    assert settings.build_file == tmp_path / "there" / "build" / "real.duckdb"


def test_warehouses_whose_names_differ_share_no_file(tmp_path: Path) -> None:
    def files(name: str) -> set[Any]:
        settings = Settings(warehouse=tmp_path / name)
        return {settings.warehouse, settings.report, settings.build_file, settings.build_report}

    names = ["news.duckdb", "news.db", "news", "a.duckdb", "a.db", "a.b.duckdb"]
    assert len(set().union(*map(files, names))) == 4 * len(names)
    assert Settings(warehouse=tmp_path / "news.duckdb").report == tmp_path / "report.html"
