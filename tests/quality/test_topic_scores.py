"""Top-level topics against annotated dumps; nothing to do where these are not at hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.text.resolution.topics import TopicModel

SHARED = Path(__file__).parents[2].parent / "shared"
GOLD = sorted((SHARED / "eval" / "gold").glob("*.json"))

pytestmark = [pytest.mark.quality, pytest.mark.skipif(not GOLD, reason="no annotated dumps at hand")]


def texts(gold: dict[str, Any]) -> list[tuple[str | None, str | None, str]]:
    lines = (SHARED / "corpus" / gold["file"]).read_text(encoding="utf-8").split("\n")
    return [
        (article["title"], article["dek"], "\n".join(lines[line - 1] for line in article["body_lines"]))
        for article in gold["articles"]
    ]


@pytest.fixture(scope="module")
def found() -> list[tuple[set[str], list[str]]]:
    """The topics wanted and those found, the surest first, of every annotated article."""
    model = TopicModel.load(Path(__file__).parents[2] / "models" / "topics")
    top = {topic.topic_id: topic.name for topic in model.topics if topic.parent_id is None}
    results = []
    for path in GOLD:
        gold = json.loads(path.read_text(encoding="utf-8"))
        for article, topics in zip(gold["articles"], model.classify_many(texts(gold)), strict=True):
            results.append((set(article["iptc_top"]), [top[t.topic_id] for t in topics if t.topic_id in top]))
    return results


def test_micro_f1(found: list[tuple[set[str], list[str]]]) -> None:
    hits = sum(len(wanted & set(given)) for wanted, given in found)
    assert 2 * hits / sum(len(wanted) + len(given) for wanted, given in found) >= 0.85


def test_first_topic(found: list[tuple[set[str], list[str]]]) -> None:
    assert sum(given[:1] != [] and given[0] in wanted for wanted, given in found) >= 0.95 * len(found)
