"""Where to try a pattern: a long pattern costs much at each character, and most characters are the start of nothing."""

import re
from collections.abc import Iterable, Iterator


def matches_behind(before: re.Pattern[str], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What `pattern.finditer(text)` yields, tried only behind a character at which `before` matches.

    `before` has to match one character in front of every match, for which the start of the text counts as a space; it
    should begin with a class of characters, which `re` looks for quickly. Linear in the text's length.
    """
    done = 0
    for place in before.finditer(" " + text):
        # one space further in front, so the place of the character before is the place itself
        if place.start() >= done and (match := pattern.match(text, place.start())):
            yield match
            done = match.end()


def by_initial(words: Iterable[str]) -> str:
    """A pattern of words, grouped by their first letter: of other words no more than that is looked at."""
    rests: dict[str, list[str]] = {}
    for word in sorted(words):
        rests.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{initial}(?:{'|'.join(group)})" for initial, group in rests.items())
