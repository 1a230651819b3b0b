"""Stories on real articles: their reprints are found, the articles themselves are kept apart."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.text.resolution.stories import StorySignature, group_stories, signature

SHARED = Path(__file__).parents[2].parent / "shared"
GOLD = sorted((SHARED / "eval").glob("*gold/*.json"))

pytestmark = [pytest.mark.quality, pytest.mark.skipif(not GOLD, reason="no annotated dumps at hand")]


@pytest.fixture(scope="module")
def bodies() -> dict[str, str]:
    """Body of every article of the annotated dumps."""
    found: dict[str, str] = {}
    for path in GOLD:
        gold = json.loads(path.read_text(encoding="utf-8"))
        folder = SHARED / ("corpus" if path.parent.name == "gold" else "eval/dumps")
        lines = (folder / Path(gold["file"]).name).read_text(encoding="utf-8").split("\n")
        for ordinal, article in enumerate(gold["articles"]):
            found[f"{path.stem}-{ordinal:03}"] = "\n".join(lines[line - 1] for line in article["body_lines"])
    return found


@pytest.fixture(scope="module")
def signatures(bodies: dict[str, str]) -> dict[str, StorySignature]:
    return {article_id: signature(body) for article_id, body in bodies.items()}


def cut(text: str, share: float) -> str:
    words = text.split(" ")
    return " ".join(words[: int(len(words) * share)])


def changed(text: str, share: float) -> str:
    source = random.Random(text)
    words = text.split()
    return " ".join(source.choice(words) if source.random() < share else word for word in words)


def test_different_articles_stay_apart(signatures: dict[str, StorySignature]) -> None:
    assert len(set(group_stories(signatures.items()).values())) == len(signatures)


@pytest.mark.parametrize(
    ("reprint", "floor"),
    [
        (str.upper, 1.0),
        (lambda text: cut(text, 0.6), 0.99),
        (lambda text: "LONDON, 4 May (Agency) -- " + text + " Read more here. Follow us on every channel.", 0.99),
        (lambda text: "LONDON (Agency) — " + cut(text, 0.6) + " Click here to subscribe.", 0.97),
        (lambda text: changed(text, 0.1), 0.97),
    ],
    ids=["exact", "cut to 60 %", "agency line and furniture", "cut and agency line", "10 % of the words changed"],
)
def test_reprints_are_found(
    bodies: dict[str, str], signatures: dict[str, StorySignature], reprint: Callable[[str], str], floor: float
) -> None:
    items = signatures | {f"{article_id}-reprint": signature(reprint(body)) for article_id, body in bodies.items()}
    stories = group_stories(items.items())
    assert sum(stories[one] == stories[f"{one}-reprint"] for one in bodies) >= floor * len(bodies)
    assert len({stories[one] for one in bodies}) == len(bodies), "different articles were joined"
