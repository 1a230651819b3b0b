"""Chooses between the countries that a name may stand for, by what else the article and its source speak of."""

import math
from collections import Counter, defaultdict
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


def decide(candidates: list[Candidate], gazetteer: Gazetteer, prior: Mapping[str, float]) -> None:
    """Choose a country for each candidate, by its container, by the article's other mentions of it, or by context."""
    nations: dict[str, float] = defaultdict(float)
    parts: dict[str, float] = defaultdict(float)
    contained: dict[str, Counter[str]] = defaultdict(Counter)
    # the most that context and source can add to a rival
    reach = CONTEXT_CAP + PRIOR_WEIGHT * bool(prior)
    for c in candidates:
        if c.container:
            c.chosen = _of(c, c.container)
            c.decided = "container"
            contained[c.hit.key][c.container] += 1
        elif c.senses[0].evidence != "context":
            lead = _lead(c, gazetteer)
            c.sure = c.sure or lead > reach
            if c.sure:
                c.chosen = c.senses[0]
            elif lead >= LIKELY_LEAD:
                (parts if c.senses[0].level in SUBNATIONAL else nations)[c.senses[0].iso2] += LIKELY_WEIGHT
        if c.chosen is not None:
            (parts if c.chosen.level in SUBNATIONAL else nations)[c.chosen.iso2] += 1
    neighbouring: dict[str, float] = defaultdict(float)
    for iso2, n in nations.items():
        for other in gazetteer.neighbours.get(iso2, ()):
            neighbouring[other] += n

    part_total, nation_total = sum(parts.values()), sum(nations.values())

    def score(s: Sense, key: str, *, contest: bool) -> float:
        if s.level in SUBNATIONAL:
            weight = STATE_WEIGHT if contest else NATION_WEIGHT
            votes, all_votes = parts[s.iso2] + weight * nations[s.iso2], part_total + weight * nation_total
        else:
            votes = parts[s.iso2] + nations[s.iso2] + NEIGHBOUR_WEIGHT * neighbouring[s.iso2]
            all_votes = part_total + nation_total
        context = CONTEXT_CAP * votes / (max(votes, SHARE * all_votes) + HALF_VOTES)
        return round(gazetteer.likelihood(key, s) + context + PRIOR_WEIGHT * prior.get(s.iso2, 0.0), 6)

    for i, c in enumerate(candidates):
        key = c.hit.key
        if c.container or (c.sure and key not in contained):
            continue
        # a country does not turn into a town of its name because the article names that town once
        if key in contained and c.senses[0].level not in ("name", "code", "demonym"):
            (iso2, _), *more = sorted(contained[key].items(), key=lambda x: (-x[1], x[0]))
            if not more:
                c.chosen = _of(c, iso2)
                c.decided = "article"
                continue
        if c.senses[0].evidence == "context":
            c.chosen = next((s for s in c.senses if nations[s.iso2] + parts[s.iso2] > 0), None)
            c.decided = "context"
            continue
        beside = _beside(candidates, i)
        contest = any(s.level not in SUBNATIONAL for s in c.senses)
        ranked = sorted(
            ((score(s, key, contest=contest) + beside(s), s) for s in c.senses), key=lambda x: (-x[0], x[1].iso2)
        )
        c.margin = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else 9.0
        if c.margin >= MARGIN:
            c.chosen = ranked[0][1]
            c.decided = "context" if len(ranked) > 1 else c.decided
        else:
            c.chosen = None


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
