import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.extraction.sentences import sentence_bounds


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_bounds(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["The ferry left at dawn.", "Nobody saw it go."],
        ["Gen. Ada Marsh met Mr. Okafor on Monday.", "They spoke for an hour."],
        ["He moved to the U.S. in 1990.", "She stayed."],
        ["He flew back to the U.S.", "The trip took a day."],
        ["J. R. Hale wrote it.", "T. S. Dunn did not."],
        ['"Stop," she said.', '"It is late."', "Then they left."],
        ["“We go,” he said.", "“We stay.”", "He sat down."],
        ['"Why now?" she asked.', "Nobody knew."],
        ["MILLTOWN, Wis. (AP) — The dam held.", "The road did not."],
        ["It cost $3.5 million.", "20 people came!", "Did it work?", "Yes."],
        ["The firm, Oakley Inc. of Leeds, closed.", "On Jan. 5 it reopened."],
        ["Item No. 7 passed.", "The answer was no.", "Item 8 failed."],
        ["He paused... and went on.", "It was over…", "Or was it?"],
        ["The line is\nhard-wrapped here.", "A new one starts."],
        ["At 5 p.m. police arrived.", "The Ph.D. student ran."],
    ],
)
def test_sentences_are_told_apart(expected):
    assert sentences(" ".join(expected)) == expected


def test_a_closing_quote_parted_by_a_space_stays_with_its_sentence():
    assert sentences('He laughed. "') == ['He laughed. "']
    assert sentences("“It ended.” ” Next came rain.") == ["“It ended.” ”", "Next came rain."]


def test_a_blank_line_ends_a_sentence_and_a_single_line_break_does_not():
    assert sentences("First heading\n\nThe text\nof it") == ["First heading", "The text\nof it"]


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_no_text_has_no_sentences(text):
    assert sentence_bounds(text) == []


@given(st.text(alphabet=st.sampled_from("Ab. \n!?\"”'(U.S)1-…\r"), max_size=80))
def test_bounds_are_in_order_trimmed_and_lose_nothing(text):
    bounds = sentence_bounds(text)
    kept = "".join(text[start:end] for start, end in bounds)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(start < end for start, end in bounds)
    assert all(left[1] <= right[0] for left, right in pairwise(bounds))
    assert all(not text[start].isspace() and not text[end - 1].isspace() for start, end in bounds)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_one_line_end_goes_on_and_two_part_whatever_they_are_made_of(line_end: str) -> None:
    text = f"Ministers met in{line_end}Brussels until four.{line_end * 2}Nobody{line_end}slept"
    assert [text[start:end] for start, end in sentence_bounds(text)] == [
        f"Ministers met in{line_end}Brussels until four.",
        f"Nobody{line_end}slept",
    ]


@pytest.mark.parametrize("piece", [".", "!?…", '."', ". ' ", " ", "\t", " \n", "\r\n", ".)", "Mr. ", "a.b"])
def test_time_is_linear_in_runs_of_marks_and_blanks(piece):
    text = "A" + piece * (400_000 // len(piece)) + "b"
    started = time.process_time()
    sentences(text)
    assert time.process_time() - started < 5  # a quadratic step takes minutes
