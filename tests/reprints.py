"""Reprints of a text as bulk exports hold them: cut, under an agency line, in other furniture, edited, abridged."""

import random
import re

PLACES = ["BRIDGETON", "PORT ELLIS", "NORTH HAVEN", "KARSTADT", "LAKE MERAN"]
AGENCIES = ["Reuters", "AP", "AFP", "Harbour Wire", "Coastal Press"]
FURNITURE = [
    "Sign up for our morning newsletter and get the day's top headlines in your inbox before breakfast.",
    "Follow us on every channel you like, and download the app for alerts as they happen.",
    "This article first appeared on the website of our partner and is shown here with permission.",
    "Have you seen something we should know about? Write to the newsdesk; we read every message.",
    "Read more: what the new timetable means for commuters, and five things to do this weekend.",
    "Copyright belongs to the authors. No part of this text may be copied without written consent.",
    "Our journalism depends on readers. If you can, support us with a subscription from two a month.",
    "Comments are closed on this story. See the rules of the house for how we moderate discussions.",
]
OTHER_WORDS = ["reportedly", "officials", "yesterday", "the", "noted", "further", "around", "statement", "new", "said"]


def paragraphs(text: str) -> list[str]:
    return [p for p in re.split(r"\n+", text) if p.strip()]


def cut(text: str, share: float) -> str:
    """The first words of a text, up to the end of a sentence."""
    words = text.split(" ")
    kept = " ".join(words[: max(int(len(words) * share), 1)])
    end = max(kept.rfind(". "), kept.rfind(".\n"))
    return kept[: end + 1] if end > len(kept) // 2 else kept


def agency_line(text: str, source: random.Random) -> str:
    place, agency = source.choice(PLACES), source.choice(AGENCIES)
    return f"{place}, {source.choice(['Jan', 'May', 'Sept'])} {source.randint(1, 28)} ({agency}) — {text}"


def furniture(text: str, source: random.Random) -> str:
    before = source.sample(FURNITURE, source.randint(0, 1))
    after = source.sample(FURNITURE, source.randint(1, 4))
    return "\n".join([*before, text, *after])


def edited(text: str, share: float, source: random.Random) -> str:
    """One word in 1 / share replaced, dropped or added, as by an editor or by bad optical recognition."""
    out = []
    for word in text.split(" "):
        if source.random() >= share:
            out.append(word)
            continue
        kind = source.randrange(3)
        if kind == 0:
            out.append(source.choice(OTHER_WORDS))
        elif kind == 1:
            out += [word, source.choice(OTHER_WORDS)]
    return " ".join(out)


def abridged(text: str, source: random.Random) -> str:
    """Paragraphs left out here and there, never the first one."""
    first, *others = paragraphs(text)
    kept = [p for p in others if source.random() > 0.3]
    return "\n".join([first, *kept])


def typography(text: str, source: random.Random) -> str:
    quotes = source.choice([str.maketrans("“”‘’", "\"\"''"), str.maketrans({"'": "’", "-": "–"}), {}])
    text = text.translate(quotes)
    return text.upper() if source.random() < 0.1 else text


def reprint(text: str, source: random.Random) -> str:
    """One reprint, changed in up to four ways."""
    if source.random() < 0.35:
        text = cut(text, source.uniform(0.3, 0.9))
    elif source.random() < 0.3:
        text = abridged(text, source)
    if source.random() < 0.4:
        text = edited(text, source.uniform(0.01, 0.12), source)
    if source.random() < 0.6:
        text = agency_line(text, source)
    if source.random() < 0.7:
        text = furniture(text, source)
    return typography(text, source)
