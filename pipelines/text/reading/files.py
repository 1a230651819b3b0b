"""Which files a raw input holds, and the document that each one is."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import fsspec
from fsspec.implementations.local import LocalFileSystem

from pipelines.text.reading.decoding import NotTextError, decode
from pipelines.text.reading.document import Document
from pipelines.text.reading.language import language_of

SUFFIX = ".txt"
_BLOCK = 1 << 20


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


def find_files(raw: Iterable[str], *, home: Path) -> list[FoundFile]:
    """The `.txt` files below each input, sorted by path; an input that is a file is taken whatever its name.

    `raw` are files, folders or fsspec URLs. Links to folders are not followed, so that a circle ends.
    Raises `NoSuchInputError` for an input that does not exist or cannot be reached.
    """
    found: dict[str, FoundFile] = {}
    for item in raw:
        try:
            fs, root = fsspec.core.url_to_fs(os.fspath(item))
        except (ImportError, ValueError) as error:  # a protocol that is unknown, or whose package is not installed
            raise NoSuchInputError(f"cannot open {item}: {error}") from error
        if not fs.exists(root):
            raise NoSuchInputError(f"no such file or folder: {item}")
        names = [root] if fs.isfile(root) else _below(fs, root)
        for name in names:
            file = _describe(fs, name, home)
            found[file.path] = file
    return sorted(found.values())


def _below(fs: fsspec.AbstractFileSystem, root: str) -> Iterator[str]:
    if not isinstance(fs, LocalFileSystem):
        yield from (name for name in fs.find(root) if name.lower().endswith(SUFFIX))
        return
    for folder, _, names in os.walk(root, followlinks=False):
        for name in names:
            path = os.path.join(folder, name)
            if name.lower().endswith(SUFFIX) and (os.path.isfile(path) or os.path.islink(path)):
                yield path


def _describe(fs: fsspec.AbstractFileSystem, name: str, home: Path) -> FoundFile:
    local = isinstance(fs, LocalFileSystem)
    url = os.path.abspath(name) if local else fs.unstrip_protocol(name)
    try:
        info = fs.info(name)
    except OSError:
        info = {}  # a dangling link: reading it will say so
    modified = info.get("mtime") or info.get("LastModified")
    if isinstance(modified, (int, float)):
        modified = datetime.fromtimestamp(modified, UTC).replace(tzinfo=None)
    path = url
    if local and Path(url).is_relative_to(home):
        path = str(Path(url).relative_to(home))
    # a name that is not UTF-8 keeps its bytes, written out
    path = os.fsencode(path).decode("utf-8", "backslashreplace")
    return FoundFile(path=path, url=url, bytes=int(info.get("size") or 0), modified_at=modified)


def read_file(file: FoundFile, *, max_bytes: int) -> Document:
    """Read and decode one file; what cannot be read comes back quarantined, with the reason, and never raises."""
    try:
        if file.bytes > max_bytes:
            digest = hashlib.sha256()
            size = 0
            with fsspec.open(file.url, "rb") as stream:
                while block := stream.read(_BLOCK):
                    digest.update(block)
                    size += len(block)
            return _quarantined(digest.hexdigest(), size, f"over the size limit: {size:,} bytes, limit {max_bytes:,}")
        with fsspec.open(file.url, "rb") as stream:
            data: bytes = stream.read()
    except OSError as error:
        # no bytes, so the path stands in for the content
        identity = hashlib.sha256(f"unreadable\0{file.path}".encode()).hexdigest()
        reason = f"unreadable: {error.strerror or type(error).__name__}"
        return Document(
            document_id=identity[:16], sha256=None, bytes=file.bytes, encoding=None, language=None, text=None,
            reason=reason,
        )  # fmt: skip
    return read_bytes(data)


def read_bytes(data: bytes) -> Document:
    """Decode one content; quarantined with a reason when it is empty or binary."""
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        decoded = decode(data)
    except NotTextError as error:
        return _quarantined(sha256, len(data), str(error))
    if not decoded.text.strip():
        return _quarantined(sha256, len(data), "empty: no text in it")
    return Document(
        document_id=sha256[:16],
        sha256=sha256,
        bytes=len(data),
        encoding=decoded.encoding,
        language=language_of(decoded.text),
        text=decoded.text,
    )


def _quarantined(sha256: str, size: int, reason: str) -> Document:
    return Document(
        document_id=sha256[:16], sha256=sha256, bytes=size, encoding=None, language=None, text=None, reason=reason
    )
