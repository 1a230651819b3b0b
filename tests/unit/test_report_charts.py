"""Pure parts of the report: classes of counts, cells of the matrix, colours, and the map's data."""

import base64
import subprocess
import sys
from typing import Any

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.report import charts
from pipelines.report.themes import DARK, LIGHT
from pipelines.report.world import outlines, small_states


def country(iso3: str, mentions: int) -> dict[str, Any]:
    return {"iso3": iso3, "name": iso3, "mentions": mentions, "articles": mentions, "article_share": 0.5}


def classes_of(countries: list[dict[str, Any]]) -> dict[str, str]:
    spec = charts.world_map(countries).to_dict()
    rows = next(rows for rows in spec["datasets"].values() if isinstance(rows, list) and "latitude" not in rows[0])
    return {row["iso3"]: row["class"] for row in rows}


class TestClasses:
    @pytest.mark.parametrize(
        ("largest", "bounds"),
        [
            (1, [1]),
            (4, [1, 2, 3, 4]),
            (6, [1, 2, 3, 4, 5, 6]),
            (7, [1, 2, 5]),
            (99, [1, 2, 5, 10, 20, 50]),
            (100, [1, 3, 10, 30, 100]),
            (999, [1, 3, 10, 30, 100, 300]),
            (1000, [1, 10, 100, 1000]),
        ],
    )
    def test_bounds(self, largest: int, bounds: list[int]) -> None:
        assert charts.class_bounds(largest) == bounds

    @given(st.integers(1, 10**15))
    def test_bounds_are_few_and_reach_the_largest(self, largest: int) -> None:
        bounds = charts.class_bounds(largest)
        assert len(bounds) <= len(LIGHT.sequence)
        assert bounds == sorted(set(bounds))
        assert bounds[0] == 1
        assert bounds[-1] <= largest
        assert len(charts.class_labels(bounds)) == len(bounds) == len(set(charts.class_labels(bounds)))

    def test_labels(self) -> None:
        assert charts.class_labels([1, 2, 5, 1000]) == ["1", "2–4", "5–999", "1,000 or more"]
        assert charts.class_labels([1, 2]) == ["1", "2 or more"]

    def test_a_country_is_in_the_class_that_holds_its_count(self) -> None:
        found = classes_of([country("NOR", 120), country("DNK", 9), country("SWE", 10), country("FIN", 0)])
        assert found == {"NOR": "100 or more", "DNK": "3–9", "SWE": "10–29", "FIN": "none"}


class TestMap:
    def test_every_country_has_an_outline_or_a_dot_and_not_both(self) -> None:
        drawn = {g["id"] for g in outlines()["objects"]["countries"]["geometries"]}
        assert drawn | small_states().keys() == {c.alpha_3 for c in pycountry.countries} | {"XKX"}
        assert not drawn & small_states().keys()

    def test_small_states_are_dots_only_where_mentioned(self) -> None:
        spec = charts.world_map([country("MLT", 2), country("SGP", 0)]).to_dict()
        dots = [rows for rows in spec["datasets"].values() if isinstance(rows, list) and "latitude" in rows[0]]
        assert [[row["iso3"] for row in rows] for rows in dots] == [["MLT"]]

    @pytest.mark.parametrize(("mentions", "shown"), [(0, False), (3, True)])
    def test_antarctica_takes_room_only_where_it_is_mentioned(self, mentions: int, shown: bool) -> None:
        spec = charts.world_map([country("ATA", mentions), country("NOR", 1)]).to_dict()
        assert ("ATA" in str(spec["datasets"]["world"]["objects"])) is shown


class TestTopicMatrix:
    topics = ({"topic_id": "t2", "name": "war", "stories": 9}, {"topic_id": "t1", "name": "sport", "stories": 4})

    def cell(self, npmi: float, log_likelihood: float | None = 9.0) -> dict[str, Any]:
        pair = {"topic_a": "t1", "topic_b": "t2", "n_a": 4, "n_b": 9, "n_both": 2, "n_total": 20, "expected_both": 1.8}
        measures = {"npmi": npmi, "log_likelihood": log_likelihood}
        spec = charts.topic_matrix(self.topics, [pair | measures]).to_dict()
        return next(row for rows in spec["datasets"].values() for row in rows if "NPMI" in row)

    def test_the_more_frequent_topic_gives_the_column_and_its_count_comes_first(self) -> None:
        cell = self.cell(0.05)
        assert (cell["column"], cell["row"], cell["Stories with each"]) == ("war", "sport", "9 and 4")
        assert cell["Stories with both"] == "2 of 20"

    @pytest.mark.parametrize(
        ("npmi", "index"), [(-1.0, 0), (-0.25, 1), (-0.05, 2), (0.0499, 2), (0.05, 3), (0.25, 4), (0.5, 5), (1.0, 5)]
    )
    def test_classes_of_npmi(self, npmi: float, index: int) -> None:
        assert self.cell(npmi)["class"] == charts.NPMI_CLASSES[index]

    @pytest.mark.parametrize(("g2", "sure"), [(3.84, True), (-3.84, True), (3.8, False), (-0.1, False), (None, False)])
    def test_pale_where_it_may_be_chance(self, g2: float | None, sure: bool) -> None:
        assert self.cell(-0.9, g2)["sure"] is sure


class TestMonths:
    def months(self, *counts: int) -> list[dict[str, Any]]:
        return [{"month": f"{2000 + i // 12}-{i % 12 + 1:02}-01", "total_articles": n} for i, n in enumerate(counts)]

    def test_all_months_and_the_undated_where_they_fit(self) -> None:
        months = [*self.months(1, 0, 2), {"month": None, "total_articles": 7}]
        assert charts.busiest_months(months) == ["2000-01-01", "2000-02-01", "2000-03-01", None]

    def test_an_old_article_does_not_stretch_the_axis(self) -> None:
        months = self.months(1, *[0] * 40, 5, 0, 6, *[0] * 9)
        assert charts.busiest_months(months) == ["2003-06-01", "2003-07-01", "2003-08-01"]

    def test_many_months_keep_the_busiest_and_of_equals_the_latest(self) -> None:
        assert charts.busiest_months(self.months(*[1] * 60)) == [m["month"] for m in self.months(*[1] * 60)[36:]]

    @pytest.mark.parametrize(("months", "shown"), [([], []), ([{"month": None, "total_articles": 3}], [None])])
    def test_nothing_dated(self, months: list[dict[str, Any]], shown: list[str | None]) -> None:
        assert charts.busiest_months(months) == shown


def test_charts_have_a_colour_for_each_class() -> None:
    for theme in (LIGHT, DARK):
        assert len(theme.diverging) == len(charts.NPMI_CLASSES) == len(charts.NPMI_BOUNDS) + 1
        assert len(theme.kinds) == len(charts.KINDS)


def test_references_name_the_variables_that_the_page_defines() -> None:
    reference = LIGHT.by_reference()
    assert set(reference.variables().values()) == {f"var({name})" for name in LIGHT.variables()}
    assert LIGHT.variables().keys() == DARK.variables().keys()


def test_shares_and_intervals() -> None:
    assert charts.percent(0.1234) == "12.3 %"
    assert charts.percent(None) == "–"
    assert charts.interval(0.031, 0.12) == "3.1–12.0 %"
    assert charts.interval(None, 0.1) == "–"
    assert charts.month_label("2026-03-01") == "2026-03"
    assert charts.month_label(None) == "undated"


def test_markdown_image_carries_its_bytes_and_its_label_stays_a_label() -> None:
    encoded = base64.b64encode(b"PNG").decode()
    assert charts.markdown_image(b"PNG", "a](x)\n[b") == f"![a(x)b](data:image/png;base64,{encoded})"


def test_nothing_is_imported_before_something_is_drawn() -> None:
    code = "import sys, pipelines.report; print([m for m in ('altair', 'vl_convert', 'jinja2') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == "[]"
