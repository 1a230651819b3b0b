"""The verbs that report speech, from an editable table."""

import csv
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

KINDS = ("speech", "quoted", "naming")


@dataclass(frozen=True)
class CueVerbs:
    """Forms of verbs, in lower case, with their kind.

    'speech' takes a clause and so reports indirectly too (said that …), 'quoted' reports only with quotation marks
    ("…" he laughed), 'naming' only some words in marks (called it "…").
    """

    kinds: dict[str, str]

    @classmethod
    def load(cls, folder: Path) -> "CueVerbs":
        """Reads `cue_verbs.csv` of `models/quotations`; ValueError for an unknown kind."""
        kinds: dict[str, str] = {}
        with (folder / "cue_verbs.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["kind"] not in KINDS:
                    raise ValueError(f"cue verb {row['lemma']!r} has the unknown kind {row['kind']!r}")
                kinds |= dict.fromkeys(row["forms"].split(), row["kind"])
        return cls(kinds)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds a form as a word, or "according to"."""
        return re.compile(r"\b(?:" + "|".join(sorted(self.kinds, key=lambda f: (-len(f), f))) + r"|according to)\b", re.I)
