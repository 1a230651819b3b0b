"""Whether the place that was named for the published warehouse may be written to.

A run replaces what it finds there. That is right for a warehouse that a run has published, whatever has become of it
since, and wrong for anything else, such as a raw file or another database that was named by mistake.
"""

from pathlib import Path

import duckdb

from pipelines.warehouse.publish import SCHEMA


class TargetError(ValueError):
    """The place holds something that is not a run's to replace."""


def check_target(published: Path, build: Path) -> None:
    """Raise `TargetError` unless there is nothing at `published`, or something that may be replaced.

    `build` is the working file: where it stands, a run has published here, or was about to.
    """
    if published.is_dir():
        raise TargetError(f"{published} is a folder: name a file for the warehouse")
    if published.exists() and published.stat().st_size and not build.exists() and not _is_warehouse(published):
        raise TargetError(
            f"{published} is there already and is no published warehouse: name another file, or move it away"
        )


def _is_warehouse(file: Path) -> bool:
    try:
        with duckdb.connect(str(file), read_only=True) as con:
            found = con.execute("select table_name from duckdb_tables() where schema_name = ?", [SCHEMA]).fetchall()
    except duckdb.Error:
        return False
    return {"documents", "document_spans", "articles"} <= {name for (name,) in found}
