-- The `raw` schema: all that Python writes. dbt builds everything else from it.
-- Offsets are 0-based, end-exclusive, in code points of raw.documents.text; lines, sentences and ordinals are 1-based.
create schema if not exists raw;

-- the register of files seen, one row per path; a path keeps its row when the file is deleted (until pruned)
create table if not exists raw.files (
    path varchar primary key, document_id varchar not null, bytes bigint not null, modified_at timestamp,
    first_seen_at timestamp not null
);
create table if not exists raw.documents (
    document_id varchar primary key, sha256 varchar, bytes bigint not null, encoding varchar, language varchar,
    text varchar, status varchar not null, reason varchar, ingested_at timestamp not null
);
create table if not exists raw.document_layouts (
    document_id varchar primary key, layout varchar not null, layout_confidence double not null
);
create table if not exists raw.document_spans (
    document_id varchar not null, article_id varchar, start_char bigint not null, end_char bigint not null,
    start_line bigint not null, end_line bigint not null, kind varchar not null, rule varchar not null
);
create table if not exists raw.articles (
    article_id varchar primary key, document_id varchar not null, ordinal bigint not null, title varchar,
    standfirst varchar, body varchar not null, publisher varchar, published_on date, published_precision varchar,
    published_evidence varchar, language varchar, words bigint not null, start_line bigint not null,
    end_line bigint not null, start_char bigint not null, end_char bigint not null,
    boundary_confidence double not null, content_hash varchar not null, text_hash varchar
);
-- what the model read in a text, wherever the text stands: offsets are relative to the text's own segments
create table if not exists raw.readings (text_hash varchar primary key, fingerprint varchar, reading varchar not null);
create table if not exists raw.sentences (
    article_id varchar not null, sentence bigint not null, zone varchar not null, paragraph bigint not null,
    start_char bigint not null, end_char bigint not null
);
-- as the model saw them, before any resolution
create table if not exists raw.entity_spans (
    article_id varchar not null, label varchar not null, surface varchar not null, start_char bigint not null,
    end_char bigint not null, sentence bigint not null
);
create table if not exists raw.country_mentions (
    article_id varchar not null, iso2 varchar not null, surface varchar not null, kind varchar not null,
    method varchar not null, confidence double not null, start_char bigint not null, end_char bigint not null,
    sentence bigint not null, zone varchar not null, paragraph bigint not null
);
create table if not exists raw.unresolved_mentions (
    article_id varchar not null, surface varchar not null, start_char bigint not null, end_char bigint not null,
    sentence bigint not null, candidates varchar[] not null, reason varchar not null
);
-- what resolution knows of one article by itself, kept so that linking the corpus need not read the text again
create table if not exists raw.article_entities (article_id varchar primary key, entities varchar not null);
create table if not exists raw.entities (
    entity_id varchar primary key, name varchar not null, label varchar not null, aliases varchar[] not null,
    resolved boolean not null
);
create table if not exists raw.entity_mentions (
    article_id varchar not null, entity_id varchar not null, label varchar not null, surface varchar not null,
    start_char bigint not null, end_char bigint not null, sentence bigint not null
);
create table if not exists raw.topics (topic_id varchar primary key, name varchar not null, parent_id varchar);
create table if not exists raw.article_topics (
    article_id varchar not null, topic_id varchar not null, score double not null, evidence varchar not null
);
create table if not exists raw.story_signatures (article_id varchar primary key, signature blob not null);
create table if not exists raw.article_stories (article_id varchar primary key, story_id varchar not null);
create table if not exists raw.accuracy (
    quantity varchar primary key, value double, floor double, items bigint not null, description varchar not null
);
-- which input each step has done, under which fingerprint; a step does what has no row here
create table if not exists raw.ledger (
    step varchar not null, input_id varchar not null, input_hash varchar not null, fingerprint varchar not null,
    processed_at timestamp not null, primary key (step, input_id)
);
-- under which state of all that it is made from a result was last made; no row while it is being made
create table if not exists raw.results (result varchar primary key, state varchar not null, made_at timestamp not null);
create table if not exists raw.figures (
    figure varchar primary key, value double not null, noted_at timestamp not null
);
