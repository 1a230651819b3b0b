import random
import re
import time
from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.text.article_text import ArticleText, Segment
from pipelines.text.extraction.mentions import EntitySpan, Extraction, Sentence
from pipelines.text.extraction.sentences import sentence_bounds
from pipelines.text.resolution.entities import (
    ArticleEntities,
    EntityKnowledge,
    EntityResolution,
    link_corpus,
    load_entity_knowledge,
    resolve_article,
    resolve_entities,
)

Article = tuple[str, ArticleText, Extraction]
_MARKED = re.compile(r"\[([^|\]]+)\|([A-Z_]+)\]")


@pytest.fixture(scope="module")
def knowledge() -> EntityKnowledge:
    return load_entity_knowledge()


def article(*paragraphs: str, title: str | None = None, article_id: str = "a") -> Article:
    """A document and its article; '[Ada Marsh|PERSON]' is what the model saw."""
    text = "x\n\n"
    segments, spans, sentences = [], [], []
    for number, marked in enumerate(([title] if title is not None else []) + list(paragraphs)):
        plain, position = "", 0
        for match in _MARKED.finditer(marked):
            plain += marked[position : match.start()]
            start = len(text) + len(plain)
            plain += match.group(1)
            spans.append((match.group(2), match.group(1), start, len(text) + len(plain)))
            position = match.end()
        plain += marked[position:]
        zone = "title" if title is not None and number == 0 else "body"
        segments.append(
            Segment(zone=zone, paragraph=0 if zone == "title" else number + 1, start_char=len(text), text=plain)
        )
        for start, end in sentence_bounds(plain):
            sentences.append(
                Sentence(
                    sentence=len(sentences) + 1,
                    zone=zone,
                    paragraph=segments[-1].paragraph,
                    start_char=len(text) + start,
                    end_char=len(text) + end,
                )
            )
        text += plain + "\n\n"
    entities = tuple(
        EntitySpan(
            label=label,
            surface=surface,
            start_char=start,
            end_char=end,
            sentence=max((s.sentence for s in sentences if s.start_char <= start), default=1),
        )
        for label, surface, start, end in spans
    )
    return (
        text,
        ArticleText(article_id=article_id, segments=tuple(segments)),
        Extraction(article_id=article_id, sentences=tuple(sentences), entities=entities),
    )


def resolve(knowledge: EntityKnowledge, *articles: Article) -> EntityResolution:
    resolution = resolve_entities([(text, extraction) for _, text, extraction in articles], knowledge)
    check(resolution, *articles)
    return resolution


def check(resolution: EntityResolution, *articles: Article) -> None:
    """What has to hold whatever the texts say."""
    texts = {content.article_id: text for text, content, _ in articles}
    sentences = {extraction.article_id: len(extraction.sentences) for _, _, extraction in articles}
    labels = {entity.entity_id: entity.label for entity in resolution.entities}
    assert len(labels) == len(resolution.entities)
    end: dict[str, int] = defaultdict(int)
    for mention in resolution.mentions:
        assert texts[mention.article_id][mention.start_char : mention.end_char] == mention.surface
        assert labels[mention.entity_id] == mention.label
        assert mention.start_char >= end[mention.article_id]
        assert 1 <= mention.sentence <= sentences[mention.article_id]
        end[mention.article_id] = mention.end_char
    assert {m.entity_id for m in resolution.mentions} == set(labels)


def named(resolution: EntityResolution, label: str, article_id: str | None = None) -> dict[str, list[str]]:
    """Surfaces of each entity of a label, by its name."""
    names = {entity.entity_id: entity.name for entity in resolution.entities}
    found: dict[str, list[str]] = defaultdict(list)
    for mention in resolution.mentions:
        if mention.label == label and article_id in {None, mention.article_id}:
            found[names[mention.entity_id]].append(mention.surface)
    return dict(found)


# -- persons of an article ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "They met [President Ada Marsh|PERSON] there.",
        "They met [Ada Marsh's|PERSON] aides there.",
        "They met [Norwegian Minister Ada Marsh|PERSON] there.",
        "They met Gen. [Ada Marsh|PERSON] there.",
        "They met [Ada Marsh, director|PERSON] there.",
        "They met their lawyer, Ada Marsh, there.",
        "They met Ada Marsh, who was late.",
        "They met [Ada Marsh|ORG], 43, a teacher.",
        "“Come in,” Ada Marsh said.",
        "They met [Harbour Authority Chief Ada Marsh|ORG] there.",
        "The board's [Ada Marsh|ORG] resigned.",
    ],
)
def test_a_name_is_found_and_stripped_of_what_is_around_it(knowledge, text):
    assert named(resolve(knowledge, article(text)), "PERSON") == {"Ada Marsh": ["Ada Marsh"]}


def test_surnames_go_to_the_full_name_and_all_occurrences_are_found(knowledge):
    found = resolve(
        knowledge,
        article(
            "The mayor, [Ada Marsh|PERSON], opened the bridge. Marsh’s brother stayed away.",
            "“It is done,” [Marsh|ORG] said. A Marsh-era law allowed it, and the Marsh administration paid.",
            title="Marsh Opens the Old Bridge",
        ),
    )
    assert named(found, "PERSON") == {"Ada Marsh": ["Marsh", "Ada Marsh", "Marsh", "Marsh", "Marsh", "Marsh"]}
    assert named(found, "ORG") == {}


def test_two_people_of_one_surname_stay_apart(knowledge):
    found = resolve(
        knowledge,
        article(
            "The minister [Ada Marsh|PERSON] spoke first. Marsh left early.",
            "Her cousin, the poet Otto Marsh, stayed. [Ada Marsh|PERSON] did not call.",
        ),
    )
    assert named(found, "PERSON") == {"Ada Marsh": ["Ada Marsh", "Marsh", "Ada Marsh"], "Otto Marsh": ["Otto Marsh"]}


def test_family_names_that_come_first(knowledge):
    found = resolve(knowledge, article("The envoy [Wang Ruolan|PERSON] came. [Wang|PERSON] smiled. Later Wang left."))
    assert named(found, "PERSON") == {"Wang Ruolan": ["Wang Ruolan", "Wang", "Wang"]}


def test_particles_and_hyphens_belong_to_the_name(knowledge):
    found = resolve(
        knowledge,
        article("Prince [Faisal|PERSON] bin Omar met [Rosa Diaz|PERSON]-Moll. [bin Omar|PERSON] praised Diaz-Moll."),
    )
    assert named(found, "PERSON") == {
        "Faisal bin Omar": ["Faisal bin Omar", "bin Omar"],
        "Rosa Diaz-Moll": ["Rosa Diaz-Moll", "Diaz-Moll"],
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Omar al-Tariq|PERSON] spoke. Later Tariq left.", ["Omar al-Tariq", "Tariq"]),
        ("[Ana Lopez Moran|PERSON] spoke. Later [Lopez Moran|ORG] and Moran left.", None),
        (
            "[Ada Marsh|PERSON], also known as Otterling, spoke. Otterling left.",
            ["Ada Marsh", "Otterling", "Otterling"],
        ),
        ("[Pope Leo XIV|PERSON] spoke. Leo left.", ["Leo XIV", "Leo"]),
        ("[Ursula|PERSON] von der Heide spoke. [Von der Heide|ORG] left.", ["Ursula von der Heide", "Von der Heide"]),
        ("[Ada Rosa|PERSON] [Marsh|GPE] sang. [Marsh|GPE] left.", ["Ada Rosa Marsh", "Marsh"]),
        ("[Marine Le|PERSON] Pont spoke. Le Pont left.", ["Marine Le Pont", "Le Pont"]),
        ("[Martin Moll Jr.|PERSON] spoke. Moll left.", ["Martin Moll Jr.", "Moll"]),
    ],
)
def test_short_forms_of_a_name(knowledge, text, expected):
    expected = expected or ["Ana Lopez Moran", "Lopez Moran", "Moran"]
    assert list(named(resolve(knowledge, article(text)), "PERSON").values()) == [expected]


def test_titles_that_belong_to_a_single_name(knowledge):
    found = resolve(
        knowledge,
        article(
            "[Pope Leo|PERSON] met [Sultan Omar|ORG]. [Omar|PERSON] bin Faisal came late.",
            "Leo left. Sultan Omar bin Faisal stayed.",
        ),
    )
    assert named(found, "PERSON") == {
        "Pope Leo": ["Pope Leo", "Leo"],
        "Omar bin Faisal": ["Sultan Omar", "Omar bin Faisal", "Omar bin Faisal"],
    }


@pytest.mark.parametrize(
    "text",
    [
        "They fired [ATACMS|PERSON] at dawn.",
        "They fired [M142|PERSON] at dawn.",
        "He lived in [Berlin|PERSON] then.",
        "A [Norwegian|PERSON] left.",
        "He reads [Reuters|PERSON] daily.",
        "It sank in the Strait of [Hormuz|PERSON] at dawn.",
        "A [Tidewater Airport|PERSON] strike is over.",
        "They wear a ring, and [Ring|PERSON] pays.",
        "The [Spokesman|PERSON] smiled.",
        "He lived in [Tarnby|PERSON] and worked in [Tarnby|PERSON].",
        "Monks from Japan and Sri [Lanka|PERSON] came.",
        "The Deputy [Bridges|PERSON] Minister came.",
        "A storm passed west of [Tarnby|PERSON] at noon.",
        "The [Tarna|PERSON] flooded the road.",
        "He is [Lutheran|PERSON].",
        "Two [Danes|PERSON] came.",
        "They drove through [Luang Prabang|PERSON] at dawn.",
        "They walked to [Santiago de Compostela|PERSON] in May.",
        "They sold [Cobalto del Norte|PERSON] in May.",
        "They watched [Dynamo Tarnby|PERSON] in May.",
        "They live in [Rue Tarnby|PERSON] now.",
    ],
)
def test_what_is_no_person(knowledge, text):
    assert named(resolve(knowledge, article(text)), "PERSON") == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # taken for a body, but spoken of as a person
        ("[Volcanologist Oriel Tanbek|ORG] climbed it.", "Oriel Tanbek"),
        ("The shed belonged to [Oriel Tanbek of Gdynia|ORG]. Tanbek told nobody.", "Oriel Tanbek"),
        ("He painted [Oriel Tanbek|ORG]. “No,” Tanbek said.", "Oriel Tanbek"),
        ("Miller Oriel Tanbek sold it. “No,” Tanbek said.", "Oriel Tanbek"),
        ("The bread is the miller Oriel Tanbek's.", "Oriel Tanbek"),
        # missed by the model
        ("The Dane Oriel Tanbek won it.", "Oriel Tanbek"),
        ("It was a second behind Oriel Tanbek of Denmark.", "Oriel Tanbek"),
        ("“It rains,” said Oriel Tanbek.", "Oriel Tanbek"),
        # cut by the model
        ("[Oriel|PERSON] Varde [Tanbek|PERSON] left.", "Oriel Varde Tanbek"),
        ("Oriel [Tanbek-Moe|PERSON], who left, is back.", "Oriel Tanbek-Moe"),
        ("His wife, Oriel van der [Tanbek|PERSON], left.", "Oriel van der Tanbek"),
    ],
)
def test_a_person_whom_the_model_does_not_see_as_one(knowledge, text, expected):
    assert list(named(resolve(knowledge, article(text)), "PERSON")) == [expected]


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Pilot [Oriel|PERSON] [Cuba|GPE] landed. She flew to [Cuba|GPE].", ["Oriel Cuba"]),
        ("Pilot [Oriel Cuba|PERSON] landed. [Cuba|GPE], 43, is from Peru.", ["Oriel Cuba", "Cuba"]),
        ("Pilot [Oriel Cuba|PERSON] landed. “Easy,” [Cuba|GPE] said of [Cuba|GPE].", ["Oriel Cuba", "Cuba"]),
        ("Pilot [Oriel Cuba|PERSON] flew to [Cuba|GPE]. [Cuba|GPE] said it had no fuel.", ["Oriel Cuba"]),
        ("Pilot [Oriel Cuba|PERSON] flew a [Cuban|NORP] plane. [Cuba|GPE] has one.", ["Oriel Cuba"]),
        ("Pilot [Oriel Cuba|PERSON] landed. [Cuba|GPE] smiled.", ["Oriel Cuba", "Cuba"]),
    ],
)
def test_a_family_name_that_is_a_countrys_name_too(knowledge, text, forms):
    found = resolve(knowledge, article(text))
    assert [m.surface for m in found.mentions if m.label == "PERSON"] == forms


def test_names_in_a_headline_need_the_text_below(knowledge):
    found = resolve(knowledge, article("The navy trained in the bay.", title="[Plans Giant Parade|PERSON] in Bay"))
    assert named(found, "PERSON") == {}


def test_a_persons_name_in_the_name_of_something_else(knowledge):
    found = resolve(
        knowledge,
        article(
            "The files of the [Marsh Estate|ORG] name [Ada Marsh|PERSON]. The [Marsh Tower|FAC] is shut. Marsh is not."
        ),
    )
    assert named(found, "PERSON") == {"Ada Marsh": ["Ada Marsh", "Marsh"]}
    assert named(found, "ORG") == {"Marsh Estate": ["Marsh Estate"]}
    assert named(found, "FAC") == {"Marsh Tower": ["Marsh Tower"]}


def test_a_lone_surname_is_kept_as_unresolved(knowledge):
    found = resolve(knowledge, article("“Never,” [Pallister|PERSON] said."))
    assert [(e.name, e.resolved) for e in found.entities] == [("Pallister", False)]


# -- organisations of an article ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The [Port Board|ORG] (HSB) met. The HSB was late.", {"Port Board": ["Port Board", "HSB", "HSB"]}),
        ("The Fish Alliance (FA) met. FA left.", {"Fish Alliance": ["Fish Alliance", "FA", "FA"]}),
        ("The [Tarn Sea Watch|ORG] left. [Sea Watch|ORG] came.", {"Tarn Sea Watch": ["Tarn Sea Watch", "Sea Watch"]}),
        ("The Russian defense ministry spoke.", {"Russian defense ministry": ["Russian defense ministry"]}),
        ("A vote in Kenya's parliament failed.", {"Kenya's parliament": ["Kenya's parliament"]}),
        ("The Ministry of Fish and Ports closed.", {"Ministry of Fish and Ports": ["Ministry of Fish and Ports"]}),
        ("The Kremlin and the [White House|FAC] spoke.", {"Kremlin": ["Kremlin"], "White House": ["White House"]}),
        ("It joined the EU. The [European Union|ORG] paid.", {"European Union": ["EU", "European Union"]}),
        ("He wrote on X that X-rays help.", {"X": ["X"]}),
        ("They hired Dockline Safety, a harbour security company.", {"Dockline Safety": ["Dockline Safety"]}),
        ("The [US|ORG] and [Berlin|ORG] agreed.", {}),
        ("The [New START Treaty|ORG] lapsed.", {}),
        ("The [Committee|ORG] met.", {}),
        ("The [Foreign|ORG] Minister met.", {}),
        ("The [Workers' Action Party|ORG] won.", {"Workers' Action Party": ["Workers' Action Party"]}),
        ("Ann's Farmers’ Union won.", {"Farmers’ Union": ["Farmers’ Union"]}),
        ("The [Hayat|ORG] [Tahrir al-Sham|PERSON] group met.", {"Hayat Tahrir al-Sham": ["Hayat Tahrir al-Sham"]}),
        ("The General Staff of Norland's army met.", {"General Staff": ["General Staff"]}),
        ("The [Harbour Force|ORG] (WHO) met. The WHO left.", {"Harbour Force": ["Harbour Force", "WHO", "WHO"]}),
        ("[Oak and Elm Bank|ORG] met. [Elm Bank|ORG] left.", {"Oak": ["Oak"], "Elm Bank": ["Elm Bank", "Elm Bank"]}),
        ("The League for Elm (LfT) met. The LfT left.", {"League for Elm": ["League for Elm", "LfT", "LfT"]}),
        ("The [United States|ORG] (US) met.", {}),
    ],
)  # fmt: skip
def test_organisations(knowledge, text, expected):
    assert named(resolve(knowledge, article(text)), "ORG") == expected


def test_ministries_of_two_countries_stay_apart_and_one_unnamed_is_unresolved(knowledge):
    found = resolve(
        knowledge,
        article("The French foreign ministry called the German Foreign Ministry. The foreign ministry did not answer."),
    )
    assert named(found, "ORG") == {
        "French foreign ministry": ["French foreign ministry"],
        "German Foreign Ministry": ["German Foreign Ministry"],
        "foreign ministry": ["foreign ministry"],
    }
    assert {e.name for e in found.entities if not e.resolved} == {"foreign ministry"}


def test_other_labels_have_an_entity_per_name(knowledge):
    found = resolve(
        knowledge,
        article(
            "In [the Baltic Sea|LOC], [Russia|GPE] and [Russia|GPE] met [U.S.|GPE] ships.",
            "The [US|GPE] ships left the [Baltic Sea|LOC].",
        ),
    )
    assert {(e.label, tuple(sorted({e.name, *e.aliases}))) for e in found.entities} == {
        ("LOC", ("Baltic Sea",)),
        ("GPE", ("Russia",)),
        ("GPE", ("U.S.", "US")),
    }


# -- the corpus -----------------------------------------------------------------------------------------------------


def test_spellings_of_a_person_are_one_entity(knowledge):
    found = resolve(
        knowledge,
        article("[Volodymyr Zelenskyy|PERSON] and [Steve Witkoff|PERSON] met in [Paris|GPE].", article_id="a"),
        article("[Vladimir Zelenskiy|PERSON] spoke. [Volodymyr Zelenskyy|PERSON] left.", article_id="b"),
        article("[Witcoff|PERSON] and [Zelensky|PERSON] said so in [Paris|GPE].", article_id="c"),
    )
    assert set(named(found, "PERSON")) == {"Volodymyr Zelenskyy", "Steve Witkoff"}
    assert named(found, "PERSON", "c") == {"Steve Witkoff": ["Witcoff"], "Volodymyr Zelenskyy": ["Zelensky"]}
    (entity,) = [e for e in found.entities if e.name == "Volodymyr Zelenskyy"]
    assert entity.aliases == ("Vladimir Zelenskiy", "Zelensky")
    assert entity.resolved


@pytest.mark.parametrize(
    ("names", "count"),
    [
        (("Ali Karimi", "Mojtaba Karimi"), 2),
        (("George H. W. Marsh", "George W. Marsh"), 2),
        (("George Marsh", "George W. Marsh"), 1),
        (("J. Marsh", "Joan Marsh"), 1),
        (("J. Marsh", "Joan Marsh", "Jill Marsh"), 3),
        (("Mohammad Javad Karimi", "Javad Karimi"), 1),
        (("Ada Marsh", "Ada Marsh Jr"), 2),
        (("Donald Marsh", "Melania Marsh", "Don Marsh"), 2),
    ],
)
def test_names_merge_only_when_compatible(knowledge, names, count):
    articles = [article(f"They saw [{name}|PERSON] leave.", article_id=str(n)) for n, name in enumerate(names)]
    assert len(named(resolve(knowledge, *articles), "PERSON")) == count


def test_a_surname_alone_joins_the_clearly_more_frequent_bearer_only(knowledge):
    def corpus(often: int, rarely: int) -> dict[str, list[str]]:
        texts = ["The poet [Ada Marsh|PERSON] won."] * often + ["The actor [Otto Marsh|PERSON] lost."] * rarely
        articles = [article(t, article_id=f"{n:02}") for n, t in enumerate([*texts, "They said [Marsh|PERSON] left."])]
        return named(resolve(knowledge, *articles), "PERSON", f"{len(texts):02}")

    assert corpus(4, 2) == {"Ada Marsh": ["Marsh"]}
    assert corpus(3, 2) == {"Marsh": ["Marsh"]}


def test_a_surname_of_an_unrelated_article_does_not_mean_a_person_named_once(knowledge):
    found = resolve(
        knowledge,
        article("The farmer [Ada Marsh|PERSON] lost a dam.", article_id="a"),
        article("“Riots,” [Marsh|PERSON] said.", article_id="b"),
    )
    assert set(named(found, "PERSON")) == {"Ada Marsh", "Marsh"}


def test_a_lone_word_taken_for_a_firm_is_the_person_whom_the_corpus_calls_so(knowledge):
    articles = [
        article("[Ada Marsh|PERSON] won. Marsh laughed.", article_id="a"),
        article("[Ada Marsh|PERSON] lost. Marsh wept.", article_id="b"),
        article("It is clear that [Marsh|ORG] has a plan, and [Oakline|ORG] has none.", article_id="c"),
    ]
    found = resolve(knowledge, *articles)
    assert named(found, "PERSON", "c") == {"Ada Marsh": ["Marsh"]}
    assert named(found, "ORG", "c") == {"Oakline": ["Oakline"]}


def test_an_acronym_alone_is_the_body_that_another_article_introduces(knowledge):
    found = resolve(
        knowledge,
        article("The [Harbour Safety Board|ORG] (HSB) met.", article_id="a"),
        article("A report by the [HSB|ORG] is out.", article_id="b"),
    )
    assert named(found, "ORG", "b") == {"Harbour Safety Board": ["HSB"]}


def test_the_table_of_aliases_decides(knowledge, tmp_path):
    import shutil

    from pipelines.text.resolution.entities.knowledge import MODELS

    shutil.copytree(MODELS / "entities", tmp_path / "entities")
    shutil.copytree(MODELS / "places", tmp_path / "places")
    shutil.copy(MODELS / "given_names.csv", tmp_path)
    with (tmp_path / "entities" / "aliases.csv").open("a", encoding="utf-8") as file:
        file.write("Old Otter,Ada Marsh,PERSON\nDockers,Dock Workers' Union,ORG\n")
    mine = load_entity_knowledge(tmp_path)
    found = resolve(
        mine,
        article("The poet [Ada Marsh|PERSON] won.", article_id="a"),
        article("They call her Old Otter. The Dockers cheered.", article_id="b"),
    )
    assert named(found, "PERSON", "b") == {"Ada Marsh": ["Old Otter"]}
    assert named(found, "ORG", "b") == {"Dock Workers' Union": ["Dockers"]}


CORPUS = [
    article("[Ada Marsh|PERSON] met [J. Tan|PERSON] of the [Harbour Safety Board|ORG] (HSB).", article_id="1"),
    article("[Bo Tan|PERSON] and [George W. Marsh|PERSON] left the HSB. Marsh spoke.", article_id="2"),
    article("[George Marsh|PERSON] and [Marsh|ORG] are in [Norway|GPE]; [Tan|PERSON] is not.", article_id="3"),
    article(
        "[George H. W. Marsh|PERSON], [Joan Tan|PERSON] and [Ada Marsh|PERSON] sat. The HSB did not.", article_id="4"
    ),
    article("“No,” [Zelenskiy|PERSON] said to [Volodymyr Zelensky|PERSON].", article_id="5"),
]


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_articles_does_not_matter(knowledge, seed):
    shuffled = list(CORPUS)
    random.Random(seed).shuffle(shuffled)
    assert resolve(knowledge, *shuffled) == resolve(knowledge, *CORPUS)


def test_an_article_more_leaves_the_ids_of_the_others(knowledge):
    before = {e.entity_id for e in resolve(knowledge, *CORPUS).entities}
    more = article("[Rosa Diaz|PERSON] and [Ada Marsh|PERSON] met at [Oakline|ORG].", article_id="9")
    assert before <= {e.entity_id for e in resolve(knowledge, *CORPUS, more).entities}


def test_stored_stages_give_the_same(knowledge):
    local = [resolve_article(text, extraction, knowledge) for _, text, extraction in CORPUS]
    linked = link_corpus([ArticleEntities.from_json(a.article_id, a.to_json()) for a in local], knowledge)
    whole = resolve(knowledge, *CORPUS)
    assert linked == replace(whole, mentions=())
    ids = dict(linked.links)
    joined = [
        (a.article_id, entity_id, mention)
        for a in local
        for entity, entity_id in zip(a.entities, ids[a.article_id], strict=True)
        for mention in entity.mentions
    ]
    assert sorted(joined) == sorted(
        (m.article_id, m.entity_id, (m.surface, m.start_char, m.end_char, m.sentence)) for m in whole.mentions
    )


def test_an_extraction_of_another_article_is_refused(knowledge):
    with pytest.raises(ValueError, match="given for article"):
        resolve_article(CORPUS[0][1], CORPUS[1][2], knowledge)


def test_no_articles_and_empty_articles(knowledge):
    assert resolve(knowledge) == EntityResolution(entities=(), mentions=())
    assert resolve(knowledge, article()) == EntityResolution(entities=(), mentions=())


WORDS = (
    "Ada Marsh Otto Tan bin van Jr. Gen. President said the The of in U.S. NATO (HSB) Ministry police Russian Russia's "
    "X on - , . “ ” ’ ' 12 Bo-Tan O’Neil Oakline committee administration Board Sultan and . \n"
)


@given(
    paragraphs=st.lists(st.lists(st.sampled_from(WORDS.split(" ")), max_size=25).map(" ".join), max_size=4),
    data=st.data(),
)
@settings(deadline=None, max_examples=150)
def test_offsets_hold_and_mentions_do_not_overlap_whatever_the_text(knowledge, paragraphs, data):
    text, content, extraction = article(*(p.replace("|", " ") for p in paragraphs))
    spans, end = [], 0
    for segment in content.segments:
        for match in re.finditer(r"\S+(?: \S+)?", segment.text):
            start = segment.start_char + match.start()
            if start >= end and data.draw(st.booleans()):
                end = segment.start_char + match.end()
                label = data.draw(st.sampled_from(["PERSON", "ORG", "GPE", "NORP", "WORK_OF_ART", "FAC"]))
                spans.append(EntitySpan(label=label, surface=match.group(), start_char=start, end_char=end, sentence=1))
    extraction = Extraction(article_id="a", sentences=extraction.sentences, entities=tuple(spans))
    resolve(knowledge, (text, content, extraction))


# -- where aliases come from, and what was merged -------------------------------------------------------------------


def test_every_alias_says_where_it_comes_from(knowledge):
    found = resolve(
        knowledge,
        article("President [Volodymyr Zelensky|PERSON] met the [Reed Board of Trade|ORG] ([RBT|ORG]).", article_id="a"),
        article("[Vladimir Zelenskiy|PERSON] left. Zelenskiy spoke to the [UN|ORG].", article_id="b"),
    )
    sources = {a.alias: a.source for a in found.aliases}
    assert sources == {
        "Volodymyr Zelensky": "name",
        "Vladimir Zelenskiy": "name",
        "Zelenskiy": "part",
        "Reed Board of Trade": "name",
        "RBT": "acronym",
        "UN": "table",
        "United Nations": "table",
    }
    assert {a.alias: a.mentions for a in found.aliases}["United Nations"] == 0


def test_a_merge_keeps_the_id_that_the_name_had_alone(knowledge):
    alone = resolve(knowledge, article("“No,” [Pallister|PERSON] said in [Hull|GPE].", article_id="a"))
    before = next(e.entity_id for e in alone.entities if e.name == "Pallister")
    texts = [article(f"[Cora Pallister|PERSON] spoke in [Hull|GPE]. {i}", article_id=f"b{i}") for i in range(2)]
    found = resolve(knowledge, article("“No,” [Pallister|PERSON] said in [Hull|GPE].", article_id="a"), *texts)
    person = next(e for e in found.entities if e.label == "PERSON")
    assert [(m.merged_id, m.entity_id, m.rule, m.articles) for m in found.merges] == [
        (before, person.entity_id, "surname", 1)
    ]


@pytest.mark.parametrize(
    ("names", "rule"),
    [
        (["Ada Bell Marsh", "Ada Bell Marsh", "Ada Cole Marsh", "Ada Marsh"], "middle name"),
        (["Joan Marsh", "J. Marsh"], "initial"),
        (["Omar Javad Tahan", "Javad Tahan"], "shortened name"),
    ],
)
def test_merges_name_their_rule(knowledge, names, rule):
    found = resolve(
        knowledge, *(article(f"The poet [{n}|PERSON] won.", article_id=f"a{i}") for i, n in enumerate(names))
    )
    assert {m.rule for m in found.merges} == {rule}
    ids = {e.entity_id for e in found.entities}
    assert all(m.entity_id in ids and m.merged_id not in ids for m in found.merges)


# -- what stands beside a name --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Mayor [Alfredo "Fred" Marsh|PERSON] spoke. Marsh left.', ['Alfredo "Fred" Marsh', "Marsh"]),
        ("Bishop Jaime [Cristóbal Abril|PERSON] prayed.", ["Jaime Cristóbal Abril"]),
        ("They cheered Chad's Tadesse [Worku Abebe|PERSON] in the rain.", ["Tadesse Worku Abebe"]),
        ("The coach praised [David Mugonyi-Were|PERSON].", ["David Mugonyi-Were"]),
        ("Chief executive [Marijke van den|PERSON] [Vale-Tan|ORG] wept.", ["Marijke van den Vale-Tan"]),
        ("She beat Botic van de Valk in the rain.", ["Botic van de Valk"]),
        ("The girl, [Georgia Mae Whitlock|ORG], slept.", ["Georgia Mae Whitlock"]),
        ("A lorry hit [Ada Marsh of Hull|PERSON] there.", ["Ada Marsh"]),
        ("Minister of Mineral Resources and [Energy Gwede Marsh|ORG] spoke.", ["Gwede Marsh"]),
        ("Mr. [London|PERSON] spoke. London, a judge, left.", ["London", "London"]),
        ("Minister [Abena Sarpong-Mills|PERSON] signed.", ["Abena Sarpong-Mills"]),
    ],
)
def test_the_whole_of_a_persons_name(knowledge, text, expected):
    assert list(named(resolve(knowledge, article(text)), "PERSON").values()) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "A farmer in [Sefwi Wiawso|PERSON] must earn more.",
        "They reached [Larantuka|PERSON] at noon.",
        "Crews drove around [Huye|PERSON] and [Musanze|PERSON].",
        "Chocolate makers [Barry Callebaut|PERSON] declined.",
        "The [Chicago Cubs|PERSON] lost.",
        "Shares of [Airtel Africa|PERSON] fell.",
        "They heard the folk group [Agua Vale|PERSON].",
        "The Office of Foreign [Assets Control|PERSON] (OFAC) froze it.",
        "[Alexander County|PERSON] has lost its clerk.",
        "The ore from [Rubaya|PERSON] had been sold.",
    ],
)
def test_what_stands_beside_it_shows_that_it_is_no_person(knowledge, text):
    assert named(resolve(knowledge, article(text)), "PERSON") == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Antitrust body Sudek must approve it.", "Sudek"),
        ("Sales to chipmaker Kelvin Optics rose.", "Kelvin Optics"),
        ("Tower Vale spokeswoman [Ada Marsh|PERSON] said so.", "Tower Vale"),
        ("Fraporta, which runs the airport, agreed.", "Fraporta"),
        ("He joined Stade Vernais in May.", "Stade Vernais"),
        ("They beat Real Zaragoza twice.", "Real Zaragoza"),
        ("The Pittsburgh Otters were idle.", "Pittsburgh Otters"),
        ("The [Dodders|PERSON] won again.", "Dodders"),
        ("The Attorney General's Office opened a case.", "Attorney General's Office"),
        ("The [Center for Tides|ORG] and [Harbour Silting|ORG] said so.", "Center for Tides and Harbour Silting"),
        ("The [Senate|ORG] voted.", "Senate"),
        ("[Acme Vale Inc.|ORG] grew.", "Acme Vale Inc."),
        ("She told The Beacon so.", "Beacon"),
        ("The school newspaper The Lantern broke the news.", "Lantern"),
        ("Nobody bought the Tarnby Star newspaper.", "Tarnby Star"),
        ("It is the environmental organisation Save Tarnby Bay that sued.", "Save Tarnby Bay"),
        ("The mining company [Cobre|LOC] del Norte stopped.", "Cobre del Norte"),
        ("Then came [Ada Marsh|PERSON] (Tarnby-Vale) and [Bo Holm|PERSON] (Kenya).", "Tarnby-Vale"),
        ("It was heard before Durban high court.", "Durban high court"),
        ("Environment [Canada|GPE] said so.", "Environment Canada"),
        ("They asked the champion Chicago Otters to play.", "Chicago Otters"),
        ("He voted for it in Congress.", "Congress"),
        ("Lorries of [Tarnex|ORG] and Grubbex waited.", ["Tarnex", "Grubbex"]),
        ("An analyst at Quillery said so.", "Quillery"),
        ("Fans of [Red Kite|ORG] [Belgrade|GPE] drew knives.", "Red Kite Belgrade"),
        ("They asked Rugby [Australia|GPE] for money.", "Rugby Australia"),
        ("It bought [Grubb Lithium of China|ORG] last year.", "Grubb Lithium"),
        ("She runs the Centre for Tides & Harbour Policy.", "Centre for Tides & Harbour Policy"),
        ("The [Tarnby Underwriters’ Association|ORG] paid.", "Tarnby Underwriters’ Association"),
        ("The Federation of Fishermen's Associations met.", "Federation of Fishermen's Associations"),
        ("He was flown by [Air Vale to Tarnby Hospital|ORG] at noon.", ["Air Vale", "Tarnby Hospital"]),
        ("The [Spanish Guardia Civil|ORG] came.", "Guardia Civil"),
        ("Analysts at [Macquarie and Morgan Stanley|ORG] sold.", ["Macquarie", "Morgan Stanley"]),
        ("It asked [Tarnby Lithium and Rio Vale Mining|ORG] to pay.", ["Tarnby Lithium", "Rio Vale Mining"]),
        ("He left the [University of Tarnby and Vale University|ORG].", ["University of Tarnby", "Vale University"]),
        ("It paid [Lyon and Rio Vale Energy|ORG].", "Rio Vale Energy"),
        ("The [Devon and Cornwall Police|ORG] came.", "Devon and Cornwall Police"),
        ("The [Department of Trade and Industry|ORG] paid.", "Department of Trade and Industry"),
        ("It sold lenses to [Tarnby Paper of Lyon|ORG].", "Tarnby Paper"),
        ("The Vera C. Vale Observatory is shut.", "Vera C. Vale Observatory"),
        ("A vaccine made by [Valnova|GPE] works.", ["Valnova"]),
        ("A vaccine made by [Lyon|GPE] works.", []),
        ("A vaccine made by Valnova works.", "Valnova"),
        ('The Reds beat the [Chicago Otters|PERSON]. "No," said Otters manager [Ada Marsh|PERSON].', "Chicago Otters"),
    ],
)
def test_bodies_by_what_stands_beside_them(knowledge, text, expected):
    found = list(named(resolve(knowledge, article(text)), "ORG"))
    assert sorted(found) == sorted([expected] if isinstance(expected, str) else expected)


@pytest.mark.parametrize(
    "text",
    [
        "[Tarnby Avenue|ORG] is shut.",
        "[Ada Marsh|PERSON], [R-Wis|ORG]., objected.",
        "[Uganda - Health|ORG] officials met.",
        "[Mount Tarnby|ORG] smoked.",
        "[Chief Financial|ORG] Officer [Ada Marsh|PERSON] left.",
        "[LA CROSSE|ORG], Wis. — The road is shut.",
        "[Inspectors|ORG] found a leak.",
        "[Education Cabinet|ORG] Secretary [Ada Marsh|PERSON] spoke.",
        "The [M90|ORG] recovery vehicle sank.",
        "[Mount Hullin|ORG] lies in the north.",
        "Defence lawyer [Ada Marsh|PERSON] objected.",
        "Mountainous [Nepal|GPE] has few roads.",
        "A town in [Chillicothe|ORG] voted no.",
        "Read it at news.test/[AcmeVale|ORG] today.",
        "[FERTILITY AT RISK|ORG] again, it said.",
        "The Chilean [Mining|ORG] Minister spoke.",
        "The [CCTV|ORG] shows it.",
        "The Minister of [Mineral Resources and Energy|ORG] spoke.",
        "Many [Latinos|ORG] voted.",
    ],
)
def test_what_is_no_body(knowledge, text):
    assert named(resolve(knowledge, article(text)), "ORG") == {}


def test_a_house_is_not_the_white_house(knowledge):
    found = resolve(knowledge, article("The [White House|ORG] objected. The [House|ORG] voted."))
    assert named(found, "ORG") == {"White House": ["White House"], "House": ["House"]}
    assert {e.name: e.resolved for e in found.entities if e.label == "ORG"} == {"White House": True, "House": False}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("HULL (Tarn Wire) — The road is shut.", "Tarn Wire"),
        ("The riders' union, the TWQ, wants a rule.", "TWQ"),
        ("TWQ, which speaks for the riders, wants a rule.", "TWQ"),
        ("On Monday [DTWQ|PERSON] said that power was out.", "DTWQ"),
        ("Soldiers of the 3rd [Infantry Division|ORG] left.", "3rd Infantry Division"),
        ("The [EQ Learning|ORG]-QuickLane team lost a rider.", "EQ Learning-QuickLane"),
        ("[The All-Tarnby Federation of Trade Unions|ORG] objects.", "All-Tarnby Federation of Trade Unions"),
        ("The City of [Hull|GPE] Corporation voted.", "City of Hull Corporation"),
        ("The Directorate General of [Coastal Safety|ORG] sent a tug.", "Directorate General of Coastal Safety"),
        (
            "The [Institute of Geology, Space Science|ORG] and Astronomy sent a team.",
            "Institute of Geology, Space Science and Astronomy",
        ),
        ("[Tarnex|GPE] said it would expand.", "Tarnex"),
        ("[Japan|GPE]'s [Tarnex|GPE] fell on Monday.", "Tarnex"),
        ("[Tarnex Chad|GPE] pumps oil.", "Tarnex Chad"),
        ("The [Northmere Saints|PERSON], a club of the second league, lost.", "Northmere Saints"),
        ("[Denizcilik Marsh|PERSON], a Turkish shipping group, will sue.", "Denizcilik Marsh"),
        ("Shares of [Tarnex.com|ORG] rose.", "Tarnex.com"),
        ("A letter seen by [Lloyd's Register|ORG] denied it.", "Lloyd's Register"),
        ("She cleaned for Marks and Spencer.", "Marks and Spencer"),
        ("The fund and [St Tarn|ORG]'s, a charity, said so.", "St Tarn's"),
        ("A deal with [Moody|ORG]'s said so.", "Moody's"),
        ("A co-owner of the studio [Tarn|ORG] 95, he left.", "Tarn 95"),
        ("She worked for Ageing [UK|GPE].", "Ageing UK"),
        ("[Eve Sky Mobility|PERSON], its subsidiary, lost.", "Eve Sky Mobility"),
        ("The [Rapid Support Forces of Sudan|ORG] attacked.", "Rapid Support Forces"),
        ("[Northampton Saints|PERSON] won.", "Northampton Saints"),
    ],
)
def test_names_of_bodies_that_the_model_cuts_or_takes_for_something_else(knowledge, text, name):
    found = named(resolve(knowledge, article(text)), "ORG")
    assert [name] in found.values(), found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('"No," said [Park Soon-hee|PERSON], who heads it.', "Park Soon-hee"),
        ("Prime Minister [Mohammed Shia al-Tarni|PERSON], who rules, left.", "Mohammed Shia al-Tarni"),
        ("State Sen. Analisa [Ortiz-Quill|PERSON] objected.", "Analisa Ortiz-Quill"),
        ("[Reader Juergen Marsh|PERSON] writes from home.", "Juergen Marsh"),
        ("[Ada Marsh|PERSON], a machine operator, saw it.", "Ada Marsh"),
    ],
)
def test_names_of_persons_with_words_of_other_things(knowledge, text, name):
    assert named(resolve(knowledge, article(text)), "PERSON") == {name: [name]}


@pytest.mark.parametrize(
    "text",
    [
        "[Typhoon Marasi|PERSON] drowned ten people.",
        "Signs stood in [Hull|GPE], [Quillo|PERSON] and [Troy|GPE].",
        "The road leads from [Hull|GPE] to [Burtin Dassen|PERSON].",
    ],
)
def test_storms_and_places_in_lists_are_nobody(knowledge, text):
    assert named(resolve(knowledge, article(text)), "PERSON") == {}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Frontline and [Tarnex Shipping|ORG] keep away.", {"Frontline", "Tarnex Shipping"}),
        ("They paid Tarnex, Valent and [Marsh Holdings|ORG].", {"Tarnex", "Valent", "Marsh Holdings"}),
        ("The [Labour|ORG] of years, said Ada. The Labour MP left.", {"Labour"}),
        ("They beat the Seattle Tarnix 4-2.", {"Seattle Tarnix"}),
        ("Shares of [Motila Oswan|PERSON] fell. [Motila Oswan|PERSON] is old.", {"Motila Oswan"}),
        ("[Torma|PERSON]'s shareholders wept.", {"Torma"}),
        ("[Marsh Holdings|ORG] and Lyon were quiet.", {"Marsh Holdings"}),
        ("Farmers and [Marsh Holdings|ORG] agreed.", {"Marsh Holdings"}),
        ("[Ada Marsh|PERSON], Tarnex and [Vale Holdings|ORG] agreed.", {"Vale Holdings"}),
        ("[Scottish|NORP] [Conservatives|NORP] voted no.", {"Scottish Conservatives"}),
        ("[Save the Children|ORG] [Sweden|GPE] returned a gift.", {"Save the Children Sweden"}),
        ("The [Ata-Tarn party|ORG] won.", {"Ata-Tarn"}),
        ("The law firm [Marsh Geller Rudman & Dowd|PERSON] sued.", {"Marsh Geller Rudman & Dowd"}),
        ("The Movement to Socialism objected.", {"Movement to Socialism"}),
        ("TARNO, led by a Dane, will meet.", {"TARNO"}),
        ("The gross domestic output ([GDO|ORG]) fell. [GDO|ORG] is all.", set()),
        ("[Boons|ORG] came. [Ken Boon|PERSON] farms there.", set()),
    ],
)
def test_bodies_in_lists_and_branches(knowledge, text, names):
    found = named(resolve(knowledge, article(text)), "ORG")
    assert {surface for surfaces in found.values() for surface in surfaces} == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[Dutchman|NORP] Anish Tarn is third.", "Anish Tarn"),
        ("A small party led by Mmusa [Marsh|PERSON].", "Mmusa Marsh"),
        ("Lawmaker [Dastin|NORP] [Bekesh|PERSON] objected.", "Dastin Bekesh"),
        ("[Turkey|GPE]'s [Yagir Kaan Tarnus|ORG] lost.", "Yagir Kaan Tarnus"),
        ("His coach, [R.B. Ramish|PERSON], wept.", "R.B. Ramish"),
        ("The minister, Sheikh Meshil [al-Ahmad al-Tarni|PERSON], left.", "Meshil al-Ahmad al-Tarni"),
        ("Prime Minister Sheikh [Fahad Yousef Al-Tarni|PERSON] left.", "Fahad Yousef Al-Tarni"),
    ],
)
def test_persons_by_what_stands_before_them(knowledge, text, name):
    assert list(named(resolve(knowledge, article(text)), "PERSON")) == [name]


# -- bodies that the model has for something else -----------------------------------------------------------------

CROWD = "[Tarnby Bank|ORG], [Oakley Union|ORG], [Elm Trust|ORG] and [Marsh Council|ORG] met. "
"""An article of bodies, by what the model sees in it."""
PEOPLE = "[Anna Bell|PERSON] told [Peter Holm|PERSON] of it. "
"""An article that introduces people by their full names."""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (CROWD + "Zorvik bought a barge.", "Zorvik"),
        (CROWD + "It rained, and Zorvik has won.", "Zorvik"),
        (CROWD + PEOPLE + "[Zorvik|PERSON] and [Quellan|PERSON] have merged.", "Zorvik"),
        (CROWD + PEOPLE + "[Zorvik|PERSON] said it was late.", "Zorvik"),
        (CROWD + PEOPLE + "A barge by [Zorvik|PERSON] sank.", "Zorvik"),
        (CROWD + "[Tarnby Bank|ORG] Zorvik bought a barge.", "Tarnby Bank"),
        ("[Zorvik|PERSON] has closed its canteen.", "Zorvik"),
        ("[TarnRail|PERSON] met.", "TarnRail"),
        ("Opposition party [Zorvik|PERSON] welcomed it.", "Zorvik"),
        ("The Casa de las Tarnas met.", "Casa de las Tarnas"),
        ("They met at [Clinique Morvane|PERSON].", "Clinique Morvane"),
        ("The [Tarnby Cocoa, Tea and|ORG] Farmers Union met.", "Tarnby Cocoa, Tea and Farmers Union"),
        ("The Norland Union of Cane and Allied Workers met.", "Norland Union of Cane and Allied Workers"),
        ("The [All India Kite Federation|ORG] met.", "All India Kite Federation"),
        ("The [Tunisian Red Crescent|ORG] met.", "Tunisian Red Crescent"),
        ("The charity Bread in Tarnby met.", "Bread in Tarnby"),
        ("The council, known as [ZOV|PERSON], met.", "ZOV"),
        ("[Zorvik Robotec of China|ORG] met.", "Zorvik Robotec"),
    ],
)
def test_bodies_that_the_model_misses_or_cuts(knowledge, text, name):
    resolution = resolve(knowledge, article(text))
    assert name in named(resolution, "ORG")
    assert name not in named(resolution, "PERSON")


@pytest.mark.parametrize(
    "text",
    [
        CROWD + "Farmers bought a barge.",
        CROWD + "Cheap bread has won.",
        CROWD + "The barge lay at Zorvik prison.",
        CROWD + "They drove to Zorvik. Zorvik has a port.",
        CROWD + "[Fatima|PERSON] has won.",
        CROWD + "[Putin|PERSON] has won.",
        CROWD + PEOPLE + "[Zorvik|PERSON] said he was late.",
        "Zorvik bought a barge.",
        "The frigate [Otto Zorvik|PERSON] sank.",
    ],
)
def test_unexplained_names_that_are_no_bodies(knowledge, text):
    assert not {n for n in named(resolve(knowledge, article(text)), "ORG") if {"Zorvik", "Putin"} & set(n.split())}
    assert not {"Farmers", "Cheap", "Fatima"} & named(resolve(knowledge, article(text)), "ORG").keys()


def test_a_ship_is_nobody(knowledge):
    assert not named(resolve(knowledge, article("The frigate [Otto Zorvik|PERSON] sank.")), "PERSON")


def test_a_body_of_a_state_is_one_under_its_names(knowledge):
    text = "The [Bank of England|ORG] met. Britain's central bank and the [Scottish government|ORG] left."
    mentions = named(resolve(knowledge, article(text)), "ORG")
    assert mentions["Bank of England"] == ["Bank of England", "Britain's central bank"]
    assert mentions["Scottish government"] == ["Scottish government"]


def test_time_is_linear_where_the_model_takes_a_list_without_an_end_for_a_name(knowledge):
    def seconds(times: int) -> float:
        given = article("[" + "Ministry of the Bank of " * times + "|ORG] met again.")
        start = time.process_time()
        assert len(resolve_article(*given[1:], knowledge).entities) < 3
        return time.process_time() - start

    seconds(10)
    assert seconds(4_000) < 0.5
