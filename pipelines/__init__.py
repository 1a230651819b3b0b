"""Dateline: a folder of raw news dumps in, a DuckDB warehouse that people can trust and query out.

`text` is the pure library, `warehouse` the only door to DuckDB, `defs` the thin Dagster shells over both,
`definitions` what Dagster loads. Imports point in that order only.
"""

import os

# the arrays here are small: threads cost more than they give, and what they add up may depend on how many there are
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
