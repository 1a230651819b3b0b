"""How far a text reads as news: whether it tells of somebody, of what happened and of who said so."""

import re
from collections.abc import Sequence

from pipelines.text.splitting.dates import WEEKDAY
from pipelines.text.splitting.phrases import any_of
from pipelines.text.splitting.reading import Reading

_REPORTED = re.compile(rf"{any_of('report_words')}|\b(?:19|20)\d\d\b|[“”]")
_NEWS_CUE = re.compile(rf"{_REPORTED.pattern}|{WEEKDAY.pattern}|\b[A-Z][a-z]+ [A-Z][a-z]+\b")
"""What news is full of: who said what, when."""
_CUES_A_WORD = 0.012
"""Cues a word below which a text is less and less likely to be news; news has three times as many."""
_PAST = re.compile(r"\b(?:was|were|had|has|have|[a-z]{3,}ed)\b")
_REPORT_A_WORD = 0.045
"""Verbs in the past a word, what reports counting for three, below which a text is less and less likely to be news.

Of a hundred articles, three have fewer.
"""
_NEWS_SAMPLE = 120


def sure_of_news(read: Reading, starts: tuple[int, ...], confidence: tuple[float, ...]) -> tuple[float, ...]:
    """Confidences lowered where a piece is hardly running text, or the file tells of nobody: a list, a manual."""
    tells = tells_news([unit.text for unit in read.units[:_NEWS_SAMPLE]])
    out = []
    for start, end, value in zip(starts, (*starts[1:], len(read.units)), confidence, strict=True):
        total = sum(unit.words for unit in read.units[start:end])
        prose = sum(read.units[i].words for i in range(start, end) if read.shapes[i].paragraph)
        out.append(round(value * tells * min(1.0, 0.1 + 1.8 * prose / max(1, total)), 4))
    return tuple(out)


def tells_news(texts: Sequence[str]) -> float:
    """How far the first of a file's lines tell of somebody, and of what happened, as news does, 0 to 1."""
    texts = texts[:_NEWS_SAMPLE]
    told, reported, past = (
        sum(len(cue.findall(text[:2000])) for text in texts) for cue in (_NEWS_CUE, _REPORTED, _PAST)
    )
    words = sum(min(len(text.split()), 350) for text in texts)
    tells = min(1.0, (told + 1.0) / (1.0 + words * _CUES_A_WORD))
    # names and days stand in recipes too; what happened and who said so does not
    return tells * min(1.0, (3.0 * reported + past + 1.0) / (1.0 + words * _REPORT_A_WORD))
