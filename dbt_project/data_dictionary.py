"""Writes docs/data-dictionary.md from dbt's manifest, so that the page says what the tables' own comments say.

Run it after `dbt parse`: `python dbt_project/data_dictionary.py`. Expects `target/manifest.json` beside this file.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent
PAGE = PROJECT.parent / "docs" / "data-dictionary.md"

SECTIONS = {
    "Documents and articles": ["documents", "document_spans", "articles", "stories", "furniture_ledger"],
    "Countries": ["countries", "country_mentions", "evidence", "article_countries", "unresolved_places"],
    "Entities and topics": [
        "entities", "entity_mentions", "entity_aliases", "entity_merges", "topics", "article_topics",
        "articles_without_topic",
    ],
    "Counts": [
        "mentions_per_country", "mentions_per_country_monthly", "entities_monthly", "topics_monthly", "trending",
    ],
    "Co-occurrence": [
        "topic_cooccurrence", "country_cooccurrence", "entity_cooccurrence", "country_topics", "country_focus",
    ],
    "Stories and events": ["story_merges", "event_articles"],
    "Speech, tone and quantities": [
        "quotations", "article_tone", "sentence_tone", "country_tone_monthly", "amounts", "dates_mentioned",
    ],
    "Publishers": ["publishers", "publisher_profiles"],
    "For other tools": ["gkg", "edges_countries", "edges_country_focus", "edges_topics", "edges_entities"],
    "Quality": ["failures", "accuracy", "run_changes", "provenance"],
}  # fmt: skip

HEAD = """\
# Data dictionary

The tables of the published warehouse, all in schema `main`. This page is made from the descriptions in `dbt_project/`
(`python dbt_project/data_dictionary.py`); the same descriptions are the comments of the tables and columns in the
warehouse itself: `select table_name, column_name, comment from duckdb_columns() where schema_name = 'main'`.

Offsets are 0-based, end-exclusive, in Unicode code points of `documents.text`: for every row with offsets,
`substr(text, start_char + 1, end_char - start_char)` is the piece of text. Lines are 1-based and inclusive.
Times are UTC.
"""


def data_dictionary(manifest: Mapping[str, Any]) -> str:
    """The page, as markdown. Raises `ValueError` when a published table is in no section, or a section's is missing."""
    nodes = [n for n in manifest["nodes"].values() if n["resource_type"] in ("model", "seed") and n["schema"] == "main"]
    tables = {n["name"]: n for n in nodes}
    if odd := set(tables) ^ {name for names in SECTIONS.values() for name in names}:
        raise ValueError(f"sections and published tables differ: {', '.join(sorted(odd))}")
    keys, references = _keys_and_references(manifest)
    parts = [HEAD]
    for section, names in SECTIONS.items():
        parts.append(f"## {section}\n")
        parts.extend(_table(tables[name], keys, references) for name in names)
    return "\n".join(parts)


def _keys_and_references(manifest: Mapping[str, Any]) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """Key per node, and `table.column` that a node's column refers to, as the project's tests have them."""
    keys: dict[str, str] = {}
    references: dict[tuple[str, str], str] = {}
    for node in sorted(manifest["nodes"].values(), key=lambda n: n["unique_id"], reverse=True):
        kind = (node.get("test_metadata") or {}).get("name")
        table = node.get("attached_node")
        if kind == "unique":
            keys[table] = f"`{node['column_name']}`"
        elif kind == "unique_combination":
            keys[table] = ", ".join(f"`{c}`" for c in node["test_metadata"]["kwargs"]["columns"])
        elif kind == "relationships":
            to = node["refs"][0]["name"]
            references[table, node["column_name"]] = f"{to}.{node['test_metadata']['kwargs']['field']}"
    return keys, references


def _table(node: Mapping[str, Any], keys: Mapping[str, str], references: Mapping[tuple[str, str], str]) -> str:
    lines = [f"### {node['name']}\n", f"{node['description']}\n"]
    if key := keys.get(node["unique_id"]):
        lines.append(f"Key: {key}.\n")
    lines += ["| column | type | |", "| --- | --- | --- |"]
    for column in node["columns"].values():
        description = column["description"].replace("|", "\\|")
        if reference := references.get((node["unique_id"], column["name"])):
            description += f" → `{reference}`"
        lines.append(f"| `{column['name']}` | {column['data_type']} | {description} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    made = json.loads((PROJECT / "target" / "manifest.json").read_text(encoding="utf-8"))
    PAGE.write_text(data_dictionary(made), encoding="utf-8")
