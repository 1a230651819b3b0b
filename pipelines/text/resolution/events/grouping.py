"""Groups articles that tell of the same event in different words, by three signs that must agree.

They name the same things (weighted by how rare these are), they read alike (vectors of title and opening), and they
were published within a few days of one another. Experimental: nothing else builds on these groups.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from itertools import combinations
from math import log

import numpy as np

MAX_DAYS = 4
"""Articles further apart in time tell of other events; an undated article can be of any time."""
MAX_NAMED = 40
COMMON = 0.03
"""Things that more articles name, or a larger share of them, propose no pair and count for none: they tell of a beat,
not of an event. It keeps the number of pairs linear, too."""
LEAST_SCORE = 0.55
LEAST_UNDATED = 0.7
"""What the score must be where it is not known that the two were published at about the same time."""
LEAST_ON_AVERAGE = 0.4
"""Groups join if the mean score over all their pairs is as high, so that a chain of half likenesses is no event."""
LEAST_SIMILARITY = 0.5
MAX_ARTICLES = 200
"""Stories in one event at most."""
LEAST_NAMES = 2
"""So many rarer things two articles must both name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventArticle:
    """What grouping needs to know of an article."""

    article_id: str
    story_id: str
    published_on: date | None
    names: frozenset[str]
    """Keys of the persons, bodies and places it names."""
    vector: np.ndarray
    """Unit vector of title and opening; shape (n,)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMember:
    """An article in an event."""

    article_id: str
    event_id: str
    score: float
    """How well it goes with the event's closest other article, 0 to 1; 1 for a reprint of it."""


def group_events(articles: Iterable[EventArticle]) -> list[EventMember]:
    """The events with at least two stories, sorted by article_id; articles in none are left out.

    The order of `articles` does not matter. An event goes by its first story (16 hex digits from its id).
    """
    stories: dict[str, list[EventArticle]] = defaultdict(list)
    for article in sorted(articles, key=lambda a: a.article_id):
        stories[article.story_id].append(article)
    heads = [members[0] for _, members in sorted(stories.items())]
    names = _rare_names(heads)
    scores: dict[tuple[int, int], float] = {}
    for a, b in _candidates(heads, names):
        score = _score(heads[a], heads[b], names[a], names[b])
        dated = heads[a].published_on is not None and heads[b].published_on is not None
        if score >= (LEAST_SCORE if dated else LEAST_UNDATED):
            scores[a, b] = score
    groups = _joined(scores)
    members = [
        EventMember(
            article_id=article.article_id,
            event_id=blake2b(heads[group[0]].story_id.encode(), digest_size=8).hexdigest(),
            score=max(scores.get((min(place, o), max(place, o)), 0.0) for o in group if o != place),
        )
        for group in groups
        for place in group
        for article in stories[heads[place].story_id]
    ]
    return sorted(members, key=lambda m: m.article_id)


def _joined(scores: Mapping[tuple[int, int], float]) -> list[list[int]]:
    """Groups of places, each sorted: the likeliest pairs join first, groups only if they are alike on average."""
    group_of: dict[int, list[int]] = {}
    for (a, b), _ in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        one, other = group_of.get(a, [a]), group_of.get(b, [b])
        if one is other:
            continue
        total = sum(scores.get((min(i, j), max(i, j)), 0.0) for i in one for j in other)
        if total < LEAST_ON_AVERAGE * len(one) * len(other) or len(one) + len(other) > MAX_ARTICLES:
            continue
        joined = sorted(one + other)
        for place in joined:
            group_of[place] = joined
    return sorted({id(group): group for group in group_of.values()}.values())


def _rare_names(articles: Sequence[EventArticle]) -> list[dict[str, float]]:
    """Of each article the names that few others have, with their inverse document frequency, 1 for its own alone."""
    counts: dict[str, int] = defaultdict(int)
    for article in articles:
        for name in article.names:
            counts[name] += 1
    most = min(MAX_NAMED, max(COMMON * len(articles), 4))
    scale = log(len(articles) + 1) or 1.0
    weights = {n: log((len(articles) + 1) / count) / scale for n, count in counts.items() if count <= most}
    return [{name: weights[name] for name in sorted(a.names) if name in weights} for a in articles]


def _candidates(articles: Sequence[EventArticle], names: Sequence[Mapping[str, float]]) -> list[tuple[int, int]]:
    """Pairs of places that share enough of the rarer names and are close in time."""
    holders: dict[str, list[int]] = defaultdict(list)
    for place, own in enumerate(names):
        for name in own:
            holders[name].append(place)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for places in holders.values():
        for pair in combinations(places, 2):
            shared[pair] += 1
    return sorted(
        pair for pair, count in shared.items()
        if count >= LEAST_NAMES and _close(articles[pair[0]].published_on, articles[pair[1]].published_on)
    )  # fmt: skip


def _close(one: date | None, other: date | None) -> bool:
    return one is None or other is None or abs((one - other).days) <= MAX_DAYS


def _score(
    one: EventArticle, other: EventArticle, one_names: Mapping[str, float], other_names: Mapping[str, float]
) -> float:
    similarity = float(one.vector @ other.vector)
    if similarity < LEAST_SIMILARITY:
        return 0.0
    common = sum(weight for name, weight in one_names.items() if name in other_names)
    smaller = min(sum(one_names.values()), sum(other_names.values()))
    # the geometric mean: neither sign makes up for the other
    return round((similarity * min(common / smaller, 1.0)) ** 0.5, 4) if smaller else 0.0
