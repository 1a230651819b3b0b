"""The one call that scores a warehouse against a folder of gold."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.evaluation.gold import read_gold
from pipelines.evaluation.predictions import read_prediction
from pipelines.evaluation.scores import Score, score_documents

if TYPE_CHECKING:
    import duckdb


def evaluate(
    con: "duckdb.DuckDBPyConnection",
    gold_dir: Path,
    *,
    schema: str = "main",
    floors: Mapping[str, float] | None = None,
) -> list[Score]:
    """Scores of the warehouse that `con` is connected to.

    `schema` is where the tables are: 'main' in a published warehouse, 'raw' in a build file. `floors` says what is
    asked of a quantity. Gold documents that the warehouse lacks count as not found; when it has none of them, there is
    nothing to score and the list is empty. Raises ValueError, naming file and field, for malformed gold.
    """
    gold = read_gold(gold_dir)
    # a cursor of its own, so that the caller's connection keeps its schema
    with con.cursor() as cursor:
        cursor.execute("set schema = '{}'".format(schema.replace("'", "''")))
        pairs = [(document, read_prediction(cursor, document.sha256)) for document in gold]
    if all(prediction is None for _, prediction in pairs):
        return []
    return score_documents(pairs, floors)
