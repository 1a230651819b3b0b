"""Quantities: the amounts and the dates that a text names."""

from pipelines.text.resolution.quantities.amounts import Amount, find_amounts
from pipelines.text.resolution.quantities.dates import MentionedDate, find_dates
from pipelines.text.resolution.quantities.units import Units

__all__ = ["Amount", "MentionedDate", "Units", "find_amounts", "find_dates"]
