"""Events: three signs must agree before articles in different words are one event."""

import random
from datetime import date

import numpy as np
import pytest

from pipelines.text.resolution.events import EventArticle, group_events

BLAST, RATES = np.eye(8)[0], np.eye(8)[1]


def article(
    article_id: str, *names: str, vector: np.ndarray = BLAST, day: int | None = 1, story: str | None = None
) -> EventArticle:
    return EventArticle(
        article_id=article_id, story_id=story or f"s-{article_id}", names=frozenset(names), vector=vector,
        published_on=date(2026, 3, day) if day else None,
    )  # fmt: skip


def groups(*articles: EventArticle) -> set[frozenset[str]]:
    members = group_events(articles)
    return {frozenset(m.article_id for m in members if m.event_id == event) for event in {m.event_id for m in members}}


PAIR = (article("a", "Ruiz", "Karstadt", "Hale"), article("b", "Ruiz", "Karstadt", "Moss"))


def test_the_same_names_words_and_days_make_an_event() -> None:
    assert groups(*PAIR, article("c", "Lund", "Oduya", "Perez", vector=RATES)) == {frozenset("ab")}


@pytest.mark.parametrize(
    "other",
    [
        article("b", "Ruiz", "Karstadt", "Moss", vector=RATES),
        article("b", "Ruiz", "Karstadt", "Moss", day=20),
        article("b", "Ruiz", "Moss", "Lund"),
        article("b", "Perez", "Oduya", "Lund"),
        article("b"),
    ],
    ids=["other words", "other days", "one name in common", "other names", "no names"],
)
def test_each_sign_is_needed(other: EventArticle) -> None:
    assert groups(PAIR[0], other) == set()


def test_names_that_all_articles_have_are_no_sign() -> None:
    beat = [article(f"{n:03}", "Moscow", "Kyiv", "NATO", f"Person {n}") for n in range(60)]
    assert groups(*beat) == set()


def test_reprints_are_in_the_event_of_their_story_and_make_none_alone() -> None:
    reprint = article("c", "Ruiz", "Karstadt", "Hale", story="s-a")
    assert groups(*PAIR, reprint) == {frozenset("abc")}
    assert groups(PAIR[0], reprint) == set()


def test_the_order_does_not_matter_and_scores_are_shares() -> None:
    source = random.Random(1)
    names = [f"N{n}" for n in range(40)]
    articles = [
        article(f"{n:03}", *source.sample(names, 4), vector=np.eye(8)[n % 3], day=1 + n % 20) for n in range(120)
    ]
    found = group_events(articles)
    source.shuffle(articles)
    assert group_events(articles) == found
    assert all(0 < m.score <= 1 for m in found)
    assert len({m.article_id for m in found}) == len(found)


def test_nothing_gives_nothing() -> None:
    assert group_events([]) == []
