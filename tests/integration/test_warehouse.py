"""The warehouse: what is left to do, the register of files, and publishing whole or not at all."""

import multiprocessing
from datetime import datetime
from multiprocessing.synchronize import Event
from pathlib import Path

import duckdb
import pytest

from pipelines.text.reading import FoundFile, document_of
from pipelines.text.reading.files import content_of
from pipelines.warehouse import Warehouse, WarehouseBusyError, insert_rows, ledger, pending, record, register
from pipelines.warehouse.connection import set_aside
from pipelines.warehouse.publish import AuditError, log_of, swap_in, write_published
from pipelines.warehouse.step import Step, replace_all, run_step
from pipelines.warehouse.target import TargetError, check_target

T0, T1 = datetime(2026, 1, 1), datetime(2026, 1, 2)


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path / "build" / "w.duckdb", wait_seconds=0.2)


def put(warehouse: Warehouse, files: dict[str, bytes], *, at: datetime = T0, reader: str = "r1") -> list[str]:
    held = [
        (FoundFile(path=p, url=p, bytes=len(data), modified_at=None), content_of(data)) for p, data in files.items()
    ]
    with warehouse.writing() as con:
        todo = register.unread(con, [c for _, c in held], reader)
        decoded = {c.document_id: (c, document_of(c)) for _, c in held if c.document_id in todo}
        register.register(con, held, list(decoded.values()), reader, seen_at=at)
        register.sweep(con)
    return sorted(todo)


def rows(warehouse: Warehouse, query: str) -> list[tuple]:
    with warehouse.reading() as con:
        return con.execute(query).fetchall()


def test_the_same_bytes_are_one_document_and_keep_their_first_time(warehouse: Warehouse) -> None:
    put(warehouse, {"b.txt": b"one text"})
    assert put(warehouse, {"a.txt": b"one text", "b.txt": b"one text"}, at=T1) == []
    assert rows(warehouse, "select count(*), min(ingested_at) from raw.documents") == [(1, T0)]
    assert rows(warehouse, "select path, first_seen_at from raw.files order by path") == [("a.txt", T1), ("b.txt", T0)]


def test_an_edited_file_replaces_its_document_and_a_deleted_one_keeps_it(warehouse: Warehouse) -> None:
    put(warehouse, {"a.txt": b"first version", "b.txt": b"other"})
    put(warehouse, {"a.txt": b"second version"})
    assert rows(warehouse, "select text from raw.documents order by text") == [("other",), ("second version",)]
    with warehouse.writing() as con:
        assert register.prune(con, ["a.txt"]) == 1
        register.sweep(con)
    assert rows(warehouse, "select text from raw.documents") == [("second version",)]


def test_a_path_whose_name_a_folder_has_taken_is_gone(warehouse: Warehouse, tmp_path: Path) -> None:
    put(warehouse, {"a.txt": b"one text", "b.txt": b"one text"})
    (tmp_path / "a.txt").touch()
    with warehouse.writing() as con:
        assert register.forget_moved(con, ["b.txt"], home=tmp_path) == 0  # not read in this run, and there
    (tmp_path / "a.txt").unlink()
    (tmp_path / "a.txt").mkdir()
    with warehouse.writing() as con:
        assert register.forget_moved(con, ["b.txt"], home=tmp_path) == 1
    assert rows(warehouse, "select path from raw.files") == [("b.txt",)]


def test_another_reader_reads_anew_and_the_time_stays(warehouse: Warehouse) -> None:
    put(warehouse, {"a.txt": b"text"})
    assert len(put(warehouse, {"a.txt": b"text"}, at=T1, reader="r2")) == 1
    assert rows(warehouse, "select ingested_at from raw.documents") == [(T0,)]


def test_hostile_paths_and_texts_are_only_data(warehouse: Warehouse) -> None:
    path = "'; drop table raw.files; --\n\".txt"
    put(warehouse, {path: b"x'); delete from raw.documents; --"})
    assert rows(warehouse, "select path from raw.files") == [(path,)]
    assert rows(warehouse, "select text from raw.documents") == [("x'); delete from raw.documents; --",)]


LAYOUTS = Step(
    name="layouts",
    inputs="select document_id as input_id, document_id as input_hash, document_id as position from raw.documents",
    key="document_id",
    tables=("raw.document_layouts",),
    batch=1,
)


def test_a_step_does_what_is_new_or_under_another_fingerprint(warehouse: Warehouse) -> None:
    seen: list[str] = []

    def compute(ids: list[str]) -> dict[str, list[dict[str, object]]]:
        seen.extend(ids)
        return {"raw.document_layouts": [{"document_id": i, "layout": "x", "layout_confidence": 1.0} for i in ids]}

    def run(fingerprint: str) -> int:
        seen.clear()
        return run_step(warehouse, LAYOUTS, fingerprint, load=lambda _, ids: list(ids), compute=compute).inputs

    put(warehouse, {"a.txt": b"a", "b.txt": b"b"})
    assert run("f1") == 2
    assert run("f1") == 0
    put(warehouse, {"c.txt": b"c"})
    assert run("f1") == 1
    assert run("f2") == 3
    assert rows(warehouse, "select count(*) from raw.document_layouts") == [(3,)]


def test_a_step_that_is_killed_goes_on_where_it_stopped(warehouse: Warehouse) -> None:
    put(warehouse, {f"{i}.txt": f"text {i}".encode() for i in range(4)})
    calls = 0

    def compute(ids: list[str]) -> dict[str, list[dict[str, object]]]:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise KeyboardInterrupt
        return {"raw.document_layouts": [{"document_id": i, "layout": "x", "layout_confidence": 1.0} for i in ids]}

    with pytest.raises(KeyboardInterrupt):
        run_step(warehouse, LAYOUTS, "f", load=lambda _, ids: list(ids), compute=compute)
    assert rows(warehouse, "select count(*) from raw.document_layouts") == [(2,)]
    assert run_step(warehouse, LAYOUTS, "f", load=lambda _, ids: list(ids), compute=compute).inputs == 2
    assert rows(warehouse, "select count(*) from raw.document_layouts") == [(4,)]


def test_a_transaction_that_fails_writes_nothing(warehouse: Warehouse) -> None:
    def write_and_fail() -> None:
        with warehouse.writing() as con:
            record(con, "s", "f", [ledger.Pending("a", "h")])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()
    assert rows(warehouse, "select count(*) from raw.ledger") == [(0,)]


def test_pending_comes_in_the_order_of_position(warehouse: Warehouse) -> None:
    with warehouse.writing() as con:
        record(con, "s", "f", [ledger.Pending("done", "h")])
        query = """
            select * from (values ('b', 'h', 1), ('a', 'h', 2), ('done', 'h', 0)) as t (input_id, input_hash, position)
        """
        assert [p.input_id for p in pending(con, "s", "f", query)] == ["b", "a"]
        assert [p.input_id for p in pending(con, "s", "g", query)] == ["done", "b", "a"]


def test_rows_take_lists_constants_and_nothing_else(warehouse: Warehouse) -> None:
    counts = replace_all(
        warehouse,
        {
            "raw.entities": [
                {"entity_id": "e", "name": "N", "label": "ORG", "aliases": ("a", "b"), "resolved": True, "extra": 1}
            ]
        },
    )
    assert counts == {"raw.entities": 1}
    assert rows(warehouse, "select aliases from raw.entities") == [(["a", "b"],)]
    with warehouse.writing() as con:
        assert insert_rows(con, "raw.entities", []) == 0


def _hold(path: str, ready: Event, free: Event) -> None:
    with duckdb.connect(path):
        ready.set()
        free.wait(20)


@pytest.mark.parametrize("size", [0, 1, 4096, 8192, 12287])
def test_a_file_that_was_only_begun_is_begun_again(warehouse: Warehouse, size: int) -> None:
    put(warehouse, {"a.txt": b"text"})
    headers = warehouse.path.read_bytes()[:size]
    warehouse.path.write_bytes(headers)  # the process was killed while DuckDB made the file
    again = Warehouse(warehouse.path)
    assert rows(again, "select count(*) from raw.documents") == [(0,)]


def test_the_log_of_a_file_that_went_is_not_taken_for_another_ones(warehouse: Warehouse) -> None:
    put(warehouse, {"a.txt": b"text"})
    log = log_of(warehouse.path)
    with duckdb.connect(str(warehouse.path)) as con:
        con.execute("pragma disable_checkpoint_on_shutdown")
        con.execute("insert into raw.results values ('x', 'y', now()::timestamp)")
    assert log.exists()
    warehouse.path.unlink()
    assert rows(Warehouse(warehouse.path), "select count(*) from raw.results") == [(0,)]


def test_a_file_in_a_folder_called_lock_is_not_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "locksmiths" / "w.duckdb"
    file.parent.mkdir()
    file.write_bytes(b"no database" * 2000)
    with pytest.raises(duckdb.IOException, match="not a valid DuckDB database"), Warehouse(file).writing():
        pass


def test_only_a_published_warehouse_is_replaced(warehouse: Warehouse, tmp_path: Path) -> None:
    target = tmp_path / "w.duckdb"
    check_target(target, warehouse.path)
    target.touch()
    check_target(target, warehouse.path)
    for text in (b"Dam opens\n", b"x" * 20_000):
        target.write_bytes(text)
        with pytest.raises(TargetError, match="is no published warehouse"):
            check_target(target, warehouse.path)
    target.unlink()
    with duckdb.connect(str(target)) as con:
        con.execute("create table mine as select 1")
    with pytest.raises(TargetError, match="is no published warehouse"):
        check_target(target, warehouse.path)
    with duckdb.connect(str(target)) as con:
        for table in ("documents", "document_spans", "articles"):
            con.execute(f"create table {table} (x integer)")
    check_target(target, warehouse.path)
    with pytest.raises(TargetError, match="is a folder"):
        check_target(tmp_path, warehouse.path)
    put(warehouse, {"a.txt": b"text"})
    target.write_bytes(b"x" * 20_000)  # damaged since, but a run has worked here
    check_target(target, warehouse.path)


def test_a_file_that_is_put_aside_takes_its_log_along_and_makes_room_for_a_new_one(warehouse: Warehouse) -> None:
    assert set_aside(warehouse.path) is None
    for number in (1, 2):
        put(warehouse, {"a.txt": str(number).encode()})
        log_of(warehouse.path).write_text("log")
        aside = set_aside(warehouse.path)
        assert aside == warehouse.path.with_name(f"{warehouse.path.name}.aside{number}")
        assert log_of(aside).read_text() == "log"
        assert rows(warehouse, "select count(*) from raw.documents") == [(0,)]
        log_of(aside).unlink()
        assert rows(Warehouse(aside), "select text from raw.documents") == [(str(number),)]


def test_who_finds_the_file_held_waits_and_then_says_so(warehouse: Warehouse) -> None:
    with warehouse.writing():
        pass
    context = multiprocessing.get_context("spawn")
    ready, free = context.Event(), context.Event()
    holder = context.Process(target=_hold, args=(str(warehouse.path), ready, free))
    holder.start()
    assert ready.wait(20)
    with pytest.raises(WarehouseBusyError, match="held by another process"), warehouse.reading():
        pass
    free.set()
    holder.join()
    with warehouse.reading() as con:
        assert con.execute("select 1").fetchall() == [(1,)]


def published(tmp_path: Path) -> tuple[Path, Path]:
    build, target = tmp_path / "build.duckdb", tmp_path / "news.duckdb"
    with duckdb.connect(str(build)) as con:
        con.execute('create table t (id integer not null, "odd""name" varchar)')
        con.execute("insert into t values (1, 'a'), (2, null)")
        con.execute("comment on table t is 'it''s a table'")
        con.execute("comment on column t.id is 'key'")
        con.execute("create schema raw")
        con.execute("create table raw.hidden (x integer)")
    return build, target


def test_publishing_carries_rows_keys_and_comments_of_main_alone(tmp_path: Path) -> None:
    build, target = published(tmp_path)
    staged = tmp_path / "staged.duckdb"
    assert write_published(build, staged) == {"t": 2}
    swap_in({staged: target})
    with duckdb.connect(str(target), read_only=True) as con:
        assert con.execute("select * from t order by id").fetchall() == [(1, "a"), (2, None)]
        assert con.execute("select comment from duckdb_tables()").fetchall() == [("it's a table",)]
        assert con.execute("select comment, is_nullable from duckdb_columns() where column_name = 'id' "
                           "and table_name = 't'").fetchall() == [("key", False)]  # fmt: skip


def test_a_reader_keeps_its_file_while_another_is_published(tmp_path: Path) -> None:
    build, target = published(tmp_path)
    staged = tmp_path / "staged.duckdb"
    write_published(build, staged)
    swap_in({staged: target})
    with duckdb.connect(str(target), read_only=True) as reader:
        with duckdb.connect(str(build)) as con:
            con.execute("insert into t values (3, 'new')")
        write_published(build, staged)
        swap_in({staged: target})
        assert reader.execute("select count(*) from t").fetchall() == [(2,)]
    with duckdb.connect(str(target), read_only=True) as con:
        assert con.execute("select count(*) from t").fetchall() == [(3,)]


def test_what_somebody_wrote_into_the_published_file_is_not_in_the_next_one(tmp_path: Path) -> None:
    published, new = tmp_path / "w.duckdb", tmp_path / "new.duckdb"
    for file, rows in ((published, 3), (new, 5)):
        with duckdb.connect(str(file)) as con:
            con.execute("create table t as select range as x from range(?)", [rows])
    with duckdb.connect(str(published)) as con:
        con.execute("pragma disable_checkpoint_on_shutdown")  # as a shell leaves it that is killed
        con.execute("insert into t select 100 + range from range(7)")
    assert log_of(published).exists()
    swap_in({new: published})
    with duckdb.connect(str(published), read_only=True) as con:
        assert con.execute("select count(*) from t").fetchall() == [(5,)]


def test_nothing_to_publish_is_an_error(tmp_path: Path) -> None:
    build = tmp_path / "empty.duckdb"
    duckdb.connect(str(build)).close()
    with pytest.raises(AuditError, match="no tables"):
        write_published(build, tmp_path / "news.duckdb")


def test_a_fingerprint_follows_content_and_parts(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x")
    first = ledger.fingerprint([tmp_path], "v1")
    assert ledger.fingerprint([tmp_path], "v1") == first
    assert ledger.fingerprint([tmp_path], "v2") != first
    (tmp_path / "a.csv").write_text("changed")
    assert ledger.fingerprint([tmp_path], "v1") != first
