"""Every counting mart against its recount from the base tables: on the sample, and on random raw tables."""

from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from tests.building import PROJECT, Builder
from tests.conftest import Published
from tests.raw_tables import write_raw_tables
from tests.recount import MARTS, Recount, base_tables, differences

SETTINGS: dict[str, Any] = yaml.safe_load((PROJECT / "dbt_project.yml").read_text())["vars"]
SEEDS = (1, 2, 3)


def recount(file: Path) -> dict[str, tuple[int, list[str]]]:
    with duckdb.connect(str(file), read_only=True) as con:
        second = Recount(base_tables(con), SETTINGS)
        return {mart: differences(con, second, mart) for mart in MARTS}


@pytest.fixture(scope="module")
def sample(published: Published) -> dict[str, tuple[int, list[str]]]:
    return recount(published.warehouse)


@pytest.fixture(scope="module", params=SEEDS)
def random_corpus(builder: Builder, request: pytest.FixtureRequest) -> Path:
    seed = request.param
    file, statuses, output = builder.build(
        f"random{seed}",
        # one corpus of short articles, one of a single document, one larger
        partial(write_raw_tables, articles=(40, 120, 300)[seed - 1], seed=seed, sentences=(3, 8, 12)[seed - 1]),
        # the models' own tests, once
        *(("--exclude-resource-type", "unit_test") if seed == 1 else ("--resource-type", "model", "seed")),
    )
    assert set(statuses.values()) <= {"success", "pass", "no-op"}, output
    return file


@pytest.mark.parametrize("mart", MARTS)
def test_the_sample_is_counted_alike(sample: dict[str, tuple[int, list[str]]], mart: str) -> None:
    rows, found = sample[mart]
    assert found[:5] == []
    assert rows > 0


def test_random_corpora_are_counted_alike(random_corpus: Path) -> None:
    for mart, (rows, found) in recount(random_corpus).items():
        assert found[:5] == [], mart
        assert rows > 0, mart


def test_random_corpora_hold_what_they_promise(random_corpus: Path) -> None:
    """The generator makes the cases that the recount is for, and offsets at which the surfaces stand."""
    with duckdb.connect(str(random_corpus), read_only=True) as con:
        silent, undated, reprinted, without = con.execute(
            """
            select
                (select count(*) from mentions_per_country_monthly where total_articles = 0),
                (select count(*) from mentions_per_country_monthly where month is null),
                (select count(*) from stories where articles > 1),
                (select count(*) from articles where publisher is null)
            """
        ).fetchall()[0]
        assert min(silent, undated, reprinted, without) > 0
        misplaced = con.execute(
            """
            select count(*) from (
                select * from (select article_id, surface, start_char, end_char from country_mentions)
                union all (select article_id, surface, start_char, end_char from entity_mentions)
            ) as m
            inner join articles using (article_id) inner join documents as d using (document_id)
            where substr(d.text, m.start_char + 1, m.end_char - m.start_char) <> m.surface
            """
        ).fetchone()
        assert misplaced == (0,)
        # the sentences behind a month's count are as many as the count says
        disagreeing = con.execute(
            """
            select count(*) from mentions_per_country_monthly as m
            where m.mentions <> (
                select count(*) from evidence as e where e.iso2 = m.iso2 and e.month is not distinct from m.month
            )
            """
        ).fetchone()
        assert disagreeing == (0,)


def test_a_wrong_count_is_found(builder: Builder, random_corpus: Path, tmp_path: Path) -> None:
    """The recount is no rubber stamp: one mention more in a mart, and it says where."""
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(random_corpus.read_bytes())
    with duckdb.connect(str(copy)) as con:
        con.execute("update country_focus set mentions = mentions + 1 where iso2_focus = 'AD' and iso2_present = 'AE'")
        con.execute("delete from topics_monthly where rowid = 0")
    found = recount(copy)
    assert [len(found[mart][1]) for mart in ("country_focus", "topics_monthly", "trending")] == [1, 1, 0]
