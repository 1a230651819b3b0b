"""Made-up dumps of any size: the same number gives the same text, and no two articles are alike unless asked to be."""

import random
from pathlib import Path

GIVEN = ["Anna", "Boris", "Carla", "Deng", "Elif", "Farid", "Grace", "Hugo", "Ines", "Jonas", "Katrin", "Luis", "Maya"]
FAMILY_STARTS = ["Al", "Ber", "Car", "Dor", "Es", "Fal", "Gar", "Hol", "Iv", "Jan", "Kor", "Lind", "Mor", "Nor", "Os"]
FAMILY_ENDS = [
    "berg",
    "dez",
    "elli",
    "fors",
    "gren",
    "hauser",
    "ić",
    "kov",
    "lund",
    "mann",
    "nen",
    "oğlu",
    "quist",
    "sen",
]
PLACES = [
    "France", "Germany", "Kenya", "Brazil", "Ukraine", "Poland", "Turkey", "Japan", "Mexico", "Norway", "Spain",
    "Egypt", "Paris", "Berlin", "Nairobi", "Kyiv", "Warsaw", "Ankara", "Tokyo", "Oslo", "Madrid", "Cairo", "Lyon",
]  # fmt: skip
BODIES = ["Ministry of Transport", "Harbour Council", "National Bank", "Water Board", "Farmers Union", "Court of Audit"]
SUBJECTS = ["ferries", "harvests", "interest rates", "vaccines", "rail strikes", "floods", "wind farms", "school meals"]
VERBS = ["agreed to pay for", "warned against", "asked for a report on", "voted on", "put off", "visited", "discussed"]
TAILS = [
    "before the summer", "after months of talks", "although nobody had expected it", "in spite of the cost",
    "as the rain went on", "while prices kept rising", "and promised more of it", "for the third time this year",
]  # fmt: skip
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"]


def article(number: int, words: int) -> str:
    """Title, dateline and paragraphs of about `words` words."""
    dice = random.Random(number)
    people = [
        f"{dice.choice(GIVEN)} {dice.choice(FAMILY_STARTS)}{dice.choice(FAMILY_ENDS)}"
        for _ in range(dice.randint(2, 5))
    ]
    place, subject = dice.choice(PLACES), dice.choice(SUBJECTS)
    title = f"{place} {dice.choice(VERBS)} {subject} in case {number}"
    day = f"{dice.choice(MONTHS)} {dice.randint(1, 28)}, {dice.randint(2021, 2025)}"
    sentences, length = [], 0
    while length < words:
        who = dice.choice(people) if not sentences or dice.random() < 0.4 else dice.choice(people).split()[1]
        sentence = (
            f"{who} of the {dice.choice(BODIES)} {dice.choice(VERBS)} {dice.choice(SUBJECTS)} in {dice.choice(PLACES)} "
            f"{dice.choice(TAILS)}, {dice.randint(2, 900)} people in {dice.choice(PLACES)} said."
        )
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
