"""The form of a single unit: headline, paragraph, date line, byline, caption and so on, without its context."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipelines.text.splitting.dates import date_of_line, is_relative_date, names_with_date
from pipelines.text.splitting.names import is_name
from pipelines.text.splitting.phrases import words
from pipelines.text.splitting.units import Unit

_BYLINE = re.compile(r"by:?\s+[^\W\d_][\w.'’-]*(?:\s+(?:and|&|[A-Z\u00c0-\u024f][\w.'’-]*),?){0,9}\b", re.IGNORECASE)
_DATELINE = re.compile(
    r"(?P<place>[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de.'’ /-]{2,40}"
    r"(?:,\s*[A-Z][\w.'’ -]{1,24}){0,2})"
    r"(?P<date>,?\s+(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:st|nd|rd|th)?|\d{1,2}\s+[A-Z][a-z]{2,8}\.?)"
    r"(?:,?\s+(?:19|20)\d\d)?)?"
    r"\s*(?P<agency>\([A-Za-z][\w .&/'’-]{1,30}\))?\s*(?P<dash>[-–—―:]{1,2})\s+(?=\S)"
)
_CREDIT = re.compile(
    r"\(?(?:reporting|writing|editing|additional reporting|compiled|translated|edited|photos?|pictures?|images?"
    r"|graphics?|sources?|via|credit)(?:\s+(?:by|and)\b|\s*:)|(?:\(c\)|©|copyright)\b|first published\b"
    r"|(?:this|the) (?:article|story|report|text|piece|essay|column|post)\s+(?:was|is|has been|first|originally)\b"
    r".{0,60}\b(?:published|appeared|produced|translated)\b|all rights reserved\b",
    re.IGNORECASE,
)
_WRITERS = re.compile(r"(?:additional )?(?:reporting|writing|editing|edited|compiled|translated)\b", re.IGNORECASE)
_CAPTION = re.compile(
    r"(?:file (?:photo|image|picture)|(?:photo|image|picture|video|illustration)\s*[:/(|]|\((?:photo|image|picture)\b"
    r"|\b(?:ap photo|handout|getty images|afp photo|via reuters|epa-efe|screenshot|screengrab)\b"
    r"|\(l(?:eft)?\)|\(r(?:ight)?\)|\bin this (?:photo|image|picture|file|handout|screen)"
    r"|^(?:photo|picture|image|video) (?:caption|source)\b"
    r"|\b(?:photo|picture|image)s? (?:by|taken|shows?|released|made available)\b"
    r"|\(?(?:photo|image|picture) (?:credit|courtesy)\b)",
    re.IGNORECASE,
)
_SHOWN = re.compile(r"\bis (?:seen|pictured|shown)\b")
"""Said of pictures, and in running text too."""
_SHORT_CAPTION = 25
_PICTURE_HINTS = (
    "photo", "imag", "picture", "video", "illustration", "handout", "getty", "reuters", "epa", "screen", "(l", "(r",
    "seen", "shown", "©", "(ap", ")", "]",
)  # fmt: skip
_CAPTION_TAIL = re.compile(r"(?:\[[A-Z][^\[\]]{1,60}\]|\([A-Z][^()]{1,60}\)|[/|]\s?[A-Z][\w ./&-]{1,40}|©.{2,60})\.?$")
_URL = re.compile(
    r"^(?:(?:[\[(]?\d{1,3}[.\])]|url|link)\s*:?\s*)?(?:https?://|www\.)\S+$|^\S+@\S+\.\w+$", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_RULE = re.compile(r"[^\w\s]{3,}|_{3,}|(?:[^\w\s] ?){3,}")
_MENU = re.compile(r"\s+[|›>»·•/]\s+|\s*[|›»·•]\s*|\s{2,}|\s*\[\d{1,3}\]\s*")
_MENU_SIGN = re.compile(r"[|›>»·•/\[]|\s\s")
_FIRST_LINK = 60
"""Characters within which the first of a row of links ends."""
_MENU_LINKS = 4
EMPHASIS = "*_ "
"""Signs that set a line in italics or bold."""
_PARTS = re.compile(r"\s+[|·•]\s+")
_MIN_PARTS = 3
_PART_WORDS = 5
_SIGNATURE_WORDS = 10
_NEEDS_ANOTHER = words("unfinished_words")
"""Words with which a headline does not end, but a line that was broken off does."""
_LONG_LINE = 13
_SHARE_INDENTED = 0.8
_FEW_SMALL = 3
_SHARE_SMALL = 0.25
"""Titles, at least, in a file whose titles begin with small letters, alone and as a share of other headlines."""
_OPENERS = "\"'“‘«„("
_CREDITED = re.compile(r"\([A-Z][A-Z/ ]{1,12}\)\.?$|©.{2,60}$|\[[^\[\]]{2,40}/[A-Z][^\[\]]{1,30}\]\.?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The form of a unit; the flags exclude each other except where told."""

    paragraph: bool
    headline: bool
    """Could be a title, a standfirst, a heading or a related title: words without a full stop."""
    date: bool
    byline: bool
    credit: bool
    caption: bool
    """Says that it is about a picture; can be a paragraph too."""
    dateline: bool
    """A paragraph that opens with a place and a dash or an agency; a paragraph too."""
    sentence: bool
    """A whole sentence, too short for a paragraph that could be told from a caption or a label by its form alone."""
    rule: bool
    """A line drawn with signs."""
    menu: bool
    """A row of links: 'News | Sport | Weather | Jobs'."""

    @property
    def text(self) -> bool:
        """Running text, as far as the form tells."""
        return self.paragraph or self.sentence or self.credit


def shape_of(unit: Unit, *, cased: bool = True) -> Shape:
    """The form of one unit, from its own text alone; `cased`: headlines and sentences begin with a capital."""
    head = unit.text[:200]
    plain = head.strip(EMPHASIS)
    inner = plain[1:-1] if plain[:1] in "([" and plain[-1:] in ")]" else plain
    date = date_of_line(inner) is not None or (
        unit.words <= 12 and (names_with_date(inner) is not None or is_relative_date(plain) or _has_dated_part(plain))
    )
    byline = not date and unit.words <= 12 and _BYLINE.fullmatch(plain.rstrip(" .,|")[:120]) is not None
    credit = unit.words <= 40 and (_CREDIT.match(plain) is not None or _is_signature(plain))
    caption = (
        unit.words <= 90
        and _hints_at_picture(unit.text)
        and (
            _CAPTION.search(unit.text) is not None
            or (unit.words <= _SHORT_CAPTION and _SHOWN.search(unit.text) is not None)
            or (not unit.is_paragraph and _CREDITED.search(unit.text[-80:]) is not None)
        )
    )
    links = _links_in_row(unit.text)
    paragraph = unit.is_paragraph and not credit and links < _MENU_LINKS
    headline = (
        not (paragraph or date or byline or credit)
        and 2 <= unit.words <= 40
        and unit.ends in ("open", "ask")
        and not (cased and head[0].islower())
        and not is_address(head)
        and len(_WORD.findall(head)) >= min(2, unit.words)
        and links < 2
        and not _breaks_off(unit)
    )
    sentence = (
        not (paragraph or date or byline or credit or caption)
        and unit.words >= 2
        and unit.ends in ("stop", "ask")
        and (head[0].isupper() or head[0] in _OPENERS or not cased)
        and not headline
    )
    return Shape(
        sentence=sentence,
        menu=links >= _MENU_LINKS,
        rule=_RULE.fullmatch(head) is not None,
        paragraph=paragraph,
        headline=headline,
        date=date,
        byline=byline,
        credit=credit,
        caption=caption and not date and (unit.words > 3 or headline),
        dateline=paragraph and dateline_length(head) > 0,
    )


def _has_dated_part(text: str) -> bool:
    """Whether a line is a row of short notes and one of them a date: 'Ida Berg | 3 May 2022 | 4 min read'."""
    parts = _PARTS.split(text)
    return (
        len(parts) >= _MIN_PARTS
        and all(len(part.split()) <= _PART_WORDS for part in parts)
        and any(date_of_line(part) is not None or is_relative_date(part) for part in parts)
    )


def _is_signature(text: str) -> bool:
    """Whether a line signs an article at its end: '- Ida Berg, Example News'."""
    name, _, publisher = text.lstrip("-–—― ").partition(", ")
    return (
        text[:1] in ("-", "–", "—", "―")
        and len(text.split()) <= _SIGNATURE_WORDS
        and is_name(name)
        and is_name(publisher)
    )


def _breaks_off(unit: Unit) -> bool:
    """Whether a line stops in the middle of a sentence: at a word that needs another one, or in a quotation."""
    if unit.words < _LONG_LINE:
        return False
    last = unit.text[-24:].rsplit(" ", 1)[-1]
    if last in _NEEDS_ANOTHER or last[-1:] in ",;":
        return True
    return unit.text[0] in '"“' and sum(map(unit.text.count, '"“”')) == 1


def _hints_at_picture(text: str) -> bool:
    """Whether a line could be about a picture at all: much cheaper to say than whether it is."""
    folded = text.casefold()
    return any(hint in folded for hint in _PICTURE_HINTS)


def _links_in_row(text: str) -> int:
    """How many links a row of them or a path of sections has, 'News | Sport', 'World › Europe'; 0 for anything else."""
    if _MENU_SIGN.search(text, 0, _FIRST_LINK) is None:
        return 0
    parts = _MENU.split(text[:400])
    return len(parts) if len(parts) > 1 and all(len(part.split()) <= 3 for part in parts) else 0


def shapes_of(units: Sequence[Unit]) -> list[Shape]:
    """The form of every unit."""
    return _without_indented_titles(units, _with_small_titles(units, [shape_of(unit) for unit in units]))


def _without_indented_titles(units: Sequence[Unit], shapes: list[Shape]) -> list[Shape]:
    """Where paragraphs are indented and the lines above them are not, a short line that is indented is text."""
    paragraphs = [unit.indent > 0 for unit, shape in zip(units, shapes, strict=True) if shape.paragraph]
    if sum(paragraphs) < _SHARE_INDENTED * len(paragraphs):
        return shapes
    above = [
        units[i].indent > 0
        for i, (a, b) in enumerate(pairwise(shapes))
        if a.headline and (b.paragraph or b.date or b.byline)
    ]
    flush = len(above) - sum(above)
    if flush < _FEW_SMALL or flush < sum(above):
        return shapes
    return [
        replace(shape, headline=False) if shape.headline and unit.indent > 0 else shape
        for unit, shape in zip(units, shapes, strict=True)
    ]


def _with_small_titles(units: Sequence[Unit], shapes: list[Shape]) -> list[Shape]:
    """The shapes, those of titles in small letters among them where a file's titles are."""
    small = [i for i, unit in enumerate(units) if unit.text[0].islower() and not shapes[i].paragraph]
    if len(small) < _FEW_SMALL:
        return shapes
    uncased = {i: shape_of(units[i], cased=False) for i in small}
    # what was broken off begins with a small letter as well
    titles = sum(
        uncased[i].headline and (i == 0 or units[i - 1].ends in ("stop", "ask")) and shapes[i + 1].paragraph
        for i in small
        if i + 1 < len(units)
    )
    capital = sum(above.headline and below.paragraph for above, below in pairwise(shapes))
    if titles < max(_FEW_SMALL, _SHARE_SMALL * capital):
        return shapes
    return [uncased.get(i, shape) for i, shape in enumerate(shapes)]


def dateline_length(text: str, *, bare: bool = True) -> int:
    """Length of the agency dateline that opens `text` ('KYIV, Feb 3 (Agency) - '), 0 when there is none.

    Without `bare`, a place and a dash alone ('KYIV - ') are not enough: words in capitals open other paragraphs too.
    """
    match = _DATELINE.match(text[:120])
    if match is None:
        return 0
    # a colon or a bare dash after one capitalised word may be anything; a date or an agency settles it, while small
    # letters in brackets ('(left)') do not without a date, which may count as what follows the place
    dated = match["date"] or any(map(str.isdecimal, match["place"]))
    if dated or (match["agency"] and match["agency"][1].isupper()):
        return match.end()
    place = match["place"]
    return match.end() if bare and match["dash"] != ":" and place.split(",")[0].isupper() and len(place) >= 4 else 0


def dateline_agency(text: str) -> str | None:
    """The agency that the dateline opening `text` names, None without one."""
    match = _DATELINE.match(text[:120])
    return match["agency"].strip("() ") if match and match["agency"] else None


def names_writers(text: str) -> bool:
    """Whether a credit says who wrote or edited an article, as its last line does."""
    return _WRITERS.match(text.lstrip("(*[ ")) is not None


def is_credit_tail(text: str) -> bool:
    """Whether `text` ends in what names a photographer or an agency: '(AP)', '/ Getty Images'."""
    return _CAPTION_TAIL.search(text[-80:]) is not None


def is_address(text: str) -> bool:
    """Whether a line is nothing but the address of a page or a mailbox, numbered or labelled perhaps."""
    return _URL.match(text) is not None


def title_case(text: str) -> float:
    """Share of a line's words behind the first one that begin with a capital."""
    words = [word for word in text.split()[1:20] if word[:1].isalpha()]
    return sum(word[0].isupper() for word in words) / len(words) if words else 0.0
