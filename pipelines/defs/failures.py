"""What steps failed on: a table that all of them write, and so no step's own asset."""

import dagster as dg

from pipelines.defs.metadata import OWNER

failures = dg.AssetSpec(
    ["raw", "failures"], group_name="resolve", owners=[OWNER], kinds={"python", "duckdb"},
    description="Inputs on which a step failed, with the error; written by every step that does inputs one by one.",
)  # fmt: skip
