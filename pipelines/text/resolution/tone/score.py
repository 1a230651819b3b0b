"""Scores the sentences of an article.

Words inside names never count: the United Nations are not united, nor is Hope Hicks hopeful. A negation up to three
words before a word turns its valence and weakens it, as in VADER (Hutto & Gilbert 2014).
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from pipelines.text.article_text import ArticleText
from pipelines.text.extraction.mentions import Extraction
from pipelines.text.resolution.tone.lexicon import ToneLexicon

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_REACH = 3
_TURN = -0.74
_NORM = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """Tone of a stretch of text."""

    words: int
    positive_words: int
    negative_words: int
    valence: float
    """Sum of the matched words' valences, each −4 to 4 and a little more where shifted."""
    matched_words: tuple[str, ...]
    """The words that count, distinct, in the order of the text; a turned one with "not " before it."""

    @property
    def positive(self) -> float:
        """Favourable words, per cent of all words."""
        return _per_cent(self.positive_words, self.words)

    @property
    def negative(self) -> float:
        """Unfavourable words, per cent of all words."""
        return _per_cent(self.negative_words, self.words)

    @property
    def tone(self) -> float:
        """Positive less negative: −100 to 100, in news mostly −10 to 10."""
        return round(self.positive - self.negative, 4)

    @property
    def polarity(self) -> float:
        """Positive plus negative: how charged the language is, whichever way."""
        return round(self.positive + self.negative, 4)

    @property
    def compound(self) -> float:
        """VADER's normalised sum of valences, −1 to 1."""
        return round(self.valence / math.sqrt(self.valence**2 + _NORM), 4) if self.valence else 0.0


def _per_cent(part: int, words: int) -> float:
    return round(100 * part / words, 4) if part else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceTone:
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
    for sentence in extraction.sentences:
        while segment and segment.start_char + len(segment.text) < sentence.end_char:
            segment = next(segments, None)
        if segment is None:
            break
        while next_name < len(names) and names[next_name][1] <= sentence.start_char:
            next_name += 1
        last_name = next_name
        while last_name < len(names) and names[last_name][0] < sentence.end_char:
            last_name += 1
        inside = names[next_name:last_name]
        start, end = sentence.start_char - segment.start_char, sentence.end_char - segment.start_char
        tone = _tone(
            segment.text, start, end, [(a - segment.start_char, b - segment.start_char) for a, b in inside], lexicon
        )
        found.append(SentenceTone(sentence=sentence.sentence, tone=tone))
    return found


def article_tone(sentences: Iterable[SentenceTone]) -> Tone:
    """The tone of an article from its sentences'."""
    tones = [s.tone for s in sentences]
    return Tone(
        words=sum(t.words for t in tones),
        positive_words=sum(t.positive_words for t in tones),
        negative_words=sum(t.negative_words for t in tones),
        valence=round(sum(t.valence for t in tones), 4),
        matched_words=tuple(dict.fromkeys(word for t in tones for word in t.matched_words)),
    )


def _tone(text: str, start: int, end: int, names: Sequence[tuple[int, int]], lexicon: ToneLexicon) -> Tone:
    words = [word.lower() for word in _WORD.findall(text, start, end)]
    if "’" in text:
        words = [word.replace("’", "'") for word in words]
    positive = negative = 0
    total = 0.0
    matched: dict[str, None] = {}
    charged = [place for place, word in enumerate(words) if word in lexicon.valences]
    # no further than the last of them
    places = islice(_WORD.finditer(text, start, end), charged[-1] + 1) if charged and names else ()
    starts = [m.start() for m in places]
    for place in charged:
        if any(a <= starts[place] < b for a, b in names):
            continue
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
    return Tone(
        words=len(words), positive_words=positive, negative_words=negative, valence=round(total, 4),
        matched_words=tuple(matched),
    )  # fmt: skip
