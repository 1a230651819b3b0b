"""An edit of the topic lexicon makes topics, and nothing else, be worked out anew."""

import shutil
from pathlib import Path

import pytest

from pipelines.defs import fingerprints
from pipelines.defs.resolve import rows
from pipelines.defs.resolve.assets import TOPICS
from pipelines.settings import ROOT
from pipelines.warehouse import Warehouse, insert_rows
from pipelines.warehouse.articles import load_article_words
from pipelines.warehouse.step import run_step

WEATHER, SPORT = "medtop:17000000", "medtop:15000000"
ARTICLE = {
    "document_id": "d", "ordinal": 1, "standfirst": None, "publisher": None, "published_on": None,
    "published_precision": None, "published_evidence": None, "words": 12, "start_line": 1, "end_line": 2,
    "start_char": 0, "end_char": 80, "boundary_confidence": 1.0,
}  # fmt: skip
ARTICLES = [
    ARTICLE | {"article_id": "a", "content_hash": "1", "language": "en", "title": "Rain and snow until Friday",
               "body": "Forecasters expect heavy snow and gales on the coast."},
    ARTICLE | {"article_id": "b", "content_hash": "2", "language": "en", "title": "Zwibble zwibbled",
               "body": "The zwibbler zwibbled and zwibbled."},
    ARTICLE | {"article_id": "c", "content_hash": "3", "language": "de", "title": "Regen und Schnee",
               "body": "Es schneit, und der Wind weht scharf von Norden."},
]  # fmt: skip


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "models"
    shutil.copytree(ROOT / "models", folder)
    monkeypatch.setenv("DATELINE_MODELS", str(folder))
    return folder


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    warehouse = Warehouse(tmp_path / "build" / "w.duckdb")
    with warehouse.writing() as con:
        insert_rows(con, "raw.articles", ARTICLES)
    return warehouse


def of_all_steps() -> dict[str, str]:
    return {
        "read": fingerprints.read(),
        "split": fingerprints.split(),
        "extract": fingerprints.extract("model-1"),
        "countries": fingerprints.countries(),
        "entities": fingerprints.entities(),
        "topics": fingerprints.topics(),
        "stories": fingerprints.stories(),
    }


def give_topics(warehouse: Warehouse, models: Path, fingerprint: str) -> int:
    compute = rows.TopicRows(models / "topics")
    return run_step(warehouse, TOPICS, fingerprint, load=load_article_words, compute=compute).inputs


def topics(warehouse: Warehouse) -> dict[str, str]:
    with warehouse.reading() as con:
        query = "select article_id, topic_id from raw.article_topics where topic_id like '%000000'"
        return dict(con.execute(query).fetchall())


def without(warehouse: Warehouse) -> list[tuple]:
    with warehouse.reading() as con:
        return con.execute("select article_id, reason from raw.topic_abstentions order by article_id").fetchall()


def test_an_edit_of_the_lexicon_gives_topics_anew_and_touches_no_other_step(warehouse: Warehouse, models: Path) -> None:
    before = of_all_steps()
    assert give_topics(warehouse, models, before["topics"]) == len(ARTICLES)
    assert topics(warehouse) == {"a": WEATHER}
    assert without(warehouse) == [("b", "no terms"), ("c", "language")]
    assert give_topics(warehouse, models, before["topics"]) == 0

    with (models / "topics" / "lexicon.csv").open("a", encoding="utf-8") as file:
        file.write(f"{SPORT},zwibbl*,3\n")
    after = of_all_steps()
    assert {step for step in before if before[step] != after[step]} == {"topics"}
    assert give_topics(warehouse, models, after["topics"]) == len(ARTICLES)
    assert topics(warehouse) == {"a": WEATHER, "b": SPORT}
    assert without(warehouse) == [("c", "language")]
