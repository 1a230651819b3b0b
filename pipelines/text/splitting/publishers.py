"""Publisher of an article, only from what the text shows."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pipelines.text.splitting.dates import date_of_line, dates_in, names_with_date
from pipelines.text.splitting.heads import below_dates, is_name_above_title
from pipelines.text.splitting.names import are_publishers, copyright_holder, is_name, is_publisher, tells_publisher
from pipelines.text.splitting.published import HEADER_LINES
from pipelines.text.splitting.reading import Reading
from pipelines.text.splitting.roles import Role
from pipelines.text.splitting.shapes import EMPHASIS, dateline_agency
from pipelines.text.splitting.spans import SpanKind
from pipelines.text.splitting.units import Unit

_CREDITED = re.compile(
    r"(?:first|originally) (?:published|appeared) (?:by|in|on|at)\s+(?:the\s+)?"
    r"(?P<name>[A-Z][\w.&'’-]*(?:\s+[A-Z][\w.&'’-]*){0,3})"
)
_TEAM = re.compile(r"(?:edited|translated|produced) by (?:the )?(?P<name>[A-Z][\w&-]*) (?:team|staff|desk)\b")
_CLOSING_SOURCE = re.compile(
    r"(?:[(\[]|[—–-]{1,2}\s?|©\s*|\(c\)\s*|(?:source|via|from)\s*:\s*)(?:©\s*)?(?P<name>[^()\[\]:]{2,40}?)(?:\s+(?:19|20)\d\d)?[)\]]?\.?",
    re.IGNORECASE,
)
_MOST = 0.6
"""Share of the articles from which on all are taken to have a name above the title where there could be one."""
_FEW = 3
"""Names at one place, at least, that tell what they are."""
_DETAILS = re.compile(r"\s*;|,\s+(?=(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\b|\d))|:\s")
"""What stands behind a publisher's name in a line that gives date and page too."""


def file_publisher(articles: Sequence[tuple[Sequence[Unit], Sequence[Role]]]) -> str | None:
    """Name that stands as a placeholder caption in several related blocks of the file: the archive of one publisher."""
    names: Counter[str] = Counter()
    for units, roles in articles:
        for unit, role in zip(units, roles, strict=True):
            if role.kind == "caption" and role.rule == "after_marker" and unit.words <= 3 and unit.ends == "open":
                names[unit.text] += 1
    if not names:
        return None
    name, count = min(names.items(), key=lambda item: (-item[1], item[0]))
    # a caption in capitals is no caption; one of words could be of the same person's picture twice
    return name if count >= (2 if name.isupper() else 3) and is_name(name) else None


def names_above_titles(starts: Sequence[int], read: Reading) -> SpanKind | None:
    """What the names are that most of a file's articles have right above their titles; None where they have none.

    'credit' for publishers, of which many have a word that publishers have, or are addresses; 'header' for sections.
    """
    firsts = [below_dates(start, read.units, read.shapes) for start in starts]
    names = [
        read.units[i].text
        for i in firsts
        if read.found.label[i] is None and is_name_above_title(i, read.units, read.shapes)
    ]
    if len(names) < _MOST * len(starts):
        return None
    return "credit" if are_publishers(names) else "header"


def sources_in_heads(articles: Sequence[tuple[Sequence[Unit], Sequence[Role]]]) -> list[dict[int, Role]]:
    """By article, its lines that name the publisher as those of other articles at their place do, with their roles.

    A name's place is what stands above it, title, date or author, or the date beside it.
    """
    places: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for k, (units, roles) in enumerate(articles):
        for i, role in enumerate(roles):
            if role.rule in ("name_line", "source_line") and i:
                places[roles[i - 1].rule].append((k, i, units[i].text))
            elif role.rule == "date_line" and (beside := names_with_date(units[i].text.strip(EMPHASIS))):
                places["beside"].append((k, i, "" if beside.of_author else beside.names))
    out: list[dict[int, Role]] = [{} for _ in articles]
    for names in places.values():
        if len(names) >= _FEW and are_publishers(name for _, _, name in names):
            for k, i, name in names:
                role = articles[k][1][i]
                beside = role.rule == "date_line"
                out[k][i] = replace(role, source=name or None) if beside else Role(kind="credit", rule="source_line")
    return out


def header_publisher(header: Sequence[Unit]) -> str | None:
    """Name that heads the file: what is left of a header's line beside its date ('EXAMPLE NEWS / JUNE 2026')."""
    for unit in header[:HEADER_LINES]:
        name = "" if date_of_line(unit.text) else unit.text
        for found in reversed(list(dates_in(name))):
            name = name[: found.start] + name[found.end :]
        name = name.strip(" /|·•,;:()[]–—-")
        # a lone word heads a file as its publisher only where it is written as an abbreviation or an address is
        lone = len(name.split()) == 1 and not name.isupper() and "." not in name
        if 0 < len(name.split()) <= 5 and is_name(name) and is_publisher(name) and not lone:
            return name
    return None


def page_publisher(above: Sequence[Unit], below: Sequence[Unit]) -> str | None:
    """Who holds the rights on a web page by its foot, without what its head leaves out: 'Example News [Media]'."""
    name = copyright_holder(unit.text for unit in below)
    heads = (unit.text for unit in above if name and name.casefold().startswith(unit.text.casefold() + " "))
    head = max(heads, key=len, default=None)
    return name[: len(head)] if name and head else name


def _closing_source(units: Sequence[Unit], roles: Sequence[Role]) -> str | None:
    """Name in a line of its own that closes an article: '(Example News)', '© Example News', 'Source: Example News'."""
    last = next((i for i in range(len(units) - 1, 0, -1) if roles[i].kind != "marker"), None)
    if last is None or units[last].words > 6:
        return None
    match = _CLOSING_SOURCE.fullmatch(units[last].text)
    name = match["name"].strip(" .") if match else None
    return name if name and is_name(name) and is_publisher(name) else None


def _byline_source(units: Sequence[Unit], roles: Sequence[Role]) -> str | None:
    """Name behind the author's: 'By Jo Example, Example News'."""
    for unit, role in zip(units, roles, strict=True):
        if role.kind == "byline" and role.rule != "byline_label" and "," in unit.text:
            name = unit.text.rsplit(",", 1)[1].strip(" .")
            # a lone word may be the place where the author is
            told = is_publisher(name) if role.rule == "byline_line" or name.isupper() else tells_publisher(name)
            return name if is_name(name) and told else None
    return None


def _dateline_source(units: Sequence[Unit], roles: Sequence[Role]) -> str | None:
    """Agency of the dateline that opens the text: 'KYIV, Feb 3 (Example News) - '."""
    lead = next((unit for unit, role in zip(units, roles, strict=True) if role.kind == "body"), None)
    name = dateline_agency(lead.text) if lead else None
    return name if name and is_publisher(name) else None


def _dated_source(units: Sequence[Unit], roles: Sequence[Role]) -> str | None:
    """Name beside the date: 'Example News | 6 May 2024'; without a publisher's word only if other furniture has it."""
    for unit, role in zip(units, roles, strict=True):
        beside = names_with_date(unit.text.strip(EMPHASIS)) if role.rule == "date_line" else None
        if beside and not beside.of_author:
            name = beside.names
            again = any(
                other.kind in ("marker", "furniture", "credit") and name in line.text
                for line, other in zip(units, roles, strict=True)
            )
            return name if is_publisher(name) or again else None
    return None


def article_publisher(units: Sequence[Unit], roles: Sequence[Role], of_file: str | None) -> str | None:
    """Publisher of an article: its source line or metadata, else who closes it, its byline, its file, its dateline."""
    for unit, role in zip(units, roles, strict=True):
        if role.rule == "source_line":
            return unit.text
        if role.source:
            return role.source
        if role.rule == "label_source":
            return _DETAILS.split(unit.text[role.label :])[0].strip() or None
    named = (
        _closing_source(units, roles)
        or _dated_source(units, roles)
        or _byline_source(units, roles)
        or of_file
        or _dateline_source(units, roles)
    )
    if named:
        return named
    for unit, role in zip(reversed(units), reversed(roles), strict=True):
        if role.kind == "credit":
            match = _CREDITED.search(unit.text) or _TEAM.search(unit.text)
            if match:
                return match["name"].rstrip(".")
    return None
