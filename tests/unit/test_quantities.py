"""Amounts and dates: what a number counts or measures, what a date says and how exactly."""

import time
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.article_text import ArticleText, Segment
from pipelines.text.resolution.quantities import Amount, MentionedDate, Units, find_amounts, find_dates
from pipelines.text.resolution.quantities import dates as dates_module
from pipelines.text.resolution.quantities import numbers as numbers_module
from pipelines.text.resolution.quantities.scanning import matches_behind

FOLDER = Path(__file__).parents[2] / "models" / "quantities"


@cache
def units() -> Units:
    return Units.load(FOLDER)


def article(*paragraphs: str) -> ArticleText:
    segments, start = [], 5
    for number, text in enumerate(paragraphs, start=1):
        segments.append(Segment(zone="body", paragraph=number, start_char=start, text=text))
        start += len(text) + 1
    return ArticleText(article_id="a", segments=tuple(segments))


def amounts(text: str) -> list[Amount]:
    return find_amounts(article(text), find_dates(article(text)), units())


def dates(text: str) -> list[MentionedDate]:
    return find_dates(article(text))


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit", "thing", "surface"),
    [
        ("They sent 150,000 troops east.", "count", 150_000, None, "troops", "150,000 troops"),
        ("Some 14,000 North Korean soldiers came.", "count", 14_000, None, "North Korean soldiers",
         "14,000 North Korean soldiers"),
        ("It cost €500 billion in all.", "money", 5e11, "EUR", None, "€500 billion"),
        ("It cost $1.5bn in all.", "money", 1.5e9, "USD", None, "$1.5bn"),
        ("It cost US$75,000 in all.", "money", 75_000, "USD", None, "US$75,000"),
        ("It cost 60 million kroner in all.", "money", 6e7, "kroner", None, "60 million kroner"),
        ("It cost 300 pounds sterling.", "money", 300, "GBP", None, "300 pounds sterling"),
        ("It rose by 4.5 percent.", "percent", 4.5, "percent", None, "4.5 percent"),
        ("It rose by 4.5% then.", "percent", 4.5, "percent", None, "4.5%"),
        ("It is 30 km away.", "measure", 30, "km", None, "30 km"),
        ("It is 30km away.", "measure", 30, "km", None, "30km"),
        ("A 30-mile march.", "measure", 30, "mile", None, "30-mile"),
        ("They found 5 tonnes of cocaine.", "measure", 5, "t", "cocaine", "5 tonnes of cocaine"),
        ("It reached 48 degrees Celsius.", "measure", 48, "°C", None, "48 degrees Celsius"),
        ("It took three weeks.", "duration", 3, "week", None, "three weeks"),
        ("They had twenty-five boats.", "count", 25, None, "boats", "twenty-five boats"),
        ("They had two hundred and fifty boats.", "count", 250, None, "boats", "two hundred and fifty boats"),
        ("Half a million people came.", "count", 5e5, None, "people", "Half a million people"),
        ("A dozen people came.", "count", 12, None, "people", "A dozen people"),
        ("Two million people came.", "count", 2e6, None, "people", "Two million people"),
        ("The blast left 12 dead.", "count", 12, None, "dead", "12 dead"),
    ],
)  # fmt: skip
def test_amounts(text: str, kind: str, value: float, unit: str | None, thing: str | None, surface: str) -> None:
    (found,) = amounts(text)
    assert (found.kind, found.value, found.unit, found.object, found.surface) == (kind, value, unit, thing, surface)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("It is 10 to 12 miles away.", 10, 12),
        ("It takes 10-12 miles.", 10, 12),
        ("It costs $3 to $5 million.", 3e6, 5e6),
        ("It costs between 5 and 7 euros.", 5, 7),
        ("It takes three to four weeks.", 3, 4),
    ],
)
def test_ranges(text: str, low: float, high: float) -> None:
    (found,) = amounts(text)
    assert (found.value, found.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("About 30 boats sank.", "about"),
        ("At least 30 boats sank.", "at least"),
        ("More than 30 boats sank.", "at least"),
        ("Up to 30 boats sank.", "at most"),
        ("Fewer than 30 boats sank.", "at most"),
        ("The 30 boats sank.", None),
    ],
)
def test_qualifiers(text: str, qualifier: str | None) -> None:
    (found,) = amounts(text)
    assert found.qualifier == qualifier


@pytest.mark.parametrize(
    "text",
    [
        "They won 3-1 in the end.", "It began at 5 p.m. and at 17:30.", "See page 12 times.", "It was 2014 again.",
        "In 2014 elections were held.", "On 12 March boats sank.", "Ruiz, 34, left.", "One thing is sure.",
        "He wore number 10 proudly.", "A 12-year-old boy.", "Call 555-0134 now.", "Flight 370 passengers wept.",
    ],
)  # fmt: skip
def test_other_numbers_are_no_amounts_of_things(text: str) -> None:
    assert [a for a in amounts(text) if a.kind == "count"] == []


@pytest.mark.parametrize(
    ("text", "precision", "year", "month", "day", "surface"),
    [
        ("on 12 February 2026 it", "day", 2026, 2, 12, "12 February 2026"),
        ("on February 12, 2026, it", "day", 2026, 2, 12, "February 12, 2026"),
        ("on Feb. 12 it", "day", None, 2, 12, "Feb. 12"),
        ("on the 3rd of March it", "day", None, 3, 3, "3rd of March"),
        ("dated 2026-02-12 it", "day", 2026, 2, 12, "2026-02-12"),
        ("in February 2026 it", "month", 2026, 2, None, "February 2026"),
        ("since May it", "month", None, 5, None, "May"),
        ("in 2014 it", "year", 2014, None, None, "2014"),
        ("the 2014 election", "year", 2014, None, None, "2014"),
        ("the 1990s were", "decade", 1990, None, None, "1990s"),
        ("in the 19th century it", "century", 1800, None, None, "19th century"),
    ],
)
def test_dates(text: str, precision: str, year: int | None, month: int | None, day: int | None, surface: str) -> None:
    (found,) = dates(text)
    assert (found.precision, found.year, found.month, found.day) == (precision, year, month, day)
    assert found.surface == surface


@pytest.mark.parametrize(
    ("text", "precision", "weekday", "relative", "surface"),
    [
        ("It sank on Friday.", "day", 5, None, "Friday"),
        ("It sank last Monday.", "day", 1, "last", "last Monday"),
        ("It sails next Sunday.", "day", 7, "next", "next Sunday"),
        ("It sank yesterday.", "day", None, "yesterday", "yesterday"),
        ("It sank last year.", "year", None, "last year", "last year"),
        ("It sank last month.", "month", None, "last month", "last month"),
    ],
)
def test_dates_that_point_from_the_day_of_writing(
    text: str, precision: str, weekday: int | None, relative: str | None, surface: str
) -> None:
    (found,) = dates(text)
    assert (found.precision, found.weekday, found.relative, found.surface) == (precision, weekday, relative, surface)
    assert found.year is None


@pytest.mark.parametrize(
    "text",
    ["They may march on.", "The 2,014 boats.", "It cost 1995 euros.", "31 February", "He ran 1984 miles.",
     "Room 2015B", "They sat in the sun.", "It has 1500 people."],
)  # fmt: skip
def test_other_words_and_numbers_are_no_dates(text: str) -> None:
    assert [d for d in dates(text) if d.year != 2000] == []


PIECES = st.lists(
    st.sampled_from(
        ["150,000 ", "troops ", "€", "500 ", "billion ", "percent", "12 ", "March ", "2026", ", ",
         ". ", "two ", "hundred ",
         "and ", "to ", "-", "km ", "in ", "Friday ", "last ", "a ", "dozen ", "people ", "\n",
         "1990s ", "$", ":", "30"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(PIECES, PIECES)
def test_every_row_stands_at_its_offsets_and_apart(one: str, two: str) -> None:
    text = article(one, two)
    whole = " " * 5 + one + "\n" + two
    found_dates = find_dates(text)
    found_amounts = find_amounts(text, found_dates, units())
    for found in (found_dates, found_amounts):
        last = 0
        for row in found:
            assert whole[row.start_char : row.end_char] == row.surface != ""
            assert row.start_char >= last
            last = row.end_char
    for amount in found_amounts:
        assert amount.value >= 0
        assert amount.high is None or amount.high > amount.value


PIECES = (
    "one TWO Three twenty-one hundred a an half quarter of couple thousand million bn 3 12 2024 1990s ’90s '80s 21st "
    "century January Jan. MARCH MAY in Since on Monday last Next this year month today TODAY 2024-03-01 , . - / : $ ( "
    "“ _ é the tend oneself 1,000 4.5 % late"
)


@given(
    st.lists(st.tuples(st.sampled_from(PIECES.split()), st.sampled_from(["", " ", " ", "\n", "\u00a0"])), max_size=14)
)
def test_patterns_are_tried_wherever_they_match(pieces: list[tuple[str, str]]) -> None:
    text = "".join(word + space for word, space in pieces)
    for before, pattern in (
        (numbers_module._BEFORE, numbers_module.NUMBER),
        (dates_module._BEFORE, dates_module._PATTERN),
    ):
        found = [m.span() for m in matches_behind(before, pattern, text)]
        assert found == [m.span() for m in pattern.finditer(text)]


@pytest.mark.parametrize(
    "piece", ["1,000 ", "two hundred and ", "12 ", "in March ", "1 to ", "a ", "9", "on 3 ", "5 big "]
)
def test_time_is_linear_in_the_length(piece: str) -> None:
    def seconds(times: int) -> float:
        start = time.process_time()
        amounts(piece * times)
        return time.process_time() - start

    seconds(100)
    assert seconds(10_000) < 20 * seconds(1_000) + 1
