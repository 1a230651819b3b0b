import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.text.resolution.stories import StorySignature, group_stories, signature
from pipelines.text.resolution.stories.grouping import _story_id

VOCABULARY = [a + b + c for a in "bdfgklmnprst" for b in "aeiou" for c in ("", "n", "r", "st")]


def invented(seed: int, words: int = 200) -> str:
    """A text of random words, the same for the same seed; texts of different seeds share no trigram to speak of."""
    source = random.Random(seed)
    return " ".join(source.choice(VOCABULARY) for _ in range(words))


def changed(text: str, share: float) -> str:
    source = random.Random(9)
    return " ".join("other" if source.random() < share else word for word in text.split())


def cut(text: str, share: float) -> str:
    words = text.split()
    return " ".join(words[: int(len(words) * share)])


def same_story(one: str, other: str) -> bool:
    stories = group_stories([("a", signature(one)), ("b", signature(other))])
    return stories["a"] == stories["b"]


@pytest.mark.parametrize(
    "reprint",
    [
        lambda text: text,
        lambda text: text.upper(),
        lambda text: "“" + text.replace(" ", ",\n ") + "”…",
        lambda text: "\ufeff" + text.replace(" ", "\u00a0 "),
        lambda text: "BRIDGETON, 4 May (Agency) — " + text,
        lambda text: "A new title for an old text. " + text + " Follow us. Subscribe to our newsletter for more news.",
        lambda text: cut(text, 0.6),
        lambda text: cut(text, 0.35),
        lambda text: "BRIDGETON (Agency) — " + cut(text, 0.6) + " Read on in our app.",
        lambda text: changed(text, 0.05),
        lambda text: changed(text, 0.1),
        lambda text: changed(cut(text, 0.6), 0.02),
    ],
    ids=[
        *("same", "upper", "punctuation", "spaces", "agency", "furniture"),
        *("cut 60", "cut 35", "cut 60, agency", "5 % changed", "10 % changed", "cut 60, 2 % changed"),
    ],
)
def test_reprints_join(reprint) -> None:
    for seed in range(5):
        text = invented(seed)
        assert same_story(text, reprint(text))


@pytest.mark.parametrize(
    "other",
    [
        lambda text: invented(77),
        lambda text: cut(text, 0.2) + " " + invented(77, 160),
        lambda text: invented(77, 150) + " " + cut(text, 0.25),
        lambda text: changed(text, 0.5),
        lambda text: " ".join(sorted(text.split())),
    ],
    ids=["different", "shared fifth", "shared quote", "half changed", "same words in another order"],
)
def test_different_texts_stay_apart(other) -> None:
    for seed in range(5):
        text = invented(seed)
        assert not same_story(text, other(text))


def test_one_boilerplate_in_many_articles_joins_none() -> None:
    boilerplate = invented(1000, 40)
    items = [(f"a{i}", signature(invented(i, 120) + " " + boilerplate)) for i in range(200)]
    assert len(set(group_stories(items).values())) == 200


def test_a_roundup_does_not_join_the_articles_it_holds() -> None:
    first, second = invented(1), invented(2)
    stories = group_stories(
        [("first", signature(first)), ("second", signature(second)), ("roundup", signature(first + " " + second))]
    )
    assert len(set(stories.values())) == 3


def test_several_cuts_of_one_article_are_one_story() -> None:
    text = invented(1, 300)
    stories = group_stories((f"{share}", signature(cut(text, share))) for share in (1, 0.8, 0.6, 0.4, 0.3))
    assert len(set(stories.values())) == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("", "", True),
        ("—", "…", True),
        ("", "Storm", False),
        ("Storm tonight.", "storm, TONIGHT", True),
        ("Storm tonight over the lake", "Storm tonight over the hills", False),
        ("One two three four five six seven eight nine ten", "One two three four five six seven eight nine", False),
    ],
)
def test_short_texts_join_on_equality_only(one: str, other: str, same: bool) -> None:
    assert same_story(one, other) is same


def test_scripts_without_spaces_are_compared_too() -> None:
    source = random.Random(3)
    text = "".join(source.choice("天地玄黃宇宙洪荒日月盈昃辰宿列張寒來暑往") for _ in range(200))
    assert same_story(text, "本報訊" + text[:160])
    assert not same_story(text, text[::-1])


def test_a_story_goes_by_its_smallest_article_id() -> None:
    text = invented(4)
    stories = group_stories([("b", signature(text)), ("a", signature(text + " more")), ("c", signature(invented(5)))])
    assert stories == {"a": _story_id("a"), "b": _story_id("a"), "c": _story_id("c")}
    assert all(len(story) == 16 and int(story, 16) >= 0 for story in stories.values())


def test_nothing_gives_nothing() -> None:
    assert group_stories([]) == {}


def test_a_thousand_versions_of_one_text_are_grouped_quickly() -> None:
    text = invented(6, 150)
    items = [(f"a{i:04}", signature(f"{i} " + text)) for i in range(1000)]
    start = time.perf_counter()
    stories = group_stories(items)
    assert time.perf_counter() - start < 20
    assert set(stories.values()) == {_story_id("a0000")}


# signatures


@given(st.text(max_size=300))
def test_signatures_survive_storage(text: str) -> None:
    made = signature(text)
    assert StorySignature.from_bytes(made.to_bytes()) == made


@pytest.mark.parametrize("data", [b"", b"S1", b"XX" + bytes(20), signature(invented(1)).to_bytes()[:-1], bytes(600)])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="signature"):
        StorySignature.from_bytes(data)


def test_signatures_are_compact() -> None:
    text = invented(1, 1000)
    assert len(signature(text).to_bytes()) <= 4 * 1000 + 4 * 128 + 22


def test_the_signature_of_a_text_never_changes() -> None:
    made = signature("The harbour wall gave way on Monday, and the lower town was under water by noon.")
    assert made.digest.hex() == "47dfff2035cfee14d587b618d675cdf8"
    assert len(made.shingles) == 4 * 14
    assert made.shingles[:4].hex() == "7a379415"


# grouping is a function of the set of articles


PARTS = [invented(seed, 60) for seed in range(6)]
TEXTS = st.lists(st.sampled_from([*PARTS, "short text", ""]), min_size=0, max_size=3).map(" ".join)
CORPUS = st.dictionaries(st.text(min_size=1, max_size=4), TEXTS, max_size=12)


@settings(deadline=None)
@given(CORPUS, st.randoms(use_true_random=False))
def test_order_does_not_matter_and_every_article_gets_one_story(corpus: dict[str, str], source: random.Random) -> None:
    items = [(article_id, signature(text)) for article_id, text in corpus.items()]
    stories = group_stories(items)
    assert stories.keys() == corpus.keys()
    source.shuffle(items)
    assert group_stories(items) == stories
    for article_id, story in stories.items():
        assert story == _story_id(min(other for other in stories if stories[other] == story))
        assert all(stories[other] == story for other in corpus if corpus[other] == corpus[article_id])
