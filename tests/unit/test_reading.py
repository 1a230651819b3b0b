"""Reading: every encoding in use comes back as the same text, and what is no text is quarantined with a reason."""

import os
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.reading import NoSuchInputError, find_files, read_file
from pipelines.text.reading.decoding import NotTextError, decode
from pipelines.text.reading.files import read_bytes

SENTENCES = (
    "The harbour master said “we’ll not sail” – and the café on the quay closed for €5.\r\nSeñor Núñez agreed.\r"
)


@pytest.mark.parametrize(
    ("encoding", "mark", "recorded"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8-sig"),
        ("utf-16-le", b"\xff\xfe", "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("utf-32-le", b"\xff\xfe\0\0", "utf-32-le"),
        ("utf-32-le", b"", "utf-32-le"),
        ("utf-32-be", b"", "utf-32-be"),
        ("cp1252", b"", "cp1252"),
    ],
)
def test_text_is_decoded_and_its_encoding_recorded(encoding: str, mark: bytes, recorded: str) -> None:
    document = read_bytes(mark + SENTENCES.encode(encoding))
    assert document.text == SENTENCES
    assert document.encoding == recorded
    assert document.status == "loaded"
    assert document.language == "en"


def test_latin_1_text_is_decoded() -> None:
    text = "Señor Núñez paid for the façade of the café in Málaga, the mayor said on Friday. " * 3
    assert read_bytes(text.encode("latin-1")).text == text


@pytest.mark.parametrize("mark", [b"", b"\xff\xfe"])
def test_wide_text_to_which_a_narrow_newline_was_added_loses_nothing(mark: bytes) -> None:
    assert read_bytes(mark + SENTENCES.encode("utf-16-le") + b"\n").text == f"{SENTENCES}\n"


def test_a_stray_byte_does_not_spoil_the_utf8_around_it() -> None:
    data = ("Zürich, Łódź, Kraków. " * 20).encode() + b"It\x92s late. " + "Málaga".encode()
    document = read_bytes(data)
    assert document.text is not None
    assert "Łódź" in document.text
    assert "It’s late" in document.text
    assert document.encoding == "utf-8 with windows-1252"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\r\n\t ", "empty"),
        ("\ufeff".encode(), "empty"),
        ("\u200b\u2060 \n".encode() * 9, "empty"),
        (b"---\n***\n___\n. . .\n", "empty"),
        (b"\x89PNG\r\n\x1a\n" + zlib.compress(bytes(range(256)) * 40), "binary"),
        (b"\0" * 500, "binary"),
    ],
)
def test_what_is_no_text_is_quarantined(data: bytes, reason: str) -> None:
    document = read_bytes(data)
    assert document.status == "quarantined"
    assert document.reason is not None
    assert document.reason.startswith(reason)
    assert document.text is None


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_not_text(data: bytes) -> None:
    try:
        decoded = decode(data)
    except NotTextError:
        return
    decoded.text.encode("utf-8")  # no lone surrogates: the warehouse can hold it


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=200))
def test_utf8_loses_nothing(text: str) -> None:
    assert decode(text.encode()).text == text.removeprefix("\ufeff")


def test_files_are_found_recursively_and_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.TXT").write_text("one")
    (tmp_path / "a" / "note.md").write_text("no dump")
    (tmp_path / "c.txt").write_text("two")
    os.symlink(tmp_path, tmp_path / "a" / "circle")
    found = find_files([str(tmp_path), str(tmp_path / "c.txt")], home=tmp_path)
    assert [f.path for f in found] == ["a/b.TXT", "c.txt"]


def test_a_missing_input_is_named() -> None:
    with pytest.raises(NoSuchInputError, match="no such file or folder: /nowhere/dumps"):
        find_files(["/nowhere/dumps"], home=Path("/"))


def test_urls_are_inputs_too(tmp_path: Path) -> None:
    import fsspec

    fsspec.filesystem("memory").pipe("/dumps/a.txt", b"A text kept in memory.")
    (found,) = find_files(["memory://dumps"], home=tmp_path)
    assert read_file(found, max_bytes=100).text == "A text kept in memory."
    with pytest.raises(NoSuchInputError, match="cannot open nonsense://x"):
        find_files(["nonsense://x"], home=tmp_path)


def test_oversize_and_dangling_files_are_quarantined(tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_text("x" * 100)
    os.symlink(tmp_path / "gone", tmp_path / "link.txt")
    documents = {f.path: read_file(f, max_bytes=99) for f in find_files([str(tmp_path)], home=tmp_path)}
    assert documents["big.txt"].reason == "over the size limit: 100 bytes, limit 99"
    assert documents["big.txt"].sha256 is not None
    assert documents["link.txt"].reason == "unreadable: No such file or directory"


def test_a_file_name_that_is_not_utf8_is_written_out(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    (tmp_path / name).write_text("text")
    (found,) = find_files([str(tmp_path)], home=tmp_path)
    assert found.path == "caf\\xe9.txt"
    assert read_file(found, max_bytes=100).text == "text"
