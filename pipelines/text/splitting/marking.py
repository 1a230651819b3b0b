"""Roles given to units one after another, before it is known where articles start; the first one stands."""

from pipelines.text.splitting.spans import SpanKind


class Marking:
    """Roles of units that belong to blocks or are furniture."""

    def __init__(self, units: int) -> None:
        self.kind: list[SpanKind | None] = [None] * units
        """By unit; None for what no block has."""
        self.rule = [""] * units

    def mark(self, i: int, kind: SpanKind, rule: str) -> None:
        """Gives unit `i` a kind and what decided it, unless it has one."""
        if self.kind[i] is None:
            self.kind[i], self.rule[i] = kind, rule
