"""Persons and organisations of annotated dumps, against the annotations, with the articles cut as these say."""

import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from pipelines.text.article_text import ArticleText, Segment, Zone
from pipelines.text.extraction.extract import extract
from pipelines.text.extraction.model import load_model
from pipelines.text.resolution.entities import load_entity_knowledge, resolve_entities

SHARED = Path(__file__).parents[2].parent / "shared"
GOLD = sorted((SHARED / "eval" / "gold").glob("*.json"))

pytestmark = [pytest.mark.quality, pytest.mark.skipif(not GOLD, reason="the annotated dumps are not here")]


def normalised(text: str) -> str:
    return " ".join(text.split()).casefold()


def articles_of(gold_path: Path) -> list[tuple[dict, ArticleText]]:
    """Annotated articles with their title, standfirst, body lines and headings as segments."""
    gold = json.loads(gold_path.read_text("utf-8"))
    text = (SHARED / "corpus" / f"{gold_path.stem}.txt").read_bytes().decode("utf-8")
    starts = [0] + [match.end() for match in re.finditer(r"\r\n|\r|\n", text)]
    lines = [text[a:b].rstrip("\r\n") for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    found = []
    for article in gold["articles"]:
        zones: dict[int, Zone] = dict.fromkeys(article["body_lines"], "body")
        zones |= {heading["line"]: "body" for heading in article["section_headings"]}
        if article["title_line"]:
            zones[article["title_line"]] = "title"
        if article["dek_line"]:
            zones[article["dek_line"]] = "standfirst"
        segments = [
            Segment(zone=zone, paragraph=int(zone == "body"), start_char=starts[line - 1], text=lines[line - 1])
            for line, zone in sorted(zones.items())
        ]
        found.append((article, ArticleText(article_id=article["id"], segments=tuple(segments))))
    return found


@pytest.fixture(scope="module")
def scores() -> dict[str, float]:
    annotated = [pair for path in GOLD for pair in articles_of(path)]
    contents = [content for _, content in annotated]
    extractions = list(extract(load_model(), contents))
    resolution = resolve_entities(zip(contents, extractions, strict=True), load_entity_knowledge())
    by_article = defaultdict(list)
    for mention in resolution.mentions:
        by_article[mention.article_id].append(mention)
    count: Counter[str] = Counter()
    entities_of: dict[str, Counter[str]] = defaultdict(Counter)
    people_of: dict[str, Counter[str]] = defaultdict(Counter)
    for article, _ in annotated:
        mentions = by_article[article["id"]]
        people = [m for m in mentions if m.label == "PERSON"]
        right = set()
        for name, forms in article["person_forms"].items():
            keys = {normalised(form) for form in [*forms, name]}
            hits = [m for m in people if normalised(m.surface) in keys]
            count["person found" if hits else "person missed"] += 1
            for mention in hits:
                right.add(mention.entity_id)
                entities_of[name][mention.entity_id] += 1
                people_of[mention.entity_id][name] += 1
        count["no person"] += len({m.entity_id for m in people} - right)
        bodies = {normalised(m.surface) for m in mentions if m.label in {"ORG", "GPE", "NORP", "FAC", "PRODUCT"}}
        for name, forms in article["org_forms"].items():
            keys = {normalised(form).removeprefix("the ") for form in [*forms, name]}
            count["body found" if keys & bodies else "body missed"] += 1
    found, wrong, missed = count["person found"], count["no person"], count["person missed"]
    total = sum(sum(c.values()) for c in entities_of.values())
    return {
        "persons per article, F1": 2 * found / (2 * found + wrong + missed),
        "person mentions under the main entity": sum(max(c.values()) for c in entities_of.values()) / total,
        "entity mentions of the main person": sum(max(c.values()) for c in people_of.values()) / total,
        "organisations found": count["body found"] / (count["body found"] + count["body missed"]),
    }


@pytest.mark.parametrize(
    ("quantity", "floor"),
    [
        ("persons per article, F1", 0.98),
        ("person mentions under the main entity", 0.99),
        ("entity mentions of the main person", 0.99),
        ("organisations found", 0.97),
    ],
)
def test_scores_keep_their_floors(scores, quantity, floor):
    assert scores[quantity] >= floor, scores
