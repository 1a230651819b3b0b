"""Which topics an article has, and how sure that is.

Two kinds of evidence are weighed for each top-level topic: its share of the lexicon terms that the article uses, those
in the title counting more, and how much closer the article's vector lies to the vectors of the topic's terms than to
those of other topics. A logistic function turns both into a score between 0 and 1; its coefficients, and the
thresholds, are in `scoring.json`. Articles about none of the topics get none.
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
from pipelines.text.resolution.topics.taxonomy import Topic, read_topics
from pipelines.text.vectors import text_vectors

BEST_VECTORS = 3
"""A text is as similar to a top-level topic as to the closest vectors of the topic and its second level, on average."""
EVIDENCE_TERMS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleTopic:
    """A topic of an article."""

    topic_id: str
    score: float
    """0–1, rounded to 4 places: roughly the probability that a reader would give the article this topic."""
    evidence: str
    """The words that speak for it, as they stand in the text (case folded), comma separated, the weightiest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """Coefficients and thresholds, as `scoring.json` gives them."""

    title_weight: float
    standfirst_weight: float
    share_prior: float
    """Added to an article's term weights before shares are taken, so that a single term in a short text says little."""
    intercept: float
    lexicon_share: float
    similarity: float
    threshold: float
    max_topics: int
    second_level_share: float
    """Least share of its parent's term weights for a second-level topic to be given."""
    second_level_threshold: float


class TopicModel:
    """Gives articles topics. Immutable after loading, apart from a cache of words."""

    def __init__(self, topics: Iterable[Topic], lexicon: Iterable[LexiconEntry], scoring: Scoring) -> None:
        self.topics: tuple[Topic, ...] = tuple(topics)
        self._scoring = scoring
        self._row = {topic.topic_id: row for row, topic in enumerate(self.topics)}
        self._top = np.array([row for row, topic in enumerate(self.topics) if topic.parent_id is None])
        families: dict[int, list[int]] = {row: [row] for row in self._top.tolist()}
        for row, topic in enumerate(self.topics):
            if topic.parent_id is not None:
                families[self._row[topic.parent_id]].append(row)
        self._families = [np.array(families[row]) for row in self._top.tolist()]

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
        """The topics of an article, the surest first, each second-level topic after its parent; perhaps none."""
        (topics,) = self.classify_many([(title, standfirst, body)])
        return topics

    def classify_many(self, articles: Iterable[tuple[str | None, str | None, str]]) -> list[tuple[ArticleTopic, ...]]:
        """The topics of each (title, standfirst, body). What an article gets does not depend on the others."""
        return [self._classify(title or "", standfirst or "", body) for title, standfirst, body in articles]

    def _classify(self, title: str, standfirst: str, body: str) -> tuple[ArticleTopic, ...]:
        uses = self._weighted_uses(title, standfirst, body)
        # the title once more: it says best what the text is about
        (vector,) = text_vectors([f"{title} {title} {standfirst} {body}"])
        support, similarity = self._support(uses), self._vectors @ vector
        scores = self._top_scores(support, similarity)
        found: list[ArticleTopic] = []
        for place in np.argsort(-scores, kind="stable")[: self._scoring.max_topics].tolist():
            if scores[place] < self._scoring.threshold:
                break
            found.append(self._article_topic(int(self._top[place]), scores[place], uses))
            found += self._second_level(place, scores[place], support, similarity, uses)
        return tuple(found)

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

    def _support(self, uses: dict[int, tuple[float, str]]) -> NDArray[np.float64]:
        """Sum of the weights of the terms used, per topic."""
        support = np.zeros(len(self.topics))
        for index, (use, _) in uses.items():
            for row, weight in self._term_weights[index]:
                support[row] += weight * use
        return support

    def _top_scores(self, support: NDArray[np.float64], similarity: NDArray[np.float64]) -> NDArray[np.float64]:
        """Score of each top-level topic, rounded, in the order of the taxonomy."""
        share = support[self._top] / (support[self._top].sum() + self._scoring.share_prior)
        # a topic's share tells most where it is small: the root lets second and third topics be seen beside the first
        closeness = np.array([np.sort(similarity[family])[-BEST_VECTORS:].mean() for family in self._families])
        spread = closeness.std()
        standing = (closeness - closeness.mean()) / spread if spread > 0 else np.zeros_like(closeness)
        logit = (
            self._scoring.intercept + self._scoring.lexicon_share * np.sqrt(share) + self._scoring.similarity * standing
        )
        return np.round(1 / (1 + np.exp(-logit)), 4)

    def _second_level(
        self,
        place: int,
        parent_score: float,
        support: NDArray[np.float64],
        similarity: NDArray[np.float64],
        uses: dict[int, tuple[float, str]],
    ) -> list[ArticleTopic]:
        """The one second-level topic on which terms and vectors agree, if there is one."""
        parent, *children = self._families[place].tolist()
        if not children or support[parent] <= 0:
            return []
        best = max(children, key=lambda row: (support[row], -row))
        share = support[best] / (support[parent] + self._scoring.share_prior)
        score = round(float(parent_score * math.sqrt(share)), 4)
        if (
            share < self._scoring.second_level_share
            or score < self._scoring.second_level_threshold
            or similarity[best] < max(similarity[row] for row in children)
        ):
            return []
        return [self._article_topic(best, score, uses)]

    def _article_topic(self, row: int, score: float, uses: dict[int, tuple[float, str]]) -> ArticleTopic:
        weighty = [
            (-weight * use, surface)
            for index, (use, surface) in uses.items()
            for term_row, weight in self._term_weights[index]
            if term_row == row
        ]
        words = list(dict.fromkeys(surface for _, surface in sorted(weighty)))[:EVIDENCE_TERMS]
        return ArticleTopic(topic_id=self.topics[row].topic_id, score=float(score), evidence=", ".join(words))

    def _weigh_terms(self, entries: list[LexiconEntry]) -> list[list[tuple[int, float]]]:
        """Per term the rows of the topics that it speaks for, with weights: its own topic and that topic's parent."""
        weights: list[dict[int, float]] = [{} for _ in self._finder.terms]
        index = {term: position for position, term in enumerate(self._finder.terms)}
        for entry in entries:
            topic = self.topics[self._row[entry.topic_id]]
            rows = [self._row[topic.topic_id]] + ([self._row[topic.parent_id]] if topic.parent_id is not None else [])
            of_term = weights[index[entry.term]]
            for row in rows:
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
