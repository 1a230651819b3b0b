"""What a text shows before it is decided where its articles start."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipelines.text.splitting import cohesion
from pipelines.text.splitting.blocks import Blocks, find_blocks
from pipelines.text.splitting.labels import METADATA_LABELS
from pipelines.text.splitting.shapes import Shape, is_credit_tail, shapes_of
from pipelines.text.splitting.templates import Recurrences, recurrences
from pipelines.text.splitting.units import Unit, units_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A text's units, and everything known of each by itself and by what recurs; all by unit."""

    units: list[Unit]
    shapes: list[Shape]
    found: Recurrences
    blocks: Blocks
    cohesion: NDArray[np.float64]
    """Log-odds that the text before and after a unit are of two articles, as far as paragraphs tell; NaN: unread."""

    def is_own_paragraph(self, i: int) -> bool:
        """Whether unit `i` is a paragraph that no block has: an article's own."""
        return self.shapes[i].paragraph and self.blocks.kind[i] is None and self.found.label[i] not in METADATA_LABELS

    def doubles_title(self, i: int) -> bool:
        """Whether unit `i` is the first copy of a doubled line that is no name of a source and no caption."""
        unit, shape = self.units[i], self.shapes[i]
        named = shape.caption or shape.credit or unit.text.isalpha() or is_credit_tail(unit.text)
        return self.found.doubles(i) and not named

    @property
    def first_paragraph(self) -> int | None:
        """The first of these; None in a file without any."""
        return next((i for i in range(len(self.units)) if self.is_own_paragraph(i)), None)


def read_layout(text: str, *, paragraphs: int | None = None) -> Reading:
    """The units of a text, what recurs among them, and whether its text goes on, in its first `paragraphs` or all."""
    units = units_of(text)
    return _reading(units, shapes_of(units), recurrences(units), paragraphs)


def read_on(read: Reading) -> Reading:
    """The same text, read for cohesion to its end."""
    return _reading(read.units, read.shapes, read.found, None)


def _reading(units: list[Unit], shapes: list[Shape], found: Recurrences, paragraphs: int | None) -> Reading:
    cohesive = _cohesion(units, shapes, paragraphs)
    blocks = find_blocks(units, shapes, found, cohesive)
    return Reading(units=units, shapes=shapes, found=found, blocks=blocks, cohesion=cohesive)


def _cohesion(units: list[Unit], shapes: list[Shape], paragraphs: int | None) -> NDArray[np.float64]:
    """Log-odds by unit that the text before and after it are of two articles, as far as paragraphs tell."""
    at = [i for i, shape in enumerate(shapes) if shape.paragraph or shape.sentence]
    out = np.full(len(units), cohesion.NO_COHESION)
    if paragraphs is not None and len(at) > paragraphs:
        # the last one's neighbours are unread, so it is too
        at = at[: max(0, paragraphs - 1)]
        out[at[-1] + 1 if at else 0 :] = np.nan
    if len(at) >= 2:
        texts = [units[i].text for i in at]
        out[at] = _as_in_copies(cohesion.log_odds(texts), texts)
    return out


def _as_in_copies(log_odds: NDArray[np.float64], texts: list[str]) -> NDArray[np.float64]:
    """Where two paragraphs come again, the log-odds above them are the highest of all copies.

    A reprint right below its original goes on with the same words, and is another article all the same.
    """
    out = log_odds.copy()
    copies: dict[tuple[str, str], list[int]] = {}
    for i, pair in enumerate(pairwise(texts)):
        copies.setdefault(pair, []).append(i)
    for positions in copies.values():
        if len(positions) > 1:
            out[positions] = out[positions].max()
    return out
