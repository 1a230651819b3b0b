"""Dagster's log of runs, kept in SQLite files whose connections stay open.

Dagster's own storage opens and closes a file up to three times for each event, and SQLite brings a file to the disk
whenever the last connection to it closes. A run of this project is a thousand events, mostly of checks, so that was
more than half of a run that has nothing to do. It also opens a file of its own for each look at which tables there are.
The files are the same: either storage reads what the other wrote.
"""

from collections import OrderedDict
from collections.abc import Generator
from contextlib import contextmanager

from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME, SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._core.storage.sqlite_storage import DagsterSqliteStorage
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, Engine, create_engine, event

MOST_OPEN = 8
"""Files that are kept open at a time; each run has one, and there is an index over all."""


class EventLog(SqliteEventLogStorage):
    """Dagster's event log in SQLite, with kept connections."""

    def __init__(self, base_dir: str) -> None:
        self._engines: OrderedDict[str, Engine] = OrderedDict()
        self._tables: set[str] = set()
        self._asset_columns: set[str] = set()
        super().__init__(base_dir)

    def run_connection(self, run_id: str | None = None):
        """A transaction on the file of a run."""
        return self._transaction(str(run_id))

    def index_connection(self):
        """A transaction on the index over all runs."""
        return self._transaction(INDEX_SHARD_NAME)

    def has_table(self, table_name: str) -> bool:
        """Whether the index has a table; asked for each event, and a table that is there does not go away."""
        if table_name not in self._tables and super().has_table(table_name):
            self._tables.add(table_name)
        return table_name in self._tables

    def has_asset_key_col(self, column_name: str) -> bool:
        """Whether the table of assets has a column; likewise."""
        if column_name not in self._asset_columns and super().has_asset_key_col(column_name):
            self._asset_columns.add(column_name)
        return column_name in self._asset_columns

    def wipe(self) -> None:
        """Delete the files of all runs."""
        self._close(leaving=0)
        super().wipe()

    def dispose(self) -> None:
        """Close all files."""
        self._close(leaving=0)
        super().dispose()

    @contextmanager
    def _transaction(self, shard: str) -> Generator[Connection]:
        with self._db_lock:
            engine = self._engine(shard)
            if shard not in self._initialized_dbs:
                self._initdb(engine)
                self._initialized_dbs.add(shard)
            with engine.begin() as connection:
                yield connection

    def _engine(self, shard: str) -> Engine:
        if shard not in self._engines:
            engine = create_engine(
                self.conn_string_for_shard(shard), connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS}
            )
            event.listen(engine, "connect", _not_to_the_disk_each_time)
            self._close(leaving=MOST_OPEN - 1)
            self._engines[shard] = engine
        self._engines.move_to_end(shard)
        return self._engines[shard]

    def _close(self, *, leaving: int) -> None:
        while len(self._engines) > leaving:
            _, engine = self._engines.popitem(last=False)
            engine.dispose()


def _not_to_the_disk_each_time(connection, _record) -> None:
    # with a write-ahead log the file stays whole all the same; a power cut may take the last events with it
    connection.execute("pragma synchronous = normal")


class Storage(DagsterSqliteStorage):
    """Dagster's storage in SQLite, with that event log."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        super().__init__(base_dir, inst_data)
        self._event_log_storage = EventLog(self._event_log_storage._base_dir)

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData, config_value) -> "Storage":
        """The storage as `dagster.yaml` describes it."""
        return cls.from_local(inst_data=inst_data, **config_value)
