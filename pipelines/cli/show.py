"""`dateline split`, `sql` and `evaluate`: looking at one file, or at the published warehouse."""

import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from pipelines.cli.untrusted import cell as spreadsheet_cell
from pipelines.cli.untrusted import printable
from pipelines.text.splitting.spans import ARTICLE_TEXT_KINDS, Span

STYLES = {
    "header": "bold magenta",
    "title": "bold cyan",
    "standfirst": "cyan",
    "dateline": "yellow",
    "byline": "yellow",
    "body": "default",
    "heading": "bold",
    "caption": "dim green",
    "credit": "dim green",
    "related": "dim red",
    "marker": "dim red",
    "furniture": "dim red",
    "blank": "dim",
}
_SURE, _UNSURE = 0.9, 0.5
"""Confidences from which on a boundary is shown as sure, and below which as doubtful."""
_SHOWN = 160
"""Characters of a span that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """What one rule did in a file."""

    kind: str
    rule: str
    spans: int
    characters: int
    example: str
    """The first of them, cut."""


def ledger(text: str, spans: Iterable[Span]) -> list[LedgerRow]:
    """What each rule gave which role, how often and to how many characters; ordered by kind and rule."""
    groups: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for span in spans:
        groups[span.kind, span.rule].append(span)
    return [
        LedgerRow(
            kind=kind,
            rule=rule,
            spans=len(own),
            characters=sum(span.end_char - span.start_char for span in own),
            example=_shown(text[own[0].start_char : own[0].end_char])[:60],
        )
        for (kind, rule), own in sorted(groups.items())
    ]


def split_as_json(file: Path) -> dict[str, Any]:
    """How a file is split, as CONTRACT describes the object; dates are ISO strings."""
    document, split = _split(file)
    articles = []
    for article in split.articles:
        row = asdict(article)
        row["published_on"] = article.published_on.isoformat() if article.published_on else None
        articles.append(row)
    return {
        "document": {
            "path": str(file),
            "document_id": document.document_id,
            "sha256": document.sha256,
            "bytes": document.bytes,
            "encoding": document.encoding,
            "language": document.language,
            "layout": split.layout,
            "layout_confidence": split.layout_confidence,
            "characters": len(document.text),
        },
        "articles": articles,
        "spans": [asdict(s) for s in split.spans],
        "left_out": [asdict(row) for row in ledger(document.text, split.spans) if row.kind not in ARTICLE_TEXT_KINDS],
    }


def print_split(file: Path) -> None:
    """Print the file: roles in colour, boundaries with their confidence, and what was taken out by which rule."""
    document, split = _split(file)
    out = Console(highlight=False)
    by_ordinal = {a.ordinal: a for a in split.articles}
    current: int | None = None
    for span in split.spans:
        if span.kind == "blank":
            continue
        if span.article is not None and span.article != current:
            current = span.article
            out.rule(_heading(by_ordinal[current]), align="left")
        line = Text(f"{span.start_line:>6} {span.kind:<10} ", style="dim")
        line.append(_shown(document.text[span.start_char : span.end_char]), style=STYLES[span.kind])
        out.print(line, soft_wrap=True)
    rows = ledger(document.text, split.spans)
    out.rule("left out of the articles' text, by role and rule", align="left")
    out.print(_ledger_table(row for row in rows if row.kind not in ARTICLE_TEXT_KINDS))
    out.rule("the articles' text", align="left")
    out.print(_ledger_table(row for row in rows if row.kind in ARTICLE_TEXT_KINDS))
    out.print(
        f"{len(split.articles)} articles; layout {split.layout} (confidence {split.layout_confidence:.2f}); "
        f"{document.encoding}, {document.language}"
    )


def _heading(article: Any) -> Text:
    sure = article.boundary_confidence
    style = "green" if sure >= _SURE else "yellow" if sure >= _UNSURE else "bold red"
    heading = Text(f"article {article.ordinal} · ")
    heading.append(f"confidence {sure:.2f}", style=style)
    heading.append(f" · {article.words} words · {article.published_on or 'undated'}")
    if article.publisher:
        heading.append(f" · {_shown(article.publisher)}")
    return heading


def _ledger_table(rows: Iterable[LedgerRow]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name in ("role", "rule", "spans", "characters"):
        table.add_column(name, justify="right" if name in ("spans", "characters") else "left", no_wrap=True)
    table.add_column("for example")
    for row in rows:
        role = Text(row.kind, style=STYLES[row.kind])
        table.add_row(role, row.rule, f"{row.spans:,}", f"{row.characters:,}", Text(row.example, style="dim"))
    return table


def _shown(text: str) -> str:
    """A span on one line, cut."""
    return printable(text[: 4 * _SHOWN])[:_SHOWN]


def _split(file: Path):
    from pipelines.settings import ROOT, Settings
    from pipelines.text.reading import find_files, read_file
    from pipelines.text.splitting import split_document

    found = find_files([str(file)], home=ROOT)
    if len(found) != 1 or not file.is_file():
        raise ValueError(f"not a file: {file}")
    document = read_file(found[0], max_bytes=Settings().max_bytes)
    if document.text is None:
        raise ValueError(f"{file} cannot be read: {document.reason}")
    return document, split_document(document.text, path=found[0].path)


def print_query(warehouse: Path, query: str, *, output: str, rows: int) -> None:
    """Run a query read-only and print its answer as table, csv or json."""
    import duckdb

    with duckdb.connect(str(warehouse), read_only=True) as con:
        answer = con.execute(query)
        if answer is None:
            raise ValueError("there is no query in that text")
        columns = [c[0] for c in answer.description or []]
        if output == "csv":
            import csv

            writer = csv.writer(sys.stdout)
            writer.writerow(map(spreadsheet_cell, columns))  # a pivot makes columns of text
            shown = _on_terminal if sys.stdout.isatty() else spreadsheet_cell
            while chunk := answer.fetchmany(10_000):
                writer.writerows([shown(value) for value in row] for row in chunk)
        elif output == "json":
            import json

            found = [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]
            print(json.dumps(found, ensure_ascii=sys.stdout.isatty(), default=str, indent=1))
        else:
            _print_table(columns, answer.fetchmany(rows + 1), rows)


def _on_terminal(value: Any) -> Any:
    return spreadsheet_cell(printable(value) if isinstance(value, str) else value)


def _print_table(columns: list[str], found: list[tuple], rows: int) -> None:
    # a pipe has no width: whole values there; on a terminal one line each, cut where it ends
    out = Console(highlight=False, width=None if sys.stdout.isatty() else 100_000)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for i, column in enumerate(columns):
        numbers = found and all(isinstance(r[i], (int, float)) for r in found if r[i] is not None)
        table.add_column(
            escape(printable(column)), justify="right" if numbers else "left", no_wrap=True, overflow="ellipsis"
        )
    for row in found[:rows]:
        table.add_row(*(_cell(v) for v in row))
    out.print(table)
    if len(found) > rows:
        out.print("… more rows; --rows N shows more, --format csv all of them", style="dim")


def _cell(value: Any) -> str:
    if value is None:
        return "[dim]null[/]"
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 1000 else f"{value:,.1f}"
    return escape(printable(str(value)))


def print_scores(warehouse: Path, gold_dir: Path) -> bool:
    """Print the scores of the warehouse; False when it has none of the gold documents."""
    import duckdb

    from pipelines.evaluation import evaluate, format_table

    with duckdb.connect(str(warehouse), read_only=True) as con:
        scores = evaluate(con, gold_dir)
    if scores:
        Console().print(format_table(scores))
    return bool(scores)
