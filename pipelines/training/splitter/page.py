"""A dump while it is written: its lines, and the gold of its articles, in the format of docs/gold.md."""

import textwrap
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True, kw_only=True)
class Dump:
    """A text and where its articles are."""

    kind: str
    text: str
    articles: list[dict[str, Any]]
    """As in a gold file: start_line, end_line, title, dek, body_lines, section_headings, boilerplate, published."""


@dataclass(slots=True)
class Page:
    """Lines being written, and the gold of the article that they belong to."""

    lines: list[str] = field(default_factory=list)
    articles: list[dict[str, Any]] = field(default_factory=list)

    def open(self) -> None:
        """Begins an article."""
        self.articles.append({"start_line": None, "body_lines": [], "section_headings": [], "boilerplate": []})

    def blank(self, count: int) -> None:
        """So many blank lines, none for a negative count."""
        self.lines += [""] * max(0, count)

    def outside(self, text: str) -> None:
        """A line of no article."""
        self.lines.append(text)

    def write(self, text: str, kind: str | None = None) -> int:
        """A line of the open article: `kind` names what furniture it is, None its own text."""
        self.lines.append(text)
        number, article = len(self.lines), self.articles[-1]
        article["start_line"] = article["start_line"] or number
        article["end_line"] = number
        if kind:
            article["boilerplate"].append({"line": number, "kind": kind})
        return number


def wrap_lines(page: Page, width: int) -> None:
    """Breaks all lines at `width`, and moves the gold's line numbers along."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    lines: list[str] = []
    for number, line in enumerate(page.lines, 1):
        first[number] = len(lines) + 1
        lines += textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]
        last[number] = len(lines)
    page.lines = lines
    for article in page.articles:
        article["start_line"] = first[article["start_line"]]
        article["end_line"] = last[article["end_line"]]
        article["body_lines"] = [k for n in article["body_lines"] for k in range(first[n], last[n] + 1)]
        for part in (*article["section_headings"], *article["boilerplate"]):
            part["line"] = first[part["line"]]
