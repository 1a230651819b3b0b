"""Writes the answers into docs/cookbook.md: under each of its queries the table that the query gives.

Run it after `dateline run` on the sample dumps: `python dbt_project/cookbook.py [WAREHOUSE]`. What is asked and how is
written by hand; only the tables are made.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

PAGE = Path(__file__).resolve().parents[1] / "docs" / "cookbook.md"
RECIPE = re.compile(
    r"(?P<head>^### (?P<question>[^\n]+)\n(?:(?!```|###)[^\n]*\n)*```sql\n(?P<query>(?:(?!```)[^\n]*\n)*)```\n)"
    r"(?P<answer>\n(?:\|[^\n]*\n)+)?",
    re.MULTILINE,
)


def recipes(page: str) -> Iterator[tuple[str, str, str]]:
    """Question, query and answer of each recipe."""
    for found in RECIPE.finditer(page):
        yield found["question"], found["query"], (found["answer"] or "").strip()


def with_answers(page: str, con: duckdb.DuckDBPyConnection) -> str:
    """The page with every answer as the warehouse gives it."""
    return RECIPE.sub(lambda found: f"{found['head']}\n{answer(con, found['query'])}\n", page)


def answer(con: duckdb.DuckDBPyConnection, query: str) -> str:
    """What the query gives, as a markdown table. Raises what DuckDB raises."""
    result = con.execute(query)
    columns = result.description or []
    numeric = [str(kind) in ("NUMBER", "BIGINT", "DOUBLE", "HUGEINT") for _, kind, *_ in columns]
    lines = ["| " + " | ".join(name for name, *_ in columns) + " |"]
    lines.append("| " + " | ".join("---:" if n else "---" for n in numeric) + " |")
    lines += ["| " + " | ".join(map(_cell, row)) + " |" for row in result.fetchall()]
    return "\n".join(lines)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6g}"
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    warehouse = sys.argv[1] if len(sys.argv) > 1 else PAGE.parents[1] / "warehouse" / "news.duckdb"
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        PAGE.write_text(with_answers(PAGE.read_text(encoding="utf-8"), connection), encoding="utf-8")
