"""The published report: one self-contained HTML page of pictures and tables over the warehouse.

`queries` reads, `charts` draws, `page` puts both into `report.html.jinja`; `themes` holds the colours and `world` the
map. Altair and its renderer are imported only when something is drawn.
"""

from pipelines.report.page import build_report, pictures

__all__ = ["build_report", "pictures"]
