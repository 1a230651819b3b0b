"""What the assets of resolution have in common: what they read, and how they are described."""

from collections.abc import Callable
from typing import Any

import dagster as dg

from pipelines.defs.metadata import OWNER

ARTICLES = """
    select
        article_id as input_id, content_hash as input_hash, document_id || ordinal as position,
        end_char - start_char as size
    from raw.articles
"""
EXTRACTED = """
    select
        a.article_id as input_id, a.content_hash || l.fingerprint as input_hash, a.document_id || a.ordinal as position,
        a.end_char - a.start_char as size
    from raw.articles as a inner join raw.ledger as l on l.step = 'extract' and l.input_id = a.article_id
"""

READ_BY_MODEL = (["raw", "articles"], ["raw", "document_spans"], ["raw", "sentences"], ["raw", "entity_spans"])
READ_ALONE = (["raw", "articles"], ["raw", "document_spans"])


def spec(name: str, description: str, deps: tuple[list[str], ...], version: Callable[[], str]) -> dg.AssetSpec:
    """An asset of this group: the table `raw.<name>`."""
    return dg.AssetSpec(
        ["raw", name], deps=list(deps), group_name="resolve", owners=[OWNER], kinds={"python", "duckdb"},
        code_version=version(), description=description,
    )  # fmt: skip


def result_of(name: str, count: int, **metadata: Any) -> dg.MaterializeResult:
    """What a run tells of the table `raw.<name>`."""
    return dg.MaterializeResult(asset_key=["raw", name], metadata={"dagster/row_count": count, **metadata})
