"""Files come, change and go between two runs of the command line."""

import shutil
from pathlib import Path

import duckdb
import pytest

from tests.conftest import ROOT, CommandLine, publish

pytestmark = pytest.mark.e2e


def test_files_come_change_and_go(dateline: CommandLine, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for name in ("evening_digest.txt", "feature_mekong_dams.txt"):
        shutil.copy(ROOT / "seeds" / name, raw)
    (raw / "empty.txt").write_bytes(b"")
    first = publish(dateline, tmp_path, raw)
    documents = "select split_part(path, '/', -1), status, copies, articles from documents order by all"
    with duckdb.connect(str(first.warehouse), read_only=True) as con:
        assert con.execute(documents).fetchall() == [
            ("empty.txt", "quarantined", 0, 0),
            ("evening_digest.txt", "loaded", 0, 13),
            ("feature_mekong_dams.txt", "loaded", 0, 1),
        ]
    (raw / "evening_digest.txt").unlink()
    (raw / "empty.txt").write_text("No longer empty, but hardly news.\n")
    shutil.copy(raw / "feature_mekong_dams.txt", raw / "mekong_again.txt")
    done = dateline("run", "--raw", raw, "-w", first.warehouse, "--prune")
    assert done.returncode == 0, done.stderr
    with duckdb.connect(str(first.warehouse), read_only=True) as con:
        assert [row[:3] for row in con.execute(documents).fetchall()] == [
            ("empty.txt", "loaded", 0),
            ("feature_mekong_dams.txt", "loaded", 1),
        ]
        # what moved, moved because files went; the rest stands as it was
        assert con.execute("select distinct cause from run_changes").fetchall() == [("input",)]
        moved = "select sum(mentions_change), sum(mentions - mentions_before) from run_changes where kind = 'country'"
        (by_cause, in_all), *_ = con.execute(moved).fetchall()
        assert by_cause == in_all < 0
