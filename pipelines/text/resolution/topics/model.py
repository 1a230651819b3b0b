"""Which topics an article has, and how sure that is.

Two kinds of evidence are weighed for each top-level topic: the lexicon terms that speak for it, against all that the
article uses, those in the title counting more; and how much closer the article's vector lies to the vectors of the
topic's terms than to those of other topics. A logistic function turns both into a score between 0 and 1; its
coefficients, and the thresholds, are in `scoring.json`. Below a top-level topic follow the topics of the levels below
for which the terms speak clearly. An article that no topic fits gets none, and the reason is said.
"""

import json
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipelines.text.resolution.topics.lexicon import LexiconEntry, TermFinder, read_lexicon
from pipelines.text.resolution.topics.taxonomy import Topic, ancestors, read_topics
from pipelines.text.vectors import text_vectors

BEST_VECTORS = 3
"""A text is as similar to a top-level topic as to the closest vectors of the topic and those below it, on average."""
EVIDENCE_TERMS = 8

NO_TERMS = "no terms"
"""The text uses no term of the lexicon: nothing could be shown as evidence."""
NO_CONFIDENCE = "not sure"
"""No topic's score reaches the threshold."""


_Evidence = dict[int, list[tuple[float, str]]]
"""Row of a topic → what speaks for it: weight, below zero so that the weightiest come first, and form in the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleTopic:
    """A topic of an article."""

    topic_id: str
    score: float
    """0–1, rounded to 4 places: roughly the probability that a reader would give the article this topic."""
    evidence: str
    """The words that speak for it, as they stand in the text (case folded), comma separated, the weightiest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The topics of an article, or why it has none."""

    topics: tuple[ArticleTopic, ...]
    """The surest first, each topic of a lower level after its parent; perhaps none."""
    reason: str | None
    """Why there are none, one of the `NO_...` values; None where there are some."""
    likeliest: ArticleTopic | None
    """The top-level topic with the highest score, given or not; None where no term of the lexicon is used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """Coefficients and thresholds, as `scoring.json` gives them."""

    title_weight: float
    standfirst_weight: float
    intercept: float
    topic_terms: float
    """Of ln(1 + summed weights of the topic's terms)."""
    all_terms: float
    """Of ln(1 + summed weights of the terms of all topics); below zero: what speaks for others speaks against."""
    similarity: float
    """Of the topic's standing among all by similarity, in standard deviations."""
    first_threshold: float
    """Least score for the likeliest topic to be given."""
    threshold: float
    """Least score for a further one."""
    max_topics: int
    lower_level_share: float
    """Least share of the term weights of a topic and its siblings for a topic below the top to be given."""
    lower_level_prior: float
    """Added to those weights before the share is taken: a single term decides nothing."""
    lower_level_threshold: float


class TopicModel:
    """Gives articles topics. Immutable after loading, apart from a cache of words."""

    def __init__(self, topics: Iterable[Topic], lexicon: Iterable[LexiconEntry], scoring: Scoring) -> None:
        self.topics: tuple[Topic, ...] = tuple(topics)
        self._scoring = scoring
        self._row = {topic.topic_id: row for row, topic in enumerate(self.topics)}
        self._top = np.array([row for row, topic in enumerate(self.topics) if topic.parent_id is None])
        lines = ancestors(self.topics)
        self._lines = [[self._row[topic_id] for topic_id in lines[topic.topic_id]] for topic in self.topics]
        families: dict[int, list[int]] = {row: [] for row in self._top.tolist()}
        self._children: list[list[int]] = [[] for _ in self.topics]
        for row, line in enumerate(self._lines):
            families[line[-1]].append(row)
            if len(line) > 1:
                self._children[line[1]].append(row)
        own = [families[row] for row in self._top.tolist()]
        most = max((len(rows) for rows in own), default=0)
        # each padded to the same length, so that all are looked at in one go
        self._families = np.array([rows + rows[:1] * (most - len(rows)) for rows in own], dtype=np.intp)
        self._padding = np.array([[i >= len(rows) for i in range(most)] for rows in own], dtype=bool)

        entries = sorted(lexicon, key=lambda entry: (entry.topic_id, entry.term))
        self._finder = TermFinder(entry.term for entry in entries)
        self._term_weights = self._weigh_terms(entries)
        self._vectors = self._topic_vectors(entries)

    @classmethod
    def load(cls, folder: Path) -> "TopicModel":
        """Reads `topics.csv`, `lexicon.csv` and `scoring.json`; ValueError or KeyError where they are inconsistent."""
        return cls(
            read_topics(folder / "topics.csv"),
            read_lexicon(folder / "lexicon.csv"),
            Scoring(**json.loads((folder / "scoring.json").read_text(encoding="utf-8"))),
        )

    def classify(self, title: str | None, standfirst: str | None, body: str) -> tuple[ArticleTopic, ...]:
        """The topics of an article, the surest first, each topic of a lower level after its parent; perhaps none."""
        return self.decide(title, standfirst, body).topics

    def decide(self, title: str | None, standfirst: str | None, body: str) -> Decision:
        """The topics of an article, or the reason why it has none."""
        title, standfirst = title or "", standfirst or ""
        support, uses = self._support(self._weighted_uses(title, standfirst, body))
        scores = self._top_scores(support, self._similarity(title, standfirst, body))
        scores[support[self._top] <= 0] = 0.0  # a topic without evidence is not given
        ranked = np.argsort(-scores, kind="stable")[: self._scoring.max_topics].tolist()
        if scores[ranked[0]] <= 0:
            return Decision(topics=(), reason=NO_TERMS, likeliest=None)
        likeliest = self._article_topic(int(self._top[ranked[0]]), scores[ranked[0]], uses)
        if likeliest.score < self._scoring.first_threshold:
            return Decision(topics=(), reason=NO_CONFIDENCE, likeliest=likeliest)
        found: list[ArticleTopic] = []
        for place in ranked:
            if found and scores[place] < self._scoring.threshold:
                break
            row = int(self._top[place])
            found.append(self._article_topic(row, scores[place], uses))
            found += self._below(row, scores[place], support, uses)
        return Decision(topics=tuple(found), reason=None, likeliest=likeliest)

    def _weighted_uses(self, title: str, standfirst: str, body: str) -> dict[int, tuple[float, str]]:
        """Index of a term → its uses, weighted by where they stand and dampened, and its form in the text."""
        weighted: dict[int, float] = defaultdict(float)
        surfaces: dict[int, str] = {}
        for text, weight in (
            (title, self._scoring.title_weight),
            (standfirst, self._scoring.standfirst_weight),
            (body, 1.0),
        ):
            for index, use in self._finder.find(text).items():
                weighted[index] += weight * use.count
                surfaces.setdefault(index, use.surface)
        return {index: (math.log1p(count), surfaces[index]) for index, count in weighted.items()}

    def _support(self, uses: dict[int, tuple[float, str]]) -> tuple[NDArray[np.float64], _Evidence]:
        """Sum of the weights of the terms used, per topic, and what it is made of."""
        support = [0.0] * len(self.topics)
        weighty: _Evidence = defaultdict(list)
        for index, (use, surface) in uses.items():
            for row, weight in self._term_weights[index]:
                support[row] += weight * use
                weighty[row].append((-weight * use, surface))
        return np.array(support), weighty

    def evidence(self, title: str | None, standfirst: str | None, body: str) -> NDArray[np.float64]:
        """What is weighed for each top-level topic, in the order of the taxonomy: an array of topics by 3.

        The columns are those that `topic_terms`, `all_terms` and `similarity` of the scoring weigh.
        """
        support, _ = self._support(self._weighted_uses(title or "", standfirst or "", body))
        return self._weigh(support, self._similarity(title or "", standfirst or "", body))

    def _similarity(self, title: str, standfirst: str, body: str) -> NDArray[np.float64]:
        """Cosine of the article and each topic."""
        # the title once more: it says best what the text is about
        (vector,) = text_vectors([f"{title} {title} {standfirst} {body}"])
        return self._vectors @ vector

    def _weigh(self, support: NDArray[np.float64], similarity: NDArray[np.float64]) -> NDArray[np.float64]:
        of_topic = support[self._top]
        of_families = np.where(self._padding, -np.inf, similarity[self._families])
        best = np.sort(of_families, axis=1)[:, -BEST_VECTORS:]
        known = np.isfinite(best)
        closeness = np.where(known, best, 0.0).sum(axis=1) / known.sum(axis=1)
        spread = closeness.std()
        standing = (closeness - closeness.mean()) / spread if spread > 0 else np.zeros_like(closeness)
        return np.column_stack([np.log1p(of_topic), np.full(len(of_topic), math.log1p(of_topic.sum())), standing])

    def _top_scores(self, support: NDArray[np.float64], similarity: NDArray[np.float64]) -> NDArray[np.float64]:
        """Score of each top-level topic, rounded, in the order of the taxonomy."""
        scoring = self._scoring
        weights = np.array([scoring.topic_terms, scoring.all_terms, scoring.similarity])
        return np.round(1 / (1 + np.exp(-(scoring.intercept + self._weigh(support, similarity) @ weights))), 4)

    def _below(
        self,
        parent: int,
        parent_score: float,
        support: NDArray[np.float64],
        uses: _Evidence,
    ) -> list[ArticleTopic]:
        """The one topic below `parent` that the terms speak for most, if they do so clearly, and what is below that."""
        children = self._children[parent]
        if not children or support[parent] <= 0:
            return []
        best = max(children, key=lambda row: (support[row], -row))
        # against its siblings: terms that stand at the parent itself say nothing about which of them it is
        share = support[best] / (support[children].sum() + self._scoring.lower_level_prior)
        score = round(float(parent_score * math.sqrt(share)), 4)
        if share < self._scoring.lower_level_share or score < self._scoring.lower_level_threshold:
            return []
        return [self._article_topic(best, score, uses), *self._below(best, score, support, uses)]

    def _article_topic(self, row: int, score: float, uses: _Evidence) -> ArticleTopic:
        words = list(dict.fromkeys(surface for _, surface in sorted(uses.get(row, ()))))[:EVIDENCE_TERMS]
        return ArticleTopic(topic_id=self.topics[row].topic_id, score=float(score), evidence=", ".join(words))

    def _weigh_terms(self, entries: list[LexiconEntry]) -> list[list[tuple[int, float]]]:
        """Per term the rows of the topics that it speaks for, with weights: its own topic and those above it."""
        weights: list[dict[int, float]] = [{} for _ in self._finder.terms]
        index = {term: position for position, term in enumerate(self._finder.terms)}
        for entry in entries:
            of_term = weights[index[entry.term]]
            for row in self._lines[self._row[entry.topic_id]]:
                of_term[row] = max(of_term.get(row, 0.0), entry.weight)
        return [sorted(of_term.items()) for of_term in weights]

    def _topic_vectors(self, entries: list[LexiconEntry]) -> NDArray[np.float64]:
        """One unit vector per topic: the weighted mean over its terms, or its definition's where it has none."""
        vectors = text_vectors([f"{topic.name}. {topic.definition}" for topic in self.topics])
        sums: dict[int, NDArray[np.float64]] = {}
        for entry, vector in zip(entries, text_vectors([e.term.replace("*", "") for e in entries]), strict=True):
            row = self._row[entry.topic_id]
            sums[row] = sums.get(row, np.zeros(len(vector))) + entry.weight * vector
        for row, total in sums.items():
            vectors[row] = total / np.linalg.norm(total)
        return vectors
