"""Short lines between two paragraphs: heads, and long lists as web pages have above and below their article."""

import re

import numpy as np
from numpy.typing import NDArray

from pipelines.text.splitting.cohesion import clipped
from pipelines.text.splitting.cues import is_share_button
from pipelines.text.splitting.heads import ECHO, MAX_HEAD, TITLE_WORDS, echo
from pipelines.text.splitting.markers import IN_HEAD
from pipelines.text.splitting.reading import Reading
from pipelines.text.splitting.shapes import is_credit_tail

LIST_TERMS = ("list", "list_cohesion", "list_length", "list_recurring", "list_much_recurring")
_LIST = 8
"""Short units between two paragraphs from which on they are a list, not a head."""
_BULLET = re.compile(r"[#>*•·▪■►–—-]{1,3}\s")
_MARKER_SHARE = 0.6
"""Of a short unit, what a marker counts for."""
ABOVE_METADATA = 4
"""Units between a title and the lines of date and author below it, at most."""


def in_lists(read: Reading) -> NDArray[np.bool_]:
    """Units that stand among many short ones with no paragraph between them."""
    n, kind = len(read.units), read.blocks.kind
    out = np.zeros(n, bool)
    start, short = 0, 0.0
    for i in range(n + 1):
        if i == n or read.is_own_paragraph(i):
            out[start:i] = short >= _LIST
            start, short = i + 1, 0.0
        elif read.found.label[i] is None and not (read.shapes[i].date or read.shapes[i].credit):
            # a menu's entries may be taken for markers, and so may what records have in their heads
            short += _MARKER_SHARE if kind[i] == "marker" else kind[i] in (None, "furniture")
    return out


def short_heads(read: Reading) -> list[range]:
    """Lines between two paragraphs, too few for a list and with no marker that parts items, with the second of them."""
    parting = read.blocks.closing | read.blocks.opening

    def heads(i: int) -> bool:
        return read.blocks.rule[i] == IN_HEAD

    runs: list[range] = []
    start: int | None = None
    for i in range(len(read.units)):
        if i in parting:
            start = None
        elif read.is_own_paragraph(i):
            if start is not None and 0 < sum(read.blocks.kind[k] is None or heads(k) for k in range(start, i)) < _LIST:
                runs.append(range(start, i + 1))
            start = i + 1
    return runs


def stand_together(run: range, read: Reading) -> bool:
    """Whether the lines of a head stand together without gaps, apart from the text above and below; bullets aside.

    `run` has the lines and the paragraph below them.
    """
    gaps = [read.units[i].gap for i in run]
    apart = len(run) > 2 and gaps[0] > 0 and gaps[-1] > 0 and not any(gaps[1:-1])
    return apart and not any(_BULLET.match(read.units[i].text) for i in run[:-1])


def labelled_heads(read: Reading) -> list[range]:
    """Blocks of labelled lines right above a paragraph, without other headlines, with that paragraph.

    A block may stand below a text or above one: it is a head from the label on that opens the file's first block, or
    below the widest gap.
    """
    found, lead = read.found, read.first_paragraph or 0
    opening = [found.label[i] for i in range(lead) if found.label[i] is not None]
    parting = read.blocks.closing | read.blocks.opening | read.blocks.records
    runs: list[range] = []
    start = 0
    for i in range(len(read.units)):
        if not (read.shapes[i].text and read.blocks.kind[i] is None and found.label[i] is None):
            continue
        block, start = range(start, i), i + 1
        own = [k for k in block if read.blocks.kind[k] is None]
        labelled = [k for k in own if found.label[k] is not None]
        if len(labelled) < 2 or any(k in parting for k in block):
            continue
        if any(read.shapes[k].headline and found.label[k] is None for k in own):
            continue
        top = _top(labelled, i, opening, read)
        if top < i:
            runs.append(range(top, i + 1))
    return runs


def _top(labelled: list[int], lead: int, opening: list[str | None], read: Reading) -> int:
    """Where the head begins among labelled lines above unit `lead`, itself where they belong to the text above."""
    first = next((k for k in labelled if read.found.label[k] == opening[0]), None) if opening else None
    if first is not None:
        return first
    widest = max((*labelled, lead), key=lambda k: (read.units[k].gap, -k))
    even = read.units[widest].gap == read.units[lead].gap
    return next((k for k in labelled if read.found.label[k] in opening), lead) if even else widest


def opening_list(read: Reading) -> range | None:
    """The list that the file begins with, to its first paragraph; None where there is none."""
    lead = read.first_paragraph
    return range(lead + 1) if lead and in_lists(read)[0] else None


def list_measures(read: Reading) -> tuple[list[range], NDArray[np.float64]]:
    """Lists of short lines with the paragraph that follows each, and their terms. Shape (lists, len(LIST_TERMS)).

    A list that the file begins with is not among them.
    """
    listed, cohesion = in_lists(read), clipped(read.cohesion)
    runs: list[range] = []
    terms: list[tuple[float, ...]] = []
    start = 0
    for i in range(len(read.units)):
        if not read.is_own_paragraph(i):
            continue
        if i > start > 0 and listed[start]:
            own = range(start, i)
            recurring = sum(read.found.template[k] is not None or read.blocks.kind[k] is not None for k in own)
            length = float(np.log2(len(own) / _LIST))
            terms.append((1.0, float(cohesion[i]), length, recurring / len(own), recurring >= _LIST))
            runs.append(range(start, i + 1))
        start = i + 1
    return runs, np.array(terms, float).reshape(-1, len(LIST_TERMS))


def page_title(run: range, read: Reading) -> int | None:
    """The line of a list that stands as titles do: the last headline above the text, or the one above a standfirst.

    `run` has the list and the paragraph below it.
    """
    units, shapes = read.units, read.shapes
    lead = units[run.stop - 1]

    def is_headline(i: int) -> bool:
        own = i in run and read.blocks.kind[i] is None and shapes[i].headline and units[i].words >= TITLE_WORDS
        return own and not shapes[i].caption and not is_credit_tail(units[i].text)

    def could_be(i: int) -> bool:
        return is_headline(i) and (read.found.template[i] is None or echo(units[i], lead) >= ECHO)

    head = run[max(0, len(run) - 1 - MAX_HEAD) :]
    underlined = [i for i in head if i + 1 in read.blocks.underlines and is_headline(i)]
    if underlined:
        return underlined[-1]
    # what stands between the lines of date and author, or the buttons, and the text is more likely a caption
    metadata = next((i for i in head if shapes[i].date or shapes[i].byline or is_share_button(units[i])), head.stop)
    above = range(max(head.start, metadata - ABOVE_METADATA), metadata)
    last = next((i for part in (above, head) for i in reversed(part) if could_be(i)), None)
    if last is None:
        return None
    together = [i for i in range(last, last - 4, -1) if all(is_headline(k) for k in range(i, last))]
    if len(together) == 2 and units[last - 1].words <= units[last].words:
        return last - 1  # a title above its standfirst
    return max(together, key=lambda i: (echo(units[i], lead), i))
