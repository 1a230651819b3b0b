"""Files that are tables, JSON, XML, CSV or TSV, as databases and scrapers export them: a record is an article.

What a record is, its own signs say; nothing has to be induced. `json_records`, `xml_records` and `rows` find records,
and where in the text their values stand, `columns` what they hold; `tabulated` makes spans and articles of them.
"""

from pipelines.text.splitting.tables.tabulated import split_table

__all__ = ["split_table"]
