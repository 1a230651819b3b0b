"""The gazetteer: which names stand for which countries, read from the CSV files of one folder.

Curated files override the built one (`cities.csv`) name by name when they are loaded, so an edit needs no build.
"""

import csv
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Literal

from pipelines.text.data_files import read_rows
from pipelines.text.resolution.countries.mentions import MentionKind
from pipelines.text.resolution.countries.words import key

Level = Literal["name", "code", "demonym", "capital", "seat", "region", "city", "unlisted"]
Evidence = Literal["", "witness", "word", "person", "context", "located", "never"]
"""What a name needs besides being written with a capital:

'' nothing; 'person' that it be no part of a person's name; 'witness' a sign that it is a place here; 'word' a strong
sign, because it is also a common word; 'context' that its country be named otherwise in the article; 'located' that
somebody be or go there; 'never' is for a name that is nearly always another thing's, and hides a city of that name.
"""


LIKELIHOOD: dict[Level, float] = {
    "name": 10.0,
    "code": 10.0,
    "demonym": 10.0,
    "seat": 9.0,
    "capital": 8.0,
    "region": 7.0,
    "unlisted": 4.0,
}
SUBDIVISION_PEOPLE = 30_000
"""Inhabitants that a first-level part of a country is taken to have, beside a city of its name elsewhere."""
SUBNATIONAL: frozenset[Level] = frozenset({"region", "city", "unlisted"})


@dataclass(frozen=True, slots=True)
class Sense:
    """One country that a name may stand for."""

    iso2: str
    level: Level
    kind: MentionKind
    population: int = 0
    evidence: Evidence = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name may stand for; without senses it is the name of something that is no country."""

    senses: tuple[Sense, ...]
    reason: str = ""
    """Why the name counts for nothing."""
    upper: bool = False
    """Whether it counts only in capitals throughout."""
    comma: bool = False
    """Whether commas stand within it."""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names by key (see `words.key`), and what is known of the countries."""

    entries: dict[str, Entry]
    lengths: dict[str, tuple[int, ...]]
    """First word of a key → in how many words the keys are that it opens, the most first."""
    cities: dict[str, str]
    """Key → 'ISO:population' of the cities of that name, one space between; parsed when asked for."""
    weak_words: frozenset[str]
    """Keys of names that are also common words, whatever they stand for."""
    person_words: frozenset[str]
    """Keys of names that are also given names or surnames."""
    combining: dict[str, str]
    """'sino' → code; halves of compounds that count only before a hyphen."""
    abbreviations: dict[str, str]
    """'Calif', 'TX' → code; short for a part of a country, and only so after the name of a place and a comma."""
    given_names: frozenset[str]
    """Keys of given names and titles that are no places."""
    forenames: frozenset[str]
    """Those of them that are given names and nothing else."""
    given_places: frozenset[str]
    """Keys of given names that are places as well: Paris, Jordan."""
    neighbours: dict[str, frozenset[str]]
    scores: dict[tuple[str, str], float]
    """(key, code) → how likely the name means that country, where the rule of thumb would be wrong."""
    _parsed: dict[str, Entry] = field(default_factory=dict)

    def likelihood(self, k: str, sense: Sense) -> float:
        """How likely the name of key `k` is meant in this sense, before the article is looked at.

        On the scale of the decimal logarithm of a city's inhabitants: 8 for a capital, 10 for a country.
        """
        given = self.scores.get((k, sense.iso2))
        if given is not None:
            return given
        return math.log10(max(sense.population, 1_000)) if sense.level == "city" else LIKELIHOOD[sense.level]

    @classmethod
    def load(cls, folder: Path) -> "Gazetteer":
        """Read the CSV files of `folder` (see its README.md), and `given_names.csv` beside it.

        Raises:
            FileNotFoundError: a file is missing.
            ValueError: a row has an unknown code or value; the message shows file and row.

        """
        neighbours = {r["iso2"]: frozenset(r["neighbours"].split()) for r in read_rows(folder / "countries.csv")}
        evidence: dict[str, Evidence] = {}
        scores: dict[tuple[str, str], float] = {}
        for row in read_rows(folder / "ambiguous.csv"):
            if row["evidence"]:
                evidence[key(row["name"])] = _evidence(row["evidence"], folder / "ambiguous.csv", row)
            for candidate in row["candidates"].split():
                iso2, _, likelihood = candidate.partition(":")
                scores[key(row["name"]), iso2] = float(likelihood)
        senses: dict[str, list[Sense]] = {}
        upper: dict[str, bool] = {}
        comma: set[str] = set()
        combining: dict[str, str] = {}

        def add(name: str, sense: Sense, *, capitals: bool = False) -> None:
            k = key(name)
            if not k or sense.iso2 not in neighbours:
                raise ValueError(f"{folder}: name {name!r} with the unknown country {sense.iso2!r}")
            # that a name is also a person's makes a weak name no stronger
            if k in evidence and evidence[k] != "never" and not (evidence[k] == "person" and sense.evidence):
                sense = Sense(sense.iso2, sense.level, sense.kind, sense.population, evidence[k])
            known = senses.setdefault(k, [])
            if not any(s.iso2 == sense.iso2 for s in known):
                known.append(sense)
            upper[k] = upper.get(k, True) and capitals
            if "," in name:
                comma.add(k)

        for row in read_rows(folder / "names.csv"):
            code = row["form"] == "code"
            add(row["name"], Sense(row["iso2"], "code" if code else "name", "name"), capitals=code)
        for row in read_rows(folder / "demonyms.csv"):
            kind: MentionKind = "place" if row["kind"] == "place" else "demonym"
            if row["kind"] == "combining":
                combining[key(row["demonym"])] = row["iso2"]
                continue
            add(row["demonym"], Sense(row["iso2"], "demonym", kind))
            if not row["demonym"].endswith(("s", "sh", "ch", "ese", "x", "men")):
                add(row["demonym"] + "s", Sense(row["iso2"], "demonym", kind))
        for level in ("capital", "seat", "region"):
            path = folder / f"{level}s.csv"
            default: MentionKind = "place" if level == "region" else "metonym"
            for row in read_rows(path):
                sense = Sense(row["iso2"], level, default, 0, _evidence(row["evidence"], path, row))
                add(row["name"], sense, capitals=row["name"].replace(".", "").isupper() and len(row["name"]) < 6)
        for row in read_rows(folder / "counties.csv"):
            add(row["name"], Sense(row["iso2"], "region", "place"))
        for row in read_rows(folder / "subdivisions.csv"):
            add(row["name"], Sense(row["iso2"], "city", "place", SUBDIVISION_PEOPLE, "witness"))
        for (k, iso2), likelihood in scores.items():
            if not any(s.iso2 == iso2 for s in senses.get(k, ())):
                senses.setdefault(k, []).append(Sense(iso2, "city", "place", int(10**likelihood), "witness"))
                upper.setdefault(k, False)
        entries = {k: Entry(tuple(v), "", upper[k], k in comma) for k, v in senses.items()}
        for row in read_rows(folder / "blockers.csv"):
            k = key(row["phrase"])
            if k not in entries:
                entries[k] = Entry((), row["reason"] or "no country")
        cities: dict[str, str] = {}
        for name, iso2, population in _cells(folder / "cities.csv"):
            k = key(name)
            if evidence.get(k) == "never":
                continue
            place = f"{iso2}:{population}"
            cities[k] = f"{cities[k]} {place}" if k in cities else place
        given: dict[str, str] = {}
        forenames: set[str] = set()
        for row in read_rows(folder.parent / "given_names.csv"):
            given[k := key(row["name"])] = row["place"]
            if row["kind"] == "given" and not row["place"]:
                forenames.add(k)
        abbreviations = {r["abbreviation"]: r["iso2"] for r in read_rows(folder / "abbreviations.csv")}
        names = (entries, cities, combining, (key(a).partition(" ")[0] for a in abbreviations))
        return cls(
            entries=entries,
            lengths=_lengths(chain.from_iterable(names)),
            cities=cities,
            weak_words=frozenset(k for k, e in evidence.items() if e == "word"),
            person_words=frozenset(k for k, e in evidence.items() if e == "person") | frozenset(given),
            combining=combining,
            abbreviations=abbreviations,
            given_names=frozenset(k for k, place in given.items() if not place),
            forenames=frozenset(forenames),
            given_places=frozenset(k for k, place in given.items() if place),
            neighbours=neighbours,
            scores=scores,
        )

    def get(self, k: str) -> Entry | None:
        """What the key stands for: curated senses first, then the cities of that name in further countries."""
        found = self._parsed.get(k)
        if found is not None:
            return found
        entry, raw = self.entries.get(k), self.cities.get(k)
        if raw is None or (entry is not None and not entry.senses):
            return entry
        known = {s.iso2 for s in entry.senses} if entry else set()
        extra: list[Sense] = []
        for place in raw.split():
            iso2, _, population = place.partition(":")
            word = population.endswith("w") or k in self.weak_words
            if iso2 not in known:
                known.add(iso2)
                n = int(population.removesuffix("w"))
                extra.append(Sense(iso2, "city", "place", n, "word" if word else "witness"))
        merged = Entry(
            (*(entry.senses if entry else ()), *extra), "", bool(entry and entry.upper), bool(entry and entry.comma)
        )
        self._parsed[k] = merged
        return merged


def _lengths(keys: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """First word of a key → in how many words the keys are that it opens, the most first."""
    found: dict[str, int] = {}
    for k in keys:  # a bit for each length
        first, _, rest = k.partition(" ")
        found[first] = found.get(first, 0) | (2 << rest.count(" ") if rest else 1)
    of_bits = {
        bits: tuple(n for n in range(bits.bit_length(), 0, -1) if bits >> (n - 1) & 1) for bits in found.values()
    }
    return {first: of_bits[bits] for first, bits in found.items()}


def _cells(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        yield from reader


def _evidence(value: str, path: Path, row: dict[str, str]) -> Evidence:
    if value not in ("", "witness", "word", "person", "context", "located", "never"):
        raise ValueError(f"{path}: unknown evidence {value!r} in {row}")
    return value  # type: ignore[return-value]
