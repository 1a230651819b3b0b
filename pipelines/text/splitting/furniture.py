"""Furniture of pages: menus, boxes that ask the reader to sign up or consent, lists that stand on every page."""

import re
from collections import Counter
from collections.abc import Sequence

from pipelines.text.splitting.cues import is_box_button, is_share_button
from pipelines.text.splitting.heads import ECHO, MAX_HEAD, TITLE_WORDS, echo
from pipelines.text.splitting.marking import Marking
from pipelines.text.splitting.phrases import any_of
from pipelines.text.splitting.shapes import Shape, is_address
from pipelines.text.splitting.templates import Recurrences
from pipelines.text.splitting.units import Unit

UNDERLINE = "underline"
"""Rule of a line of signs right below a title."""
_READER = re.compile(any_of("reader_words"), re.IGNORECASE)
_BOX_CUE = re.compile(any_of("box_words"), re.IGNORECASE)
"""What the sentences of web pages are about that are not the article's."""
_MAILING = re.compile(any_of("mailing_words"), re.IGNORECASE)
_MAILING_WORDS = 30
"""Words of a line about the mail that a newsletter came with, at most."""
_BOX_SENTENCE = 35
"""Words of a sentence in a box, at most."""
_MIN_COPIES = 3
_MAX_SENTENCES = 2
"""Sentences in a row that recur, at most, for being the page's."""
_MAX_WORDS = 80
"""Of these together."""
_ADDRESS_WORDS = 3
_MIN_LIST = 5
_METADATA_REACH = 4
"""Units below a list in which an article's date or author stands."""


def mark_menus(shapes: Sequence[Shape], marking: Marking) -> None:
    """Rows of links."""
    for i, shape in enumerate(shapes):
        if shape.menu:
            marking.mark(i, "furniture", "menu_row")


def mark_addresses(units: Sequence[Unit], found: Recurrences, marking: Marking) -> None:
    """Lines that are nothing but a link's address; one with a label is a field."""
    for i, unit in enumerate(units):
        if unit.words <= _ADDRESS_WORDS and found.label[i] is None and is_address(unit.text):
            marking.mark(i, "furniture", "address")


def mark_mailing(units: Sequence[Unit], shapes: Sequence[Shape], marking: Marking) -> None:
    """Lines about the mail that a newsletter came with: where to see it, how to get no more of it."""
    for i, unit in enumerate(units):
        addressed = not shapes[i].paragraph or _READER.search(unit.text) is not None
        if unit.words <= _MAILING_WORDS and addressed and _MAILING.search(unit.text):
            marking.mark(i, "furniture", "mailing")


def mark_underlines(units: Sequence[Unit], shapes: Sequence[Shape], marking: Marking) -> None:
    """Lines of signs right below a title, about as long as it is."""
    for i in range(1, len(units)):
        above, unit = units[i - 1], units[i]
        near = unit.gap == 0 and shapes[i].rule and not shapes[i - 1].rule and above.words <= 40
        if near and 0.4 * len(above.text) <= len(unit.text) <= 2.0 * len(above.text) and len(unit.text) >= 8:
            marking.mark(i, "furniture", UNDERLINE)


def mark_page_text(units: Sequence[Unit], shapes: Sequence[Shape], found: Recurrences, marking: Marking) -> None:
    """Sentences of the page, not of the article: they recur word for word, or ask the reader to sign up or consent."""
    sentences = [i for i, shape in enumerate(shapes) if shape.paragraph or shape.sentence]
    for i in sentences:
        if _is_in_box(i, units, shapes):
            marking.mark(i, "furniture", "page_box")
            _mark_box(i, units, shapes, marking)
    for run in _recurring_runs(sentences, units):
        # what recurs at length is an article that stands there several times
        if len(run) > _MAX_SENTENCES or sum(units[i].words for i in run) > _MAX_WORDS:
            continue
        for i in run:
            if _READER.search(units[i].text) or any(found.template[k] is not None for k in _around(i, units)):
                marking.mark(i, "furniture", "recurring_sentence")
                _mark_box(i, units, shapes, marking)


def _is_in_box(i: int, units: Sequence[Unit], shapes: Sequence[Shape]) -> bool:
    """Whether a sentence addresses the reader about two things that boxes are about, next to a box's button."""
    if units[i].words > _BOX_SENTENCE or not _READER.search(units[i].text):
        return False
    cues = {cue.casefold() for cue in _BOX_CUE.findall(units[i].text)}
    return len(cues) > 1 and any(is_box_button(units[k], shapes[k]) for k in _around(i, units))


def _around(i: int, units: Sequence[Unit]) -> list[int]:
    return [k for k in (i - 1, i + 1) if 0 <= k < len(units)]


def _recurring_runs(sentences: Sequence[int], units: Sequence[Unit]) -> list[list[int]]:
    """Runs of sentences each of which stands in the file several times."""
    count = Counter(units[i].text.casefold() for i in sentences)
    runs: list[list[int]] = []
    inside = False
    for i in sentences:
        recurs = count[units[i].text.casefold()] >= _MIN_COPIES
        if recurs and inside:
            runs[-1].append(i)
        elif recurs:
            runs.append([i])
        inside = recurs
    return runs


def _mark_box(sentence: int, units: Sequence[Unit], shapes: Sequence[Shape], marking: Marking) -> None:
    """Title and buttons of the box that a sentence stands in."""
    for step in (-1, 1):
        k = sentence + step
        while 0 <= k < len(units) and is_box_button(units[k], shapes[k]):
            marking.mark(k, "furniture", "page_box")
            k += step


def mark_recurring_lists(units: Sequence[Unit], shapes: Sequence[Shape], found: Recurrences, marking: Marking) -> None:
    """Lists of short lines that stand on every page: menus, share bars, footers."""
    run: list[int] = []
    for i in range(len(units) + 1):
        recurs = i < len(units) and (
            found.template[i] is not None
            and not (shapes[i].paragraph or shapes[i].date or shapes[i].byline)
            and found.label[i] is None
        )
        if recurs:
            run.append(i)
            continue
        if len(run) >= _MIN_LIST:
            titles = _own_titles(run, units, shapes)
            for k in run:
                if k not in titles:
                    marking.mark(k, "furniture", "recurring_list")
        run = []


def _own_titles(run: Sequence[int], units: Sequence[Unit], shapes: Sequence[Shape]) -> set[int]:
    """The lines of a list that recurs that may be the title of the article below: other pages may link it, too."""
    titles = [i for i in run if shapes[i].headline and units[i].words >= TITLE_WORDS]
    end = run[-1] + 1
    leads = [i for i in range(end, min(end + MAX_HEAD, len(units))) if shapes[i].paragraph][:2]
    metadata = range(end, min(end + _METADATA_REACH, len(units)))
    headed = (end in leads) or any(shapes[i].date or shapes[i].byline for i in metadata)
    own = {i for i in titles if any(echo(units[i], units[lead]) >= ECHO for lead in leads)}
    if headed:
        own.add(run[-1])
    # the last line above a page's buttons is its title, too
    last = next((i for i in reversed(run) if not is_share_button(units[i])), run[0])
    if leads and last != run[-1]:
        own.add(last)
    return own.intersection(titles)
