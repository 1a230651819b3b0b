"""Scores of splitting on annotated dumps, by kind of file, with floors; `make quality` prints the tables.

Three collections: the samples of every kind of file, the project's own gold, and what annotated dumps stand beside the
project.
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, reduce
from pathlib import Path

import pytest
from rich.console import Console

from pipelines.evaluation.gold import GoldArticle, GoldDocument, read_gold
from pipelines.evaluation.lines import Lines
from pipelines.evaluation.predictions import prediction_of
from pipelines.evaluation.splitting import SplitTally, tally_split
from pipelines.evaluation.tables import format_reliability, format_roles, format_splits
from pipelines.text.reading import find_files, read_file
from pipelines.text.splitting import split_document
from tests.conftest import ROOT

pytestmark = pytest.mark.quality
SHARED = ROOT.parent / "shared"
COLLECTIONS = {
    "samples": (ROOT / "tests/quality/samples", ROOT / "tests/quality/samples"),
    "own gold": (ROOT / "seeds", ROOT / "tests/gold"),
    "annotated": (SHARED / "corpus", SHARED / "eval/gold"),
    "joined": (SHARED / "eval/dumps", SHARED / "eval/dumps_gold"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Floors:
    """The least that is asked: F1 of starts, shares of lines and fields; and the most of errors."""

    f1: float
    pk: float
    roles: float | None
    fields: float | None
    text: float = 0.97
    furniture: float = 0.0


FLOORS = {}


def text_of(path: Path) -> str:
    document = read_file(find_files([str(path)], home=path.parent)[0], max_bytes=2**30)
    assert document.text is not None
    return document.text


@cache
def tallies(collection: str) -> dict[str, dict[str, SplitTally]]:
    """Tallies by kind of file and file; a gold that names no kind is a kind of its own."""
    dumps, gold_dir = COLLECTIONS[collection]
    out: dict[str, dict[str, SplitTally]] = defaultdict(dict)
    for gold in read_gold(gold_dir):
        text = text_of(dumps / gold.file)
        tally = SplitTally()
        tally_split(gold, prediction_of(text, split_document(text, path=gold.file)), Lines(text), tally)
        out[gold.kind or gold.file][gold.file] = tally
    return dict(out)


def together(parts) -> SplitTally:
    return reduce(SplitTally.plus, parts, SplitTally())


def here(collection: str) -> bool:
    return COLLECTIONS[collection][1].is_dir()


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_report(collection):
    if not here(collection):
        pytest.skip("no annotated dumps beside the project")
    by_kind = tallies(collection)
    console = Console(width=190)
    console.rule(f"splitting: {collection}", align="left")
    console.print(format_splits({name: tally for files in by_kind.values() for name, tally in files.items()}))
    everything = together(tally for files in by_kind.values() for tally in files.values())
    console.print(
        format_splits({kind: together(files.values()) for kind, files in by_kind.items()} | {"all": everything})
    )
    console.print(format_roles(everything), format_reliability(everything))
