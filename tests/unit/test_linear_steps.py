"""Every step that reads an article takes time in proportion to its length, whatever stands in it."""

import gc
import time
from collections.abc import Callable
from functools import cache

import pytest

from pipelines.settings import Settings
from pipelines.text.article_text import ArticleText, Segment
from pipelines.text.extraction.extract import _sentences
from pipelines.text.extraction.mentions import EntitySpan, Extraction
from pipelines.text.resolution.countries import Gazetteer, resolve_countries
from pipelines.text.resolution.entities import load_entity_knowledge, resolve_article
from pipelines.text.resolution.quantities import Units, find_amounts, find_dates
from pipelines.text.resolution.quotations import CueVerbs, find_quotations
from pipelines.text.resolution.stories import signature
from pipelines.text.resolution.tone import ToneLexicon, sentence_tones
from pipelines.text.resolution.topics import TopicModel

MODELS = Settings().models
SMALL, TIMES = 8_000, 4
PIECES = {
    "names": "Ida Berg, ",
    "of": "Ministry of the Bank of ",
    "places": "Paris, Texas, ",
    "dates": "3 May 2026, ",
    "amounts": "5-$6 million to 7 per cent ",
    "opening": "“‘(",
    "said": "“we go,” said Ida, he said that she said ",
    "dotted": "U.S.A.",
    "negated": "not very good ",
    "combining": "e\u0301\u200d",
    "separators": "Words\u2028of\x85a\x0cline ",
    "right to left": "\u202eמילה\u202c ",
}
"""What articles are made of, again and again."""


@cache
def steps() -> dict[str, Callable[[ArticleText, Extraction], object]]:
    places, names, topics = Gazetteer.load(MODELS / "places"), load_entity_knowledge(MODELS), TopicModel
    verbs, units = CueVerbs.load(MODELS / "quotations"), Units.load(MODELS / "quantities")
    words, model = ToneLexicon.load(MODELS / "tone"), topics.load(MODELS / "topics")
    return {
        "countries": lambda a, e: resolve_countries(a, e, places),
        "names": lambda a, e: resolve_article(a, e, names),
        "topics": lambda a, _: model.decide(None, None, a.segments[0].text),
        "stories": lambda a, _: signature(a.segments[0].text),
        "quotations": lambda a, _: find_quotations(a, [], verbs),
        "tone": lambda a, e: sentence_tones(a, e, words),
        "amounts and dates": lambda a, _: find_amounts(a, find_dates(a), units),
    }


def article(piece: str, size: int) -> tuple[ArticleText, Extraction]:
    """One paragraph; every seventh piece is taken for something named."""
    text = piece * (size // len(piece))
    own = ArticleText(article_id="a", segments=(Segment(zone="body", paragraph=1, start_char=0, text=text),))
    surface = piece.strip() or piece
    entities = tuple(
        EntitySpan(label="ORG", surface=surface, start_char=start, end_char=start + len(surface), sentence=1)
        for start in range(0, len(text) - len(piece), 7 * len(piece))
    )
    return own, Extraction(article_id="a", sentences=_sentences(own), entities=entities)


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_time_grows_as_the_article_does(piece: str) -> None:
    small, large = article(piece, SMALL), article(piece, TIMES * SMALL)
    gc.disable()  # as in a run
    try:
        for name, step in steps().items():
            step(*small)  # what is loaded when first used
            seconds = []
            for given in (small, large):
                started = time.process_time()
                step(*given)
                seconds.append(time.process_time() - started)
            # a quadratic step takes sixteen times
            assert seconds[1] < 2 * TIMES * seconds[0] + 0.15, f"{name}: {seconds}"
    finally:
        gc.enable()
