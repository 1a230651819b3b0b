"""The generator of layouts and the fitting of weights: what gold says of a generated dump stands in its text."""

import random

import numpy as np
import pytest

from pipelines.text.splitting import cohesion, evidence
from pipelines.text.splitting.lists import LIST_TERMS
from pipelines.text.splitting.reading import read_layout
from pipelines.text.splitting.signs import TERMS, measures
from pipelines.training.splitter import fit
from pipelines.training.splitter.articles import SourceArticle, read_articles
from pipelines.training.splitter.layouts import KINDS, lay_out, random_dump
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def articles() -> list[SourceArticle]:
    return list(read_articles(ROOT / "seeds", ROOT / "tests/gold"))


def lines_of(text: str) -> list[str]:
    return ["", *text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]


def test_articles_are_read_with_their_paragraphs_whole(articles):
    assert len(articles) == 71
    wrapped = next(a for a in articles if a.title == "Istanbul talks close in on grain insurance deal")
    text, heading = wrapped.paragraphs[0]
    assert not heading
    assert text.startswith(
        "Delegations from Ukraine, Turkey and Romania said on Thursday they had agreed on most of a plan"
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(3))
def test_gold_of_a_generated_dump_stands_in_its_text(articles, kind, seed):
    dump = random_dump(seed, articles, kind)
    lines = lines_of(dump.text)
    known = {" ".join(text.split()) for article in articles for text, _ in article.paragraphs}
    last = 0
    for article in dump.articles:
        assert last < article["start_line"] <= article["end_line"] < len(lines)
        last = article["end_line"]
        own = [*article["body_lines"], *(heading["line"] for heading in article["section_headings"])]
        furniture = [part["line"] for part in article["boilerplate"]]
        assert all(article["start_line"] <= number <= last for number in (*own, *furniture))
        assert not set(own) & set(furniture)
        assert all(lines[number].strip() for number in (*own, *furniture))
        first = " ".join(lines[article["start_line"]].split())
        assert first
        if article["title"] and kind in ("doubled-title", "title-uniform", "whole-pages", "wider-gap"):
            assert article["title"].startswith(first)  # or its first line, where it was wrapped
        if max(map(len, lines)) > 100:
            whole = [" ".join(lines[number].split()) for number in article["body_lines"]]
            assert sum(text in known for text in whole) >= len(whole) - 2  # an opening sentence, a dateline


def test_a_seed_is_one_dump(articles):
    assert random_dump(11, articles).text == random_dump(11, articles).text
    assert random_dump(11, articles).text != random_dump(27, articles).text


def test_articles_of_a_dump_are_those_asked_for(articles):
    dump = lay_out(random.Random(3), "title-uniform", articles[:6], articles[6:])
    assert len(dump.articles) == 6


def test_regression_finds_the_weights_that_made_its_labels():
    rng = np.random.default_rng(5)
    rows = np.hstack([rng.normal(size=(20_000, 3)) * np.array([1.0, 10.0, 0.1]), np.ones((20_000, 1))])
    true = np.array([1.5, -0.2, 4.0, -1.0])
    labels = rng.random(20_000) < 1.0 / (1.0 + np.exp(-(rows @ true)))
    found = fit._regression(rows, labels, np.ones(20_000))
    assert found == pytest.approx(true, rel=0.1)


def test_fitted_weights_tell_starts_from_other_lines_in_dumps_not_fitted_on(articles):
    starts, lists = fit.fit_starts(articles, range(1000, 1000 + 2 * len(KINDS)), cohesion_seeds=range(8))
    assert set(starts) == set(TERMS)
    assert set(lists) == set(LIST_TERMS)
    weights = np.array([starts[name] for name in TERMS])
    for seed in (7, 40, 203):  # an archive by title, a doubled title, pages in other layouts than those fitted on
        dump = random_dump(seed, articles)
        read = read_layout(dump.text)
        log_odds = measures(read) @ weights
        lines = {article["start_line"] for article in dump.articles}
        is_start = np.array([unit.first_line in lines for unit in read.units])
        free = np.array([kind is None for kind in read.blocks.kind])
        assert np.median(log_odds[is_start & free]) > np.median(log_odds[~is_start & free]) + 2.0


def test_network_finds_what_no_straight_line_can():
    rng = np.random.default_rng(7)
    rows = rng.normal(size=(6_000, 2)) * np.array([1.0, 30.0])
    labels = (rows[:, 0] > 0) == (rows[:, 1] > 0)
    seen = np.arange(len(rows)) < 4_000
    hidden, output = fit._network(rows[seen], labels[seen], np.ones(4_000), rng)
    said = output[:-1] @ np.tanh(hidden[:, :-1] @ rows[~seen].T + hidden[:, -1:]) + output[-1]
    assert ((said > 0) == labels[~seen]).mean() > 0.95


def test_network_reads_each_slot_by_itself():
    rng = np.random.default_rng(3)
    measures = rng.normal(size=(len(cohesion.FEATURES), 50))
    together = cohesion.joined(measures, *cohesion.weights())
    alone = [cohesion.joined(measures[:, [k]], *cohesion.weights())[0] for k in range(50)]
    assert together == pytest.approx(alone)


def test_other_weights_hold_for_a_while_only():
    texts = [f"Paragraph {k} says something of its own about the harbour." for k in range(8)]
    before = cohesion.log_odds(texts)
    hidden, output = cohesion.weights()
    with cohesion.using(hidden * 0.0, output):
        assert (cohesion.log_odds(texts)[1:] == np.round(output[-1], 3)).all()
    assert (cohesion.log_odds(texts) == before).all()


def test_stored_weights_are_numbers():
    for part in ("starts", "starts_unread"):
        assert np.isfinite(evidence.weights(part, TERMS)).all()
    for part in ("lists", "lists_unread"):
        assert np.isfinite(evidence.weights(part, LIST_TERMS)).all()
    hidden, output = cohesion.weights()
    assert hidden.shape == (len(output) - 1, len(cohesion.FEATURES) + 1)
    assert np.isfinite(hidden).all()
    assert np.isfinite(output).all()


def test_a_regression_without_an_answer_is_no_weights():
    with pytest.raises(ValueError, match="not finite"):
        fit._regression(np.array([[np.nan], [1.0]]), np.array([True, False]), np.ones(2))
