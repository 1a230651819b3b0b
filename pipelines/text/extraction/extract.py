"""Articles to sentences and entity spans: segments go through the model in one stream and come back per article."""

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc

from pipelines.text.article_text import ArticleText
from pipelines.text.extraction.mentions import EntitySpan, Extraction, Sentence
from pipelines.text.extraction.model import ORDINARY_WORDS_TABLE
from pipelines.text.extraction.sentences import sentence_bounds
from pipelines.text.extraction.truecasing import casing_of, headline_case, truecase

IGNORED_LABELS = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})
MAX_PIECE_CHARS = 20_000
"""Longer segments go through the model in pieces."""
MAX_BATCH_CHARS = 320_000
"""Text that the model gets at once: it takes up to three kilobytes of memory for each character."""

_WORDLESS = re.compile(r"(?:[^\w\s]|_){50,}+|(?<!\S)\S{2000,}+")
"""Runs of marks, and stretches without a blank, that no language with blanks has: the tokenizer takes marks off a word
one by one, each time looking at all that is left, so a hundred thousand quotation marks would take it a quarter of an
hour."""
_ESCAPED_QUOTE = re.compile(r'[\\"]"')
"""Quotation marks as tables write them within values, which would hang on to the names beside them."""
_SPACES = {ord(c): " " for c in "\t\n\v\f\r\x1c\x1d\x1e\x85\xa0\u2028\u2029"}
_EDGES = " \"'“”‘’„«»`()[]{}<>,;:!?*_|/\\–—-…"
_POSSESSIVE = re.compile(r"['’`]s$", re.IGNORECASE)


@dataclass(slots=True)
class _Pending:
    """An article on its way through the model."""

    article: ArticleText
    sentences: tuple[Sentence, ...]
    starts: list[int]
    """Where the sentences start."""
    pieces: int
    """How many of its texts the model has not given back yet."""
    entities: list[EntitySpan] = field(default_factory=list)

    def extraction(self) -> Extraction:
        return Extraction(article_id=self.article.article_id, sentences=self.sentences, entities=tuple(self.entities))


def extract(
    nlp: Language, articles: Iterable[ArticleText], *, n_process: int = 1, batch_size: int = 64
) -> Iterator[Extraction]:
    """One extraction per article, in the order of `articles`; an article without text has no sentences.

    `nlp` comes from `load_model`; `batch_size` counts segments (fewer where some are long), `n_process` is that of
    `Language.pipe`. Entities are
    those of the model's labels other than dates, times and quantities; a surface carries neither its possessive nor
    the quotation marks around it, and equals the document's text at its offsets.
    """
    ordinary: Container[str] = ()
    if nlp.vocab.lookups.has_table(ORDINARY_WORDS_TABLE):
        ordinary = nlp.vocab.lookups.get_table(ORDINARY_WORDS_TABLE)
    limit = min(MAX_PIECE_CHARS, nlp.max_length)
    articles = list(articles)
    longest = max((len(s.text) for a in articles for s in a.segments), default=0)
    batch_size = min(batch_size, MAX_BATCH_CHARS // min(max(longest, 1), limit))
    pending: deque[_Pending] = deque()

    def stream() -> Iterator[tuple[str, tuple[int, int]]]:
        for article in articles:
            sentences = _sentences(article)
            pieces = list(_pieces(article, ordinary, limit))
            starts = [s.start_char for s in sentences]
            pending.append(_Pending(article=article, sentences=sentences, starts=starts, pieces=len(pieces)))
            yield from pieces

    for doc, (segment, start) in nlp.pipe(stream(), as_tuples=True, batch_size=batch_size, n_process=n_process):
        while pending[0].pieces == 0:
            yield pending.popleft().extraction()
        pending[0].pieces -= 1
        _add_entities(pending[0], doc, segment, start)
    while pending:
        yield pending.popleft().extraction()


def _sentences(article: ArticleText) -> tuple[Sentence, ...]:
    sentences: list[Sentence] = []
    for segment in article.segments:
        for start, end in sentence_bounds(segment.text):
            sentences.append(
                Sentence(
                    sentence=len(sentences) + 1,
                    zone=segment.zone,
                    paragraph=segment.paragraph,
                    start_char=segment.start_char + start,
                    end_char=segment.start_char + end,
                )
            )
    return tuple(sentences)


def _pieces(article: ArticleText, ordinary: Container[str], limit: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """What the model reads of an article, each text with the number of its segment and where in that it starts."""
    casing = None
    for number, segment in enumerate(article.segments):
        text = _ESCAPED_QUOTE.sub(' "', _WORDLESS.sub(_blanked, segment.text.translate(_SPACES)))
        if headline_case(text):
            casing = casing or casing_of(s.text for s in article.segments)
            text = truecase(text, casing, ordinary)
        start = 0
        while start < len(text):
            end = start + limit
            if end < len(text):
                end = text.rfind(" ", start, end) + 1 or end
            piece = text[start:end]
            if not piece.isspace():
                yield piece, (number, start)
            start = end


def _blanked(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _add_entities(pending: _Pending, doc: Doc, segment_number: int, piece_start: int) -> None:
    segment = pending.article.segments[segment_number]
    for ent in doc.ents:
        if ent.label_ in IGNORED_LABELS:
            continue
        start, end = trimmed(segment.text, piece_start + ent.start_char, piece_start + ent.end_char)
        if start >= end:
            continue
        pending.entities.append(
            EntitySpan(
                label=ent.label_,
                surface=segment.text[start:end],
                start_char=segment.start_char + start,
                end_char=segment.start_char + end,
                sentence=max(bisect_right(pending.starts, segment.start_char + start), 1),
            )
        )


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of a text without the quotation marks, brackets, possessive and white space at its edges."""
    while start < end and (text[start] in _EDGES or text[start].isspace()):
        start += 1
    while end > start:
        last = text[end - 1]
        if last == ")" and "(" in text[start:end]:
            break
        if last in _EDGES or last.isspace():
            end -= 1
        elif possessive := _POSSESSIVE.search(text, start, end):
            end = possessive.start()
        else:
            break
    return start, end
