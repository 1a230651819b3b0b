"""What the models cost, and how it grows with the corpus.

Small by default, so that it can run anywhere; `DATELINE_COST_ARTICLES=100000` measures at the size that the project is
meant for (30 mentions an article), where the whole build should take a minute on two cores.
"""

import os
import re
import time
from functools import partial
from pathlib import Path
from statistics import median

import duckdb
import pytest

from tests.building import ROOT, Builder
from tests.raw_tables import write_raw_tables

pytestmark = pytest.mark.quality

ARTICLES = int(os.environ.get("DATELINE_COST_ARTICLES", "2000"))
BUILD_SECONDS = 60
QUERY_SECONDS = 0.2
QUERIES = re.findall(r"^### ([^\n]+)\n.*?```sql\n(.+?)```", (ROOT / "docs/cookbook.md").read_text(), re.M | re.S)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    """The built warehouse, and the seconds that dbt took."""
    builder = Builder(tmp_path_factory.mktemp("cost"))
    builder.dbt("parse")
    started = time.monotonic()
    file, statuses, output = builder.build(
        "cost", partial(write_raw_tables, articles=ARTICLES), "--exclude-resource-type", "unit_test"
    )
    seconds = time.monotonic() - started
    assert set(statuses.values()) <= {"success", "pass", "no-op"}, output
    ran = re.search(r"and ([\d.]+) seconds", output)
    return file, float(ran[1]) if ran else seconds


def test_the_build_takes_a_minute_at_most(corpus: tuple[Path, float]) -> None:
    assert corpus[1] < BUILD_SECONDS


def test_the_queries_of_the_cookbook_are_quick(corpus: tuple[Path, float]) -> None:
    slow = {}
    with duckdb.connect(str(corpus[0]), read_only=True) as con:
        for question, query in QUERIES:
            taken = []
            for _ in range(5):
                started = time.perf_counter()
                con.execute(query).fetchall()
                taken.append(time.perf_counter() - started)
            if median(taken) >= QUERY_SECONDS:
                slow[question] = round(median(taken), 3)
    assert slow == {}
