"""Documents, split, as rows."""

from collections.abc import Iterable
from typing import Any

from pipelines.text.article_text import article_text
from pipelines.text.reading import language_of
from pipelines.text.splitting import split_document
from pipelines.text.splitting.identity import article_ids
from pipelines.text.splitting.spans import Span
from pipelines.warehouse.articles import StoredDocument
from pipelines.warehouse.tables import row_of

MIN_WORDS_FOR_LANGUAGE = 50
"""Words below which an article's language is taken to be its document's: too few to tell."""
FAILED = "failed"
"""Layout of a document on which the splitter failed."""


def split_rows(documents: Iterable[StoredDocument]) -> dict[str, list[Any]]:
    """Rows of layouts, spans and articles."""
    layouts, spans, articles = [], [], []
    for document in documents:
        split = split_document(document.text, path=document.path)
        ids = article_ids(document.document_id, document.text, split.articles)
        id_of = {a.ordinal: i for a, i in zip(split.articles, ids, strict=True)}
        layouts.append(
            {
                "document_id": document.document_id,
                "layout": split.layout,
                "layout_confidence": split.layout_confidence,
            }
        )
        spans_of: dict[int, list] = {a.ordinal: [] for a in split.articles}
        for span in split.spans:
            row = row_of(span)
            ordinal = row.pop("article")
            row |= {"document_id": document.document_id, "article_id": id_of.get(ordinal)}
            spans.append(row)
            if ordinal is not None:
                spans_of[ordinal].append(span)
        for article in split.articles:
            article_id = id_of[article.ordinal]
            language = language_of(article.body) if article.words >= MIN_WORDS_FOR_LANGUAGE else document.language
            content = article_text(article_id, document.text, spans_of[article.ordinal])
            articles.append(
                row_of(
                    article,
                    article_id=article_id,
                    document_id=document.document_id,
                    language=language,
                    content_hash=content.content_hash(),
                    text_hash=content.text_hash(),
                )
            )
    return {"raw.document_layouts": layouts, "raw.document_spans": spans, "raw.articles": articles}


def unsplit_rows(documents: Iterable[StoredDocument]) -> dict[str, list[Any]]:
    """Rows of documents on which the splitter failed: their text as one span, and no articles."""
    layouts, spans = [], []
    for document in documents:
        text = document.text
        lines = text.count("\n") + text.count("\r") - text.count("\r\n") + (not text.endswith(("\n", "\r")))
        layouts.append({"document_id": document.document_id, "layout": FAILED, "layout_confidence": 0.0})
        whole = Span(
            start_char=0, end_char=len(text), start_line=1, end_line=max(lines, 1), kind="furniture",
            rule="splitting failed", article=None,
        )  # fmt: skip
        spans.append(row_of(whole, document_id=document.document_id, article_id=None))
    return {"raw.document_layouts": layouts, "raw.document_spans": spans, "raw.articles": []}
