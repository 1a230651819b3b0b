"""The published tables as files: Parquet for programs, csv for spreadsheets."""

from pathlib import Path
from typing import Literal

import duckdb

from pipelines.warehouse.publish import SCHEMA

Format = Literal["parquet", "csv"]

# a spreadsheet takes a cell that begins so for a formula, and formulas can call programs; text from files is not to be
# trusted that far. OWASP, "CSV Injection".
_FORMULA = r"^[\t\r\n]|^[\s\p{Z}]*[=+\-@＝＋－＠]"


def export(warehouse: Path, folder: Path, *, format: Format = "parquet") -> dict[str, int]:
    """Write every published table to `<folder>/<table>.<format>`; returns the rows per table.

    Files of these names are replaced, each whole or not at all; others in the folder are left alone. In csv, lists are
    written as JSON, and a text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    folder.mkdir(parents=True, exist_ok=True)
    counts = {}
    with duckdb.connect(str(warehouse), read_only=True) as con:
        tables = con.execute(
            "select table_name from duckdb_tables() where schema_name = ? order by table_name", [SCHEMA]
        ).fetchall()
        for (table,) in tables:
            target = folder / f"{table}.{format}"
            staged = folder / f".{target.name}.new"
            query = _safe_for_spreadsheets(con, table) if format == "csv" else f"from {SCHEMA}.{_identifier(table)}"
            options = "format csv, header true" if format == "csv" else "format parquet, compression zstd"
            try:
                written = con.execute(f"copy ({query}) to {_literal(str(staged))} ({options})").fetchall()
                staged.replace(target)
            finally:
                staged.unlink(missing_ok=True)
            counts[table] = written[0][0]
    return counts


def _safe_for_spreadsheets(con: duckdb.DuckDBPyConnection, table: str) -> str:
    columns = con.execute(
        "select column_name, data_type from duckdb_columns() where schema_name = ? and table_name = ? "
        "order by column_index",
        [SCHEMA, table],
    ).fetchall()
    chosen = []
    for name, kind in columns:
        column = _identifier(name)
        if kind == "VARCHAR":
            text = f"regexp_matches({column}, {_literal(_FORMULA)})"
            chosen.append(f"case when {text} then '''' || {column} else {column} end as {column}")
        elif kind.endswith("[]"):
            chosen.append(f"to_json({column})::varchar as {column}")
        else:
            chosen.append(column)
    return f"select {', '.join(chosen)} from {SCHEMA}.{_identifier(table)}"  # noqa: S608


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
