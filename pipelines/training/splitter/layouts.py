"""Dumps with random layouts and known boundaries, made from articles: what the splitter is trained and tried on.

Each dump draws its own habits: gaps, markers with invented words, captions, bylines, dates, related blocks, menus.
Which words a file uses is left to chance, so that nothing can be learnt from them. Gold has the format of docs/gold.md.
"""

import random
from collections.abc import Sequence

from pipelines.training.splitter.articles import SourceArticle
from pipelines.training.splitter.habits import Habits, draw_habits
from pipelines.training.splitter.invented import AGENCIES, MONTHS, OUTLETS, PEOPLE, PLACES
from pipelines.training.splitter.lines import (
    caption_of,
    date_of,
    day_of,
    file_header,
    opening_sentence,
    title_of,
    write_gap,
)
from pipelines.training.splitter.page import Dump, Page, wrap_lines
from pipelines.training.splitter.records import write_record_head, write_record_tail
from pipelines.training.splitter.web_pages import write_page_bottom, write_page_top

KINDS = (
    "doubled-title", "doubled-title-apart", "closing-marker", "digest", "metadata-block", "wider-gap", "month-archive",
    "title-uniform", "few-articles", "standfirst-related", "standfirst-uniform", "first-sentence-uniform",
    "body-only", "body-only-one-subject", "whole-pages", "single-article",
)  # fmt: skip


def lay_out(rng: random.Random, kind: str, articles: Sequence[SourceArticle], others: Sequence[SourceArticle]) -> Dump:
    """Lays out `articles` one after another in a random layout of `kind` (one of `KINDS`).

    `others` lend the titles that related links and teasers show.
    """
    habits, page = draw_habits(rng, kind), Page()
    if kind == "month-archive" or (
        kind not in ("single-article", "whole-pages", "metadata-block") and rng.random() < 0.1
    ):
        page.outside(file_header(rng, habits))
        page.blank(max(1, habits.gap))
    elif rng.random() < 0.15:
        page.blank(rng.randint(1, 3))
    for ordinal, article in enumerate(articles):
        if ordinal:
            write_gap(rng, habits, page, habits.between)
        if kind == "whole-pages":
            write_page_top(rng, habits, page)
        if habits.dated_above and (not ordinal or rng.random() < 0.7):
            page.outside(date_of(habits, ordinal, rng))
            page.blank(habits.gap)
        page.open()
        _head(rng, kind, habits, page, article, ordinal)
        _body(rng, kind, habits, page, article, others)
        _tail(rng, kind, habits, page, ordinal)
        if kind == "whole-pages":
            write_page_bottom(rng, habits, page, others)
    wrapped = kind in (
        "wider-gap",
        "metadata-block",
        "closing-marker",
        "doubled-title",
        "single-article",
        "title-uniform",
    )
    if wrapped and habits.gap and rng.random() < 0.15:
        wrap_lines(page, rng.choice([66, 70, 72, 76, 80]))
    end = rng.choice(["\n", "\n", "\n", "\r\n", "\r"])
    return Dump(kind=kind, text=end.join(page.lines) + (end if rng.random() < 0.7 else ""), articles=page.articles)


def _head(rng: random.Random, kind: str, habits: Habits, page: Page, article: SourceArticle, ordinal: int) -> None:
    gold, title = page.articles[-1], title_of(article)
    date = date_of(habits, ordinal, rng)
    iso = f"{habits.year}-{habits.month:02d}-{day_of(habits, ordinal):02d}"
    titled = not (kind.startswith(("body", "standfirst", "first")) or (kind == "digest" and habits.twice))
    gold["title"] = title if titled else None
    if kind == "metadata-block":
        write_record_head(rng, habits, page, article, f"{ordinal + 1} of {habits.day * 10}", date)
        gold["published"] = iso
        return
    if not titled:
        return
    page.write(title)
    if habits.underline:
        page.write(habits.underline * max(8, min(70, len(title))), "underline")
    write_gap(rng, habits, page, habits.below_title)
    _write_title_copies(rng, kind, habits, page, article)
    if habits.standfirst:
        sentence, _ = opening_sentence(article)
        gold["dek"] = sentence.rstrip(".") if not habits.stop else sentence
        page.write(gold["dek"])
        write_gap(rng, habits, page, habits.gap)
    parts = []
    if habits.byline:
        parts.append((habits.byline.format(rng.choice(PEOPLE), outlet=habits.outlet), None))
    if habits.dated:
        parts.append((habits.dated.format(date), "date"))
        gold["published"] = iso
    for text, role in rng.sample(parts, len(parts)):
        page.write(text, role)
        write_gap(rng, habits, page, habits.gap)
    if kind == "whole-pages":
        for text in habits.share:
            page.write(text, "share")
        page.blank(1)
    if habits.captions and rng.random() < 0.7 and not kind.startswith("doubled"):
        page.write(caption_of(rng, habits, article), "caption")
        write_gap(rng, habits, page, habits.gap)


def _write_title_copies(rng: random.Random, kind: str, habits: Habits, page: Page, article: SourceArticle) -> None:
    """The second copy of a doubled title, with what stands between the copies."""
    title = title_of(article)
    if kind == "doubled-title":
        page.write(title, "repeated_title")
        if rng.random() < 0.15:
            page.write(rng.choice(OUTLETS), "publisher")
        write_gap(rng, habits, page, habits.below_title)
    elif kind == "doubled-title-apart":
        caption = caption_of(rng, habits, article)
        copies = 2 if habits.twice else 1
        for _ in range(copies):
            page.write(caption, "caption")
        page.write(habits.placeholder, "placeholder")
        page.blank(min(1, habits.gap))
        page.write(title, "repeated_title")
        page.blank(min(1, habits.gap))
        for _ in range(copies):
            page.write(caption, "caption")
        page.blank(max(1, habits.gap))


def _body(
    rng: random.Random,
    kind: str,
    habits: Habits,
    page: Page,
    article: SourceArticle,
    others: Sequence[SourceArticle],
) -> None:
    gold, paragraphs = page.articles[-1], list(article.paragraphs)
    if kind == "digest":
        paragraphs = [p for p in paragraphs if not p[1] and len(p[0].split()) > 20][:1] or paragraphs[:1]
    elif kind.startswith(("standfirst", "first")) or (habits.standfirst and "dek" in gold and not article.standfirst):
        sentence, paragraphs = opening_sentence(article)
        if kind.startswith(("standfirst", "first")):
            stop = kind.startswith("first") or (habits.stop and kind != "standfirst-related")
            opening = sentence if stop else sentence.rstrip(".")
            number = page.write(opening)
            if opening.endswith((".", "!", "?")) or kind.startswith("first"):
                gold["body_lines"].append(number)
            else:
                gold["dek"] = opening
            write_gap(rng, habits, page, habits.gap)
    blocks = rng.choice([0, 1, 1, 2]) if habits.related else 0
    if kind == "standfirst-related" and len(page.articles) == 1:
        blocks = max(1, blocks)
    places = (
        set(rng.sample(range(1, len(paragraphs)), min(blocks, len(paragraphs) - 1))) if len(paragraphs) > 1 else set()
    )
    for k, (text, heading) in enumerate(paragraphs):
        if k:
            write_gap(rng, habits, page, habits.gap)
        if k:
            _interrupt(rng, habits, page, article, others, related=k in places, heading=heading)
        if k == 0 and habits.dateline:
            place = rng.choice(PLACES)
            opening = f"{place}, {MONTHS[habits.month - 1][:3]} {habits.day} ({rng.choice(AGENCIES[:5])}) - "
        else:
            opening = ""
        number = page.write(opening + text)
        if heading:
            gold["section_headings"].append({"line": number, "text": text})
        else:
            gold["body_lines"].append(number)


def _interrupt(
    rng: random.Random,
    habits: Habits,
    page: Page,
    article: SourceArticle,
    others: Sequence[SourceArticle],
    *,
    related: bool,
    heading: bool,
) -> None:
    """What may stand between two paragraphs; `heading` tells whether the second one is a heading."""
    if related and habits.related:
        page.write(habits.related, "related_marker")
        page.blank(habits.gap)
        if habits.related_caption:
            page.write(caption_of(rng, habits, article), "related_caption")
        page.write(title_of(rng.choice(others)), "related_title")
        write_gap(rng, habits, page, habits.gap)
    elif not heading and habits.inline_links and rng.random() < 0.1:
        page.write(f"READ MORE: {title_of(rng.choice(others))}", "related_title")
        write_gap(rng, habits, page, habits.gap)
    elif not heading and habits.advertisements and rng.random() < 0.15:
        page.write("Advertisement", "advertisement")
        write_gap(rng, habits, page, habits.gap)
    elif not heading and habits.captions and rng.random() < 0.06:
        page.write(caption_of(rng, habits, article), "caption")
        write_gap(rng, habits, page, habits.gap)


def _tail(rng: random.Random, kind: str, habits: Habits, page: Page, ordinal: int) -> None:
    if habits.credits and rng.random() < 0.7:
        write_gap(rng, habits, page, habits.gap)
        page.write(f"{rng.choice(['Reporting', 'Editing', 'Additional reporting'])} by {rng.choice(PEOPLE)}", "credit")
    if habits.marker:
        page.blank(habits.gap + (habits.day % 2 if kind != "digest" else 0))
        page.write(habits.marker, "marker")
    if kind == "metadata-block":
        write_record_tail(rng, habits, page, ordinal)


def random_dump(seed: int, articles: Sequence[SourceArticle], kind: str | None = None) -> Dump:
    """The dump of number `seed`: a kind (unless given) and a choice, number, order and layout of `articles`."""
    rng = random.Random(seed)
    kind = kind or KINDS[seed % len(KINDS)]
    sources = sorted({article.source for article in articles})
    source = rng.choice(sources) if rng.random() < 0.5 or kind == "body-only-one-subject" else None
    pool = [article for article in articles if source in (None, article.source) and len(article.prose) > 1]
    pool = pool if len(pool) >= 10 else [article for article in articles if len(article.prose) > 1]
    rng.shuffle(pool)
    count = min(rng.choice([3, 5, 8, 12, 18, 25, 40]), max(3, int(len(pool) * 0.7)))
    if kind == "few-articles":
        count = rng.choice([3, 4, 5, 6])
    elif kind == "single-article":
        count = 1
    if kind == "body-only-one-subject" or rng.random() < 0.3:
        pool = chained(pool)
    return lay_out(rng, kind, pool[:count], pool[count:] or pool)


def chained(articles: Sequence[SourceArticle]) -> list[SourceArticle]:
    """The articles in an order in which neighbours are on one subject as far as there are such."""
    from pipelines.text.vectors import text_vectors

    vectors = text_vectors([" ".join(article.prose)[:2000] for article in articles])
    vectors = vectors - vectors.mean(axis=0)
    order, left = [0], list(range(1, len(articles)))
    while left:
        nearest = max(left, key=lambda k: (round(float(vectors[order[-1]] @ vectors[k]), 6), -k))
        order.append(nearest)
        left.remove(nearest)
    return [articles[k] for k in order]
