"""Lines of a generated dump that are made for an article: titles, standfirsts, captions, dates."""

import random
import re

from pipelines.training.splitter.articles import SourceArticle
from pipelines.training.splitter.habits import Habits
from pipelines.training.splitter.invented import AGENCIES, DAYS, MONTHS, PEOPLE
from pipelines.training.splitter.page import Page

_SENTENCE = re.compile(r"(.{40,260}?[.!?][\"”’)]*)\s+(?=[A-Z\"“‘])")
_NAME = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+){1,2}\b")


def write_gap(rng: random.Random, habits: Habits, page: Page, count: int) -> None:
    """About `count` blank lines; exactly as many where the file is even."""
    page.blank(count + (rng.choice([0, 0, 0, 1, -1]) if habits.uneven and count else 0))


def file_header(rng: random.Random, habits: Habits) -> str:
    """A line that heads the whole file."""
    month, day, year = MONTHS[habits.month - 1], habits.day, habits.year
    return rng.choice(
        [
            f"Month: {month} {year}",
            f"{rng.choice(DAYS)}, {month} {day}, {year}",
            f"{day} {month} {year}",
            f"Archive: {month} {year}",
            f"{year}-{habits.month:02d}-{day:02d}",
            f"{habits.outlet.upper()} / {month.upper()} {year}",
        ]
    )


def title_of(article: SourceArticle) -> str:
    """The article's title, or the first words of what sums it up."""
    if article.title:
        return article.title
    words = (article.standfirst or article.paragraphs[0][0]).split()
    cut = next((i for i, word in enumerate(words) if i >= 6 and word.endswith((",", ";", ":"))), 10)
    return " ".join(words[: min(cut + 1, 12)]).rstrip(" ,;:.—-")


def opening_sentence(article: SourceArticle) -> tuple[str, list[tuple[str, bool]]]:
    """A sentence that sums the article up, and the paragraphs without it."""
    rest = list(article.paragraphs)
    if article.standfirst:
        return article.standfirst, rest
    lead = rest[0][0]
    match = _SENTENCE.match(lead)
    if match is None or len(lead[match.end() :].split()) < 9:
        return (lead, rest[1:]) if len(rest) > 2 and len(lead.split()) <= 45 else (lead, rest)
    return match[1], [(lead[match.end() :], False), *rest[1:]]


def caption_of(rng: random.Random, habits: Habits, article: SourceArticle) -> str:
    """A caption of a picture of somebody whom the article names."""
    names = _NAME.findall(" ".join(article.prose)) or list(PEOPLE)
    name, agency, person = rng.choice(names), rng.choice(AGENCIES), rng.choice(PEOPLE)
    month = MONTHS[habits.month - 1]
    return rng.choice(
        [
            f"{name} speaks during a visit",
            f"{name} at a meeting on {rng.choice(DAYS)}. Photo: {person}/{agency}",
            f"{name}. ({agency})",
            f"FILE PHOTO: {name}",
            f"In this photo, {name} is seen with colleagues on {month[:3]}. {habits.day}, {habits.year}. ({agency})",
            f"{name} © {agency}",
            f"People gather near {name} on {rng.choice(DAYS)} [{person}/{agency}]",
            f"{name}, pictured in {habits.year - 1}",
        ]
    )


def day_of(habits: Habits, ordinal: int) -> int:
    """Day of the month of the article of this number."""
    return 1 + (habits.day + ordinal) % 28


def date_of(habits: Habits, ordinal: int, rng: random.Random) -> str:
    """Date of the article of this number, as texts write it."""
    month, day = MONTHS[habits.month - 1], day_of(habits, ordinal)
    return rng.choice([f"{month} {day}, {habits.year}", f"{day} {month} {habits.year}"])
