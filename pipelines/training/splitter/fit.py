"""Logistic regressions that give the splitter's weights: cohesion of the text first, then the signs of a start."""

import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipelines.text.splitting import cohesion, evidence
from pipelines.text.splitting.split import read_layout
from pipelines.training.splitter.articles import SourceArticle
from pipelines.training.splitter.layouts import chained, random_dump

COHESION_SEEDS = range(160)
START_SEEDS = range(1000, 1480)
_RIDGE = 3.0
_UNITS = 600
"""Units from which on a dump counts no more than others, however long it is."""


def fit_cohesion(articles: Sequence[SourceArticle], seeds: Iterable[int] = COHESION_SEEDS) -> dict[str, float]:
    """Weights of `cohesion.FEATURES` and the bias, from bodies that stand one after another without any layout."""
    sample = _Sample()
    for seed in seeds:
        texts, starts = _bodies(seed, articles)
        if len(texts) > 3:
            sample.add(cohesion.features(texts).T[1:], starts[1:])
    found = _regression(*sample.stacked())
    return dict(zip((*cohesion.FEATURES, "bias"), found, strict=True))


def fit_starts(
    articles: Sequence[SourceArticle], seeds: Iterable[int] = START_SEEDS, *, cohesive: bool = True
) -> tuple[dict[str, float], dict[str, float]]:
    """Weights of `evidence.TERMS` and of `evidence.LIST_TERMS`, from dumps of all layouts.

    `cohesive` ones need those of cohesion to stand already; the others are for texts whose cohesion is unread.
    """
    units = _Sample()
    lists = _Sample()
    for seed in seeds:
        dump = random_dump(seed, articles)
        read = read_layout(dump.text, paragraphs=None if cohesive else 0)
        first_lines = {article["start_line"] for article in dump.articles}
        starts = np.array([unit.first_line in first_lines for unit in read.units])
        free = np.array([kind is None for kind in read.blocks.kind])
        free[0] = False  # the first unit starts something in any case
        terms = evidence.measures(read.units, read.shapes, read.found, read.blocks, read.cohesion)
        units.add(terms[free], starts[free])
        runs, terms = evidence.list_measures(read.shapes, read.found, read.blocks, read.cohesion)
        if runs:
            lists.add(terms, np.array([starts[run.start : run.stop].any() for run in runs]))
    return (
        dict(zip(evidence.TERMS, _regression(*units.stacked(), constant=False), strict=True)),
        dict(zip(evidence.LIST_TERMS, _regression(*lists.stacked(), constant=False), strict=True)),
    )


class _Sample:
    """Rows to fit on, each dump's together of a limited weight."""

    def __init__(self) -> None:
        self._rows: list[NDArray[np.float64]] = []
        self._labels: list[NDArray[np.bool_]] = []

    def add(self, rows: NDArray[np.float64], labels: NDArray[np.bool_]) -> None:
        self._rows.append(rows)
        self._labels.append(labels)

    def stacked(self) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.float64]]:
        weights = [np.full(len(labels), min(1.0, _UNITS / len(labels))) for labels in self._labels]
        return np.vstack(self._rows), np.concatenate(self._labels), np.concatenate(weights)


def write_weights(path: Path, description: str, **parts: dict[str, float]) -> None:
    """Writes weights to a JSON file, rounded to hundredths."""
    rounded = {part: {name: round(value, 2) for name, value in values.items()} for part, values in parts.items()}
    path.write_text(json.dumps({"description": description, **rounded}, indent=2) + "\n", encoding="utf-8")


def _bodies(seed: int, articles: Sequence[SourceArticle]) -> tuple[list[str], NDArray[np.bool_]]:
    """Paragraphs of articles of one source one after another, and whether each starts one."""
    rng = random.Random(seed)
    sources = sorted({article.source for article in articles})
    source = sources[seed % len(sources)]
    pool = [article for article in articles if article.source == source and len(article.prose) > 1]
    rng.shuffle(pool)
    if rng.random() < 0.4 and len(pool) > 2:
        pool = chained(pool)
    texts: list[str] = []
    starts: list[bool] = []
    for article in pool[: rng.choice([1, 3, 6, 15, 40, 40])]:
        texts += article.prose
        starts += [k == 0 for k in range(len(article.prose))]
    return texts, np.array(starts, bool)


def _regression(
    rows: NDArray[np.float64], labels: NDArray[np.bool_], weights: NDArray[np.float64], *, constant: bool = True
) -> list[float]:
    """Ridge logistic regression by Newton's method; the constant, where asked for, comes last.

    Columns are brought to one scale first, so that the ridge is as hard on each. ValueError where none is found.
    """
    scale = np.sqrt((rows * rows).mean(axis=0)) + 1e-9
    x = rows / scale
    ridge = np.full(x.shape[1], _RIDGE)
    if constant:
        x = np.hstack([x, np.ones((len(x), 1))])
        scale, ridge = np.append(scale, 1.0), np.append(ridge, 1e-3)
    found = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1.0 / (1.0 + np.exp(-np.clip(x @ found, -30.0, 30.0)))
        gradient = x.T @ (weights * (labels - p)) - ridge * found
        curvature = (x * (weights * p * (1.0 - p))[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(curvature, gradient)
        found += step
        if np.abs(step).max() < 1e-7:
            break
    if not np.isfinite(found).all():
        raise ValueError("the weights found are not finite: a measure is not a number")
    return [float(value) for value in found / scale]
