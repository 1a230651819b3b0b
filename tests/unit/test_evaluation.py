"""Scores against gold: figures worked by hand, and what a malformed gold file says."""

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.evaluation import Score, format_markdown, format_table
from pipelines.evaluation.gold import GoldArticle, GoldDocument, GoldMention, read_gold
from pipelines.evaluation.predictions import (
    PredictedArticle,
    PredictedEntity,
    PredictedMention,
    PredictedSpan,
    Prediction,
)
from pipelines.evaluation.scores import score_documents
from pipelines.evaluation.splitting import pk_and_window_diff

TEXT = "Ferry runs again\nThe ferry to Denmark left at dawn.\n\nREAD ALSO\nPort fees rise\nNorway's ports cost more.\n"
#       line 1            line 2                              3 4          5               6


def gold(*articles: dict, **document: Any) -> GoldDocument:
    return GoldDocument(
        file="a.txt",
        sha256="00",
        articles=tuple(GoldArticle.model_validate(a, strict=False) for a in articles),
        **document,
    )


def value(scores: list[Score], quantity: str) -> float:
    return next(s.value for s in scores if s.quantity == quantity)


def quantities(scores: list[Score]) -> set[str]:
    return {s.quantity for s in scores}


def article(article_id: str, start_line: int, end_line: int, **fields: Any) -> PredictedArticle:
    return PredictedArticle(article_id=article_id, start_line=start_line, end_line=end_line, **fields)


TWO = ({"id": "g1", "start_line": 1, "end_line": 4}, {"id": "g2", "start_line": 5, "end_line": 6})


class TestBoundaries:
    def test_all_right(self) -> None:
        scores = score_documents(
            [(gold(*TWO), Prediction(text=TEXT, articles=(article("p1", 1, 4), article("p2", 5, 6))))]
        )
        assert value(scores, "article starts F1") == 1.0
        assert value(scores, "Pk (mean)") == 0.0
        assert value(scores, "WindowDiff (mean)") == 0.0
        assert value(scores, "article ends right") == 1.0

    def test_one_start_missed_and_one_invented(self) -> None:
        found = Prediction(text=TEXT, articles=(article("p1", 1, 2), article("p2", 4, 6)))
        scores = score_documents([(gold(*TWO), found)])
        assert value(scores, "article starts precision") == 0.5
        assert value(scores, "article starts recall") == 0.5
        assert value(scores, "article ends right") == 0.0  # ends at line 2 instead of 4

    def test_start_on_a_blank_line_counts_at_the_next_line_with_text(self) -> None:
        scores = score_documents(
            [(gold({"id": "g", "start_line": 4, "end_line": 6}), Prediction(text=TEXT, articles=(article("p", 3, 7),)))]
        )
        assert value(scores, "article starts F1") == 1.0
        assert value(scores, "article ends right") == 1.0

    def test_document_not_in_the_warehouse_misses_all_its_articles(self) -> None:
        found = Prediction(text=TEXT, articles=(article("p1", 1, 4), article("p2", 5, 6)))
        scores = score_documents([(gold(*TWO), found), (gold(*TWO), None)])
        assert value(scores, "documents of the gold found") == 0.5
        assert value(scores, "article starts precision") == 1.0
        assert value(scores, "article starts recall") == 0.5

    # eight lines in two halves, window 2: six probes (i, i+2) for i = 0..5
    @pytest.mark.parametrize(
        ("found", "pk", "window_diff"),
        [
            ({0, 4}, 0.0, 0.0),
            ({0}, 2 / 6, 2 / 6),  # the bound is inside the windows that begin at 2 and 3
            ({0, 5}, 2 / 6, 2 / 6),  # window 2 lacks it, window 4 has it for nothing
            ({0, 3, 4}, 1 / 6, 2 / 6),  # window 1 sees one for nothing; window 2 sees two, which only WindowDiff minds
        ],
    )
    def test_pk_and_window_diff(self, found: set[int], pk: float, window_diff: float) -> None:
        assert pk_and_window_diff({0, 4}, found, 8) == pytest.approx((pk, window_diff))

    def test_text_no_longer_than_the_window(self) -> None:
        assert pk_and_window_diff({0}, {0, 1}, 2) == (0.0, 0.0)

    @given(
        st.integers(3, 40).flatmap(lambda n: st.tuples(st.just(n), *[st.sets(st.integers(0, n - 1), min_size=1)] * 2))
    )
    def test_pk_is_a_share_and_no_stricter_than_window_diff(self, case: tuple[int, set[int], set[int]]) -> None:
        units, gold_starts, found_starts = case
        pk, window_diff = pk_and_window_diff(gold_starts, found_starts, units)
        assert 0.0 <= pk <= window_diff <= 1.0
        assert pk_and_window_diff(gold_starts, gold_starts, units) == (0.0, 0.0)


class TestRoles:
    def test_lines_take_the_kind_that_covers_most_of_them(self) -> None:
        line_2, line_4 = TEXT.index("The ferry"), TEXT.index("READ ALSO")
        spans = (
            PredictedSpan(start_char=0, end_char=line_2, kind="title"),
            PredictedSpan(start_char=line_2, end_char=line_2 + 4, kind="caption"),
            PredictedSpan(start_char=line_2 + 4, end_char=line_4 - 1, kind="body"),
            PredictedSpan(start_char=line_4 - 1, end_char=line_4, kind="blank"),
            PredictedSpan(start_char=line_4, end_char=len(TEXT), kind="body"),
        )
        furniture = [{"line": 4, "kind": "marker"}, {"line": 1, "kind": "repeated_title"}]
        one = {"id": "g", "start_line": 1, "end_line": 6, "body_lines": [2, 6], "boilerplate": furniture}
        scores = score_documents([(gold(one), Prediction(text=TEXT, spans=spans))])
        assert value(scores, "article text kept") == 1.0
        assert value(scores, "furniture kept out") == 0.0  # line 4 was taken for body; a repeated title is not judged

    def test_line_without_any_span_is_lost(self) -> None:
        one = {"id": "g", "start_line": 1, "end_line": 6, "body_lines": [2, 6]}
        spans = (PredictedSpan(start_char=0, end_char=TEXT.index("READ"), kind="body"),)
        assert value(score_documents([(gold(one), Prediction(text=TEXT, spans=spans))]), "article text kept") == 0.5


class TestFields:
    def one(self, fields: dict, **found: Any) -> list[Score]:
        return score_documents(
            [
                (
                    gold({"id": "g", "start_line": 1, "end_line": 6, **fields}),
                    Prediction(text=TEXT, articles=(article("p", 1, 6, **found),)),
                )
            ]
        )

    def test_case_and_spaces_do_not_count(self) -> None:
        assert value(self.one({"title": "Ferry runs again"}, title="FERRY  runs\u00a0again"), "title right") == 1.0

    def test_nothing_where_there_is_nothing_is_right(self) -> None:
        assert value(self.one({"dek": None}), "standfirst right") == 1.0
        assert value(self.one({"dek": None}, standfirst="x"), "standfirst right") == 0.0

    def test_what_the_gold_does_not_give_is_not_scored(self) -> None:
        assert not quantities(self.one({}, title="x")) & {"title right", "published right", "people per article F1"}

    @pytest.mark.parametrize(
        ("published", "precision", "right"),
        [
            ("2026-02-01", "day", 1.0),
            ("2026-02", "month", 1.0),
            ("2026", "year", 1.0),
            ("2026-02", "day", 0.0),
            (None, "day", 0.0),
        ],
    )
    def test_dates_are_compared_at_their_precision(self, published: str | None, precision: str, right: float) -> None:
        scores = self.one({"published": published}, published_on=date(2026, 2, 1), published_precision=precision)
        assert value(scores, "published right") == right


def mention(text: str, surface: str, iso2: str, kind: str = "name", article_id: str = "p") -> PredictedMention:
    start = text.index(surface)
    return PredictedMention(
        article_id=article_id, iso2=iso2, kind=kind, start_char=start, end_char=start + len(surface)
    )


class TestCountries:
    denmark = GoldMention(article_id="g", line=2, start_char_in_line=13, surface="Denmark", iso2="DK", kind="name")
    norway = GoldMention(article_id="g", line=6, start_char_in_line=0, surface="Norway", iso2="NO", kind="name")

    def score(
        self, *found: PredictedMention, gold_mentions: tuple[GoldMention, ...] = (), **document: Any
    ) -> list[Score]:
        one = {"id": "g", "start_line": 1, "end_line": 6, "countries": [{"iso2": "DK"}, {"iso2": "NO"}]}
        return score_documents(
            [
                (
                    gold({**one, "boilerplate_only_countries": ["SE"]}, mentions=gold_mentions, **document),
                    Prediction(text=TEXT, articles=(article("p", 1, 6),), mentions=found),
                )
            ]
        )

    def test_found_missed_and_invented(self) -> None:
        scores = self.score(
            mention(TEXT, "Denmark", "DK", kind="place"),
            mention(TEXT, "Port fees", "PT"),
            gold_mentions=(self.denmark, self.norway),
        )
        assert value(scores, "gold mentions at their place") == 1.0
        assert value(scores, "country mentions precision") == 0.5
        assert value(scores, "country mentions recall") == 0.5
        assert value(scores, "country kinds right") == 0.0
        assert value(scores, "country totals error") == 1.0  # one Norway too few, one Portugal too many, of two
        assert value(scores, "countries per article F1") == 0.5
        assert value(scores, "furniture countries kept out") == 1.0

    def test_wrong_country_at_the_right_place_is_both_missed_and_invented(self) -> None:
        scores = self.score(mention(TEXT, "Denmark", "SE"), gold_mentions=(self.denmark,))
        assert value(scores, "country mentions F1") == 0.0
        assert value(scores, "furniture countries kept out") == 0.0

    def test_one_prediction_answers_one_gold_mention(self) -> None:
        wide = PredictedMention(article_id="p", iso2="DK", kind="name", start_char=0, end_char=len(TEXT))
        scores = self.score(wide, gold_mentions=(self.denmark, self.denmark))
        assert value(scores, "country mentions recall") == 0.5

    def test_borderline_is_neither_right_nor_wrong(self) -> None:
        borderline = self.denmark.model_copy(update={"borderline": True})
        for found in ((), (mention(TEXT, "Denmark", "SE"),)):
            scores = self.score(*found, mention(TEXT, "Norway", "NO"), gold_mentions=(borderline, self.norway))
            assert value(scores, "country mentions F1") == 1.0

    def test_greenland_may_be_given_as_denmark(self) -> None:
        scores = self.score(
            mention(TEXT, "Denmark", "GL"), mention(TEXT, "Norway", "NO"), gold_mentions=(self.denmark, self.norway)
        )
        assert value(scores, "country mentions F1") == 1.0
        assert value(scores, "countries per article F1") == 1.0

    def test_gold_of_toponyms_does_not_judge_demonyms(self) -> None:
        found = (mention(TEXT, "Norway", "NO", kind="demonym"), mention(TEXT, "Denmark", "DK"))
        scores = self.score(*found, gold_mentions=(self.denmark,), mentions_scope="toponyms")
        assert value(scores, "country mentions precision") == 1.0

    def test_gold_mention_whose_surface_is_elsewhere_shows(self) -> None:
        moved = self.denmark.model_copy(update={"start_char_in_line": 0})
        assert value(self.score(gold_mentions=(moved,)), "gold mentions at their place") == 0.0

    def test_document_without_gold_mentions_judges_none(self) -> None:
        assert "country mentions F1" not in quantities(self.score(mention(TEXT, "Port fees", "PT")))


class TestNames:
    def score(self, *found: tuple[str, str, str]) -> list[Score]:
        one = {
            "id": "g",
            "start_line": 1,
            "end_line": 6,
            "person_forms": {"Kari Vik": ["Kari Vik", "Vik"], "Ola Moe": ["Moe"]},
            "org_forms": {"Coast Office": ["the Coast Office"], "Ferry Union": []},
            "iptc_top": ["economy, business and finance"],
        }
        entities = tuple(PredictedEntity(article_id="p", entity_id=e, label=label, surface=s) for e, label, s in found)
        articles = (article("p", 1, 6, topics=frozenset({"Economy, business and finance", "sport"})),)
        return score_documents([(gold(one), Prediction(text=TEXT, articles=articles, entities=entities))])

    def test_people_found_missed_and_invented(self) -> None:
        scores = self.score(("e1", "PERSON", "Kari Vik"), ("e1", "PERSON", "Vik’s"), ("e2", "PERSON", "Read More"))
        assert value(scores, "people per article precision") == 0.5
        assert value(scores, "people per article recall") == 0.5
        assert value(scores, "person main share") == 1.0

    def test_a_person_in_two_entities_and_an_entity_of_two_persons(self) -> None:
        scores = self.score(
            ("e1", "PERSON", "Kari Vik"), ("e1", "PERSON", "Vik"), ("e2", "PERSON", "Vik"), ("e2", "PERSON", "Moe")
        )
        assert value(scores, "person main share") == 3 / 4  # Vik: 2 of 3 under e1; Moe: 1 of 1
        assert value(scores, "person purity") == 3 / 4  # e1: 2 of 2 are Vik; e2: 1 of 2

    def test_organisations_may_have_the_label_of_a_place_and_an_article(self) -> None:
        scores = self.score(("e1", "GPE", "Coast Office"), ("e2", "PERSON", "Ferry Union"))
        assert value(scores, "organisations found") == 0.5

    def test_topics_at_the_top_level(self) -> None:
        scores = self.score()
        assert (value(scores, "topics precision"), value(scores, "topics recall")) == (0.5, 1.0)


class TestGoldFiles:
    def write(self, folder: Path, document: object, *mentions: object) -> Path:
        (folder / "a.json").write_text(json.dumps(document), encoding="utf-8")
        if mentions:
            rows = "".join(json.dumps(m, ensure_ascii=False) + "\n" for m in mentions)
            (folder / "a.mentions.jsonl").write_text(rows, encoding="utf-8")
        return folder

    good: ClassVar = {
        "file": "a.txt",
        "sha256": "00",
        "articles": [{"id": "g", "start_line": 1, "end_line": 2, "note": "free"}],
    }
    good_mention: ClassVar = {
        "article_id": "g",
        "line": 1,
        "start_char_in_line": 0,
        "surface": "a\u2028b",
        "iso2": "DK",
        "kind": None,
    }

    def test_optional_fields_may_be_missing(self, tmp_path: Path) -> None:
        (document,) = read_gold(self.write(tmp_path, self.good, self.good_mention))
        assert document.articles[0].person_forms is None
        assert not document.articles[0].gives("title")
        assert [m.surface for m in document.mentions] == ["a\u2028b"]

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            (lambda d: d.pop("sha256"), r"a\.json: sha256"),
            (lambda d: d.update(articles=[{"id": "g", "end_line": 2}]), r"a\.json: articles\[0\]\.start_line"),
            (lambda d: d["articles"][0].update(start_line="1"), r"a\.json: articles\[0\]\.start_line"),
            (lambda d: d["articles"][0].update(end_line=0), r"a\.json: articles\[0\]\.end_line"),
            (lambda d: d["articles"][0].update(start_line=9), r"a\.json: articles\[0\].*end_line 2 is before"),
            (lambda d: d["articles"][0].update(body_lines=[1, None]), r"a\.json: articles\[0\]\.body_lines\[1\]"),
            (lambda d: d["articles"][0].update(person_forms=["Vik"]), r"a\.json: articles\[0\]\.person_forms"),
        ],
    )
    def test_malformed_gold_names_file_and_field(
        self, tmp_path: Path, change: Callable[[dict], object], message: str
    ) -> None:
        document = json.loads(json.dumps(self.good))
        change(document)
        with pytest.raises(ValueError, match=message):
            read_gold(self.write(tmp_path, document))

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"iso2": None}, r"a\.mentions\.jsonl, row 2: iso2"),
            ({"kind": "nickname"}, r"a\.mentions\.jsonl, row 2: kind"),
            ({"article_id": "h"}, r"a\.mentions\.jsonl, row 2: article_id"),
        ],
    )
    def test_malformed_mention_names_its_row(self, tmp_path: Path, change: dict, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            read_gold(self.write(tmp_path, self.good, self.good_mention, self.good_mention | change))

    def test_not_json_at_all(self, tmp_path: Path) -> None:
        (tmp_path / "a.json").write_text("{", encoding="utf-8")
        with pytest.raises(ValueError, match=r"a\.json: .*JSON"):
            read_gold(tmp_path)

    def test_folder_without_gold(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="no gold"):
            read_gold(tmp_path)

    @pytest.mark.parametrize(("lines", "field"), [((3, 6), "start_line"), ((1, 99), "end_line")])
    def test_lines_that_the_document_does_not_have(self, lines: tuple[int, int], field: str) -> None:
        document = gold({"id": "g", "start_line": lines[0], "end_line": lines[1]})
        with pytest.raises(ValueError, match=rf"a\.txt: articles\[0\]\.{field}"):
            score_documents([(document, Prediction(text=TEXT))])


class TestTables:
    scores = (
        Score(quantity="a|b F1", value=0.5, items=1200, floor=0.9, description="x"),
        Score(quantity="Pk", value=0.04, items=3, floor=None, description="y"),
    )

    @pytest.mark.parametrize(("measured", "floor", "passed"), [(0.9, 0.9, True), (0.89, 0.9, False), (0.1, None, None)])
    def test_passed(self, measured: float, floor: float | None, passed: bool | None) -> None:
        assert Score(quantity="q", value=measured, items=1, floor=floor).passed is passed

    def test_markdown(self) -> None:
        lines = format_markdown(self.scores).splitlines()
        assert lines[2] == "| a\\|b F1 | **0.500** | ≥ 0.90 | 1,200 | x |"
        assert lines[3] == "| Pk | 0.040 |  | 3 | y |"

    def test_terminal(self) -> None:
        from rich.console import Console

        console = Console(width=100, record=True, file=io.StringIO())
        console.print(format_table(self.scores))
        assert "≥ 0.90" in console.export_text()
