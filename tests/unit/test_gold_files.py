"""The annotations of the sample dumps fit the dumps they annotate, byte for byte and line for line."""

import collections
import hashlib
import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SEEDS, GOLD = ROOT / "seeds", ROOT / "tests" / "gold"
GOLD_FILES = sorted(GOLD.glob("*.json"))
KINDS = {"name", "demonym", "metonym", "place"}
TOP_TOPICS = {
    "arts, culture, entertainment and media",
    "conflict, war and peace",
    "crime, law and justice",
    "disaster, accident and emergency incident",
    "economy, business and finance",
    "education",
    "environment",
    "health",
    "human interest",
    "labour",
    "lifestyle and leisure",
    "politics",
    "religion",
    "science and technology",
    "society",
    "sport",
    "weather",
}


def decode(data: bytes) -> str:
    """The text of a dump in one of the encodings that the samples use, without its byte-order mark."""
    if data.startswith(b"\xff\xfe"):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def read_mentions(gold_path: Path) -> list[dict[str, Any]]:
    lines = gold_path.with_suffix(".mentions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


class Sample:
    """One annotated dump: its bytes, its text, the text's lines (1-based through `line`) and the annotations."""

    def __init__(self, gold_path: Path) -> None:
        self.gold: dict[str, Any] = json.loads(gold_path.read_text(encoding="utf-8"))
        self.mentions = read_mentions(gold_path)
        self.data = (SEEDS / self.gold["file"]).read_bytes()
        self.text = decode(self.data)
        ends = [match.end() for match in re.finditer(r"\r\n|\r|\n", self.text)]
        self.starts = [0, *ends]
        if self.starts[-1] == len(self.text):
            self.starts.pop()

    def line(self, number: int) -> str:
        start = self.starts[number - 1]
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def non_blank_lines(self) -> list[int]:
        return [n for n in range(1, len(self.starts) + 1) if self.line(n).strip()]

    def article_text(self, article: dict[str, Any]) -> str:
        """The article's counted text on one line, whatever the dump's line breaks."""
        lines = [article["title_line"], article["dek_line"], *article["body_lines"]]
        lines += [heading["line"] for heading in article["section_headings"]]
        return " ".join(" ".join(self.line(n).split()) for n in sorted(n for n in lines if n))


def lines_with_roles(article: dict[str, Any]) -> list[int]:
    """Every line of an article that has a role, once per role."""
    single = [article[key] for key in ("title_line", "dek_line") if article[key] is not None]
    listed = [row["line"] for key in ("section_headings", "meta_lines", "boilerplate") for row in article[key]]
    return [*single, *article["body_lines"], *listed]


@pytest.fixture(params=GOLD_FILES, ids=lambda path: path.stem)
def sample(request: pytest.FixtureRequest) -> Sample:
    return Sample(request.param)


def test_samples_are_annotated() -> None:
    assert len(GOLD_FILES) >= 8


def test_annotations_are_of_these_bytes(sample: Sample) -> None:
    assert hashlib.sha256(sample.data).hexdigest() == sample.gold["sha256"]
    assert len(sample.starts) == sample.gold["lines"]


def test_each_non_blank_line_has_one_role(sample: Sample) -> None:
    outside = [row["line"] for row in sample.gold["non_article_lines"]]
    inside = [n for article in sample.gold["articles"] for n in lines_with_roles(article)]
    assert sorted(inside + outside) == sample.non_blank_lines()


def test_articles_follow_one_another(sample: Sample) -> None:
    for article in sample.gold["articles"]:
        lines = lines_with_roles(article)
        assert (article["start_line"], article["end_line"]) == (min(lines), max(lines))
    for before, after in itertools.pairwise(sample.gold["articles"]):
        assert before["end_line"] < after["start_line"]


def test_quoted_lines_are_the_lines(sample: Sample) -> None:
    rows = list(sample.gold["non_article_lines"])
    for article in sample.gold["articles"]:
        rows += article["section_headings"] + article["meta_lines"] + article["boilerplate"]
        if article["title"] is not None:
            assert sample.line(article["title_line"]).removeprefix("Headline: ") == article["title"]
        if article["dek"] is not None:
            assert sample.line(article["dek_line"]) == article["dek"]
    for row in rows:
        assert sample.line(row["line"]) == row["text"]


def test_mentions_stand_at_their_offsets(sample: Sample) -> None:
    articles = {article["id"]: article for article in sample.gold["articles"]}
    spans = []
    for mention in sample.mentions:
        start = sample.starts[mention["line"] - 1] + mention["start_char_in_line"]
        end = start + len(mention["surface"])
        assert sample.text[start:end] == mention["surface"]
        assert mention["kind"] in KINDS
        assert re.fullmatch(r"[A-Z]{2}", mention["iso2"])
        article = articles[mention["article_id"]]
        headings = [heading["line"] for heading in article["section_headings"]]
        lines_of_zone = {
            "title": [article["title_line"]],
            "dek": [article["dek_line"]],
            "body": [*article["body_lines"], *headings],
        }
        assert mention["line"] in lines_of_zone[mention["zone"]]
        # a name is a whole word: "Niger" is not a mention inside "Nigeria"
        assert start == 0 or not sample.text[start - 1].isalnum()
        assert not sample.text[end : end + 1].isalnum()
        spans.append((start, end))
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(sorted(spans)))


def test_country_totals_are_those_of_the_mentions(sample: Sample) -> None:
    counted: dict[str, dict[str, collections.Counter[str]]] = collections.defaultdict(dict)
    for mention in sample.mentions:
        if not mention.get("borderline"):
            kinds = counted[mention["article_id"]].setdefault(mention["iso2"], collections.Counter())
            kinds[mention["kind"]] += 1
    for article in sample.gold["articles"]:
        totals = {row["iso2"]: row["by_kind"] for row in article["countries"]}
        assert totals == counted[article["id"]]
        assert all(row["mentions"] == sum(row["by_kind"].values()) for row in article["countries"])
        assert not set(article["boilerplate_only_countries"]) & set(totals)


def test_every_form_of_a_name_stands_in_the_article(sample: Sample) -> None:
    for article in sample.gold["articles"]:
        text = sample.article_text(article)
        assert list(article["person_forms"]) == article["persons"]
        assert list(article["org_forms"]) == article["orgs"]
        for forms in (article["person_forms"] | article["org_forms"]).values():
            assert forms
            for form in forms:
                assert re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text), form


def test_a_lookalike_is_not_also_a_mention(sample: Sample) -> None:
    mentions = {(m["line"], m["start_char_in_line"]) for m in sample.mentions}
    for article in sample.gold["articles"]:
        for row in article["uncounted_country_lookalikes"]:
            start = sample.starts[row["line"] - 1] + row["start_char_in_line"]
            assert sample.text[start : start + len(row["surface"])] == row["surface"]
            assert (row["line"], row["start_char_in_line"]) not in mentions


def test_ids_are_unique_and_reprints_name_an_article() -> None:
    articles = [a for path in GOLD_FILES for a in json.loads(path.read_text(encoding="utf-8"))["articles"]]
    ids = {article["id"] for article in articles}
    assert len(ids) == len(articles)
    reprints = [article for article in articles if "reprint_of" in article]
    assert reprints
    assert all(article["reprint_of"] in ids - {article["id"]} for article in reprints)


def test_samples_cover_every_top_topic_and_half_a_year() -> None:
    articles = [a for path in GOLD_FILES for a in json.loads(path.read_text(encoding="utf-8"))["articles"]]
    assert {topic for article in articles for topic in article["iptc_top"]} == TOP_TOPICS
    months = {article["published"][:7] for article in articles if article["published"]}
    assert months == {f"2026-0{month}" for month in range(1, 7)}
