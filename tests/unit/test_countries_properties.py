"""Invariants of country mentions, whatever the text."""

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.text.article_text import ArticleText, Segment, Zone
from pipelines.text.extraction.mentions import EntitySpan, Extraction, Sentence
from pipelines.text.resolution.countries import CountryResolution, Gazetteer, resolve_countries

PLACES = Path(__file__).parents[2] / "models" / "places"

VOCABULARY = """Paris Texas Georgia Jordan Michael Chad the of in to and New Mexico York U.S. US us Russia's Ukraine’s
St. Lucia Côte d'Ivoire Guinea -Bissau Sea Strait Brussels TX, Calif. ( ) — , . ; “ ” Washington, D.C. Congo DR
İstanbul Łódź ﬁ Zürich 'NDjamena reading Reading Nice ŽIŽEK 北京 Москва a\u0301 \u200b \ud800"""
WORDS = st.sampled_from([*VOCABULARY.split(), "\n", "\t", ""])
TEXTS = st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=40).map(" ".join)
ZONES: list[Zone] = ["title", "standfirst", "body"]
LABELS = st.sampled_from(["GPE", "LOC", "FAC", "NORP", "ORG", "PERSON", "EVENT", "WORK_OF_ART"])


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load(PLACES)


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, ArticleText, Extraction]:
    """A document, its only article, and entity spans drawn at random."""
    document, segments = "", []
    for n, text in enumerate(draw(st.lists(TEXTS, min_size=1, max_size=4))):
        document += "\n"
        zone = draw(st.sampled_from(ZONES))
        segments.append(Segment(zone=zone, paragraph=n, start_char=len(document), text=text))
        document += text
    spans = []
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, max(0, len(document) - 1)))
        end = min(len(document), start + draw(st.integers(1, 20)))
        if start < end:
            label = draw(LABELS)
            surface = document[start:end]
            spans.append(EntitySpan(label=label, surface=surface, start_char=start, end_char=end, sentence=1))
    sentences = tuple(
        Sentence(
            sentence=n, zone=s.zone, paragraph=s.paragraph, start_char=s.start_char, end_char=s.start_char + len(s.text)
        )
        for n, s in enumerate(segments, start=1)
    )
    return (
        document,
        ArticleText(article_id="a", segments=tuple(segments)),
        Extraction(article_id="a", sentences=sentences, entities=tuple(spans)),
    )


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=articles(), prior=st.none() | st.dictionaries(st.sampled_from(["US", "FR", "JO"]), st.floats(0, 1)))
def test_mentions_stand_in_the_text_in_order(
    gazetteer: Gazetteer, drawn: tuple[str, ArticleText, Extraction], prior: dict[str, float] | None
) -> None:
    document, article, extraction = drawn
    result: CountryResolution = resolve_countries(article, extraction, gazetteer, prior=prior)
    end = 0
    for m in result.mentions:
        assert document[m.start_char : m.end_char] == m.surface
        assert m.surface.strip() == m.surface != ""
        assert end <= m.start_char < m.end_char
        end = m.end_char
        assert m.iso2 in gazetteer.neighbours
        assert m.kind in ("name", "demonym", "metonym", "place")
        assert 0 < m.confidence <= 1
        home = next(s for s in article.segments if s.start_char <= m.start_char < s.start_char + len(s.text))
        assert (m.zone, m.paragraph) == (home.zone, home.paragraph)
        assert m.sentence == article.segments.index(home) + 1
    for u in result.unresolved:
        assert document[u.start_char : u.end_char] == u.surface != ""
        assert u.reason
    assert resolve_countries(article, extraction, gazetteer, prior=prior) == result
    alone = resolve_countries(article, extraction, gazetteer)
    assert alone == result or not alone.settled


def test_time_is_linear(gazetteer: Gazetteer) -> None:
    def seconds(paragraphs: int) -> float:
        text = (
            "In Paris, Texas, Michael Jordan of Georgia met Chad Smith, Mo., of A and B and C in Idlib, the US said. "
        )
        segments, offset = [], 0
        for n in range(paragraphs):
            segments.append(Segment(zone="body", paragraph=n + 1, start_char=offset, text=text * 10))
            offset += len(text) * 10 + 1
        article = ArticleText(article_id="a", segments=tuple(segments))
        nothing = Extraction(article_id="a", sentences=(), entities=())
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            resolve_countries(article, nothing, gazetteer)
            best = min(best, time.process_time() - start)
        return best

    seconds(2)
    # eight times the text: eight times the time if linear, sixty-four if quadratic
    assert seconds(80) < 24 * max(seconds(10), 0.001)
