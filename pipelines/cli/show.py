"""`dateline split`, `sql` and `evaluate`: looking at one file, or at the published warehouse."""

import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from pipelines.cli.untrusted import cell as spreadsheet_cell
from pipelines.cli.untrusted import printable

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
            article = by_ordinal[current]
            out.rule(
                f"article {current} · confidence {article.boundary_confidence:.2f} · {article.words} words · "
                f"{article.published_on or 'undated'}"
                + (f" · {escape(printable(article.publisher))}" if article.publisher else ""),
                align="left",
            )
        text = document.text[span.start_char : span.end_char]
        line = Text(f"{span.start_line:>6} {span.kind:<10} ", style="dim")
        line.append(printable(text)[:160], style=STYLES[span.kind])
        out.print(line, soft_wrap=True)
    table = Table("kind", "rule", "spans", "characters", box=None)
    counts: Counter[tuple[str, str]] = Counter()
    chars: Counter[tuple[str, str]] = Counter()
    for span in split.spans:
        counts[span.kind, span.rule] += 1
        chars[span.kind, span.rule] += span.end_char - span.start_char
    for (kind, rule), n in sorted(counts.items()):
        table.add_row(kind, rule, str(n), f"{chars[kind, rule]:,}")
    out.rule("every character of the file, by role and rule", align="left")
    out.print(table)
    out.print(
        f"{len(split.articles)} articles; layout {split.layout} (confidence {split.layout_confidence:.2f}); "
        f"{document.encoding}, {document.language}"
    )


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
        columns = [c[0] for c in answer.description or []]
        if output == "csv":
            import csv

            writer = csv.writer(sys.stdout)
            writer.writerow(columns)
            while chunk := answer.fetchmany(10_000):
                writer.writerows([spreadsheet_cell(value) for value in row] for row in chunk)
        elif output == "json":
            import json

            found = [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]
            print(json.dumps(found, ensure_ascii=False, default=str, indent=1))
        else:
            _print_table(columns, answer.fetchmany(rows + 1), rows)


def _print_table(columns: list[str], found: list[tuple], rows: int) -> None:
    # a pipe has no width: whole values there; on a terminal one line each, cut where it ends
    out = Console(highlight=False, width=None if sys.stdout.isatty() else 100_000)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for i, column in enumerate(columns):
        numbers = found and all(isinstance(r[i], (int, float)) for r in found if r[i] is not None)
        table.add_column(escape(column), justify="right" if numbers else "left", no_wrap=True, overflow="ellipsis")
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
