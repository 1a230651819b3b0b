"""The register of raw files: which content each path holds, and what that means for the rows made from it.

An edited file's new version replaces its old one; a deleted file keeps its rows until it is pruned; two files with the
same bytes are one document.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

import duckdb

from pipelines.text.reading import Document, FoundFile
from pipelines.warehouse.ledger import Pending, pending_among, record
from pipelines.warehouse.tables import insert_rows

DERIVED_BY_ARTICLE = (
    "raw.sentences",
    "raw.entity_spans",
    "raw.country_mentions",
    "raw.unresolved_mentions",
    "raw.article_country_shares",
    "raw.article_entities",
    "raw.entity_mentions",
    "raw.article_topics",
    "raw.topic_abstentions",
    "raw.text_signatures",
    "raw.article_stories",
    "raw.event_articles",
    "raw.quotations",
    "raw.article_tone",
    "raw.sentence_tone",
    "raw.amounts",
    "raw.dates_mentioned",
)
DERIVED_BY_DOCUMENT = ("raw.document_layouts", "raw.document_spans", "raw.articles")


def register(
    con: duckdb.DuckDBPyConnection, read: Sequence[tuple[FoundFile, Document]], reader: str, *, seen_at: datetime
) -> list[str]:
    """Note which document each path holds now, and store the documents that are new or were read by another reader.

    Returns the ids of the stored ones. Times of a first sight are kept. `reader` is the fingerprint of what reads.
    """
    documents = {document.document_id: document for _, document in read}
    todo = pending_among(con, "read", reader, [Pending(d, d) for d in documents])
    new = [documents[p.input_id] for p in todo]
    if new:
        con.execute("create or replace temp table incoming as from raw.documents limit 0")
        insert_rows(con, "incoming", [_row(d) for d in new], ingested_at=seen_at)
        con.execute(
            """
            insert or replace into raw.documents by name
            select i.* replace (coalesce(d.ingested_at, i.ingested_at) as ingested_at)
            from incoming as i left join raw.documents as d using (document_id)
            """
        )
        con.execute("drop table incoming")
        record(con, "read", reader, todo)
    con.execute(
        """
        insert into raw.files
        select unnest(?::varchar[]), unnest(?::varchar[]), unnest(?::bigint[]), unnest(?::timestamp[]), ?
        on conflict (path) do update set
            document_id = excluded.document_id, bytes = excluded.bytes, modified_at = excluded.modified_at
        """,
        [
            [f.path for f, _ in read],
            [d.document_id for _, d in read],
            [f.bytes for f, _ in read],
            [f.modified_at for f, _ in read],
            seen_at,
        ],
    )
    return [p.input_id for p in todo]


def prune(con: duckdb.DuckDBPyConnection, present: Iterable[str]) -> int:
    """Drop the paths that are not among `present`; returns how many."""
    gone = con.execute(
        "delete from raw.files where path not in (select unnest(?::varchar[])) returning path", [list(present)]
    ).fetchall()
    return len(gone)


def sweep(con: duckdb.DuckDBPyConnection) -> None:
    """Delete every row whose document no path holds any more, or whose article is gone."""
    con.execute("delete from raw.documents where document_id not in (select document_id from raw.files)")
    for table in DERIVED_BY_DOCUMENT:
        con.execute(
            f"delete from {table} where document_id not in "  # noqa: S608
            "(select document_id from raw.documents where status = 'loaded')"
        )
    for table in DERIVED_BY_ARTICLE:
        con.execute(f"delete from {table} where article_id not in (select article_id from raw.articles)")  # noqa: S608
    con.execute(
        """
        delete from raw.ledger
        where input_id not in (select article_id from raw.articles union all select document_id from raw.documents)
        """
    )


def _row(document: Document) -> dict[str, object]:
    return {
        "document_id": document.document_id, "sha256": document.sha256, "bytes": document.bytes,
        "encoding": document.encoding, "language": document.language, "text": document.text,
        "status": document.status, "reason": document.reason,
    }  # fmt: skip


def totals(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many files, documents and quarantined documents there are."""
    row = con.execute(
        """
        select
            (select count(*) from raw.files), count(*), count(*) filter (where status = 'quarantined')
        from raw.documents
        """
    ).fetchall()[0]
    return dict(zip(("files", "documents", "quarantined"), row, strict=True))


def documents(con: duckdb.DuckDBPyConnection, *, limit: int = 30) -> list[tuple]:
    """Path, bytes, encoding, language, status and reason of documents, quarantined ones first."""
    return con.execute(
        """
        select min(f.path) as path, d.bytes, d.encoding, d.language, d.status, d.reason
        from raw.documents as d inner join raw.files as f using (document_id)
        group by all order by d.status desc, path limit ?
        """,
        [limit],
    ).fetchall()
