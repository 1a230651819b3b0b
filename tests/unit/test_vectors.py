"""Vectors of texts: tokens are looked up word by word, which must give what the tokeniser gives for the whole text."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text import vectors

PIECES = ["harbour", "Harbour", "é", "北京", "😀", " ", "  ", "\n", "\t", "\u2581", "<s>", "</s>", ".", "’s", "1,204"]


def whole(text: str) -> list[int]:
    return vectors._model().tokenizer.encode(text, add_special_tokens=False).ids


def test_no_token_goes_on_behind_a_space() -> None:
    vocabulary = vectors._model().tokenizer.get_vocab()
    assert not [token for token in vocabulary if "\u2581" in token.lstrip("\u2581")]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_tokens_of_words_are_those_of_the_text(text: str) -> None:
    assert vectors._tokens(text) == whole(text)


@given(st.text(max_size=60))
def test_any_text_has_the_tokens_of_the_whole(text: str) -> None:
    text = text.encode("utf-8", "replace").decode("utf-8")
    assert vectors._tokens(text) == whole(text)


@pytest.mark.parametrize("text", ["", " ", "\ud800", "\ud800 harbour"])
def test_odd_texts_have_a_vector(text: str) -> None:
    (vector,) = vectors.text_vectors([text])
    assert vector.shape == (vectors.DIMENSIONS,)
    assert np.isfinite(vector).all()
