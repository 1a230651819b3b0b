import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.extraction.truecasing import casing_of, headline_case, truecase

BODY = "The minister said that Norland will buy ferries from Marsh and the UN. A buyer holds talks in the bay, he said."
ORDINARY = frozenset({"plans", "giant", "parade", "slams"})


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("Norland Plans Giant Parade in the Bay", "title"),
        ("NORLAND PLANS GIANT PARADE", "upper"),
        ("Norland plans giant parade in the bay", None),
        ("Foreign Minister Ada Marsh met Defence Minister Bo Tan of Norland in Port Ash on Monday.", None),
        ("He said so.", None),
        ("Ada Marsh", None),
        ("", None),
    ],
)
def test_headlines_are_told_from_sentences(text, style):
    assert headline_case(text) == style


def test_a_headline_keeps_the_capitals_of_names_only():
    casing = casing_of([BODY])
    assert truecase("Norland Plans Giant Parade in the Bay", casing, ORDINARY) == (
        "Norland plans giant parade in the bay"
    )


def test_capitals_of_a_shouted_headline_come_from_the_body():
    casing = casing_of([BODY])
    assert truecase("UN SLAMS NORLAND FERRIES AND MARSH", casing, ORDINARY) == "UN slams Norland ferries and Marsh"


def test_what_the_body_writes_with_a_capital_keeps_it_though_the_language_does_not():
    casing = casing_of(["They asked Slams and others for help, and Holds agreed."])
    assert truecase("Slams Asks Holds For Ferries", casing, ORDINARY) == "Slams Asks Holds for Ferries"


def test_sentences_are_left_alone():
    assert truecase(BODY, casing_of([BODY]), ORDINARY) == BODY


@given(st.text(max_size=60))
def test_the_copy_has_the_length_of_the_original(text):
    assert len(truecase(text, casing_of([BODY]), ORDINARY)) == len(text)
    assert len(truecase(text.title(), casing_of([BODY, text]), ORDINARY)) == len(text.title())
    assert len(truecase(text.upper(), casing_of([BODY, text]), ORDINARY)) == len(text.upper())
