"""The splitter's weights: a small network for the text's cohesion first, then regressions for the signs of a start."""

import json
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import nullcontext

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from pipelines.text.splitting import cohesion, evidence
from pipelines.text.splitting.lists import LIST_TERMS, list_measures
from pipelines.text.splitting.reading import read_layout
from pipelines.text.splitting.signs import TERMS, measures
from pipelines.training.splitter.articles import SourceArticle
from pipelines.training.splitter.layouts import KINDS, Dump, chained, random_dump

COHESION_SEEDS = range(300)
START_SEEDS = range(1000, 1960)
_RIDGE = 3.0
_NETWORKS = 5
_HIDDEN = 12
"""Hidden units of each."""
_DECAY = 20.0
"""Of their weights; like the ridge, but for measures brought to one scale."""
_SMALL = 20
"""Articles of a source below which it is small."""
_UNITS = 600
"""Units from which on a dump counts no more than others, however long it is."""


def fit_cohesion(
    articles: Sequence[SourceArticle], seeds: Iterable[int] = COHESION_SEEDS
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights of `cohesion.joined`, from bodies that stand one after another without any layout.

    They are those of several networks side by side, each fitted on a draw of its own from the slots (bagging:
    Breiman 1996), since one alone depends on where its fit began.
    """
    sample = _Sample()
    for seed in seeds:
        texts, starts = _bodies(seed, articles)
        if len(texts) > 3:
            sample.add(cohesion.features(texts).T[1:], starts[1:])
    rows, labels, weights = sample.stacked()
    hidden, output = zip(
        *(_network(rows, labels, weights, np.random.default_rng(k)) for k in range(_NETWORKS)), strict=True
    )
    joined = [part[:-1] / _NETWORKS for part in output]
    return np.vstack(hidden), np.concatenate([*joined, [np.mean([part[-1] for part in output])]])


def fit_starts(
    articles: Sequence[SourceArticle],
    seeds: Iterable[int] = START_SEEDS,
    *,
    cohesive: bool = True,
    cohesion_seeds: Iterable[int] = COHESION_SEEDS,
) -> tuple[dict[str, float], dict[str, float]]:
    """Weights of `signs.TERMS` and of `lists.LIST_TERMS`, from dumps of all layouts.

    `cohesive` ones are for what the weights of cohesion say of texts that they were not fitted on: each half of the
    sources is read with weights fitted on the other half. The others are for texts whose cohesion is unread.
    """
    units, lists = _Sample(), _Sample()
    sources = sorted({article.source for article in articles})
    for turn in (0, 1) if cohesive and len(sources) > 1 else (None,):
        here, elsewhere = articles, articles
        if turn is not None:
            own = set(sources[turn::2])
            here = [article for article in articles if article.source in own]
            elsewhere = [article for article in articles if article.source not in own]
        with cohesion.using(*fit_cohesion(elsewhere, cohesion_seeds)) if cohesive else nullcontext():
            for seed in seeds:
                if turn is None or seed // len(KINDS) % 2 == turn:
                    _add_dump(units, lists, random_dump(seed, here), cohesive=cohesive)
    return (
        dict(zip(TERMS, _regression(*units.stacked()), strict=True)),
        dict(zip(LIST_TERMS, _regression(*lists.stacked()), strict=True)),
    )


def _add_dump(units: "_Sample", lists: "_Sample", dump: Dump, *, cohesive: bool) -> None:
    read = read_layout(dump.text, paragraphs=None if cohesive else 0)
    first_lines = {article["start_line"] for article in dump.articles}
    starts = np.array([unit.first_line in first_lines for unit in read.units])
    free = np.array([kind is None for kind in read.blocks.kind])
    free[0] = False  # the first unit starts something in any case
    terms = measures(read)
    units.add(terms[free], starts[free])
    runs, terms = list_measures(read)
    if runs:
        lists.add(terms, np.array([starts[run.start : run.stop].any() for run in runs]))


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


def write_cohesion(hidden: NDArray[np.float64], output: NDArray[np.float64]) -> None:
    """Writes the weights of `cohesion.joined`, rounded to thousandths, a hidden unit a line."""
    names = (*cohesion.FEATURES, "bias")
    units = [dict(zip(names, (round(float(value), 3) for value in unit), strict=True)) for unit in hidden]
    text = ",\n    ".join(json.dumps(unit) for unit in units)
    about = (
        "Network of one hidden layer: log-odds that an article starts at a paragraph, from measures of cohesion "
        "(pipelines/text/splitting/cohesion.py)."
    )
    last = json.dumps([round(float(value), 3) for value in output[:-1]]), json.dumps(round(float(output[-1]), 3))
    cohesion.WEIGHTS.write_text(
        f'{{\n  "description": {json.dumps(about)},\n  "hidden": [\n    {text}\n  ],\n'
        f'  "output": {last[0]},\n  "bias": {last[1]}\n}}\n',
        encoding="utf-8",
    )


def write_starts(**parts: dict[str, float]) -> None:
    """Writes the weights of the terms of `signs` and `lists`, rounded to hundredths."""
    about = (
        "Log-odds that an article starts at a unit: weights of the terms of pipelines/text/splitting (signs, lists)."
    )
    rounded = {part: {name: round(value, 2) for name, value in values.items()} for part, values in parts.items()}
    text = json.dumps({"description": about, **rounded}, indent=2)
    evidence.WEIGHTS.write_text(text + "\n", encoding="utf-8")


def _bodies(seed: int, articles: Sequence[SourceArticle]) -> tuple[list[str], NDArray[np.bool_]]:
    """Paragraphs of articles of one source, or of several small ones, in a row, and whether each starts an article."""
    rng = random.Random(seed)
    pool = [article for article in articles if len(article.prose) > 1]
    number = Counter(article.source for article in pool)
    small = sorted(source for source in number if number[source] < _SMALL)
    # small sources stand alone, as texts on one subject, and together
    pools = [{source} for source in sorted(number) if number[source] >= _SMALL]
    pools += [{rng.choice(small)}, set(small)] if small else []
    own = pools[seed % len(pools)]
    pool = [article for article in pool if article.source in own]
    rng.shuffle(pool)
    if rng.random() < 0.4 and len(pool) > 2:
        pool = chained(pool)
    texts: list[str] = []
    starts: list[bool] = []
    for article in pool[: rng.choice([1, 3, 6, 15, 40, 40])]:
        texts += article.prose
        starts += [k == 0 for k in range(len(article.prose))]
    return texts, np.array(starts, bool)


def _network(
    rows: NDArray[np.float64], labels: NDArray[np.bool_], weights: NDArray[np.float64], rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights of one hidden layer and of the output, each with what is added last, by L-BFGS with weight decay."""
    drawn = rng.choice(len(rows), int(weights.sum()), p=weights / weights.sum())
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    x = np.hstack([(rows[drawn] - mean) / scale, np.ones((len(drawn), 1))])
    y = labels[drawn].astype(float)
    inner = _HIDDEN * x.shape[1]
    decay = np.full(inner + _HIDDEN + 1, _DECAY)
    decay[x.shape[1] - 1 : inner : x.shape[1]] = decay[-1] = 0.0  # what is added is not held back

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        hidden, output = flat[:inner].reshape(_HIDDEN, -1), flat[inner:]
        act = np.tanh(x @ hidden.T)
        z = act @ output[:-1] + output[-1]
        wrong = 1.0 / (1.0 + np.exp(-z)) - y
        back = (wrong[:, None] * output[:-1]) * (1.0 - act * act)
        slope = np.concatenate([(back.T @ x).ravel(), act.T @ wrong, [wrong.sum()]])
        return float((np.logaddexp(0.0, z) - y * z).sum() + (decay * flat) @ flat / 2), slope + decay * flat

    found = minimize(loss, rng.normal(0.0, 0.2, len(decay)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    hidden, output = found[:inner].reshape(_HIDDEN, -1), found[inner:]
    unscaled = hidden[:, :-1] / scale
    return np.hstack([unscaled, hidden[:, -1:] - unscaled @ mean[:, None]]), output


def _regression(rows: NDArray[np.float64], labels: NDArray[np.bool_], weights: NDArray[np.float64]) -> list[float]:
    """Ridge logistic regression without a constant, by Newton's method: a weight for each column of `rows`.

    Columns are brought to one scale first, so that the ridge is as hard on each. ValueError where none is found.
    """
    scale = np.sqrt((rows * rows).mean(axis=0)) + 1e-9
    x = rows / scale
    ridge = np.full(x.shape[1], _RIDGE)
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
