"""Colours of the report, by role, for light and dark paper.

On the page, charts refer to colours by CSS variable, so that the reader's light or dark setting and the printer need
no second drawing; pictures outside the page have the light colours themselves.
"""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A colour, or an ordered scale of colours, for each role."""

    paper: str
    panel: str
    ink: str
    muted: str
    rule: str
    land: str
    """Countries without a mention; bars that stand for 'not known'."""
    accent: str
    warn: str
    sequence: tuple[str, ...]
    """From few to many."""
    diverging: tuple[str, ...]
    """From much rarer than expected to much more frequent; the third is as expected."""
    kinds: tuple[str, ...]
    """Categories: name, demonym, metonym, place."""

    def variables(self) -> dict[str, str]:
        """CSS variable name → colour."""
        variables: dict[str, str] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, tuple):
                variables.update((f"--{field.name}-{i}", colour) for i, colour in enumerate(value, start=1))
            else:
                variables[f"--{field.name}"] = value
        return variables

    def by_reference(self) -> "Theme":
        """The same roles, each colour replaced by a reference to its CSS variable."""
        references: dict[str, str | tuple[str, ...]] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            references[field.name] = (
                tuple(f"var(--{field.name}-{i})" for i in range(1, len(value) + 1))
                if isinstance(value, tuple)
                else f"var(--{field.name})"
            )
        return Theme(**references)  # ty: ignore[invalid-argument-type]


LIGHT = Theme(
    paper="#fdfdfb",
    panel="#f3f4f1",
    ink="#1b2530",
    muted="#57636f",
    rule="#dde1e2",
    land="#e4e6e3",
    accent="#14647d",
    warn="#a8480b",
    sequence=("#cde3e6", "#9dcad3", "#62a8b9", "#2f849b", "#12607a", "#063c53"),
    diverging=("#b4560f", "#e8b27c", "#e9ebe8", "#a9d0d7", "#3a8ca2", "#0a4a63"),
    kinds=("#14647d", "#dd9a2b", "#9a4f78", "#7fa660"),
)
DARK = Theme(
    paper="#12171c",
    panel="#1a2128",
    ink="#e6eaed",
    muted="#9ba8b3",
    rule="#303a44",
    land="#2a333c",
    accent="#6bb6c8",
    warn="#f0a060",
    sequence=("#1e4350", "#276172", "#378397", "#5ba8b8", "#95cdd7", "#daf1f4"),
    diverging=("#e58a3c", "#8a5a2f", "#303942", "#2a6575", "#4f9fb1", "#a5dbe4"),
    kinds=("#6bb6c8", "#e9b04a", "#c983ab", "#9cc47c"),
)
