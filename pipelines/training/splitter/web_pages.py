"""Whole web pages: what stands above and below their article."""

import random
from collections.abc import Sequence

from pipelines.training.splitter.articles import SourceArticle
from pipelines.training.splitter.habits import Habits
from pipelines.training.splitter.invented import BANNERS, FOOTER, MENU
from pipelines.training.splitter.lines import title_of
from pipelines.training.splitter.page import Page


def write_page_top(rng: random.Random, habits: Habits, page: Page) -> None:
    """Banner, menu and path above a page's article."""
    if habits.stop:
        page.outside(rng.choice(BANNERS))
    menu = habits.menu if habits.same_menu else rng.sample(MENU, rng.randint(6, 18))
    for text in menu if habits.day % 3 else [rng.choice([" | ", "  ", " · "]).join(menu)]:
        page.outside(text)
    if habits.dateline:
        page.outside(" > ".join(("Home", *rng.sample(MENU, 2))))
    if habits.twice:
        page.outside(habits.outlet)
    if habits.advertisements:
        page.blank(1)
        page.outside("Advertisement")
    page.blank(rng.choice([0, 1, 2]))


def write_page_bottom(rng: random.Random, habits: Habits, page: Page, others: Sequence[SourceArticle]) -> None:
    """Buttons, tags, teasers of `others` and the footer below a page's article."""
    page.blank(rng.choice([1, 2]))
    if habits.credits:
        for text in habits.share:
            page.outside(text)
    if habits.inline_links:
        page.outside(f"Tags: {', '.join(rng.sample(MENU, 3))}")
    page.outside(
        rng.choice(["Related stories", "Most read", f"More from {habits.outlet}", "Trending", "You may also like"])
    )
    for _ in range(rng.randint(3, 9)):
        page.outside(title_of(rng.choice(others)))
        if habits.dated and habits.stop:
            page.outside(f"{rng.randint(1, 23)} hours ago")
    page.blank(1)
    for text in habits.footer if habits.same_menu else rng.sample(FOOTER, rng.randint(4, 11)):
        page.outside(text)
