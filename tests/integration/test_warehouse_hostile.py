"""Hostile input: it becomes rows, costs no more than its size, and acts nowhere."""

import io
import os
import socket
import threading
import time
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from fsspec.implementations.local import LocalFileSystem
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines.cli.untrusted import cell, printable
from pipelines.defs.metadata import table
from pipelines.defs.split import rows as split_module
from pipelines.text.article_text import article_text
from pipelines.text.reading import Content, FoundFile, find_files, read_file
from pipelines.text.reading.files import MAX_LINES, read_bytes
from pipelines.text.splitting import split_document
from pipelines.warehouse import Warehouse, ingest
from pipelines.warehouse.articles import StoredDocument
from pipelines.warehouse.checks import CHECKS, offenders
from tests.integration.steps import raw_tables, run_steps

NEWS = "Dam opens\n\nOSLO, 3 May 2026 – The dam in Norway opened on Sunday, said Ida Berg of the Water Board.\n"
ODD = [
    "\0", "\x1b[31m", "\u200b", "\u202e", "\u0301", "\ufeff", "\u2028", "\x85", "\r", "\r\n", "\n", "\n\n\n", "\t", " ",
    "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "ﷺ", "\U0010ffff", "Title Of A Thing", "By Jo Smith", "12 March 2024", "Read more: ", "***", "=1+1", "<b>",
    "LONDON, March 3 – ", "“", "- ", "(Reuters)", "http://x.y/z", "1.", "A plain sentence of some words. ", "a" * 200,
]  # fmt: skip
PIECES = st.lists(st.one_of(st.sampled_from(ODD), st.text(max_size=8)), max_size=60).map("".join)


def assert_nothing_is_lost(text: str) -> None:
    split = split_document(text)
    assert "".join(text[s.start_char : s.end_char] for s in split.spans) == text
    position = 0
    for span in split.spans:
        assert (span.start_char, span.end_char > span.start_char) == (position, True)
        position = span.end_char
    for article in split.articles:
        own = [s for s in split.spans if s.article == article.ordinal]
        for segment in article_text("a", text, own).segments:
            assert text[segment.start_char :].startswith(segment.text)


@given(PIECES)
@example("e\u0301\n\u202eabc\u202c\n\0\n" * 3)
@settings(max_examples=80)
def test_splitting_any_text_loses_no_character(text: str) -> None:
    if text:
        assert_nothing_is_lost(text)


@given(st.one_of(st.binary(max_size=400), PIECES.map(lambda t: t.encode("utf-8", "surrogatepass"))))
@example(b"\xff\xfe\x00\xd8A\x00")  # half of a surrogate pair
@example(b"\xed\xa0\x80 and more words here")  # a surrogate written out in UTF-8
@example("Zürich\n".encode() + "Málaga\n".encode("latin-1") + "Łódź\n".encode("utf-16"))
@settings(max_examples=120)
def test_any_bytes_become_a_document_that_can_be_split(data: bytes) -> None:
    document = read_bytes(data)
    assert (document.text is None) == (document.reason is not None)
    if document.text is not None:
        document.text.encode()  # no lone surrogates: the warehouse can hold it
        assert_nothing_is_lost(document.text)


@pytest.mark.parametrize(
    "piece",
    ["x", "word ", " ", "\t", "\n", "\r\n", "-", "(", '"', "1 ", "A. ", "e\u0301", "\u200b", "http://a.", "\0a"],
)
def test_time_is_linear_in_a_long_line_or_many_lines(piece: str) -> None:
    def seconds(size: int) -> float:
        text = "Title\n\n" + piece * (size // len(piece)) + "\nEnd of it.\n"
        best = []
        for _ in range(2):
            started = time.process_time()
            split_document(text)
            best.append(time.process_time() - started)
        return min(best)

    # four times the text in at most eight times the time: a quadratic step takes sixteen times
    assert seconds(400_000) < 8 * seconds(100_000) + 0.2


def test_ten_million_blank_lines_are_no_harm_and_too_many_lines_a_reason() -> None:
    document = read_bytes(b"First words here.\n" + b"\n" * 10_000_000 + b"Last words here.\n")
    assert document.text is not None
    started = time.process_time()
    split = split_document(document.text)
    assert time.process_time() - started < 20
    assert split.spans[-1].end_char == len(document.text)
    log = read_bytes(b"x\n" * (MAX_LINES + 1))
    assert log.reason == f"no news: {MAX_LINES + 1:,} lines with text, limit {MAX_LINES:,}"


def test_a_hundred_million_bytes_on_one_line_are_over_the_limit_and_not_kept(tmp_path: Path) -> None:
    with (tmp_path / "line.txt").open("wb") as stream:
        stream.truncate(150_000_000)  # sparse: zeros that take no room
    (found,) = find_files([str(tmp_path)], home=tmp_path)
    document = read_file(found, max_bytes=64 * 2**20)
    assert document.reason == "over the size limit: 150,000,000 bytes, limit 67,108,864"


def test_links_pipes_and_closed_folders_are_rows(tmp_path: Path) -> None:
    raw, outside = tmp_path / "raw", tmp_path / "outside"
    (raw / "sub").mkdir(parents=True)
    outside.mkdir()
    (outside / "secret.txt").write_text("nobody named me")
    (raw / "news.txt").write_text(NEWS)
    os.symlink(raw / "news.txt", raw / "sub" / "again.txt")
    os.symlink(outside / "secret.txt", raw / "out.txt")
    os.symlink("circle.txt", raw / "circle.txt")
    os.symlink(raw, raw / "sub" / "up")
    os.symlink("/dev/zero", raw / "zero.txt")
    os.mkfifo(raw / "pipe.txt")
    (raw / "folder.txt").mkdir()
    with socket.socket(socket.AF_UNIX) as plug:
        plug.bind(str(raw / "plug.txt"))
        documents = {f.path: read_file(f, max_bytes=1000) for f in find_files([str(raw)], home=raw)}
    reasons = {path: document.reason for path, document in documents.items()}
    link_out = "a link out of the folder: name the file itself as an input to have it read"
    no_file = "no regular file: a folder, a device or a pipe"
    assert reasons == {
        "circle.txt": "unreadable: Too many levels of symbolic links",
        "news.txt": None,
        "out.txt": link_out,
        "pipe.txt": no_file,
        "plug.txt": no_file,
        "sub/again.txt": None,
        "zero.txt": link_out,
    }
    (named,) = find_files([str(raw / "out.txt")], home=raw)
    assert read_file(named, max_bytes=1000).text == "nobody named me"


def test_a_file_without_permission_is_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed.txt").write_text(NEWS)
    (found,) = find_files([str(tmp_path)], home=tmp_path)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # whoever runs the tests may be allowed everything
    document = read_file(found, max_bytes=1000)
    assert document.reason == "unreadable: Permission denied"
    assert document.document_id


def test_a_file_that_changes_while_it_is_read_is_read_again_or_says_so(tmp_path: Path) -> None:
    file = tmp_path / "growing.txt"
    file.write_text(NEWS)
    (found,) = find_files([str(tmp_path)], home=tmp_path)
    stop = threading.Event()

    def grow() -> None:
        while not stop.is_set() and file.stat().st_size < 20_000_000:
            with file.open("a") as stream:
                stream.write("x" * 20_000)

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        document = read_file(found, max_bytes=10_000_000_000)
    finally:
        stop.set()
        writer.join()
    assert document.reason in (None, "changed while it was read: the next run reads it again")
    assert read_file(found, max_bytes=10_000_000_000).text == file.read_text()


def test_a_file_that_grows_as_fast_as_it_is_read_does_not_hold_up_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "growing.txt"
    file.write_text(NEWS)
    (found,) = find_files([str(tmp_path)], home=tmp_path)
    read: list[int] = []

    class Growing(io.FileIO):
        def read(self, size: int | None = -1, /) -> bytes:
            block = super().read(size) or b""
            read.append(len(block))
            with io.FileIO(file, "ab") as stream:
                stream.write(NEWS.encode())
            return block

    monkeypatch.setattr(Path, "open", lambda path, *_, **__: Growing(path))
    document = read_file(found, max_bytes=1_000_000)
    assert document.reason == "changed while it was read: the next run reads it again"
    assert len(read) < 10


NAMES = [
    "'; drop table raw.files; --",
    'quo"ted',
    "new\nline",
    "semi;colon",
    "a::b",
    "https:",
    "[red]x",
    "*",
    "~",
    "é",
    " ",
]


ODD_TEXTS = {
    "dates": "".join(f"{1 + i % 28} May {1900 + i % 130}, " for i in range(1500)),
    "numbers": f"{'9' * 400} million people, ${'9' * 400} and 1e999 and {'1,' * 900}000 euros, 0/0, 99999 BC.\n{NEWS}",
    "nested": "Title\n\n" + "“‘(" * 900 + NEWS + ")’”" * 900,
    "one word": f"Title\n\n{'a' * 60_000} Norway.\n",
    "headlines": "".join(f"Company {i} Opens New Bridge In Spain\n\n" for i in range(150)),
    "right to left": "קרתה תאונה בירושלים. \u202eThe dam in Norway\u202c opened. " * 40,
    "separators": (NEWS.replace("\n", "\u2028") + NEWS.replace("\n", "\r") + NEWS.replace("\n", "\x85") + "\x0c\ufeff")
    * 3,
    "markup": "# <script>alert(1)</script> =1+1\n\nOSLO – \x1b]0;x\x07 said {{7*7}}'); drop table x;--\n",
    "the same again": (NEWS + "\n\n\n") * 40,
}


def test_a_run_over_hostile_names_and_bytes_keeps_every_file_as_a_row(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for number, name in enumerate(NAMES):
        (raw / f"{name}.txt").write_text(NEWS.replace("Norway", f"Norway ({number})"))
    (raw / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"x'); delete from raw.documents; --\n")
    (raw / "zero-width.txt").write_text("\u200b\u202e\u2066 The\u0301 da\u200bm i\u0301n Spain\n" + NEWS)
    (raw / "mixed.txt").write_bytes("Zürich\n".encode() * 5 + "Málaga\n".encode("latin-1") + NEWS.encode("utf-16-le"))
    (raw / "surrogate.txt").write_bytes(b"\xed\xa0\x80\xed\xb0\x80 half a pair of words\n" * 3)
    (raw / "nul.txt").write_bytes(NEWS.encode() + b"\0" + NEWS.encode())
    for name, text in ODD_TEXTS.items():
        (raw / f"{name}.txt").write_bytes(text.encode())
    build = tmp_path / "b" / "w.duckdb"
    run_steps(raw, build)
    tables = raw_tables(build)
    assert len(tables["files"]) == len(list(raw.iterdir()))
    texts = {row[0]: row[5] for row in tables["documents"]}
    ids = {row[0]: row[1] for row in tables["articles"]}
    for article_id, label, surface, start, end, _ in tables["entity_spans"]:
        assert texts[ids[article_id]][start:end] == surface, label
    assert tables["failures"] == []
    with duckdb.connect(str(build), read_only=True) as con:
        assert [c.name for c in CHECKS if c.blocking and offenders(con, c)[0]] == []


def test_a_document_on_which_the_splitter_fails_keeps_its_characters() -> None:
    rows = split_module.unsplit_rows([StoredDocument("d", "d.txt", "en", "One\r\ntwo\rthree\n")])
    (span,) = rows["raw.document_spans"]
    assert (span["start_char"], span["end_char"], span["start_line"], span["end_line"]) == (0, 15, 1, 3)
    assert rows["raw.articles"] == []
    assert [row["layout"] for row in rows["raw.document_layouts"]] == ["failed"]


@pytest.mark.parametrize("line", ["x\n", "Read more\n\n", "Home\nNews\nSport\n", "<b>\n", "- 1\n", "a\tb\n"])
def test_a_document_of_nothing_but_recurring_lines_has_no_article_without_text(line: str) -> None:
    text = line * 60
    rows = split_module.split_rows([StoredDocument("d", "d.txt", "en", text)])
    assert all(f"{row['title'] or ''}{row['standfirst'] or ''}{row['body']}".strip() for row in rows["raw.articles"])
    spans = list(rows["raw.document_spans"])
    assert "".join(text[s["start_char"] : s["end_char"]] for s in spans) == text
    ids = {row["article_id"] for row in rows["raw.articles"]}
    assert {s["article_id"] for s in spans} - {None} <= ids


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", " =1", "＝1", "\r=x"])
def test_text_is_no_formula_in_a_spreadsheet(text: str) -> None:
    assert cell(text) == "'" + text


@pytest.mark.parametrize("value", ["", "plain = text", "a-b", -5, 1.5, None])
def test_other_values_stay_as_they_are_in_a_spreadsheet(value: object) -> None:
    assert cell(value) == value


def test_text_acts_neither_on_the_terminal_nor_in_dagster() -> None:
    assert printable("a\x1b[2Jb\nc\x9bd\u202ee") == "a␛[2Jb c�d�e"
    shown = table(("x",), [("<script>alert(1)</script> [a](javascript:b) `c` | d\n# e",)]).value
    assert not set("<[`#") & set(shown.splitlines()[2].replace("&#", ""))
    assert len(shown.splitlines()) == 3


def test_a_name_that_reads_like_a_chain_of_urls_is_a_file(tmp_path: Path) -> None:
    file = tmp_path / "memory::x.txt"
    file.write_text("words")
    (found,) = find_files([str(file)], home=tmp_path)
    assert found == FoundFile(path="memory::x.txt", url=str(file), bytes=5, modified_at=found.modified_at)
    assert read_file(found, max_bytes=10).text == "words"


def test_times_of_files_may_be_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seconds in (("first", 0), ("old", -3e9), ("new", 4e9)):
        (tmp_path / f"{name}.txt").write_text(NEWS)
        os.utime(tmp_path / f"{name}.txt", (seconds, seconds))
    found = {f.path: f.modified_at for f in find_files([str(tmp_path)], home=tmp_path)}
    assert found["first.txt"] == datetime(1970, 1, 1)
    assert found["new.txt"]
    assert found["new.txt"].year == 2096
    info = LocalFileSystem.info
    for seconds in (9e15, -1e11, float("inf"), float("nan")):  # some file systems keep any number
        monkeypatch.setattr(LocalFileSystem, "info", lambda fs, name, s=seconds, **_: info(fs, name) | {"mtime": s})
        assert [f.modified_at for f in find_files([str(tmp_path)], home=tmp_path)] == [None] * 3


def test_names_that_read_alike_when_written_out_are_different_files(tmp_path: Path) -> None:
    names = [
        b"caf\xe9.txt",
        b"caf\\xe9.txt",
        "cafe\u0301.txt".encode(),
        "caf\u00e9.txt".encode(),
        b"CAFE.TXT",
        b".cafe.txt",
    ]
    for number, name in enumerate(names):
        (tmp_path / os.fsdecode(name)).write_text(f"{NEWS}{number}")
    for raw in ([str(tmp_path)], [str(tmp_path), str(tmp_path / os.fsdecode(names[0]))]):
        found = find_files(raw, home=tmp_path)
        assert len({f.path for f in found}) == len(found) == len(names)
        texts = {f.path: (read_file(f, max_bytes=1000).text or "").removeprefix(NEWS) for f in found}
        assert (texts["caf\\xe9.txt"], texts["caf\\xe9.txt (another)"]) == ("1", "0")


def test_a_file_that_goes_after_it_was_found_counts_as_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, build = tmp_path / "raw", tmp_path / "b" / "w.duckdb"
    raw.mkdir()
    for name in ("going", "staying"):
        (raw / f"{name}.txt").write_text(f"{NEWS} {name}")
    warehouse = Warehouse(build)

    def run() -> dict[str, str]:
        found = find_files([str(raw)], home=raw)
        ingest.ingest(warehouse, found, found, "reader", max_bytes=1000, home=raw)
        with warehouse.reading() as con:
            return dict(
                con.execute("select path, status from raw.files join raw.documents using (document_id)").fetchall()
            )

    assert run() == {"going.txt": "loaded", "staying.txt": "loaded"}
    read = ingest.read_content

    def slow(file: FoundFile, *, max_bytes: int) -> Content:
        (raw / "going.txt").unlink(missing_ok=True)
        return read(file, max_bytes=max_bytes)

    monkeypatch.setattr(ingest, "read_content", slow)
    assert run() == {"going.txt": "loaded", "staying.txt": "loaded"}


def test_a_raw_folder_may_be_a_link_and_stand_beside_the_warehouse(tmp_path: Path) -> None:
    (tmp_path / "warehouse" / "raw").mkdir(parents=True)
    (tmp_path / "warehouse" / "raw" / "news.txt").write_text(NEWS)
    (tmp_path / "warehouse" / "raw" / "again.txt").symlink_to("news.txt")
    (tmp_path / "link").symlink_to(tmp_path / "warehouse" / "raw")
    found = find_files([str(tmp_path / "link")], home=tmp_path)
    assert [(f.path, f.barred) for f in found] == [("link/again.txt", None), ("link/news.txt", None)]
