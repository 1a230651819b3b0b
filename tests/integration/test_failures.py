"""An article on which a step fails costs that article, in that step; an error of the program costs the run."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.defs import fingerprints
from pipelines.defs.resolve import rows as resolve
from pipelines.defs.resolve.rows import CountryRows
from pipelines.defs.split import rows as split_rows
from pipelines.text.article_text import ArticleText
from pipelines.text.extraction import extract as extraction
from pipelines.text.extraction.mentions import Extraction
from pipelines.text.resolution import countries, entities, quantities, quotations, stories, tone
from pipelines.text.resolution.countries import Gazetteer
from pipelines.text.resolution.entities import EntityKnowledge
from pipelines.text.resolution.topics import TopicModel
from pipelines.warehouse.checks import CHECKS, offenders
from pipelines.warehouse.failures import described, isolate, most_failures
from pipelines.warehouse.ledger import ChangedMeanwhileError, Pending
from tests.integration.steps import load_knowledge_once, raw_tables, run_steps

PLACES = ("Spain", "France", "Chile", "Ghana", "Japan", "Kenya", "Peru", "Qatar", "Malta", "Nepal")
NEWS = (
    "Dam opens in {0}\n\nOSLO, {1} May 2026 – The dam in {0} opened on Sunday, said Ida Berg of the Water Board.\n\n"
    "“It cost 30 million euros, a terrible sum,” Berg said. The {1} villages below it are dry at last.\n"
)
UNSPLIT, POISON = "Nepal", "Kenya"
"""Words of one document that cannot be split, and of an article on which every later step fails."""
STEPS = {
    "split": (split_rows, "split_document"),
    "extract": (extraction, "extract"),
    "countries": (countries, "resolve_countries"),
    "entities": (entities, "resolve_article"),
    "topics": (TopicModel, "decide"),
    "stories": (stories, "signature"),
    "quotations": (quotations, "find_quotations"),
    "tone": (tone, "sentence_tones"),
    "quantities": (quantities, "find_amounts"),
}


@pytest.fixture
def raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    load_knowledge_once(monkeypatch)
    folder = tmp_path / "raw"
    folder.mkdir()
    for day, place in enumerate(PLACES, start=1):
        (folder / f"{place}.txt").write_text(NEWS.format(place, day))
    return folder


def poison(monkeypatch: pytest.MonkeyPatch, step: str, word: str) -> None:
    """Make the library function of a step raise where the word is in the text that it is given."""
    owner, name = STEPS[step]
    function: Callable[..., Any] = getattr(owner, name)

    def failing(*args: Any, **kwargs: Any) -> Any:
        if step == "extract":
            args = (args[0], list(args[1]))
        if word in str([a for a in args if isinstance(a, str | ArticleText | list)]):
            raise RecursionError(f"of {word}\nno end")
        return function(*args, **kwargs)

    monkeypatch.setattr(owner, name, failing)


def query(build: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(build), read_only=True) as con:
        return con.execute(sql).fetchall()


def test_one_article_that_breaks_every_step_is_set_aside_and_done_when_the_code_is_repaired(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected, build = tmp_path / "e" / "w.duckdb", tmp_path / "b" / "w.duckdb"
    with monkeypatch.context() as broken:
        for step in STEPS:
            poison(broken, step, UNSPLIT if step == "split" else POISON)
        run_steps(raw, build)
        failures = query(build, "select step, error from raw.failures order by step")
        assert [step for step, _ in failures] == sorted({*STEPS, "about"})
        assert all(error.startswith("RecursionError: of ") and "\n" not in error for _, error in failures)
        with duckdb.connect(str(build)) as con:
            assert [c.name for c in CHECKS if c.blocking and offenders(con, c)[0]] == []
            (shown,) = [offenders(con, c)[2] for c in CHECKS if c.name == "no_step_failed"]
        assert {row[1].rsplit("/", 1)[-1] for row in shown} == {f"{UNSPLIT}.txt", f"{POISON}.txt"}
    run_steps(raw, expected)
    # the others have all that they have without the broken ones
    others = f"""
        select m.* from raw.country_mentions as m inner join raw.articles as a using (article_id)
        where a.title not in ('Dam opens in {UNSPLIT}', 'Dam opens in {POISON}') order by all
    """  # noqa: S608
    assert query(build, others) == query(expected, others)
    # nothing is tried again while the code is the same
    run_steps(raw, build)
    assert query(build, "select step, error from raw.failures order by step") == failures
    # a failure goes with its input
    (raw / f"{UNSPLIT}.txt").rename(tmp_path / "aside.txt")
    run_steps(raw, build, prune=True)
    assert query(build, "select count(*) from raw.failures where step = 'split'") == [(0,)]
    (tmp_path / "aside.txt").rename(raw / f"{UNSPLIT}.txt")
    for step in STEPS:
        monkeypatch.setattr(fingerprints, step, lambda *_, step=step: f"{step}, repaired")
    run_steps(raw, build)
    assert raw_tables(build) == raw_tables(expected)


@pytest.mark.parametrize("step", ["split", "extract", "countries"])
def test_an_error_that_hits_every_article_fails_the_run(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    poison(monkeypatch, step, "Ida Berg")
    build = tmp_path / "b" / "w.duckdb"
    with pytest.raises(RecursionError, match="of Ida Berg"):
        run_steps(raw, build)
    assert query(build, "select * from raw.failures") == []


def test_what_is_wrong_with_the_machine_is_no_articles_fault() -> None:
    tried: list[int] = []
    batch = [Pending(str(i), "h") for i in range(8)]

    def do(error: Exception) -> Callable[..., None]:
        def doing(some: list[Pending]) -> None:
            tried.append(len(some))
            raise error

        return doing

    for error in (OSError(28, "No space left on device"), MemoryError(), duckdb.IOException("x")):
        with pytest.raises(type(error)):
            isolate(batch, do(error), step="s", most=8)
    assert tried == [8, 8, 8]
    with pytest.raises(duckdb.ConversionException):  # a row that does not fit its column may be one article's
        isolate(batch, do(duckdb.ConversionException("x")), step="s", most=2)
    assert tried[3:] == [8, 4, 2, 1, 1, 2, 1]


def test_of_two_thousand_inputs_two_bad_ones_are_found_in_few_tries() -> None:
    tried = 0
    done: set[str] = set()

    def do(some: Sequence[Pending]) -> None:
        nonlocal tried
        tried += 1
        if bad := [p for p in some if p.input_id in ("77", "1999")]:
            raise KeyError(bad[0].input_id)
        done.update(p.input_id for p in some)

    failures = isolate([Pending(str(i), "h") for i in range(2000)], do, step="s", most=3)
    assert sorted(f.input.input_id for f in failures) == ["1999", "77"]
    assert len(done) == 1998
    assert tried < 50


@pytest.mark.parametrize(("inputs", "most"), [(1, 1), (2, 1), (3, 2), (4, 3), (60, 3), (100, 5), (2000, 100)])
def test_so_many_failures_are_taken_for_the_inputs(inputs: int, most: int) -> None:
    assert most_failures(inputs) == most


def test_an_error_is_told_in_one_line_with_its_place() -> None:
    with pytest.raises(ValueError, match="extraction of") as caught:
        entities.resolve_article(
            ArticleText(article_id="two\nlines\x00", segments=()),
            Extraction(article_id="x", sentences=(), entities=()),
            EntityKnowledge.__new__(EntityKnowledge),
        )
    told = described(caught.value)
    assert told.startswith("ValueError: extraction of 'x' given for article ")
    assert told.endswith(", in resolve_article)")
    assert "(article.py, line " in told
    assert len(described(ValueError("x" * 9000))) < 600


def test_a_data_file_that_is_edited_while_it_is_loaded_is_never_noted_as_what_it_was(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else rows made from it would stand for those of the file as it was, once the edit is taken back."""
    build = tmp_path / "b" / "w.duckdb"
    state, loads = ["as it was"], Gazetteer.load

    def edited(folder: Path) -> Gazetteer:
        state[0] = "edited"
        return loads(folder)

    with monkeypatch.context() as editing:
        editing.setattr(fingerprints, "countries", lambda: state[0])
        editing.setattr(countries.Gazetteer, "load", edited)
        editing.setattr(resolve, "CountryRows", CountryRows)
        with pytest.raises(ChangedMeanwhileError, match="run again"):
            run_steps(raw, build)
    assert query(build, "select * from raw.ledger where step in ('about', 'countries')") == []
    assert query(build, "select * from raw.failures") == []
