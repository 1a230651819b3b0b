"""What the last published warehouse said, article by article, so that a run can tell what moved since."""

from pathlib import Path

import duckdb

TABLES = ("raw.last_articles", "raw.last_presence", "raw.last_provenance")

_QUERIES = {
    "raw.last_articles": "select article_id, document_id from last_published.main.articles",
    "raw.last_provenance": "select kind, part, fingerprint from last_published.main.provenance",
    "raw.last_presence": """
        select 'country', a.iso2, c.name, a.article_id, a.mentions
        from last_published.main.article_countries as a inner join last_published.main.countries as c using (iso2)
        union all
        select 'entity', m.entity_id, any_value(e.name), m.article_id, count(*)
        from last_published.main.entity_mentions as m
        inner join last_published.main.entities as e using (entity_id) where e.resolved
        group by m.entity_id, m.article_id
        union all
        select 'topic', a.topic_id, t.name, a.article_id, null
        from last_published.main.article_topics as a inner join last_published.main.topics as t using (topic_id)
    """,
}


def remember_last_published(con: duckdb.DuckDBPyConnection, published: Path) -> dict[str, int]:
    """Fill the `raw.last_…` tables from the published file; returns their row counts.

    They are empty where nothing was published yet, where somebody holds the file for writing (as a shell does that was
    not told to read only), and where a version wrote it whose tables cannot be compared. `con` is a writing connection
    of the working file, in a transaction.
    """
    for table in TABLES:
        con.execute(f"delete from {table}")  # noqa: S608
    if published.is_file() and _can_be_read(published):
        literal = "'" + str(published).replace("'", "''") + "'"
        con.execute(f"attach if not exists {literal} as last_published (read_only)")
        if _can_be_compared(con):
            for table, query in _QUERIES.items():
                con.execute(f"insert into {table} {query}")
    return {t: con.execute(f"select count(*) from {t}").fetchall()[0][0] for t in TABLES}  # noqa: S608


def _can_be_read(published: Path) -> bool:
    try:
        duckdb.connect(str(published), read_only=True).close()
    except duckdb.Error:
        return False
    return True


def _can_be_compared(con: duckdb.DuckDBPyConnection) -> bool:
    found = con.execute(
        "select table_name, column_name from duckdb_columns() where database_name = 'last_published'"
    ).fetchall()
    needed = {("provenance", "fingerprint"), ("entities", "resolved"), ("article_countries", "mentions")}
    return needed <= set(found)


def replace_provenance(con: duckdb.DuckDBPyConnection, parts: dict[tuple[str, str], str]) -> None:
    """Note what makes rows today: fingerprint by kind of rows and part (rule, gazetteer, model)."""
    con.execute("delete from raw.provenance")
    con.executemany(
        "insert into raw.provenance values (?, ?, ?)", [[*key, value] for key, value in sorted(parts.items())]
    )
