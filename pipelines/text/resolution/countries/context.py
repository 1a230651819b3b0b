"""Chooses between the countries that a name may stand for, by what else the article and its source speak of."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping

from pipelines.text.resolution.countries.candidates import ABOUT_MENTIONS, UNLISTED, Candidate, Gathered
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
PRIOR_FLOOR = 0.3
"""Share of a source's attention up to which a country is none that the source is about."""
LIST_WEIGHT = 2.0
"""What its neighbours in a list add to a country or a part of one."""
CITY_LIST_WEIGHT = 0.7
"""What they add to a city; cities are listed across borders."""
LOCAL_CAP = 5.0
"""What an article's small places can add to another place beside them, where it has no word of the likelier country."""
HALF_LOCAL = 2.5
"""Small places that give half of it."""
LOCAL_SURE = 2
"""Small places that lie in a country for sure, from which those that may lie in it count half."""
LOCAL_TOWN = 3
"""Small places of a country without a word of any other from which a country's name means a town of that name there."""
LOCAL_POPULATION = 5_000
"""The smallest town that is meant for that reason alone."""
SMALL_CITY = 5.3
"""Likelihood under which the mention of a city shows that the article is local: that of two hundred thousand people."""
MOST_SHARE = 0.8
"""Share of an article's places from which a place on no list is taken to lie in the same country as they."""
SECOND_SHARE = 0.4
"""How much as often another country may be spoken of for that."""
MOST_KEYS = 2
"""So many different places it takes."""
MARGIN = 0.35
"""Between two countries closer than this, none is chosen."""


class _Votes:
    """What an article speaks of: mentions of countries and of places in them, by code."""

    def __init__(self, gazetteer: Gazetteer, prior: Mapping[str, float]) -> None:
        self._gazetteer, self._prior = gazetteer, prior
        self.nations: dict[str, float] = defaultdict(float)
        self.parts: dict[str, float] = defaultdict(float)
        self.neighbours: dict[str, float] = defaultdict(float)
        self._names: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
        """Country → keys of the names that speak of it → all countries that these may stand for."""
        self._own: dict[tuple[str, str], float] = defaultdict(float)
        """Votes of a name for a country."""
        self._small: dict[str, set[str]] = defaultdict(set)
        """Country → keys of small places that lie in it for sure."""
        self._towns: dict[str, set[str]] = defaultdict(set)
        """Those of them that are towns or counties."""
        self._possible: dict[str, set[str]] = defaultdict(set)
        """Country → keys of small places that may lie in it."""

    def consider(self, c: Candidate) -> None:
        """Note which small places of which countries the candidate may be."""
        for sense in c.senses:
            if self._is_small(c.hit.key, sense):
                self._possible[sense.iso2].add(c.hit.key)

    def add(self, c: Candidate, sense: Sense, weight: float = 1.0) -> None:
        """Count a mention."""
        k = c.hit.key
        self._names[sense.iso2][k] = frozenset(s.iso2 for s in c.hit.entry.senses)
        if weight >= 1 and self._is_small(k, sense):
            self._small[sense.iso2].add(k)
            if sense.level == "city" or k.endswith(" county"):
                self._towns[sense.iso2].add(k)
        self._own[k, sense.iso2] += weight
        if sense.level in SUBNATIONAL:
            self.parts[sense.iso2] += weight
            return
        self.nations[sense.iso2] += weight
        for other in self._gazetteer.neighbours.get(sense.iso2, ()):
            self.neighbours[other] += weight

    def town(self, c: Candidate, told: set[str]) -> Sense | None:
        """The town that a country's name means here, if the article is about one of that name and not the country.

        That is where it has no other word of the country, and either is reported from the town (`told`: codes of
        the countries in which the text says that the name lies) or speaks of several small places there and of no
        other country at all.
        """
        k, country = c.hit.key, c.senses[0]
        towns = [s for s in c.senses if s.level == "city" and s.population >= LOCAL_POPULATION]
        for town in sorted(towns, key=lambda s: (-s.population, s.iso2)):
            near = len((self._small if told else self._towns)[town.iso2] - {k})
            abroad = {iso2 for iso2, weight in self.nations.items() if weight} - {town.iso2}
            if told:
                abroad &= self._gazetteer.neighbours[country.iso2]
            enough = told == {town.iso2} and near if told else near >= LOCAL_TOWN
            if (
                enough
                and not abroad
                and not any(town.iso2 not in codes for codes in self._names[country.iso2].values())
            ):
                return town
        return None

    def _is_small(self, k: str, sense: Sense) -> bool:
        if sense.level == "city":
            return self._gazetteer.likelihood(k, sense) < SMALL_CITY
        return sense.level in SUBNATIONAL

    def score(self, c: Candidate, sense: Sense) -> float:
        """How likely the candidate is meant in a sense, on the scale of `Gazetteer.likelihood`."""
        among_cities = all(s.level in SUBNATIONAL for s in c.senses)
        # what a name most likely means by itself is in its likelihood already
        own = self._own[c.hit.key, sense.iso2]
        parts, nations = self.parts[sense.iso2], self.nations[sense.iso2]
        if sense.level in SUBNATIONAL:
            parts = max(0.0, parts - own)
        else:
            nations = max(0.0, nations - own)
        votes, most = parts, 0.0
        if among_cities:
            votes += NATION_WEIGHT * nations
            most = SHARE * (sum(self.parts.values()) + NATION_WEIGHT * sum(self.nations.values()))
        elif sense.level in SUBNATIONAL:
            votes += STATE_WEIGHT * nations
        else:
            votes += nations + NEIGHBOUR_WEIGHT * self.neighbours[sense.iso2]
        context = CONTEXT_CAP * votes / (max(votes, most) + HALF_VOTES)
        share = max(0.0, self._prior.get(sense.iso2, 0.0) - PRIOR_FLOOR) / (1 - PRIOR_FLOOR)
        prior = PRIOR_WEIGHT * share
        # rounded, so that the last digit of a sum decides nothing
        return round(self._gazetteer.likelihood(c.hit.key, sense) + context + self._local(c, sense) + prior, 6)

    def _local(self, c: Candidate, sense: Sense) -> float:
        """What the small places of the sense's country add: 'Paris' among the towns of Texas, with no word of France.

        A country is not outweighed, for a report on a small town may well name one.
        """
        if (
            sense.level != "city"
            or sense.population < LOCAL_POPULATION
            or any(s.level in ("name", "code", "demonym", "seat") for s in c.senses)
        ):
            return 0.0
        likely = self._gazetteer.likelihood(c.hit.key, sense)
        rivals = {s.iso2 for s in c.senses if self._gazetteer.likelihood(c.hit.key, s) > likely}
        for rival in rivals:
            # 'Manchester' says nothing against Kentucky, where there is one as well
            if any(k != c.hit.key and sense.iso2 not in others for k, others in self._names[rival].items()):
                return 0.0
        near = len(self._small[sense.iso2] - {c.hit.key})
        if near >= LOCAL_SURE:
            near += 0.5 * len(self._possible[sense.iso2] - self._small[sense.iso2] - {c.hit.key})
        return LOCAL_CAP * near / (near + HALF_LOCAL)


def decide(candidates: list[Candidate], gazetteer: Gazetteer, prior: Mapping[str, float]) -> bool:
    """Choose a country for each candidate, by its container, by the article's other mentions of it, or by context.

    Returns whether there was nothing to weigh, so that every other prior leads to the same.
    """
    settled = True
    votes = _Votes(gazetteer, prior)
    contained: dict[str, set[str]] = defaultdict(set)
    reach = CONTEXT_CAP + PRIOR_WEIGHT * bool(prior)
    namesakes: list[Candidate] = []
    for c in candidates:
        votes.consider(c)
        if c.container:
            c.chosen, c.decided = _of(c, c.container), "container"
            contained[c.hit.key].add(c.container)
        elif c.senses[0].level == "name" and any(s.level == "city" for s in c.senses):
            namesakes.append(c)
            continue
        elif c.senses[0].evidence != "context":
            settled &= _weigh(c, votes, reach, gazetteer)
        if c.chosen is not None:
            votes.add(c, c.chosen)
    # several countries side by side are countries, unless the text says of one that it is a town
    alone = len({c.hit.key for c in namesakes}) == 1 or any(contained.get(c.hit.key) for c in namesakes)
    towns = {c.hit.key: votes.town(c, contained.get(c.hit.key, set())) if alone else None for c in namesakes}
    for c in namesakes:
        if (town := towns[c.hit.key]) is not None:
            c.chosen, c.decided, c.sure = town, "context", True
        else:
            settled &= _weigh(c, votes, reach, gazetteer)
        if c.chosen is not None:
            votes.add(c, c.chosen)
    for i, c in enumerate(candidates):
        told = contained.get(c.hit.key, set())
        if c.container or (c.sure and (not told or c.decided)):
            continue
        # a country does not turn into a town of its name because the article names that town once
        if len(told) == 1 and c.senses[0].level not in ("name", "code", "demonym"):
            c.chosen, c.decided = _of(c, next(iter(told))), "article"
        elif c.senses[0].evidence == "context":
            named = (s for s in c.senses if votes.nations.get(s.iso2) or votes.parts.get(s.iso2))
            c.chosen, c.decided = next(named, None), "context"
        else:
            settled = False
            beside = _beside(candidates, i)
            ranked = sorted(((votes.score(c, s) + beside(s), s) for s in c.senses), key=lambda x: (-x[0], x[1].iso2))
            c.margin = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else math.inf
            c.chosen = ranked[0][1] if c.margin >= MARGIN else None
            if len(ranked) > 1 and (ranked[0][1] is not c.senses[0] or _lead(c, gazetteer) <= reach):
                c.decided = "context"
    return settled


def _weigh(c: Candidate, votes: _Votes, reach: float, gazetteer: Gazetteer) -> bool:
    """Choose the first country of a candidate if no other can be likelier; returns whether any prior leaves it so."""
    lead = _lead(c, gazetteer)
    local = LOCAL_CAP if c.senses[0].level in ("capital", "region", "city") else 0.0
    settled = c.sure or lead > CONTEXT_CAP + PRIOR_WEIGHT + local
    c.sure = c.sure or lead > reach + local
    if c.sure:
        c.chosen = c.senses[0]
    elif lead >= LIKELY_LEAD:
        votes.add(c, c.senses[0], 1.0 if lead > reach else LIKELY_WEIGHT)
    return settled


def place_unlisted(found: Gathered) -> None:
    """Give the places that no list has to the country in which nearly all other places of the article lie."""
    places: dict[str, list[str]] = defaultdict(list)
    spoken = Counter(c.chosen.iso2 for c in found.candidates if c.chosen is not None)
    for c in found.candidates:
        if c.chosen is not None and (c.chosen.level in SUBNATIONAL or c.chosen.level == "capital"):
            places[c.chosen.iso2].append(c.hit.key)
    if not places:
        return
    iso2, keys = max(places.items(), key=lambda item: (len(item[1]), item[0]))
    total = sum(len(k) for k in places.values())
    second = max((n for other, n in spoken.items() if other != iso2), default=0)
    if second > SECOND_SHARE * spoken[iso2]:
        return
    if len(keys) < ABOUT_MENTIONS or len(set(keys)) < MOST_KEYS or len(keys) < MOST_SHARE * total:
        return
    sense = Sense(iso2, "unlisted", "place")
    for hit, _, reason in found.unresolved:
        if reason == UNLISTED and not (hit.text.low(hit.first - 1) == "the" or hit.possessive or hit.surface.isupper()):
            found.candidates.append(Candidate(hit, (sense,), True, chosen=sense, decided="about"))
    settled = {id(c.hit) for c in found.candidates}
    found.unresolved[:] = [u for u in found.unresolved if id(u[0]) not in settled]
    for c in found.candidates:
        open_ = c.chosen is None and c.senses[0].evidence != "context"
        if open_ and not any(spoken[s.iso2] for s in c.senses) and all(s.level == "city" for s in c.senses):
            c.chosen, c.decided = sense, "about"
    found.candidates.sort(key=lambda c: c.hit.document_start)


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
