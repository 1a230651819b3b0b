"""Stories on real articles: their reprints are found, the articles themselves are kept apart."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.text.resolution.stories import StorySignature, group_stories, signature
from tests.reprints import reprint

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
    ("change", "floor"),
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
    bodies: dict[str, str], signatures: dict[str, StorySignature], change: Callable[[str], str], floor: float
) -> None:
    items = signatures | {f"{article_id}-reprint": signature(change(body)) for article_id, body in bodies.items()}
    stories = group_stories(items.items())
    assert sum(stories[one] == stories[f"{one}-reprint"] for one in bodies) >= floor * len(bodies)
    # one article is a later version of another, of which it takes over most
    assert len({stories[one] for one in bodies}) >= len(bodies) - 1, "different articles were joined"


def test_a_bulk_export_of_real_articles(bodies: dict[str, str], signatures: dict[str, StorySignature]) -> None:
    """26 groups of reprints in 300 articles: cut, abridged, edited, under agency lines, in other furniture."""
    for seed in range(3):
        source = random.Random(seed)
        origins = sorted(bodies)
        source.shuffle(origins)
        gold = {article_id: article_id for article_id in origins}
        items = dict(signatures)
        while len(items) < 300:
            origin = origins[source.randrange(26)]
            article_id = f"{origin}-{len(items)}"
            gold[article_id], items[article_id] = origin, signature(reprint(bodies[origin], source))
        stories = group_stories((a, items[a]) for a in sorted(items, key=lambda _: source.random()))
        ids = sorted(items)
        right = {(a, b) for a in ids for b in ids if a < b and gold[a] == gold[b]}
        found = {(a, b) for a in ids for b in ids if a < b and stories[a] == stories[b]}
        precision, recall = len(right & found) / len(found), len(right & found) / len(right)
        assert precision >= 0.99
        assert 2 * precision * recall / (precision + recall) >= 0.95
