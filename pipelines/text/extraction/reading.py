"""What was extracted from a text, apart from where the text stands: the same text met again is not read again."""

import json
from bisect import bisect_right

from pipelines.text.article_text import ArticleText
from pipelines.text.extraction.mentions import EntitySpan, Extraction, Sentence


def to_reading(article: ArticleText, extraction: Extraction) -> str:
    """The extraction as JSON text, its offsets counted from the start of the segment that each lies in."""
    starts = [segment.start_char for segment in article.segments]

    def place(start: int, end: int) -> tuple[int, int, int]:
        number = bisect_right(starts, start) - 1
        return number, start - starts[number], end - starts[number]

    sentences = [place(s.start_char, s.end_char) for s in extraction.sentences]
    entities = [(*place(e.start_char, e.end_char), e.label, e.sentence) for e in extraction.entities]
    return json.dumps([sentences, entities], separators=(",", ":"))


def from_reading(article: ArticleText, reading: str) -> Extraction:
    """The extraction of an article whose text is that of the one which was read; the inverse of `to_reading`."""
    sentences, entities = json.loads(reading)
    segments = article.segments
    return Extraction(
        article_id=article.article_id,
        sentences=tuple(
            Sentence(
                sentence=ordinal,
                zone=segments[number].zone,
                paragraph=segments[number].paragraph,
                start_char=segments[number].start_char + start,
                end_char=segments[number].start_char + end,
            )
            for ordinal, (number, start, end) in enumerate(sentences, start=1)
        ),
        entities=tuple(
            EntitySpan(
                label=label,
                surface=segments[number].text[start:end],
                start_char=segments[number].start_char + start,
                end_char=segments[number].start_char + end,
                sentence=sentence,
            )
            for number, start, end, label, sentence in entities
        ),
    )
