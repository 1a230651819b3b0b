"""How far articles reach: what of a file stands before, between and behind them."""

import re
from collections import Counter
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from pipelines.text.splitting.atoms import sign_of
from pipelines.text.splitting.dates import dates_in, names_with_date
from pipelines.text.splitting.evidence import BLOCKED
from pipelines.text.splitting.heads import MAX_HEAD, is_name_above_title, is_section
from pipelines.text.splitting.induction import Layout
from pipelines.text.splitting.labels import label_of
from pipelines.text.splitting.lists import in_lists
from pipelines.text.splitting.markers import IN_HEAD
from pipelines.text.splitting.names import has_publisher_word, is_name
from pipelines.text.splitting.phrases import any_of
from pipelines.text.splitting.reading import Reading
from pipelines.text.splitting.units import Unit

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_HEADER_UNITS = 8
_HEADER_WORDS = 4
_DATED_HEADER_WORDS = 8
_FEW = 3
_MOST = 0.8
"""Share of the starts that are set off alike from which on the first one is, too."""
_TITLE_WORDS = 3
_GREETING = re.compile(any_of("greeting_words"), re.IGNORECASE)
_SECTION_WORDS = 5
_LINES_ABOVE = 4
"""Lines above an article's title that are its head, at most."""
_MINORITY = 0.65
"""Share of the articles, at most, above which a section's name stands."""
_SHORT_HEAD = 6
"""Units above the first paragraph, at most, for all of them to be the first article's head."""
LONGEST_TAIL = 6
"""Units behind an article's last paragraph, at most, that are not a list of links."""
_LONGEST_LIST = 400
_DRAWN = 20
"""Signs of a line that is drawn across the page."""
_PLAINER = 4.0
"""Log-odds by which a line right above the first one that follows the layout must look more like a start to be it."""
_SURE = 3.0
"""Score of a layout from which on it says where the first article starts."""


def header_length(read: Reading) -> int:
    """Units before the first article: a list of titles, what greets the reader, lines of a date or of labels."""
    contents = _contents_length(read)
    if contents:
        return contents
    stamped = min(read.blocks.records, default=_HEADER_UNITS)
    if stamped < min(_HEADER_UNITS, read.first_paragraph or 0):
        return stamped
    greeting = next((i for i, shape in enumerate(read.shapes[:_HEADER_UNITS]) if shape.text), 0)
    if _GREETING.match(read.units[greeting].text) and greeting + 1 < len(read.units):
        return greeting + 1
    for i, unit in enumerate(read.units[:_HEADER_UNITS]):
        titles = read.shapes[i].headline and i + 1 < len(read.units) and read.shapes[i + 1].paragraph
        words = _HEADER_WORDS if titles else _DATED_HEADER_WORDS
        labelled = unit.words <= words and label_of(unit.text) is not None
        recurs = read.found.label[i] is not None or read.found.template[i] is not None
        if recurs or i + 1 == len(read.units) or not (read.shapes[i].date or labelled or _heads_file(i, unit)):
            return i
    return 0


def _contents_length(read: Reading) -> int:
    """Units up to the end of the table of contents that a file begins with: titles that stand again below."""
    lead = read.first_paragraph or 0
    own = [i for i in range(lead) if read.blocks.kind[i] is None and not read.shapes[i].caption]
    opening = {i: read.units[i].text.casefold() for i in own if read.units[i].words >= _TITLE_WORDS}
    if len(opening) < _FEW:
        return 0
    first: dict[str, int] = {}
    # the first article's own title is the first one to come again
    end = next((i for i, text in opening.items() if first.setdefault(text, i) != i), lead)
    again = {unit.text.casefold() for unit in read.units[end:]}
    listed = [text for i, text in opening.items() if i < end]
    return end if sum(text in again for text in listed) >= max(_FEW, _MOST * len(listed)) else 0


def _heads_file(i: int, unit: Unit) -> bool:
    """Whether the first line names a publisher and a time: 'EXAMPLE NEWS - ARCHIVE 2026', 'Example / May 2026'."""
    if i or unit.words > _DATED_HEADER_WORDS or _YEAR.search(unit.text) is None:
        return False
    words = unit.text.replace(" - ", " ").replace(" / ", " ").replace(" | ", " ")
    of_month = names_with_date(unit.text, precisions=("day", "month"))
    return of_month is not None or (is_name(words) and has_publisher_word(unit.text))


def first_start(first: int, read: Reading, t: NDArray[np.float64], layout: Layout | None) -> int:
    """Where the first article starts: with the first unit, unless a header or a page's menus stand above it."""
    end = len(read.shapes) - 1
    lead = next((i for i in range(first, end) if read.shapes[i].paragraph and t[i] > BLOCKED), end)
    if layout is not None and layout.score >= _SURE:
        by_rule = min(i for rule in layout.rules for i in rule)
        if first <= by_rule < lead:
            return _top_of_head(first, by_rule, t)
    usable = [i for i in range(first, lead + 1) if t[i] > BLOCKED]
    if not usable or lead - first > _LONGEST_LIST:
        return usable[0] if usable else first
    best = max(usable, key=lambda i: (t[i], -i))
    # of a few lines, all are the first article's head, unless one looks much more like its start
    return usable[0] if len(usable) <= _SHORT_HEAD and t[best] <= t[usable[0]] + _PLAINER else best


def _top_of_head(first: int, i: int, t: NDArray[np.float64]) -> int:
    """Unit `i`, or the one in the lines above it, down from `first`, that looks much more like a start than it does."""
    top = i
    while top > first and t[top - 1] > BLOCKED:
        top -= 1
    best = max(range(top, i + 1), key=lambda k: (t[k], k))
    return best if t[best] > t[i] + _PLAINER else i


def past_header(starts: tuple[int, ...], read: Reading) -> tuple[int, ...]:
    """`starts`, the first one moved behind a few words that head the file, when other articles lack such a line.

    Moved to a line set off as the other starts are ('2. …', '# …'), or so far that the first article starts as far
    above its first paragraph as most others do.
    """
    heads = [_head_length(start, read) for start in starts]
    signs = Counter(sign_of(read.units[start]) for start in starts[1:]).most_common(1)
    if signs and signs[0][0] is not None and signs[0][1] >= max(_FEW, _MOST * len(starts[1:])):
        below = range(starts[0], min(starts[0] + heads[0] + 1, starts[1]))
        return (next((i for i in below if sign_of(read.units[i]) == signs[0][0]), starts[0]), *starts[1:])
    others = sorted(heads[1:])
    if len(others) < _FEW or starts[0] in read.blocks.records:
        return starts
    usual = others[len(others) // 2]
    begin = starts[0] + heads[0] - usual
    alike = others.count(usual) >= 0.6 * len(others) and all(
        read.shapes[begin].headline == read.shapes[start].headline for start in starts[1 : 1 + _FEW]
    )
    skipped = range(starts[0], begin)
    slight = all(
        read.units[i].words <= _HEADER_WORDS
        or read.shapes[i].date
        or (read.units[i].words <= _DATED_HEADER_WORDS and any(dates_in(read.units[i].text)))
        for i in skipped
    )
    return (begin, *starts[1:]) if skipped and begin < starts[1] and alike and slight else starts


def below_sections(starts: tuple[int, ...], read: Reading) -> tuple[int, ...]:
    """`starts`, those moved down by a line that have a section's name above what others start with.

    Such lines stand apart above a minority of the articles, two at least; they have few words, or recur with signs.
    """
    heads = [_head_length(start, read) for start in starts]
    ((usual, count),) = Counter(heads).most_common(1)
    plain = next(start for start, head in zip(starts, heads, strict=True) if head == usual)
    usual = usual if count >= max(_FEW, 0.5 * len(starts)) else None
    below = [
        _is_section(start, plain, read) and (head - 1 == usual or (head > 1 and _in_capitals(start, read)))
        for start, head in zip(starts, heads, strict=True)
    ]
    if not 1 < sum(below) <= _MINORITY * len(starts):
        return starts
    return tuple(start + moved for start, moved in zip(starts, below, strict=True))


def _in_capitals(i: int, read: Reading) -> bool:
    """Whether unit `i` is all in capitals, and the line below it is not."""
    return read.units[i].text.isupper() and not read.units[i + 1].text.isupper()


def _is_section(i: int, plain: int, read: Reading) -> bool:
    """Whether unit `i` stands apart above a line that has the form of the start `plain`."""
    units, shapes = read.units, read.shapes
    slight = units[i].words <= _SECTION_WORDS and units[i].ends == "open" and not any(map(str.isdigit, units[i].text))
    return (
        i + 1 < len(units)
        and (slight or (read.found.template[i] is not None and sign_of(units[i]) is not None))
        and units[i + 1].gap > 0
        and not (shapes[i].date or shapes[i].byline or i in read.blocks.records)
        and read.found.label[i] is None
        and read.blocks.kind[i + 1] is None
        and shapes[i + 1].headline == shapes[plain].headline
    )


def with_heads(starts: tuple[int, ...], read: Reading) -> tuple[int, ...]:
    """`starts`, each moved up to the first line of its article's head.

    That is the first of the short lines right above a title that a gap parts from what is above them; a line of a word
    or two, behind what closed the article before; the file's first line, where other articles have one like it.
    """
    units, shapes = read.units, read.shapes
    drawn = _drawn_above(starts, read)
    moved = [
        start
        - (start > 1 and start - 2 in read.blocks.ending and is_section(start - 1, units, shapes))
        - (start in drawn)
        for start in starts
    ]
    if starts[0] == 1 and is_section(0, units, shapes) and any(is_section(i, units, shapes) for i in moved[1:]):
        moved[0] = 0
    listed = in_lists(read)
    tops = [
        start if listed[start] else _top(start, above, read)
        for start, above in zip(moved, (-1, *moved[:-1]), strict=True)
    ]
    alike = any(read.found.template[i] is read.found.template[tops[0]] is not None for i in tops[1:])
    many = sum(top < start for top, start in zip(tops[1:], moved[1:], strict=True)) >= 0.5 * len(moved[1:])
    if not (alike or many):
        tops[0] = moved[0]  # what stands above the first title alone heads the file
    return tuple(tops)


def _drawn_above(starts: tuple[int, ...], read: Reading) -> set[int]:
    """The starts right below a drawn line that is their article's: where it stands below the block of fields, too.

    Or where the file begins with it, and it stands above most of the others.
    """
    units, labels = read.units, read.found.labels

    def drawn(i: int, start: int) -> bool:
        return units[i].text == units[start - 1].text and not any(map(str.isalnum, units[i].text))

    fenced = {
        start
        for start in starts
        if 0 < start < start + labels[start] < len(units)
        and units[start].gap == units[start + labels[start]].gap == 0
        and drawn(start + labels[start], start)
    }
    below = {start for start in starts if start and units[start].gap == 0 and drawn(0, start)}
    return fenced | below if len(below) >= max(_FEW, _MOST * len(starts)) else fenced


def _top(start: int, above: int, read: Reading) -> int:
    """The first of the lines below unit `above` that stand right above the title at `start`; `start` without such.

    A date alone heads all that follows.
    """
    units, shapes = read.units, read.shapes
    i = start
    while above < i - 1 and start - i < _LINES_ABOVE and units[i].gap == 0:
        recurs = read.blocks.rule[i - 1] == IN_HEAD or shapes[i - 1].date or _above_records(i - 1, start, read)
        if not _may_head(i - 1, read) or not (shapes[start].headline or recurs):
            break
        i -= 1
    apart = units[i].gap > 0 or i == 0
    alone = all(shapes[k].date for k in range(i, start)) and not is_name_above_title(start, units, shapes)
    return i if apart and not alone else start


def _above_records(i: int, start: int, read: Reading) -> bool:
    """Whether unit `i` stands above the line that records open with, at `start`, as it does above most of them."""
    template, records = read.found.template[i], read.blocks.records
    return template is not None and start in records and len(template.positions) >= 0.5 * len(records)


def _may_head(i: int, read: Reading) -> bool:
    """Whether unit `i` may stand above a title, in the head of its article."""
    shape, kind = read.shapes[i], read.blocks.kind[i]
    own = kind is None or read.blocks.rule[i] == IN_HEAD
    return own and read.units[i].words <= _DATED_HEADER_WORDS and not (shape.text or shape.caption or shape.rule)


def _head_length(start: int, read: Reading) -> int:
    """Units from an article's start to its first paragraph."""
    end = min(len(read.shapes), start + MAX_HEAD)
    return next((i - start for i in range(start, end) if read.is_own_paragraph(i)), 0)


def last_text(end: int, read: Reading) -> int:
    """The last paragraph of an article above unit `end`; 0 without any."""
    return next((i for i in range(end - 1, -1, -1) if read.is_own_paragraph(i)), 0)


def end_of(start: int, end: int, read: Reading, sections: Collection[int], *, whole_pages: bool) -> int:
    """Where the article ends whose next one starts at `end`: before what opens that, and before a page's links."""
    while end - 1 > start and (
        (end - 1) in sections
        or (end - 1) in read.blocks.opening
        or _is_date_header(end - 1, read)
        or _parts_articles(end - 1, read)
    ):
        end -= 1
    if whole_pages:
        end = max(start, last_text(end, read)) + 1
        while end < len(read.shapes) and (read.shapes[end].credit or end in read.blocks.closing):
            end += 1
    return end


def _parts_articles(i: int, read: Reading) -> bool:
    """Whether a line is drawn across the page: it stands between articles and belongs to none."""
    return read.shapes[i].rule and len(read.units[i].text) >= _DRAWN


def _is_date_header(i: int, read: Reading) -> bool:
    """Whether a line that is only a date stands no nearer to the text above it than to what follows."""
    units = read.units
    return read.shapes[i].date and i + 1 < len(units) and units[i].gap >= units[i + 1].gap and units[i].gap > 0
