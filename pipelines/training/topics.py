"""Fits the coefficients of the topics' scores on labelled articles, and says how far the scores can be trusted.

Not needed to run the pipeline. `python -m pipelines.training.topics` prints what cross-validation finds and writes the
coefficients into `models/topics/scoring.json`; `--check` prints only. A logistic regression with the same four
coefficients for every topic: with so few, one topic's articles teach about all.
"""

import argparse
import csv
import itertools
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipelines.text.resolution.topics import TopicModel

ARTICLES = Path(__file__).parent / "data" / "topic_articles.tsv"
MODELS = Path(__file__).parents[2] / "models" / "topics"
FOLDS = 5
PENALTY = 0.5
"""Of the squared coefficients, in units of one article."""
BANDS = (0.0, 0.05, 0.15, 0.25, 0.4, 0.6, 0.8, 0.9, 0.97, 1.01)
COEFFICIENTS = ("intercept", "topic_terms", "all_terms", "similarity")

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledArticle:
    """An article and the top-level topics that a reader would give it, by name."""

    topics: tuple[str, ...]
    """The main one first."""
    also_right: frozenset[str]
    """Topics that are neither missed nor wrong."""
    title: str
    text: str


def read_articles(path: Path) -> list[LabelledArticle]:
    """Reads a table of `topics, also_right, title, text`, parted by tabs; topics are parted by semicolons."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            LabelledArticle(
                topics=tuple(row["topics"].split("; ")),
                also_right=frozenset(row["also_right"].split("; ")) - {""},
                title=row["title"],
                text=row["text"],
            )
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What is known of articles: n articles by 17 topics."""

    evidence: Floats
    """n × 17 × 4, a one before the three columns of `TopicModel.evidence`."""
    given: NDArray[np.bool_]
    """Whether a reader gives the article the topic."""
    counted: NDArray[np.bool_]
    """False where both answers are right."""

    def take(self, rows: Sequence[int] | NDArray[np.int64]) -> "Sample":
        """Some of the articles."""
        return Sample(evidence=self.evidence[rows], given=self.given[rows], counted=self.counted[rows])


def measure(model: TopicModel, articles: Iterable[LabelledArticle]) -> Sample:
    """The evidence for each topic in each article, and the topics that it has."""
    names = [topic.name for topic in model.topics if topic.parent_id is None]
    evidence, given, counted = [], [], []
    for article in articles:
        columns = model.evidence(article.title, None, article.text)
        evidence.append(np.column_stack([np.ones(len(columns)), columns]))
        given.append([name in article.topics for name in names])
        counted.append([name not in article.also_right for name in names])
    return Sample(evidence=np.array(evidence), given=np.array(given), counted=np.array(counted))


def fit(sample: Sample) -> Floats:
    """The coefficients with the greatest penalised likelihood, by Newton's method."""
    x, y = sample.evidence[sample.counted], sample.given[sample.counted].astype(np.float64)
    coefficients = np.zeros(x.shape[1])
    for _ in range(50):
        p = _logistic(x @ coefficients)
        slope = x.T @ (y - p) - PENALTY * coefficients
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + PENALTY * np.eye(x.shape[1]), slope)
        coefficients += step
        if np.abs(step).max() < 1e-10:
            break
    return coefficients


def cross_validate(sample: Sample) -> Floats:
    """The score of each topic in each article by coefficients fitted without that article's fold."""
    fold = np.arange(len(sample.evidence)) % FOLDS
    scores = np.zeros(sample.given.shape)
    for held_out in range(FOLDS):
        coefficients = fit(sample.take(np.flatnonzero(fold != held_out)))
        scores[fold == held_out] = _logistic(sample.evidence[fold == held_out] @ coefficients)
    return scores


def reliability(scores: Floats, sample: Sample) -> list[tuple[float, float, int]]:
    """Per band of scores the mean score, the share that is right, and how many there are."""
    table = []
    for low, high in itertools.pairwise(BANDS):
        band = sample.counted & (scores >= low) & (scores < high)
        if band.any():
            table.append((float(scores[band].mean()), float(sample.given[band].mean()), int(band.sum())))
    return table


def first_right(scores: Floats, sample: Sample) -> float:
    """The share of articles whose likeliest topic is right."""
    right = sample.given | ~sample.counted
    return float(right[np.arange(len(scores)), scores.argmax(axis=1)].mean())


def main() -> None:
    """Fits, tells and writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    arguments = parser.parse_args()
    sample = measure(TopicModel.load(MODELS), read_articles(ARTICLES))
    scores = cross_validate(sample)
    print(f"{len(scores)} articles, {FOLDS}-fold: likeliest topic right {first_right(scores, sample):.3f}")
    print("score  right  pairs")
    for mean, right, pairs in reliability(scores, sample):
        print(f"{mean:5.2f}  {right:5.2f}  {pairs:5}")
    fitted = dict(zip(COEFFICIENTS, (round(float(c), 3) for c in fit(sample)), strict=True))
    print(fitted)
    if not arguments.check:
        path = MODELS / "scoring.json"
        scoring = json.loads(path.read_text(encoding="utf-8")) | fitted
        path.write_text(json.dumps(scoring, indent=2) + "\n", encoding="utf-8")


def _logistic(x: Floats) -> Floats:
    return 1 / (1 + np.exp(-x))


if __name__ == "__main__":
    main()
