"""The verbs that report speech, from an editable table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.text.data_files import read_rows

_WORD = re.compile(r"[A-Za-z]{3,}")
KINDS = ("clause", "tell", "that", "promise", "quoted", "naming")
INDIRECT = frozenset({"clause", "tell", "that", "promise", "according"})
"""Kinds that report speech without quotation marks too."""


@dataclass(frozen=True, slots=True)
class CueVerbs:
    """Forms of verbs, in lower case, with their kind.

    'clause' reports indirectly with "that" or without (said the fees rose), 'tell' the same, with a hearer before the
    clause (told reporters …), 'that' only with "that" (denied that …), 'promise' with an infinitive too (vowed to …);
    'quoted' reports only with quotation marks ("…" he laughed), 'naming' only some words in marks (called it "…").
    """

    kinds: dict[str, str]

    @classmethod
    def load(cls, folder: Path) -> "CueVerbs":
        """Reads `cue_verbs.csv` of `models/quotations`; ValueError for an unknown kind."""
        kinds: dict[str, str] = {}
        for row in read_rows(folder / "cue_verbs.csv"):
            if row["kind"] not in KINDS:
                raise ValueError(f"cue verb {row['lemma']!r} has the unknown kind {row['kind']!r}")
            kinds |= dict.fromkeys(row["forms"].split(), row["kind"])
        return cls(kinds)

    def find(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """Start, end and kind of each form in a stretch of text; that of "according to" is 'according'."""
        forms = [form.lower() for form in _WORD.findall(text, start, end)]
        if self.kinds.keys().isdisjoint(forms) and "according" not in forms:
            return
        for word in _WORD.finditer(text, start, end):
            form = word.group().lower()
            if kind := self.kinds.get(form):
                yield word.start(), word.end(), kind
            elif form == "according" and text[word.end() : word.end() + 3] == " to":
                yield word.start(), word.end() + 3, "according"
