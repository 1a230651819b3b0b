"""The command line, stopped or killed while dbt builds: the published files stand, and the next run goes on."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import duckdb
import pytest

from tests.conftest import DATELINE, ROOT, Published
from tests.e2e.test_command_line import digest, tables

pytestmark = pytest.mark.e2e


def test_a_run_stopped_or_killed_while_dbt_builds_leaves_what_was_published_and_goes_on(
    published: Published, tmp_path: Path
) -> None:
    warehouse = Path(shutil.copy(published.warehouse, tmp_path / "news.duckdb"))
    (tmp_path / "build").mkdir()
    build = Path(shutil.copy(published.warehouse.parent / "build" / "news.duckdb", tmp_path / "build"))
    with duckdb.connect(str(build)) as con:
        con.execute("delete from raw.results where result = 'dbt'")
    before = digest(warehouse)
    log = build.parent / "dbt" / "news" / "dbt.log"
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("DATELINE_", "DAGSTER_"))}
    for number, code in ((signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)):
        log.unlink(missing_ok=True)
        run = subprocess.Popen(
            [DATELINE, "run", "--raw", ROOT / "seeds", "--warehouse", warehouse],
            env=inherited | {"DAGSTER_HOME": str(published.dateline.home)},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        deadline = time.monotonic() + 240
        while not (log.exists() and "OK created sql table model" in log.read_text(errors="replace")):
            assert run.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.02)
        run.send_signal(number)
        assert run.wait(20) == code
        assert digest(warehouse) == before
    # dbt is a process of its own and may still be at work: the next run waits for it
    done = published.dateline("run", "--raw", ROOT / "seeds", "--warehouse", warehouse)
    assert done.returncode == 0, done.stderr
    assert tables(warehouse) == tables(published.warehouse)
    # and now that nothing is due, nothing is made
    made = digest(warehouse)
    done = published.dateline("run", "--raw", ROOT / "seeds", "--warehouse", warehouse)
    assert "nothing had changed" in done.stdout
    assert digest(warehouse) == made
