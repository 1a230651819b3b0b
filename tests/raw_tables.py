"""Raw tables of any size, as a run would leave them: skewed frequencies, reprints, undated articles, silent months.

Made in SQL from a hash of each row's number, so the same size and seed give the same rows in any process, and 100,000
articles take seconds. The texts are a grid: every sentence is `SENTENCE` characters wide and has `SLOTS` places for a
name, so that offsets can be worked out and stand at the names' surfaces.
"""

from pathlib import Path

import duckdb

SCHEMA = Path(__file__).parents[1] / "pipelines" / "warehouse" / "schema.sql"
COUNTRIES = Path(__file__).parents[1] / "dbt_project" / "seeds" / "countries.csv"

SENTENCE, SLOTS, SLOT = 120, 3, 40
"""Characters of a sentence, places for a name in it, characters of a place."""
SENTENCES = 12
"""Sentences of an article; the first is its title, the second its standfirst."""
PER_DOCUMENT = 50
"""Articles of a document."""

_MACROS = """
-- evenly spread over 0 to 1, from a key and the seed
create or replace temp macro uniform(a, b) as (hash(a, b, getvariable('seed')) % 1000003) / 1000003.0;
-- 0 to n - 1, the low ones far more often
create or replace temp macro skewed(n, a, b) as floor(n * pow(uniform(a, b), 3))::bigint;
"""

_TABLES = """
create or replace temp table grid as
select
    n, n // $per_document as document, n % $per_document as place,
    -- some articles are reprints: they share the story, and the names, of an earlier one
    case when uniform('reprint', n) < 0.12 then floor(n * uniform('of', n))::bigint else n end as story,
    case
        when uniform('dated', n) < 0.80 then 'day'
        when uniform('dated', n) < 0.90 then 'month'
        when uniform('dated', n) < 0.95 then 'year'
    end as precision,
    date '2024-01-01' + floor(900 * sqrt(uniform('day', n)))::integer as day,
    $sentences as sentences
from range($articles) as r (n);

-- nothing is published in two of the months: they are rows with zero all the same
update grid set day = day + 62 where day between date '2025-02-01' and date '2025-03-31';

create or replace temp table slots as
with cells as (
    select g.n, g.story, s.s as sentence, k.k as slot, uniform('filled' || s.s || '/' || k.k, g.story) as u
    from grid as g, range($sentences) as s (s), range($slots) as k (k)
)
select
    cells.n, cells.sentence, cells.slot,
    case when u < 0.34 then 'country' when u < 0.84 then 'entity' end as what,
    skewed(180, 'country' || sentence || '/' || slot, story) as country,
    skewed($entities, 'entity' || sentence || '/' || slot, story) as entity,
    1 + floor(4 * uniform('kind' || sentence || '/' || slot, story))::bigint as kind
from cells where u < 0.84;

create or replace temp table names as
select row_number() over (order by iso2) - 1 as number, iso2, left(name, $slot - 6) as name
from read_csv($countries_csv);

create or replace temp table filled as
select
    slots.n, slots.sentence, slots.slot, slots.what, slots.entity, names.iso2,
    ['name', 'demonym', 'metonym', 'place'][slots.kind] as kind,
    case when what = 'country' then names.name else 'Name ' || lpad(entity::varchar, 6, '0') end as surface
from slots inner join names on slots.country = names.number;

create or replace temp table lines as
select
    g.n, s.s as sentence,
    rpad('Words of it', $sentence - $slots * $slot, '.')
    || string_agg(rpad(coalesce(f.surface || ' ', ''), $slot, 'x'), '' order by k.k) as line
from grid as g
cross join range($sentences) as s (s)
cross join range($slots) as k (k)
left join filled as f on g.n = f.n and s.s = f.sentence and k.k = f.slot
group by g.n, s.s;

insert into raw.documents
select
    'd' || document, 'sha' || document, sum(length(line) + 1), 'utf-8', 'en',
    string_agg(line || chr(10), '' order by n, sentence), 'loaded', null,
    timestamp '2026-07-01 12:00:00' + document * interval 1 minute
from lines inner join grid using (n) group by document order by document;

insert into raw.files
select
    'dump' || lpad(document_id[2:], 6, '0') || '.txt', document_id, bytes, ingested_at, ingested_at
from raw.documents;

insert into raw.document_layouts select document_id, 'closing-marker', 0.9 from raw.documents;

create or replace temp table placed as
select *, 'a' || lpad(n::varchar, 7, '0') as article_id, 'd' || document as document_id,
    (place * sentences) * ($sentence + 1) as start_char, place * sentences as start_line
from grid;

insert into raw.articles
select
    article_id, document_id, place + 1, t.line, s.line, 'body of ' || placed.n,
    case when uniform('known', placed.n) < 0.9 then 'Publisher ' || skewed(40, 'publisher', placed.n) end,
    case precision when 'day' then day when 'month' then date_trunc('month', day)
        when 'year' then date_trunc('year', day) end,
    precision, null, 'en', 15 * sentences, start_line + 1, start_line + sentences, start_char,
    start_char + sentences * ($sentence + 1) - 1, 0.9, 'hash' || placed.n, null
from placed
inner join lines as t on t.n = placed.n and t.sentence = 0
inner join lines as s on s.n = placed.n and s.sentence = 1
order by placed.n;

insert into raw.sentences
select
    article_id, s.s + 1, case s.s when 0 then 'title' when 1 then 'standfirst' else 'body' end,
    case when s.s > 1 then s.s // 2 else 0 end, start_char + s.s * ($sentence + 1),
    start_char + s.s * ($sentence + 1) + $sentence
from placed, range($sentences) as s (s) order by n, s.s;

insert into raw.document_spans
select
    placed.document_id, sentences.article_id, sentences.start_char, sentences.end_char + 1,
    start_line + sentences.sentence, start_line + sentences.sentence, sentences.zone, 'grid'
from raw.sentences inner join placed using (article_id) order by placed.n, sentences.sentence;

create or replace temp table mentions as
select
    filled.*, placed.article_id, document_id,
    placed.start_char + sentence * ($sentence + 1) + ($sentence - $slots * $slot) + slot * $slot as begins
from filled inner join placed using (n);

insert into raw.country_mentions
select
    article_id, iso2, surface, kind, 'grid', 0.5 + 0.5 * uniform(article_id, begins), begins, begins + length(surface),
    sentence + 1, case sentence when 0 then 'title' when 1 then 'standfirst' else 'body' end,
    case when sentence > 1 then sentence // 2 else 0 end
from mentions where what = 'country' order by mentions.n, begins;

insert into raw.entity_mentions
select
    article_id, 'e' || lpad(entity::varchar, 6, '0'), ['PERSON', 'ORG', 'GPE', 'EVENT'][1 + entity % 4], surface,
    begins, begins + length(surface), sentence + 1
from mentions where what = 'entity' order by mentions.n, begins;

insert into raw.entities
select entity_id, any_value('Name ' || (right(entity_id, 6)::bigint % ($entities * 9 // 10))), any_value(label), [],
    right(entity_id, 6)::bigint % 7 > 0
from raw.entity_mentions group by entity_id order by entity_id;

insert into raw.unresolved_mentions
select article_id, 'Springfield', start_char, start_char + 11, 1, ['US', 'CA'], 'ambiguous'
from raw.articles where uniform('open', article_id) < 0.1;

insert into raw.topics
select
    'medtop:' || lpad(t::varchar, 8, '0'), 'topic ' || t,
    case when t >= 17 then 'medtop:' || lpad((t // 17)::varchar, 8, '0') end
from range(300) as r (t);

insert into raw.article_topics
select
    article_id, 'medtop:' || lpad(skewed(300, 'topic' || k.k, story)::varchar, 8, '0') as topic_id,
    max(0.5 + 0.5 * uniform('score', n)), 'words'
from placed, range(3) as k (k)
where uniform('topic?' || k.k, story) < 0.7
group by article_id, topic_id order by article_id, topic_id;

insert into raw.article_stories select article_id, 's' || lpad(story::varchar, 7, '0') from placed order by n;
"""


def write_raw_tables(
    con: duckdb.DuckDBPyConnection, *, articles: int, seed: int = 1, sentences: int = SENTENCES
) -> None:
    """Fill the empty `raw` schema of the database that `con` is connected to with `articles` articles."""
    con.execute(SCHEMA.read_text(encoding="utf-8"))
    con.execute(f"set variable seed = {int(seed)}")
    con.execute(_MACROS)
    values = {
        "articles": articles,
        "per_document": PER_DOCUMENT,
        "sentences": sentences,
        "slots": SLOTS,
        "slot": SLOT,
        "sentence": SENTENCE,
        # every name is met in a few articles at the average, most in one or two
        "entities": max(20, articles // 2),
    }
    script = _TABLES.replace("$countries_csv", f"'{COUNTRIES}'")
    # the long names first: `$slots` is not `$slot` and an s
    for name, value in sorted(values.items(), key=lambda item: -len(item[0])):
        script = script.replace(f"${name}", str(value))
    con.execute(script)
    for (table,) in con.execute("select table_name from duckdb_tables() where temporary").fetchall():
        con.execute(f"drop table temp.{table}")
