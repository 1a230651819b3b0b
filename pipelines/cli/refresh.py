"""`dateline run`: the job `refresh`, run in this process, and what a person wants to know afterwards."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import sys
import time
from collections.abc import Generator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from pipelines import progress
from pipelines.cli.stopping import beside_signals
from pipelines.cli.untrusted import printable
from pipelines.settings import ROOT, Settings

if TYPE_CHECKING:
    import dagster as dg

err = Console(stderr=True, highlight=False)
_DAMAGED = (
    "Corrupt database file", "not a valid DuckDB database file", "Could not read enough bytes", "while replaying WAL"
)  # fmt: skip
"""What DuckDB says of a file that something other than DuckDB has written to, or cut."""


def dagster_home() -> Path:
    """Where Dagster keeps runs, schedules and sensors."""
    return Path(os.environ.get("DAGSTER_HOME") or ROOT / "warehouse" / "dagster_home")


def run_refresh(
    settings: Settings, *, full_refresh: bool, prune: bool, only: list[str], rebuild: bool, verbose: bool
) -> bool:
    """Run the job; returns whether a warehouse was published. Raises before anything starts what `find_files` and
    `check_target` do. With `rebuild` the working file is put aside first.
    """
    from pipelines.cli import standing
    from pipelines.text.reading import find_files
    from pipelines.warehouse.connection import set_aside
    from pipelines.warehouse.lock import RunUnderWayError, run_lock
    from pipelines.warehouse.target import check_target

    check_target(settings.warehouse, settings.build_file)
    if not find_files(settings.raw, home=ROOT):
        raise ValueError(f"no .txt file in {', '.join(settings.raw)}")
    started = time.monotonic()
    try:
        err.print(f"[bold]dateline[/] reads {escape(printable(', '.join(settings.raw)))}", highlight=False)
        with run_lock(settings.build_file, "the command line", wait_seconds=settings.wait, waiting=_say):
            if rebuild and (aside := set_aside(settings.build_file)):
                _say(f"{settings.build_file} is made again from the raw files; as it was it is {aside} now")
            usual = not (full_refresh or prune or only)
            given = "" if only else standing.inputs(settings)
            if usual and standing.stands(settings, given):
                published = unchanged = True
            else:
                before = _identity(settings.warehouse)
                os.environ["DAGSTER_HOME"] = str(dagster_home())
                dagster_home().mkdir(parents=True, exist_ok=True)
                config = {"raw": list(settings.raw), "only": only, "full_refresh": full_refresh, "prune": prune}
                published = beside_signals(partial(_run_job, settings, config, verbose=verbose))
                unchanged = before is not None and before == _identity(settings.warehouse)
                if published and not only:
                    standing.note(settings, given)
    except (OSError, RunUnderWayError) as error:
        _nothing_published()
        _say(str(error))
        return False
    if published:
        from pipelines.cli.summary import print_summary

        print_summary(settings, seconds=time.monotonic() - started, unchanged=unchanged)
    return published


def _identity(file: Path) -> tuple[int, int] | None:
    return (file.stat().st_ino, file.stat().st_mtime_ns) if file.exists() else None


def _run_job(settings: Settings, config: Mapping[str, object], *, verbose: bool) -> bool:
    if sys.stderr.isatty() and not verbose:
        # a copy of the terminal: Dagster takes over the standard streams
        progress.show_on(os.fdopen(os.dup(sys.stderr.fileno()), "w"))
    with _quiet(enabled=not verbose) as captured:
        import dagster as dg

        from pipelines.definitions import defs
        from pipelines.defs.abandoned import BUILD_FILE

        job = defs().resolve_job_def("refresh")
        with dg.DagsterInstance.get() as instance:
            result = job.execute_in_process(
                instance=instance,
                raise_on_error=False,
                tags={BUILD_FILE: str(settings.build_file)},
                run_config={
                    "ops": {
                        "ingest": {"config": config},
                        # what is only for looking at in the browser is left to the runs that are started there
                        "dbt_models": {"config": {"column_lineage": False}},
                        "published__report": {"config": {"pictures": False}},
                    },
                    "loggers": {"console": {"config": {"log_level": "DEBUG" if verbose else "CRITICAL"}}},
                },
            )
    if not result.success:
        _explain(result, captured.getvalue(), settings.build_file)
    return result.success


def _say(message: str) -> None:
    err.print(f"  {printable(message)}", markup=False, soft_wrap=True)


def _nothing_published() -> None:
    err.print("[bold red]nothing was published[/]; the last published warehouse is untouched")


@contextlib.contextmanager
def _quiet(*, enabled: bool) -> Generator[io.StringIO]:
    """Keep what Dagster and dbt print off the terminal, for the case that it explains a failure."""
    captured = io.StringIO()
    if not enabled:
        yield captured
        return
    logging.getLogger("dagster").setLevel(logging.CRITICAL)
    # a root logger that has a handler is left alone by libraries that would set it up when imported
    logging.getLogger().addHandler(logging.NullHandler())
    with contextlib.redirect_stdout(captured):
        yield captured


def _explain(result: dg.ExecuteInProcessResult, printed: str, build: Path) -> None:
    """Say in a few lines why nothing was published."""
    _nothing_published()
    damaged = any(sign in printed for sign in _DAMAGED)
    for event in result.all_node_events:
        if event.is_step_failure:
            error = event.step_failure_data.error
            while error and error.cause:
                error = error.cause
            message = error.message if error else "unknown error"
            _say(f"{event.step_key}: {message[:500]}")
            damaged |= any(sign in message for sign in _DAMAGED)
    for check in result.get_asset_check_evaluations():
        if not check.passed and check.severity.value == "ERROR":
            _say(f"check failed: {check.asset_key.to_user_string()}: {check.check_name}")
    for line in printed.splitlines():
        if "Failure in" in line or "Error in" in line or "Got " in line:
            _say(f"dbt: {line}")
    if damaged:
        _say(
            f"{build} is damaged: `dateline run --rebuild` puts it aside and makes another one from the raw files; "
            "rows of files that were deleted are then gone"
        )
    print("dateline: run again with --verbose for the whole log; --full-refresh does every step anew", file=sys.stderr)
