"""Facts that the rows written by Python must hold, each as a query for the rows that break it.

They run as blocking asset checks, so nothing that breaks one reaches the published warehouse; those that only warn
point at inputs which a person should look at.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import duckdb

from pipelines.warehouse.batches import batches
from pipelines.warehouse.figures import FALLS


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A fact about a table; `offenders` yields one row for each breach: a query, or a function that gives rows."""

    table: str
    name: str
    description: str
    offenders: str | Callable[[duckdb.DuckDBPyConnection], Iterator[dict[str, object]]]
    blocking: bool = True


_CHARS_AT_ONCE = 20_000_000


def _misplaced(
    table: str, con: duckdb.DuckDBPyConnection, *, surface: str = "surface", offsets: str = ""
) -> Iterator[dict[str, object]]:
    """Mentions whose `surface` is not the text at their offsets; `offsets` is what the names of these begin with.

    SQL would find the place of each by counting from the document's start, which is quadratic in the document's length.
    """
    sizes = con.execute(
        "select document_id, length(text) from raw.documents where status = 'loaded' order by document_id"
    ).fetchall()
    for together in batches(sizes, size=_CHARS_AT_ONCE, size_of=lambda row: row[1]):
        ids = [document_id for document_id, _ in together]
        texts = dict(
            con.execute(
                "select document_id, text from raw.documents where document_id in (select unnest(?::varchar[]))", [ids]
            ).fetchall()
        )
        rows = con.execute(
            f"""
            select a.document_id, m.article_id, m.{surface}, m.{offsets}start_char, m.{offsets}end_char
            from raw.{table} as m inner join raw.articles as a using (article_id)
            where a.document_id in (select unnest(?::varchar[])) and m.{surface} is not null
            order by a.document_id, m.article_id, m.{offsets}start_char
            """,  # noqa: S608
            [ids],
        )
        while chunk := rows.fetchmany(50_000):
            for document_id, article_id, form, start, end in chunk:
                if texts[document_id][start:end] != form:
                    yield {"article_id": article_id, "surface": form, "start_char": start, "end_char": end}


_MENTION_TABLES = (
    "entity_spans",
    "country_mentions",
    "entity_mentions",
    "unresolved_mentions",
    "quotations",
    "amounts",
    "dates_mentioned",
)

CHECKS: tuple[Check, ...] = (
    Check(
        table="documents",
        name="loaded_or_explained",
        description="A document has its text, or a reason why it has none.",
        offenders="""
            select document_id, status, reason from raw.documents
            where (status = 'loaded') = (text is null) or (status = 'quarantined') = (reason is null)
        """,
    ),
    Check(
        table="documents",
        name="nothing_quarantined",
        description="Every input could be read. Those that could not are left out of all counts.",
        offenders="""
            select f.path, d.reason from raw.documents as d inner join raw.files as f using (document_id)
            where d.status = 'quarantined' order by f.path
        """,
        blocking=False,
    ),
    Check(
        table="document_spans",
        name="spans_partition_the_text",
        description="The spans of a document cover its text without gap or overlap: nothing is lost in splitting.",
        offenders="""
            with spans as (
                select
                    document_id, start_char, end_char,
                    lag(end_char, 1, 0) over (partition by document_id order by start_char, end_char) as expected
                from raw.document_spans
            ),
            bounds as (
                select document_id, count(*) filter (where start_char <> expected) as breaks, max(end_char) as last
                from spans group by document_id
            )
            select d.document_id, b.breaks, b.last, length(d.text) as characters
            from raw.documents as d left join bounds as b using (document_id)
            where d.status = 'loaded' and (b.breaks is null or b.breaks > 0 or b.last <> length(d.text))
        """,
    ),
    Check(
        table="articles",
        name="articles_have_text",
        description="An article has words in its title, standfirst or body.",
        offenders="""
            select article_id, document_id, ordinal from raw.articles
            where trim(concat_ws('', title, standfirst, body)) = ''
        """,
    ),
    Check(
        table="articles",
        name="every_document_yields_articles",
        description="A loaded document has at least one article.",
        offenders="""
            select f.path, l.layout, l.layout_confidence
            from raw.documents as d
            inner join raw.files as f using (document_id)
            inner join raw.document_layouts as l using (document_id)
            where d.status = 'loaded' and d.document_id not in (select document_id from raw.articles)
            order by f.path
        """,
        blocking=False,
    ),
    Check(
        table="document_layouts",
        name="layouts_are_understood",
        description="The boundaries found in a document can be relied on (expected agreement at least 0.7).",
        offenders="""
            select f.path, l.layout, round(l.layout_confidence, 2) as confidence
            from raw.document_layouts as l inner join raw.files as f using (document_id)
            where l.layout_confidence < 0.7 order by l.layout_confidence, f.path
        """,
        blocking=False,
    ),
    Check(
        table="articles",
        name="no_step_failed",
        description="No step failed on a document or an article. Those on which one did lack what it would have found.",
        offenders="""
            select
                x.step, f.path, coalesce(a.start_char, 0) as start_char,
                coalesce(a.end_char, length(d.text)) as end_char, x.error
            from raw.failures as x
            left join raw.articles as a on x.input_id = a.article_id
            inner join raw.documents as d on coalesce(a.document_id, x.input_id) = d.document_id
            inner join raw.files as f on d.document_id = f.document_id
            order by x.step, f.path, start_char
        """,
        blocking=False,
    ),
    Check(
        table="articles",
        name="articles_are_of_usual_length",
        description="No article is shorter than 15 words, or longer than 5,000 and 20 times its document's median.",
        offenders="""
            select f.path, a.start_line, a.end_line, a.words, m.median_words,
                round(a.boundary_confidence, 2) as confidence,
                coalesce(a.title, a.standfirst, left(a.body, 60)) as begins
            from raw.articles as a
            inner join raw.files as f using (document_id)
            inner join (
                select document_id, median(words) as median_words from raw.articles group by document_id
            ) as m using (document_id)
            where a.words < 15 or (a.words > 5000 and a.words > 20 * m.median_words)
            order by a.words desc, f.path, a.start_line
        """,
        blocking=False,
    ),
    Check(
        table="document_spans",
        name="text_is_assigned",
        description="At least half of a document's text, blank lines apart, belongs to its articles' own words.",
        offenders="""
            with shares as (
                select
                    document_id, sum(end_char - start_char) as characters,
                    sum(end_char - start_char) filter (where article_id is null) as outside,
                    sum(end_char - start_char) filter (
                        where article_id is not null
                            and kind not in ('related', 'marker', 'furniture', 'caption', 'credit')
                    ) as own
                from raw.document_spans where kind <> 'blank' group by document_id
            )
            select f.path, s.characters, round(100.0 * coalesce(s.own, 0) / s.characters, 1) as own_percent,
                round(100.0 * coalesce(s.outside, 0) / s.characters, 1) as outside_percent
            from shares as s inner join raw.files as f using (document_id)
            where coalesce(s.own, 0) < 0.5 * s.characters order by own_percent, f.path
        """,
        blocking=False,
    ),
    Check(
        table="country_mentions",
        name="documents_mention_as_usual",
        description="A document of 500 words or more has a tenth or more of the usual named things for its length.",
        offenders="""
            with named as (
                select a.document_id, sum(a.words) as words, coalesce(sum(e.things), 0) as things
                from raw.articles as a
                left join (
                    select article_id, count(*) as things from raw.entity_spans group by article_id
                ) as e using (article_id)
                group by a.document_id
            ),
            usual as (select median(things / words) as rate from named where words >= 500)
            select f.path, n.words, n.things, round(1000 * u.rate, 1) as usual_per_1000_words
            from named as n inner join raw.files as f using (document_id) cross join usual as u
            where n.words >= 500 and n.things < 0.1 * u.rate * n.words order by n.words desc, f.path
        """,
        blocking=False,
    ),
    Check(
        table="entity_mentions",
        name="nothing_fell_since_the_last_run",
        description="For the same amount of text no figure is a tenth lower than in the run that was published last.",
        offenders=FALLS,
        blocking=False,
    ),
    *(
        Check(
            table=table,
            name=f"{table}_stand_at_their_offsets",
            description="The surface of a mention is the document's text at the mention's offsets.",
            offenders=partial(_misplaced, table),
        )
        for table in _MENTION_TABLES
    ),
    Check(
        table="sentences",
        name="sentences_are_in_their_article",
        description="A sentence lies between the first and the last character of its article.",
        offenders="""
            select s.article_id, s.sentence, s.start_char, s.end_char
            from raw.sentences as s inner join raw.articles as a using (article_id)
            where s.start_char < a.start_char or s.end_char > a.end_char or s.end_char <= s.start_char
        """,
    ),
    Check(
        table="country_mentions",
        name="country_mentions_do_not_overlap",
        description="No character counts for two mentions of countries.",
        offenders="""
            select article_id, start_char, surface from (
                select *, lag(end_char) over (partition by article_id order by start_char, end_char) as before
                from raw.country_mentions
            ) where before > start_char
        """,
    ),
    Check(
        table="entity_mentions",
        name="entity_mentions_have_their_entity",
        description="Every mention belongs to an entity.",
        offenders="""
            select article_id, surface, entity_id from raw.entity_mentions
            where entity_id not in (select entity_id from raw.entities)
        """,
    ),
    Check(
        table="article_topics",
        name="topics_are_known_and_scored",
        description="A topic of an article is in the table of topics and has a score between 0 and 1.",
        offenders="""
            select article_id, topic_id, score from raw.article_topics
            where score not between 0 and 1 or topic_id not in (select topic_id from raw.topics)
        """,
    ),
    Check(
        table="topic_abstentions",
        name="every_article_has_a_topic_or_a_reason",
        description="An article has topics, or a row that says why it has none; never both.",
        offenders="""
            select article_id from raw.articles
            where (article_id in (select article_id from raw.article_topics))
                = (article_id in (select article_id from raw.topic_abstentions))
        """,
    ),
    Check(
        table="article_stories",
        name="every_article_has_a_story",
        description="Every article belongs to exactly one story.",
        offenders="""
            select article_id from raw.articles
            where article_id not in (select article_id from raw.article_stories)
        """,
    ),
    Check(
        table="quotations",
        name="speakers_stand_at_their_offsets",
        description="A speaker is the document's text at the speaker's offsets.",
        offenders=partial(_misplaced, "quotations", surface="speaker", offsets="speaker_"),
    ),
    Check(
        table="quotations",
        name="speakers_stand_in_their_article",
        description="A speaker stands in the article that quotes them.",
        offenders="""
            select q.article_id, q.speaker, q.speaker_start_char, q.speaker_end_char
            from raw.quotations as q inner join raw.articles as a using (article_id)
            where q.speaker_start_char < a.start_char or q.speaker_end_char > a.end_char
        """,
    ),
    Check(
        table="sentence_tone",
        name="tone_is_of_known_sentences",
        description="Tone is given to sentences that there are, and an article's words are those of its sentences.",
        offenders="""
            select t.article_id, t.sentence from raw.sentence_tone as t
            anti join raw.sentences as s on t.article_id = s.article_id and t.sentence = s.sentence
            union all
            select a.article_id, null from raw.article_tone as a
            inner join raw.sentence_tone as t using (article_id)
            group by a.article_id, a.words having sum(t.words) <> a.words
        """,
    ),
    Check(
        table="story_merges",
        name="merged_stories_are_gone",
        description="No article belongs to a story that was merged into another.",
        offenders="""
            select m.story_id, s.article_id
            from raw.story_merges as m inner join raw.article_stories as s using (story_id)
        """,
    ),
)


def offenders(con: duckdb.DuckDBPyConnection, check: Check, *, limit: int = 10) -> tuple[int, list[str], list[tuple]]:
    """How many rows break the check, the names of its columns, and the first rows."""
    if not isinstance(check.offenders, str):
        found = list(check.offenders(con))
        return len(found), list(found[0]) if found else [], [tuple(row.values()) for row in found[:limit]]
    query = check.offenders
    count = con.execute(f"select count(*) from ({query})").fetchall()[0][0]  # noqa: S608
    shown = con.execute(f"select * from ({query}) limit {int(limit)}")  # noqa: S608
    return count, [c[0] for c in shown.description or []], shown.fetchall()
