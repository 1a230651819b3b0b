"""Sentence vectors from WordLlama's static token vectors, whose weights come inside the installed package."""

import logging
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 256
MAX_CHARS = 50_000
"""Texts are read so far: an article's subject shows by then."""
_CACHED_WORDS = 200_000
_WORD = re.compile(r" *[^ ]+")


def text_vectors(texts: Sequence[str]) -> NDArray[np.float64]:
    """Unit vectors, one row of 256 numbers per text; a row of zeros where a text has no token.

    The mean over the tokens is taken text by text, not over padded batches, so a text's vector does not depend on what
    is read with it.
    """
    embedding = _model().embedding
    vectors = np.zeros((len(texts), DIMENSIONS))
    for row, text in enumerate(texts):
        # the tokeniser takes no lone surrogates
        found = _tokens(text[:MAX_CHARS].encode("utf-8", "replace").decode("utf-8"))
        tokens = np.fromiter(found, dtype=np.int64, count=len(found))
        vectors[row] = np.add.reduce(embedding[tokens[tokens < len(embedding)]], axis=0, dtype=np.float64)
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.divide(vectors, norms, out=np.zeros_like(vectors), where=norms > 0)


def _tokens(text: str) -> list[int]:
    """The tokens of a text: those of its words, since no token goes on behind a space (a test holds it to that)."""
    if text.endswith(" ") or any(mark in text for mark in _marks()):
        return _model().tokenizer.encode(text, add_special_tokens=False).ids
    # the tokeniser puts a space before whatever it is given
    return [*chain.from_iterable(map(_word_tokens, _WORD.findall(" " + text)))]


@lru_cache(_CACHED_WORDS)
def _word_tokens(word: str) -> tuple[int, ...]:
    """Of a word and the space before it."""
    return tuple(_model().tokenizer.encode(word[1:], add_special_tokens=False).ids)


@cache
def _marks() -> tuple[str, ...]:
    """What stands for itself wherever it occurs, such as the mark of a text's end, and how a space is written."""
    return ("\u2581", *(token.content for token in _model().tokenizer.get_added_tokens_decoder().values()))


@cache
def _model() -> Any:
    # importing the package sets up the root logger, which is the application's to do
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        import wordllama
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
    model = wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)
    model.tokenizer.no_padding()
    return model
