"""The lexicon of tone: words with a valence, and words that turn or shift what follows, from editable tables."""

import json
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from pipelines.text.data_files import read_rows


@dataclass(frozen=True, slots=True)
class ToneLexicon:
    """Valences and shifters, in lower case."""

    name: str
    version: str
    """The version that the folder gives, and a hash of its tables: an edited lexicon is another version."""
    valences: dict[str, float]
    """Word to valence, −4 (most unfavourable) to 4, never 0."""
    negations: frozenset[str]
    shifts: dict[str, float]
    """Word to what it adds to the strength of the word behind it."""

    @classmethod
    def load(cls, folder: Path) -> "ToneLexicon":
        """Reads `models/tone`; ValueError for a valence out of range or an unknown kind of shifter."""
        about = json.loads((folder / "lexicon.json").read_text(encoding="utf-8"))
        digest = blake2b(digest_size=4)
        for name in ("lexicon.csv", "shifters.csv"):
            digest.update((folder / name).read_bytes())
        valences = {row["word"]: float(row["valence"]) for row in read_rows(folder / "lexicon.csv")}
        if wrong := [word for word, valence in valences.items() if not -4 <= valence <= 4]:
            raise ValueError(f"valence of {wrong[0]!r} is not between -4 and 4")
        kinds = {row["word"]: row["kind"] for row in read_rows(folder / "shifters.csv")}
        if wrong := [word for word, kind in kinds.items() if kind not in ("negation", "booster", "dampener")]:
            raise ValueError(f"shifter {wrong[0]!r} is of the unknown kind {kinds[wrong[0]]!r}")
        return cls(
            name=about["name"],
            version=f"{about['version']}+{digest.hexdigest()}",
            valences={word: valence for word, valence in valences.items() if valence},
            negations=frozenset(word for word, kind in kinds.items() if kind == "negation"),
            shifts={w: _SHIFT if k == "booster" else -_SHIFT for w, k in kinds.items() if k != "negation"},
        )


_SHIFT = 0.293
"""VADER's (Hutto & Gilbert 2014)."""
