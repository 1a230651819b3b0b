"""What the other articles of an article's source are about: by publisher, else by document, never by itself."""

from pathlib import Path

import pytest

from pipelines.warehouse import Warehouse
from pipelines.warehouse.sources import FEWEST_OTHERS, PRIORS


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path / "build" / "w.duckdb", wait_seconds=0.2)


def priors(warehouse: Warehouse, articles: list[tuple[str, str, str | None, dict[str, float]]]) -> dict[str, dict]:
    """Told of articles given as (id, document, publisher, share of each country)."""
    with warehouse.writing() as con:
        for article_id, document_id, publisher, shares in articles:
            con.execute(
                """
                insert into raw.articles by name select
                    ? as article_id, ? as document_id, 1 as ordinal, '' as body, ? as publisher, 0 as words,
                    1 as start_line, 1 as end_line, 0 as start_char, 1 as end_char, 1.0 as boundary_confidence,
                    '' as content_hash
                """,
                [article_id, document_id, publisher],
            )
            for iso2, share in shares.items():
                con.execute("insert into raw.article_country_shares values (?, ?, ?)", [article_id, iso2, share])
    told: dict[str, dict] = {}
    with warehouse.reading() as con:
        for article_id, iso2, share in con.execute(PRIORS).fetchall():
            told.setdefault(article_id, {})[iso2] = share
    return told


def test_an_article_hears_from_the_others_of_its_document(warehouse: Warehouse) -> None:
    told = priors(
        warehouse,
        [(f"a{i}", "d", None, {"US": 1.0}) for i in range(FEWEST_OTHERS)] + [("b", "d", None, {"FR": 1.0})],
    )
    assert told == {"b": {"US": 1.0}} | {f"a{i}": {"US": 0.8} for i in range(FEWEST_OTHERS)}


def test_too_few_others_tell_nothing(warehouse: Warehouse) -> None:
    assert priors(warehouse, [(f"a{i}", "d", None, {"US": 1.0}) for i in range(FEWEST_OTHERS)]) == {}


def test_a_publisher_goes_before_the_document_and_across_documents(warehouse: Warehouse) -> None:
    told = priors(
        warehouse,
        [(f"a{i}", f"d{i}", "Lagoon Gazette", {"US": 1.0}) for i in range(FEWEST_OTHERS + 1)]
        + [(f"b{i}", "d0", None, {"FR": 1.0}) for i in range(FEWEST_OTHERS + 1)],
    )
    assert told["a0"] == {"US": 1.0}
    assert told["b0"] == {"FR": 1.0}


def test_a_source_about_everything_tells_nothing(warehouse: Warehouse) -> None:
    shares = {"US": 0.3, "FR": 0.3, "CN": 0.4}
    told = priors(warehouse, [(f"a{i}", "d", None, shares) for i in range(10)])
    assert told == {f"a{i}": {"CN": 0.4} for i in range(10)}
