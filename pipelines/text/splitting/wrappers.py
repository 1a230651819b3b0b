"""What stands around lines' content: marks of quoted mail ("> "), tags of HTML ("<p>…</p>"), of wikis and LaTeX."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipelines.text.splitting.lines import BLANK, Line

_QUOTED = re.compile(r"(?:[>|][ \t]*)+")
_SHARE_QUOTED = 0.5
"""Of the lines, at least, that are quoted where that is no sign of its own ('> Read more')."""
_TAG = re.compile(
    r"</?(?P<name>a|abbr|address|article|aside|b|big|blockquote|body|br|center|cite|code|dd|div|dl|dt|em|figcaption|figure|font"
    r"|footer|h[1-6]|header|hr|html|i|img|li|main|nav|ol|p|pre|q|s|section|small|span|strong|sub|sup|table|tbody|td|th"
    r"|thead|time|title|tr|tt|u|ul)(?=[\s/>])[^<>]{0,1000}>",
    re.IGNORECASE,
)
_OF_RECORDS = frozenset({"article", "body", "header", "title", "time"})
"""Names that exports, too, give to records and fields."""
BLOCK_TAG = re.compile(r"</?(?:br|div|h[1-6]|li|ol|p|ul)(?=[\s/>])[^<>]{0,1000}>", re.IGNORECASE)
"""A tag where a paragraph ends or begins."""
_MARKED = re.compile(
    r"(?P<wiki>={2,6}|'{2,5})[ \t]*(?=\S)(?P<inner>[^=\r\n]+?)(?P=wiki)"
    r"|\\(?P<latex>(?!begin|end)[a-z]+)\*?\{(?P<content>[^{}\r\n]+)\}"
)
_MIN_TAGGED = 3
"""Lines with such a tag or mark, at least, in a file of which they were left over."""


def is_html(name: str) -> bool:
    """Whether a tag of this name is one of HTML's, which says how text looks rather than what it is."""
    return _TAG.fullmatch(f"<{name}>") is not None and name.casefold() not in _OF_RECORDS


def unwrapped(text: str, lines: Sequence[Line]) -> list[Line]:
    """The lines without what is wrapped around their content; those without content are left out, unless all are."""
    quoted = sum(text[line.start] in ">|" for line in lines)
    if quoted and quoted >= _SHARE_QUOTED * len(lines):
        lines = [inner for line in lines for inner in _unquoted(text, line)] or lines
    tagged = [(line, _untagged(text, line)) for line in lines if text[line.start] == "<" or text[line.end - 1] == ">"]
    tagged += [(line, _unmarked(text, line)) for line in lines if text[line.start] in "='\\"]
    inners = {line.number: inner for line, inner in tagged if inner.start < inner.end and inner != line}
    if len(inners) < _MIN_TAGGED:
        return list(lines)
    return [inners.get(line.number, line) for line in lines]


def _unquoted(text: str, line: Line) -> Iterator[Line]:
    if mark := _QUOTED.match(text, line.start, line.end):
        inner = _within(text, line, mark.end(), line.end)
        if inner.start < inner.end:
            yield inner
    else:
        yield line


def _untagged(text: str, line: Line) -> Line:
    """The line between the tags that it opens and closes with; empty where it has nothing else."""
    start, end, name = line.start, line.end, ""
    while start < end and text[start] == "<" and (tag := _TAG.match(text, start, end)):
        start = _within(text, line, tag.end(), end).start
        name = name or tag["name"].casefold()
    while start < end and text[end - 1] == ">" and _TAG.fullmatch(text, max(start, text.rfind("<", start, end)), end):
        end = _within(text, line, start, text.rfind("<", start, end)).end
    return replace(_within(text, line, start, end), wrapper=name)


def _unmarked(text: str, line: Line) -> Line:
    r"""The line between the marks of a heading or of emphasis: '== Title ==', '\section{Title}'."""
    found = _MARKED.fullmatch(text, line.start, line.end)
    if found is None:
        return line
    inner = "inner" if found["wiki"] else "content"
    return replace(_within(text, line, found.start(inner), found.end(inner)), wrapper=found["wiki"] or found["latex"])


def _within(text: str, line: Line, start: int, end: int) -> Line:
    """The part of a line from `start` to `end`, without the blanks at its ends."""
    while start < end and text[start] in BLANK:
        start += 1
    while start < end and text[end - 1] in BLANK:
        end -= 1
    return replace(line, start=start, end=end, indent=line.indent + start - line.start)
