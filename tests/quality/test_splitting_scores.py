"""Scores of splitting on annotated dumps, with floors. Skipped where the annotations are not at hand."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from pipelines.text.splitting import split_document

SHARED = Path(__file__).parents[2].parent / "shared"
pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not (SHARED / "eval").is_dir(), reason="no annotated dumps beside the project"),
]
OWN_TEXT = {"title", "standfirst", "body", "heading", "dateline", "byline"}
FOLDERS = {"annotated": ("corpus", "eval/gold"), "joined": ("eval/dumps", "eval/dumps_gold")}
FLOORS = {
    "annotated": {"f1": 0.95, "text": 0.97, "furniture": 0.95, "ends": 0.95, "fields": 0.95},
    "joined": {"f1": 0.97, "text": 0.97, "furniture": 0.95, "ends": 0.96, "fields": 0.97},
}


def folded(text: str | None) -> str:
    return " ".join((text or "").replace("\u00a0", " ").split()).casefold()


def tally(folder: str) -> Counter[str]:
    texts, golds = (SHARED / part for part in FOLDERS[folder])
    count: Counter[str] = Counter()
    for path in sorted(golds.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (texts / gold["file"]).read_bytes().decode("utf-8-sig")
        lines = ["", *re.split(r"\r\n|\r|\n", text)]
        split = split_document(text)
        found = {a.start_line: a for a in split.articles}
        kind: dict[int, str] = {}
        for span in sorted((s for s in split.spans if s.kind != "blank"), key=lambda s: s.end_char - s.start_char):
            kind.update(dict.fromkeys(range(span.start_line, span.end_line + 1), span.kind))
        wanted = {a["start_line"] for a in gold["articles"]}
        count["start_hit"] += len(wanted & set(found))
        count["start_false"] += len(set(found) - wanted)
        count["start_missed"] += len(wanted - set(found))
        for a in gold["articles"]:
            for number in [*a["body_lines"], *(h["line"] for h in a["section_headings"])]:
                count["text_ok" if kind.get(number) in OWN_TEXT else "text_bad"] += bool(lines[number].strip())
            for line in a["boilerplate"]:
                if line["kind"] != "repeated_title":
                    count["furniture_bad" if kind.get(line["line"]) in OWN_TEXT else "furniture_ok"] += 1
            mine = found.get(a["start_line"])
            if mine is None:
                continue
            count["ends_ok" if mine.end_line == a["end_line"] else "ends_bad"] += 1
            pairs = [("title", mine.title), ("dek", mine.standfirst), ("byline_or_publisher", mine.publisher)]
            for key, value in pairs:
                if key in a:
                    count["fields_ok" if folded(value) == folded(a[key]) else "fields_bad"] += 1
            if "published" in a:
                digits = {"day": 10, "month": 7, "year": 4}.get(mine.published_precision or "", 0)
                got = mine.published_on.isoformat()[:digits] if mine.published_on else None
                count["fields_ok" if got == a["published"] else "fields_bad"] += 1
    return count


@pytest.mark.parametrize("folder", list(FOLDERS))
def test_scores_stay_above_their_floors(folder):
    count = tally(folder)
    hit = count["start_hit"]
    score = {"f1": 2 * hit / (2 * hit + count["start_false"] + count["start_missed"])}
    for name in ("text", "furniture", "ends", "fields"):
        total = count[f"{name}_ok"] + count[f"{name}_bad"]
        score[name] = count[f"{name}_ok"] / total if total else 1.0
    print(folder, {name: round(value, 3) for name, value in score.items()})
    assert {name: value for name, value in score.items() if value < FLOORS[folder][name]} == {}


@pytest.mark.parametrize("name", ["fundus_title2x", "newsdata_title_body", "trnews_title2x_countries"])
def test_bodies_alone_are_split_where_the_subject_changes(name):
    gold = json.loads((SHARED / "eval/dumps_gold" / f"{name}.json").read_text(encoding="utf-8"))
    text = (SHARED / "eval/dumps" / f"{name}.txt").read_bytes().decode("utf-8-sig")
    lines = ["", *re.split(r"\r\n|\r|\n", text)]
    paragraphs: list[str] = []
    wanted = set()
    for article in gold["articles"]:
        wanted.add(2 * len(paragraphs) + 1)
        paragraphs += [lines[n].strip() for n in article["body_lines"] if len(lines[n].split()) >= 9]
    found = {a.start_line for a in split_document("\n\n".join(paragraphs)).articles}
    f1 = 2 * len(wanted & found) / (len(wanted) + len(found))
    print(name, "bodies alone", round(f1, 3))
    assert f1 >= 0.65
