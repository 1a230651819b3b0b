"""Scores as tables for people: in the terminal and in markdown."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pipelines.evaluation.scores import Score
from pipelines.evaluation.splitting import ACCEPTED, FIELDS, SplitTally, brier, reliability

if TYPE_CHECKING:
    from rich.table import Table

COLUMNS = ("Quantity", "Value", "Asked", "Of", "What it is")


def format_table(scores: Iterable[Score]) -> "Table":
    """A rich table; what misses its floor is red, what reaches it green."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in COLUMNS:
        table.add_column(name, justify="right" if name in COLUMNS[1:4] else "left", no_wrap=name != COLUMNS[-1])
    styles = {None: "", True: "green", False: "bold red"}
    for score in scores:
        quantity, value, asked, items, description = _cells(score)
        table.add_row(quantity, Text(value, style=styles[score.passed]), asked, items, Text(description, style="dim"))
    return table


def format_markdown(scores: Iterable[Score]) -> str:
    """A markdown table, for Dagster metadata; what misses its floor is bold."""
    rows = [f"| {' | '.join(COLUMNS)} |", "| --- | ---: | ---: | ---: | --- |"]
    for score in scores:
        quantity, value, asked, items, description = (cell.replace("|", "\\|") for cell in _cells(score))
        shown = f"**{value}**" if score.passed is False else value
        rows.append(f"| {quantity} | {shown} | {asked} | {items} | {description} |")
    return "\n".join(rows)


def format_splits(tallies: Mapping[str, SplitTally]) -> "Table":
    """A rich table of how well documents were split, a row for each named tally."""
    from rich.text import Text

    columns = ("P", "R", "F1", "Pk", "WindowDiff", "ends", "text kept", "furniture out", "roles", *FIELDS)
    table = _table("", "files", "articles", "found", *columns)
    for name, tally in tallies.items():
        starts = tally.matches["starts"]
        in_gold, found = starts.both + starts.only_gold, starts.both + starts.only_found
        of_starts = (starts.precision, starts.recall, starts.f1) if in_gold else (None, None, None)
        values = [*of_starts, _mean(tally.pk), _mean(tally.window_diff), *map(tally.share, columns[5:])]
        table.add_row(Text(name), str(tally.documents), str(in_gold), str(found), *map(_number, values))
    return table


def format_roles(tally: SplitTally) -> "Table":
    """A rich table of lines by their role in the gold (rows) and the kind given to them (columns)."""
    from rich.text import Text

    kinds = sorted({kind for _, kind in tally.roles})
    table = _table("role \\ given", *kinds, "right")
    for role in ACCEPTED:
        counts = {kind: tally.roles[role, kind] for kind in kinds}
        total = sum(counts.values())
        if total:
            right = sum(n for kind, n in counts.items() if kind in ACCEPTED[role])
            cells = [Text(str(n) if n else "", style="" if k in ACCEPTED[role] else "red") for k, n in counts.items()]
            table.add_row(role, *cells, _number(right / total))
    return table


def format_reliability(tally: SplitTally) -> "Table":
    """A rich table of confidences in starts by bins, each against what came true."""
    table = _table("confidence", "articles", "mean", "right")
    for b in reliability(tally.confidences):
        if b.articles:
            table.add_row(f"{b.low:.2f}–{b.high:.2f}", str(b.articles), _number(b.confidence), _number(b.right))
    table.caption = f"Brier score {brier(tally.confidences):.3f}"
    return table


def _table(first: str, *others: str) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(first, no_wrap=True)
    for name in others:
        table.add_column(name, justify="right")
    return table


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _cells(score: Score) -> tuple[str, str, str, str, str]:
    asked = "" if score.floor is None else f"≥ {score.floor:.2f}"
    return score.quantity, f"{score.value:.3f}", asked, f"{score.items:,}", score.description
