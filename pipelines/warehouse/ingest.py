"""Raw files into the register and the documents: every file's bytes are looked at, only new ones are decoded."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipelines.text.reading import FoundFile, document_of, has_vanished, read_content
from pipelines.warehouse import ledger, register
from pipelines.warehouse.batches import batches
from pipelines.warehouse.connection import Warehouse

FILES_AT_ONCE = 200
BYTES_AT_ONCE = 64 * 2**20
"""Bytes in memory at once; a file that is larger goes alone."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """What reading the raw files did in this run."""

    files: int
    new_documents: int
    """Contents that were new, or were decoded by other code before."""
    forgotten: int
    """Paths dropped from the register."""


def ingest(
    warehouse: Warehouse,
    found: Sequence[FoundFile],
    chosen: Sequence[FoundFile],
    reader: str,
    *,
    max_bytes: int,
    home: Path,
    prune: bool = False,
    track: Callable[[Sequence[FoundFile], Callable], Iterator[list[FoundFile]]] | None = None,
) -> Ingested:
    """Read the `chosen` ones of the files that were `found`, and note what each path holds.

    Relative paths are below `home`. `prune` drops the paths that were not found, with the rows made from them; without
    it they keep their rows, and only a path whose bytes were found elsewhere is dropped.
    """
    seen_at = ledger.now()
    stored = 0
    cut = partial(batches, count=FILES_AT_ONCE, size=BYTES_AT_ONCE, size_of=lambda file: file.bytes)
    for batch in track(chosen, cut) if track else cut(chosen):
        read = [(file, read_content(file, max_bytes=max_bytes)) for file in batch]
        # what went after it was found is a file that was deleted: what it last held stays
        held = [(file, content) for file, content in read if content.data is not None or not has_vanished(file)]
        contents = {content.document_id: content for _, content in held}
        with warehouse.reading() as con:
            todo = register.unread(con, contents.values(), reader)
        decoded = [(contents[i], document_of(contents[i])) for i in sorted(todo)]
        with warehouse.writing() as con:
            register.register(con, held, decoded, reader, seen_at=seen_at)
        stored += len(decoded)
    present = [f.path for f in found]
    hidden = [f.path for f in found if f.barred]  # what is in a folder that cannot be listed is not gone
    with warehouse.writing() as con:
        if prune:
            forgotten = register.prune(con, present, hidden=hidden)
        else:
            forgotten = register.forget_moved(con, present, home=home)
        register.sweep(con)
    return Ingested(len(chosen), stored, forgotten)
