"""Records of a text that is XML, feeds and exports: elements of one name, each with others within, its fields."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipelines.text.splitting.tables.records import Record, Value
from pipelines.text.splitting.wrappers import BLOCK_TAG, is_html

_TOKEN = re.compile(
    r"(?P<data><!\[CDATA\[)|(?P<comment><!--)|<[?!][^<>]*>"
    r"|<(?P<close>/)?(?P<name>[A-Za-z_][\w.:-]*)(?P<attributes>(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*?)(?P<empty>/)?>"
)
_ATTRIBUTE = re.compile(r"(?P<name>[\w.:-]+)\s*=\s*(?:\"(?P<double>[^\"<]*)\"|'(?P<single>[^'<]*)')")
_ONLY = re.compile(r"\s*<.*>\s*\Z", re.DOTALL)
_INLINE = re.compile(r"(?:<[^<>]*>)+")
_SPACE = re.compile(r"\s*")
_PAGE = re.compile(r"<(?:html|!doctype html)\b", re.IGNORECASE)
_HEAD = 5000
"""Characters in which a page of HTML says that it is one."""
_DEEPEST = 40


@dataclass(slots=True)
class _Element:
    """An element with its attributes and its text, and the elements within."""

    name: str
    start: int
    end: int = 0
    values: list[tuple[str, int, int]] = field(default_factory=list)
    """Attributes by their names, and the stretches of its own text, which have none, by their offsets."""
    within: "list[_Element]" = field(default_factory=list)


def xml_records(text: str) -> Iterator[tuple[Record, ...]]:
    """The ways to see `text` as records, if it is XML: elements that recur next to each other, the outermost first."""
    if not _ONLY.match(text[:1000] + text[-1000:]) or _PAGE.search(text[:_HEAD]):
        return
    tops = _tops(text)
    level = tops or []
    while level:
        for name in dict.fromkeys(element.name for element in level):
            alike = [element for element in level if element.name == name]
            if not is_html(name) and len(alike) > 1 and all(element.within or element.values for element in alike):
                yield tuple(_record(text, element) for element in alike)
        level = [inner for element in level if not is_html(element.name) for inner in element.within]


def _tops(text: str) -> list[_Element] | None:
    """The outermost elements; None where the text is no XML: a tag that is never closed, text outside elements."""
    root = _Element("", 0)
    opened = [root]
    position = 0
    while token := _TOKEN.search(text, position):
        _add_text(text, opened, position, token.start())
        position = token.end()
        if ending := "]]>" if token["data"] else "-->" if token["comment"] else "":
            start, end = position, text.find(ending, position)
            if end < 0:
                return None
            if token["data"]:
                opened[-1].values.append(("", start, end))
            position = end + len(ending)
        elif token["close"]:
            if len(opened) == 1 or opened[-1].name != token["name"]:
                return None
            opened.pop().end = token.end()
        elif token["name"]:
            element = _Element(token["name"], token.start(), token.end())
            element.values.extend(_attributes(text, token))
            opened[-1].within.append(element)
            if not token["empty"]:
                opened.append(element)
                if len(opened) > _DEEPEST:
                    return None
    _add_text(text, opened, position, len(text))
    return root.within if len(opened) == 1 and not root.values else None


def _add_text(text: str, opened: Sequence[_Element], start: int, end: int) -> None:
    space = _SPACE.match(text, start, end)
    if space is None or space.end() < end:
        opened[-1].values.append(("", start, end))


def _attributes(text: str, tag: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    for found in _ATTRIBUTE.finditer(text, tag.start("attributes"), tag.end("attributes")):
        quoted = "double" if found["double"] is not None else "single"
        if found[quoted]:
            yield found["name"], found.start(quoted), found.end(quoted)


def _record(text: str, element: _Element) -> Record:
    values: list[Value] = []
    for value in sorted(_values("", element), key=lambda value: value.start):
        before = values[-1] if values else value
        between = text[before.end : value.start]
        if before.column == value.column and _INLINE.fullmatch(between) and not BLOCK_TAG.search(between):
            values[-1] = replace(before, end=value.end)
        else:
            values.append(value)
    return Record(start=element.start, end=element.end, values=tuple(values))


def _values(path: str, element: _Element) -> Iterator[Value]:
    """The texts and attributes of an element and of those within, where tags of HTML make no columns of their own."""
    for name, start, end in element.values:
        yield Value(column=".".join(part for part in (path, name.replace(":", ".")) if part), start=start, end=end)
    for inner in element.within:
        own = (
            path
            if is_html(inner.name) and path
            else ".".join(part for part in (path, inner.name.replace(":", ".")) if part)
        )
        yield from _values(own, inner)
