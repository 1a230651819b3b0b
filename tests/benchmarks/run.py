"""`make bench`: how fast, how much memory, as ratios that hold on any machine; written to docs/benchmarks.md.

Usage: python -m tests.benchmarks.run [ARTICLES ...]   (sizes of the dumps; 1000 and 4000 unless told)

Times of ratios are processor time, since other work on a machine must not count; only starting a run is wall time.
Things that are compared are measured in turn, several times, and the medians are taken.
"""

import json
import math
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.benchmarks.dumps import article, write_dumps
from tests.benchmarks.measure_steps import cpu_seconds

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "benchmarks.md"
REPEATS = int(os.environ.get("DATELINE_BENCH_REPEATS", "5"))
WORDS = 400
BESIDES = (
    "ingest", "split", "countries", "entities", "topics", "stories", "quotations", "tone", "quantities", "checks",
    "report", "publishing",
)  # fmt: skip


def in_turn(*actions: Callable[[], object]) -> list[float]:
    """The median processor seconds of each action."""
    taken: list[list[float]] = [[] for _ in actions]
    for _ in range(REPEATS):
        for action, seconds in zip(actions, taken, strict=True):
            started = cpu_seconds()
            action()
            seconds.append(cpu_seconds() - started)
    return [statistics.median(s) for s in taken]


def extraction() -> dict[str, float]:
    """Extraction against the same pipeline on the same texts, and against the pipeline as it is delivered."""
    import spacy

    from pipelines.text.article_text import ArticleText, Segment
    from pipelines.text.extraction.extract import extract
    from pipelines.text.extraction.model import DEFAULT_MODEL, load_model

    cut, whole = load_model(), spacy.load(DEFAULT_MODEL)
    articles = []
    for number in range(100):
        paragraphs = [p for p in article(number, WORDS).split("\n\n") if p]
        segments = tuple(
            Segment(zone="body" if i else "title", paragraph=i, start_char=0, text=p) for i, p in enumerate(paragraphs)
        )
        articles.append(ArticleText(article_id=str(number), segments=segments))
    texts = [s.text for a in articles for s in a.segments]
    words = sum(len(t.split()) for t in texts)
    step, bare, default = in_turn(
        lambda: list(extract(cut, articles)),
        lambda: list(cut.pipe(texts, batch_size=64)),
        lambda: list(whole.pipe(texts, batch_size=64)),
    )
    return {
        "words": words, "words_per_second": words / step, "over_bare": bare / step, "over_default": default / step
    }  # fmt: skip


def splitter() -> float:
    """MB a second."""
    from pipelines.text.splitting import split_document

    text = "\n\n\n\n".join(article(number, WORDS) for number in range(200))
    (seconds,) = in_turn(lambda: split_document(text))
    return len(text.encode()) / seconds / 1e6


def steps(folder: Path, size: int) -> dict[str, Any]:
    """Seconds and memory of every step on a dump of `size` articles."""
    raw, build = folder / f"raw{size}", folder / f"w{size}" / "build" / "news.duckdb"
    written = write_dumps(raw, size, words=WORDS)
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.measure_steps", raw, build, "dbt"],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    shutil.rmtree(raw)
    shutil.rmtree(build.parent.parent)  # the largest do not stay on the disk beside the next
    found = json.loads(done.stdout.splitlines()[-1])
    return found | {"megabytes": written / 1e6}


EMPTY_JOB = """
import dagster as dg

@dg.asset
def nothing() -> None: ...

job = dg.Definitions(assets=[nothing], jobs=[dg.define_asset_job("empty")]).resolve_job_def("empty")
with dg.DagsterInstance.get() as instance:
    assert job.execute_in_process(instance=instance).success
import dagster_dbt
"""


def restarting(folder: Path) -> dict[str, float]:
    """A run without new input, against an empty Dagster job and an empty dbt build.

    Once as people start it, once (`--prune`) as Dagster's job, in which each step finds nothing to do.
    """
    home = folder / "home"
    home.mkdir()
    (home / "dagster.yaml").write_text((ROOT / "warehouse" / "dagster_home" / "dagster.yaml").read_text())
    project = folder / "empty_dbt"
    (project / "models").mkdir(parents=True)
    (project / "dbt_project.yml").write_text(
        "name: empty\nversion: '1.0.0'\nprofile: empty\nflags: {send_anonymous_usage_stats: false}\n"
    )
    (project / "profiles.yml").write_text("empty: {target: x, outputs: {x: {type: duckdb, path: x.duckdb}}}\n")
    (project / "models" / "one.sql").write_text("select 1 as one\n")
    environment = os.environ | {"DAGSTER_HOME": str(home), "PYTHONPATH": str(ROOT)}
    programs = Path(sys.executable).parent
    warehouse = folder / "restart" / "news.duckdb"

    def call(*command: str | Path, cwd: Path = ROOT) -> None:
        subprocess.run(list(map(str, command)), cwd=cwd, env=environment, check=True, capture_output=True)

    def run(*options: str) -> None:
        call(programs / "dateline", "run", "--raw", ROOT / "seeds", "--warehouse", warehouse, *options)

    def empty() -> None:
        call(sys.executable, "-c", EMPTY_JOB)
        call(programs / "dbt", "build", cwd=project)

    started = time.perf_counter()
    run()
    first = time.perf_counter() - started
    walls: dict[str, list[float]] = {"run": [], "job": [], "empty": []}

    def timed(name: str, action: Callable[[], None]) -> Callable[[], None]:
        def act() -> None:
            begun = time.perf_counter()
            action()
            walls[name].append(time.perf_counter() - begun)

        return act

    cpu_run, cpu_job, cpu_empty = in_turn(
        timed("run", run), timed("job", lambda: run("--prune")), timed("empty", empty)
    )
    wall_run, wall_job, wall_empty = (statistics.median(walls[n]) for n in ("run", "job", "empty"))
    return {
        "first": first, "cpu_ratio": cpu_run / cpu_empty, "wall": wall_run, "wall_ratio": wall_run / wall_empty,
        "job_cpu_ratio": cpu_job / cpu_empty, "job_wall": wall_job, "job_wall_ratio": wall_job / wall_empty,
    }  # fmt: skip


def machine() -> str:
    """What this was measured on."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        cpu = next((x.split(":")[1].strip() for x in info.read_text().splitlines() if x.startswith("model name")), cpu)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    packages = ", ".join(f"{p} {version(p)}" for p in ("spacy", "duckdb", "dagster", "dbt-core"))
    return (
        f"{cpu}, {os.cpu_count()} cores, {memory:.0f} GB; {platform.system()}, Python {platform.python_version()}; "
        f"{packages}; load average {load:.1f} when measuring began"
    )


def growth(sizes: Mapping[int, dict[str, Any]]) -> dict[str, float]:
    """The power with which each step's seconds grow from the smallest to the largest size; 1 is linear."""
    small, large = min(sizes), max(sizes)
    return {
        step: math.log(max(sizes[large]["seconds"][step], 1e-3) / max(sizes[small]["seconds"][step], 1e-3))
        / math.log(large / small)
        for step in (*BESIDES, "extract", "dbt")
    }


def beside(seconds: Mapping[str, float]) -> float:
    """All that is not extraction, over it, in either kind of seconds; of dbt what it takes longer than for a warehouse
    without a row.
    """
    return (sum(seconds[s] for s in BESIDES) + seconds["dbt"] - seconds["dbt of nothing"]) / seconds["extract"]


def page(
    where: str, read: dict[str, float], split: float, sizes: dict[int, dict[str, Any]], start: dict[str, float]
) -> str:
    """The results as markdown."""
    lines = [
        "# Benchmarks", "", "Made by `make bench`, which writes this page anew. The dumps are made up: articles of "
        f"about {WORDS} words, all different. Ratios compare processor time in one run, medians of "
        f"{REPEATS}.", "", f"Machine: {where}.", "", "| ratio | measured | aim |", "| --- | --- | --- |",
        f"| words a second of extraction over bare `nlp.pipe`, same components | {read['over_bare']:.2f} | ≥ 0.95 |",
        f"| words a second of extraction over the model's default pipeline | {read['over_default']:.2f} | ≥ 1.3 |",
        f"| every other step together over extraction, at {max(sizes):,} articles | "
        f"{beside(sizes[max(sizes)]['seconds']):.2f} | ≤ 0.15 |",
        f"| the same, wall time, with up to {os.cpu_count()} processes for both | "
        f"{beside(sizes[max(sizes)]['clock']):.2f} | |",
        "| a run without new input over an empty Dagster job and an empty dbt build, processor time | "
        f"{start['cpu_ratio']:.2f} | ≤ 1.3 |", f"| the same, wall time | {start['wall_ratio']:.2f} | ≤ 1.3 |",
        f"| the same as a job of Dagster's, processor time | {start['job_cpu_ratio']:.2f} | |",
        f"| the same as a job of Dagster's, wall time | {start['job_wall_ratio']:.2f} | |", "",
        f"Extraction reads {read['words_per_second']:,.0f} words a second of one core, the splitter {split:.2f} MB. "
        f"The first run over `seeds/` took {start['first']:.0f} s, one without new input {start['wall']:.1f} s, "
        f"as a job of Dagster's {start['job_wall']:.0f} s.", "",
        "## By size", "", "Processor seconds and seconds of each step, and the largest memory in it, of the process "
        "and of all that it started; growth is the power of the number of articles with which the processor seconds "
        "grow, 1 being linear.", "",
        "| step | " + " | ".join(f"{n:,} articles | seconds | memory, MB" for n in sorted(sizes)) + " | growth |",
        "| --- |" + " --- | --- | --- |" * len(sizes) + " --- |",
    ]  # fmt: skip
    powers = growth(sizes)
    for step in sizes[max(sizes)]["seconds"]:
        cells = " | ".join(
            f"{sizes[n]['seconds'][step]:.1f} | {sizes[n]['clock'][step]:.1f} | {sizes[n]['memory'][step]:,}"
            for n in sorted(sizes)
        )
        lines.append(f"| {step} | {cells} | {format(powers[step], '.2f') if step in powers else ''} |")
    return "\n".join([*lines, ""])


def main(*wanted: str) -> None:
    where = machine()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        read, split, start = extraction(), splitter(), restarting(folder)
        sizes = {n: steps(folder, n) for n in map(int, wanted or ("1000", "4000"))}
    text = page(where, read, split, sizes, start)
    found = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    _, mark, kept = found.partition("\n## What profiling showed")
    PAGE.write_text(text + mark + kept, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main(*sys.argv[1:])
