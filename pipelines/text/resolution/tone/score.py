"""Scores the sentences of an article.

Words inside names never count: the United Nations are not united, nor is Hope Hicks hopeful. A negation up to three
words before a word turns its valence and weakens it, as in VADER (Hutto & Gilbert 2014).
"""

import math
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from pipelines.text.article_text import ArticleText
from pipelines.text.extraction.mentions import Extraction
from pipelines.text.resolution.tone.lexicon import ToneLexicon

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_REACH = 3
_TURN = -0.74
_NORM = 15.0


class Tone(NamedTuple):
    """Tone of a stretch of text."""

    words: int
    positive_words: int
    negative_words: int
    valence: float
    """Sum of the matched words' valences, each −4 to 4 and a little more where shifted."""
    matched_words: tuple[str, ...]
    """The words that count, distinct, in the order of the text; a turned one with "not " before it."""
    positive: float
    """Favourable words, per cent of all words."""
    negative: float
    """Unfavourable words, per cent of all words."""
    tone: float
    """Positive less negative: −100 to 100, in news mostly −10 to 10."""
    polarity: float
    """Positive plus negative: how charged the language is, whichever way."""
    compound: float
    """VADER's normalised sum of valences, −1 to 1."""


class SentenceTone(NamedTuple):
    """Tone of a sentence of an article."""

    sentence: int
    tone: Tone


def sentence_tones(article: ArticleText, extraction: Extraction, lexicon: ToneLexicon) -> list[SentenceTone]:
    """The tone of each sentence, in order. Linear in the article's length."""
    names = sorted((e.start_char, e.end_char) for e in extraction.entities)
    found = []
    next_name = 0
    segments = iter(article.segments)
    segment = next(segments, None)
    lowered = ""
    valences = lexicon.valences
    for sentence in extraction.sentences:
        while segment and segment.start_char + len(segment.text) < sentence.end_char:
            segment, lowered = next(segments, None), ""
        if segment is None:
            break
        lowered = lowered or _lowered(segment.text)
        offset = segment.start_char
        start, end = sentence.start_char - offset, sentence.end_char - offset
        words = _WORD.findall(lowered, start, end)
        charged = [place for place, word in enumerate(words) if word in valences]
        if not charged:
            found.append(SentenceTone(sentence.sentence, _tone(len(words), 0, 0, 0.0, ())))
            continue
        while next_name < len(names) and names[next_name][1] <= sentence.start_char:
            next_name += 1
        last_name = next_name
        while last_name < len(names) and names[last_name][0] < sentence.end_char:
            last_name += 1
        inside = [(a - offset, b - offset) for a, b in names[next_name:last_name]]
        if inside:
            # no further than the last of them
            starts = [m.start() for m in islice(_WORD.finditer(lowered, start, end), charged[-1] + 1)]
            charged = [place for place in charged if not any(a <= starts[place] < b for a, b in inside)]
        found.append(SentenceTone(sentence.sentence, _of_words(words, charged, lexicon)))
    return found


def article_tone(sentences: Iterable[SentenceTone]) -> Tone:
    """The tone of an article from its sentences'."""
    tones = [s.tone for s in sentences]
    return _tone(
        sum(t.words for t in tones),
        sum(t.positive_words for t in tones),
        sum(t.negative_words for t in tones),
        round(sum(t.valence for t in tones), 4) or 0.0,
        tuple(dict.fromkeys(word for t in tones for word in t.matched_words)),
    )


def _lowered(text: str) -> str:
    """In lower case, with straight apostrophes, and as long as it was: one letter would become two."""
    return text.replace("İ", "ı").lower().replace("’", "'")


def _of_words(words: Sequence[str], charged: Iterable[int], lexicon: ToneLexicon) -> Tone:
    """The tone of words of which the `charged` ones, by their places, count."""
    positive = negative = 0
    total = 0.0
    matched: dict[str, None] = {}
    for place in charged:
        word = words[place]
        valence = lexicon.valences[word]
        before = words[max(place - _REACH, 0) : place]
        shift = sum(lexicon.shifts.get(w, 0.0) for w in before[-1:])
        valence += math.copysign(shift, valence * shift) if shift else 0.0
        turned = any(w in lexicon.negations or w.endswith("n't") for w in before)
        if turned:
            valence *= _TURN
        positive += valence > 0
        negative += valence < 0
        total += valence
        matched.setdefault(f"not {word}" if turned else word)
    return _tone(len(words), positive, negative, round(total, 4) or 0.0, tuple(matched))


@lru_cache(maxsize=10_000)
def _tone(words: int, positive_words: int, negative_words: int, valence: float, matched_words: tuple[str, ...]) -> Tone:
    positive, negative = _per_cent(positive_words, words), _per_cent(negative_words, words)
    compound = round(valence / math.sqrt(valence**2 + _NORM), 4) if valence else 0.0
    return Tone(
        words, positive_words, negative_words, valence, matched_words, positive, negative,
        tone=round(positive - negative, 4), polarity=round(positive + negative, 4), compound=compound,
    )  # fmt: skip


def _per_cent(part: int, words: int) -> float:
    return round(100 * part / words, 4) if part else 0.0
