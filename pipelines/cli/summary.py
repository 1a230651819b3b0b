"""What a run found, in words and figures that need no manual."""

from pathlib import Path

import duckdb
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipelines.cli.untrusted import printable
from pipelines.settings import Settings

QUERIES = (
    "select name, mentions, articles, stories from mentions_per_country order by mentions desc limit 10",
    "select name_a, name_b, n_both, npmi from topic_cooccurrence order by log_likelihood desc limit 10",
    "select name, mentions, articles from entities where label = 'PERSON' order by mentions desc limit 10",
)


def print_summary(settings: Settings, *, seconds: float, unchanged: bool = False) -> None:
    """Print what stands in the published warehouse and what to do next."""
    out = Console(highlight=False)
    with duckdb.connect(str(settings.warehouse), read_only=True) as con:
        documents, quarantined, articles, stories, mentions, countries, persons, undated = con.execute(
            """
            select
                (select count(*) from documents where status = 'loaded'),
                (select count(*) from documents where status = 'quarantined'),
                (select count(*) from articles),
                (select count(*) from stories),
                (select count(*) from country_mentions),
                (select count(distinct iso2) from country_mentions),
                (select count(*) from entities where label = 'PERSON'),
                (select count(*) from articles where published_on is null)
            """
        ).fetchall()[0]
        top = con.execute(
            "select name, mentions, articles, stories from mentions_per_country order by mentions desc, name limit 8"
        ).fetchall()
        set_aside = con.execute(
            "select path, reason from documents where status = 'quarantined' order by path limit 10"
        ).fetchall()
        failures = con.execute(
            "select step, path, error, count(*) over () from failures order by all limit 10"
        ).fetchall()
    out.print()
    how = ": nothing had changed, so the files stand as they were" if unchanged else ""
    out.print(f"[bold green]Published[/] in {seconds:.0f} s{how}")
    out.print(
        f"  {documents:,} documents → {articles:,} articles ({undated:,} without a date), {stories:,} different texts\n"
        f"  {mentions:,} mentions of {countries:,} countries, {persons:,} persons"
    )
    table = Table(box=None, pad_edge=False, padding=(0, 2))
    table.add_column("  country")
    for column in ("mentions", "articles", "stories"):
        table.add_column(column, justify="right")
    for name, *figures in top:
        table.add_row(f"  {escape(name)}", *(f"{f:,}" for f in figures))
    out.print(table)
    if quarantined:
        out.print(f"\n[yellow]Set aside[/] {quarantined:,} of the inputs, which could not be read:")
        for path, reason in set_aside:
            out.print(f"  {escape(printable(path))}: {escape(reason)}")
    if failures:
        out.print(f"\n[yellow]Failed[/] {failures[0][-1]:,} times on an article, which lacks what the step would find:")
        for step, path, error, _ in failures:
            out.print(f"  {step}, {escape(printable(path))}: {escape(printable(error))}", soft_wrap=True)
    command = _command(settings)
    out.print(f"\nWarehouse  {escape(_short(settings.warehouse))}")
    out.print(f"Report     {escape(_short(settings.report))}  (open it in a browser)")
    out.print("\nThree queries to try:")
    for query in QUERIES:
        out.print(f'  {command} "{escape(query)}"', soft_wrap=True)
    out.print("\nRuns, checks and lineage in the browser: make ui, then http://127.0.0.1:3000")


def _command(settings: Settings) -> str:
    default = Settings.model_fields["warehouse"].default
    chosen = "" if settings.warehouse == default else f" -w {escape(_short(settings.warehouse))}"
    return f".venv/bin/dateline sql{chosen}"


def _short(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
