"""What a file is as a whole: web pages, text alone, titles or standfirsts at the starts of its articles."""

import re

from pipelines.text.splitting.cues import MAX_NOTE_WORDS
from pipelines.text.splitting.dates import dates_in
from pipelines.text.splitting.extents import LONGEST_TAIL, last_text
from pipelines.text.splitting.phrases import any_of
from pipelines.text.splitting.reading import Reading
from pipelines.text.splitting.shapes import title_case

_DETERMINER = re.compile(any_of("determiners"))
_CLAUSE_WORD = re.compile(any_of("clause_words"))
_SENTENCE_LIKE = 2.25
"""Median words over ten and shares with an article, with an auxiliary or connective, less that of capitals.

At most 2.0 for the titles of a file, at least 2.5 for standfirsts.
"""


def is_text_alone(read: Reading) -> bool:
    """Whether hardly a line is anything but running text, at even gaps, so that nothing but the text can be read."""
    own = [i for i in range(len(read.units)) if read.blocks.kind[i] is None]
    text = sum(read.shapes[i].text for i in own)
    gaps = [read.units[i].gap for i in own[1:]]
    even = not gaps or gaps.count(max(gaps)) > 0.5 * len(gaps)
    return bool(own) and read.shapes[own[0]].text and text >= 0.9 * len(own) and even


def are_whole_pages(starts: tuple[int, ...], read: Reading) -> bool:
    """Whether lists of short lines, menus and links, stand before most articles: a decision for the whole file."""
    listed = sum(
        sum(read.found.label[i] is None for i in range(last_text(start, read), start)) > LONGEST_TAIL
        for start in starts[1:]
    )
    return listed >= max(2, 0.6 * (len(starts) - 1))


def starts_are_standfirsts(starts: tuple[int, ...], read: Reading) -> bool:
    """Whether the lines that start this file's articles are sentences that sum up, not titles: decided for the file."""
    found = read.found
    heads = [i for i in starts if read.shapes[i].headline and found.double_next[i] is None and found.label[i] is None]
    if len(heads) < 2 or len(heads) < 0.6 * len(starts):
        return False
    # what has lines of date or author below it is a title
    if sum(_metadata_below(i, read) for i in heads) >= 0.5 * len(heads):
        return False
    texts = [read.units[i].text for i in heads]
    lengths = sorted(read.units[i].words for i in heads)
    # sentences are longer than titles, seldom do without articles and auxiliaries, and are not set in title case
    signs = sum(
        (_DETERMINER.search(text) is not None) + (_CLAUSE_WORD.search(text) is not None) - title_case(text)
        for text in texts
    )
    return lengths[len(lengths) // 2] / 10 + signs / len(texts) >= _SENTENCE_LIKE


def _metadata_below(i: int, read: Reading) -> bool:
    for k in range(i + 1, min(i + 3, len(read.shapes))):
        dated = read.units[k].words <= MAX_NOTE_WORDS and any(dates_in(read.units[k].text))
        if dated or read.shapes[k].byline or read.found.label[k] is not None:
            return True
        if read.shapes[k].paragraph:
            break
    return False


def layout_name(
    starts: tuple[int, ...],
    read: Reading,
    *,
    titleless: bool,
    whole_pages: bool,
) -> str:
    """What most of the file's articles start with, in a word or two."""
    if len(starts) == 1:
        return "single-article"
    wide = sorted(unit.gap for unit in read.units)[len(read.units) // 2]
    signs = (
        ("doubled-title", lambda i: read.found.double_next[i] is not None),
        ("closing-marker", lambda i: i - 1 in read.blocks.closing),
        ("metadata-block", lambda i: any(label is not None for label in read.found.label[i : i + 3])),
        ("wider-gap", lambda i: read.units[i].gap > wide),
        ("title", lambda i: read.shapes[i].headline),
    )
    if whole_pages:
        return "whole-pages"
    for name, sign in signs:
        if sum(map(sign, starts[1:])) >= 0.7 * (len(starts) - 1):
            return "standfirst" if titleless and name == "title" else name
    return "text-alone"
