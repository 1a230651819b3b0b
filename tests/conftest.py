"""Fixtures that cost seconds are made once: a warehouse published from the sample dumps, through the command line."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pytest
from filelock import FileLock

# machines differ in speed; and what CI says of a commit should not change from run to run
hypothesis.settings.register_profile("default", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "default")

ROOT = Path(__file__).parents[1]
DATELINE = Path(sys.executable).with_name("dateline")


@dataclass(frozen=True)
class CommandLine:
    """`dateline` with a Dagster home of its own."""

    home: Path

    def __call__(
        self, *arguments: str | Path, cwd: Path = ROOT, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("DATELINE_", "DAGSTER_"))}
        return subprocess.run(
            [DATELINE, *map(str, arguments)],
            cwd=cwd,
            env=inherited | {"DAGSTER_HOME": str(self.home), "COLUMNS": "140"} | environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )


@dataclass(frozen=True)
class Published:
    """A published warehouse, and what the run that made it printed."""

    warehouse: Path
    report: Path
    output: str
    dateline: CommandLine


def new_home(folder: Path) -> Path:
    home = folder / "dagster_home"
    home.mkdir(parents=True)
    (home / "dagster.yaml").write_text((ROOT / "warehouse" / "dagster_home" / "dagster.yaml").read_text())
    return home


@pytest.fixture(scope="session")
def dateline(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    return CommandLine(new_home(tmp_path_factory.mktemp("home")))


def publish(dateline: CommandLine, folder: Path, *raw: Path | str) -> Published:
    warehouse = folder / "news.duckdb"
    options: Sequence[str | Path] = [o for r in raw for o in ("--raw", r)]
    done = dateline("run", *options, "--warehouse", warehouse)
    assert done.returncode == 0, done.stdout + done.stderr
    return Published(warehouse, folder / "report.html", done.stdout, dateline)


@pytest.fixture(scope="session")
def published(dateline: CommandLine, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The sample dumps in `seeds/`, published: once, also where several processes share the tests."""
    if not (shared := os.environ.get("PYTEST_XDIST_TESTRUNUID")):
        return publish(dateline, tmp_path_factory.mktemp("seeds"), ROOT / "seeds")
    folder = tmp_path_factory.getbasetemp().parent / f"seeds-{shared}"
    with FileLock(folder.with_suffix(".lock")):
        output = folder / "output.txt"
        if not output.exists():
            folder.mkdir()
            output.write_text(publish(dateline, folder, ROOT / "seeds").output)
        return Published(folder / "news.duckdb", folder / "report.html", output.read_text(), dateline)
