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
"""Texts are read so far: an article's subject shows by then, and tokenising takes more than linear time."""
_NOT_BY_WORD = re.compile(r"  |^ | $|[<\u2581]")
"""Where a text has this, its tokens may depend on more than the word that they stand in."""


def text_vectors(texts: Sequence[str]) -> NDArray[np.float64]:
    """Unit vectors, one row of 256 numbers per text; a row of zeros where a text has no token.

    The mean over the tokens is taken text by text, not over padded batches, so a text's vector does not depend on what
    is read with it.
    """
    embedding = _model().embedding
    vectors = np.zeros((len(texts), DIMENSIONS))
    for row, text in enumerate(texts):
        # the tokeniser takes no lone surrogates
        content = text[:MAX_CHARS].encode("utf-8", "replace").decode("utf-8")
        if _NOT_BY_WORD.search(content):
            tokens = _tokens(content)
        else:
            # no token reaches over a space, and a text has few words that no other text has
            tokens = list(chain.from_iterable(map(_word_tokens, content.split(" "))))
        vectors[row] = np.add.reduce(embedding[tokens], axis=0, dtype=np.float64)
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.divide(vectors, norms, out=np.zeros_like(vectors), where=norms > 0)


def _tokens(text: str) -> list[int]:
    """The tokens of a text that have a vector, as indices."""
    model = _model()
    return [
        token for token in model.tokenizer.encode(text, add_special_tokens=False).ids if token < len(model.embedding)
    ]


_word_tokens = lru_cache(maxsize=100_000)(_tokens)


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
