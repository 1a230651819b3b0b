"""Country mentions in sentences of our own: what counts, which country, which kind."""

from pathlib import Path

import pytest

from pipelines.text.article_text import ArticleText, Segment, Zone
from pipelines.text.extraction.mentions import EntitySpan, Extraction, Sentence
from pipelines.text.resolution.countries import CountryResolution, Gazetteer, resolve_countries

PLACES = Path(__file__).parents[2] / "models" / "places"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load(PLACES)


def resolve(
    gazetteer: Gazetteer,
    *paragraphs: str,
    title: str = "",
    entities: tuple[tuple[str, str], ...] = (),
    prior: dict[str, float] | None = None,
) -> CountryResolution:
    """Resolve paragraphs; `entities` are (label, surface) pairs, each marked at every occurrence."""
    texts: list[tuple[Zone, int, str]] = [("title", 0, title)] if title else []
    texts += [("body", i, paragraph) for i, paragraph in enumerate(paragraphs, start=1)]
    segments: list[Segment] = []
    offset = 7  # an article does not begin where its document does
    for zone, paragraph, text in texts:
        segments.append(Segment(zone=zone, paragraph=paragraph, start_char=offset, text=text))
        offset += len(text) + 1
    sentences = tuple(
        Sentence(
            sentence=n, zone=s.zone, paragraph=s.paragraph, start_char=s.start_char, end_char=s.start_char + len(s.text)
        )
        for n, s in enumerate(segments, start=1)
    )
    spans = []
    for n, s in enumerate(segments, start=1):
        for label, surface in entities:
            at = s.text.find(surface)
            while at >= 0:
                start = s.start_char + at
                spans.append(
                    EntitySpan(
                        label=label, surface=surface, start_char=start, end_char=start + len(surface), sentence=n
                    )
                )
                at = s.text.find(surface, at + 1)
    return resolve_countries(
        ArticleText(article_id="a", segments=tuple(segments)),
        Extraction(article_id="a", sentences=sentences, entities=tuple(spans)),
        gazetteer,
        prior=prior,
    )


def brief(result: CountryResolution) -> list[str]:
    return [f"{m.surface}={m.iso2}" for m in result.mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # names, abbreviations, possessives, compounds
        ("The US and the U.K. spoke; the UAE and the PRC listened.", "US=US U.K.=GB UAE=AE PRC=CN"),
        ("Russia's army and Ukraine’s navy met the U.S.'s envoy.", "Russia=RU Ukraine=UA U.S.=US"),
        ("A Russian-American firm, US-led talks and pro-Russian groups.", "Russian=RU American=US US=US Russian=RU"),
        ("Franco-German and Sino-Russian ties; the US–China–India race.",
         "Franco=FR German=DE Sino=CN Russian=RU US=US China=CN India=IN"),
        ("The US Navy, the Norwegian Foreign Ministry and Turkish Airlines.", "US=US Norwegian=NO Turkish=TR"),
        ("Côte d’Ivoire, Cote d'Ivoire and the Ivory Coast.", "Côte d’Ivoire=CI Cote d'Ivoire=CI Ivory Coast=CI"),
        ("St. Lucia, St Kitts and Nevis, Trinidad & Tobago.",
         "St. Lucia=LC St Kitts and Nevis=KN Trinidad & Tobago=TT"),
        ("Seoul and S. Korea, Pyongyang and the DPRK.", "Seoul=KR S. Korea=KR Pyongyang=KP DPRK=KP"),
        # names within names
        ("Guinea, Guinea-Bissau, Equatorial Guinea and Papua New Guinea.",
         "Guinea=GN Guinea-Bissau=GW Equatorial Guinea=GQ Papua New Guinea=PG"),
        ("Niger and Nigeria; a Nigerien and a Nigerian.", "Niger=NE Nigeria=NG Nigerien=NE Nigerian=NG"),
        ("Dominica is no part of the Dominican Republic.", "Dominica=DM Dominican Republic=DO"),
        ("The Democratic Republic of the Congo, DR Congo, the DRC and Congo-Brazzaville.",
         "Democratic Republic of the Congo=CD DR Congo=CD DRC=CD Congo-Brazzaville=CG"),
        ("The Republic of the Congo borders Cabinda.", "Republic of the Congo=CG Cabinda=AO"),
        ("North Korea shelled an island of South Korea.", "North Korea=KP South Korea=KR"),
        ("South Sudan left Sudan in 2011.", "South Sudan=SS Sudan=SD"),
        ("Ireland shares a border with Northern Ireland.", "Ireland=IE Northern Ireland=GB"),
        ("New Mexico, New Jersey, New Zealand and New Delhi.",
         "New Mexico=US New Jersey=US New Zealand=NZ New Delhi=IN"),
        ("A quake hit East Azerbaijan, far from Azerbaijan.", "East Azerbaijan=IR Azerbaijan=AZ"),
        ("Mexico City, Kuwait City and Ho Chi Minh City.", "Mexico City=MX Kuwait City=KW Ho Chi Minh City=VN"),
        # accents and other letters
        ("Fires in São Paulo, Łódź, Reykjavík, N'Djamena, Sana'a and Xi'an.",
         "São Paulo=BR Łódź=PL Reykjavík=IS N'Djamena=TD Sana'a=YE Xi'an=CN"),
        # where borders are disputed, the recognised ones decide
        ("Crimea, Donetsk and Sevastopol; Taipei and Penghu; Pristina; Nuuk; Hong Kong.",
         "Crimea=UA Donetsk=UA Sevastopol=UA Taipei=TW Penghu=TW Pristina=XK Nuuk=GL Hong Kong=HK"),
        ("Nagorno-Karabakh, Abkhazia, Transnistria, the West Bank and the Golan Heights.",
         "Nagorno-Karabakh=AZ Abkhazia=GE Transnistria=MD West Bank=PS Golan Heights=SY"),
        # people, languages, adjectives
        ("Salvadorans, Emiratis, Filipinos, Kyrgyz, Swiss, Danes, Poles, Basotho and Ni-Vanuatu.",
         "Salvadorans=SV Emiratis=AE Filipinos=PH Kyrgyz=KG Swiss=CH Danes=DK Poles=PL Basotho=LS Ni-Vanuatu=VU"),
    ],
)  # fmt: skip
def test_resolves(gazetteer: Gazetteer, text: str, expected: str) -> None:
    assert " ".join(brief(resolve(gazetteer, text))) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ships met in the South China Sea, the Gulf of Mexico, the Indian Ocean and the Strait of Hormuz.",
        "The Sea of Japan and the English Channel are cold; so are the Gulf of Finland and the Bay of Bengal.",
        "The Soviet Union fell; Latin America, South America and the Americas watched.",
        "The EU, NATO, the UN, ASEAN and the African Union met.",
        "He told us that they let us go, and that is all of us.",
        "They ate turkey from fine china and polished the silver.",
        "It cost US$100, or A$150.",
        "The Paris Agreement, the Minsk agreements and the Geneva Conventions hold.",
        "He ate French fries, caught Spanish flu and kept a Guinea pig.",
        "They live on London Road, next to Oxford Street.",
        "In May, on the march, reading is nice and the bath is hot.",
        "Prince William is the Prince of Wales.",
        "The CAR industry and the IN crowd.",
        "Dr Jordan and Mr. Holland met Michael Jordan, Kathy Ireland and Denzel Washington.",
        "Polish the table before you go.",
        "It snowed in the Central Coast.",
    ],
)
def test_counts_nothing(gazetteer: Gazetteer, text: str) -> None:
    assert brief(resolve(gazetteer, text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("US TROOPS LEAVE IRAQ AS UK AND FRANCE PROTEST", "US=US IRAQ=IQ UK=GB FRANCE=FR"),
        ("TELL US WHAT YOU THINK ABOUT US", ""),
        ("FOLLOW US ON THE WEB", ""),
        ("RUSSIAN ENVOY VISITS CAIRO IN SEARCH OF GAS", "RUSSIAN=RU CAIRO=EG"),
        ("US Troops Leave Iraq as Turkey Joins Talks With Russia", "US=US Iraq=IQ Turkey=TR Russia=RU"),
        ("What It Means for Us and for Them in the Long Run", ""),
    ],
)
def test_titles_in_any_case(gazetteer: Gazetteer, text: str, expected: str) -> None:
    assert " ".join(brief(resolve(gazetteer, title=text))) == expected


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        # the state and the country
        (["Voters in Georgia and Florida chose; Atlanta counted all night."], "Georgia=US Florida=US Atlanta=US"),
        (["Georgia and Armenia signed a deal in Tbilisi."], "Georgia=GE Armenia=AM Tbilisi=GE"),
        (["Georgia Gov. Ann Oakes signed it."], "Georgia=US"),
        # containers, and one sense per article
        (["She was born in Paris, Texas.", "Paris has a tower of its own."], "Paris=US Texas=US Paris=US"),
        (["Police in Birmingham, Alabama, made an arrest."], "Birmingham=US Alabama=US"),
        (["Tripoli (Lebanon) lies by the sea."], "Tripoli=LB Lebanon=LB"),
        (["The Canadian city of London built a library."], "Canadian=CA London=CA"),
        (["In Abu Dhabi, Washington's envoy spoke."], "Abu Dhabi=AE Washington=US"),
        (["They flew to London, Paris and Texas."], "London=GB Paris=FR Texas=US"),
        (["SMALLVILLE, Kan. (AP) — It rained.", "Smallville is dry in summer."], "SMALLVILLE=US Kan.=US Smallville=US"),
        # counties and postal abbreviations
        (["Orange County deputies drove to Plano, TX, on Monday."], "Orange County=US Plano=US TX=US"),
        # a code that means other things too counts once its country is named
        (["The Central African Republic held a vote.", "The CAR army kept watch."],
         "Central African Republic=CF CAR=CF"),
        (["CAR owners paid more."], ""),
        # persons, once named in full, keep their names
        (["Michael Jordan bought a team.", "Jordan was pleased."], ""),
        (["Jordan and Israel agreed on water.", "The king spoke in Amman."], "Jordan=JO Israel=IL Amman=JO"),
        (["Chad closed its border with Libya."], "Chad=TD Libya=LY"),
        # the country that an article is about decides between towns of one name
        (["Madrid, Sevilla and Spain's coast saw rain.", "In Córdoba it was dry."],
         "Madrid=ES Sevilla=ES Spain=ES Córdoba=ES"),
        (["Rosario, Mendoza and Argentina's coast saw rain.", "In Córdoba it was dry."],
         "Rosario=AR Mendoza=AR Argentina=AR Córdoba=AR"),
        # a town called like a country, where the report is from there or from nowhere else
        (["LEBANON, Pa. — The mayor of Lebanon resigned.", "Lebanon has no deputy mayor."],
         "LEBANON=US Pa.=US Lebanon=US Lebanon=US"),
        (["LEBANON, Pa. — She was born in Beirut.", "Lebanon gave her a medal."],
         "LEBANON=US Pa.=US Beirut=LB Lebanon=LB"),
        (["Crews from Wapakoneta, Logansport and Kokomo came.", "Peru lost its roof."],
         "Wapakoneta=US Logansport=US Kokomo=US Peru=US"),
        (["Peru lost to Chile in Lima."], "Peru=PE Chile=CL Lima=PE"),
        (["He was born in Cuba, Missouri, in 1951."], "Cuba=US Missouri=US"),
        (["They sail to Mexico, California and Texas."], "Mexico=MX California=US Texas=US"),
        # what else says where a place lies
        (["They came from Maga, a town in the north of Nigeria."], "Maga=NG Nigeria=NG"),
        (["Schools in Troy and Athens, Pa., are shut."], "Troy=US Athens=US Pa.=US"),
        (["Farmers in Kakheti prayed.", "Hawaiʻi has no snow."], "Kakheti=GE Hawaiʻi=US"),
    ],
)  # fmt: skip
def test_context(gazetteer: Gazetteer, paragraphs: list[str], expected: str) -> None:
    assert " ".join(brief(resolve(gazetteer, *paragraphs))) == expected


def test_a_country_is_told_from_a_person_of_its_name_who_comes_later(gazetteer: Gazetteer) -> None:
    told = (
        "Jordan has built a plant at Aqaba.",
        "Amman is dry, the Jordanian king said.",
        "Delphine Jordan measured it.",
    )
    entities = (("PERSON", "Delphine Jordan"), ("PERSON", "Jordan"))
    assert brief(resolve(gazetteer, *told, entities=entities))[0] == "Jordan=JO"


def test_a_person_with_a_given_name_hides_a_place(gazetteer: Gazetteer) -> None:
    entities = (("PERSON", "Naomi Osaka"), ("ORG", "Georgia Mae Whitlock"))
    assert brief(resolve(gazetteer, "Naomi Osaka lost to Georgia Mae Whitlock.", entities=entities)) == []
    assert brief(resolve(gazetteer, "Factories in Osaka closed.")) == ["Osaka=JP"]


def test_a_place_on_no_list_stays_open_where_two_countries_are_spoken_of(gazetteer: Gazetteer) -> None:
    portuguese = ("Growers in Setúbal, Évora and Braga dig.", "Portuguese wine is cheap.", "They came to Quorvel.")
    georgian = ("Georgians taught them.", "Tbilisi, the Georgian capital, sent jars.")
    entities = (("GPE", "Quorvel"), ("GPE", "Setúbal"), ("GPE", "Évora"), ("GPE", "Braga"))
    said = "Nobody in Quorvel knew."
    assert "Quorvel=PT" in brief(resolve(gazetteer, *portuguese, said, entities=entities))
    both = resolve(gazetteer, *portuguese, *georgian, said, entities=entities)
    assert "Quorvel=PT" not in brief(both)
    assert "Quorvel" in [u.surface for u in both.unresolved]


def test_brussels_is_belgium_only_where_somebody_is(gazetteer: Gazetteer) -> None:
    result = resolve(gazetteer, "Brussels proposed a levy.", "Ministers met in Brussels on Monday.")
    assert [(m.surface, m.kind, m.paragraph) for m in result.mentions] == [("Brussels", "place", 2)]
    assert [(u.surface, u.candidates) for u in result.unresolved] == [("Brussels", ("BE",))]


def test_the_model_is_a_witness_for_weak_names_only(gazetteer: Gazetteer) -> None:
    said = "Reno said so. The Guthrie family left."
    assert brief(resolve(gazetteer, said)) == []
    assert brief(resolve(gazetteer, said, entities=(("GPE", "Reno"),))) == ["Reno=US"]
    # a label does not undo the name of a country
    assert brief(resolve(gazetteer, "Ukraine won.", entities=(("PERSON", "Ukraine"),))) == ["Ukraine=UA"]


def test_a_person_of_the_model_hides_a_country_of_that_name(gazetteer: Gazetteer) -> None:
    result = resolve(
        gazetteer, "Israel Bloom sang.", title="Israel Bloom Sings", entities=(("PERSON", "Israel Bloom"),)
    )
    assert brief(result) == []


def test_a_surname_that_stands_alone_elsewhere_makes_a_person(gazetteer: Gazetteer) -> None:
    told = resolve(gazetteer, "A baker called Paris Umbridge sold bread.", "It was late when Umbridge closed.")
    assert brief(told) == []
    assert brief(resolve(gazetteer, "The Paris Olympics ended.")) == ["Paris=FR"]


def test_a_name_with_the_or_of_a_quarter_is_not_the_citys(gazetteer: Gazetteer) -> None:
    told = resolve(
        gazetteer, "It snowed in the Central Coast. Australia shivered.", entities=(("LOC", "Central Coast"),)
    )
    assert brief(told) == ["Central Coast=AU", "Australia=AU"]
    assert brief(resolve(gazetteer, "A fire broke out in Upper Edmonton.", entities=(("GPE", "Upper Edmonton"),))) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Ukrainian port of Qwertivka was shelled.", "Ukrainian=UA Qwertivka=UA"),
        ("Mills in Katowice, Ostrava and Brno stood still.", "Katowice=PL Ostrava=CZ Brno=CZ"),
        ("Trains ran as far as Coventry on Monday.", "Coventry=GB"),
        ("Danbury police made an arrest in Connecticut.", "Danbury=US Connecticut=US"),
        ("Miners from San Ramón, in the central highlands of Peru, marched.", "San Ramón=PE Peru=PE"),
        ("NATO and UNESCO met.", ""),
        ("They walked in Central Park and up Mount Kenya.", "Central Park=US Mount Kenya=KE"),
    ],
)
def test_signs_of_a_place_without_the_model(gazetteer: Gazetteer, text: str, expected: str) -> None:
    assert " ".join(brief(resolve(gazetteer, text))) == expected


def test_ambiguous_names_are_listed_not_guessed(gazetteer: Gazetteer) -> None:
    result = resolve(gazetteer, "Unrest in Kashmir went on.")
    assert brief(result) == []
    assert [(u.surface, set(u.candidates)) for u in result.unresolved] == [("Kashmir", {"IN", "PK"})]
    assert result.unresolved[0].reason
    told = resolve(
        gazetteer, "Unrest in Kashmir went on.", "Delhi sent troops.", "India and the Indian army denied it."
    )
    assert "Kashmir=IN" in brief(told)


def test_unknown_places_are_listed(gazetteer: Gazetteer) -> None:
    result = resolve(gazetteer, "He lives in Zzyrkoff with a dog.", entities=(("GPE", "Zzyrkoff"),))
    assert [(u.surface, u.candidates) for u in result.unresolved] == [("Zzyrkoff", ())]


def test_the_source_can_tip_the_scales(gazetteer: Gazetteer) -> None:
    text = "A fire broke out in Hamilton."
    assert brief(resolve(gazetteer, text, prior={"NZ": 1.0})) == ["Hamilton=NZ"]
    assert brief(resolve(gazetteer, text, prior={"CA": 1.0})) == ["Hamilton=CA"]


@pytest.mark.parametrize(
    ("text", "surface", "kind"),
    [
        ("Moscow rejected the plan.", "Moscow", "metonym"),
        ("The Kremlin and the White House denied it.", "Kremlin", "metonym"),
        ("Talks between Moscow and Washington failed.", "Washington", "metonym"),
        ("Ties to Beijing have cooled.", "Beijing", "metonym"),
        ("She flew to Beijing.", "Beijing", "place"),
        ("He was shot in Moscow.", "Moscow", "place"),
        ("The London-based group grew.", "London", "place"),
        ("Paris airport was shut.", "Paris", "place"),
        ("The mayor of Tokyo resigned.", "Tokyo", "place"),
        ("KYIV (AP) — Sirens wailed.", "KYIV", "place"),
        ("It rained in Nairobi and Kampala.", "Kampala", "place"),
        ("London, England, is old.", "London", "place"),
        ("Dubai is hot.", "Dubai", "place"),
        ("Crimean bridges burned.", "Crimean", "place"),
        ("Germany won.", "Germany", "name"),
        ("German trains were late.", "German", "demonym"),
    ],
)
def test_kinds(gazetteer: Gazetteer, text: str, surface: str, kind: str) -> None:
    assert next(m.kind for m in resolve(gazetteer, text).mentions if m.surface == surface) == kind


def test_says_where(gazetteer: Gazetteer) -> None:
    result = resolve(gazetteer, "It rained.", "It rained in Peru.", title="Rain in Chile")
    text = "-------" + "\n".join(("Rain in Chile", "It rained.", "It rained in Peru."))
    assert [(m.iso2, m.zone, m.paragraph, m.sentence) for m in result.mentions] == [
        ("CL", "title", 0, 1),
        ("PE", "body", 2, 3),
    ]
    for m in result.mentions:
        assert text[m.start_char : m.end_char] == m.surface
        assert 0 < m.confidence <= 1


def test_no_sentences_and_no_text(gazetteer: Gazetteer) -> None:
    empty = Extraction(article_id="a", sentences=(), entities=())
    nothing = resolve_countries(ArticleText(article_id="a", segments=()), empty, gazetteer)
    assert nothing == CountryResolution(mentions=(), unresolved=(), settled=True)
    segment = Segment(zone="body", paragraph=1, start_char=0, text="Peru.")
    result = resolve_countries(ArticleText(article_id="a", segments=(segment,)), empty, gazetteer)
    assert [(m.iso2, m.sentence) for m in result.mentions] == [("PE", 0)]


@pytest.mark.parametrize(
    ("text", "entities", "expected"),
    [
        ("She teaches at the University of Bristol.", (("ORG", "the University of Bristol"),), ["Bristol=GB"]),
        ("AMMAN (Petra) — Trains will run again.", (("GPE", "AMMAN"), ("ORG", "Petra")), ["AMMAN=JO"]),
        ("Dye & Durham Ltd. sued.", (("ORG", "Dye & Durham Ltd."),), []),
        ("Kawasaki Motors cut its forecast.", (("ORG", "Kawasaki Motors"),), []),
        (
            "Kawasaki Motors of Japan cut its forecast.",
            (("ORG", "Kawasaki Motors"), ("GPE", "Japan")),
            ["Kawasaki=JP", "Japan=JP"],
        ),
    ],
)
def test_towns_in_names_of_bodies(
    gazetteer: Gazetteer, text: str, entities: tuple[tuple[str, str], ...], expected: list[str]
) -> None:
    assert brief(resolve(gazetteer, text, entities=entities)) == expected


def test_a_firm_is_no_unlisted_place(gazetteer: Gazetteer) -> None:
    text = "There were kickbacks at Enertarn, the state nuclear company, and a theft at Podtarn."
    result = resolve(gazetteer, text, entities=(("GPE", "Enertarn"), ("GPE", "Podtarn")))
    assert [u.surface for u in result.unresolved] == ["Podtarn"]
