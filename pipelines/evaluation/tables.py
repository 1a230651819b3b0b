"""Scores as tables for people: in the terminal and in markdown."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipelines.evaluation.scores import Score

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


def _cells(score: Score) -> tuple[str, str, str, str, str]:
    asked = "" if score.floor is None else f"≥ {score.floor:.2f}"
    return score.quantity, f"{score.value:.3f}", asked, f"{score.items:,}", score.description
