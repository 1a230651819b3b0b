"""Roles given to units one after another, before it is known where articles start; the first one stands."""

from pipelines.text.splitting.spans import SpanKind


class Marking:
    """Roles of units that belong to blocks or are furniture."""

    def __init__(self, units: int) -> None:
        self.kind: list[SpanKind | None] = [None] * units
        """By unit; None for what no block has."""
        self.rule = [""] * units
        self._kept: set[int] = set()

    def keep(self, i: int) -> None:
        """Takes unit `i` out of all blocks, those to come too."""
        self.kind[i], self.rule[i] = None, ""
        self._kept.add(i)

    def mark(self, i: int, kind: SpanKind, rule: str) -> None:
        """Gives unit `i` a kind and what decided it, unless it has one or is kept."""
        if self.kind[i] is None and i not in self._kept:
            self.kind[i], self.rule[i] = kind, rule
