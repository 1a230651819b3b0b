"""The counting marts worked out a second time, in plain Python, from the published base tables alone.

Nothing here looks at the dbt models: a mart and its recount are two ways to the same figures, and the statistics are
scipy's (contingency tables, binomial intervals) where it has them.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from math import isclose, log, log2, sqrt
from typing import Any

import duckdb
import numpy as np
from scipy.special import rel_entr
from scipy.stats import binomtest
from scipy.stats.contingency import expected_freq

Row = dict[str, Any]
Table = dict[Any, Row]
"""Rows by key: a value, or a tuple of them."""


@dataclass(frozen=True)
class Base:
    """The published base tables, as rows."""

    articles: dict[str, Row]
    country_mentions: list[Row]
    entity_mentions: list[Row]
    article_topics: list[Row]
    stories: dict[str, Row]
    entities: dict[str, Row]
    topics: dict[str, Row]
    countries: dict[str, Row]

    def story(self, article_id: str) -> str:
        return self.articles[article_id]["story_id"]

    def stories_of(self, article_ids: Iterable[str]) -> set[str]:
        return {self.story(a) for a in article_ids}


def rows_of(con: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    answer = con.execute(query)
    columns = [c[0] for c in answer.description or []]
    return [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]


def base_tables(con: duckdb.DuckDBPyConnection) -> Base:
    def by(key: str, query: str) -> dict[str, Row]:
        return {row[key]: row for row in rows_of(con, query)}

    return Base(
        articles=by("article_id", "from articles"),
        country_mentions=rows_of(con, "from country_mentions"),
        entity_mentions=rows_of(con, "from entity_mentions"),
        article_topics=rows_of(con, "from article_topics"),
        stories=by("story_id", "from stories"),
        entities=by("entity_id", "from entities"),
        topics=by("topic_id", "from topics"),
        countries=by("iso2", "from countries"),
    )


# ------------------------------------------------------------------------------------------------------- statistics


@cache
def wilson(k: int, n: int) -> tuple[float | None, float | None]:
    if n == 0:
        return None, None
    interval = binomtest(k, n).proportion_ci(confidence_level=0.95, method="wilson")
    return float(interval.low), float(interval.high)


def share(name: str, k: int, n: int) -> Row:
    low, high = wilson(k, n)
    return {name: k / n if n else None, f"{name}_low": low, f"{name}_high": high}


def association(n_a: int, n_b: int, n_both: int, n_total: int) -> Row:
    observed = np.array([[n_both, n_a - n_both], [n_b - n_both, n_total - n_a - n_b + n_both]], dtype=float)
    expected = expected_freq(observed)
    g2 = 2 * rel_entr(observed, expected).sum()
    lift = n_both / expected[0, 0]
    return {
        "expected_both": expected[0, 0],
        "lift": lift,
        "pmi": log2(lift),
        "npmi": 1.0 if n_both == n_a == n_b else log(lift) / -log(n_both / n_total),
        "log_likelihood": g2 if n_both >= expected[0, 0] else -g2,
        "jaccard": n_both / (n_a + n_b - n_both),
        "n_both": n_both,
        "n_total": n_total,
    }


def log_odds(y: int, n: int, y_others: int, n_others: int, prior: float) -> tuple[float | None, float | None]:
    """Monroe, Colaresi and Quinn (2008), with ω of the two sides written out one by one."""
    if y + y_others == n + n_others:
        return None, None
    alpha = prior * (y + y_others) / (n + n_others)

    def omega(count: int, total: int) -> float:
        return (count + alpha) / (total + prior - count - alpha)

    delta = log(omega(y, n)) - log(omega(y_others, n_others))
    return delta, delta / sqrt(1 / (y + alpha) + 1 / (y_others + alpha))


# ------------------------------------------------------------------------------------------------------- the months


def month_of(article: Mapping[str, Any]) -> date | None:
    return article["published_on"].replace(day=1) if article["published_precision"] in ("day", "month") else None


def next_month(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def months_back(month: date, n: int) -> date:
    for _ in range(n):
        month = (month - timedelta(days=1)).replace(day=1)
    return month


def calendar(base: Base) -> list[date | None]:
    """Every month from the first to the last, and None where there are undated articles."""
    dated = sorted(m for a in base.articles.values() if (m := month_of(a)))
    months: list[date | None] = []
    month = dated[0] if dated else None
    while month and month <= dated[-1]:
        months.append(month)
        month = next_month(month)
    return months + ([None] if len(dated) < len(base.articles) else [])


def totals_of(base: Base, article_ids: Iterable[str]) -> tuple[int, int, int]:
    """Articles, stories, words."""
    ids = list(article_ids)
    return len(ids), len(base.stories_of(ids)), sum(base.articles[a]["words"] for a in ids)


# --------------------------------------------------------------------------------------------------------- presence


def article_countries(base: Base, focus_share: float) -> Table:
    table: Table = {}
    weights: dict[str, Counter[str]] = defaultdict(Counter)
    for m in base.country_mentions:
        row = table.setdefault(
            (m["article_id"], m["iso2"]),
            {"mentions": 0, "in_title": False, "in_lead": False}
            | {f"{kind}_mentions": 0 for kind in ("name", "demonym", "metonym", "place")},
        )
        first = m["zone"] == "body" and m["paragraph"] == 1
        weights[m["article_id"]][m["iso2"]] += 2 if first else 1 if m["zone"] == "body" else 3
        row["mentions"] += 1
        row[f"{m['kind']}_mentions"] += 1
        row["in_title"] |= m["zone"] == "title"
        row["in_lead"] |= m["zone"] == "standfirst" or first
    of_article: Counter[str] = Counter(m["article_id"] for m in base.country_mentions)
    for (article, iso2), row in table.items():
        row["share"] = row["mentions"] / of_article[article]
        row["weighted_share"] = weights[article][iso2] / sum(weights[article].values())
        row["is_focus"] = row["weighted_share"] >= focus_share
    return table


Presence = dict[str, dict[str, int]]
"""Item → article → mentions."""


def presence(rows: Iterable[Mapping[str, Any]], item: str) -> Presence:
    found: Presence = defaultdict(Counter)
    for row in rows:
        found[row[item]][row["article_id"]] += 1
    return found


# ------------------------------------------------------------------------------------------------------------ marts


class Recount:
    """Each method is a mart: rows by key, with the columns that are counted."""

    def __init__(self, base: Base, settings: Mapping[str, Any]) -> None:
        self.base = base
        self.settings = settings
        self.cells = article_countries(base, settings["focus_share"])
        self.countries = presence(base.country_mentions, "iso2")
        self.entities = presence(base.entity_mentions, "entity_id")
        self.topics = presence(base.article_topics, "topic_id")
        self.total_articles, self.total_stories, self.total_words = totals_of(base, base.articles)
        self.by_month: dict[date | None, set[str]] = defaultdict(set)
        for article_id, article in base.articles.items():
            self.by_month[month_of(article)].add(article_id)

    def article_countries(self) -> Table:
        return self.cells

    def focus(self, iso2: str) -> set[str]:
        return {a for a in self.countries[iso2] if self.cells[a, iso2]["is_focus"]}

    def mentions_per_country(self) -> Table:
        table: Table = {}
        for iso2, articles in self.countries.items():
            cells = [self.cells[a, iso2] for a in articles]
            stories = len(self.base.stories_of(articles))
            days = [d for a in articles if (d := self.base.articles[a]["published_on"])]
            focus = self.focus(iso2)
            table[iso2] = {
                "iso3": self.base.countries[iso2]["iso3"],
                "name": self.base.countries[iso2]["name"],
                "articles": len(articles),
                "stories": stories,
                "focus_articles": len(focus),
                "focus_stories": len(self.base.stories_of(focus)),
                "title_articles": sum(c["in_title"] for c in cells),
                **{
                    c: sum(cell[c] for cell in cells)
                    for c in ("mentions", "name_mentions", "demonym_mentions", "metonym_mentions", "place_mentions")
                },
                "total_articles": self.total_articles,
                "total_stories": self.total_stories,
                "total_words": self.total_words,
                **share("article_share", len(articles), self.total_articles),
                **share("story_share", stories, self.total_stories),
                **share("focus_share", len(self.base.stories_of(focus)), self.total_stories),
                "mentions_per_1000_words": 1000 * sum(articles.values()) / self.total_words,
                "first_published_on": min(days, default=None),
                "last_published_on": max(days, default=None),
            }
        return table

    def _monthly(self, articles: Mapping[str, int], month: date | None) -> Row:
        of_month = self.by_month[month]
        here = {a: n for a, n in articles.items() if a in of_month}
        total_articles, total_stories, total_words = totals_of(self.base, of_month)
        stories = len(self.base.stories_of(here))
        return {
            "mentions": sum(here.values()),
            "articles": len(here),
            "stories": stories,
            "total_articles": total_articles,
            "total_stories": total_stories,
            "total_words": total_words,
            **share("article_share", len(here), total_articles),
            **share("story_share", stories, total_stories),
        }

    def mentions_per_country_monthly(self) -> Table:
        table: Table = {}
        for iso2, articles in self.countries.items():
            before = None
            focus = self.focus(iso2)
            for month in calendar(self.base):
                row = self._monthly(articles, month)
                here = focus & self.by_month[month]
                row |= {
                    "name": self.base.countries[iso2]["name"],
                    "focus_articles": len(here),
                    "focus_stories": len(self.base.stories_of(here)),
                    "mentions_per_1000_words": 1000 * row["mentions"] / row["total_words"]
                    if row["total_words"]
                    else None,
                    "change_on_previous_month": row["mentions"] - before if month and before is not None else None,
                }
                before = row["mentions"]
                table[month, iso2] = row
        return table

    def entities_monthly(self) -> Table:
        table: Table = {}
        for entity_id, articles in self.entities.items():
            recurring = len(self.base.stories_of(articles)) >= 2
            for month in calendar(self.base):
                if recurring or self.by_month[month] & articles.keys():
                    row = self._monthly(articles, month)
                    del row["total_words"]
                    table[month, entity_id] = row
        return table

    def topics_monthly(self) -> Table:
        table: Table = {}
        for topic_id, articles in self.topics.items():
            before = None
            for month in calendar(self.base):
                row = self._monthly(articles, month)
                del row["total_words"], row["mentions"]
                row["name"] = self.base.topics[topic_id]["name"]
                row["change_on_previous_month"] = row["stories"] - before if month and before is not None else None
                before = row["stories"]
                table[month, topic_id] = row
        return table

    def _pairs(self, items: Presence, at_least: int = 1) -> Iterator[tuple[str, str, Row]]:
        of_story: dict[str, set[str]] = defaultdict(set)
        of_article: dict[str, set[str]] = defaultdict(set)
        n: Counter[str] = Counter()
        for item, articles in items.items():
            for article in articles:
                of_story[self.base.story(article)].add(item)
                of_article[article].add(item)
            n[item] = len(self.base.stories_of(articles))
        together = Counter(pair for found in of_story.values() for pair in combinations(sorted(found), 2))
        articles_both = Counter(pair for found in of_article.values() for pair in combinations(sorted(found), 2))
        for (a, b), n_both in together.items():
            if n_both >= at_least:
                counts = {"n_a": n[a], "n_b": n[b], "articles_both": articles_both[a, b]}
                yield a, b, association(n[a], n[b], n_both, self.total_stories) | counts

    def country_cooccurrence(self) -> Table:
        of_sentence: dict[tuple[str, int], set[str]] = defaultdict(set)
        for m in self.base.country_mentions:
            of_sentence[m["article_id"], m["sentence"]].add(m["iso2"])
        sentences = Counter(pair for found in of_sentence.values() for pair in combinations(sorted(found), 2))
        return {(a, b): row | {"sentences_both": sentences[a, b]} for a, b, row in self._pairs(self.countries)}

    def topic_cooccurrence(self) -> Table:
        def above(topic: str) -> set[str]:
            found: set[str] = set()
            while (parent := self.base.topics[topic]["parent_id"]) and parent not in found:
                found.add(parent)
                topic = parent
            return found

        return {
            (a, b): row for a, b, row in self._pairs(self.topics) if a not in above(b) and b not in above(a)
        }  # fmt: skip

    def entity_cooccurrence(self) -> Table:
        named = {
            e: articles
            for e, articles in self.entities.items()
            if self.base.entities[e]["resolved"] and self.base.entities[e]["label"] in ("PERSON", "ORG")
        }
        return {(a, b): row for a, b, row in self._pairs(named, at_least=2)}

    def country_topics(self) -> Table:
        topics_of: dict[str, set[str]] = defaultdict(set)
        for topic_id, articles in self.topics.items():
            for article in articles:
                topics_of[article].add(topic_id)
        table: Table = {}
        for iso2, articles in self.countries.items():
            stories = self.base.stories_of(articles)
            for topic_id, with_topic in self.topics.items():
                both = stories & self.base.stories_of(with_topic)
                if both:
                    n_a, n_b = len(stories), len(self.base.stories_of(with_topic))
                    shared = articles.keys() & with_topic.keys()
                    table[iso2, topic_id] = association(n_a, n_b, len(both), self.total_stories) | {
                        "n_country": n_a,
                        "n_topic": n_b,
                        "articles_both": len(shared),
                        "n_both_focus": len(self.base.stories_of(shared & self.focus(iso2))),
                    }
        return table

    def country_focus(self) -> Table:
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        present: dict[str, set[str]] = defaultdict(set)
        for article, iso2 in self.cells:
            present[article].add(iso2)
        for (article, iso2), cell in self.cells.items():
            if cell["is_focus"]:
                for other in present[article] - {iso2}:
                    found[iso2, other].add(article)
        table: Table = {}
        for (iso2, other), articles in found.items():
            focus = self.focus(iso2)
            stories, focus_stories = len(self.base.stories_of(articles)), len(self.base.stories_of(focus))
            overall = len(self.base.stories_of(self.countries[other])) / self.total_stories
            table[iso2, other] = {
                "mentions": sum(self.cells[a, other]["mentions"] for a in articles),
                "articles": len(articles),
                "stories": stories,
                "focus_articles": len(focus),
                "focus_stories": focus_stories,
                **share("article_share", len(articles), len(focus)),
                **share("story_share", stories, focus_stories),
                "overall_story_share": overall,
                "lift": stories / focus_stories / overall,
            }
        return table

    def _items(self) -> Iterator[tuple[str, str, str | None, Mapping[str, int]]]:
        """Kind, item, label, articles."""
        yield from (("country", item, None, articles) for item, articles in self.countries.items())
        yield from (("topic", item, None, articles) for item, articles in self.topics.items())
        for item, articles in self.entities.items():
            if self.base.entities[item]["resolved"]:
                yield "entity", item, self.base.entities[item]["label"], articles

    def trending(self) -> Table:
        """For periods of a month, the default."""
        dated = [m for m in calendar(self.base) if m]
        if not dated:
            return {}
        start = dated[-1]
        first = months_back(start, self.settings["trending_baseline_periods"])
        recent = self.by_month[start]
        earlier = {a for month, found in self.by_month.items() if month and first <= month < start for a in found}
        total, total_before = len(self.base.stories_of(recent)), len(self.base.stories_of(earlier))
        table: Table = {}
        for kind, item, label, articles in self._items():
            now = articles.keys() & recent
            stories = len(self.base.stories_of(now))
            before = len(self.base.stories_of(articles.keys() & earlier))
            if stories + before < max(1, self.settings["trending_min_stories"]):
                continue
            observed = np.array([[stories, before], [total - stories, total_before - before]], dtype=float)
            expected = float(expected_freq(observed)[0, 0])
            table[kind, item] = {
                "label": label,
                "baseline_start": first,
                "period_start": start,
                "period_end": next_month(start),
                "mentions": None if kind == "topic" else sum(articles[a] for a in now),
                "articles": len(now),
                "stories": stories,
                "stories_before": before,
                "total_stories": total,
                "total_stories_before": total_before,
                **share("story_share", stories, total),
                "story_share_before": before / total_before if total_before else None,
                "expected_stories": expected,
                "pearson_residual": (stories - expected) / sqrt(expected),
            }
        for kind in ("country", "entity", "topic"):
            keys = [k for k in table if isinstance(k, tuple) and k[0] == kind]
            keys.sort(key=lambda k: (-round(table[k]["pearson_residual"], 9), -table[k]["stories"], k[1]))
            for rank, key in enumerate(keys, start=1):
                table[key]["rank"] = rank
        return table

    def publishers(self) -> Table:
        table: Table = {}
        for publisher, articles in self._by_publisher().items():
            rows = [self.base.articles[a] for a in articles]
            days = [r["published_on"] for r in rows if r["published_on"]]
            stories = len(self.base.stories_of(articles))
            table[publisher] = {
                "articles": len(articles),
                "stories": stories,
                "words": sum(r["words"] for r in rows),
                "country_mentions": sum(m["article_id"] in articles for m in self.base.country_mentions),
                "months": len({m for r in rows if (m := month_of(r))}),
                "undated_articles": sum(month_of(r) is None for r in rows),
                "first_published_on": min(days, default=None),
                "last_published_on": max(days, default=None),
                "total_articles": self.total_articles,
                "total_stories": self.total_stories,
                **share("article_share", len(articles), self.total_articles),
                **share("story_share", stories, self.total_stories),
            }
        return table

    def _by_publisher(self) -> dict[str | None, set[str]]:
        """Articles by publisher; spellings that differ in capitals are one, under the commonest that does not shout."""
        spellings = Counter(article["publisher"] for article in self.base.articles.values())
        names: dict[str | None, str | None] = {None: None}
        for name in sorted(filter(None, spellings), key=lambda n: (n.isupper() and " " in n, -spellings[n], n))[::-1]:
            names[name.lower()] = name
        found: dict[str | None, set[str]] = defaultdict(set)
        for article_id, article in self.base.articles.items():
            found[names[article["publisher"] and article["publisher"].lower()]].add(article_id)
        return found

    def publisher_profiles(self) -> Table:
        table: Table = {}
        by_publisher = self._by_publisher()
        stories_of = {p: len(self.base.stories_of(articles)) for p, articles in by_publisher.items()}
        for kind, items in (("country", self.countries), ("topic", self.topics)):
            count = {
                (p, item): len(self.base.stories_of(own))
                for p, of_publisher in by_publisher.items()
                for item, articles in items.items()
                if (own := articles.keys() & of_publisher)
            }
            total: Counter[str | None] = Counter()
            for (p, _), n in count.items():
                total[p] += n
            of_item: Counter[str] = Counter()
            for (_, item), n in count.items():
                of_item[item] += n
            for (publisher, item), y in count.items():
                if publisher is None:
                    continue
                own = items[item].keys() & by_publisher[publisher]
                others = of_item[item] - y
                other_presences = sum(total.values()) - total[publisher]
                other_stories = sum(stories_of.values()) - stories_of[publisher]
                delta, z = log_odds(y, total[publisher], others, other_presences, self.settings["profile_prior"])
                table[publisher, kind, item] = {
                    "mentions": None if kind == "topic" else sum(items[item][a] for a in own),
                    "articles": len(own),
                    "stories": y,
                    "publisher_articles": len(by_publisher[publisher]),
                    "publisher_stories": stories_of[publisher],
                    **share("article_share", len(own), len(by_publisher[publisher])),
                    **share("story_share", y, stories_of[publisher]),
                    "other_stories": others,
                    "other_publisher_stories": other_stories,
                    "other_story_share": others / other_stories if other_stories else None,
                    "presences": total[publisher],
                    "other_presences": other_presences,
                    "log_odds": delta,
                    "z_score": z,
                }
        return table

    def stories(self) -> Table:
        """Sizes alone: which article came first is told by the documents."""
        sizes = Counter(a["story_id"] for a in self.base.articles.values())
        return {story: {"articles": n} for story, n in sizes.items()}

    def entities_(self) -> Table:
        return {
            e: {"mentions": sum(articles.values()), "articles": len(articles)} for e, articles in self.entities.items()
        }

    def gkg(self) -> Table:
        names: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        clean = str.maketrans(";#,", "   ")
        for m in sorted(self.base.entity_mentions, key=lambda m: (m["start_char"], m["entity_id"])):
            entity = self.base.entities[m["entity_id"]]
            at = m["start_char"] - self.base.articles[m["article_id"]]["start_char"]
            names[m["article_id"]][entity["label"]].append(f"{entity['name'].translate(clean)},{at}")
        places: dict[str, list[str]] = defaultdict(list)
        for m in sorted(self.base.country_mentions, key=lambda m: (m["start_char"], m["iso2"])):
            country = self.base.countries[m["iso2"]]
            at = m["start_char"] - self.base.articles[m["article_id"]]["start_char"]
            name = country["name"].translate(clean)
            full = f"{m['surface'].translate(clean)}, {name}" if m["kind"] == "place" else name
            places[m["article_id"]].append(
                f"{4 if m['kind'] == 'place' else 1}#{full}#{country['fips'] or ''}#####{at}"
            )
        return {
            a: {
                "v2persons": ";".join(names[a]["PERSON"]) or None,
                "v2organizations": ";".join(names[a]["ORG"]) or None,
                "v2locations": ";".join(places[a]) or None,
            }
            for a in self.base.articles
        }


MARTS: dict[str, tuple[tuple[str, ...], Callable[[Recount], Table]]] = {
    "article_countries": (("article_id", "iso2"), Recount.article_countries),
    "mentions_per_country": (("iso2",), Recount.mentions_per_country),
    "mentions_per_country_monthly": (("month", "iso2"), Recount.mentions_per_country_monthly),
    "entities_monthly": (("month", "entity_id"), Recount.entities_monthly),
    "topics_monthly": (("month", "topic_id"), Recount.topics_monthly),
    "country_cooccurrence": (("iso2_a", "iso2_b"), Recount.country_cooccurrence),
    "topic_cooccurrence": (("topic_a", "topic_b"), Recount.topic_cooccurrence),
    "entity_cooccurrence": (("entity_a", "entity_b"), Recount.entity_cooccurrence),
    "country_topics": (("iso2", "topic_id"), Recount.country_topics),
    "country_focus": (("iso2_focus", "iso2_present"), Recount.country_focus),
    "trending": (("kind", "item"), Recount.trending),
    "publishers": (("publisher",), Recount.publishers),
    "publisher_profiles": (("publisher", "kind", "item"), Recount.publisher_profiles),
    "stories": (("story_id",), Recount.stories),
    "entities": (("entity_id",), Recount.entities_),
    "gkg": (("gkgrecordid",), Recount.gkg),
}
"""The marts that count, with their keys."""


def differences(con: duckdb.DuckDBPyConnection, recount: Recount, mart: str) -> tuple[int, list[str]]:
    """How many rows the recount has, and where it and the mart differ."""
    key, count = MARTS[mart]
    ours = {tuple(row[k] for k in key): row for row in rows_of(con, f"from {mart}")}
    theirs = {k if isinstance(k, tuple) else (k,): row for k, row in count(recount).items()}
    found = [f"{mart} {k}: only in the mart" for k in ours.keys() - theirs.keys()]
    found += [f"{mart} {k}: missing in the mart" for k in theirs.keys() - ours.keys()]
    for k in ours.keys() & theirs.keys():
        found += [
            f"{mart} {k} {column}: {ours[k][column]!r}, recounted {value!r}"
            for column, value in theirs[k].items()
            if not same(ours[k][column], value)
        ]
    return len(theirs), found


def same(one: Any, other: Any) -> bool:
    if isinstance(one, float) or isinstance(other, float):
        if one is None or other is None:
            return one is other
        return isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return one == other
