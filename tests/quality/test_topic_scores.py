"""Topics of articles labelled by hand: of all kinds, and of annotated dumps where these are at hand."""

import json
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipelines.text.resolution.topics import TopicModel
from pipelines.training.topics import ARTICLES, LabelledArticle, Sample, first_right, fit, measure, read_articles

MODELS = Path(__file__).parents[2] / "models" / "topics"
SAMPLES = Path(__file__).parent / "topics"
SHARED = Path(__file__).parents[2].parent / "shared"
GOLD = sorted((SHARED / "eval" / "gold").glob("*.json"))

pytestmark = pytest.mark.quality


@cache
def model() -> TopicModel:
    return TopicModel.load(MODELS)


@cache
def articles(name: str) -> tuple[LabelledArticle, ...]:
    return tuple(read_articles(SAMPLES / f"{name}.tsv"))


@cache
def given(name: str) -> list[list[str]]:
    """The names of the top-level topics that each article is given, the surest first."""
    top = {topic.topic_id: topic.name for topic in model().topics if topic.parent_id is None}
    found = [model().classify(article.title, None, article.text) for article in articles(name)]
    return [[top[topic.topic_id] for topic in topics if topic.topic_id in top] for topics in found]


@cache
def scores(name: str) -> tuple[np.ndarray, Sample]:
    """The score of every topic in every article, given or not."""
    sample = measure(model(), articles(name))
    scoring = json.loads((MODELS / "scoring.json").read_text(encoding="utf-8"))
    weights = np.array([scoring[name] for name in ("intercept", "topic_terms", "all_terms", "similarity")])
    return 1 / (1 + np.exp(-(sample.evidence @ weights))), sample


# `held_out` and `short_news` were used neither for the lexicon nor for the coefficients, `seen` for the lexicon


@pytest.mark.parametrize(("name", "floor"), [("held_out", 0.9), ("short_news", 0.8), ("seen", 0.88)])
def test_first_topic_is_right(name: str, floor: float) -> None:
    right = [
        topics[:1] != [] and topics[0] in {*article.topics, *article.also_right}
        for article, topics in zip(articles(name), given(name), strict=True)
    ]
    assert sum(right) >= floor * len(right)


@pytest.mark.parametrize(("name", "floor"), [("held_out", 0.85), ("short_news", 0.75), ("seen", 0.82)])
def test_f1_of_all_topics(name: str, floor: float) -> None:
    hits = wanted = found = 0
    for article, topics in zip(articles(name), given(name), strict=True):
        hits += len(set(topics) & set(article.topics))
        wanted += len(article.topics)
        found += len(set(topics) - article.also_right)
    assert 2 * hits / (wanted + found) >= floor


def test_no_topic_is_neglected() -> None:
    """Of each of the 17 the greater part is found, and of those given the greater part is right."""
    found, wanted, wrong = defaultdict[str, int](int), defaultdict[str, int](int), defaultdict[str, int](int)
    for name in ("held_out", "seen"):
        for article, topics in zip(articles(name), given(name), strict=True):
            for topic in article.topics:
                wanted[topic] += 1
                found[topic] += topic in topics
            for topic in set(topics) - set(article.topics) - article.also_right:
                wrong[topic] += 1
    assert len(wanted) == 17
    assert min(wanted.values()) >= 10
    assert {t: (found[t], wanted[t]) for t in wanted if found[t] < 0.6 * wanted[t]} == {}
    assert {t: (found[t], wrong[t]) for t in wanted if wrong[t] > 0.7 * found[t]} == {}


@pytest.mark.parametrize(("low", "high"), [(0, 0.15), (0.15, 0.5), (0.5, 0.8), (0.8, 1.01)])
def test_a_score_is_about_the_probability_of_being_right(low: float, high: float) -> None:
    found, sample = scores("held_out")
    band = sample.counted & (found >= low) & (found < high)
    n, expected = band.sum(), found[band].mean()
    # within three standard errors and a twentieth
    assert abs(sample.given[band].mean() - expected) <= 0.05 + 3 * np.sqrt(expected * (1 - expected) / n)


def test_the_coefficients_are_those_of_the_fit() -> None:
    fitted = fit(measure(model(), read_articles(ARTICLES)))
    scoring = json.loads((MODELS / "scoring.json").read_text(encoding="utf-8"))
    assert [scoring[c] for c in ("intercept", "topic_terms", "all_terms", "similarity")] == pytest.approx(
        fitted, abs=2e-3
    )


def test_held_out_articles_are_not_those_of_the_fit() -> None:
    texts = [{article.text for article in read_articles(ARTICLES)}]
    texts += [{article.text for article in articles(name)} for name in ("held_out", "short_news", "seen")]
    assert sum(map(len, texts)) == len(set.union(*texts)) >= 600


def test_the_likeliest_topic_is_the_first_given() -> None:
    found, sample = scores("held_out")
    assert first_right(found, sample) >= 0.9


# annotated dumps


def texts(gold: dict[str, Any]) -> list[tuple[str | None, str | None, str]]:
    lines = (SHARED / "corpus" / gold["file"]).read_text(encoding="utf-8").split("\n")
    return [
        (article["title"], article["dek"], "\n".join(lines[line - 1] for line in article["body_lines"]))
        for article in gold["articles"]
    ]


@pytest.fixture(scope="module")
def annotated() -> list[tuple[set[str], list[str]]]:
    """The topics wanted and those found, the surest first, of every annotated article."""
    if not GOLD:
        pytest.skip("no annotated dumps at hand")
    top = {topic.topic_id: topic.name for topic in model().topics if topic.parent_id is None}
    results = []
    for path in GOLD:
        gold = json.loads(path.read_text(encoding="utf-8"))
        for article, topics in zip(gold["articles"], (model().classify(*t) for t in texts(gold)), strict=True):
            results.append((set(article["iptc_top"]), [top[t.topic_id] for t in topics if t.topic_id in top]))
    return results


def test_micro_f1_of_annotated_dumps(annotated: list[tuple[set[str], list[str]]]) -> None:
    hits = sum(len(wanted & set(topics)) for wanted, topics in annotated)
    assert 2 * hits / sum(len(wanted) + len(topics) for wanted, topics in annotated) >= 0.88


def test_first_topic_of_annotated_dumps(annotated: list[tuple[set[str], list[str]]]) -> None:
    assert all(topics[:1] != [] and topics[0] in wanted for wanted, topics in annotated)
