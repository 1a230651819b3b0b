"""Which files a raw input holds, and the document that each one is."""

import hashlib
import os
import re
import stat
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import fsspec
from fsspec.implementations.local import LocalFileSystem

from pipelines.text.reading.decoding import NotTextError, decode
from pipelines.text.reading.document import Document
from pipelines.text.reading.language import language_of

SUFFIX = ".txt"
MAX_LINES = 2_000_000
"""Lines with text in one file: more are a table or a log, and every line costs memory in splitting."""
_BLOCK = 1 << 20
_TRIES = 3
_PAUSE = 0.2
"""Seconds before a file that changed while it was read is read again."""


_WRITTEN_LINE = re.compile(r"\S[^\r\n]*")
_WORD_CHARACTER = re.compile(r"[^\W_]")
_UNDECODED = re.compile("[\udc80-\udcff]")
"""What stands in a name for a byte that is no UTF-8."""


class NoSuchInputError(ValueError):
    """A raw input that does not exist."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class FoundFile:
    """A file of a raw input."""

    path: str
    """Its name in the warehouse: the absolute path or URL, relative to `home` where it lies below it."""
    url: str
    """What to open."""
    bytes: int
    modified_at: datetime | None
    barred: str | None = None
    """Why it must not be opened; None when it may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The bytes of one file, or the reason why they were not taken."""

    document_id: str
    """From the bytes; where there are none, from the path."""
    sha256: str | None
    bytes: int
    data: bytes | None = field(repr=False)
    reason: str | None


def find_files(raw: Iterable[str], *, home: Path) -> list[FoundFile]:
    """The `.txt` files below each input, sorted by path; an input that is a file is taken whatever its name.

    `raw` are files, folders or fsspec URLs. Links to folders are not followed, so that a circle ends; links to files
    outside the folder are found, but barred, and so are folders that cannot be listed. Raises `NoSuchInputError` for an
    input that does not exist or cannot be reached.
    """
    by_url: dict[str, FoundFile] = {}
    for item in raw:
        fs, root = _opened(os.fspath(item))
        names = [(root, None)] if fs.isfile(root) or not fs.isdir(root) else _below(fs, root)
        for name, barred in names:
            file = _describe(fs, name, home, barred)
            if file.url not in by_url or by_url[file.url].barred:
                by_url[file.url] = file
    found: dict[str, FoundFile] = {}
    # a name that is not UTF-8 may, written out, be that of another file, which then keeps it
    for file in sorted(by_url.values(), key=lambda f: (_UNDECODED.search(f.url) is not None, f.url)):
        path = file.path
        while path in found:
            path += " (another)"
        found[path] = file if path == file.path else replace(file, path=path)
    return [found[path] for path in sorted(found)]


def _opened(item: str) -> tuple[fsspec.AbstractFileSystem, str]:
    """The file system of an input, and the input's name there."""
    if os.path.lexists(item):  # a name on this machine, even one that reads like a URL
        return LocalFileSystem(), os.path.abspath(item)
    try:
        fs, root = fsspec.core.url_to_fs(item)
    except (ImportError, ValueError) as error:  # a protocol that is unknown, or whose package is not installed
        raise NoSuchInputError(f"cannot open {item}: {error}") from error
    if not fs.exists(root):
        raise NoSuchInputError(f"no such file or folder: {item}")
    return fs, root


def _below(fs: fsspec.AbstractFileSystem, root: str) -> Iterator[tuple[str, str | None]]:
    """Names below a folder, each with the reason why it is not to be opened, if there is one."""
    if not isinstance(fs, LocalFileSystem):
        yield from ((name, None) for name in fs.find(root) if name.lower().endswith(SUFFIX))
        return
    closed: list[OSError] = []
    real_root = os.path.realpath(root)
    for folder, _, names in os.walk(root, onerror=closed.append, followlinks=False):
        for name in names:
            if name.lower().endswith(SUFFIX):
                path = os.path.join(folder, name)
                yield path, _link_out(path, real_root)
    for error in closed:
        yield error.filename, f"unreadable folder: {error.strerror}"


def _link_out(path: str, real_root: str) -> str | None:
    if not os.path.islink(path):
        return None
    # whoever fills the folder does not decide what else of this machine is published
    inside = os.path.commonpath((os.path.realpath(path), real_root)) == real_root
    return None if inside else "a link out of the folder: name the file itself as an input to have it read"


def _describe(fs: fsspec.AbstractFileSystem, name: str, home: Path, barred: str | None) -> FoundFile:
    local = isinstance(fs, LocalFileSystem)
    url = os.path.abspath(name) if local else fs.unstrip_protocol(name)
    try:
        info = fs.info(name)
    except OSError:
        info = {}  # a dangling link: reading it will say so
    modified = info.get("mtime", info.get("LastModified"))
    if isinstance(modified, (int, float)):
        modified = _time(modified)
    path = url
    if local and Path(url).is_relative_to(home):
        path = str(Path(url).relative_to(home))
    # a name that is not UTF-8 keeps its bytes, written out
    path = os.fsencode(path).decode("utf-8", "backslashreplace")
    return FoundFile(path=path, url=url, bytes=int(info.get("size") or 0), modified_at=modified, barred=barred)


def _time(seconds: float) -> datetime | None:
    """A time of a file in UTC; None for one out of the calendar, which some file systems can hold."""
    try:
        return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
    except (OverflowError, ValueError, OSError):
        return None


def read_file(file: FoundFile, *, max_bytes: int) -> Document:
    """Read and decode one file; what cannot be read comes back quarantined, with the reason, and never raises."""
    return document_of(read_content(file, max_bytes=max_bytes))


def has_vanished(file: FoundFile) -> bool:
    """Whether a file of this machine that was found is not there any more."""
    return "://" not in file.url and not os.path.lexists(file.url)


def read_content(file: FoundFile, *, max_bytes: int) -> Content:
    """The bytes of one file; what cannot be read comes back with the reason, and never raises."""
    if file.barred:
        return _without_bytes(file, file.barred)
    for attempt in range(_TRIES):
        if attempt:
            time.sleep(_PAUSE)
        try:
            if (content := _read_once(file, max_bytes)) is not None:
                return content
        except (OSError, ValueError) as error:
            reason = (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
            return _without_bytes(file, f"unreadable: {reason}")
    return _without_bytes(file, "changed while it was read: the next run reads it again")


def _read_once(file: FoundFile, max_bytes: int) -> Content | None:
    """The bytes, of which no more than `max_bytes` are kept; None when the file changed meanwhile."""
    local = Path(file.url) if "://" not in file.url else None
    before = local.stat() if local else None
    if before and not stat.S_ISREG(before.st_mode):
        return _without_bytes(file, "no regular file: a folder, a device or a pipe")
    digest = hashlib.sha256()
    blocks: list[bytes] = []
    size = 0
    # what has no end, as some files of the system have none, is left at a multiple of the limit
    with local.open("rb") if local else fsspec.open(file.url, "rb") as stream:
        while size <= 100 * max_bytes and (block := stream.read(_BLOCK)):
            if local and before and _stamp(local.stat()) != _stamp(before):
                return None  # now, not at its end: a file that grows as fast as it is read has none
            digest.update(block)
            size += len(block)
            if size <= max_bytes:
                blocks.append(block)
            else:
                blocks.clear()
    if local and before and _stamp(local.stat()) != _stamp(before):
        return None
    reason = f"over the size limit: {size:,} bytes, limit {max_bytes:,}" if size > max_bytes else None
    sha256 = digest.hexdigest()
    return Content(
        document_id=sha256[:16], sha256=sha256, bytes=size, data=None if reason else b"".join(blocks), reason=reason
    )


def _stamp(found: os.stat_result) -> tuple[int, int, int, int]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _without_bytes(file: FoundFile, reason: str) -> Content:
    # no bytes, so the path stands in for the content
    identity = hashlib.sha256(f"unreadable\0{file.path}".encode()).hexdigest()
    return Content(document_id=identity[:16], sha256=None, bytes=file.bytes, data=None, reason=reason)


def document_of(content: Content) -> Document:
    """Decode one content; quarantined with a reason when it has none, is empty or is no text."""
    if content.data is None:
        return _quarantined(content, content.reason or "unreadable")
    try:
        decoded = decode(content.data)
    except NotTextError as error:
        return _quarantined(content, str(error))
    if not decoded.text.strip():
        return _quarantined(content, "empty: no text in it")
    if not _WORD_CHARACTER.search(decoded.text):
        return _quarantined(content, "empty: not one letter or digit in it")
    if (lines := _written_lines(decoded.text)) > MAX_LINES:
        return _quarantined(content, f"no news: {lines:,} lines with text, limit {MAX_LINES:,}")
    return Document(
        document_id=content.document_id,
        sha256=content.sha256,
        bytes=content.bytes,
        encoding=decoded.encoding,
        language=language_of(decoded.text),
        text=decoded.text,
    )


def _written_lines(text: str) -> int:
    """How many lines are not empty; blank ones cost nothing, so ten million of them are no harm."""
    if text.count("\n") + text.count("\r") <= MAX_LINES:
        return 0  # few enough, whatever is in them
    return sum(1 for _ in _WRITTEN_LINE.finditer(text))


def content_of(data: bytes) -> Content:
    """Bytes that are in memory already."""
    sha256 = hashlib.sha256(data).hexdigest()
    return Content(document_id=sha256[:16], sha256=sha256, bytes=len(data), data=data, reason=None)


def read_bytes(data: bytes) -> Document:
    """Decode one content; quarantined with a reason when it is empty or no text."""
    return document_of(content_of(data))


def _quarantined(content: Content, reason: str) -> Document:
    return Document(
        document_id=content.document_id, sha256=content.sha256, bytes=content.bytes, encoding=None, language=None,
        text=None, reason=reason,
    )  # fmt: skip
