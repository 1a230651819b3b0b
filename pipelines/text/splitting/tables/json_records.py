"""Records of a text that is JSON: a list of objects, wherever it stands, or objects one after another (JSON Lines)."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.text.splitting.tables.records import Record, Value

_PAST_SPACE = re.compile(r"[^ \t\r\n]|\Z")
_PAST_COMMAS = re.compile(r"[^ \t\r\n,]|\Z")
_STRING = re.compile(r'"(?:[^"\\\r\n]|\\.)*+"')
_SCALAR = re.compile(r"-?\d[\d.eE+-]*|true|false|null|NaN|-?Infinity")
_SAYS_NOTHING = ("true", "false", "null", "NaN")
_DEEPEST = 40
_ALIKE = 0.5
"""Share of the first object's keys that the others of a list have, at least, in the mean, where these are records."""
_MAX_LOST = 0.05
"""Share of the text that may be no JSON: a record that was cut off, a line of a log."""


class _NoJsonError(ValueError):
    """The text goes on in another way than JSON does."""


class _Node(NamedTuple):
    """A value in the text: an object or a list with its members, or a string or number between `start` and `end`."""

    kind: str
    """'object', 'list' or 'value'."""
    start: int
    end: int
    members: Sequence[tuple[str, "_Node"]]


def json_records(text: str) -> Iterator[tuple[Record, ...]]:
    """The ways to see `text` as records, if it is JSON: the outermost list of objects first, then one object alone."""
    tops = _tops(text)
    if tops is None:
        return
    if listed := _listed([("", node) for node in tops], least=2):
        yield tuple(_record(node) for node in listed)
    if len(tops) == 1 and tops[0].kind == "object":
        yield (_record(tops[0]),)


def _tops(text: str) -> list[_Node] | None:
    """The objects and lists that the text consists of; None where it consists of something else."""
    found: list[_Node] = []
    lost = 0
    position = _next(_PAST_COMMAS, text, 0)
    while position < len(text):
        try:
            if text[position] not in "{[":
                raise _NoJsonError
            node = _value(text, position, 0)
        except (_NoJsonError, IndexError):
            # the next line may be sound
            following = text.find("\n", position)
            following = len(text) if following < 0 else following
            lost += following - position
            if not found or lost > _MAX_LOST * len(text):
                return None
            position = following
        else:
            found.append(node)
            position = node.end
        position = _next(_PAST_COMMAS, text, position)
    return found


def _value(text: str, start: int, depth: int) -> _Node:
    opening = text[start]
    if opening == '"':
        return _Node("value", start + 1, _string_end(text, start) - 1, ())
    if opening not in "{[":
        scalar = _SCALAR.match(text, start)
        if scalar is None:
            raise _NoJsonError
        silent = scalar[0] in _SAYS_NOTHING
        return _Node("value", scalar.end() if silent else start, scalar.end(), ())
    if depth == _DEEPEST:
        raise _NoJsonError
    members: list[tuple[str, _Node]] = []
    position = _next(_PAST_SPACE, text, start + 1)
    closing = "}" if opening == "{" else "]"
    while text[position] != closing:
        if members:
            if text[position] != ",":
                raise _NoJsonError
            position = _next(_PAST_SPACE, text, position + 1)
        key = ""
        if opening == "{":
            end = _string_end(text, position)
            key = text[position + 1 : end - 1]
            position = _next(_PAST_SPACE, text, end)
            if text[position] != ":":
                raise _NoJsonError
            position = _next(_PAST_SPACE, text, position + 1)
        node = _value(text, position, depth + 1)
        members.append((key, node))
        position = _next(_PAST_SPACE, text, node.end + (node.kind == "value" and text[position] == '"'))
    return _Node("object" if opening == "{" else "list", start, position + 1, members)


def _string_end(text: str, start: int) -> int:
    string = _STRING.match(text, start)
    if string is None:
        raise _NoJsonError
    return string.end()


def _next(sought: re.Pattern[str], text: str, position: int) -> int:
    found = sought.search(text, position)
    return found.start() if found else len(text)


def _listed(members: Sequence[tuple[str, _Node]], *, least: int) -> list[_Node]:
    """The objects of the outermost lists, where they have the same keys, and `least` at least stand next to each other.

    The values of an object are a list, too, if they are objects with the same keys.
    """
    objects = [node for _, node in members if node.kind == "object"]
    if len(objects) >= least and len(objects) == len(members) and _are_alike(objects):
        return objects
    return [node for _, member in members for node in _listed(member.members, least=1 if member.kind == "list" else 2)]


def _are_alike(objects: Sequence[_Node]) -> bool:
    first = {key for key, _ in objects[0].members}
    shared = sum(len(first.intersection(key for key, _ in node.members)) for node in objects)
    return shared >= _ALIKE * len(first) * len(objects) > 0


def _record(node: _Node) -> Record:
    return Record(start=node.start, end=node.end, values=tuple(_leaves("", node)))


def _leaves(path: str, node: _Node) -> Iterator[Value]:
    if node.kind == "value":
        if node.start < node.end:
            yield Value(column=path, start=node.start, end=node.end)
        return
    for key, member in node.members:
        yield from _leaves(f"{path}.{key}".strip("."), member)
