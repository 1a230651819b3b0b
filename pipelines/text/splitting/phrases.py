"""The words of `models/splitter/phrases.json`, by which lines are told apart; edit that file as you like."""

import json
import re
from pathlib import Path

_FILE = Path(__file__).parents[3] / "models" / "splitter" / "phrases.json"
_LISTS: dict[str, list[str]] = json.loads(_FILE.read_text(encoding="utf-8"))


def words(name: str) -> frozenset[str]:
    """The list of this name. KeyError where there is none."""
    return frozenset(_LISTS[name])


def any_of(name: str) -> str:
    """A regular expression that matches any whole word or phrase of the list of this name.

    Of two that begin alike the longer one is found. KeyError where there is no such list.
    """
    longest_first = sorted(_LISTS[name], key=lambda phrase: (-len(phrase), phrase))
    either = "|".join(re.escape(phrase).replace(r"\*", r"\w+") for phrase in longest_first)
    return rf"\b(?:{either})\b"
