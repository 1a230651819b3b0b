"""Records as exports of databases have them: the lines above and below an article's text, in several manners."""

import random

from pipelines.training.splitter.articles import SourceArticle
from pipelines.training.splitter.habits import Habits
from pipelines.training.splitter.invented import MENU, OUTLETS, PEOPLE
from pipelines.training.splitter.lines import date_of, title_of
from pipelines.training.splitter.page import Page


def write_record_head(
    rng: random.Random, habits: Habits, page: Page, article: SourceArticle, number: str, date: str
) -> None:
    """The lines that a database's export sets above a text, in one of the manners that exports have."""
    title, words = title_of(article), sum(len(text.split()) for text, _ in article.paragraphs)
    person, outlet = rng.choice(PEOPLE), rng.choice(OUTLETS)
    if habits.metadata == "labels":
        label = "Headline" if habits.twice else "Title"
        rows = [
            (f"Source: {outlet}", "metadata"),
            (f"Date: {date}", "metadata"),
            (f"Length: {words} words", "metadata"),
            (f"Byline: {person}", "metadata"),
        ]
        keep = [row for k, row in enumerate(rows) if k < 2 or (habits.day + k) % 2]
        titled = (f"{label}: {title}", None)
        rows = [titled, *keep] if habits.stop or habits.day % 2 else [*keep, titled]
    elif habits.metadata == "codes":
        rows = [
            (f"SE  {rng.choice(MENU)}", "metadata"),
            (f"HD  {title}", None),
            (f"BY  {person}", "metadata"),
            (f"WC  {words} words", "metadata"),
            (f"PD  {date}", "metadata"),
            (f"SN  {outlet}", "metadata"),
            ("LA  English", "metadata"),
        ]
        rows = [row for row in rows if row[0][:2] not in ("SE", "BY") or rng.random() < 0.7]
    elif habits.metadata == "framed":
        rows = [(f"{number} DOCUMENTS", "metadata"), ("", None), (outlet, "metadata"), (date, "metadata"), ("", None)]
        rows += [(title, None), (f"BYLINE: {person}", "metadata"), (f"LENGTH: {words} words", "metadata")]
    elif habits.metadata == "fields":
        rows = [(f"Document {number}", "metadata"), ("", None), (title, None), ("", None)]
        rows += [
            (f"Author: {person}", "metadata"),
            (f"Publication info: {outlet} ; {date}: A.{words % 30}.", "metadata"),
        ]
    else:
        rows = [(f"Document {number}", "metadata"), ("", None)] if habits.metadata == "numbered" else []
        rows += [(title, None)]
        rows += [(f"By {person}", None)] if habits.byline else []
        rows += [(f"{words} words", "metadata"), (date, "metadata"), (outlet, "metadata")]
        if habits.metadata == "lines":
            rows += [("English", "metadata"), (f"(c) {habits.year} {habits.outlet}", "metadata")]
    for text, role in rows:
        if text:
            page.write(text, role)
        else:
            page.blank(1)
    page.blank(max(1, habits.gap))


def write_record_tail(rng: random.Random, habits: Habits, page: Page, ordinal: int) -> None:
    """The lines that a database's export sets below a text."""
    page.blank(habits.gap)
    code = "".join(rng.choices("ABCDEFGHJKL", k=6)) + str(rng.randint(10**9, 10**10))
    date = date_of(habits, ordinal, rng)
    ends = {
        "labels": [f"Document {code}"] if habits.twice else [],
        "lines": [f"Document {code}"],
        "numbered": [],
        "codes": [f"CO  {code.lower()} : Example Group", f"AN  Document {code}"],
        "framed": [f"LOAD-DATE: {date}", "LANGUAGE: ENGLISH", f"Copyright {habits.year} {habits.outlet}"],
        "fields": [f"Publication date: {date}", f"Document ID: {code}", "_" * 60],
    }
    for text in ends[habits.metadata]:
        page.write(text, "metadata")
