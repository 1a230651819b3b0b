"""Whatever happens to the raw files, in whatever order and split into whatever runs: the rows are those of one run."""

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from pipelines.text.reading.files import content_of
from pipelines.warehouse import Warehouse
from tests.building import Builder, Models
from tests.integration.steps import load_knowledge_once, raw_tables, run_steps

EXAMPLES = int(os.environ.get("DATELINE_TEST_SEQUENCES", "5"))
"""How many sequences to try; a longer search is a matter of time."""
ARTICLES = (
    "Ferry line reopens after winter repairs\n\nOSLO, March 4, 2026 – The coastal ferry between Bergen and Stavanger "
    "sailed again on Wednesday, said Ingrid Solheim, who heads the Norwegian Coastal Board (NCB).\n\nSolheim said that "
    "two more ships would follow in April. Norway pays for half of the repairs, and Denmark for the rest.",
    "Harbour fees rise in Hamburg\n\nThe port of Hamburg will raise its fees by a tenth. Solheim and other owners of "
    "ships from Norway protested.\n\nA spokesman for the NCB said that Germany should think again before the summer.",
    "Drought empties reservoirs\n\nReservoirs in southern Spain stand at a third of what they hold, the Spanish "
    "government said on 2 May 2026. Farmers near Seville have been told to sow less.\n\nJ. Ortega of the Water Council "
    "called the winter the driest since records began, and asked Madrid for help.",
    "Rain at last\n\nJuana Ortega, who chairs the Water Council, said on Friday that rain in Andalusia had filled two "
    "reservoirs.\n\nPortugal opened its dams as well. Ortega thanked the engineers in Lisbon.",
    "Café owners on the quay – “we’ll not pay”\n\nIn Málaga and Łódź, Żaneta Nowak said, the new fees hurt the small "
    "ones most. Poland and Spain are to talk about it in Brussels.\n\nNowak’s own café closes at five.",
    "Talks on fish\n\nMinisters of Iceland, Norway and the United Kingdom met in Reykjavik to share out mackerel.\n\n"
    "London wants more of it, as every year; the Icelandic minister, Katrín Jónsdóttir, said there was less of it.",
)
SEPARATORS = ("\n\n\n", "\n\n***\n\n", "\r\n\r\n\r\n", "\n\n\n\n\n")


def dump(picks: list[int], separator: int) -> bytes:
    return SEPARATORS[separator].join(ARTICLES[i] for i in picks).encode()


ANY_DUMP = st.one_of(
    st.builds(
        dump,
        st.lists(st.integers(0, len(ARTICLES) - 1), min_size=1, max_size=4),
        st.integers(0, len(SEPARATORS) - 1),
    ),
    st.sampled_from([b"", b"\0\1\2" * 40, "Only a line\n".encode("utf-16"), "Größe – café\n".encode("cp1252")]),
)
# a date in a file's name counts as evidence, so that renaming a file can change what is known of its articles
ANY_NAME = st.sampled_from(["a", "b", "wire_2026-03-05", "archive_1999-12-31", "c d", "Ü'\"; drop table x", "z\nz"])


class RawFolder(RuleBasedStateMachine):
    """Raw files come, change, move, are copied and go; runs happen in between."""

    files = Bundle("files")
    folder: Path  # both set by the test
    models: Models

    def __init__(self) -> None:
        super().__init__()
        self.raw = self.folder / "raw"
        self.build = self.folder / "build" / "news.duckdb"
        self.numbers = count()
        self.registered: dict[Path, bytes] | None = {}

    @initialize(target=files, data=ANY_DUMP)
    def start(self, data: bytes) -> Path:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.raw.mkdir(parents=True)
        path = self.raw / "first.txt"
        path.write_bytes(data)
        return path

    @rule(target=files, name=ANY_NAME, data=ANY_DUMP)
    def add(self, name: str, data: bytes) -> Path:
        path = self.raw / f"{name} {next(self.numbers)}.txt"
        path.write_bytes(data)
        return path

    @rule(path=files, data=ANY_DUMP)
    def edit(self, path: Path, data: bytes) -> None:
        path.write_bytes(data)

    @rule(path=files, extra=st.integers(0, len(ARTICLES) - 1))
    def append(self, path: Path, extra: int) -> None:
        path.write_bytes(path.read_bytes() + b"\n\n\n" + ARTICLES[extra].encode())

    @rule(target=files, path=consumes(files), name=ANY_NAME)
    def rename(self, path: Path, name: str) -> Path:
        return path.rename(self.raw / f"{name} {next(self.numbers)}.txt")

    @rule(target=files, path=files, name=ANY_NAME)
    def duplicate(self, path: Path, name: str) -> Path:
        return Path(shutil.copyfile(path, self.raw / f"{name} {next(self.numbers)}.txt"))

    @rule(path=consumes(files))
    def delete(self, path: Path) -> None:
        path.unlink()

    @rule(one=files, other=files)
    def swap(self, one: Path, other: Path) -> None:
        data = one.read_bytes(), other.read_bytes()
        other.write_bytes(data[0])
        one.write_bytes(data[1])

    @rule(target=files, path=consumes(files))
    def move_into_a_folder_of_its_name(self, path: Path) -> Path:
        data = path.read_bytes()
        path.unlink()
        path.mkdir()
        inside = path / f"{next(self.numbers)}.txt"
        inside.write_bytes(data)
        return inside

    @rule(path=files, encoding=st.sampled_from(["utf-16", "utf-32-be", "utf-8-sig"]))
    def save_in_another_encoding(self, path: Path, encoding: str) -> None:
        path.write_bytes(path.read_bytes().decode("utf-8", "replace").encode(encoding))

    @rule(path=files, seconds=st.sampled_from([0, 86_400, 2_000_000_000, 4_000_000_000]))
    def set_the_clock(self, path: Path, seconds: int) -> None:
        os.utime(path, (seconds, seconds))

    @rule(prune=st.booleans())
    def run_while_everything_is_away(self, prune: bool) -> None:
        self.raw.rename(self.folder / "away")
        self.raw.mkdir()
        (self.raw / "only.txt").write_text(ARTICLES[0])
        self.run(prune, full_refresh=False)
        shutil.rmtree(self.raw)
        (self.folder / "away").rename(self.raw)

    @rule(transactions=st.integers(1, 14), prune=st.booleans())
    def run_that_is_killed(self, transactions: int, prune: bool) -> None:
        writing = Warehouse.writing
        left = count(transactions, -1)

        @contextmanager
        def killed(self: Warehouse) -> Generator[duckdb.DuckDBPyConnection]:
            with writing(self) as con:
                if next(left) <= 0:
                    raise KeyboardInterrupt
                yield con

        Warehouse.writing = killed
        try:
            with suppress(KeyboardInterrupt):
                run_steps(self.raw, self.build, prune=prune)
        finally:
            Warehouse.writing = writing
        self.registered = None  # who knows how far it came; known again after a run that prunes

    @rule(prune=st.booleans(), full_refresh=st.sampled_from([False, False, False, True]))
    def run(self, prune: bool, full_refresh: bool) -> None:
        run_steps(self.raw, self.build, prune=prune, full_refresh=full_refresh)
        present = {path: path.read_bytes() for path in self.raw.rglob("*") if path.is_file()}
        held = set(present.values())
        if self.registered is None:
            if not prune:
                return
            self.registered = {}
        kept = {p: data for p, data in self.registered.items() if not prune and data not in held}
        self.registered = kept | present
        documents = raw_tables(self.build)["documents"]
        assert {row[0] for row in documents} == {content_of(d).document_id for d in self.registered.values()}

    @invariant()
    def input_is_never_changed(self) -> None:
        assert not [p for p in self.raw.rglob("*") if p.suffix != ".txt"]

    def teardown(self) -> None:
        if not hasattr(self, "raw") or not self.raw.exists():
            return
        run_steps(self.raw, self.build, prune=True)
        fresh = self.folder / "fresh" / "news.duckdb"
        run_steps(self.raw, fresh)
        expected = raw_tables(fresh)
        for table, rows in raw_tables(self.build).items():
            assert rows == expected[table], table
        expected = self.models.published(fresh)
        for table, rows in self.models.published(self.build).items():
            assert rows == expected[table], table


@pytest.fixture
def knowledge_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    load_knowledge_once(monkeypatch)


def test_any_sequence_gives_the_rows_of_one_full_run(
    tmp_path: Path, knowledge_loaded_once: None, builder: Builder
) -> None:
    """Those of the raw tables, and those of the tables that are published."""
    machine = type("Machine", (RawFolder,), {"folder": tmp_path / "x", "models": builder.models()})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
