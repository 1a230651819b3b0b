"""What a file writes around its titles: marks, a number, a date, a source, '[12] Pilots end strike (Example News)'.

One title alone may begin with a number or end in brackets; what most titles of a file have is no part of them.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines.text.splitting.dates import dates_in
from pipelines.text.splitting.names import are_publishers, is_name, tells_publisher

_MARK = re.compile(r"(?:\\[a-z]+\*?\{|[^\w\s\"“‘'«„¿¡(\[$€£#@&]+|#+(?=\s))\s*")
"""What headings are marked with before them: '== ', '* ', '\\section{'."""
_END_MARK = re.compile(r"\s*[^\w\s.!?…\"”’'»“)\]%&]+$")
_STAMP = re.compile(
    r"[\[(]?[^\[\](]{0,30}?[\d:](?:,? \d\d?:\d\d(?::\d\d)?)?(?: ?[AaPp]\.?[Mm]\.?)?[\])]?(?::| [–—|-])?"
    r"\s+(?:(?P<name>[^:\d]{2,30}):\s+)?"
)
"""A time, and who wrote: '[12/05/2024, 14:03:11] Anna Lund: '."""
_NUMBER = re.compile(r"(?P<word>[^\W\d_]+ )?[\[(#]?(?P<number>\d{1,4}(?:\.\d{1,3})*)[\])]?[.:)]?\s+(?:[–—|-]{1,2}\s+)?")
_SOURCE = re.compile(r"(?P<name>[^:–—|]{2,40})(?::| [–—|-]) ")
_TAILS = (
    re.compile(r"\s+[\[(](?P<content>[^()\[\]]{2,60})[\])]$"),
    re.compile(r"\s+[–—-]{1,2} by (?P<content>[^,;:–—|]{2,40})$", re.IGNORECASE),
    re.compile(r"\s+(?:[–—|-]|via) (?P<content>[^–—|]{2,40})$"),
    re.compile(r"\s+(?P<content>(?:[a-z0-9-]+\.)+[a-z]{2,6})$"),
)
_FEW, _MOST = 3, 0.7
"""Titles, at least, that have the same around them: alone, and as a share of all."""
_ASCENDING, _NEARLY_ALL = 0.8, 0.9
_REACH = 100
"""Characters at a title's end in which what is behind it stands."""
_PAGE = re.compile(r"\bpp?\.? ?\d+\b|\b[A-D]\d{1,2}\b", re.IGNORECASE)
_SIGNS = " ,;:()[]–—|-"


@dataclass(frozen=True, slots=True)
class Frame:
    """Characters around a title that are not part of it."""

    before: int = 0
    behind: int = 0
    source: str | None = None
    """The name of the source among them."""


def frames(titles: Sequence[str]) -> list[Frame]:
    """What stands around each of a file's titles, in their order."""
    before, behind = _cut(titles, _marks), [0] * len(titles)
    names: list[str | None] = [None] * len(titles)
    if any(before):
        behind = _cut(titles, _end_marks)
    for lengths_of in (_stamps, _marks, _numbers, _sources):
        own = _inner(titles, before, behind)
        more = _cut(own, lengths_of)
        before = [a + b for a, b in zip(before, more, strict=True)]
        if lengths_of is _marks and any(more):
            behind = _cut(titles, _end_marks)
        if lengths_of is _sources:
            names = [source_in(title[:cut]) for title, cut in zip(own, more, strict=True)]
    for tail in _TAILS:
        own = _inner(titles, before, behind)
        more = _cut(own, lambda texts, tail=tail: _tails(texts, tail))
        names = [
            name or source_in(title[len(title) - cut :]) for name, title, cut in zip(names, own, more, strict=True)
        ]
        behind = [a + b for a, b in zip(behind, more, strict=True)]
    # one that could be anything is a source where many can be nothing else
    if are_publishers(name for name in names if name):
        return [Frame(*cuts) for cuts in zip(before, behind, names, strict=True)]
    return [
        Frame(a, b, name if name and tells_publisher(name) else None)
        for a, b, name in zip(before, behind, names, strict=True)
    ]


def _inner(titles: Sequence[str], before: Sequence[int], behind: Sequence[int]) -> list[str]:
    return [title[a : len(title) - b] for title, a, b in zip(titles, before, behind, strict=True)]


def source_in(framing: str) -> str | None:
    """The name in what stands around a title, beside a date or a page: 'Example News' of '(Example News, p. 4)'."""
    rest = _PAGE.sub("", framing)
    for found in reversed(list(dates_in(rest))):
        rest = rest[: found.start] + rest[found.end :]
    rest = rest.strip(_SIGNS).removeprefix("via ").strip(_SIGNS)
    return rest if any(map(str.isalpha, rest)) and is_name(rest) else None


def _cut(titles: Sequence[str], lengths_of: Callable[[Sequence[str]], list[int]]) -> list[int]:
    """Lengths to cut, where most titles have something to cut and all of these keep words of their own."""
    lengths = lengths_of(titles) or [0] * len(titles)
    kept = [length if len(title) - length > 1 else 0 for title, length in zip(titles, lengths, strict=True)]
    return kept if sum(length > 0 for length in kept) >= max(_FEW, _MOST * len(titles)) else [0] * len(titles)


def _marks(titles: Sequence[str]) -> list[int]:
    """Lengths of the mark that most titles begin with."""
    return _same([_MARK.match(title) for title in titles])


def _end_marks(titles: Sequence[str]) -> list[int]:
    """Lengths of the mark that most titles end with."""
    return _same([_END_MARK.search(title, max(0, len(title) - _REACH)) for title in titles])


def _same(found: Sequence[re.Match[str] | None]) -> list[int]:
    """Lengths of what was found, where it is what was found most often."""
    usual = Counter(match.group() for match in found if match).most_common(1)
    return [len(match.group()) if match and match.group() == usual[0][0] else 0 for match in found]


def _stamps(titles: Sequence[str]) -> list[int]:
    """Lengths of the dates that titles begin with, each with its time and who wrote."""
    found = [_STAMP.match(title) for title in titles]
    return [
        match.end() if match and next(dates_in(match.group()), None) and is_name(match["name"] or "A") else 0
        for match in found
    ]


def _numbers(titles: Sequence[str]) -> list[int]:
    """Lengths of the numbers before titles, set off by a sign or a word: each larger than the last, or all have one."""
    found = [_NUMBER.match(title) for title in titles]
    counting = [match for match in found if match]
    values = [tuple(int(part) for part in match["number"].split(".")) for match in counting]
    words = Counter(match["word"] for match in counting).most_common(1)
    set_off = all("." in match["number"] or match.group().rstrip() != match["number"] for match in counting)
    ascending = sum(a < b for a, b in pairwise(values)) >= _ASCENDING * (len(values) - 1)
    if not (counting and set_off and (ascending or len(counting) >= _NEARLY_ALL * len(titles))):
        return []
    word = words[0][0]
    return [match.end() if match and match["word"] == word else 0 for match in found]


def _sources(titles: Sequence[str]) -> list[int]:
    """Lengths of the sources that titles begin with: 'Example News: Pilots end strike'."""
    found = [match if match and is_name(match["name"]) else None for match in map(_SOURCE.match, titles)]
    told = are_publishers(match["name"].strip() for match in found if match)
    return [match.end() if match else 0 for match in found] if told else []


def _tails(titles: Sequence[str], tail: re.Pattern[str]) -> list[int]:
    """Lengths of what titles end with: a source, a date, an author."""
    found = [tail.search(title, max(0, len(title) - _REACH)) for title in titles]
    contents = [match["content"] for match in found if match]
    dated = sum(next(dates_in(content), None) is not None for content in contents)
    by = tail is _TAILS[1] and all(map(is_name, contents))
    if not (by or dated >= _MOST * len(contents) or are_publishers(source_in(content) or "" for content in contents)):
        return []
    return [len(title) - match.start() if match else 0 for title, match in zip(titles, found, strict=True)]
