"""Gold annotations: what a person, reading the dumps line by line, says is in them.

A gold folder holds, per dump, `<stem>.json` (articles, lines, fields, people, organisations, topics) and, beside it,
`<stem>.mentions.jsonl` (one row per country mention). Lines are 1-based and inclusive. Only what a file gives is
scored, so everything past an article's lines is optional; other keys are the annotator's free notes.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, PositiveInt, ValidationError, model_validator

MENTIONS_SUFFIX = ".mentions.jsonl"


class _Gold(BaseModel):
    # pydantic rather than dataclasses: its errors name the field, and `model_fields_set` tells "null" from "not given"
    model_config = ConfigDict(frozen=True, strict=True, validate_by_name=True, validate_by_alias=True)


class GoldLine(_Gold):
    """A line with a role of its own: a section heading, a line of metadata, a piece of furniture."""

    line: PositiveInt
    kind: str | None = None


class GoldCountry(_Gold):
    """A country that an article mentions."""

    iso2: str


class GoldArticle(_Gold):
    """One article."""

    id: str
    start_line: PositiveInt
    """The first title, standfirst or body line."""
    end_line: PositiveInt
    """The last non-blank line: body, credit or closing marker."""
    title: str | None = None
    standfirst: Annotated[str | None, Field(alias="dek")] = None
    publisher: Annotated[str | None, Field(alias="byline_or_publisher")] = None
    published: str | None = None
    """ISO date as precise as the text gives it: '2026', '2026-02' or '2026-02-14'."""
    title_line: PositiveInt | None = None
    standfirst_line: Annotated[PositiveInt | None, Field(alias="dek_line")] = None
    body_lines: tuple[PositiveInt, ...] = ()
    section_headings: tuple[GoldLine, ...] = ()
    meta_lines: tuple[GoldLine, ...] = ()
    """Lines of byline, date and source."""
    boilerplate: tuple[GoldLine, ...] = ()
    countries: tuple[GoldCountry, ...] | None = None
    boilerplate_only_countries: tuple[str | GoldCountry, ...] = ()
    """Countries that only the article's furniture names: none of them may be counted."""
    person_forms: dict[str, tuple[str, ...]] | None = None
    """Canonical name → the forms under which the article names the person."""
    org_forms: dict[str, tuple[str, ...]] | None = None
    iptc_top: tuple[str, ...] | None = None
    """Names of IPTC Media Topics of the top level."""

    @model_validator(mode="after")
    def _lines_in_order(self) -> Self:
        if self.end_line < self.start_line:
            raise ValueError(f"end_line {self.end_line} is before start_line {self.start_line}")
        return self

    def gives(self, field: str) -> bool:
        """Whether the file says anything about `field`, be it null."""
        return field in self.model_fields_set

    def text_lines(self) -> tuple[int, ...]:
        """Lines that are the article's own text: body and section headings."""
        return self.body_lines + tuple(h.line for h in self.section_headings)

    def furniture_lines(self) -> tuple[int, ...]:
        """Lines that must not be taken for text. A repeated title repeats text, so it is neither."""
        return tuple(b.line for b in self.boilerplate if b.kind != "repeated_title")

    def furniture_countries(self) -> tuple[str, ...]:
        """ISO codes of the countries that only the furniture names."""
        return tuple(c if isinstance(c, str) else c.iso2 for c in self.boilerplate_only_countries)


class GoldMention(_Gold):
    """One mention of a country."""

    article_id: str
    line: PositiveInt
    start_char_in_line: NonNegativeInt
    """0-based, in code points of the line."""
    surface: Annotated[str, Field(min_length=1)]
    iso2: str
    kind: Literal["name", "demonym", "metonym", "place"] | None = None
    borderline: bool = False
    """Annotators would differ: finding it is neither right nor wrong."""


class GoldDocument(_Gold):
    """One dump."""

    file: str
    sha256: str
    """Of the file's bytes, in hexadecimal: how the document is found in a warehouse."""
    articles: tuple[GoldArticle, ...]
    kind: str | None = None
    """Kind of file, by which scores of splitting are told apart."""
    non_article_lines: tuple[GoldLine | PositiveInt, ...] = ()
    mentions_scope: str | None = None
    """'toponyms': the mentions leave out adjectives, peoples and governments, which are then not judged."""
    mentions: tuple[GoldMention, ...] = ()
    """Empty: country mentions are not annotated."""


def read_gold(folder: Path) -> tuple[GoldDocument, ...]:
    """The gold documents of a folder, by file name.

    Raises ValueError, naming file and field, where a file is not gold in this format, and where there is none at all.
    """
    documents = tuple(_read_document(path) for path in sorted(folder.glob("*.json")))
    if not documents:
        raise ValueError(f"{folder}: no gold here (no *.json file)")
    return documents


def _read_document(path: Path) -> GoldDocument:
    try:
        document = GoldDocument.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise ValueError(f"{path.name}: {_first_error(error)}") from error
    mentions_path = path.with_name(path.stem + MENTIONS_SUFFIX)
    if not mentions_path.exists():
        return document
    mentions = tuple(_read_mentions(mentions_path))
    known = {article.id for article in document.articles}
    for number, mention in enumerate(mentions, start=1):
        if mention.article_id not in known:
            raise ValueError(
                f"{mentions_path.name}, row {number}: article_id: no article {mention.article_id!r} in {path.name}"
            )
    return document.model_copy(update={"mentions": mentions})


def _read_mentions(path: Path) -> Iterator[GoldMention]:
    # split at "\n" only: a surface may hold characters that str.splitlines takes for line ends
    for number, row in enumerate(path.read_bytes().split(b"\n"), start=1):
        if row.strip():
            try:
                yield GoldMention.model_validate_json(row)
            except ValidationError as error:
                raise ValueError(f"{path.name}, row {number}: {_first_error(error)}") from error


def _first_error(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    field = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in first["loc"]).removeprefix(".")
    return f"{field}: {first['msg']}" if field else first["msg"]
