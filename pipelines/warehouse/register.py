"""The register of raw files: which content each path holds, and what that means for the rows made from it.

An edited file's new version replaces its old one; a deleted file keeps its rows until it is pruned; two files with the
same bytes are one document.
"""

import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import duckdb

from pipelines.text.reading import Content, Document, FoundFile
from pipelines.warehouse.ledger import Pending, pending_among, record
from pipelines.warehouse.tables import insert_rows

DERIVED_BY_ARTICLE = (
    "raw.sentences",
    "raw.entity_spans",
    "raw.country_mentions",
    "raw.unresolved_mentions",
    "raw.article_country_shares",
    "raw.article_entities",
    "raw.article_mentions",
    "raw.entity_links",
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


def unread(con: duckdb.DuckDBPyConnection, contents: Iterable[Content], reader: str) -> set[str]:
    """Ids of the contents that have not been decoded by this `reader` (the fingerprint of what reads)."""
    asked = {_asked(content.document_id, content.reason) for content in contents}
    return {p.input_id for p in pending_among(con, "read", reader, sorted(asked, key=lambda p: p.input_id))}


def _asked(document_id: str, reason: str | None) -> Pending:
    # why bytes were not taken may change, with the limit of size for one
    return Pending(document_id, f"{document_id} {reason or ''}")


def register(
    con: duckdb.DuckDBPyConnection,
    held: Sequence[tuple[FoundFile, Content]],
    decoded: Sequence[tuple[Content, Document]],
    reader: str,
    *,
    seen_at: datetime,
) -> None:
    """Note which content each path holds now, and store the documents that were decoded.

    The times of a first sight are kept. `reader` is the fingerprint of what decodes.
    """
    if decoded:
        con.execute("create or replace temp table incoming as from raw.documents limit 0")
        insert_rows(con, "incoming", [_row(d) for _, d in decoded], ingested_at=seen_at)
        con.execute(
            """
            insert or replace into raw.documents by name
            select i.* replace (coalesce(d.ingested_at, i.ingested_at) as ingested_at)
            from incoming as i left join raw.documents as d using (document_id)
            """
        )
        con.execute("drop table incoming")
        record(con, "read", reader, [_asked(c.document_id, c.reason) for c, _ in decoded])
    con.execute(
        """
        insert into raw.files
        select unnest(?::varchar[]), unnest(?::varchar[]), unnest(?::bigint[]), unnest(?::timestamp[]), ?
        on conflict (path) do update set
            document_id = excluded.document_id, bytes = excluded.bytes, modified_at = excluded.modified_at
        """,
        [
            [f.path for f, _ in held],
            [c.document_id for _, c in held],
            [c.bytes for _, c in held],
            [f.modified_at for f, _ in held],
            seen_at,
        ],
    )


def prune(con: duckdb.DuckDBPyConnection, present: Iterable[str], *, hidden: Iterable[str] = ()) -> int:
    """Drop the paths that are neither among `present` nor in a `hidden` folder; returns how many."""
    gone = con.execute(
        """
        delete from raw.files
        where
            path not in (select unnest(?::varchar[]))
            and not coalesce(list_bool_or(list_transform(?::varchar[], lambda f: starts_with(path, f))), false)
        returning path
        """,
        [list(present), [f"{folder}/" for folder in hidden]],
    ).fetchall()
    return len(gone)


def forget_moved(con: duckdb.DuckDBPyConnection, present: Iterable[str], *, home: Path) -> int:
    """Drop the paths that are gone while a present one holds the same bytes, as after a rename; returns how many.

    No row is lost by it. Only files of this machine (relative paths are below `home`) can be known to be gone.
    """
    here = set(present)
    held: dict[str, list[str]] = {}
    for path, document_id in con.execute("select path, document_id from raw.files order by path").fetchall():
        held.setdefault(document_id, []).append(path)
    gone = [
        path
        for paths in held.values()
        if len(paths) > 1 and any(p in here for p in paths)
        for path in paths
        if path not in here and "://" not in path and _is_gone(home / path)
    ]
    con.execute("delete from raw.files where path in (select unnest(?::varchar[]))", [gone])
    return len(gone)


def _is_gone(path: Path) -> bool:
    """Whether no file is there; a folder may have taken its name."""
    return not os.path.lexists(path) or os.path.isdir(path)


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
        where
            input_id not in (select article_id from raw.articles union all select document_id from raw.documents)
            -- what was set aside has lost its rows, and is done anew if it is ever read again
            or (
                step <> 'read'
                and input_id in (select document_id from raw.documents where status <> 'loaded')
            )
        """
    )
    con.execute("delete from raw.failures where (step, input_id) not in (select (step, input_id) from raw.ledger)")


def sweep_readings(con: duckdb.DuckDBPyConnection, fingerprint: str) -> None:
    """Delete the readings of texts that no article has any more, and those under another fingerprint.

    Belongs after extraction: an article whose document was edited takes its reading over from the document before.
    """
    con.execute(
        """
        delete from raw.readings
        where fingerprint <> ? or text_hash not in (select text_hash from raw.articles where text_hash is not null)
        """,
        [fingerprint],
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
