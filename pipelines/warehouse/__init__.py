"""The only door to DuckDB: connections, the raw tables, what is left to do, and publishing."""

from pipelines.warehouse.connection import Warehouse, WarehouseBusyError
from pipelines.warehouse.ledger import Pending, pending, record
from pipelines.warehouse.tables import insert_rows

__all__ = ["Pending", "Warehouse", "WarehouseBusyError", "insert_rows", "pending", "record"]
