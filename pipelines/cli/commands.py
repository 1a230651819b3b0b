"""The command line: what CONTRACT promises people who never open Dagster. A user's mistake is one line, no traceback.

Imports are late: Dagster, spaCy and dbt take seconds that `--help` must not cost.
"""

import gc
import io
import json
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.untrusted import printable

app = typer.Typer(
    name="dateline",
    help="Raw news dumps in, a DuckDB warehouse of articles, entities, countries, topics and stories out.",
    epilog="Start with [bold]dateline run --raw FOLDER[/bold], then [bold]dateline sql[/bold] with a query in quotes.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

WarehouseOption = Annotated[
    Path | None,
    typer.Option("--warehouse", "-w", metavar="FILE", help="The published warehouse. [default: warehouse/news.duckdb]"),
]
EXIT_NOTHING_PUBLISHED = 1
EXIT_USAGE = 2


class UserError(Exception):
    """Something that the user can mend; the message says what."""


@app.command()
def run(
    raw: Annotated[
        list[str] | None,
        typer.Option(
            "--raw", "-r", metavar="PATH", help="A file, a folder or an fsspec URL; may be repeated. [default: seeds/]"
        ),
    ] = None,
    warehouse: WarehouseOption = None,
    full_refresh: Annotated[
        bool, typer.Option("--full-refresh", help="Do every step anew, also where nothing changed.")
    ] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Drop the rows of files that are gone.")] = False,
    only: Annotated[
        list[str] | None, typer.Option(metavar="PATTERN", help="Read only files whose path fits, e.g. '*2026-03*'.")
    ] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Put a damaged working file aside and make another from the raw files.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show what Dagster and dbt log.")] = False,
) -> None:
    """Read raw dumps and publish a warehouse and a report.

    Only what is new or changed is done again. Files that cannot be read are set aside and listed, and the others go on.
    Nothing is published unless every check has passed.

    Exit codes: 0 published, 1 nothing was published (the last warehouse stands untouched), 2 wrong usage, 130 stopped
    with Ctrl-C (143: by SIGTERM).

        dateline run --raw ~/dumps --warehouse ~/news/news.duckdb
    """
    from pipelines.cli.stopping import stoppable

    # what is imported makes a million objects, all to stay: looking for garbage among them as often as Python does
    # took a seventh of a run without new input
    gc.set_threshold(100_000, 50, 50)
    with stoppable(_stop_dbt):
        settings = _settings(raw=raw, warehouse=warehouse)
        from pipelines.cli.refresh import run_refresh

        with _errors():
            published = run_refresh(
                settings, full_refresh=full_refresh, prune=prune, only=only or [], rebuild=rebuild, verbose=verbose
            )
    if not published:
        raise typer.Exit(EXIT_NOTHING_PUBLISHED)


@app.command()
def split(
    file: Annotated[Path, typer.Argument(help="A raw dump.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a picture.")] = False,
) -> None:
    """Show how one file is split into articles; writes nothing."""
    from pipelines.cli.show import print_split, split_as_json

    with _errors():
        if as_json:
            # exact either way, and no character of it acts on a terminal
            json.dump(split_as_json(file), sys.stdout, ensure_ascii=sys.stdout.isatty(), indent=1)
            print()
        else:
            print_split(file)


@app.command()
def sql(
    query: Annotated[str, typer.Argument(help="A query, in quotes.")],
    warehouse: WarehouseOption = None,
    output: Annotated[str, typer.Option("--format", "-f", help="table, csv or json.")] = "table",
    rows: Annotated[int, typer.Option(help="Rows that a table shows at most; csv and json give all.")] = 100,
) -> None:
    """Run a query on the published warehouse, read-only.

    csv is safe to open in a spreadsheet: text that would be a formula there begins with an apostrophe. json is exact.

    dateline sql "from mentions_per_country order by mentions desc limit 10"
    """
    settings = _settings(warehouse=warehouse)
    from pipelines.cli.show import print_query

    if output not in ("table", "csv", "json"):
        raise typer.BadParameter("must be table, csv or json", param_hint="--format")
    with _errors():
        print_query(_published(settings.warehouse), query, output=output, rows=rows)


@app.command()
def evaluate(
    gold_dir: Annotated[Path, typer.Argument(help="A folder of gold annotations (see docs/gold.md).")],
    warehouse: WarehouseOption = None,
) -> None:
    """Score the published warehouse against gold annotations: splitting, fields, countries, names, topics."""
    settings = _settings(warehouse=warehouse)
    from pipelines.cli.show import print_scores

    with _errors():
        if not gold_dir.is_dir():
            raise UserError(f"no such folder: {gold_dir}")
        if not print_scores(_published(settings.warehouse), gold_dir):
            raise UserError(f"none of the gold documents of {gold_dir} is in {settings.warehouse}")


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write to; made where it is missing.")],
    warehouse: WarehouseOption = None,
    output: Annotated[str, typer.Option("--format", "-f", help="parquet or csv.")] = "parquet",
) -> None:
    """Write every table of the published warehouse to a file of its own.

    In csv, a text that a spreadsheet would take for a formula gets an apostrophe in front.

        dateline export ~/news/tables --format csv
    """
    settings = _settings(warehouse=warehouse)
    from pipelines.warehouse.export import export as write_tables

    if output not in ("parquet", "csv"):
        raise typer.BadParameter("must be parquet or csv", param_hint="--format")
    with _errors():
        counts = write_tables(_published(settings.warehouse), folder, format=output)
    print(f"{len(counts)} tables, {sum(counts.values()):,} rows, in {folder}")


@app.command()
def ui(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.")] = 3000,
) -> None:
    """Open Dagster's web UI, with its runs, schedules and sensors kept in warehouse/dagster_home."""
    from pipelines.cli.refresh import dagster_home
    from pipelines.defs.analytics.project import dbt_project

    root = Path(__file__).resolve().parents[2]
    _settings()
    os.environ |= {"DAGSTER_HOME": str(dagster_home()), "VIRTUAL_ENV": sys.prefix}
    dbt_project()  # the manifest, before several processes look for it
    os.chdir(root)
    dg = Path(sys.executable).with_name("dg")
    os.execv(dg, [str(dg), "dev", "--host", "127.0.0.1", "--port", str(port), "--no-check-yaml"])


def _settings(*, raw: list[str] | None = None, warehouse: Path | None = None):
    """The settings of this process, which from now on are those of its environment too."""
    from pydantic import ValidationError

    from pipelines.settings import Settings

    # given on the command line, they are what the environment says from here on, for dbt and Dagster too
    if raw:
        os.environ["DATELINE_RAW"] = json.dumps(raw)
    if warehouse:
        os.environ["DATELINE_WAREHOUSE"] = str(warehouse)
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors()[0]
        message = first["msg"].removeprefix("Value error, ")
        raise _fail(f"DATELINE_{str(first['loc'][0]).upper()}: {message}") from error
    os.environ.update(settings.environment())
    return settings


def _stop_dbt() -> None:
    """End dbt, if this process has started it."""
    if module := sys.modules.get("pipelines.defs.analytics.dbt"):
        module.stop_dbt()


def _published(warehouse: Path) -> Path:
    if not warehouse.is_file():
        raise UserError(f"there is no warehouse at {warehouse}; `dateline run` makes one")
    return warehouse


@contextmanager
def _errors() -> Generator[None]:
    """What the user can mend, in one line and with exit code 2."""
    import duckdb

    from pipelines.text.reading import NoSuchInputError

    try:
        yield
    except (UserError, NoSuchInputError, duckdb.Error, ValueError, OSError) as error:
        raise _fail(str(error).strip().split("\n\n")[0]) from error


def _fail(message: str) -> typer.Exit:
    """Print the message as one line; raise what comes back."""
    print(f"dateline: {printable(message)}", file=sys.stderr)
    return typer.Exit(EXIT_USAGE)


def main() -> None:
    """Entry point of the `dateline` command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # a terminal that cannot show a character, of a file's name for one, is no reason to fail after a run
            stream.reconfigure(errors="backslashreplace")
    app()
