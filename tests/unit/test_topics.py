import dataclasses
import json
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.text.resolution.topics import Topic, TopicModel
from pipelines.text.resolution.topics.lexicon import LexiconEntry, TermFinder, read_lexicon
from pipelines.text.resolution.topics.model import NO_CONFIDENCE, NO_TERMS, Scoring
from pipelines.text.resolution.topics.taxonomy import ancestors, read_topics

FOLDER = Path(__file__).parents[2] / "models" / "topics"
BUDGET = (
    "The prime minister defended the budget in parliament on Tuesday. Opposition lawmakers said that taxes would rise "
    "for most companies while inflation stays high, and economists at the central bank expect growth to slow."
)


@cache
def _model() -> TopicModel:
    return TopicModel.load(FOLDER)


@pytest.fixture
def model() -> TopicModel:
    return _model()


@pytest.fixture
def scoring() -> Scoring:
    return Scoring(**json.loads((FOLDER / "scoring.json").read_text(encoding="utf-8")))


# the data files


def test_taxonomy_has_the_17_top_level_topics_of_iptc() -> None:
    top = {topic.topic_id: topic.name for topic in read_topics(FOLDER / "topics.csv") if topic.parent_id is None}
    assert sorted(top) == [f"medtop:{number:02}000000" for number in range(1, 18)]
    assert top["medtop:11000000"] == "politics"
    assert top["medtop:16000000"] == "conflict, war and peace"


def test_topics_stand_on_three_levels() -> None:
    lines = ancestors(read_topics(FOLDER / "topics.csv"))
    assert {len(line) for line in lines.values()} == {1, 2, 3}
    assert lines["medtop:20001065"] == ("medtop:20001065", "medtop:20000822", "medtop:15000000")


def test_topics_are_well_formed() -> None:
    for topic in read_topics(FOLDER / "topics.csv"):
        assert re.fullmatch(r"medtop:\d{8}", topic.topic_id)
        assert topic.name.strip() == topic.name != ""
        assert topic.definition


def test_every_top_level_topic_has_terms_enough_and_every_term_a_known_topic() -> None:
    lines = ancestors(read_topics(FOLDER / "topics.csv"))
    terms: dict[str, set[str]] = {}
    for entry in read_lexicon(FOLDER / "lexicon.csv"):
        terms.setdefault(lines[entry.topic_id][-1], set()).add(entry.term)
    assert len(terms) == 17
    assert min(len(of_topic) for of_topic in terms.values()) >= 40


def test_no_term_is_given_twice_for_a_topic() -> None:
    entries = [(entry.topic_id, entry.term) for entry in read_lexicon(FOLDER / "lexicon.csv")]
    assert len(entries) == len(set(entries))


@pytest.mark.parametrize(
    "rows",
    [
        "medtop:01000000,arts,,art\nmedtop:01000000,arts,,art\n",
        "medtop:20000002,film,medtop:01000000,film\n",
        "medtop:20000002,film,medtop:20000003,f\nmedtop:20000003,cartoon,medtop:20000002,c\n",
    ],
    ids=["twice", "no parent", "circle"],
)
def test_inconsistent_topics_are_refused(tmp_path: Path, rows: str) -> None:
    (tmp_path / "topics.csv").write_text("topic_id,name,parent_id,definition\n" + rows, encoding="utf-8")
    with pytest.raises(ValueError, match=r"topics\.csv"):
        read_topics(tmp_path / "topics.csv")


@pytest.mark.parametrize("weight", ["0", "-1", "nan", "inf", "much"])
def test_weights_are_positive_numbers(tmp_path: Path, weight: str) -> None:
    (tmp_path / "lexicon.csv").write_text(f"topic_id,term,weight\nmedtop:01000000,art,{weight}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"weight|float"):
        read_lexicon(tmp_path / "lexicon.csv")


# finding terms


@pytest.mark.parametrize(
    ("term", "text", "count"),
    [
        ("court", "The court met. A Court of law, not courts.", 2),
        ("court*", "The court met in two courtrooms.", 2),
        ("cease fire", "A cease-fire, a cease fire, a ceasefire.", 2),
        ("peace talk*", "Peace talks began; the peace talk failed; they talk peace.", 2),
        ("prisoner* of war", "Two prisoners of war and a prisoner of the war.", 1),
        ("women's rights", "Women’s rights are not women rights.", 1),
        ("5g", "5G masts", 1),
        ("élection*", "Les Élections", 1),
        ("art", "", 0),
        ("Bills", "The Bills won. bills to pay, BILLS TO PAY, Billsy", 2),
        ("WHO", "The WHO, who knows Who", 1),
        ("Orange Bowl", "Orange Bowl, ORANGE BOWL, orange bowl, Orange bowl", 2),
        ("tennis open", "TENNIS OPEN", 1),
        ("# percent", "3 percent, 3.5 percent, 1,200 percent, three percent", 3),
        ("won #-#", "won 3-1, won 3–1, won 3 1, won 3-1.5, won 3", 2),
        ("court*", "See https://news.example/courts/2024 or www.court.example, then the court.", 1),
        ("#-#", "2-1 and 4-4-2 and 020-79-1", 1),
    ],
)
def test_terms_are_found_as_words(term: str, text: str, count: int) -> None:
    assert sum(use.count for use in TermFinder([term]).find(text).values()) == count


def test_the_longest_term_at_a_word_counts_alone() -> None:
    finder = TermFinder(["bank", "world bank", "world*"])
    uses = {
        finder.terms[index]: use.count for index, use in finder.find("The World Bank is a bank of the world.").items()
    }
    assert uses == {"world bank": 1, "bank": 1, "world*": 1}


def test_evidence_is_the_form_in_the_text() -> None:
    (use,) = TermFinder(["peace talk*"]).find("The Peace Talks failed").values()
    assert use.surface == "peace talks"


@pytest.mark.parametrize("term", ["", " ", "*", "war *", "a*b", "*war", "—"])
def test_terms_without_a_word_are_refused(term: str) -> None:
    with pytest.raises(ValueError, match="lexicon term"):
        TermFinder([term])


@given(st.text(alphabet="ab -*'é", max_size=60))
def test_finding_never_counts_more_than_the_words(text: str) -> None:
    finder = TermFinder(["a*", "b", "a b", "b a b*", "é"])
    uses = finder.find(text)
    assert sum(use.count for use in uses.values()) <= len(re.findall(r"[^\W_]+", text))
    assert all(use.surface in " ".join(re.findall(r"[^\W_]+", text.casefold())) for use in uses.values())


# classifying


def test_an_article_gets_its_topics_surest_first_with_evidence(model: TopicModel) -> None:
    names = {topic.topic_id: topic.name for topic in model.topics}
    topics = model.classify("Parliament passes budget", None, BUDGET)
    assert {"politics", "economy, business and finance"} <= {names[topic.topic_id] for topic in topics}
    text = f"parliament passes budget {BUDGET}".casefold()
    for topic in topics:
        words = topic.evidence.split(", ")
        assert words[0] != ""
        assert all(word in text for word in words)


@pytest.mark.parametrize("body", ["", "   ", "Lorem ipsum dolor sit amet.", "12 34 56", "x" * 100_000])
def test_texts_about_nothing_get_no_topic(model: TopicModel, body: str) -> None:
    assert model.classify(None, None, body) == ()
    assert model.decide(None, None, body).reason == NO_TERMS


def test_an_unsure_article_gets_no_topic_but_says_which_came_closest(scoring: Scoring) -> None:
    sport = Topic(topic_id="t:1", name="sport", parent_id=None, definition="Matches and races")
    weather = Topic(topic_id="t:2", name="weather", parent_id=None, definition="Rain and snow")
    lexicon = [
        LexiconEntry(topic_id="t:1", term="match*", weight=3),
        LexiconEntry(topic_id="t:2", term="rain", weight=3),
    ]
    strict = TopicModel([sport, weather], lexicon, dataclasses.replace(scoring, first_threshold=0.999))
    decision = strict.decide(None, None, "Rain fell on the match, and rain fell after it.")
    assert (decision.topics, decision.reason) == ((), NO_CONFIDENCE)
    assert decision.likeliest is not None
    assert (decision.likeliest.topic_id, decision.likeliest.evidence) == ("t:2", "rain")


def test_a_decision_gives_topics_or_a_reason(model: TopicModel) -> None:
    decision = model.decide("Parliament passes budget", None, BUDGET)
    assert decision.reason is None
    assert decision.likeliest == decision.topics[0]


def test_the_title_counts_more_than_the_body(model: TopicModel) -> None:
    def score(title: str | None, body: str) -> float:
        found = {topic.topic_id: topic.score for topic in model.classify(title, None, body)}
        return found.get("medtop:17000000", 0.0)

    assert score("Snow and thunderstorms forecast", BUDGET) > score(None, f"{BUDGET} Snow and thunderstorms forecast.")


def test_an_article_is_classified_alike_whatever_was_read_before_it(model: TopicModel) -> None:
    articles = [
        (None, None, BUDGET),
        ("Storm", None, "Heavy snow and strong winds are forecast, meteorologists said. " * 40),
        (None, "A court sentenced a thief", "The jury found him guilty of the theft of nine bicycles."),
    ]
    alone = [TopicModel.load(FOLDER).classify(*article) for article in articles]
    assert [model.classify(*article) for article in articles] == alone
    assert [model.classify(*article) for article in reversed(articles)] == alone[::-1]


WORDS = st.sampled_from(
    ["war", "budget", "court", "snow", "football", "church", "pupil", "hospital", "robot", "the", "of"]
)


@settings(max_examples=60, deadline=None)
@given(
    st.none() | st.lists(WORDS, max_size=6).map(" ".join),
    st.none() | st.text(max_size=20),
    st.lists(WORDS, max_size=60).map(" ".join) | st.text(max_size=200),
)
def test_what_is_promised_of_the_result(title: str | None, standfirst: str | None, body: str) -> None:
    model = _model()
    parents = {topic.topic_id: topic.parent_id for topic in model.topics}
    topics = model.classify(title, standfirst, body)
    top = [topic for topic in topics if parents[topic.topic_id] is None]
    assert len(top) <= 3
    assert len({topic.topic_id for topic in topics}) == len(topics)
    assert [topic.score for topic in top] == sorted((topic.score for topic in top), reverse=True)
    for before, topic in zip((None, *topics), topics, strict=False):
        assert 0 <= topic.score <= 1
        assert topic.evidence
        if parents[topic.topic_id] is not None:
            assert before is not None
            assert parents[topic.topic_id] == before.topic_id
            assert topic.score <= before.score
    decision = model.decide(title, standfirst, body)
    assert decision.topics == topics
    assert (decision.reason is None) == bool(topics)


def test_lone_surrogates_do_no_harm(model: TopicModel) -> None:
    assert model.classify("\ud800", None, BUDGET + "\udfff") != ()


def test_below_a_topic_follow_those_for_which_the_terms_speak(model: TopicModel) -> None:
    names = {topic.topic_id: topic.name for topic in model.topics}
    text = (
        "The striker scored twice in extra time; the goalkeeper saved a penalty before the final whistle of the derby."
    )
    found = [names[topic.topic_id] for topic in model.classify("Late header settles derby", None, text)]
    assert found[:3] == ["sport", "competition discipline", "soccer"]


def test_a_topic_below_is_not_given_where_its_siblings_speak_as_loudly(scoring: Scoring) -> None:
    topics = [
        Topic(topic_id="t:1", name="sport", parent_id=None, definition="Matches and races"),
        Topic(topic_id="t:2", name="football", parent_id="t:1", definition="The game of football"),
        Topic(topic_id="t:3", name="rowing", parent_id="t:1", definition="Races of boats"),
    ]
    lexicon = [
        LexiconEntry(topic_id="t:2", term="football", weight=3),
        LexiconEntry(topic_id="t:3", term="boat*", weight=3),
    ]
    model = TopicModel(topics, lexicon, scoring)
    assert [t.topic_id for t in model.classify(None, None, "football " * 9)] == ["t:1", "t:2"]
    assert [t.topic_id for t in model.classify(None, None, "football boats " * 9)] == ["t:1"]


def test_a_second_level_topic_needs_no_terms(scoring: Scoring) -> None:
    topics = [
        Topic(topic_id="t:1", name="sport", parent_id=None, definition="Matches and races"),
        Topic(topic_id="t:2", name="football", parent_id="t:1", definition="The game of football"),
        Topic(topic_id="t:3", name="weather", parent_id=None, definition="Rain and snow"),
    ]
    lexicon = [
        LexiconEntry(topic_id="t:1", term="match*", weight=3),
        LexiconEntry(topic_id="t:3", term="rain", weight=3),
    ]
    found = TopicModel(topics, lexicon, scoring).classify(
        "Matches", None, "The match and the next match were great matches."
    )
    assert {topic.topic_id for topic in found} <= {"t:1"}


def test_a_term_of_an_unknown_topic_is_an_error(scoring: Scoring) -> None:
    topics = [Topic(topic_id="t:1", name="sport", parent_id=None, definition="Matches")]
    with pytest.raises(KeyError):
        TopicModel(topics, [LexiconEntry(topic_id="t:9", term="rain", weight=1)], scoring)
