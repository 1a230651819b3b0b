import random
import time
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.resolution.stories import compare_texts, group_stories, propose, signature, story_ids
from pipelines.text.resolution.stories.signature import (
    OPENING_PERMUTATIONS,
    OPENING_WORDS,
    PERMUTATIONS,
    _permutations,
    shingles,
)
from tests import reprints

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


def test_a_story_goes_by_the_same_id_in_whatever_order_its_texts_came() -> None:
    text = invented(4)
    first, later = signature(text), signature(text + " more")
    alone = {group_stories([("b", first)])["b"], group_stories([("a", later)])["a"]}
    together = group_stories([("b", first), ("a", later)])
    assert group_stories([("a", later), ("b", first)]) == together
    assert together["a"] == together["b"]
    assert together["a"] in alone
    assert all(len(story) == 16 and int(story, 16) >= 0 for story in alone)


def prose(seed: int, sentences: int = 30) -> str:
    """Sentences of invented words, in paragraphs."""
    source = random.Random(seed)
    lengths = [source.randint(8, 28) for _ in range(sentences)]
    made = [" ".join(source.choice(VOCABULARY) for _ in range(n)).capitalize() + "." for n in lengths]
    return "\n".join(" ".join(made[i : i + 2]) for i in range(0, sentences, 2))


def pairs(groups: dict[str, str]) -> set[tuple[str, str]]:
    members = defaultdict(list)
    for article_id, group in sorted(groups.items()):
        members[group].append(article_id)
    return {(a, b) for own in members.values() for i, a in enumerate(own) for b in own[i + 1 :]}


@pytest.mark.parametrize("seed", range(3))
def test_reprints_in_a_bulk_export_are_found(seed: int) -> None:
    """26 groups of reprints among 300 articles: cut, abridged, edited, under agency lines, in other furniture."""
    source = random.Random(seed)
    texts = {f"{n:03}": prose(1000 * seed + n, source.randint(8, 60)) for n in range(140)}
    gold = {article_id: article_id for article_id in texts}
    while len(texts) < 300:
        origin = f"{source.randrange(26):03}"
        texts[f"{origin}-{len(texts)}"] = reprints.reprint(texts[origin], source)
        gold[f"{origin}-{len(gold)}"] = origin
    order = sorted(texts, key=lambda _: source.random())
    found = pairs(group_stories((article_id, signature(texts[article_id])) for article_id in order))
    right = pairs(gold)
    precision, recall = len(found & right) / len(found), len(found & right) / len(right)
    assert precision == 1
    assert 2 * precision * recall / (precision + recall) >= 0.95


def test_two_thousand_articles_of_one_house_stay_apart() -> None:
    """Each under the same agency line, with the same furniture below."""
    footer = " ".join(reprints.FURNITURE[:4])
    items = [(f"a{n}", signature(f"BRIDGETON (Coastal Press) — {prose(n, 10)}\n{footer}")) for n in range(2000)]
    assert len(set(group_stories(items).values())) == 2000


def test_reports_made_from_one_template_stay_apart() -> None:
    def report(seed: int) -> str:
        n = random.Random(seed)
        lines = [
            f"The index closed at {n.randint(1000, 9999)} points, {n.randint(1, 99)} points from the day before.",
            f"Turnover was {n.randint(100, 999)} million against {n.randint(100, 999)} million in the last session.",
            f"Of the shares traded {n.randint(10, 60)} rose, {n.randint(10, 60)} fell and {n.randint(1, 30)} flat.",
            f"Copper stood at {n.randint(1000, 9999)} a tonne, and wheat for delivery in May at {n.randint(100, 999)}.",
            "Dealers said that trade was thin ahead of the holiday and that few clients were taking new positions.",
        ]
        return " ".join(lines)

    items = [(f"day {n}", signature(report(n))) for n in range(50)]
    assert len(set(group_stories(items).values())) == 50


def test_a_notice_that_many_articles_hold_joins_none_of_them() -> None:
    notice = (
        "This text is republished under a free licence and the original can be read on the site of our partner " * 2
    )
    items = [(f"a{n}", signature(prose(n, 20) + " " + notice)) for n in range(10)] + [("notice", signature(notice))]
    assert len(set(group_stories(items).values())) == 11


@pytest.mark.parametrize("share", [0.1, 0.2, 0.3])
def test_a_third_of_the_trigrams_is_enough_in_the_same_order(share: float) -> None:
    for seed in range(5):
        text = prose(seed)
        words = reprints.edited(text, share, random.Random(seed)).split()
        assert same_story(text, " ".join(words))
        source = random.Random(seed)
        chunks = [words[i : i + 4] for i in range(0, len(words), 4)]
        source.shuffle(chunks)
        assert not same_story(text, " ".join(word for chunk in chunks for word in chunk))


def test_nothing_gives_nothing() -> None:
    assert group_stories([]) == {}


def test_a_thousand_versions_of_one_text_are_grouped_quickly() -> None:
    text = invented(6, 150)
    items = [(f"a{i:04}", signature(f"{i} " + text)) for i in range(1000)]
    start = time.perf_counter()
    stories = group_stories(items)
    assert time.perf_counter() - start < 20
    assert len(set(stories.values())) == 1


# signatures


@given(st.text(max_size=300))
def test_a_signature_is_of_fixed_size_but_for_the_words(text: str) -> None:
    made = signature(text)
    assert len(made.digest) == 32
    assert len(made.minhash) in (0, 4 * (PERMUTATIONS + OPENING_PERMUTATIONS))
    assert len(made.words) % 4 == 0
    assert bool(made.minhash) == (len(made.words) >= 12)


def test_the_signature_of_a_text_never_changes() -> None:
    made = signature("The harbour wall gave way on Monday, and the lower town was under water by noon.")
    assert made.digest == "47dfff2035cfee14d587b618d675cdf8"
    assert len(made.words) == 4 * 16
    assert made.words[:4].hex() == "e66d453c"
    assert np.frombuffer(made.minhash, dtype="<u4")[:2].tolist() == [194424885, 570614761]


@pytest.mark.parametrize("words", [3, 40, 90, 91, 700])
def test_values_are_the_lowest_of_all_trigrams_and_of_the_openings(words: int) -> None:
    made = signature(invented(1, words))
    trigrams = shingles(np.frombuffer(made.words, dtype="<u4")).tolist()
    factors, terms = (numbers.tolist() for numbers in _permutations())

    def lowest(values: list[int], count: int) -> list[int]:
        chosen = zip(factors[:count], terms[:count], strict=True)
        return [min((v * a + b) % 2**64 % (2**61 - 1) % 2**32 for v in values) for a, b in chosen]

    expected = lowest(trigrams, PERMUTATIONS) + lowest(trigrams[: OPENING_WORDS - 2], OPENING_PERMUTATIONS)
    assert np.frombuffer(made.minhash, dtype="<u4").tolist() == expected


# going on with a sequence gives what starting anew gives


PARTS = [invented(seed, 60) for seed in range(6)]
TEXTS = st.lists(st.sampled_from([*PARTS, "short text", ""]), min_size=0, max_size=3).map(" ".join)
CORPUS = st.dictionaries(st.text(min_size=1, max_size=4), TEXTS, max_size=12)


@given(CORPUS, st.integers(0, 12))
def test_going_on_gives_what_starting_anew_gives(corpus: dict[str, str], first_run: int) -> None:
    signatures = {article_id: signature(text) for article_id, text in corpus.items()}
    texts = {s.digest: (s.minhash, s.words) for s in signatures.values()}
    sequence = list(texts)

    def compared(from_text: int, to_text: int) -> list:
        proposed = propose([texts[d][0] for d in sequence[:to_text]], from_text)
        return compare_texts(texts, [(sequence[a], sequence[b]) for a, b in proposed])

    middle = min(first_run, len(sequence))
    after = story_ids(sequence, compared(0, middle) + compared(middle, len(sequence)))
    assert {a: after[s.digest] for a, s in signatures.items()} == group_stories(signatures.items())


@given(CORPUS, st.randoms(use_true_random=False))
def test_the_groups_do_not_depend_on_the_sequence(corpus: dict[str, str], source: random.Random) -> None:
    items = [(article_id, signature(text)) for article_id, text in corpus.items()]
    stories = group_stories(items)
    assert stories.keys() == corpus.keys()
    source.shuffle(items)
    assert pairs(group_stories(items)) == pairs(stories)
    assert all(stories[a] == stories[b] for a in corpus for b in corpus if corpus[a] == corpus[b])
