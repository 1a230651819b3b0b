"""Small tables for Dagster's metadata. Text from dumps is escaped: it is data, never markup."""

import html
from collections.abc import Iterable, Sequence
from typing import Any

import dagster as dg

from pipelines.warehouse.step import Done

OWNER = "team:dateline"


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> dg.MarkdownMetadataValue:
    """A markdown table; a cell longer than 120 characters is cut."""
    lines = ["| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
    lines += ["| " + " | ".join(_cell(v) for v in row) + " |" for row in rows]
    return dg.MetadataValue.md("\n".join(lines))


def done(result: Done) -> dict[str, Any]:
    """What a step did in this run, as metadata."""
    failed = {"failed on": result.failed} if result.failed else {}
    return {"inputs processed": result.inputs, **failed, **{f"rows written: {t}": n for t, n in result.rows.items()}}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = f"{value:.3f}" if isinstance(value, float) else str(value)
    text = " ".join(text.split())
    text = text if len(text) <= 120 else text[:119] + "…"
    # entities for whatever markdown or HTML would read as markup
    return "".join(f"&#{ord(c)};" if c in "|`*_[]()!\\~#" else html.escape(c) for c in text)
