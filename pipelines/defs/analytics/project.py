"""The dbt project as Dagster sees it: its manifest is made anew when a file of the project is newer."""

import json
import os
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from dagster_dbt import DbtProject

from pipelines.settings import Settings
from pipelines.warehouse.publish import SCHEMA


@cache
def dbt_project() -> DbtProject:
    """The project, with a manifest that fits its files."""
    # dagster-dbt looks for `dbt` on the path; it stands beside this Python, whose environment need not be activated
    os.environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    settings = Settings()
    os.environ.update(settings.environment())  # dbt is a process of its own, and must see the same settings
    folder = settings.dbt_project
    project = DbtProject(project_dir=folder)
    if _is_stale(project.manifest_path, folder):
        _prepare(project)
    return project


def _prepare(project: DbtProject) -> None:
    """Parse in a folder of its own, and put what comes out in its place whole.

    A run that was killed meanwhile would leave half a manifest, newer than all files, and no run would begin again.
    """
    target = project.manifest_path.parent
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=target, prefix="parsed-") as folder:
        apart = DbtProject(project_dir=project.project_dir, target_path=Path(folder))
        apart.preparer.prepare(apart)
        for name in ("partial_parse.msgpack", project.manifest_path.name):
            os.replace(apart.manifest_path.with_name(name), target / name)


def _is_stale(manifest: Path, folder: Path) -> bool:
    if not _is_whole(manifest):
        return True
    made = manifest.stat().st_mtime
    sources = (p for pattern in ("*.yml", "*.sql", "*.csv", "*.md") for p in folder.rglob(pattern))
    return any(p.stat().st_mtime > made for p in sources if "target" not in p.relative_to(folder).parts)


def _is_whole(manifest: Path) -> bool:
    try:
        return bool(json.loads(manifest.read_bytes()))
    except (FileNotFoundError, ValueError):
        return False


def published_keys() -> list[list[str]]:
    """Asset keys of the models that are published."""
    manifest = json.loads(dbt_project().manifest_path.read_text(encoding="utf-8"))
    return sorted(
        [SCHEMA, node["name"]]
        for node in manifest["nodes"].values()
        if node["resource_type"] in ("model", "seed") and node["schema"] == SCHEMA
    )
