import pickle
import time
from typing import cast

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.pipeline import SpanRuler

from pipelines.text.article_text import ArticleText, Segment
from pipelines.text.extraction import extract as extraction
from pipelines.text.extraction.extract import extract
from pipelines.text.extraction.installed import installed_model
from pipelines.text.extraction.model import DEFAULT_MODEL, load_model


@pytest.fixture(scope="module")
def nlp() -> Language:
    """A pipeline without weights: it takes every word with a capital for a person, and years for dates."""
    nlp = spacy.blank("en")
    ruler = cast(SpanRuler, nlp.add_pipe("span_ruler", config={"annotate_ents": True}))
    ruler.add_patterns(
        [
            {"label": "PERSON", "pattern": [{"IS_TITLE": True, "OP": "+"}]},
            {"label": "ORG", "pattern": [{"ORTH": "the"}, {"ORTH": "Guards"}, {"ORTH": "’"}]},
            {"label": "DATE", "pattern": [{"SHAPE": "dddd"}]},
        ]
    )
    return nlp


def article(*paragraphs: str, article_id: str = "a", title: str | None = None) -> tuple[str, ArticleText]:
    """A document of these paragraphs after a header line, and its only article."""
    text = "A header that is not the article's.\n\n"
    segments = []
    for number, paragraph in enumerate([title, *paragraphs] if title is not None else paragraphs):
        zone = "title" if title is not None and number == 0 else "body"
        segments.append(
            Segment(zone=zone, paragraph=number if zone == "body" else 0, start_char=len(text), text=paragraph)
        )
        text += paragraph + "\n\n"
    return text, ArticleText(article_id=article_id, segments=tuple(segments))


def surfaces(nlp: Language, *paragraphs: str, **more: str) -> list[str]:
    text, content = article(*paragraphs, **more)
    (result,) = extract(nlp, [content])
    assert all(text[e.start_char : e.end_char] == e.surface for e in result.entities)
    return [e.surface for e in result.entities]


def test_offsets_and_sentences_are_those_of_the_document(nlp):
    text, content = article("the boat of Ada Marsh sank. 2 men saw Bo Tan.", "in 1999 Ada left.", title="Boat sinks")
    (result,) = extract(nlp, [content])
    assert [(e.surface, e.sentence) for e in result.entities] == [
        ("Boat", 1),
        ("Ada Marsh", 2),
        ("Bo Tan", 3),
        ("Ada", 4),
    ]
    assert [text[s.start_char : s.end_char] for s in result.sentences] == [
        "Boat sinks", "the boat of Ada Marsh sank.", "2 men saw Bo Tan.", "in 1999 Ada left.",
    ]  # fmt: skip
    assert [(s.sentence, s.zone, s.paragraph) for s in result.sentences] == [
        (1, "title", 0), (2, "body", 1), (3, "body", 1), (4, "body", 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("we met Marsh’s brother", ["Marsh"]),
        ("we met “Ada Marsh” there", ["Ada Marsh"]),
        ("a line-wrapped name, Ada\nMarsh, here", ["Ada\nMarsh"]),
        ("it was 1999", []),
        ("it is the Guards’ boat", ["the Guards"]),
    ],
)
def test_surfaces_carry_no_possessive_and_no_quotation_marks(nlp, paragraph, expected):
    assert surfaces(nlp, paragraph) == expected


def test_articles_come_back_in_order_and_empty_ones_without_sentences(nlp):
    contents = [
        ArticleText(article_id="empty", segments=()),
        article("see Ada", "see Bo", article_id="two")[1],
        article("  \n ", article_id="blank")[1],
        article("see Cy", article_id="one")[1],
        ArticleText(article_id="last", segments=()),
    ]
    results = list(extract(nlp, iter(contents), batch_size=1))
    assert [r.article_id for r in results] == ["empty", "two", "blank", "one", "last"]
    assert [[e.surface for e in r.entities] for r in results] == [[], ["Ada", "Bo"], [], ["Cy"], []]
    assert results[0].sentences == results[2].sentences == ()


def test_several_processes_give_the_same(nlp):
    contents = [article(f"see Ada and Bo {n}", article_id=str(n))[1] for n in range(8)]
    assert list(extract(nlp, contents, n_process=2, batch_size=2)) == list(extract(nlp, contents))


def test_overlong_segments_are_cut_for_the_model_at_white_space(nlp, monkeypatch):
    monkeypatch.setattr(extraction, "MAX_PIECE_CHARS", 20)
    assert surfaces(nlp, "far away lives old Ada and then also old Bo or maybe it is Cy") == ["Ada", "Bo", "Cy"]


def test_the_model_gets_a_bounded_amount_of_text_at_once(nlp, monkeypatch):
    pipe, at_once = nlp.pipe, []

    def watched(texts, *, batch_size, as_tuples=False, **more):
        texts = list(texts)
        if as_tuples:
            at_once.append(batch_size * max(len(text) for text, _ in texts))
        return pipe(texts, batch_size=batch_size, as_tuples=as_tuples, **more)

    monkeypatch.setattr(nlp, "pipe", watched)
    for length in (1_000, 40_000):
        surfaces(nlp, "see Ada " * (length // 8), "and Bo")
    assert max(at_once) <= extraction.MAX_BATCH_CHARS


def test_a_segment_beyond_the_models_limit_does_not_raise(nlp, monkeypatch):
    monkeypatch.setattr(nlp, "max_length", 1000)
    assert surfaces(nlp, "x" * 5000 + " see Ada")[-1] == "Ada"


@pytest.mark.parametrize("piece", ['"', "(", "$", "!", "_", "😀", "“”", "a:", "x", "\u0301"])
def test_time_is_linear_in_runs_of_marks_and_in_stretches_without_a_blank(nlp, piece):
    started = time.process_time()
    assert surfaces(nlp, "then Ada " + piece * (200_000 // len(piece)) + " and old Bo left") == ["Ada", "Bo"]
    assert time.process_time() - started < 10  # mark by mark it takes an hour


@given(
    paragraphs=st.lists(st.text(alphabet=st.sampled_from("aB ’'\"“”.,\n-()sU\u00a0é"), max_size=60), max_size=4),
    limit=st.integers(min_value=5, max_value=50),
)
@settings(deadline=None, max_examples=60)
def test_every_surface_is_at_its_offsets(nlp, paragraphs, limit):
    text, content = article(*paragraphs)
    previous, extraction.MAX_PIECE_CHARS = extraction.MAX_PIECE_CHARS, limit
    try:
        (result,) = extract(nlp, [content])
    finally:
        extraction.MAX_PIECE_CHARS = previous
    assert [s.sentence for s in result.sentences] == list(range(1, len(result.sentences) + 1))
    for entity in result.entities:
        assert text[entity.start_char : entity.end_char] == entity.surface
        assert entity.surface.strip() == entity.surface != ""
        sentence = result.sentences[entity.sentence - 1]
        assert sentence.start_char <= entity.start_char < sentence.end_char


def test_the_default_model_keeps_only_what_recognition_needs():
    nlp = load_model()
    assert "ner" in nlp.pipe_names
    assert not {"tagger", "parser", "lemmatizer", "attribute_ruler"} & set(nlp.component_names)
    assert nlp.meta["version"] in installed_model(DEFAULT_MODEL)
    (result,) = extract(nlp, [article("The talks between Germany and Japan took place in Paris.")[1]])
    assert {"Germany", "Japan", "Paris"} <= {e.surface for e in result.entities if e.label == "GPE"}


def test_a_missing_model_is_named():
    with pytest.raises(ValueError, match="no_such_model"):
        load_model("no_such_model")


@pytest.mark.parametrize("paragraphs", [(), ("Nobody came.",), ("Ada Bell came in 1999.", "Nobody else did. Why?")])
def test_what_was_extracted_is_the_same_in_another_process(nlp: Language, paragraphs: tuple[str, ...]) -> None:
    (found,) = extract(nlp, [article(*paragraphs)[1]])
    assert pickle.loads(pickle.dumps(found)) == found
    assert all(
        type(a) is type(b) for a, b in zip(pickle.loads(pickle.dumps(found)).entities, found.entities, strict=True)
    )
