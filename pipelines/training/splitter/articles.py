"""Articles to lay out anew, read from annotated dumps."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.text.reading.files import read_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceArticle:
    """An article without any layout."""

    source: str
    """Name of the dump it stands in; articles of one dump are of one kind of text."""
    title: str | None
    standfirst: str | None
    paragraphs: tuple[tuple[str, bool], ...]
    """Texts in order, each with whether it is a heading."""

    @property
    def prose(self) -> list[str]:
        """Paragraphs of running text."""
        return [text for text, heading in self.paragraphs if not heading and len(text.split()) >= 9]


def read_articles(dumps: Path, gold: Path) -> Iterator[SourceArticle]:
    """The articles of the dumps in `dumps` that `gold` annotates (format: docs/gold.md), in the order of their files.

    Raises:
        FileNotFoundError: A gold file's dump is missing.

    """
    for path in sorted(gold.glob("*.json")):
        annotated = json.loads(path.read_text(encoding="utf-8"))
        document = read_bytes((dumps / annotated["file"]).read_bytes())
        lines = (document.text or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for article in annotated["articles"]:
            headings = {heading["line"] for heading in article.get("section_headings", ())}
            own = sorted(headings.union(article.get("body_lines", ())))
            paragraphs = tuple(_paragraphs(lines, own, headings))
            if paragraphs:
                yield SourceArticle(
                    source=path.stem,
                    title=article.get("title"),
                    standfirst=article.get("dek"),
                    paragraphs=paragraphs,
                )


def _paragraphs(lines: list[str], numbers: list[int], headings: set[int]) -> Iterator[tuple[str, bool]]:
    """Texts of the numbered lines, what was broken at a fixed width joined again."""
    text, last = "", 0
    for number in numbers:
        line, heading = lines[number - 1].strip(), number in headings
        if not line:
            continue
        broken = text and number == last + 1 and not heading and text[-1] not in '.!?…"”’:' and line[:1] != "-"
        if broken and last not in headings and (line[0].islower() or len(lines[last - 1]) in range(50, 100)):
            text += " " + line
        else:
            if text:
                yield text, last in headings
            text = line
        last = number
    if text:
        yield text, last in headings
