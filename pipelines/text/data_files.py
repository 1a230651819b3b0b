"""The editable data files as tables: read one way, and what is wrong with one said with the file and the line."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path


class DataFileError(ValueError):
    """A data file that somebody has edited cannot be read; the message names the file and the line."""


class _Row(dict[str, str]):
    """A row of a table, by column."""

    def __init__(self, cells: Iterable[tuple[str, str]], file: Path) -> None:
        super().__init__(cells)
        self._file = file

    def __missing__(self, column: str) -> str:
        raise DataFileError(f"{self._file}: no column {column!r}; its header has {', '.join(self)}")


def read_rows(file: Path) -> Iterator[dict[str, str]]:
    """The rows of a csv file, by column; `DataFileError` when one is asked for a column that the file has not."""
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield _Row(((column, cell or "") for column, cell in row.items() if column), file)


def check_data_files(files: Iterable[Path]) -> None:
    """Raise `DataFileError` for the first csv file that is not UTF-8, or has a row without its header's columns.

    What the values mean is for those to judge who use them.
    """
    for file in files:
        if file.suffix == ".csv":
            _check(file)


def _check(file: Path) -> None:
    data = file.read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DataFileError(f"{file}, line {line}: not UTF-8 (byte {data[error.start]:#04x})") from error
    if text.startswith("\ufeff"):
        raise DataFileError(f"{file}, line 1: begins with a byte-order mark; save it as UTF-8 without one")
    rows = csv.reader(text.splitlines(keepends=True), strict=True)
    columns = 0
    try:
        for row in rows:
            columns = columns or len(row)
            if row and len(row) != columns:
                raise DataFileError(f"{file}, line {rows.line_num}: {len(row)} columns where the header has {columns}")
    except csv.Error as error:
        raise DataFileError(f"{file}, line {rows.line_num}: {error}") from error
    if not columns:
        raise DataFileError(f"{file}, line 1: no header")
