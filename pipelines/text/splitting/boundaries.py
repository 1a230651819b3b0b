"""Where articles start: local evidence, the file's own layout induced from it, and one decision over the whole file."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.text.splitting.blocks import Blocks
from pipelines.text.splitting.evidence import BLOCKED
from pipelines.text.splitting.lines import Unit
from pipelines.text.splitting.shapes import Shape
from pipelines.text.splitting.templates import Recurrences

_LITERAL_COST = 1.5
_SHAPE_COST = 3.0
"""Of a literal about the form of a line, which the evidence knows already."""
_EMPTY_COST = 3.0
_NO_TEXT_COST = 8.0
_MIN_ARTICLE_WORDS = 15
_SHAPES = ("headline", "long headline", "paragraph", "open line", "dateline", "byline", "date", "credit")
_FULL_RATE = 0.95
"""Share of a rule's units that start articles, as long as rules are searched."""
_BEAM = 24
_NEVER = -6.0
_KNOWN = 2.5
"""Of the unit that is known to start an article: as much as the best evidence gives."""
_SAMPLE = 6_000
"""Units among which rules are searched."""
_MAX_LITERALS = 3
_REACH = 160
_BASE_RATE = -2.5
"""Log-odds of a start on a unit about which nothing is known, where the weights were fitted."""
_LONG_ARTICLE = 700.0
_HOPELESS = -5.0
_KNOWN_BY = 400
"""Candidates by which a file's usual length is known."""
_WORST_LENGTH = 8.0
_LENGTHS = tuple(
    (centre, spread, -0.3 * abs(float(np.log(centre / 350.0))))
    for centre in (30.0, 60.0, 120.0, 220.0, 400.0, 700.0, 1100.0)
    for spread in (0.45, 0.9)
)
"""What the articles of a file may be like: words, spread of their logarithm, log-prior."""
_RATES = np.array([0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98])
_RATE_PRIOR = np.array([0.3, 0.12, 0.08, 0.08, 0.08, 0.12, 0.22])
_USUAL = -1.5
"""Log-odds of a start on a unit like those that rules select, in files at large."""
_MAX_VOTE = 4.0
_ROUNDS = 5
_PLAIN = 2.0
"""Log-odds from which on a start is plain to see."""
_FEW_PLAIN = 3
_MOST_TAKEN = 4.0
_MAX_CHANGE = 5.0
_SECOND_RULE = 0.15
"""Share of the first rule's score that a second one must have."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundaries:
    """Starts of articles, as indices of units, ascending."""

    starts: tuple[int, ...]
    confidence: tuple[float, ...]
    """Probability of each start."""
    agreement: float
    """How far these starts are expected to agree with the true ones: 1 when all are right and none is missed."""


def atoms(
    units: Sequence[Unit], shapes: Sequence[Shape], found: Recurrences, blocks: Blocks
) -> tuple[list[str], NDArray[np.bool_]]:
    """What a layout rule may be made of: names, and a matrix of shape (atoms, units)."""
    n = len(units)
    base: dict[str, NDArray[np.bool_]] = {}
    gaps = np.array([unit.gap for unit in units])
    gaps[0] = max(1, gaps.max())
    for level in sorted(set(gaps.tolist()))[:8]:
        if level:
            base[f"gap>={level}"] = gaps >= level
    base["gap=0"] = gaps == 0
    base["doubled"] = np.array(
        [found.doubles(i) and blocks.kind[i] is None and not shapes[i].caption for i in range(n)]
    )
    base["headline"] = np.array([s.headline for s in shapes])
    base["long headline"] = np.array([s.headline and u.words >= 5 for s, u in zip(shapes, units, strict=True)])
    base["paragraph"] = np.array([s.paragraph for s in shapes])
    base["open line"] = np.array([u.ends == "open" for u in units])
    base["date"] = np.array([s.date for s in shapes])
    base["byline"] = np.array([s.byline for s in shapes])
    base["dateline"] = np.array([s.dateline for s in shapes])
    base["credit"] = np.array([s.credit for s in shapes])
    base["record"] = np.array([i in blocks.records for i in range(n)])
    base["labels"] = np.array([length > 1 for length in found.labels])
    base["after text"] = _after_text(units, shapes, blocks)
    base["closing marker"] = np.array([i in blocks.closing for i in range(n)])
    base["opening marker"] = np.array([i in blocks.opening for i in range(n)])
    names: list[str] = []
    rows: list[NDArray[np.bool_]] = []

    def add(name: str, row: NDArray[np.bool_]) -> None:
        names.append(name)
        rows.append(row)

    for name, row in base.items():
        offsets = (
            (0, 1, 2) if name.startswith("gap")
            else (0,) if name in ("doubled", "open line", "after text", "record")
            else (-1,) if "marker" in name
            else (-1, 0, 1, 2, 3)
        )  # fmt: skip
        for offset in offsets:
            add(
                f"{name} at {offset:+d}" if offset else name,
                _shift(row, offset, fill=name in ("closing marker", "opening marker")),
            )
    recurring: dict[str, list[int]] = {}
    for i in range(n):
        template = found.template[i]
        if template is not None:
            recurring.setdefault(f"'{template.masked}'", []).append(i)
        if found.label[i] is not None:
            recurring.setdefault(f"'{found.label[i]}:'", []).append(i)
    wide = sorted(
        (name for name, at in recurring.items() if (at[-1] - at[0] + 1) >= 0.4 * n),
        key=lambda k: (-len(recurring[k]), k),
    )[:24]
    for name in wide:
        row = np.zeros(n, bool)
        row[recurring[name]] = True
        for offset in range(-3, 7):
            add(f"{name} at {offset:+d}", _shift(row, offset, fill=offset < 0))
    return names, np.array(rows)


def _after_text(units: Sequence[Unit], shapes: Sequence[Shape], blocks: Blocks) -> NDArray[np.bool_]:
    """Units above which the last line that belongs to no block is a paragraph, a credit or a closing marker."""
    out = np.zeros(len(units), bool)
    above = True
    for i, shape in enumerate(shapes):
        out[i] = above
        if blocks.kind[i] is None or i in blocks.closing:
            above = shape.text or i in blocks.closing
    return out


def _shift(row: NDArray[np.bool_], offset: int, *, fill: bool) -> NDArray[np.bool_]:
    """`row` seen from `offset` units away: result[i] = row[i + offset]; before the file's first unit `fill` holds."""
    out = np.zeros_like(row)
    if offset == 0:
        out[:] = row
    elif offset > 0:
        out[:-offset] = row[offset:]
    else:
        out[-offset:] = row[:offset]
        if offset == -1:
            out[0] = fill
    return out


def induce(
    t: NDArray[np.float64], names: Sequence[str], rows: NDArray[np.bool_], words: NDArray[np.int64], first: int
) -> Layout | None:
    """The conjunctions of atoms whose units carry the most evidence together: the file's rules for starting articles.

    Many weak votes for one simple rule outweigh stronger votes that no rule explains. Unit `first` is taken to start
    an article: a rule that has it explains what is known. Ties go to the rule with fewer literals, then to the order
    of the atoms.
    """
    costs = np.array([_SHAPE_COST if name.startswith(_SHAPES) else _LITERAL_COST for name in names])
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


def explained(t: NDArray[np.float64], marked: NDArray[np.bool_], numbered: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Evidence of a file in which a mark shows many starts plainly: it takes the more from all others, the plainer.

    Articles of one file are set alike; where many start with a record's number or a doubled title, a headline without
    is a heading.

    Args:
        t: Log-odds by unit.
        marked: Units that a mark shows as starts.
        numbered: Those among them whose mark each article has: a number, a block of labels.

    """
    plain = np.flatnonzero((t >= _PLAIN) & marked)
    if len(plain) < _FEW_PLAIN or plain[-1] - plain[0] < 0.5 * len(t):
        return t
    # a mark that programs leave out here and there explains less
    others = int(((t > 0.0) & ~marked).sum())
    complete = 1.0 if numbered[plain].mean() > 0.5 else len(plain) / (len(plain) + others)
    taken = float(np.clip(np.median(t[plain]) - 1.0, 0.0, _MOST_TAKEN)) * complete * (len(plain) - 1) / len(plain)
    return np.where(~marked & (t > BLOCKED), np.round(t - taken, 3), t)


def _gain(t: NDArray[np.float64]) -> NDArray[np.float64]:
    """What a rule gains, in log-likelihood, by having a unit: over its starting an article as often as any does."""
    odds = np.exp(np.clip(t - _BASE_RATE, -30.0, 30.0))
    base = 1.0 / (1.0 + np.exp(-_BASE_RATE))
    gain = np.log((_FULL_RATE * odds + 1.0 - _FULL_RATE) / (base * odds + 1.0 - base))
    return np.where(t <= BLOCKED, _NEVER, np.round(gain, 3))


def _without_shapes(literals: Sequence[int], names: Sequence[str], rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
    structural = [rows[k] for k in literals if not names[k].startswith(_SHAPES)]
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
    matrix = rows.astype(np.float64)

    def score(mask: NDArray[np.bool_], literals: tuple[int, ...]) -> float:
        at = np.flatnonzero(mask)
        if len(at) < 2:
            return -1.0
        lengths = np.diff(cumulative[np.append(at, len(words))])
        empty = int((lengths < _MIN_ARTICLE_WORDS).sum())
        return round(float(value[at].sum() - costs[list(literals)].sum()) - _EMPTY_COST * empty, 4)

    single = [(score(row, (k,)), (k,)) for k, row in enumerate(rows)]
    best = max(single, key=lambda item: (item[0], -item[1][0]), default=None)
    # a rule that selects too much can still become the best one when narrowed: rank the beam by its positive evidence
    promise = np.round(matrix @ (np.maximum(value, 0.0) - 0.2), 4)
    pool = [literals for _, literals in sorted(single, key=lambda item: (-promise[item[1][0]], item[1]))[: 3 * _BEAM]]
    seen: set[tuple[int, ...]] = set()
    for _ in range(_MAX_LITERALS - 1):
        masks = np.array([rows[list(literals)].all(axis=0) for literals in pool]).reshape(len(pool), -1)
        # without what empty articles cost: never less than the score
        bounds = np.round((masks * value) @ matrix.T - costs[None, :], 4)
        grown = {}
        for k, literals in enumerate(pool):
            own = float(costs[list(literals)].sum())
            for atom in np.flatnonzero(bounds[k] - own > 0.0).tolist():
                key = tuple(sorted({*literals, atom}))
                if len(key) > len(literals) and key not in seen:
                    grown[key] = round(float(bounds[k, atom]) - own, 4)
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


def _with_layout(
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
        total = _with_layout(t, rules, np.isin(np.arange(n), layout.near), layout.known)
    candidates = np.array([i for i in range(first + 1, n) if total[i] > _HOPELESS], dtype=int)
    nodes = np.concatenate([[first], candidates])
    reward = np.concatenate([[0.0], total[candidates] - _BASE_RATE])
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
    short = _EMPTY_COST * (lengths < _MIN_ARTICLE_WORDS) + _NO_TEXT_COST * (lengths < 1)
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
