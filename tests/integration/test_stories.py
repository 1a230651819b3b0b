"""Stories in the warehouse: going on gives what starting anew gives, merges are noted."""

import random
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pipelines.text.resolution.stories import signature
from pipelines.warehouse import Warehouse, insert_rows
from pipelines.warehouse.stories import LinkedStories, link_stories
from tests import reprints
from tests.unit.test_stories import prose

T0 = datetime(2026, 1, 1)


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path / "w.duckdb")


def put(warehouse: Warehouse, texts: dict[str, str], *, run: int) -> None:
    """Articles, one document each, as ingestion, splitting and signing leave them."""
    with warehouse.writing() as con:
        documents = [
            {"document_id": f"d-{a}", "bytes": 1, "status": "loaded", "ingested_at": T0 + timedelta(days=run)}
            for a in texts
        ]
        articles = [
            {"article_id": a, "document_id": f"d-{a}", "ordinal": 1, "body": text, "words": 1, "start_line": 1,
             "end_line": 1, "start_char": 0, "end_char": 1, "boundary_confidence": 1, "content_hash": a}
            for a, text in texts.items()
        ]  # fmt: skip
        insert_rows(con, "raw.documents", documents)
        insert_rows(con, "raw.articles", articles)
        made = ((a, signature(text)) for a, text in texts.items())
        insert_rows(
            con, "raw.text_signatures",
            [{"article_id": a, "digest": s.digest, "minhash": s.minhash, "words": s.words} for a, s in made],
        )  # fmt: skip


def remove(warehouse: Warehouse, article_id: str) -> None:
    with warehouse.writing() as con:
        for table in ("articles", "text_signatures", "article_stories"):
            con.execute(f"delete from raw.{table} where article_id = ?", [article_id])  # noqa: S608


def stories(warehouse: Warehouse) -> dict[str, str]:
    with warehouse.reading() as con:
        return dict(con.execute("from raw.article_stories").fetchall())


def merges(warehouse: Warehouse) -> list[tuple[str, str]]:
    with warehouse.reading() as con:
        return con.execute("select story_id, into_story_id from raw.story_merges order by all").fetchall()


def partition(groups: dict[str, str]) -> set[frozenset[str]]:
    return {frozenset(a for a in groups if groups[a] == story) for story in groups.values()}


def test_a_new_article_joins_or_founds_a_story_and_the_rest_is_left_alone(warehouse: Warehouse) -> None:
    put(warehouse, {"m": prose(1), "n": prose(2)}, run=0)
    assert link_stories(warehouse, "f") == LinkedStories(compared=2, pairs=0, changed=2, merged=0)
    before = stories(warehouse)
    put(warehouse, {"a": "BRIDGETON (AP) — " + prose(1), "z": prose(3)}, run=1)
    linked = link_stories(warehouse, "f")
    assert (linked.compared, linked.pairs) == (2, 1)
    after = stories(warehouse)
    assert before["n"] == after["n"]
    assert after["a"] == after["m"]
    assert len(set(after.values())) == 3
    assert link_stories(warehouse, "f") == LinkedStories(compared=0, pairs=1, changed=0, merged=0)


def test_a_text_between_two_stories_merges_them_and_the_merge_is_noted(warehouse: Warehouse) -> None:
    text = prose(1, 60)
    head, tail = text[: len(text) * 65 // 100], text[len(text) * 37 // 100 :]
    put(warehouse, {"head": head}, run=0)
    link_stories(warehouse, "f")
    put(warehouse, {"tail": tail}, run=1)
    link_stories(warehouse, "f")
    apart = stories(warehouse)
    assert apart["head"] != apart["tail"]
    put(warehouse, {"whole": text}, run=2)
    renamed = link_stories(warehouse, "f").merged
    (present,) = set(stories(warehouse).values())
    gone = sorted({apart["head"], apart["tail"]} - {present})
    assert renamed == len(gone) >= 1
    noted = merges(warehouse)
    assert set(gone) <= {story for story, _ in noted}
    assert {into for _, into in noted} == {present}
    assert len(noted) == 2  # three texts, one of which gives the story its name
    link_stories(warehouse, "f", anew=True)
    assert merges(warehouse) == noted
    # without the text that held them together they are two again
    remove(warehouse, "whole")
    link_stories(warehouse, "f")
    assert stories(warehouse) == apart
    assert merges(warehouse) == []


@pytest.mark.parametrize("seed", range(2))
def test_any_cutting_into_runs_gives_the_groups_of_a_full_refresh(tmp_path: Path, seed: int) -> None:
    source = random.Random(seed)
    texts = {f"{n:02}": prose(100 * seed + n, source.randint(8, 40)) for n in range(8)}
    for n in range(24):
        texts[f"r{n:02}"] = reprints.reprint(texts[f"{source.randrange(8):02}"], source)
    texts["roundup"] = "\n".join(texts[f"{n:02}"][:600] for n in range(4))
    found = []
    for runs in (1, 4):
        warehouse = Warehouse(tmp_path / f"{runs}.duckdb")
        order = sorted(texts, key=lambda _: source.random())
        ids_before: set[str] = set()
        for run in range(runs):
            put(warehouse, {a: texts[a] for a in order[run::runs]}, run=run)
            link_stories(warehouse, "f")
            ids = set(stories(warehouse).values())
            gone = ids_before - ids
            assert gone <= {story for story, _ in merges(warehouse)}
            ids_before = ids
        incremental = stories(warehouse)
        link_stories(warehouse, "f", anew=True)
        assert stories(warehouse) == incremental
        found.append(partition(incremental))
    assert found[0] == found[1]


def test_removed_texts_and_other_code_start_anew(warehouse: Warehouse) -> None:
    put(warehouse, {"a": prose(1), "b": prose(1) + " One more sentence to end it.", "c": prose(2)}, run=0)
    link_stories(warehouse, "f")
    assert link_stories(warehouse, "g").compared == 3
    remove(warehouse, "a")
    linked = link_stories(warehouse, "g")
    assert linked.compared == 2
    assert set(stories(warehouse)) == {"b", "c"}
