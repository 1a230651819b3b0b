"""A data file that cannot be read says which one it is, and in which line."""

from pathlib import Path

import pytest

from pipelines.settings import Settings
from pipelines.text.data_files import DataFileError, check_data_files, read_rows

GOOD = b'alias,canonical\nNCB,"Norwegian ""Coastal"" Board"\nWHO,World Health\n'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "line 1: no header"),
        (b"\xef\xbb\xbf" + GOOD, "line 1: begins with a byte-order mark"),
        (GOOD.replace(b"WHO", b"WH\xd6"), r"line 3: not UTF-8 \(byte 0xd6\)"),
        (GOOD + b"EU\n", "line 4: 1 columns where the header has 2"),
        (GOOD + b"EU,European Union,EU\n", "line 4: 3 columns where the header has 2"),
        (GOOD + b'EU,"European\n', "line 4: unexpected end of data"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_the_line(tmp_path: Path, data: bytes, message: str) -> None:
    file = tmp_path / "aliases.csv"
    file.write_bytes(data)
    with pytest.raises(DataFileError, match=f"{file}, {message}"):
        check_data_files([file])


@pytest.mark.parametrize("data", [GOOD, GOOD.replace(b"\n", b"\r\n"), GOOD + b"\n", GOOD.rstrip()])
def test_what_can_be_read_is_left_to_those_who_use_it(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "aliases.csv").write_bytes(data)
    (tmp_path / "other.json").write_bytes(b"{")
    check_data_files(sorted(tmp_path.iterdir()))


def test_the_projects_own_files_can_be_read() -> None:
    check_data_files(sorted(Settings().models.rglob("*.csv")))


def test_a_column_that_is_missed_is_named_with_the_file(tmp_path: Path) -> None:
    file = tmp_path / "aliases.csv"
    file.write_bytes(GOOD)
    first, _ = read_rows(file)
    assert first["canonical"] == 'Norwegian "Coastal" Board'
    with pytest.raises(DataFileError, match=rf"{file}: no column 'label'; its header has alias, canonical"):
        first["label"]
