"""Labelled lines, as exports of databases have them: 'Source: Example News', or with a code, 'SN  Example News'."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from pipelines.text.splitting.dates import dates_in
from pipelines.text.splitting.names import are_publishers, is_name
from pipelines.text.splitting.phrases import words
from pipelines.text.splitting.units import Unit

_LABEL = re.compile(r"(?:[-*:+#@.]{1,2} ?)?([^\W\d][\w/&' -]{0,24}?)(?:\s*:|\s+=)\s+(?=\S)")
"""A field's name: 'Source: Example News', as programs write it 'source = "Example News"', '- source: Example News'."""
_CODE = re.compile(r"([A-Z][A-Z\d]{1,2})(?:\t| {2,})\s*(?:- +)?(?=\S)")
"""A field's code instead of its name, as databases write them: 'HD  Title', 'TI  - Title'."""
_EMPTY = re.compile(r"([^\W\d][\w/&' -]{0,24}?)\s*:")
"""A field without a value, or whose values stand in lines of their own below it."""
_REACH = 40
"""Characters of a line in which its label ends."""
TITLE_LABELS = words("title_labels")
"""What bulk exports call the line with an article's title."""
BODY_LABELS = words("body_labels")
"""What they call the text itself."""
STANDFIRST_LABELS = words("standfirst_labels")
SOURCE_LABELS = words("source_labels")
AUTHOR_LABELS = words("author_labels")
DATE_LABELS = words("date_labels")
METADATA_LABELS = SOURCE_LABELS | AUTHOR_LABELS | DATE_LABELS
"""What they call facts about the article, however long these are."""
_TITLE, _TEXT, _SOURCE = "title", "text", "source"
"""The labels that fields get whose own say nothing to us."""
_MOST = 0.8
"""Share of a field's values from which on they tell what it is."""
_HEAD = 6
"""Units around a field in which a title would stand."""
_KNOWN = METADATA_LABELS | TITLE_LABELS | BODY_LABELS | STANDFIRST_LABELS
_MIN_RECURRENCE = 3
_TITLE_WORDS = 4
_KICKERS = 0.6
"""Share of the lines with a label that stand as titles do, at least, where it is a section's name."""
_KEYWORD = 3
"""Words of a line with a title's label, as a rule, at most, where it is no title's."""
_VALUE = 5
"""Words of a labelled line that may always be the same: 'Language of publication: English'."""
_FIELDS = 0.8
"""Share of the lines with a label and no value that stand among fields, at least; of blocks that begin alike."""
_BEGIN = 0.3
"""Share of the blocks of fields that begin with the label that records begin with, at least."""
_VALUE_LINES = 3
"""Lines without a label in which a field may go on."""


def label_of(text: str) -> str | None:
    """'source' of 'Source: Example News', 'sn' of 'SN  Example News'."""
    match = _labelled(text)
    return match.group(1).casefold() if match and len(match.group(1).split()) <= 3 else None


def value_start(text: str) -> int:
    """Where the value of a labelled line begins."""
    match = _labelled(text)
    if match is None:
        return 0
    return len(text) - len(text[match.end() :].lstrip())


def _labelled(text: str) -> re.Match[str] | None:
    return _CODE.match(text[:_REACH]) or _LABEL.match(text[:_REACH])


def recurring_labels(units: Sequence[Unit]) -> list[str | None]:
    """By unit, the label of its line, casefolded, where three lines or more have it; of a code, where its block has."""
    positions_of: dict[str, list[int]] = defaultdict(list)
    for i, unit in enumerate(units):
        if label := label_of(unit.text):
            positions_of[label].append(i)
    out: list[str | None] = [None] * len(units)
    for label, positions in positions_of.items():
        # a headline with a colon may recur, always with the same words behind it
        first = units[positions[0]]
        alike = first.words > _VALUE and all(units[i].text == first.text for i in positions)
        if len(positions) >= _MIN_RECURRENCE and not alike and not _are_kickers(label, positions, units):
            # 'Subject: Economy' gives a keyword
            keyword = label in TITLE_LABELS and _usual(positions, units) <= _KEYWORD
            for i in positions:
                out[i] = f"{label} (keyword)" if keyword else label
    _name_fields(units, out)
    _label_rare_fields(units, out)
    _label_empty_fields(units, out)
    return out


def _usual(positions: Sequence[int], units: Sequence[Unit]) -> int:
    """Median words of lines."""
    return sorted(units[i].words for i in positions)[len(positions) // 2]


def _name_fields(units: Sequence[Unit], labels: list[str | None]) -> None:
    """Gives fields whose labels say nothing to us ('Titre', 'Tekst') the label of what their values look like.

    The text's values are paragraphs; the title's have several words, each others; the publisher's are names.
    """
    positions_of: dict[str, list[int]] = defaultdict(list)
    for i, label in enumerate(labels):
        if label is not None:
            positions_of[label].append(i)
    unknown = {label: at for label, at in positions_of.items() if label not in _KNOWN}
    for at in unknown.values():
        texts = sum(units[i].is_paragraph for i in at)
        sentences = sum(units[i].ends in ("stop", "ask") for i in at)
        behind_text = sum(i > 0 and units[i - 1].is_paragraph for i in at)
        if sentences >= _MOST * len(at) and behind_text >= 0.5 * len(at):
            _rename(at, labels, None)  # who speaks, in a conversation, is no field
        elif texts >= _MOST * len(at):
            _rename(at, labels, _TEXT)
    if not any(label in TITLE_LABELS for label in positions_of):
        titles = [
            at for at in unknown.values() if labels[at[0]] not in (None, _TEXT) and _are_titles(at, units, labels)
        ]
        if titles:
            _rename(max(titles, key=lambda at: (_usual(at, units), -at[0])), labels, _TITLE)
    if not any(label in SOURCE_LABELS for label in positions_of):
        for at in unknown.values():
            values = {units[i].text[value_start(units[i].text) :] for i in at}
            named = len(values) > 1 and all(is_name(value) and not any(dates_in(value)) for value in values)
            if named and are_publishers(values):
                _rename(at, labels, _SOURCE)
                break


def _rename(positions: Sequence[int], labels: list[str | None], name: str | None) -> None:
    for i in positions:
        labels[i] = name


def _are_titles(positions: Sequence[int], units: Sequence[Unit], labels: Sequence[str | None]) -> bool:
    """Whether the values of a field read as titles, and no line without a label does that stands near them."""
    values = [units[i].text[value_start(units[i].text) :] for i in positions]
    written = sum(
        units[i].words > _TITLE_WORDS and not (units[i].is_paragraph or any(dates_in(units[i].text))) for i in positions
    )
    alone = sum(not _has_headline_near(i, units, labels) for i in positions)
    return min(written, len(set(values)), alone) >= _MOST * len(positions)


def _has_headline_near(i: int, units: Sequence[Unit], labels: Sequence[str | None]) -> bool:
    """Whether a line without a label that may be a title stands above or below unit `i`, before the text."""
    for step in (-1, 1):
        k = i + step
        while 0 <= k < len(units) and abs(k - i) <= _HEAD and not units[k].is_paragraph:
            if labels[k] is None and units[k].words >= _TITLE_WORDS and units[k].ends == "open":
                return True
            k += step
    return False


def _are_kickers(label: str, positions: Sequence[int], units: Sequence[Unit]) -> bool:
    """Whether lines with a label are titles below their section's name, 'WORLD: Pilots end their strike': text follows.

    A label of a field has others next to it, or is a known one.
    """
    if label in _KNOWN:
        return False
    kickers = sum(
        units[i].ends == "open"
        and units[i].words >= _TITLE_WORDS
        and i + 1 < len(units)
        and units[i + 1].is_paragraph
        and (i == 0 or units[i - 1].ends != "open")
        for i in positions
    )
    return kickers >= _KICKERS * len(positions)


def _label_rare_fields(units: Sequence[Unit], labels: list[str | None]) -> None:
    """Gives a field that few records have its label: it has a code and stands right by fields that have one."""
    for i, unit in enumerate(units):
        near = [k for k in (i - 1, i + 1) if 0 <= k < len(units) and units[max(i, k)].gap == 0]
        if labels[i] is None and any(labels[k] is not None and _CODE.match(units[k].text[:_REACH]) for k in near):
            labels[i] = label_of(unit.text) if _CODE.match(unit.text[:_REACH]) else None


def _label_empty_fields(units: Sequence[Unit], labels: list[str | None]) -> None:
    """Gives fields that have no value in their line their labels: they recur, each below a field or a value of one."""
    positions_of: dict[str, list[int]] = defaultdict(list)
    for i in range(1, len(units)):
        if labels[i] is None and units[i].ends == "colon" and (empty := _EMPTY.fullmatch(units[i].text)):
            positions_of[empty.group(1).casefold()].append(i)
    for label, positions in sorted(positions_of.items(), key=lambda item: item[1]):
        below = [i for i in positions if _is_below_field(i, units, labels)]
        if len(below) >= max(_MIN_RECURRENCE, _FIELDS * len(positions)):
            for i in below:
                labels[i] = label


def _is_below_field(i: int, units: Sequence[Unit], labels: Sequence[str | None]) -> bool:
    for k in range(i, max(0, i - _VALUE_LINES), -1):
        if units[k].gap:
            return False
        if labels[k - 1] is not None:
            return True
    return False


def label_blocks(units: Sequence[Unit], labels: Sequence[str | None]) -> list[int]:
    """Lengths of the blocks of labelled lines, at their first units; a wider gap than is usual in blocks ends one."""
    out = [0] * len(units)
    gaps = sorted(units[i].gap for i in range(1, len(units)) if labels[i] is not None and labels[i - 1] is not None)
    if not gaps:
        return out
    usual = gaps[len(gaps) // 2]
    start: int | None = None
    for i, label in enumerate(labels):
        if label is None:
            start = start if _goes_on(i, units, labels) else None
        elif start is None or units[i].gap > usual:
            start = i
        if start is not None:
            out[start] += 1
    _part_records(labels, out)
    return out


def _part_records(labels: Sequence[str | None], lengths: list[int]) -> None:
    """Parts blocks that hold the last field of a record and the first ones of the next: where most blocks have begun.

    That is with a label that nearly every block has, and many begin with.
    """
    blocks = [range(i, i + length) for i, length in enumerate(lengths) if length > 1]
    has = Counter(label for block in blocks for label in {labels[i] for i in block} if label)
    begins = Counter(labels[block.start] for block in blocks)
    most = [label for label, count in has.items() if count >= _FIELDS * len(blocks) >= _FIELDS * _MIN_RECURRENCE]
    first = max(most, key=lambda label: (begins[label], label), default=None)
    if begins[first] < _BEGIN * len(blocks):
        return
    for block in blocks:
        for i in block[1:]:
            if labels[i] == first:
                lengths[block.start], lengths[i] = i - block.start, block.stop - i
                break


def closing_blocks(units: Sequence[Unit], labels: Sequence[str | None], lengths: Sequence[int]) -> list[int]:
    """First units of the blocks of labelled lines, in a file where they close records: text opens it, a block ends it.

    `lengths` are those of `label_blocks`. Empty where blocks are heads, or do not open alike.
    """
    blocks = [i for i, length in enumerate(lengths) if length > 1]
    first = next((i for i, unit in enumerate(units) if unit.is_paragraph and labels[i] is None), len(units))
    if len(blocks) < _MIN_RECURRENCE or blocks[0] < first or blocks[-1] + lengths[blocks[-1]] != len(units):
        return []
    alike = sum(labels[i] == labels[blocks[0]] for i in blocks)
    return blocks if alike >= _FIELDS * len(blocks) else []


def _goes_on(i: int, units: Sequence[Unit], labels: Sequence[str | None]) -> bool:
    """Whether unit `i`, without a label, goes on with a field of a block: the next field follows within few lines."""
    for k in range(i + 1, min(len(units), i + 1 + _VALUE_LINES)):
        if units[k - 1].gap or units[k].gap:
            return False
        if labels[k] is not None:
            return True
    return False
