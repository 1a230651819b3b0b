"""Made-up dumps of any size: the same number gives the same text, and no two articles are alike unless asked to be.

The texts are made for measuring: as long as articles in newspapers, as many names in them, words as
frequent as in a language (a few common ones, many rare ones, some that nobody else uses), and no phrases that all
share.
"""

import random
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path


def _words(text: str) -> list[str]:
    return text.split()


GIVEN = ["Anna", "Boris", "Carla", "Deng", "Elif", "Farid", "Grace", "Hugo", "Ines", "Jonas", "Katrin", "Luis", "Maya"]
FAMILY_STARTS = ["Al", "Ber", "Car", "Dor", "Es", "Fal", "Gar", "Hol", "Iv", "Jan", "Kor", "Lind", "Mor", "Nor", "Os"]
FAMILY_ENDS = ["berg", "dez", "elli", "fors", "gren", "hauser", "ić", "kov", "lund", "mann", "nen", "oğlu", "quist"]
PLACES = [
    "France", "Germany", "Kenya", "Brazil", "Ukraine", "Poland", "Turkey", "Japan", "Mexico", "Norway", "Spain",
    "Egypt", "Paris", "Berlin", "Nairobi", "Kyiv", "Warsaw", "Ankara", "Tokyo", "Oslo", "Madrid", "Cairo", "Lyon",
]  # fmt: skip
PEOPLES = ["French", "German", "Kenyan", "Brazilian", "Ukrainian", "Polish", "Turkish", "Japanese", "Mexican"]
BODIES = ["Ministry of Transport", "Harbour Council", "National Bank", "Water Board", "Farmers Union", "Court of Audit"]
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"]
NOUNS = _words(
    """
    harvest vaccine strike flood turbine meal budget road bridge school hospital river border price tax vote law court
    report plan deal talk contract worker farmer driver teacher doctor engineer fisherman minister mayor judge market
    mine port station train tunnel pipeline field forest coast island village suburb tower cable engine vessel truck
    satellite pump dam reservoir drought storm fire quake patient child pensioner tenant landlord lender saver
    investor auditor inspector guard soldier officer protest petition hearing appeal verdict fine loan bond share
    tariff quota licence permit patent survey census archive museum theatre stadium festival league coach keeper
    referee orchard vineyard mill shipyard depot warehouse sensor drone camera vault cellar roof stairwell crossing
    junction ditch canal lock quay pier lighthouse
    """
)
VERBS = _words(
    """
    opened closed repaired delayed funded questioned rejected accepted doubled halved moved sold bought rented
    measured counted inspected praised blamed defended ignored postponed cancelled approved drafted signed leaked
    published copied lost found hid cleared blocked widened narrowed raised lowered painted cleaned emptied filled
    loaded shipped stored tested certified banned allowed ordered refused promised described mapped
    """
)
QUALITIES = _words(
    """
    old new small large costly cheap empty crowded remote central northern southern eastern western public private
    rural urban temporary permanent disputed forgotten popular unpopular damaged restored unfinished modern outdated
    secret local foreign regional annual weekly sudden gradual steep narrow broad shallow deep frozen dry wet quiet
    busy
    """
)
MANNERS = _words(
    """
    quietly openly again twice slowly quickly later eventually reluctantly gladly barely nearly often rarely formally
    jointly separately partly entirely briefly repeatedly carefully hastily
    """
)
LINKS = ["because", "although", "while", "after", "before", "since", "as", "until", "whereas", "so that", "even though"]
_PATTERNS = (
    "{who} {manner} {verb} the {quality} {noun} near {place} {link} a {noun2} had {verb2} the {noun3}.",
    "The {people} {noun} {verb} {count} {quality} {noun2}s, {who} said, {link} no {noun3} {manner} {verb2} them.",
    "In {place}, the {body} {verb} its {noun} {manner} and {verb2} some {quality} {noun2} of {count} {rare}.",
    "“Our {noun} {verb} the {quality} {noun2},” said {who} of the {body}, “{link} every {noun3} {verb2} it.”",
    "{who} {verb} a {rare} of {quality} {noun}s {link} {place} {manner} {verb2} its {noun2} for {count} days.",
    "One {quality} {noun} and its {noun2} {manner} {verb} what the {people} {noun3} {verb2} {link} {who} left {place}.",
    "Between {place} and the {quality} {noun}, {count} {noun2}s {verb} the {rare} that {who} {verb2}.",
    "Neither the {noun} nor the {noun2} {verb} {who}, {link} the {body} {manner} {verb2} {place}'s {quality} {noun3}.",
)


def _zipf(words: Sequence[str]) -> list[float]:
    """Cumulative weights by which the nth word is chosen n times as rarely as the first (half as steep)."""
    return list(accumulate(1 / (n + 5) for n in range(len(words))))


_WEIGHTS = {id(words): _zipf(words) for words in (NOUNS, VERBS, QUALITIES, MANNERS, LINKS)}


def article(number: int, words: int) -> str:
    """Title, dateline and paragraphs of about `words` words."""
    dice = random.Random(number)

    def one(kind: Sequence[str]) -> str:
        return dice.choices(kind, cum_weights=_WEIGHTS[id(kind)])[0]

    people = [
        f"{dice.choice(GIVEN)} {dice.choice(FAMILY_STARTS)}{dice.choice(FAMILY_ENDS)}"
        for _ in range(dice.randint(3, 7))
    ]
    rare = ["".join(dice.choices("bdfgklmnprst", k=3)) + dice.choice(["ane", "ette", "ish", "old"]) for _ in range(5)]
    place = dice.choice(PLACES)
    title = f"{place} {one(VERBS)} {one(QUALITIES)} {one(NOUNS)} in case {number}"
    day = f"{dice.choice(MONTHS)} {dice.randint(1, 28)}, {dice.randint(2021, 2025)}"
    sentences, length = [], 0
    while length < words:
        who = dice.choice(people)
        sentence = dice.choice(_PATTERNS).format(
            who=who if not sentences or dice.random() < 0.4 else who.split()[1], body=dice.choice(BODIES),
            place=dice.choice(PLACES), people=dice.choice(PEOPLES), noun=one(NOUNS), noun2=one(NOUNS),
            noun3=one(NOUNS), verb=one(VERBS), verb2=one(VERBS), quality=one(QUALITIES), manner=one(MANNERS),
            link=one(LINKS), rare=dice.choice(rare), count=dice.randint(2, 900),
        )  # fmt: skip
        sentences.append(sentence)
        length += len(sentence.split())
    paragraphs = [" ".join(sentences[i : i + 3]) for i in range(0, len(sentences), 3)]
    return f"{title}\n\n{place.upper()}, {day} – {paragraphs[0]}\n\n" + "\n\n".join(paragraphs[1:])


def write_dumps(folder: Path, articles: int, *, words: int, distinct: int | None = None, per_file: int = 50) -> int:
    """Write `articles` articles, of which `distinct` differ, into files of `per_file`; returns the bytes written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    for start in range(0, articles, per_file):
        texts = (article(n % (distinct or articles), words) for n in range(start, min(start + per_file, articles)))
        # each file a content of its own, also where its articles are reprints
        data = (f"Digest no. {start // per_file}\n\n\n" + "\n\n\n\n".join(texts) + "\n").encode()
        (folder / f"dump_{start // per_file:05}.txt").write_bytes(data)
        written += len(data)
    return written
