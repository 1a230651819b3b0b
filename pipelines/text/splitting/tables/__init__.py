"""Files that are tables: an article a record, in JSON, JSON Lines, CSV or TSV, as databases and scrapers export them.

What a record is, its own signs say; nothing has to be induced. `records_in` finds records and where in the text their
values stand, `columns` what the columns hold, `tabulated` makes spans and articles of them.
"""

from pipelines.text.splitting.tables.tabulated import split_table

__all__ = ["split_table"]
