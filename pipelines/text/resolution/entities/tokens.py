"""The words of an article with their offsets, and a trie that finds many phrases in one pass over them."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, repeat
from typing import Generic, TypeVar

from pipelines.text.article_text import ArticleText, Segment
from pipelines.text.extraction.mentions import Extraction
from pipelines.text.extraction.truecasing import headline_case
from pipelines.text.extraction.wordlists import word_set

_TOKEN = re.compile(
    r"([^\W_](?<![^\W_]['’].)"  # the search is quick as long as the pattern opens with the word's first character
    r"(?:(?<=[^\W\d_])\.(?:[^\W\d_]\.)+|[^\W_]*(?:['’](?![sS](?:[^\w]|$))[^\W_]+)*(?:&[^\W_]+)*))"
)
"""A word: 'U.S.', 'O'Neil', 'AT&T'; a possessive is none of its part. A group, so that splitting keeps the words."""
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th",
                          "’": "'", "ʼ": "'", "ə": "a"})  # fmt: skip


_FEWEST_CAPITALS = 0.25
"""Share of words with a capital under which a text is no headline; looking closer costs more."""
_OPENING = frozenset({' "', " “", " '", " ‘", " ("})
_CLOSING = re.compile(r"[A-Z][\w'-]*[\"”'’)] [A-Z]")
"""A nickname to its end, and the name going on: 'Fred" Marsh' of 'Alfredo "Fred" Marsh'."""


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Lower case without accents and dots, one space between words: 'Erdoğan' → 'erdogan', 'U.S.' → 'us'."""
    if text.isascii():
        folded = text.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", text.lower())
        # decomposing makes plain capitals of mathematical ones, which have no lower case of their own
        plain = "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
        folded = plain.translate(_LETTERS)
    return " ".join(folded.replace(".", "").split())


_INNER_CAPITAL = re.compile(
    r"(?!Mac[A-Z]|Fitz|Van|Von|Ten|Ter|Bin|Ben|Della|Del[A-Z])[A-Z][a-z]{2,}(?:[A-Z][a-z]*|[A-Z]+)\Z"
)
"""A word that is put together of two with their capitals, as no family name is."""


@dataclass(slots=True, eq=False)
class Token:
    """A word as it is written, the same object wherever it stands."""

    text: str
    folded: str
    capital: bool
    """Whether it starts with a capital letter."""
    small: bool
    """Whether it is in lower case throughout."""
    joined: bool
    """Whether it is put together of words with their capitals, as names of firms are: 'TarnRail'."""


class _Vocabulary(dict[str, Token]):
    """The words met so far, by their text; when there are too many, they are met anew."""

    def __missing__(self, text: str) -> Token:
        if len(self) >= _MOST_WORDS:
            self.clear()
        joined = not text.istitle() and _INNER_CAPITAL.match(text) is not None
        token = self[text] = Token(text, fold(text), text[0].isupper(), text.islower(), joined)
        return token


_MOST_WORDS = 200_000
_TOKENS = _Vocabulary()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The words of an article, and of each in turn what is its place's and not its own."""

    words: list[Token]
    starts: list[int]
    """Offsets in the document."""
    ends: list[int]
    segments: list[int]
    """Numbers of the segments that they stand in."""
    gaps: list[str]
    """What parts it from the word before in its segment: ' ' (white space only), '-', '.' (full stop and space, after
    an initial or abbreviation), 's' (a possessive and white space), 'q' (a quotation mark of a nickname inside a name),
    '&' (an ampersand), or '' where a name cannot go on."""
    initial: list[bool]
    """Whether it opens a sentence, so that its capital says nothing."""
    headlines: frozenset[int]
    """Numbers of the segments whose capitals say nothing."""


DOMAINS = frozenset({"com", "net", "org", "io", "ai", "tv"})
"""Endings of firms' names that are those of their sites: 'Tarnex.com'."""
_DOMAIN_ENDINGS = tuple(sorted(f".{ending}" for ending in DOMAINS))
_ABBREVIATION = word_set(
    "jr sr st mt ft dr mr mrs ms gen col lt sgt capt sen rep gov rev prof adm maj hon pres mohd md"
)


def tokens_of(article: ArticleText, extraction: Extraction) -> Tokens:
    """The words of the article's segments, in order."""
    tokens: list[Token] = []
    starts: list[int] = []
    ends: list[int] = []
    segments: list[int] = []
    gaps: list[str] = []
    openings: list[int] = []
    headlines: set[int] = set()
    for number, segment in enumerate(article.segments):
        # text that is no word and words in turn, the former first and last
        parts = _TOKEN.split(segment.text)
        words = parts[1::2]
        if words:
            offsets = list(accumulate(map(len, parts), initial=segment.start_char))
            between = ["", *[" " if b == " " else _gap(b, w) for w, b in zip(words, parts[2:-1:2], strict=False)]]
            if any(ending in segment.text for ending in _DOMAIN_ENDINGS):
                for k, word in enumerate(words):
                    if word in DOMAINS and parts[2 * k] == ".":
                        between[k] = "-"
            _mark_nicknames(between, parts, offsets, segment)
            openings.append(len(tokens))
            own = [_TOKENS[word] for word in words]
            tokens += own
            starts += offsets[1:-1:2]
            ends += offsets[2::2]
            segments += repeat(number, len(words))
            gaps += between
            if sum([t.capital for t in own]) > _FEWEST_CAPITALS * len(words) and headline_case(segment.text):
                headlines.add(number)
    initial = [False] * len(tokens)
    for first in (*openings, *(bisect_left(starts, s.start_char) for s in extraction.sentences)):
        if first < len(tokens):
            initial[first] = True
    return Tokens(
        words=tokens, starts=starts, ends=ends, segments=segments, gaps=gaps, initial=initial,
        headlines=frozenset(headlines),
    )  # fmt: skip


def _mark_nicknames(gaps: list[str], parts: Sequence[str], offsets: Sequence[int], segment: Segment) -> None:
    """Sets the gaps on both sides of a nickname inside a name."""
    closing = 0
    for number, gap in enumerate(gaps):
        if gap == " " or number == closing or parts[2 * number] not in _OPENING:
            continue
        named = parts[2 * number - 1][0].isupper()
        if named and _CLOSING.match(segment.text, offsets[2 * number + 1] - segment.start_char):
            closing = number + 1
            gaps[number : closing + 1] = ["q"] * len(gaps[number : closing + 1])


def words_of(phrase: str) -> list[str]:
    """A phrase's words, cut as an article's are."""
    return _TOKEN.findall(phrase)


def words_of_name(name: str) -> list[str]:
    """The words of a name for a trie, with the possessives inside it: "Lloyd's", "List"."""
    parts = _TOKEN.split(name)
    words = parts[1:2]
    for between, word in zip(parts[2:-1:2], parts[3::2], strict=True):
        words += [POSSESSIVE, word] if between in {"'s ", "’s ", "s' "} else [word]
    return words


@lru_cache(maxsize=100_000)
def phrase_key(phrase: str) -> str:
    """The folded words of a phrase, as those of an article are compared with it."""
    return " ".join(fold(word) for word in words_of(phrase))


def _gap(between: str, previous: str) -> str:
    if between.isspace():
        return " " if between.count("\n") < 2 else ""
    if between in {"-", "‑", "‐", "–"}:
        return "-"
    if between == " & ":
        return "&"
    if between[:1] in {"'", "’"}:
        plural = between[1:].isspace() and previous[-1] in "sS"
        return "s" if plural or (between[1:2] in {"s", "S"} and between[2:].isspace()) else ""
    if between[:1] == "." and (between == "." or between[1:].isspace()):
        return "." if len(previous) == 1 or fold(previous) in _ABBREVIATION else ""
    return ""


Value = TypeVar("Value")
POSSESSIVE = "'s"
"""What stands in a phrase of a trie for a possessive inside it."""


@dataclass(slots=True)
class PhraseTrie(Generic[Value]):
    """Phrases as sequences of words, found longest first; looking up costs no more than the words it reads."""

    root: dict = field(default_factory=dict)

    def add(self, words: Sequence[str], value: Value) -> None:
        """Adds a phrase; the first value of a phrase stays."""
        node = self.root
        for word in words:
            node = node.setdefault(word, {})
        node.setdefault(None, value)

    def longest(
        self, tokens: Sequence[Token], gaps: Sequence[str], start: int, *, exact: bool = False
    ) -> tuple[int, Value] | None:
        """End index and value of the longest phrase that starts at this word; words are compared folded or `exact`.

        `gaps` parts the words, as in `Tokens`.
        """
        node = self.root
        if (tokens[start].text if exact else tokens[start].folded) not in node:
            return None
        found = None
        index = start
        while index < len(tokens):
            token = tokens[index]
            if index > start and gaps[index] == "s" and POSSESSIVE in node:
                node = node[POSSESSIVE]
            elif index > start and gaps[index] not in {" ", "-", ".", "&"}:
                break
            node = node.get(token.text if exact else token.folded)
            if node is None:
                break
            index += 1
            if None in node:
                found = (index, node[None])
        return found
