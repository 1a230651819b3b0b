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
-- what an article is about by itself, kept so that the other articles of its source can be told what that is
create table if not exists raw.article_country_shares (
    article_id varchar not null, iso2 varchar not null, share decimal(9, 4) not null
);
create table if not exists raw.unresolved_mentions (
    article_id varchar not null, surface varchar not null, start_char bigint not null, end_char bigint not null,
    sentence bigint not null, candidates varchar[] not null, reason varchar not null
);
-- what resolution knows of one article by itself, kept so that linking the corpus need not read the text again
create table if not exists raw.article_entities (article_id varchar primary key, entities varchar not null);
-- the mentions of those things; `entity` counts them, and `key` is what tells them from each other
create table if not exists raw.article_mentions (
    article_id varchar not null, entity bigint not null, label varchar not null, key varchar not null,
    surface varchar not null, start_char bigint not null, end_char bigint not null, sentence bigint not null
);
-- which entities of the corpus an article's things are, in their order
create table if not exists raw.entity_links (article_id varchar primary key, entity_ids varchar[] not null);
create table if not exists raw.entities (
    entity_id varchar primary key, name varchar not null, label varchar not null, aliases varchar[] not null,
    resolved boolean not null
);
create table if not exists raw.entity_mentions (
    article_id varchar not null, entity_id varchar not null, label varchar not null, surface varchar not null,
    start_char bigint not null, end_char bigint not null, sentence bigint not null
);
create table if not exists raw.entity_aliases (
    entity_id varchar not null, alias varchar not null, source varchar not null, mentions bigint not null,
    articles bigint not null
);
-- names that the corpus showed to be another entity's, under the id that they have by themselves
create table if not exists raw.entity_merges (
    merged_id varchar not null, entity_id varchar not null, rule varchar not null, articles bigint not null
);
create table if not exists raw.topics (topic_id varchar primary key, name varchar not null, parent_id varchar);
create table if not exists raw.article_topics (
    article_id varchar not null, topic_id varchar not null, score double not null, evidence varchar not null
);
-- articles without a topic, why, and what came closest
create table if not exists raw.topic_abstentions (
    article_id varchar primary key, reason varchar not null, topic_id varchar, score double, evidence varchar
);
create table if not exists raw.text_signatures (
    article_id varchar primary key, digest varchar not null, minhash blob not null, words blob not null
);
-- texts that were compared to all before them, and the pairs found to be the same, in whole or cut
create table if not exists raw.compared_texts (
    position bigint not null, digest varchar not null, fingerprint varchar not null
);
create table if not exists raw.reprints (
    short_digest varchar not null, long_digest varchar not null, share double not null, in_order double not null,
    whole boolean not null, starts double not null, ends double not null
);
create table if not exists raw.article_stories (article_id varchar primary key, story_id varchar not null);
create table if not exists raw.story_merges (story_id varchar not null, into_story_id varchar not null);
create table if not exists raw.event_articles (
    article_id varchar primary key, event_id varchar not null, score double not null
);
create table if not exists raw.quotations (
    article_id varchar not null, quotation bigint not null, utterance bigint not null, kind varchar not null,
    surface varchar not null, start_char bigint not null, end_char bigint not null, zone varchar not null,
    paragraph bigint not null, verb varchar, speaker varchar, speaker_start_char bigint, speaker_end_char bigint,
    speaker_evidence varchar, mention_start_char bigint, mention_end_char bigint
);
create table if not exists raw.article_tone (
    article_id varchar primary key, words bigint not null, positive_words bigint not null,
    negative_words bigint not null, positive double not null, negative double not null, tone double not null,
    polarity double not null, compound double not null, matched_words varchar[] not null, lexicon varchar not null,
    lexicon_version varchar not null
);
create table if not exists raw.sentence_tone (
    article_id varchar not null, sentence bigint not null, words bigint not null, positive_words bigint not null,
    negative_words bigint not null, positive double not null, negative double not null, tone double not null,
    polarity double not null, compound double not null, matched_words varchar[] not null, lexicon varchar not null,
    lexicon_version varchar not null
);
create table if not exists raw.amounts (
    article_id varchar not null, kind varchar not null, value double not null, high double, unit varchar,
    object varchar, qualifier varchar, surface varchar not null, start_char bigint not null, end_char bigint not null
);
create table if not exists raw.dates_mentioned (
    article_id varchar not null, precision varchar not null, year bigint, month bigint, day bigint, weekday bigint,
    relative varchar, surface varchar not null, start_char bigint not null, end_char bigint not null
);
create table if not exists raw.accuracy (
    quantity varchar primary key, value double, floor double, items bigint not null, description varchar not null
);
-- which input each step has done, under which fingerprint; a step does what has no row here
create table if not exists raw.ledger (
    step varchar not null, input_id varchar not null, input_hash varchar not null, fingerprint varchar not null,
    processed_at timestamp not null, primary key (step, input_id)
);
-- inputs (articles or documents) on which a step failed: their rows in its tables are those that it has for such cases
create table if not exists raw.failures (
    step varchar not null, input_id varchar not null, error varchar not null, primary key (step, input_id)
);
-- what makes the rows of each kind (article, country, entity, topic) today: fingerprints of its rule (the code), its
-- gazetteer (the data files) and its model
create table if not exists raw.provenance (
    kind varchar not null, part varchar not null, fingerprint varchar not null, primary key (kind, part)
);
-- what the last published warehouse says, to compare with; empty where there is none
create table if not exists raw.last_provenance (
    kind varchar not null, part varchar not null, fingerprint varchar not null, primary key (kind, part)
);
create table if not exists raw.last_articles (article_id varchar primary key, document_id varchar not null);
create table if not exists raw.last_presence (
    kind varchar not null, item varchar not null, name varchar not null, article_id varchar not null, mentions bigint
);
-- under which state of all that it is made from a result was last made; no row while it is being made
create table if not exists raw.results (result varchar primary key, state varchar not null, made_at timestamp not null);
create table if not exists raw.figures (
    figure varchar primary key, value double not null, noted_at timestamp not null
);
