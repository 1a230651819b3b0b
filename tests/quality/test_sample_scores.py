"""The whole way on the sample dumps, scored on their gold: what every run measures must hold here."""

import duckdb
import pytest

from pipelines.evaluation import OWN_GOLD_FLOORS, evaluate
from tests.conftest import ROOT, Published

pytestmark = pytest.mark.quality


def test_no_score_is_below_its_floor(published: Published) -> None:
    with duckdb.connect(str(published.warehouse), read_only=True) as con:
        scores = {s.quantity: s for s in evaluate(con, ROOT / "tests" / "gold", floors=OWN_GOLD_FLOORS)}
    assert set(OWN_GOLD_FLOORS) <= set(scores)
    assert scores["documents of the gold found"].value == 1.0
    assert {s.quantity: s.value for s in scores.values() if s.passed is False} == {}


def test_the_published_accuracy_is_the_measured_one(published: Published) -> None:
    with duckdb.connect(str(published.warehouse), read_only=True) as con:
        measured = {s.quantity: s.value for s in evaluate(con, ROOT / "tests" / "gold")}
        assert dict(con.execute("select quantity, value from accuracy").fetchall()) == pytest.approx(measured)
