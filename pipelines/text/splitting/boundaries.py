"""Where articles start: one decision over the whole file, from its evidence, its layout and what articles are long."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.text.splitting.evidence import BASE_RATE
from pipelines.text.splitting.induction import EMPTY_COST, MIN_ARTICLE_WORDS, Layout, with_layout

_NO_TEXT_COST = 8.0
_REACH = 160
"""Candidates between the starts of two articles, at most."""
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
    reward = np.concatenate([[0.0], total[candidates] - BASE_RATE])
    cumulative = np.concatenate([[0], np.cumsum(body_words)]).astype(float)
    at = np.append(cumulative[nodes], cumulative[n])
    usual = max(1.0, float(body_words.sum()) / max(1, int((body_words > 0).sum())))
    known = slice(0, _KNOWN_BY)
    sample = reward[known], at[: len(reward[known]) + 1]
    likely = _likelihoods(*sample, usual) + np.array([prior for _, _, prior in _LENGTHS])
    centre, spread, _ = _LENGTHS[int(np.argmax(np.round(likely, 6)))]
    picked, posterior = _decode(reward, at, usual, centre, spread)
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
    lengths: NDArray[np.float64], usual: float, centre: float | NDArray[np.float64], spread: float | NDArray[np.float64]
) -> NDArray[np.float64]:
    """Log-probabilities of articles of these lengths in words, where paragraphs have `usual` words."""
    logs = np.log(np.maximum(lengths, 1.0))
    z = (logs - np.log(centre)) / spread
    density = np.log(usual / (spread * np.sqrt(2.0 * np.pi))) - logs
    short = EMPTY_COST * (lengths < MIN_ARTICLE_WORDS) + _NO_TEXT_COST * (lengths < 1)
    return density - np.minimum(0.5 * z * z, _WORST_LENGTH) - short


def _likelihoods(reward: NDArray[np.float64], at: NDArray[np.float64], usual: float) -> NDArray[np.float64]:
    """Log-likelihood of the evidence under each of the priors over lengths."""
    centres = np.array([centre for centre, _, _ in _LENGTHS])[:, None]
    spreads = np.array([spread for _, spread, _ in _LENGTHS])[:, None]
    n = len(reward)
    soft = np.full((len(_LENGTHS), n + 1), -np.inf)
    soft[:, 0] = 0.0
    for j in range(1, n + 1):
        low = max(0, j - _REACH)
        sums = soft[:, low:j] + _edges((at[j] - at[low:j])[None, :], usual, centres, spreads)
        highest = sums.max(axis=1)
        soft[:, j] = highest + np.log(np.exp(sums - highest[:, None]).sum(axis=1)) + (reward[j] if j < n else 0.0)
    return soft[:, n]


def _forward(
    reward: NDArray[np.float64], at: NDArray[np.float64], usual: float, centre: float, spread: float
) -> tuple[float, NDArray[np.float64], NDArray[np.int64]]:
    """Log-likelihood of the evidence, the sums up to each candidate, and the best predecessor of each."""
    n = len(reward)
    best, soft = np.full(n + 1, -np.inf), np.full(n + 1, -np.inf)
    back = np.zeros(n + 1, dtype=int)
    best[0] = soft[0] = 0.0
    for j in range(1, n + 1):
        low = max(0, j - _REACH)
        edge = _edges(at[j] - at[low:j], usual, centre, spread)
        scores = best[low:j] + edge
        k = int(np.argmax(scores))
        gain = reward[j] if j < n else 0.0
        back[j], best[j] = low + k, scores[k] + gain
        sums = soft[low:j] + edge
        highest = sums.max()
        soft[j] = highest + np.log(np.exp(sums - highest).sum()) + gain
    return float(soft[n]), soft, back


def _decode(
    reward: NDArray[np.float64], at: NDArray[np.float64], usual: float, centre: float, spread: float
) -> tuple[list[int], NDArray[np.float64]]:
    """Best path over candidate starts (indices into `reward`), and the posterior of each candidate."""
    n = len(reward)
    whole, soft, back = _forward(reward, at, usual, centre, spread)
    gains = np.append(reward, 0.0)
    backward = np.full(n + 1, -np.inf)
    backward[n] = 0.0
    for j in range(n - 1, -1, -1):
        ahead = slice(j + 1, min(n, j + _REACH) + 1)
        sums = _edges(at[ahead] - at[j], usual, centre, spread) + gains[ahead] + backward[ahead]
        highest = sums.max()
        backward[j] = highest + np.log(np.exp(sums - highest).sum())
    posterior = np.exp(np.minimum(0.0, soft[:n] + backward[:n] - whole))
    picked: list[int] = []
    j = int(back[n])
    while j > 0:
        picked.append(j)
        j = int(back[j])
    picked.append(0)
    return picked[::-1], posterior
