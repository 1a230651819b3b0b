"""Whether all stands as the last run left it: then another one would find nothing to do, and need not begin.

What a run depends on goes into one hash, which is kept beside the working file after a run that did everything: the
bytes of the raw files and their times, the settings, the code, the data files, the installed packages, and which files
the working file, the published one and the report are. Whatever it is that differs, the run begins, and each of its
steps sees for itself what that means for it.
"""

import contextlib
import os
import sys
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from pipelines.defs import fingerprints
from pipelines.settings import ROOT, Settings
from pipelines.text.reading import find_files, read_content
from pipelines.warehouse.ledger import fingerprint
from pipelines.warehouse.publish import log_of


def inputs(settings: Settings) -> str:
    """The state of what a run is given; taken before it begins, since what is edited meanwhile is the next run's."""
    return _hash(*_made_by(settings), *_raw(settings))


def stands(settings: Settings, given: str) -> bool:
    """Whether the last run was given the same, and what it made is as it left it."""
    file = _file(settings)
    return file.is_file() and file.read_bytes() == _hash(given, *_made(settings)).encode()


def note(settings: Settings, given: str) -> None:
    """Keep the state; belongs after a run that was given this and did all there was to do."""
    file = _file(settings)
    new = file.with_name(f"{file.name}.new")
    # where it cannot be kept the next run does its work
    with contextlib.suppress(OSError):
        new.write_text(_hash(given, *_made(settings)))
        os.replace(new, file)


def _file(settings: Settings) -> Path:
    return settings.build_file.with_name(f".{settings.build_file.name}.done")


def _hash(*parts: str) -> str:
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(f"{part}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _made_by(settings: Settings) -> Iterable[str]:
    yield repr(settings)
    yield fingerprint([ROOT / "pipelines", settings.models, settings.gold])
    yield fingerprints.analytics(settings.dbt_project)
    # folders with name and version in their names; reading what is in them costs a tenth of a second
    yield from sorted(package.name for folder in sys.path for package in Path(folder).glob("*.dist-info"))


def _raw(settings: Settings) -> Iterable[str]:
    for file in find_files(settings.raw, home=ROOT):
        content = read_content(file, max_bytes=settings.max_bytes)
        yield f"{file.path} {file.modified_at} {content.document_id} {content.reason}"


def _made(settings: Settings) -> Iterable[str]:
    build, warehouse = settings.build_file, settings.warehouse
    for file in (build, log_of(build), warehouse, log_of(warehouse), settings.report):
        stat = file.stat() if file.exists() else None
        yield f"{stat.st_ino} {stat.st_size} {stat.st_mtime_ns}" if stat else "none"
