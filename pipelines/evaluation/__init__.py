"""Scores a warehouse against gold annotations: splitting, fields, countries, names and topics.

`gold` reads annotations, `predictions` a warehouse, `scores` compares the two (`splitting` what concerns boundaries,
roles and fields), `tables` shows the outcome.
"""

from pipelines.evaluation.evaluate import evaluate
from pipelines.evaluation.floors import OWN_GOLD_FLOORS
from pipelines.evaluation.scores import Score
from pipelines.evaluation.tables import format_markdown, format_table

__all__ = ["OWN_GOLD_FLOORS", "Score", "evaluate", "format_markdown", "format_table"]
