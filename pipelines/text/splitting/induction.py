"""A file's own layout: the rules that its starts follow, induced from the local evidence on all its units.

A rule is a conjunction of few atoms (a gap, a marker above, a byline below) at fixed distances from a unit. Many weak
votes for one simple rule outweigh stronger votes that no rule explains.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.text.splitting.atoms import SHAPE_ATOMS
from pipelines.text.splitting.evidence import BASE_RATE, BLOCKED

EMPTY_COST = 3.0
"""Of an article with hardly a word."""
MIN_ARTICLE_WORDS = 15
_LITERAL_COST = 1.5
_SHAPE_COST = 3.0
"""Of a literal about the form of a line, which the evidence knows already."""
_UNIT_COST = 0.3
"""Of each unit that a rule selects: of two rules with the same evidence, the one that says less of others is better."""
_FULL_RATE = 0.95
"""Share of a rule's units that start articles, as long as rules are searched."""
_BEAM = 24
_MAX_LITERALS = 3
_SECOND_RULE = 0.15
"""Share of the first rule's score that a second one must have."""
_SAMPLE = 6_000
"""Units among which rules are searched."""
_NEVER = -6.0
_KNOWN = 2.5
"""Of the unit that is known to start an article: as much as the best evidence gives."""
_RATES = np.array([0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98])
_RATE_PRIOR = np.array([0.3, 0.12, 0.08, 0.08, 0.08, 0.12, 0.22])
_USUAL = -1.5
"""Log-odds of a start on a unit like those that rules select, in files at large."""
_MAX_VOTE = 4.0
_MAX_CHANGE = 5.0
_ROUNDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The rules that say where this file's articles start: one, or one and a second for what it leaves over."""

    name: str
    rules: tuple[tuple[int, ...], ...]
    """Units of each rule, ascending; a unit belongs to the first rule that has it."""
    near: tuple[int, ...]
    """Units that fail a rule only in the form of their line: nothing is held against them."""
    score: float
    known: int
    """The unit that is taken to start the first article."""


def induce(
    t: NDArray[np.float64], names: Sequence[str], rows: NDArray[np.bool_], words: NDArray[np.int64], first: int
) -> Layout | None:
    """The conjunctions of atoms whose units carry the most evidence together: the file's rules for starting articles.

    Many weak votes for one simple rule outweigh stronger votes that no rule explains. Unit `first` is taken to start
    an article: a rule that has it explains what is known. Ties go to the rule with fewer literals, then to the order
    of the atoms.
    """
    costs = np.array([_SHAPE_COST if name.startswith(SHAPE_ATOMS) else _LITERAL_COST for name in names])
    evidence = _gain(t)
    evidence[first] = max(evidence[first], _KNOWN if t[first] > BLOCKED else _NEVER)
    usable = evidence > _NEVER
    best = _search(evidence, rows, costs, words)
    if best is None:
        return None
    score, literals = best
    mask = rows[list(literals)].all(axis=0) & usable
    rules, name = [mask], " and ".join(names[k] for k in literals)
    spared = _without_shapes(literals, names, rows)
    second = _search(np.where(mask, 0.0, evidence), rows, costs, words)
    if second is not None and second[0] >= _SECOND_RULE * score:
        rules.append(rows[list(second[1])].all(axis=0) & usable & ~mask)
        name += " or " + " and ".join(names[k] for k in second[1])
        spared |= _without_shapes(second[1], names, rows)
    return Layout(
        name=name,
        rules=tuple(tuple(int(i) for i in np.flatnonzero(rule)) for rule in rules),
        near=tuple(int(i) for i in np.flatnonzero(spared & ~np.logical_or.reduce(rules))),
        score=score,
        known=first,
    )


def _gain(t: NDArray[np.float64]) -> NDArray[np.float64]:
    """What a rule gains, in log-likelihood, by having a unit: over its starting an article as often as any does."""
    odds = np.exp(np.clip(t - BASE_RATE, -30.0, 30.0))
    base = 1.0 / (1.0 + np.exp(-BASE_RATE))
    gain = np.log((_FULL_RATE * odds + 1.0 - _FULL_RATE) / (base * odds + 1.0 - base))
    return np.where(t <= BLOCKED, _NEVER, np.round(gain, 3))


def _without_shapes(literals: Sequence[int], names: Sequence[str], rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
    structural = [rows[k] for k in literals if not names[k].startswith(SHAPE_ATOMS)]
    return np.logical_and.reduce(structural) if structural else np.ones(rows.shape[1], bool)


def _search(
    evidence: NDArray[np.float64], rows: NDArray[np.bool_], costs: NDArray[np.float64], words: NDArray[np.int64]
) -> tuple[float, tuple[int, ...]] | None:
    """Best rule by beam search: its score and its atoms. A long file is known by its first part."""
    evidence, rows, words = evidence[:_SAMPLE], rows[:, :_SAMPLE], words[:_SAMPLE]
    cumulative = np.concatenate([[0], np.cumsum(words)])
    usable = evidence > _NEVER
    rows = rows & usable
    value = np.where(usable, evidence, 0.0)
    # units of which all atoms say the same count as one; few kinds are left
    codes = np.random.default_rng(0).integers(1, 2**63, len(rows), np.uint64)
    _, one, kind = np.unique(np.einsum("ij,i->j", rows, codes), return_index=True, return_inverse=True)
    matrix = rows[:, one].astype(np.float64)
    worth = np.bincount(kind, value, len(one)).astype(np.float64)

    def score(mask: NDArray[np.bool_], literals: tuple[int, ...]) -> float:
        at = np.flatnonzero(mask)
        if len(at) < 2:
            return -1.0
        lengths = np.diff(cumulative[np.append(at, len(words))])
        empty = int((lengths < MIN_ARTICLE_WORDS).sum())
        cost = float(costs[list(literals)].sum()) + _UNIT_COST * len(at) + EMPTY_COST * empty
        return round(float(value[at].sum()) - cost, 4)

    single = [(score(row, (k,)), (k,)) for k, row in enumerate(rows)]
    best = max(single, key=lambda item: (item[0], -item[1][0]), default=None)
    # a rule that selects too much can still become the best one when narrowed: rank the beam by its positive evidence
    hopes = np.bincount(kind, np.maximum(value, 0.0) - 0.2, len(one))
    promise = np.round(np.einsum("ij,j->i", matrix, hopes), 4)
    pool = [literals for _, literals in sorted(single, key=lambda item: (-promise[item[1][0]], item[1]))[: 3 * _BEAM]]
    seen: set[tuple[int, ...]] = set()
    for _ in range(_MAX_LITERALS - 1):
        grown = {key: bound for key, bound in _grown(pool, matrix, worth, costs).items() if key not in seen}
        seen.update(grown)
        promising = sorted(grown, key=lambda key: (-grown[key], len(key), key))[: 4 * _BEAM]
        scored = [(score(np.logical_and.reduce(rows[list(key)], axis=0), key), key) for key in promising]
        scored = sorted((item for item in scored if item[0] > 0), key=lambda item: (-item[0], len(item[1]), item[1]))
        pool = [key for _, key in scored[:_BEAM]]
        if not pool:
            break
        if best is None or scored[0][0] > best[0]:
            best = scored[0]
    return best if best is not None and best[0] > 0 else None


def _grown(
    pool: Sequence[tuple[int, ...]],
    matrix: NDArray[np.float64],
    worth: NDArray[np.float64],
    costs: NDArray[np.float64],
) -> dict[tuple[int, ...], float]:
    """The conjunctions of `pool` with one more atom, as far as they are worth something, with bounds of their scores.

    Args:
        pool: Conjunctions, as ascending numbers of atoms.
        matrix: Whether each atom holds in each kind of unit. Shape (atoms, kinds).
        worth: Evidence on the units of each kind. Shape (kinds,).
        costs: Of the atoms. Shape (atoms,).

    """
    chosen = np.array([matrix[list(literals)].all(axis=0) for literals in pool]).reshape(len(pool), -1)
    # without what empty articles cost: never less than the score
    bounds = np.round(np.einsum("ij,kj->ik", chosen * worth, matrix) - costs[None, :], 4)
    grown: dict[tuple[int, ...], float] = {}
    for k, literals in enumerate(pool):
        own = float(costs[list(literals)].sum())
        for atom in np.flatnonzero(bounds[k] - own > 0.0).tolist():
            key = tuple(sorted({*literals, atom}))
            if len(key) > len(literals):
                grown[key] = round(float(bounds[k, atom]) - own, 4)
    return grown


def with_layout(
    t: NDArray[np.float64], rules: Sequence[NDArray[np.bool_]], near: NDArray[np.bool_], first: int
) -> NDArray[np.float64]:
    """Evidence joined with that of the rules: what one file does, it does throughout.

    Each rule has a rate at which its units start articles, close to none or to all of them more often than not. The
    rate's posterior, from the evidence on all its units, replaces what is usual in other files (`_USUAL`). Units of no
    rule lose as much as the rules are expected to cover.
    """
    total = t.copy()
    inside = np.logical_or.reduce(rules)
    for rule in rules:
        own = np.flatnonzero(rule)
        votes = np.clip(t[own] - _USUAL, -_MAX_VOTE, _MAX_VOTE)
        # the first article starts in any case; that the rule has it says the more, the fewer units the rule has
        votes[own == first] = min(_MAX_VOTE, float(np.log(len(t) / len(own))))
        ratio = np.exp(votes)
        likelihood = np.log(_RATES[:, None] * ratio[None, :] + 1.0 - _RATES[:, None]).sum(axis=1) + np.log(_RATE_PRIOR)
        weights = np.exp(likelihood - likelihood.max())
        rate = float((_RATES * weights).sum() / weights.sum())
        change = np.log(rate / (1.0 - rate)) - _USUAL
        total[rule] += round(min(_MAX_CHANGE, max(0.0, change)), 3)
    outside, malus = ~inside & ~near, 0.0
    for _ in range(_ROUNDS):
        probability = 1.0 / (1.0 + np.exp(-np.clip(total + malus * outside, -30.0, 30.0)))
        covered, missed = float(probability[inside].sum()), float(probability[outside].sum())
        malus = max(-_MAX_CHANGE, round(float(np.log((missed + 0.5) / (covered + missed + 1.0))), 3))
    total[outside] += malus
    return np.where(t <= BLOCKED, BLOCKED, total)
