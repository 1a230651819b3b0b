"""Finds names of the gazetteer in a text: one pass from left to right, the longest name first."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, compress

from pipelines.text.article_text import Segment
from pipelines.text.resolution.countries.cues import (
    AFTER_PRONOUN,
    BEFORE_PRONOUN,
    BLOCKING_AFTER,
    BLOCKING_AFTER_COUNTRY,
    BLOCKING_OF,
    CONNECTORS,
    DETERMINERS,
    SHIPS,
)
from pipelines.text.resolution.countries.gazetteer import Entry, Gazetteer, Sense
from pipelines.text.resolution.countries.words import WORD, fold, key


@dataclass(slots=True)
class Text:
    """A segment cut into words."""

    segment: Segment
    starts: Sequence[int]
    ends: Sequence[int]
    folded: Sequence[str]
    capitals: Sequence[bool]
    """Whether each word begins with a capital."""
    caps: bool
    """Whether the text is in capitals throughout."""
    titled: bool
    """Whether nearly every long word begins with a capital."""
    small: set[str] = field(default_factory=set)
    """Names of the gazetteer that stand in it as words, written small."""

    def low(self, i: int) -> str:
        """The word folded, '' outside the text."""
        return self.folded[i] if 0 <= i < len(self.folded) else ""

    def gap(self, i: int) -> str:
        """What stands between word i and the next one; to the text's end after the last, from its start for -1."""
        text = self.segment.text
        left = self.ends[i] if i >= 0 else 0
        return text[left : self.starts[i + 1]] if i + 1 < len(self.starts) else text[left:]

    def capital(self, i: int) -> bool:
        """Whether word i begins with a capital."""
        return 0 <= i < len(self.capitals) and self.capitals[i]


@dataclass(slots=True)
class Hit:
    """A name found; `first` and `last` are its words' indices, both inclusive, offsets are in the segment's text."""

    text: Text
    first: int
    last: int
    start: int
    end: int
    key: str
    entry: Entry
    abbreviation: bool = False
    """Whether it is short for a part of a country, as after 'Paris, '."""

    @property
    def surface(self) -> str:
        """The name as written."""
        return self.text.segment.text[self.start : self.end]

    @property
    def possessive(self) -> bool:
        """Whether 's or s' follows."""
        rest = self.text.segment.text[self.end : self.end + 3]
        return rest[:1] in ("'", "’") and (
            (rest[1:2] in ("s", "S") and not rest[2:3].isalpha())
            or (self.surface[-1:] in "sS" and not rest[1:2].isalpha())
        )

    @property
    def document_start(self) -> int:
        """Offset of the first character in the document's text."""
        return self.text.segment.start_char + self.start

    @property
    def document_end(self) -> int:
        """Offset after the last character in the document's text."""
        return self.text.segment.start_char + self.end


class _Words(dict[str, tuple[str, bool]]):
    """The words met so far, folded, and whether they begin with a capital; when there are too many, they go."""

    def __missing__(self, word: str) -> tuple[str, bool]:
        if len(self) >= _MOST_WORDS:
            self.clear()
        found = self[word] = (fold(word), word[0].isupper())
        return found


_MOST_WORDS = 200_000
_WORDS = _Words()


def cut(segment: Segment) -> Text:
    """The segment's words."""
    text = segment.text
    parts = WORD.split(text)  # separators and words in turn, the former first and last
    words = parts[1::2]
    offsets = list(accumulate(map(len, parts), initial=0))
    folded, capitals = zip(*map(_WORDS.__getitem__, words), strict=True) if words else ((), ())
    long = sum([length > 3 for length in map(len, words)])
    written = [word for word in compress(words, capitals) if len(word) > 3]
    body = segment.zone == "body"
    return Text(
        segment,
        offsets[1:-1:2],
        offsets[2::2],
        folded,
        capitals,
        caps=text.isupper()
        or (long >= 2 and len(written) >= 0.8 * long and sum([w.isupper() for w in written]) >= 0.8 * long),
        titled=long >= (5 if body else 3) and len(written) >= (0.85 if body else 0.7) * long,
    )


def scan(text: Text, gazetteer: Gazetteer) -> list[Hit]:
    """The names in the text, in order, none overlapping another; those that count for nothing are among them."""
    hits: list[Hit] = []
    done = 0
    lengths, folded = gazetteer.lengths, text.folded
    for i in [i for i, word in enumerate(folded) if word in lengths]:
        if i < done:
            continue
        first = folded[i]
        if not text.capitals[i]:
            if first in gazetteer.entries:
                text.small.add(first)
            if first not in CONNECTORS or not text.capital(i + 1):
                continue
        hit = _abbreviation(text, i, gazetteer) or _match(text, i, gazetteer)
        if hit is not None and (first == "the" or not text.capital(i)):
            # 'the West' must not eat into 'the West Bank'
            inner = _match(text, i + 1, gazetteer)
            if inner is not None and inner.last > hit.last:
                hit = inner
        if hit is not None:
            hits.append(hit)
            done = hit.last + 1
    return hits


def _match(text: Text, i: int, gazetteer: Gazetteer) -> Hit | None:
    """The longest name that begins at word i."""
    if i >= len(text.folded):
        return None
    first = text.folded[i]
    lengths = gazetteer.lengths.get(first)
    if lengths is None or not (text.capitals[i] or first in CONNECTORS):
        return None
    iso2 = gazetteer.combining.get(first)
    if iso2 is not None and text.capital(i) and text.gap(i) in ("-", "‑", "–"):
        return _hit(text, i, i, first, Entry((Sense(iso2, "demonym", "demonym"),)))
    for length in lengths:
        if i + length > len(text.folded):
            continue
        k = first if length == 1 else " ".join(text.folded[i : i + length])
        entry = gazetteer.get(k)
        if entry is not None and _written_as_name(text, i, i + length - 1, entry):
            return _hit(text, i, i + length - 1, k, entry)
    return None


def _abbreviation(text: Text, i: int, gazetteer: Gazetteer) -> Hit | None:
    """'Mo.', 'TX' or 'N.J.' after a capitalised word and a comma."""
    source = text.segment.text
    if i == 0 or source[text.ends[i - 1]] != "," or text.caps:
        return None
    if text.gap(i - 1).strip() != "," or not text.capital(i) or not text.capital(i - 1):
        return None
    for last in range(min(i + 2, len(text.starts) - 1), i - 1, -1):
        written = source[text.starts[i] : text.ends[last]]
        iso2 = gazetteer.abbreviations.get(written)
        if iso2 is None:
            continue
        following = source[text.ends[last] : text.ends[last] + 3].lstrip()[:1]
        stop = source[text.ends[last] : text.ends[last] + 1] == "."
        if not stop and not written.isupper() and following not in ("(", ",", ";", "–", "—"):
            continue
        entry = Entry((Sense(iso2, "region", "place"),))
        end = text.ends[last] + (stop and (not written.isupper() or "." in written))
        return Hit(text, i, last, text.starts[i], end, key(written), entry, True)
    return None


def _hit(text: Text, first: int, last: int, k: str, entry: Entry) -> Hit:
    end = text.ends[last]
    if last > first and text.ends[last] - text.starts[last] == 1 and text.gap(last - 1)[:1] == ".":
        # the stop of 'U.S.' belongs to it
        end += text.segment.text[end : end + 1] == "."
    return Hit(text, first, last, text.starts[first], end, k, entry)


def _written_as_name(text: Text, first: int, last: int, entry: Entry) -> bool:
    source = text.segment.text
    if first == last and not text.capital(first):
        return False
    seen_capital = False
    for i in range(first, last + 1):
        if source[text.starts[i]].isupper() or source[text.starts[i]].isdigit():
            seen_capital = True
        elif text.folded[i] not in CONNECTORS and entry.senses and (i == first or text.gap(i - 1).isspace()):
            return False
        if i < last and not _joins(text, i, entry):
            return False
    if not seen_capital:
        return False
    if entry.upper:
        written = source[text.starts[first] : text.ends[last]]
        if not written.isupper():
            return False
        if text.caps and first == last and text.folded[first] == "us" and _pronoun(text, first):
            return False
        # among capitals throughout, few codes of two letters are no common words
        if text.caps and len(written) == 2 and written not in ("US", "UK", "NZ"):
            return False
        # US$, an amount of money
        if source[text.ends[last] : text.ends[last] + 1] == "$":
            return False
        if first < last and len(text.folded[first]) == 1 and source[text.ends[first]] != ".":
            return False
    return True


def _pronoun(text: Text, i: int) -> bool:
    last = i + 1 >= len(text.folded) or text.gap(i).strip() != ""
    return text.low(i - 1) in BEFORE_PRONOUN and (last or text.low(i + 1) in AFTER_PRONOUN)


def _joins(text: Text, i: int, entry: Entry) -> bool:
    """Whether what stands between word i and the next may stand within a name."""
    gap = text.gap(i)
    if gap == " " or gap in ("-", "‑", "'", "’", "' ", "’ ", "."):
        return True
    if gap.isspace():
        return gap.count("\n") < 2
    stripped = gap.strip()
    if stripped == ".":
        return text.ends[i] - text.starts[i] <= 3
    if stripped == ",":
        return entry.comma
    return stripped in ("&", "(", ")") or gap in ("–", "ʻ", "`", "‘")


def blocked(hit: Hit) -> bool:
    """Whether the words around make the name part of one of a sea, a strait or a street, or that of a ship."""
    text, first, last = hit.text, hit.first, hit.last
    following = text.low(last + 1)
    if hit.entry.senses[0].level == "demonym" and following in DETERMINERS and text.gap(last) == " ":
        return True  # 'Polish the silver': no adjective stands before an article
    if (
        following in (BLOCKING_AFTER_COUNTRY if hit.entry.senses[0].level == "name" else BLOCKING_AFTER)
        and text.capital(last + 1)
        and text.gap(last).isspace()
    ):
        street = following not in ("sea", "seas", "ocean", "strait", "straits", "gulf", "channel")
        return not street or hit.entry.senses[0].level not in ("code", "seat", "demonym")
    before = first - 1
    if text.low(before) in SHIPS and text.gap(before) == " " and hit.entry.senses[0].level != "demonym":
        return True
    if hit.entry.senses[0].level == "name" and (
        (text.low(before) in ("river", "lake") and text.gap(before) == " ")
        or (following in ("river", "lake") and text.gap(last) == " ")
    ):
        return True
    if text.low(before) == "the":
        before -= 1
    return (
        text.low(before) == "of"
        and text.low(before - 1) in BLOCKING_OF
        and text.capital(before - 1)
        and hit.entry.senses[0].level != "code"
    )


def coordinated(a: Hit, b: Hit) -> bool:
    """Whether the two names stand side by side in a list."""
    between = a.text.segment.text[a.end : b.start].strip()
    return between in ("and", "or", "&", ", and", ", or") or (between == "," and not b.possessive)
