"""The gold of the samples for splitting fits the dumps, byte for byte and line for line."""

import hashlib
import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.evaluation.gold import read_gold
from pipelines.evaluation.lines import Lines
from pipelines.text.reading import find_files, read_file

SAMPLES = Path(__file__).parents[1] / "quality" / "samples"
GOLD_FILES = sorted(SAMPLES.glob("*.json"))
LISTED = ("section_headings", "meta_lines", "boilerplate")


class Sample:
    def __init__(self, gold_path: Path) -> None:
        self.gold: dict[str, Any] = json.loads(gold_path.read_text(encoding="utf-8"))
        self.path = SAMPLES / self.gold["file"]
        document = read_file(find_files([str(self.path)], home=SAMPLES)[0], max_bytes=2**30)
        assert document.text is not None
        self.text = document.text
        self.lines = Lines(document.text)

    def line(self, number: int) -> str:
        return self.text[self.lines.starts[number - 1] : self.lines.ends[number - 1]]


def lines_of(article: dict[str, Any]) -> list[int]:
    """Every line of an article that has a role, once per role."""
    heads = [article[key] for key in ("title_line", "dek_line") if article.get(key) is not None]
    return [*heads, *article["body_lines"], *(row["line"] for key in LISTED for row in article[key])]


@pytest.fixture(params=GOLD_FILES, ids=lambda path: path.stem)
def sample(request: pytest.FixtureRequest) -> Sample:
    return Sample(request.param)


def test_there_is_gold_for_every_dump_and_the_gold_is_read() -> None:
    assert [path.stem for path in GOLD_FILES] == [path.stem for path in sorted(SAMPLES.glob("*.txt"))]
    assert len(read_gold(SAMPLES)) == len(GOLD_FILES) >= 20
    assert all(document.kind for document in read_gold(SAMPLES))


def test_gold_is_of_these_bytes(sample: Sample) -> None:
    assert hashlib.sha256(sample.path.read_bytes()).hexdigest() == sample.gold["sha256"]
    assert sample.gold["lines"] == len(sample.lines.starts) - 1


def test_each_non_blank_line_has_one_role(sample: Sample) -> None:
    inside = [n for article in sample.gold["articles"] for n in lines_of(article)]
    outside = [row["line"] for row in sample.gold["non_article_lines"]]
    assert sorted(inside + outside) == sample.lines.nonblank


def test_articles_follow_one_another(sample: Sample) -> None:
    for article in sample.gold["articles"]:
        lines = lines_of(article)
        assert (article["start_line"], article["end_line"]) == (min(lines), max(lines))
        assert article["body_lines"]
    for before, after in itertools.pairwise(sample.gold["articles"]):
        assert before["end_line"] < after["start_line"]


def test_quoted_lines_are_the_lines(sample: Sample) -> None:
    rows = list(sample.gold["non_article_lines"])
    for article in sample.gold["articles"]:
        rows += [row for key in LISTED for row in article[key]]
        for key in ("title", "dek"):
            if article.get(key) is not None:
                shown = sample.line(article[f"{key}_line"])
                assert shown.removeprefix("HD").strip() == article[key]
    for row in rows:
        assert sample.line(row["line"]) == row["text"]


def test_the_kinds_of_line_end_and_encodings_are_there() -> None:
    data = [path.read_bytes() for path in sorted(SAMPLES.glob("*.txt"))]
    assert sum(b"\r\n" in d for d in data) >= 5
    assert any(b"\r" in d and b"\n" not in d for d in data)
    assert any(d.startswith(b"\xef\xbb\xbf") for d in data)
    assert sum(not _is_utf8(d) for d in data) == 1


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
