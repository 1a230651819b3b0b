"""What a file writes around its titles: a number, a source, a date, an author, '[12] Pilots end strike (Example News)'.

One title alone may begin with a number or end in brackets; what most titles of a file have is no part of them.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines.text.splitting.dates import dates_in
from pipelines.text.splitting.names import are_publishers, is_name, tells_publisher

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
    before = _cut(titles, _numbers)
    rest = [title[cut:] for title, cut in zip(titles, before, strict=True)]
    sources = _cut(rest, _sources)
    names = [source_in(title[:cut]) for title, cut in zip(rest, sources, strict=True)]
    rest = [title[cut:] for title, cut in zip(rest, sources, strict=True)]
    before = [number + source for number, source in zip(before, sources, strict=True)]
    behind = [0] * len(titles)
    for tail in _TAILS:
        own = [title[: len(title) - cut] for title, cut in zip(rest, behind, strict=True)]
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
