"""Where articles start: one decision over the whole file, from its evidence, its layout and what articles are long."""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from pipelines.text.splitting.evidence import BASE_RATE
from pipelines.text.splitting.induction import EMPTY_COST, MIN_ARTICLE_WORDS, Layout, with_layout

_NO_TEXT_COST = 8.0
_REACH = 160
"""Candidates between the starts of two articles, at most."""
_BLOCK = 512
"""Candidates measured at once, so that memory stays bounded."""
_STEPS = 12
"""Candidates summed before the sums are scaled again; from one to the next they change by a factor of exp(±40)."""
_HOPELESS = -5.0
"""Log-odds below which a unit is no candidate."""
_LONG_ARTICLE = 700.0
_KNOWN_BY = 400
"""Candidates by which a file's usual length is known."""
_WORST_LENGTH = 8.0
_LENGTHS = tuple(
    (centre, spread, -0.3 * abs(float(np.log(centre / 350.0))))
    for centre in (30.0, 60.0, 120.0, 220.0, 400.0, 700.0, 1100.0)
    for spread in (0.45, 0.9)
)
"""What the articles of a file may be like: words, spread of their logarithm, log-prior."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundaries:
    """Starts of articles, as indices of units, ascending."""

    starts: tuple[int, ...]
    confidence: tuple[float, ...]
    """Probability of each start."""
    agreement: float
    """How far these starts are expected to agree with the true ones: 1 when all are right and none is missed."""


def decide(
    t: NDArray[np.float64], layout: Layout | None, body_words: NDArray[np.int64], first: int, *, alone: bool = False
) -> Boundaries:
    """Best set of starts for the whole file, and the posterior probability of each.

    A semi-Markov model: articles follow each other, their lengths log-normal around what the file's articles are like.
    Of several such priors the one under which the evidence is likeliest is taken.

    Args:
        t: Local evidence, log-odds by unit.
        layout: The file's rule.
        body_words: Words by unit; 0 for what is no running text.
        first: The unit that starts the first article; what is before it is the file's header.
        alone: Whether text stands alone in the file, without titles or other lines between its paragraphs.

    """
    n = len(t)
    total = t
    if layout is not None:
        rules = [np.isin(np.arange(n), rule) for rule in layout.rules]
        total = with_layout(t, rules, np.isin(np.arange(n), layout.near), layout.known)
    candidates = np.array([i for i in range(first + 1, n) if total[i] > _HOPELESS], dtype=int)
    nodes = np.concatenate([[first], candidates])
    gains = np.concatenate([[0.0], total[candidates] - BASE_RATE, [0.0]])
    cumulative = np.concatenate([[0], np.cumsum(body_words)]).astype(float)
    at = np.append(cumulative[nodes], cumulative[n])
    usual = max(1.0, float(body_words.sum()) / max(1, int((body_words > 0).sum())))
    centres, spreads, priors = np.array(_LENGTHS).T
    known = min(len(nodes), _KNOWN_BY) + 1
    likely = _sums(np.append(gains[: known - 1], 0.0), at[:known], usual, centres, spreads)[:, -1] + priors
    centre, spread, _ = _LENGTHS[int(np.argmax(np.round(likely, 6)))]
    picked, posterior = _decode(gains, at, usual, centre, spread)
    if alone:
        posterior = _doubted(posterior)
    right, all_starts = float(posterior[picked].sum()), float(posterior.sum())
    if alone and len(picked) == 1:
        # the longer a text without a break is, the likelier a break in it was overlooked
        all_starts += max(0.0, cumulative[n] / _LONG_ARTICLE - 1.0)
    return Boundaries(
        starts=tuple(int(nodes[k]) for k in picked),
        confidence=tuple(round(float(posterior[k]), 4) for k in picked),
        agreement=round(right / (len(picked) + all_starts - right), 4),
    )


def _doubted(posterior: NDArray[np.float64]) -> NDArray[np.float64]:
    """Posteriors of starts that nothing but the text shows: its evidence is not as independent as it is taken to be."""
    probability = np.clip(posterior, 1e-12, 1.0 - 1e-12)
    out = 1.0 / (1.0 + np.sqrt((1.0 - probability) / probability))
    out[0] = 1.0
    return out


def _edges(
    at: NDArray[np.float64], first: int, usual: float, centres: NDArray[np.float64], spreads: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Log-probabilities of the articles that end at `_BLOCK` places from `first` on, by where they begin.

    Lengths are in words; paragraphs have `usual` words. Shape (places, priors, _REACH), the last column for an article
    that begins at the place before; -inf for what would begin before the text.
    """
    ends = at[first : first + _BLOCK]
    begins = np.concatenate([np.full(max(0, _REACH - first), np.nan), at[max(0, first - _REACH) : first + _BLOCK]])
    lengths = np.abs(ends[:, None] - sliding_window_view(begins, _REACH)[: len(ends)])
    logs = np.log(np.maximum(lengths, 1.0))
    short = EMPTY_COST * (lengths < MIN_ARTICLE_WORDS) + _NO_TEXT_COST * (lengths < 1)
    shared = np.where(np.isnan(lengths), -np.inf, np.log(usual) - 0.5 * np.log(2.0 * np.pi) - logs - short)
    z = (np.where(np.isnan(logs), 0.0, logs)[:, None, :] - np.log(centres)[:, None]) / spreads[:, None]
    return shared[:, None, :] - np.log(spreads)[:, None] - np.minimum(0.5 * z * z, _WORST_LENGTH)


def _sums(
    gains: NDArray[np.float64],
    at: NDArray[np.float64],
    usual: float,
    centres: NDArray[np.float64],
    spreads: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Log-likelihood of the evidence up to each place, summed over all ways to get there. Shape (priors, places)."""
    logs = np.zeros((len(centres), len(gains)))
    window = np.zeros((len(centres), _REACH))
    window[:, -1] = 1.0
    reference = np.zeros(len(centres))
    for first in range(1, len(gains), _BLOCK):
        edges = _edges(at, first, usual, centres, spreads)
        highest = edges.max(axis=2, keepdims=True)
        factors = np.exp(edges - highest)
        steps = np.exp(highest[:, :, 0] + gains[first : first + _BLOCK, None])
        for low in range(0, len(edges), _STEPS):
            own = factors[low : low + _STEPS]
            # the sums themselves, relative to the last one before: in few steps they stay in the range of numbers
            sums = np.concatenate([window, np.zeros((len(centres), len(own)))], axis=1)
            for k, factor in enumerate(own):
                sums[:, _REACH + k] = np.einsum("ij,ij->i", sums[:, k : k + _REACH], factor) * steps[low + k]
            logs[:, first + low : first + low + len(own)] = reference[:, None] + np.log(sums[:, _REACH:])
            window = sums[:, len(own) :] / sums[:, -1:]
            reference += np.log(sums[:, -1])
    return logs


def _best_path(
    gains: NDArray[np.float64],
    at: NDArray[np.float64],
    usual: float,
    centres: NDArray[np.float64],
    spreads: NDArray[np.float64],
) -> list[int]:
    """The places of the likeliest way to the last one, which is not among them."""
    best = np.full(_REACH + len(gains), -np.inf)
    best[_REACH] = 0.0
    back = [0] * len(gains)
    for first in range(1, len(gains), _BLOCK):
        edges = _edges(at, first, usual, centres, spreads)[:, 0]
        for j, edge in enumerate(edges, first):
            scores = best[j : j + _REACH] + edge
            k = int(scores.argmax())
            back[j] = j - _REACH + k
            best[j + _REACH] = scores[k] + gains[j]
    path: list[int] = []
    j = back[-1]
    while j > 0:
        path.append(j)
        j = back[j]
    return [0, *reversed(path)]


def _decode(
    gains: NDArray[np.float64], at: NDArray[np.float64], usual: float, centre: float, spread: float
) -> tuple[list[int], NDArray[np.float64]]:
    """Best path over candidate starts (indices into `gains`, whose last is the text's end), and their posteriors."""
    prior = np.array([centre]), np.array([spread])
    (before,) = _sums(gains, at, usual, *prior)
    (after,) = _sums(gains[::-1], at[::-1], usual, *prior)
    # both count the candidate's own gain
    posterior = np.exp(np.minimum(0.0, before + after[::-1] - gains - before[-1]))
    return _best_path(gains, at, usual, *prior), posterior[:-1]
