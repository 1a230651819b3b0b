"""The heads of articles: how far they reach, what their headline shares with the text, a section's name above it."""

import re
from collections.abc import Sequence
from functools import lru_cache

from pipelines.text.splitting.names import is_name
from pipelines.text.splitting.shapes import Shape, is_address
from pipelines.text.splitting.units import Unit

MAX_HEAD = 14
"""Units between the first line of an article and its first paragraph, at most."""
ECHO = 0.34
"""Share of a headline's longer words that the text below has when it may be that text's title."""
TITLE_WORDS = 4
"""Words from which on a headline on a web page is more than a link to a section."""
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_LEAD = 800
"""Characters of the text below that are looked at."""
_MAX_SECTION = 2
_NAME_WORDS = 5


def echo(headline: Unit, lead: Unit) -> float:
    """Share of a headline's longer words that a paragraph has."""
    words = _long_words(headline.text[:_LEAD])
    return len(words & _long_words(lead.text[:_LEAD])) / len(words) if words else 0.0


@lru_cache(maxsize=1024)
def _long_words(text: str) -> frozenset[str]:
    return frozenset(_LONG_WORD.findall(text.casefold()))


def below_dates(start: int, units: Sequence[Unit], shapes: Sequence[Shape]) -> int:
    """The first unit from `start` on that is not only a date."""
    return next((i for i in range(start, len(units)) if not shapes[i].date), start)


def is_name_above_title(i: int, units: Sequence[Unit], shapes: Sequence[Shape]) -> bool:
    """Whether unit `i` is a name right above a longer title: its publisher's or its section's."""
    return (
        i + 1 < len(units)
        and units[i].words <= _NAME_WORDS
        and units[i + 1].gap == 0
        and shapes[i + 1].headline
        and units[i + 1].words > units[i].words
        and units[i].text[0].isalpha()
        and (is_name(units[i].text) or is_address(units[i].text))
        and not (shapes[i].date or shapes[i].byline)
    )


def is_section(i: int, units: Sequence[Unit], shapes: Sequence[Shape]) -> bool:
    """Whether unit `i` is a word or two right above a title, set off from what stands above: a section's name."""
    return (
        i + 1 < len(units)
        and units[i].words <= _MAX_SECTION
        and units[i].ends == "open"
        and not (shapes[i].date or shapes[i].byline)
        and (i == 0 or units[i + 1].gap < units[i].gap)
        and shapes[i + 1].headline
        and units[i + 1].words > _MAX_SECTION
    )
