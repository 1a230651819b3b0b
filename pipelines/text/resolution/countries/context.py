"""Chooses between the countries that a name may stand for, by what else the article and its source speak of."""

import math
from collections import defaultdict
from collections.abc import Callable, Mapping

from pipelines.text.resolution.countries.candidates import Candidate
from pipelines.text.resolution.countries.cues import STATE_NOUNS
from pipelines.text.resolution.countries.gazetteer import SUBNATIONAL, Gazetteer, Sense
from pipelines.text.resolution.countries.scan import coordinated

CONTEXT_CAP = 2.5
"""What the other mentions of an article can add at most, so that they do not outweigh a capital."""
HALF_VOTES = 2.0
"""Votes that give half of it."""
SHARE = 0.5
"""Share of an article's votes from which a country has the most that context can give."""
NATION_WEIGHT = 0.4
"""What the mention of a country says for a city of it, where the mention of another of its places counts 1."""
STATE_WEIGHT = 0.1
"""The same for a part of it that is called like another country: Georgia."""
LIKELY_WEIGHT = 0.5
"""What a name says for the country that it most likely means, before that is decided."""
LIKELY_LEAD = 0.5
"""How much likelier it has to be for that."""
NEIGHBOUR_WEIGHT = 0.3
"""What the mention of a neighbour says for a country."""
PRIOR_WEIGHT = 2.0
"""What the source adds if it speaks of nothing but that country."""
LIST_WEIGHT = 2.0
"""What its neighbours in a list add to a country or a part of one."""
CITY_LIST_WEIGHT = 0.7
"""What they add to a city; cities are listed across borders."""
MARGIN = 0.35
"""Between two countries closer than this, none is chosen."""


class _Votes:
    """What an article speaks of: mentions of countries and of places in them, by code."""

    def __init__(self, gazetteer: Gazetteer, prior: Mapping[str, float]) -> None:
        self._gazetteer, self._prior = gazetteer, prior
        self.nations: dict[str, float] = defaultdict(float)
        self.parts: dict[str, float] = defaultdict(float)
        self.neighbours: dict[str, float] = defaultdict(float)

    def add(self, sense: Sense, weight: float = 1.0) -> None:
        """Count a mention."""
        if sense.level in SUBNATIONAL:
            self.parts[sense.iso2] += weight
            return
        self.nations[sense.iso2] += weight
        for other in self._gazetteer.neighbours.get(sense.iso2, ()):
            self.neighbours[other] += weight

    def score(self, c: Candidate, sense: Sense) -> float:
        """How likely the candidate is meant in a sense, on the scale of `Gazetteer.likelihood`."""
        among_cities = all(s.level in SUBNATIONAL for s in c.senses)
        votes, most = self.parts[sense.iso2], 0.0
        if among_cities:
            votes += NATION_WEIGHT * self.nations[sense.iso2]
            most = SHARE * (sum(self.parts.values()) + NATION_WEIGHT * sum(self.nations.values()))
        elif sense.level in SUBNATIONAL:
            votes += STATE_WEIGHT * self.nations[sense.iso2]
        else:
            votes += self.nations[sense.iso2] + NEIGHBOUR_WEIGHT * self.neighbours[sense.iso2]
        context = CONTEXT_CAP * votes / (max(votes, most) + HALF_VOTES)
        prior = PRIOR_WEIGHT * self._prior.get(sense.iso2, 0.0)
        # rounded, so that the last digit of a sum decides nothing
        return round(self._gazetteer.likelihood(c.hit.key, sense) + context + prior, 6)


def decide(candidates: list[Candidate], gazetteer: Gazetteer, prior: Mapping[str, float]) -> None:
    """Choose a country for each candidate, by its container, by the article's other mentions of it, or by context."""
    votes = _Votes(gazetteer, prior)
    contained: dict[str, set[str]] = defaultdict(set)
    reach = CONTEXT_CAP + PRIOR_WEIGHT * bool(prior)
    for c in candidates:
        if c.container:
            c.chosen, c.decided = _of(c, c.container), "container"
            contained[c.hit.key].add(c.container)
        elif c.senses[0].evidence != "context":
            lead = _lead(c, gazetteer)
            c.sure = c.sure or lead > reach
            if c.sure:
                c.chosen = c.senses[0]
            elif lead >= LIKELY_LEAD:
                votes.add(c.senses[0], LIKELY_WEIGHT)
        if c.chosen is not None:
            votes.add(c.chosen)
    for i, c in enumerate(candidates):
        told = contained.get(c.hit.key, set())
        if c.container or (c.sure and not told):
            continue
        # a country does not turn into a town of its name because the article names that town once
        if len(told) == 1 and c.senses[0].level not in ("name", "code", "demonym"):
            c.chosen, c.decided = _of(c, next(iter(told))), "article"
        elif c.senses[0].evidence == "context":
            named = (s for s in c.senses if votes.nations.get(s.iso2) or votes.parts.get(s.iso2))
            c.chosen, c.decided = next(named, None), "context"
        else:
            beside = _beside(candidates, i)
            ranked = sorted(((votes.score(c, s) + beside(s), s) for s in c.senses), key=lambda x: (-x[0], x[1].iso2))
            c.margin = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else math.inf
            c.chosen = ranked[0][1] if c.margin >= MARGIN else None
            c.decided = "context" if len(ranked) > 1 else c.decided


def _of(c: Candidate, iso2: str) -> Sense:
    """The candidate's sense in a country; a place that no list has if there is none."""
    return next((s for s in c.senses if s.iso2 == iso2), None) or Sense(iso2, "unlisted", "place")


def _lead(c: Candidate, gazetteer: Gazetteer) -> float:
    """How much likelier the first country is than any other, infinite if there is no other."""
    first = c.senses[0]
    rivals = [gazetteer.likelihood(c.hit.key, s) for s in c.senses if s.iso2 != first.iso2]
    return gazetteer.likelihood(c.hit.key, first) - max(rivals) if rivals else math.inf


def _beside(candidates: list[Candidate], i: int) -> Callable[[Sense], float]:
    """What its neighbours in a list add to a sense: countries to a country, parts of one to another part of it."""
    nations, parts = False, set()
    for a, b, other in ((i - 1, i, i - 1), (i, i + 1, i + 1)):
        if 0 <= other < len(candidates) and candidates[other].sure:
            chosen, x, y = candidates[other].senses[0], candidates[a].hit, candidates[b].hit
            if x.text is y.text and coordinated(x, y):
                if chosen.level in SUBNATIONAL:
                    parts.add(chosen.iso2)
                else:
                    nations = nations or chosen.level in ("name", "code")
    hit = candidates[i].hit
    state = hit.text.low(hit.last + 1) in STATE_NOUNS and hit.text.gap(hit.last).isspace()

    def bonus(sense: Sense) -> float:
        if sense.level == "region":
            return LIST_WEIGHT * (sense.iso2 in parts or state)
        if sense.level in SUBNATIONAL:
            return CITY_LIST_WEIGHT * (sense.iso2 in parts)
        return LIST_WEIGHT * nations

    return bonus
