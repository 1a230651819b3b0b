"""Country mentions of annotated dumps, against the annotations, with the articles cut as these say."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipelines.text.article_text import ArticleText, Segment, Zone
from pipelines.text.extraction.extract import extract
from pipelines.text.extraction.model import load_model
from pipelines.text.resolution.countries import Gazetteer, resolve_countries

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"

pytestmark = pytest.mark.quality


@dataclass(frozen=True)
class Annotated:
    """One annotated dump."""

    dump: Path
    gold: Path

    @property
    def text(self) -> str:
        content = self.dump.read_bytes()
        for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
        raise ValueError(self.dump)

    def mentions(self) -> list[dict]:
        lines = self.gold.with_suffix(".mentions.jsonl").read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines]


def line_starts(text: str) -> list[int]:
    return [0] + [m.end() for m in re.finditer(r"\r\n|\r|\n", text)]


def articles_of(annotated: Annotated) -> Iterator[ArticleText]:
    """Title, standfirst, headings and paragraphs; body lines that follow each other are one paragraph."""
    text = annotated.text
    starts = [*line_starts(text), len(text)]
    for article in json.loads(annotated.gold.read_text("utf-8"))["articles"]:
        zones: dict[int, Zone] = dict.fromkeys(article["body_lines"], "body")
        zones |= {heading["line"]: "body" for heading in article["section_headings"]}
        if article.get("title_line"):
            zones[article["title_line"]] = "title"
        if article.get("dek_line"):
            zones[article["dek_line"]] = "standfirst"
        segments: list[Segment] = []
        paragraph, previous = 0, -1
        for line, zone in sorted(zones.items()):
            start, end = starts[line - 1], starts[line]
            content = text[start:end].rstrip("\r\n")
            if zone == "body" and previous == line - 1 and segments[-1].zone == "body":
                start = segments.pop().start_char
                content = text[start:end].rstrip("\r\n")
            elif zone == "body":
                paragraph += 1
            previous = line
            number = paragraph if zone == "body" else 0
            segments.append(Segment(zone=zone, paragraph=number, start_char=start, text=content))
        yield ArticleText(article_id=article["id"], segments=tuple(segments))


def score(dumps: list[Annotated]) -> Counter[str]:
    """Counts over all dumps: right, wrong (another country), missed, invented, and kinds right and wrong."""
    gazetteer = Gazetteer.load(ROOT / "models" / "places")
    nlp = load_model()
    count: Counter[str] = Counter()
    for annotated in dumps:
        articles = list(articles_of(annotated))
        found = [
            mention
            for article, extraction in zip(articles, extract(nlp, articles), strict=True)
            for mention in resolve_countries(article, extraction, gazetteer).mentions
        ]
        starts = line_starts(annotated.text)
        used: set[int] = set()
        for gold in annotated.mentions():
            start = starts[gold["line"] - 1] + gold["start_char_in_line"]
            end = start + len(gold["surface"])
            over = [i for i, m in enumerate(found) if m.start_char < end and m.end_char > start]
            if gold.get("borderline"):
                used.update(over)
                continue
            same = {gold["iso2"]} | ({"DK", "GL"} if gold["iso2"] in ("DK", "GL") else set())
            hit = next((i for i in over if i not in used and found[i].iso2 in same), None)
            if hit is None:
                count["wrong" if over else "missed"] += 1
                continue
            used.add(hit)
            count["right"] += 1
            if gold["kind"]:
                count["kind right" if found[hit].kind == gold["kind"] else "kind wrong"] += 1
        count["invented"] += len(found) - len(used)
    return count


def f1(count: Counter[str]) -> float:
    return 2 * count["right"] / (2 * count["right"] + count["wrong"] + count["missed"] + count["invented"])


def kinds(count: Counter[str]) -> float:
    return count["kind right"] / (count["kind right"] + count["kind wrong"])


def pairs(dumps: Path, gold: Path, pattern: str = "*.json") -> list[Annotated]:
    return [Annotated(dumps / f"{path.stem}.txt", path) for path in sorted(gold.glob(pattern))]


def test_sample_dumps() -> None:
    count = score(pairs(ROOT / "seeds", ROOT / "tests" / "gold"))
    assert f1(count) >= 0.95, count
    assert kinds(count) >= 0.95, count


def test_real_dumps() -> None:
    dumps = pairs(SHARED / "corpus", SHARED / "eval" / "gold")
    if not dumps:
        pytest.skip("the annotated dumps are not here")
    count = score(dumps)
    assert f1(count) >= 0.97, count
    assert kinds(count) >= 0.93, count


def test_world_and_local_news() -> None:
    # annotated are places only, and not in titles: precision cannot be told
    dumps = pairs(SHARED / "eval" / "dumps", SHARED / "eval" / "dumps_gold", "trnews*.json")
    if not dumps:
        pytest.skip("the annotated dumps are not here")
    count = score(dumps)
    assert count["right"] / (count["right"] + count["wrong"] + count["missed"]) >= 0.85, count
    assert count["right"] / (count["right"] + count["wrong"]) >= 0.97, count
