"""Sentence vectors do not depend on how the words of a text are looked up."""

import numpy as np
import pytest

from pipelines.text import vectors

TEXTS = [
    "Harbour pilots returned to work on Tuesday, the port authority said.",
    "“Zürich’s trams don’t stop” – 1,204 passengers, U.S. visitors and émigrés waited",
    "two  spaces, a\ttab and a\nline end",
    " a space at the front",
    "a special token <s> in it",
    "",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_read_word_by_word_has_the_tokens_of_the_whole(text: str) -> None:
    model = vectors._model()
    tokens = model.tokenizer.encode(text, add_special_tokens=False).ids
    whole = np.add.reduce(model.embedding[np.array(tokens, int)], axis=0, dtype=np.float64)
    norm = np.linalg.norm(whole)
    (found,) = vectors.text_vectors([text])
    assert np.allclose(found, whole / norm if norm else whole, atol=1e-12)
