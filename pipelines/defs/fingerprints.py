"""What made a row: for each step the hash of the code and the data files that it uses.

The same string is Dagster's code version of the step's assets.
"""

from importlib.metadata import version
from pathlib import Path

from pipelines.settings import ROOT, Settings
from pipelines.warehouse.ledger import fingerprint

TEXT = ROOT / "pipelines" / "text"


def read() -> str:
    """Of reading raw files."""
    return fingerprint([TEXT / "reading"])


def split() -> str:
    """Of splitting documents."""
    return fingerprint(
        [TEXT / "splitting", TEXT / "article_text.py", TEXT / "vectors.py", Settings().models / "splitter"]
    )


def extract(model: str) -> str:
    """Of extraction with `model` (a pipeline's name and version)."""
    return fingerprint([TEXT / "extraction", TEXT / "article_text.py"], model)


def countries() -> str:
    """Of resolving countries."""
    models = Settings().models
    return fingerprint([TEXT / "resolution" / "countries", models / "places", models / "given_names.csv"])


def entities() -> str:
    """Of resolving persons, organisations and other named things."""
    models = Settings().models
    return fingerprint(
        [TEXT / "resolution" / "entities", models / "entities", models / "places", models / "given_names.csv"]
    )


def topics() -> str:
    """Of giving topics."""
    return fingerprint([TEXT / "resolution" / "topics", TEXT / "vectors.py", Settings().models / "topics"])


def stories() -> str:
    """Of the signatures by which the same text is known again."""
    return fingerprint([TEXT / "resolution" / "stories"])


def quotations() -> str:
    """Of finding quotations and their speakers."""
    return fingerprint(
        [TEXT / "resolution" / "quotations", TEXT / "extraction" / "sentences.py", Settings().models / "quotations"]
    )


def tone() -> str:
    """Of scoring tone."""
    return fingerprint([TEXT / "resolution" / "tone", Settings().models / "tone"])


def quantities() -> str:
    """Of finding amounts and dates."""
    return fingerprint([TEXT / "resolution" / "quantities", Settings().models / "quantities"])


def events() -> str:
    """Of grouping articles by event."""
    return fingerprint([TEXT / "resolution" / "events", TEXT / "vectors.py"])


def analytics(folder: Path | None = None) -> str:
    """Of the dbt project (the settings', unless another folder is given): its files, and what runs them."""
    folder = folder or Settings().dbt_project
    files = [p for p in folder.iterdir() if p.name not in {"target", "logs", "dbt_packages"}]
    return fingerprint(files, *(version(package) for package in ("dbt-core", "dbt-duckdb", "duckdb")))


def report() -> str:
    """Of the report."""
    return fingerprint([ROOT / "pipelines" / "report"], *(version(p) for p in ("altair", "vl-convert-python")))


def publishing() -> str:
    """Of writing the published file."""
    return fingerprint([ROOT / "pipelines" / "warehouse" / "publish.py"])
