"""The report as one HTML page, and its pictures as small images."""

import re
from functools import cache
from typing import TYPE_CHECKING

from pipelines.report.queries import read

if TYPE_CHECKING:
    import duckdb


def build_report(
    con: "duckdb.DuckDBPyConnection", *, schema: str = "main", title: str = "What is in the news dumps"
) -> str:
    """One HTML page on the warehouse that `con` is connected to: no other file, no network, same input same page.

    `schema` is where the public tables are. All text of the warehouse is escaped; the page forbids itself any request.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    from pipelines.report import sections
    from pipelines.report.themes import DARK, LIGHT

    data = read(con, schema)
    shown = sections.sections(data, LIGHT.by_reference())
    has_charts = any(figure.spec for section in shown for figure in section.figures)
    environment = Environment(
        loader=PackageLoader("pipelines.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.jinja").render(
        title=title,
        period=sections.period(data),
        ingested_on=sections.day(data.totals["ingested_on"]) if data.totals["ingested_on"] else None,
        empty=not data.totals["documents"],
        numbers=sections.headline(data),
        sections=shown,
        light=LIGHT.variables(),
        dark=DARK.variables(),
        bundle=Markup(_drawing_library()) if has_charts else "",
    )


@cache
def _drawing_library() -> str:
    """Vega, Vega-Lite and vega-embed as one script, which stands on the page once, for all charts."""
    import vl_convert

    # nothing in it may end the script element that holds it
    return re.sub("</(?=script)", r"<\\/", vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;"), flags=re.I)


def pictures(con: "duckdb.DuckDBPyConnection", *, schema: str = "main", scale: float = 1.0) -> dict[str, str]:
    """The report's charts as markdown images with their bytes inside, by key; those without rows are left out."""
    from pipelines.report.charts import markdown_image, png
    from pipelines.report.sections import draw

    return {
        key: markdown_image(png(chart, scale), alt_text=key.replace("-", " "))
        for key, chart in draw(read(con, schema)).items()
    }
