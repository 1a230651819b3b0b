"""An article as the resolvers read it: its words, the model's spans over them, and what its casing shows."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass

from pipelines.text.article_text import ArticleText
from pipelines.text.extraction.mentions import Extraction
from pipelines.text.extraction.wordlists import word_set
from pipelines.text.resolution.entities.model import LocalMention
from pipelines.text.resolution.entities.tokens import tokens_of

_BEYOND = ("",) * 8
"""What parts the words after an article's last, which are not there, from those before; so far any rule looks on."""
_NOT_OWNED = word_set(
    "said says told has had have is was were will would could can may in at on to for with from by which who but that"
)
"""Words that follow a possessive only where it ends a name."""
_DOTTED = frozenset({"inc", "co", "corp", "ltd", "jr", "sr", "bros"})
"""Abbreviations that end names and keep their full stop."""
_LONGEST = 50
"""Words of a span from which it is no name: in a list without an end the model takes thousands for one."""


@dataclass(slots=True, unsafe_hash=True)
class Words:
    """Words `start` to `end` (exclusive) of an article; never changed, though not frozen, which costs three times."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def inside(self, other: "Words") -> bool:
        """Whether it lies within `other`."""
        return other.start <= self.start and self.end <= other.end


class ArticleView:
    """Words of an article with the model's spans; word indices run through all segments."""

    def __init__(self, article: ArticleText, extraction: Extraction) -> None:
        found = tokens_of(article, extraction)
        self.tokens, self.starts, self.ends, self.segments = found.words, found.starts, found.ends, found.segments
        self.gaps, self.initial, self.headlines = [*found.gaps, *_BEYOND], found.initial, found.headlines
        self.capitals: list[int] = [i for i, token in enumerate(self.tokens) if token.capital]
        """Indices of the words that start with a capital letter."""
        self.has_body = any(s.zone == "body" and i not in self.headlines for i, s in enumerate(article.segments))
        self.lower = frozenset([t.folded for t in self.tokens if t.small])
        """Words that the article writes in lower case somewhere."""
        self.spans: list[tuple[str, Words]] = []
        """The model's spans: label and words."""
        self.owner: list[int | None] = [None] * len(self.tokens)
        """For each word, the index in `spans` of the span it lies in."""
        self.owned_ends: set[int] = set()
        """Words with whose possessive a name ends: 'Sainsbury' in "Sainsbury's said"."""
        self._segments = article.segments
        self._where: dict[str, list[int]] | None = None
        self._sentence_starts = [s.start_char for s in extraction.sentences]
        for span in extraction.entities:
            first = bisect_left(self.starts, span.start_char)
            if first and self.ends[first - 1] > span.start_char:
                first -= 1  # the span starts inside a word
            last = bisect_left(self.starts, span.end_char)
            if first < last <= first + _LONGEST:
                for index in range(first, last):
                    self.owner[index] = len(self.spans)
                self.spans.append((span.label, Words(first, last)))

    def headline(self, index: int) -> bool:
        """Whether the word stands where capitals say nothing."""
        return self.segments[index] in self.headlines

    def label_at(self, index: int) -> str | None:
        """The model's label of the word."""
        owner = self.owner[index]
        return None if owner is None else self.spans[owner][0]

    def span_at(self, index: int) -> Words | None:
        """The model's span that the word lies in."""
        owner = self.owner[index]
        return None if owner is None else self.spans[owner][1]

    def joined(self, index: int, gaps: str = " -.") -> bool:
        """Whether the word follows the one before it with nothing between them but one of these gaps."""
        gap = self.gaps[index]
        return gap != "" and gap in gaps

    def after_comma(self, index: int) -> bool:
        """Whether only a comma and a space part the word, if there is one, from the one before in its segment."""
        inside = 0 < index < len(self.tokens) and self.segments[index] == self.segments[index - 1]
        return inside and self.around(Words(index, index + 1))[0] == ", "

    def surface(self, words: Words) -> str:
        """The document's text over these words."""
        segment = self._segments[self.segments[words.start]]
        return segment.text[self.starts[words.start] - segment.start_char : self.end(words) - segment.start_char]

    def end(self, words: Words) -> int:
        """Offset in the document after the words; the full stop of 'Inc.' or 'Jr.' is part of them."""
        end = self.ends[words.end - 1]
        owned = words.end - 1 in self.owned_ends
        dotted = words.end - words.start > 1 and self.tokens[words.end - 1].folded in _DOTTED
        if not (owned or dotted):
            return end
        segment = self._segments[self.segments[words.end - 1]]
        at = end - segment.start_char
        dotted = dotted and segment.text[at : at + 1] == "."
        owned = owned and segment.text[at : at + 2] in {"'s", "’s"}
        return end + dotted + 2 * owned

    def ends_in_possessive(self, words: Words) -> bool:
        """Whether a possessive follows that nothing belongs to: "Sainsbury's said", "at McDonald's."."""
        rest = self.following(words, 4)
        if rest[:2] not in {"'s", "’s"}:
            return False
        if rest[2:3] in {"", ",", ".", ";", ":", ")", "\n"}:
            return True
        return self.joined(words.end, "s") and self.tokens[words.end].text in _NOT_OWNED

    def around(self, words: Words) -> tuple[str, str]:
        """Up to two characters before and after these words, within the segment."""
        segment = self._segments[self.segments[words.start]]
        start, end = self.starts[words.start] - segment.start_char, self.ends[words.end - 1] - segment.start_char
        return segment.text[max(start - 2, 0) : start], segment.text[end : end + 2]

    def following(self, words: Words, length: int) -> str:
        """Up to so many characters after these words, within the segment."""
        segment = self._segments[self.segments[words.end - 1]]
        end = self.ends[words.end - 1] - segment.start_char
        return segment.text[end : end + length]

    def where(self, word: str) -> list[int]:
        """Indices at which a capitalised word stands, the first fifty."""
        if self._where is None:
            self._where = defaultdict(list)
            for index in self.capitals:
                self._where[self.tokens[index].text].append(index)
        return self._where[word][:50] if word in self._where else []

    def quotes(self, index: int) -> bool:
        """Whether a quotation ends right before the word."""
        before = self.around(Words(index, index + 1))[0]
        return before.endswith(" ") and before[:1] in {'"', "”", "’", "'", "»", "“"}

    def mention(self, words: Words) -> LocalMention:
        """The mention over these words."""
        start = self.starts[words.start]
        return LocalMention(
            surface=self.surface(words),
            start_char=start,
            end_char=self.end(words),
            sentence=max(bisect_right(self._sentence_starts, start), 1),
        )

    def run(self, start: int, *, longest: int, gaps: str = " -.") -> Words:
        """The capitalised words from `start` on that nothing parts."""
        end = start
        while end < len(self.tokens) and end - start < longest:
            if end > start and not self.joined(end, gaps):
                break
            if not self.tokens[end].capital:
                break
            end += 1
        return Words(start, end)
