"""Rows in, Altair charts out: every picture of the report, and how a chart becomes a PNG.

Pure functions; rows are those of `queries`. Text in them is data: nothing here reads it as markup or as an expression.
"""

import base64
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import altair as alt
import vl_convert

from pipelines.report.queries import Row
from pipelines.report.themes import LIGHT, Theme
from pipelines.report.world import outlines, small_states

FONT = "'Source Sans 3', 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
FULL_WIDTH = 980
HALF_WIDTH = 260
"""Of the plotting area; names stand to the left of it."""
NO_MENTION = "none"
UNDATED = "undated"
NPMI_BOUNDS = (-0.25, -0.05, 0.05, 0.25, 0.5)
NPMI_CLASSES = (
    "below −0.25: much rarer together",
    "−0.25 to −0.05: rarer",
    "±0.05: as expected",
    "0.05 to 0.25: more often",
    "0.25 to 0.5: much more often",
    "above 0.5: nearly always together",
)
SURE = 3.84
"""G² from which on chance is an explanation for one pair in twenty at most (chi-squared, one degree of freedom)."""
MONTHS_SHOWN = 24
KINDS = ("name", "demonym", "metonym", "place")

AnyChart = alt.Chart | alt.LayerChart | alt.FacetChart


def class_bounds(largest: int, classes: int = 6) -> list[int]:
    """Lower bounds of at most `classes` classes of counts from 1 to `largest`, in steps that people read easily."""
    if largest <= classes:
        return list(range(1, max(largest, 1) + 1))
    # steps within a decade, and how many powers of ten the next one is away
    for steps, jump in (((1, 2, 5), 1), ((1, 3), 1), ((1,), 1), ((1,), 2), ((1,), 3)):
        bounds = [step * 10**power for power in range(0, 19, jump) for step in steps if step * 10**power <= largest]
        if len(bounds) <= classes:
            return bounds
    raise ValueError(f"count out of range: {largest}")


def class_labels(bounds: Sequence[int]) -> list[str]:
    """Names of the classes: '1', '2', '3–9', '10 or more'."""
    labels = [f"{low:,}" if high == low + 1 else f"{low:,}–{high - 1:,}" for low, high in pairwise(bounds)]
    return [*labels, f"{bounds[-1]:,} or more"] if len(bounds) > 1 else ["1"]


def world_map(countries: Sequence[Row], theme: Theme = LIGHT) -> AnyChart:
    """Mentions per country, in classes; a country too small for an outline is a dot."""
    bounds = class_bounds(max((c["mentions"] for c in countries), default=1))
    labels = class_labels(bounds)
    rows: list[Row] = [
        {
            "iso3": c["iso3"],
            "Country": c["name"],
            "Mentions": c["mentions"],
            "Articles": c["articles"],
            "Share of articles": percent(c["article_share"]),
            "class": labels[sum(c["mentions"] >= b for b in bounds) - 1] if c["mentions"] else NO_MENTION,
        }
        for c in countries
    ]
    colour = alt.Color("class:O").scale(
        domain=[NO_MENTION, *labels], range=[theme.land, *theme.sequence[: len(labels)]]
    )
    encoding: dict[str, Any] = {
        "color": colour.legend(title="Mentions", orient="bottom", symbolType="square", symbolStrokeWidth=0, columns=7),
        "tooltip": ["Country:N", _count("Mentions"), _count("Articles"), "Share of articles:N"],
    }
    mentioned = {r["iso3"] for r in rows if r["Mentions"]}
    # by name: Altair copies what a chart holds at every step, and the outlines are large
    topology = alt.NamedData(name="world", format=alt.TopoDataFormat(feature="countries", type="topojson"))
    looked_up = ["Country", "Mentions", "Articles", "Share of articles", "class"]
    outlined = _chart(topology, encoding, type="geoshape", stroke=theme.paper, strokeWidth=0.6).transform_lookup(
        lookup="id",
        from_=alt.LookupData(data=alt.InlineData(values=rows), key="iso3", fields=looked_up),
        default=NO_MENTION,
    )
    layers = [outlined]
    dots = [
        {**row, "latitude": small_states()[row["iso3"]][0], "longitude": small_states()[row["iso3"]][1]}
        for row in rows
        if row["iso3"] in small_states() and row["Mentions"]
    ]
    if dots:
        place: dict[str, Any] = {"latitude": "latitude:Q", "longitude": "longitude:Q"}
        dot: dict[str, Any] = {"type": "circle", "size": 52, "opacity": 1, "stroke": theme.ink, "strokeWidth": 0.7}
        layers.append(_chart(dots, encoding | place, **dot))
    # Equal Earth is 5.413 radii wide; the north pole lies 1.317 above the equator, Tierra del Fuego 1.02 below it
    scale = FULL_WIDTH / 5.413
    south = 1.317 if "ATA" in mentioned else 1.02
    chart = alt.layer(*layers).project("equalEarth", scale=scale, translate=[FULL_WIDTH / 2, 1.317 * scale])
    styled = _styled(chart.properties(width=FULL_WIDTH, height=round((1.317 + south) * scale)), theme)
    styled.datasets = alt.Datasets(world=_topology(mentioned))
    return styled


def _topology(mentioned: set[str]) -> dict[str, Any]:
    """Outlines, without Antarctica (a fifth of the picture) unless it is mentioned."""
    world = outlines()
    if "ATA" in mentioned:
        return world
    shapes = [g for g in world["objects"]["countries"]["geometries"] if g["id"] != "ATA"]
    return {**world, "objects": {"countries": {"type": "GeometryCollection", "geometries": shapes}}}


def mention_kinds(countries: Sequence[Row], theme: Theme = LIGHT) -> AnyChart:
    """How the countries with the most mentions are named: bars by kind of mention."""
    rows: list[Row] = [
        {"Country": c["name"], "Kind": kind, "Mentions": c[f"{kind}_mentions"], "order": place, "All": c["mentions"]}
        for c in countries
        for place, kind in enumerate(KINDS)
    ]
    encoding: dict[str, Any] = {
        "x": alt.X("Mentions:Q").axis(format=",d", tickMinStep=1, title="mentions", tickCount=6),
        "y": _names_axis("Country", [c["name"] for c in countries], 180),
        "color": alt.Color("Kind:N")
        .scale(domain=list(KINDS), range=list(theme.kinds))
        .legend(title=None, orient="top", symbolType="square", symbolStrokeWidth=0),
        "order": alt.Order("order:Q"),
        "tooltip": ["Country:N", "Kind:N", _count("Mentions"), _count("All")],
    }
    chart = _chart(rows, encoding, type="bar", height=14)
    return _styled(chart.properties(width=FULL_WIDTH - 190, height=alt.Step(22)), theme)


def articles_per_month(months: Sequence[Row], theme: Theme = LIGHT) -> AnyChart:
    """Articles per month, those without a date last."""
    rows: list[Row] = [
        {"Month": month_label(m["month"]), "Articles": m["total_articles"], "dated": bool(m["month"])} for m in months
    ]
    encoding: dict[str, Any] = {
        "x": _months_axis([r["Month"] for r in rows]),
        "y": alt.Y("Articles:Q").axis(format=",d", tickMinStep=1, tickCount=3, title="articles"),
        "color": _dated(theme),
        "tooltip": ["Month:N", _count("Articles")],
    }
    width = min(FULL_WIDTH - 50, 120 * len(rows))
    return _styled(_chart(rows, encoding, type="bar").properties(width=width, height=90), theme)


def timeline(rows: Sequence[Row], theme: Theme = LIGHT) -> AnyChart:
    """Share of each month's articles that mention a country, with its 95 % interval; one panel per country."""
    shown: list[Row] = [
        {
            "Country": r["name"],
            "Month": month_label(r["month"]),
            "dated": bool(r["month"]),
            "share": r["article_share"],
            "low": r["article_share_low"],
            "high": r["article_share_high"],
            "Articles": f"{r['articles']:,} of {r['total_articles']:,}",
            "Share": percent(r["article_share"]),
            "95 % interval": interval(r["article_share_low"], r["article_share_high"]),
            "Mentions": r["mentions"],
        }
        for r in rows
    ]
    shared: dict[str, Any] = {
        "x": _months_axis(_in_order(r["Month"] for r in shown)),
        "tooltip": ["Country:N", "Month:N", "Articles:N", "Share:N", "95 % interval:N", _count("Mentions")],
    }
    share = alt.Y("share:Q").axis(format="%", tickCount=3, title=None).scale(domain=[0, 1])
    bars = _chart(alt.Undefined, shared | {"y": share, "color": _dated(theme)}, type="bar")
    whiskers = _chart(alt.Undefined, shared | {"y": "low:Q", "y2": "high:Q"}, type="rule", color=theme.ink, opacity=0.4)
    panel = alt.layer(bars, whiskers, data=alt.InlineData(values=shown)).properties(width=204, height=96)
    panels = alt.Facet("Country:N").sort(_in_order(r["Country"] for r in shown))
    header: dict[str, Any] = {"title": None, "labelAnchor": "start", "labelFontWeight": 600, "labelFontSize": 13}
    return _styled(panel.facet(facet=panels.header(**header), columns=4, spacing=26), theme)


def topic_matrix(topics: Sequence[Row], pairs: Sequence[Row], theme: Theme = LIGHT) -> AnyChart:
    """Topics by topics: colour is NPMI, pale where it may be chance; the number in a cell is the stories with both.

    On the diagonal stands the number of stories with the topic.
    """
    names = {t["topic_id"]: t["name"] for t in topics}
    cells = [_topic_cell(pair, names) for pair in pairs]
    diagonal = [{"column": t["name"], "row": t["name"], "n": t["stories"]} for t in topics]
    order = [t["name"] for t in topics]
    bare: dict[str, Any] = {"title": None, "ticks": False, "domain": False}
    place: dict[str, Any] = {
        "x": alt.X("column:N").sort(order).axis(**bare, labelAngle=-40, labelLimit=190),
        "y": alt.Y("row:N").sort(order).axis(**bare, labelLimit=260),
    }
    number: dict[str, Any] = place | {"text": alt.Text("n:Q", format=",d")}
    npmi = alt.Color("class:O").scale(domain=list(NPMI_CLASSES), range=list(theme.diverging))
    legend: dict[str, Any] = {
        "title": "NPMI",
        "orient": "right",
        "symbolType": "square",
        "symbolStrokeWidth": 0,
        "labelLimit": 260,
    }
    tooltip = ["Topics:N", "Stories with both:N", "Expected by chance:N", "Stories with each:N", "NPMI:N", "G²:N"]
    on_square = alt.when(alt.datum.dark).then(alt.value(theme.paper)).otherwise(alt.value(theme.ink))
    pale = alt.when(alt.datum.sure).then(alt.value(1)).otherwise(alt.value(0.25))
    squares: dict[str, Any] = place | {"color": npmi.legend(**legend), "opacity": pale, "tooltip": tooltip}
    layers = [
        _chart(cells, squares, type="rect", stroke=theme.paper, strokeWidth=1.5),
        _chart(cells, number | {"color": on_square, "tooltip": tooltip}, type="text", fontSize=11),
        _chart(diagonal, number, type="text", fontSize=11, fontWeight=700, color=theme.muted),
    ]
    return _styled(alt.layer(*layers).properties(width=alt.Step(36), height=alt.Step(30)), theme)


def _topic_cell(pair: Row, names: dict[str, str]) -> Row:
    """The pair's cell below the diagonal: the topic with more stories gives the column."""
    rank = {topic_id: i for i, topic_id in enumerate(names)}
    sides = sorted([(pair["topic_a"], pair["n_a"]), (pair["topic_b"], pair["n_b"])], key=lambda side: rank[side[0]])
    (column, n_column), (row, n_row) = sides
    npmi_class = sum(pair["npmi"] >= bound for bound in NPMI_BOUNDS)
    sure = abs(pair["log_likelihood"] or 0) >= SURE
    return {
        "column": names[column],
        "row": names[row],
        "Topics": f"{names[column]} + {names[row]}",
        "n": pair["n_both"],
        "class": NPMI_CLASSES[npmi_class],
        "sure": sure,
        "dark": sure and npmi_class in (0, 4, 5),
        "NPMI": f"{pair['npmi']:+.2f}",
        "G²": f"{pair['log_likelihood'] or 0:+.1f}",
        "Stories with both": f"{pair['n_both']:,} of {pair['n_total']:,}",
        "Stories with each": f"{n_column:,} and {n_row:,}",
        "Expected by chance": f"{pair['expected_both']:.1f}",
    }


def names_bars(rows: Sequence[Row], theme: Theme = LIGHT) -> AnyChart:
    """Articles per name: persons, organisations or publishers."""
    # two entities may bear one name, so a bar stands at its rank and carries its name as a text
    shown: list[Row] = [
        {"rank": i, "Name": r["name"], "Articles": r["articles"], "Mentions": r.get("mentions")}
        for i, r in enumerate(rows)
    ]
    with_mentions = any(r["Mentions"] is not None for r in shown)
    shared: dict[str, Any] = {
        "x": alt.X("Articles:Q").axis(None),
        "y": alt.Y("rank:O").axis(None),
        "tooltip": ["Name:N", _count("Articles"), *([_count("Mentions")] if with_mentions else [])],
    }
    number: dict[str, Any] = shared | {"text": alt.Text("Articles:Q", format=",d")}
    name: dict[str, Any] = shared | {"text": "Name:N", "x": alt.value(-8)}
    layers = [
        _chart(shown, shared, type="bar", color=theme.accent, height=13),
        _chart(shown, number, type="text", align="left", dx=5, color=theme.ink),
        _chart(shown, name, type="text", align="right", limit=190, color=theme.ink),
    ]
    return _styled(alt.layer(*layers).properties(width=HALF_WIDTH, height=alt.Step(22)), theme)


def pair_bars(pairs: Sequence[Row], theme: Theme = LIGHT) -> AnyChart:
    """Stories in which two countries are both mentioned; the tick is what chance alone would give."""
    rows: list[Row] = [
        {
            "Pair": f"{p['name_a']} + {p['name_b']}",
            "Stories with both": p["n_both"],
            "Expected by chance": p["expected_both"],
            "Stories with each": f"{p['n_a']:,} and {p['n_b']:,} of {p['n_total']:,}",
            "Sentences with both": p["sentences_both"],
            "NPMI": "–" if p["npmi"] is None else f"{p['npmi']:+.2f}",
        }
        for p in pairs
    ]
    expected = alt.Tooltip("Expected by chance:Q", format=".1f")
    shared: dict[str, Any] = {
        "y": _names_axis("Pair", [r["Pair"] for r in rows], 290),
        "tooltip": [
            *("Pair:N", _count("Stories with both"), expected, "Stories with each:N"),
            *(_count("Sentences with both"), "NPMI:N"),
        ],
    }
    tick: dict[str, Any] = {"type": "tick", "color": theme.ink, "opacity": 1, "thickness": 3, "height": 20}
    x = alt.X("Stories with both:Q").axis(format=",d", tickMinStep=1, tickCount=6, title="stories")
    layers = [
        _chart(rows, shared | {"x": x}, type="bar", color=theme.sequence[2], height=13),
        _chart(rows, shared | {"x": "Expected by chance:Q"}, **tick),
    ]
    return _styled(alt.layer(*layers).properties(width=FULL_WIDTH - 300, height=alt.Step(24)), theme)


def png(chart: AnyChart, scale: float = 1.0) -> bytes:
    """The chart as a PNG, `scale` pixels per unit of its width; needs no network and no browser."""
    return vl_convert.vegalite_to_png(chart.to_dict(), scale=scale)


def markdown_image(png_bytes: bytes, alt_text: str = "") -> str:
    """A markdown image that carries its bytes."""
    label = "".join(c for c in alt_text if c not in "[]\\\r\n")
    return f"![{label}](data:image/png;base64,{base64.b64encode(png_bytes).decode('ascii')})"


def busiest_months(months: Sequence[Row]) -> list[str | None]:
    """The `MONTHS_SHOWN` successive months with the most articles, and the undated; none empty at either end.

    A single old article would otherwise stretch the axis over years of nothing.
    """
    dated = [m for m in months if m["month"]]
    windows = range(max(len(dated) - MONTHS_SHOWN, 0) + 1)
    start = max(windows, key=lambda i: (sum(m["total_articles"] for m in dated[i : i + MONTHS_SHOWN]), i))
    window = dated[start : start + MONTHS_SHOWN]
    filled = [i for i, m in enumerate(window) if m["total_articles"]]
    shown: list[str | None] = [m["month"] for m in window[filled[0] : filled[-1] + 1]] if filled else []
    return [*shown, *(m["month"] for m in months if not m["month"])]


def month_label(month: str | None) -> str:
    """'2026-03' of the ISO date of a month's first day."""
    return month[:7] if month else UNDATED


def percent(share: float | None) -> str:
    """'12.5 %', or a dash where there is no share."""
    return "–" if share is None else f"{share:.1%}".replace("%", " %")


def interval(low: float | None, high: float | None) -> str:
    """'3.1–12.0 %'."""
    return "–" if low is None or high is None else f"{low * 100:.1f}–{high * 100:.1f} %"


def _chart(data: Any, encoding: dict[str, Any], **mark: Any) -> alt.Chart:
    """One layer: rows (or Altair data), encoding by channel, and the mark's properties, `type` among them."""
    values = alt.InlineData(values=data) if isinstance(data, list) else data
    return alt.Chart(values, mark=alt.MarkDef(**mark)).encode(**encoding)


def _in_order(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _count(field: str) -> alt.Tooltip:
    return alt.Tooltip(f"{field}:Q", format=",")


def _months_axis(months: list[str]) -> alt.X:
    axis: dict[str, Any] = {
        "title": None,
        "labelAngle": 0,
        "labelOverlap": "greedy",
        "labelSeparation": 6,
        "ticks": False,
    }
    return alt.X("Month:O").sort(months).axis(**axis)


def _names_axis(field: str, names: list[str], limit: int) -> alt.Y:
    return alt.Y(f"{field}:N").sort(names).axis(title=None, labelLimit=limit, ticks=False, domain=False)


def _dated(theme: Theme) -> alt.Color:
    return alt.Color("dated:N").scale(domain=[True, False], range=[theme.accent, theme.muted]).legend(None)


def _styled(chart: Any, theme: Theme) -> AnyChart:
    text: dict[str, Any] = {"labelColor": theme.muted, "titleColor": theme.muted, "titleFontWeight": "normal"}
    text |= {"labelFontSize": 12, "titleFontSize": 12}
    lines = {"gridColor": theme.rule, "domainColor": theme.rule, "tickColor": theme.rule}
    return chart.configure(
        background=theme.paper,
        font=FONT,
        padding=4,
        view={"stroke": None},
        axis=text | lines,
        legend=text,
        header={"labelColor": theme.ink},
        text={"fontSize": 12},
    )
