"""Articles, read by spaCy, as rows. Imported late: Dagster loads this module whenever it lists the assets."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict
from functools import cached_property
from typing import TYPE_CHECKING

from pipelines.text.article_text import ArticleText
from pipelines.warehouse.step import Rows

if TYPE_CHECKING:
    from spacy.language import Language

CHARS_PER_PROCESS = 1_500_000
"""Characters in a batch from which another process is worth the start of it."""


class Extractor:
    """The model, loaded when the first article comes."""

    def __init__(self, model: str, processes: int) -> None:
        self._model = model
        self._processes = processes

    @cached_property
    def _nlp(self) -> Language:
        from pipelines.text.extraction.model import load_model

        return load_model(self._model)

    def rows(self, articles: Sequence[ArticleText]) -> Rows:
        """Rows of sentences and entity spans."""
        from pipelines.text.extraction.extract import extract

        chars = sum(len(s.text) for a in articles for s in a.segments)
        processes = self._processes or max(1, min(os.cpu_count() or 1, chars // CHARS_PER_PROCESS))
        sentences, entities = [], []
        for found in extract(self._nlp, articles, n_process=processes):
            sentences += [asdict(s) | {"article_id": found.article_id} for s in found.sentences]
            entities += [asdict(e) | {"article_id": found.article_id} for e in found.entities]
        return {"raw.sentences": sentences, "raw.entity_spans": entities}
