"""A record of a table, and where its values stand in the text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value, without the quotation marks around it; `start` and `end` are offsets in the text."""

    column: str
    """The keys that lead to it from its record, as in 'source.name', or its column's heading."""
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row of a table, an object of a list; its values in the order of the text."""

    start: int
    end: int
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The records of a text, in order."""

    records: tuple[Record, ...]
    escaped: bool
    r"""Whether '\n' stands for the end of a line in values."""
