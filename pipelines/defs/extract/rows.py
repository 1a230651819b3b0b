"""Articles, read by spaCy, as rows. Imported late: Dagster loads this module whenever it lists the assets."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from pipelines.orphans import end_forks
from pipelines.text.extraction.reading import from_reading, to_reading
from pipelines.warehouse.articles import UnreadArticle
from pipelines.warehouse.step import Rows
from pipelines.warehouse.tables import row_of

if TYPE_CHECKING:
    from spacy.language import Language

CHARS_PER_PROCESS = 300_000
"""Characters in a batch for each process: two read twice as many in four fifths of the time that one takes."""


class Extractor:
    """Reads articles with the model, which is loaded when the first text comes that it has not read yet."""

    def __init__(self, model: str, processes: int, fingerprint: str) -> None:
        self._model = model
        self._processes = processes
        self._fingerprint = fingerprint

    def rows(self, articles: Sequence[UnreadArticle]) -> Rows:
        """Rows of sentences and entity spans, and of the readings of texts that were met for the first time."""
        readings = {a.text_hash: a.reading for a in articles if a.reading is not None}
        new = {a.text_hash: a.text for a in articles if a.text_hash not in readings}
        if new:
            from pipelines.text.extraction.extract import extract

            chars = sum(len(s.text) for text in new.values() for s in text.segments)
            processes = self._processes or max(1, min(os.cpu_count() or 1, chars // CHARS_PER_PROCESS))
            if processes > 1:
                end_forks()
            found = extract(_nlp(self._model), new.values(), n_process=processes)
            for (text_hash, text), extraction in zip(new.items(), found, strict=True):
                readings[text_hash] = to_reading(text, extraction)
        extractions = [from_reading(a.text, readings[a.text_hash]) for a in articles]
        return {
            "raw.sentences": [row_of(s, article_id=e.article_id) for e in extractions for s in e.sentences],
            "raw.entity_spans": [row_of(s, article_id=e.article_id) for e in extractions for s in e.entities],
            "raw.readings": [
                {"text_hash": text_hash, "fingerprint": self._fingerprint, "reading": readings[text_hash]}
                for text_hash in new
            ],
        }


@cache
def _nlp(model: str) -> Language:
    from pipelines.text.extraction.model import load_model

    return load_model(model)
