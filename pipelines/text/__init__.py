"""The library: pure functions over text and frozen dataclasses. It imports neither Dagster, DuckDB nor dbt."""
