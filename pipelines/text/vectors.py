"""Sentence vectors from WordLlama's static token vectors, whose weights come inside the installed package."""

import logging
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 256
MAX_CHARS = 50_000
"""Texts are read so far: an article's subject shows by then, and tokenising takes more than linear time."""


def text_vectors(texts: Sequence[str]) -> NDArray[np.float64]:
    """Unit vectors, one row of 256 numbers per text; a row of zeros where a text has no token.

    The mean over the tokens is taken text by text, not over padded batches, so a text's vector does not depend on what
    is read with it.
    """
    model = _model()
    vectors = np.zeros((len(texts), DIMENSIONS))
    for row, text in enumerate(texts):
        # the tokeniser takes no lone surrogates
        encoded = model.tokenizer.encode(
            text[:MAX_CHARS].encode("utf-8", "replace").decode("utf-8"), add_special_tokens=False
        )
        tokens = np.array(encoded.ids, dtype=np.int64)
        vectors[row] = np.add.reduce(model.embedding[tokens[tokens < len(model.embedding)]], axis=0, dtype=np.float64)
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.divide(vectors, norms, out=np.zeros_like(vectors), where=norms > 0)


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
