"""What one generated dump does throughout: gaps, markers, captions, bylines, dates, menus; drawn at random."""

import random
from dataclasses import dataclass

from pipelines.training.splitter.invented import FOOTER, MARKERS, MENU, OUTLETS, PLACEHOLDERS, RELATED, SHARE


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What one dump does throughout."""

    gap: int
    """Blank lines between paragraphs."""
    below_title: int
    between: int
    """Blank lines between articles."""
    uneven: bool
    marker: str | None
    related: str | None
    related_caption: bool
    placeholder: str
    outlet: str
    year: int
    month: int
    day: int
    byline: str | None
    dated: str | None
    dateline: bool
    standfirst: bool
    captions: bool
    twice: bool
    """Captions stand there twice."""
    advertisements: bool
    inline_links: bool
    credits: bool
    stop: bool
    """Standfirsts end in a full stop."""
    metadata: str
    dated_above: bool
    """A line with the day stands above each article, or above the first of a day."""
    underline: str
    """Sign with which titles are underlined."""
    menu: tuple[str, ...]
    footer: tuple[str, ...]
    same_menu: bool
    share: tuple[str, ...]


def draw_habits(rng: random.Random, kind: str) -> Habits:
    """The habits of one dump of `kind` (one of `layouts.KINDS`)."""
    gap = rng.choice([1, 1, 1, 0, 2])
    between = gap
    if kind == "wider-gap":
        gap = rng.choice([0, 1, 1])
        between = gap + rng.choice([1, 1, 2, 3])
    elif kind.startswith("doubled") or kind in ("metadata-block", "closing-marker", "month-archive", "whole-pages"):
        between = gap + rng.choice([0, 1, 2])
    elif kind == "digest":
        gap = between = rng.choice([0, 0, 0, 1])
    elif kind.endswith(("uniform", "related")) or kind.startswith("body"):
        gap = between = rng.choice([1, 1, 1, 1, 1, 0, 2])
    plain = kind.startswith("body") or kind in ("digest", "standfirst-uniform", "first-sentence-uniform")
    marked = kind in ("closing-marker", "digest") or (kind.startswith("doubled") and rng.random() < 0.4)
    linked = kind == "standfirst-related" or (not plain and rng.random() < 0.15)
    marker = rng.choice(MARKERS) if marked else None
    related = rng.choice(RELATED) if linked else None
    clash = marker and related and marker.casefold() == related.casefold()
    return Habits(
        gap=gap,
        below_title=gap if kind in ("title-uniform", "few-articles") else rng.choice([gap, 1, gap]),
        between=between,
        uneven=rng.random() < 0.2 and kind != "digest",
        marker=marker,
        related=None if clash else related,
        related_caption=rng.random() < 0.65,
        placeholder=rng.choice(PLACEHOLDERS),
        outlet=rng.choice(OUTLETS),
        year=rng.randint(2012, 2026),
        month=rng.randint(1, 12),
        day=rng.randint(1, 20),
        byline=rng.choice(["By {}", "by {}", "{}", "{}, {outlet}"]) if not plain and rng.random() < 0.3 else None,
        dated=rng.choice(["{}", "Published: {}", "Updated {}", "{} 10:24 GMT"])
        if not plain and rng.random() < 0.25
        else None,
        dateline=rng.random() < 0.15,
        standfirst=not plain and kind not in ("standfirst-related", "metadata-block") and rng.random() < 0.25,
        captions=not plain and rng.random() < 0.3,
        twice=rng.random() < 0.5,
        advertisements=not plain and rng.random() < 0.12,
        inline_links=not plain and rng.random() < 0.15,
        credits=not plain and kind != "standfirst-related" and rng.random() < 0.2,
        stop=rng.random() < 0.3,
        metadata=rng.choice(["labels", "lines", "numbered", "codes", "framed", "fields"]),
        dated_above=kind in ("month-archive", "title-uniform", "few-articles", "wider-gap") and rng.random() < 0.2,
        underline=rng.choice("=-~_*") if not plain and rng.random() < 0.06 else "",
        menu=tuple(rng.sample(MENU, rng.randint(6, 18))),
        footer=tuple(rng.sample(FOOTER, rng.randint(4, 11))),
        same_menu=rng.random() < 0.5,
        share=tuple(rng.sample(SHARE, rng.randint(2, 5))),
    )
