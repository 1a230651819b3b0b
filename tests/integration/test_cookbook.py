"""The cookbook's queries give the answers that stand under them."""

import runpy

import duckdb
import pytest

from tests.building import PROJECT, ROOT
from tests.conftest import Published

BOOK = runpy.run_path(str(PROJECT / "cookbook.py"))
PAGE = (ROOT / "docs" / "cookbook.md").read_text(encoding="utf-8")
RECIPES = list(BOOK["recipes"](PAGE))


def test_there_are_thirty_questions_and_all_are_read() -> None:
    assert len(RECIPES) == PAGE.count("```sql") == PAGE.count("\n### ") >= 30
    assert [int(question.split(".")[0]) for question, *_ in RECIPES] == list(range(1, len(RECIPES) + 1))


@pytest.mark.parametrize(("question", "query", "answer"), RECIPES, ids=[q for q, *_ in RECIPES])
def test_the_answer_is_what_the_query_gives(published: Published, question: str, query: str, answer: str) -> None:
    with duckdb.connect(str(published.warehouse), read_only=True) as con:
        assert answer == BOOK["answer"](con, query), "run: python dbt_project/cookbook.py WAREHOUSE (of seeds/)"
        assert len(answer.splitlines()) > 2 or "run_changes" in query
        # ties are broken in the query itself: the rows come in the same order whatever DuckDB's threads do
        con.execute("set threads = 1")
        assert answer == BOOK["answer"](con, query)


def test_cells_hold_no_markup() -> None:
    with duckdb.connect() as con:
        shown = BOOK["answer"](
            con, "select 'a|b' || chr(10) || 'c' as x, null as y, [1, 2] as z, 0.123456789::double as f"
        )
    assert shown.splitlines()[2] == "| a\\|b c |  | 1, 2 | 0.123457 |"
