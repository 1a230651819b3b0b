"""Quotations: what is said in an article, directly or indirectly, by which verb, and by whom."""

from pipelines.text.resolution.quotations.cues import CueVerbs
from pipelines.text.resolution.quotations.find import find_quotations
from pipelines.text.resolution.quotations.quotation import NamedMention, Quotation

__all__ = ["CueVerbs", "NamedMention", "Quotation", "find_quotations"]
