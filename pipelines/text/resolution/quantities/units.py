"""Units of amounts and signs of currencies, from editable tables."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, cast, get_args

from pipelines.text.data_files import read_rows

UnitKind = Literal["money", "percent", "measure", "duration"]
KINDS = get_args(UnitKind)


@dataclass(frozen=True)
class Units:
    """What follows or precedes a number."""

    forms: dict[str, tuple[str, UnitKind]]
    """Form (in lower case unless it is an abbreviation) to unit and kind."""
    signs: dict[str, str]
    """Sign of a currency before a number, to its unit."""

    @classmethod
    def load(cls, folder: Path) -> "Units":
        """Reads `models/quantities`; ValueError for an unknown kind."""
        forms: dict[str, tuple[str, UnitKind]] = {}
        for row in read_rows(folder / "units.csv"):
            if row["kind"] not in KINDS:
                raise ValueError(f"unit {row['unit']!r} has the unknown kind {row['kind']!r}")
            for form in row["forms"].split("|"):
                forms[form] = forms[form.lower()] = (row["unit"], cast(UnitKind, row["kind"]))
        return cls(forms, {row["sign"]: row["unit"] for row in read_rows(folder / "currency_signs.csv")})

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """A unit right behind a number; a hyphen may stand between."""
        forms = sorted(self.forms, key=lambda f: (-len(f), f))
        return re.compile(r"[ \u00a0\u202f\n]?-?(" + "|".join(re.escape(f) for f in forms) + r")(?![\w])")

    @cached_property
    def sign_pattern(self) -> re.Pattern[str]:
        """A sign at the end of what stands before a number."""
        signs = sorted(self.signs, key=lambda s: (-len(s), s))
        return re.compile(r"(?<![A-Za-z$])(" + "|".join(re.escape(s) for s in signs) + r")[ \u00a0]?$")
