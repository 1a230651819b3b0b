"""Tone: which words count, what turns them, and that names never do."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.article_text import ArticleText, Segment
from pipelines.text.extraction.mentions import EntitySpan, Extraction, Sentence
from pipelines.text.extraction.sentences import sentence_bounds
from pipelines.text.resolution.tone import SentenceTone, Tone, ToneLexicon, article_tone, sentence_tones

FOLDER = Path(__file__).parents[2] / "models" / "tone"


@cache
def lexicon() -> ToneLexicon:
    return ToneLexicon.load(FOLDER)


def tones(*paragraphs: str, names: tuple[str, ...] = ()) -> list[Tone]:
    """Tone of each sentence of an article; `names` are named things in it."""
    segments, sentences, entities = [], [], []
    start = 3
    for number, text in enumerate(paragraphs, start=1):
        segments.append(Segment(zone="body", paragraph=number, start_char=start, text=text))
        for a, b in sentence_bounds(text):
            place = len(sentences) + 1
            sentences.append(
                Sentence(sentence=place, zone="body", paragraph=number, start_char=start + a, end_char=start + b)
            )
        for name in names:
            if (at := text.find(name)) >= 0:
                at += start
                entities.append(
                    EntitySpan(label="ORG", surface=name, start_char=at, end_char=at + len(name), sentence=1)
                )
        start += len(text) + 1
    article = ArticleText(article_id="a", segments=tuple(segments))
    extraction = Extraction(article_id="a", sentences=tuple(sentences), entities=tuple(entities))
    found = sentence_tones(article, extraction, lexicon())
    assert [s.sentence for s in found] == list(range(1, len(sentences) + 1))
    return [s.tone for s in found]


def test_favourable_and_unfavourable_words_are_per_cent_of_all_words() -> None:
    (tone,) = tones("The brutal attack killed a hero in the old town.")
    assert (tone.words, tone.positive_words, tone.negative_words) == (10, 1, 3)
    assert (tone.positive, tone.negative, tone.tone, tone.polarity) == (10, 30, -20, 40)
    assert tone.matched_words == ("brutal", "attack", "killed", "hero")
    assert -1 <= tone.compound < 0


@pytest.mark.parametrize(
    ("text", "sign", "matched"),
    [
        ("The talks were a success.", 1, ("success",)),
        ("The talks were not a success.", -1, ("not success",)),
        ("The talks weren't a success.", -1, ("not success",)),
        ("Nobody was killed.", 1, ("not killed",)),
        ("They left without violence.", 1, ("not violence",)),
        ("They have zero tolerance for it.", -1, ("not tolerance",)),
        ("The committee met on Tuesday.", 0, ()),
    ],
)
def test_a_negation_turns_what_follows(text: str, sign: int, matched: tuple[str, ...]) -> None:
    (tone,) = tones(text)
    assert (tone.tone > 0) - (tone.tone < 0) == sign
    assert tone.matched_words == matched


def test_a_booster_makes_stronger_and_a_dampener_weaker() -> None:
    texts = ("It was bad.", "It was extremely bad.", "It was slightly bad.")
    plain, more, less = (abs(tones(text)[0].valence) for text in texts)
    assert less < plain < more


def test_words_in_names_do_not_count() -> None:
    text = "The Ministry of Peace and Hope met."
    assert tones(text)[0].positive_words == 2
    assert tones(text, names=("Ministry of Peace and Hope",))[0].matched_words == ()


def test_words_that_news_uses_without_feeling_do_not_count() -> None:
    text = "The party agreed to share the increase in defence support, like the united opposition."
    assert tones(text)[0].polarity == 0


def test_an_article_sums_its_sentences() -> None:
    found = tones("The attack killed two. The rescue was a success.", "Nothing else happened.")
    whole = article_tone(SentenceTone(sentence=n, tone=t) for n, t in enumerate(found, start=1))
    assert whole.words == sum(t.words for t in found)
    assert whole.negative_words == sum(t.negative_words for t in found)
    assert whole.matched_words[0] == "attack"


def test_an_article_without_words_has_no_tone() -> None:
    empty = article_tone([])
    assert (empty.words, empty.tone, empty.polarity, empty.compound) == (0, 0, 0, 0)


@given(st.lists(st.text(alphabet="abc good bad not 'é.!?\n", max_size=60), max_size=4))
def test_measures_stay_in_their_bounds(paragraphs: list[str]) -> None:
    for tone in tones(*paragraphs):
        assert 0 <= tone.positive_words + tone.negative_words <= tone.words
        assert -100 <= tone.tone <= 100
        assert abs(tone.tone) <= tone.polarity + 1e-3
        assert -1 <= tone.compound <= 1


def test_an_edited_lexicon_is_another_version(tmp_path: Path) -> None:
    for path in FOLDER.glob("lexicon.*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "shifters.csv").write_bytes((FOLDER / "shifters.csv").read_bytes())
    assert ToneLexicon.load(tmp_path).version == lexicon().version
    with (tmp_path / "lexicon.csv").open("a") as file:
        file.write("fabulicious,3,house\n")
    edited = ToneLexicon.load(tmp_path)
    assert edited.version != lexicon().version
    assert edited.valences["fabulicious"] == 3
    with (tmp_path / "lexicon.csv").open("a") as file:
        file.write("overdone,9,house\n")
    with pytest.raises(ValueError, match="overdone"):
        ToneLexicon.load(tmp_path)
