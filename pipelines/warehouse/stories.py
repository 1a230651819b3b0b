"""Stories in the warehouse: new texts are compared to those that are there, and join stories, merge or found them.

Texts have a sequence: that of their documents' first reading, and within it of their digests. What was compared so far
is a beginning of it, and a run goes on from there. Where it is none any more (a text went, the code changed, everything
is done anew) all texts are compared again from their stored signatures; since the pairs proposed for a text depend on
earlier ones alone, both ways give the same stories.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import duckdb

from pipelines.text.resolution.stories import Pair, Reprint, compare_texts, propose, story_id, story_ids
from pipelines.warehouse.connection import Warehouse
from pipelines.warehouse.tables import insert_rows

PAIRS_AT_ONCE = 20_000
"""Proposed pairs whose words are in memory at a time."""
_MEASURES = tuple(f.name for f in fields(Reprint))


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedStories:
    """What linking did in this run."""

    compared: int
    """Texts that were compared to all earlier ones."""
    pairs: int
    """Pairs of texts found to be the same."""
    changed: int
    """Articles that have another story than before, new ones included."""
    merged: int
    """Stories that ceased to be since their articles are now in another."""


def link_stories(warehouse: Warehouse, fingerprint: str, *, anew: bool = False) -> LinkedStories:
    """Bring `raw.article_stories` up to the signatures that are stored; `anew` compares all texts again."""
    with warehouse.reading() as con:
        sequence, minhashes = _sequence(con)
        compared = _compared(con, fingerprint)
        known = _pairs(con)
        if not anew and compared == sequence and not _without_story(con):
            return LinkedStories(compared=0, pairs=len(known), changed=0, merged=0)
    if anew or compared != sequence[: len(compared)]:
        compared, known = [], []
    proposed = propose(minhashes, len(compared)) if len(compared) < len(sequence) else []
    found: list[Pair] = []
    for start in range(0, len(proposed), PAIRS_AT_ONCE):
        pairs = [(sequence[a], sequence[b]) for a, b in proposed[start : start + PAIRS_AT_ONCE]]
        with warehouse.reading() as con:
            texts = _texts(con, sorted({digest for pair in pairs for digest in pair}))
        found += compare_texts(texts, pairs)
    ids = story_ids(sequence, [*known, *found])
    with warehouse.writing() as con:
        if not compared:
            con.execute("delete from raw.compared_texts")
            con.execute("delete from raw.reprints")
        new = enumerate(sequence[len(compared) :], start=len(compared))
        rows = [{"position": p, "digest": d, "fingerprint": fingerprint} for p, d in new]
        insert_rows(con, "raw.compared_texts", rows)
        insert_rows(con, "raw.reprints", [_row(pair) for pair in found])
        merged, changed = _write(con, ids)
    return LinkedStories(compared=len(rows), pairs=len(known) + len(found), changed=changed, merged=merged)


def _sequence(con: duckdb.DuckDBPyConnection) -> tuple[list[str], list[bytes]]:
    """Distinct digests in the order in which they became known, with their MinHashes."""
    rows = con.execute(
        """
        select s.digest, any_value(s.minhash)
        from raw.text_signatures as s
        inner join raw.articles as a using (article_id) inner join raw.documents as d using (document_id)
        group by s.digest order by min(d.ingested_at), s.digest
        """
    ).fetchall()
    return [digest for digest, _ in rows], [minhash for _, minhash in rows]


def _without_story(con: duckdb.DuckDBPyConnection) -> int:
    return con.execute(
        "select count(*) from raw.text_signatures where article_id not in (select article_id from raw.article_stories)"
    ).fetchall()[0][0]


def _compared(con: duckdb.DuckDBPyConnection, fingerprint: str) -> list[str]:
    rows = con.execute("select digest, fingerprint from raw.compared_texts order by position").fetchall()
    return [digest for digest, _ in rows] if all(made_by == fingerprint for _, made_by in rows) else []


def _pairs(con: duckdb.DuckDBPyConnection) -> list[Pair]:
    rows = con.execute(f"select short_digest, long_digest, {', '.join(_MEASURES)} from raw.reprints").fetchall()  # noqa: S608
    return [
        Pair(short=short, long=long, reprint=Reprint(**dict(zip(_MEASURES, values, strict=True))))
        for short, long, *values in rows
    ]


def _row(pair: Pair) -> dict[str, object]:
    return {"short_digest": pair.short, "long_digest": pair.long} | {m: getattr(pair.reprint, m) for m in _MEASURES}


def _texts(con: duckdb.DuckDBPyConnection, digests: Sequence[str]) -> dict[str, tuple[bytes, bytes]]:
    rows = con.execute(
        """
        select digest, any_value(minhash), any_value(words) from raw.text_signatures
        where digest in (select unnest(?::varchar[])) group by digest
        """,
        [list(digests)],
    ).fetchall()
    return {digest: (minhash, words) for digest, minhash, words in rows}


def _write(con: duckdb.DuckDBPyConnection, ids: Mapping[str, str]) -> tuple[int, int]:
    """Note the stories of articles where they differ from those noted.

    Returns how many stories ceased to be, and how many articles have another one.
    """
    con.execute(
        """
        create or replace temp table linked as
        select s.article_id, i.story_id
        from raw.text_signatures as s inner join (
            select unnest(?::varchar[]) as digest, unnest(?::varchar[]) as story_id
        ) as i using (digest)
        """,
        [list(ids), list(ids.values())],
    )
    merged = con.execute(
        """
        select count(distinct o.story_id) from raw.article_stories as o inner join linked as n using (article_id)
        where o.story_id not in (select story_id from linked)
        """
    ).fetchall()[0][0]
    # under which names the stories may have been known: those that their texts would give them
    own = [{"story_id": story_id(digest), "into_story_id": story} for digest, story in sorted(ids.items())]
    con.execute("delete from raw.story_merges")
    insert_rows(con, "raw.story_merges", [row for row in own if row["story_id"] != row["into_story_id"]])
    con.execute(
        """
        delete from raw.article_stories
        where (article_id, story_id) not in (select (article_id, story_id) from linked)
        """
    )
    changed = con.execute(
        """
        insert into raw.article_stories
        select article_id, story_id from linked
        where article_id not in (select article_id from raw.article_stories) order by article_id
        """
    ).fetchall()[0][0]
    con.execute("drop table linked")
    return merged, changed
