"""Scores of splitting: figures worked by hand."""

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.evaluation.gold import GoldArticle, GoldDocument
from pipelines.evaluation.lines import Lines
from pipelines.evaluation.predictions import PredictedArticle, PredictedSpan, Prediction, prediction_of
from pipelines.evaluation.splitting import LOST, SplitTally, brier, reliability, tally_split
from pipelines.evaluation.tables import format_reliability, format_roles, format_splits
from pipelines.text.splitting import split_document

RECORDS = (
    "3 of 9\nHalden Observer\nFog stops ferries\nNo ferry ran.\n\n4 of 9\nHalden Observer\nSun returns\nIt is out.\n"
)
#          1       2                3                  4              5 6       7                8            9


def gold(*articles: dict, **document: Any) -> GoldDocument:
    return GoldDocument(
        file="a.txt",
        sha256="00",
        articles=tuple(GoldArticle.model_validate(a, strict=False) for a in articles),
        **document,
    )


def tallied(document: GoldDocument, *starts: int, confidence: float | None = None, **more: Any) -> SplitTally:
    articles = tuple(
        PredictedArticle(article_id=str(s), start_line=s, end_line=s + 3, boundary_confidence=confidence)
        for s in starts
    )
    tally = SplitTally()
    tally_split(document, Prediction(text=RECORDS, articles=articles, **more), Lines(RECORDS), tally)
    return tally


TWO = gold(
    {"id": "1", "start_line": 1, "end_line": 4, "title_line": 3},
    {"id": "2", "start_line": 6, "end_line": 9, "title_line": 8},
)


class TestStarts:
    @pytest.mark.parametrize("second", [6, 7, 8])
    def test_any_line_from_the_metadata_to_the_title_is_a_start(self, second: int) -> None:
        tally = tallied(TWO, 1, second)
        assert tally.matches["starts"] == (2, 0, 0)
        assert tally.pk == [0.0]

    def test_the_line_below_the_title_is_none(self) -> None:
        assert tallied(TWO, 1, 9).matches["starts"] == (1, 1, 1)

    def test_two_starts_in_one_head_are_one_right_and_one_wrong(self) -> None:
        assert tallied(TWO, 1, 6, 8).matches["starts"] == (2, 1, 0)

    def test_document_without_articles_has_no_pk(self) -> None:
        tally = tallied(gold(), 1)
        assert tally.matches["starts"] == (0, 1, 0)
        assert (tally.documents, tally.pk) == (1, [])


class TestRoles:
    def test_lines_by_gold_role_and_given_kind(self) -> None:
        document = gold(
            {
                "id": "1", "start_line": 1, "end_line": 4, "title_line": 3, "body_lines": [4],
                "meta_lines": [{"line": 2, "kind": "source"}], "boilerplate": [{"line": 1, "kind": "metadata"}],
            },
            non_article_lines=(6,),
        )  # fmt: skip
        at = Lines(RECORDS)
        kinds = {1: "header", 2: "body", 3: "title"}
        spans = tuple(
            PredictedSpan(start_char=at.starts[n - 1], end_char=at.ends[n - 1], kind=k) for n, k in kinds.items()
        )
        tally = tallied(document, spans=spans)
        assert tally.roles == {
            ("metadata", "header"): 1, ("metadata", "body"): 1, ("title", "title"): 1, ("body", LOST): 1
        }  # fmt: skip
        assert tally.share("roles") == 0.5


class TestConfidences:
    def test_the_first_article_of_a_file_does_not_count(self) -> None:
        assert tallied(TWO, 1, 6, 9, confidence=0.8).confidences == [(0.8, True), (0.8, False)]

    def test_bins(self) -> None:
        low, high = reliability([(0.2, False), (0.4, True), (1.0, True)], (0.0, 0.5, 1.0))
        assert (low.articles, low.confidence, low.right) == (2, pytest.approx(0.3), 0.5)
        assert (high.articles, high.confidence, high.right) == (1, 1.0, 1.0)

    def test_brier(self) -> None:
        assert brier([(1.0, True), (0.5, False)]) == pytest.approx(0.125)
        assert brier([]) == 0.0

    @given(st.lists(st.tuples(st.floats(0, 1), st.booleans())))
    def test_every_confidence_is_in_one_bin(self, confidences: list[tuple[float, bool]]) -> None:
        assert sum(b.articles for b in reliability(confidences)) == len(confidences)


def test_tallies_add_up() -> None:
    one, other = tallied(TWO, 1, confidence=0.9), tallied(TWO, 1, 6, 9, confidence=0.7)
    both = one.plus(other)
    assert both.matches["starts"] == (3, 1, 1)
    assert (both.documents, len(both.pk), len(both.confidences)) == (2, 2, 2)
    assert both.share("ends") == 1.0
    assert one.matches["starts"] == (1, 0, 1)  # unchanged


def test_shares_of_nothing_are_none() -> None:
    assert SplitTally().share("title", "publisher") is None


def test_the_splitter_alone_is_a_prediction() -> None:
    split = split_document(RECORDS)
    found = prediction_of(RECORDS, split)
    assert [(a.start_line, a.end_line) for a in found.articles] == [(a.start_line, a.end_line) for a in split.articles]
    assert [(s.start_char, s.kind) for s in found.spans] == [(s.start_char, s.kind) for s in split.spans]


def test_tables() -> None:
    from rich.console import Console

    console = Console(width=200, record=True, file=io.StringIO())
    tally = tallied(TWO, 1, 9, confidence=0.6, spans=(PredictedSpan(start_char=0, end_char=6, kind="title"),))
    tally.roles["title", "body"] += 3
    console.print(format_splits({"[b]any": tally}), format_roles(tally), format_reliability(tally))
    text = console.export_text()
    assert "[b]any" in text  # names are text, not markup
    assert "0.500" in text
    assert "0.50–0.70" in text
