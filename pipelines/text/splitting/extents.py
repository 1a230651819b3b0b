"""How far articles reach: what of a file stands before, between and behind them, and what the file is as a whole."""

import re

import numpy as np
from numpy.typing import NDArray

from pipelines.text.splitting.blocks import Blocks
from pipelines.text.splitting.dates import WEEKDAY, dates_in
from pipelines.text.splitting.evidence import BLOCKED
from pipelines.text.splitting.heads import MAX_HEAD, is_section
from pipelines.text.splitting.induction import Layout
from pipelines.text.splitting.labels import label_of
from pipelines.text.splitting.lines import Unit
from pipelines.text.splitting.names import has_publisher_word, is_name
from pipelines.text.splitting.phrases import any_of
from pipelines.text.splitting.shapes import Shape
from pipelines.text.splitting.templates import Recurrences

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_REPORTED = re.compile(rf"{any_of('report_words')}|{_YEAR.pattern}|[“”]")
_NEWS_CUE = re.compile(
    rf"{any_of('report_words')}|{WEEKDAY.pattern}|\b[A-Z][a-z]+ [A-Z][a-z]+\b|\b(?:19|20)\d\d\b|[“”]"
)
"""What news is full of: who said what, when."""
_CUES_A_WORD = 0.012
"""Cues a word below which a text is less and less likely to be news; news has three times as many."""
_PAST = re.compile(r"\b(?:was|were|had|has|have|[a-z]{3,}ed)\b")
_REPORT_A_WORD = 0.045
"""Verbs in the past a word, what reports counting for three, below which a text is less and less likely to be news.

Of a hundred articles, three have fewer.
"""
_NEWS_SAMPLE = 400
_HEADER_UNITS = 8
_HEADER_WORDS = 4
_DATED_HEADER_WORDS = 8
_FEW = 3
_SHORT_HEAD = 6
"""Units above the first paragraph, at most, for all of them to be the first article's head."""
_LONGEST_TAIL = 6
"""Units behind an article's last paragraph, at most, that are not a list of links."""
_LONGEST_LIST = 400
_DRAWN = 20
"""Signs of a line that is drawn across the page."""
_SURE = 3.0
"""Score of a layout from which on it says where the first article starts."""


def header_length(units: list[Unit], shapes: list[Shape], found: Recurrences) -> int:
    """Units before the first article: lines of a date or of labels that do not recur."""
    for i, unit in enumerate(units[:_HEADER_UNITS]):
        header = (shapes[i].date or (unit.words <= 8 and label_of(unit.text) is not None) or _heads_file(i, unit)) and (
            found.label[i] is None and found.template[i] is None and i + 1 < len(units)
        )
        if not header:
            return i
    return 0


def _heads_file(i: int, unit: Unit) -> bool:
    """Whether the first line names a publisher and a year: 'EXAMPLE NEWS - ARCHIVE 2026'."""
    return (
        i == 0
        and unit.words <= _DATED_HEADER_WORDS
        and _YEAR.search(unit.text) is not None
        and (
            is_name(unit.text.replace(" - ", " ").replace(" / ", " ").replace(" | ", " "))
            and has_publisher_word(unit.text)
        )
    )


def first_start(first: int, shapes: list[Shape], t: NDArray[np.float64], layout: Layout | None) -> int:
    """Where the first article starts: with the first unit, unless a header or a page's menus stand above it."""
    end = len(shapes) - 1
    lead = next((i for i in range(first, end) if shapes[i].paragraph and t[i] > BLOCKED), end)
    if layout is not None and layout.score >= _SURE:
        by_rule = min(i for rule in layout.rules for i in rule)
        if first <= by_rule < lead:
            return by_rule
    usable = [i for i in range(first, lead + 1) if t[i] > BLOCKED]
    if len(usable) <= _SHORT_HEAD or lead - first > _LONGEST_LIST:
        return usable[0] if usable else first
    return max(usable, key=lambda i: (t[i], -i))


def past_header(starts: tuple[int, ...], units: list[Unit], shapes: list[Shape], blocks: Blocks) -> tuple[int, ...]:
    """`starts`, the first one moved behind a few words that head the file, when other articles lack such a line.

    Moved only so far that the first article starts as far above its first paragraph as most others do.
    """
    heads = [_head_length(start, shapes, blocks) for start in starts]
    others = sorted(heads[1:])
    if len(others) < _FEW or starts[0] in blocks.records:
        return starts
    usual = others[len(others) // 2]
    begin = starts[0] + heads[0] - usual
    alike = others.count(usual) >= 0.6 * len(others) and all(
        shapes[begin].headline == shapes[start].headline for start in starts[1 : 1 + _FEW]
    )
    skipped = range(starts[0], begin)
    slight = all(
        units[i].words <= _HEADER_WORDS
        or shapes[i].date
        or (units[i].words <= _DATED_HEADER_WORDS and any(dates_in(units[i].text)))
        for i in skipped
    )
    return (begin, *starts[1:]) if skipped and alike and slight else starts


def with_sections(starts: tuple[int, ...], units: list[Unit], shapes: list[Shape], blocks: Blocks) -> tuple[int, ...]:
    """`starts`, each moved up to the line of a word or two above its title, behind what closed the article before.

    The file's first line is taken for one where other articles have it.
    """
    moved = [
        start - (start > 1 and start - 2 in blocks.ending and is_section(start - 1, units, shapes)) for start in starts
    ]
    if starts[0] == 1 and is_section(0, units, shapes) and any(is_section(i, units, shapes) for i in moved[1:]):
        moved[0] = 0
    return tuple(moved)


def _head_length(start: int, shapes: list[Shape], blocks: Blocks) -> int:
    """Units from an article's start to its first paragraph."""
    end = min(len(shapes), start + MAX_HEAD)
    return next((i - start for i in range(start, end) if shapes[i].paragraph and blocks.kind[i] is None), 0)


def sure_of_news(
    units: list[Unit], shapes: list[Shape], starts: tuple[int, ...], confidence: tuple[float, ...]
) -> tuple[float, ...]:
    """Confidences lowered where a piece is hardly running text, or the file tells of nobody: a list, a manual."""
    texts = [unit.text[:2000] for unit in units[:_NEWS_SAMPLE]]
    told, reported, past = (sum(len(cue.findall(text)) for text in texts) for cue in (_NEWS_CUE, _REPORTED, _PAST))
    words = sum(min(unit.words, 350) for unit in units[:_NEWS_SAMPLE])
    tells = min(1.0, (told + 1.0) / (1.0 + words * _CUES_A_WORD))
    # names and days stand in recipes too; what happened and who said so does not
    tells *= min(1.0, (3.0 * reported + past + 1.0) / (1.0 + words * _REPORT_A_WORD))
    out = []
    for start, end, value in zip(starts, (*starts[1:], len(units)), confidence, strict=True):
        total = sum(unit.words for unit in units[start:end])
        prose = sum(
            unit.words for unit, shape in zip(units[start:end], shapes[start:end], strict=True) if shape.paragraph
        )
        out.append(round(value * tells * min(1.0, 0.1 + 1.8 * prose / max(1, total)), 4))
    return tuple(out)


def is_text_alone(units: list[Unit], shapes: list[Shape], blocks: Blocks) -> bool:
    """Whether hardly a line is anything but running text, at even gaps, so that nothing but the text can be read."""
    own = [i for i in range(len(units)) if blocks.kind[i] is None]
    text = sum(shapes[i].text for i in own)
    gaps = [units[i].gap for i in own[1:]]
    even = not gaps or gaps.count(max(gaps)) > 0.5 * len(gaps)
    return bool(own) and shapes[own[0]].text and text >= 0.9 * len(own) and even


def are_whole_pages(starts: tuple[int, ...], shapes: list[Shape], found: Recurrences, blocks: Blocks) -> bool:
    """Whether lists of short lines, menus and links, stand before most articles: a decision for the whole file."""
    listed = sum(
        sum(found.label[i] is None for i in range(_last_text(start, shapes, blocks), start)) > _LONGEST_TAIL
        for start in starts[1:]
    )
    return listed >= max(2, 0.6 * (len(starts) - 1))


def _last_text(end: int, shapes: list[Shape], blocks: Blocks) -> int:
    return next((i for i in range(end - 1, -1, -1) if shapes[i].paragraph and blocks.kind[i] is None), 0)


def end_of(start: int, end: int, units: list[Unit], shapes: list[Shape], blocks: Blocks, *, whole_pages: bool) -> int:
    """Where the article ends whose next one starts at `end`: before what opens that, and before a page's links."""
    while end - 1 > start and (
        (end - 1) in blocks.opening
        or _is_date_header(end - 1, units, shapes)
        or _parts_articles(end - 1, units, shapes)
    ):
        end -= 1
    if whole_pages:
        end = max(start, _last_text(end, shapes, blocks)) + 1
        while end < len(shapes) and (shapes[end].credit or end in blocks.closing):
            end += 1
    return end


def _parts_articles(i: int, units: list[Unit], shapes: list[Shape]) -> bool:
    """Whether a line is drawn across the page: it stands between articles and belongs to none."""
    return shapes[i].rule and len(units[i].text) >= _DRAWN


def _is_date_header(i: int, units: list[Unit], shapes: list[Shape]) -> bool:
    """Whether a line that is only a date stands no nearer to the text above it than to what follows."""
    return shapes[i].date and i + 1 < len(units) and units[i].gap >= units[i + 1].gap and units[i].gap > 0


def layout_name(
    starts: tuple[int, ...],
    units: list[Unit],
    shapes: list[Shape],
    found: Recurrences,
    blocks: Blocks,
    *,
    titleless: bool,
) -> str:
    """What most of the file's articles start with, in a word or two."""
    if len(starts) == 1:
        return "single-article"
    wide = sorted(unit.gap for unit in units)[len(units) // 2]
    signs = (
        ("doubled-title", lambda i: found.double_next[i] is not None),
        ("closing-marker", lambda i: i - 1 in blocks.closing),
        ("metadata-block", lambda i: any(label is not None for label in found.label[i : i + 3])),
        ("wider-gap", lambda i: units[i].gap > wide),
        ("title", lambda i: shapes[i].headline),
    )
    if are_whole_pages(starts, shapes, found, blocks):
        return "whole-pages"
    for name, sign in signs:
        if sum(map(sign, starts[1:])) >= 0.7 * (len(starts) - 1):
            return "standfirst" if titleless and name == "title" else name
    return "text-alone"
