"""What Dagster is told: every step an asset, in the order of the data; what starts a run; text that stays text."""

import json
import os
import shutil
from pathlib import Path

import dagster as dg
import pytest
from dagster_dbt import DbtProject

from pipelines.defs.analytics import project
from pipelines.settings import Settings

ORDER = ["ingest", "split", "extract", "resolve", "evaluate", "staging", "intermediate", "marts", "publish"]


@pytest.fixture(scope="module")
def definitions() -> dg.Definitions:
    from pipelines.definitions import defs

    return defs()


def test_definitions_load(definitions: dg.Definitions) -> None:
    dg.Definitions.validate_loadable(definitions)


def test_data_flow_one_way_through_the_groups(definitions: dg.Definitions) -> None:
    group = {spec.key: spec.group_name for spec in definitions.resolve_all_asset_specs()}
    assert set(ORDER) <= set(group.values())
    for spec in definitions.resolve_all_asset_specs():
        for dep in spec.deps:
            below, above = group[dep.asset_key], group[spec.key]
            if {below, above} <= set(ORDER):
                assert ORDER.index(below or "") <= ORDER.index(above or ""), f"{dep.asset_key} -> {spec.key}"


def test_every_asset_says_what_it_is(definitions: dg.Definitions) -> None:
    for spec in definitions.resolve_all_asset_specs():
        assert spec.description, spec.key
        assert spec.owners, spec.key
        assert spec.kinds, spec.key
        assert spec.group_name != "default", spec.key


def test_every_table_written_by_python_is_an_asset(definitions: dg.Definitions) -> None:
    schema = (Path(__file__).parents[2] / "pipelines" / "warehouse" / "schema.sql").read_text()
    tables = {line.split("raw.")[1].split()[0] for line in schema.splitlines() if line.startswith("create table")}
    assets = {key.path[1] for key in definitions.resolve_all_asset_keys() if key.path[0] == "raw"}
    # what steps keep for themselves: nobody reads it but the step that wrote it
    assert tables - assets == {
        "ledger",
        "readings",
        "results",
        "figures",
        "article_country_shares",
        "article_entities",
        "article_mentions",
        "entity_links",
        "text_signatures",
        "compared_texts",
        "reprints",
    }


def sensor_tick(definitions: dg.Definitions, raw: Path, cursor: str | None) -> dg.SensorResult:
    sensor = definitions.resolve_sensor_def("raw_files")
    context = dg.build_sensor_context(cursor=cursor, resources={"settings": Settings(raw=(str(raw),))})
    result = sensor(context)
    assert isinstance(result, dg.SensorResult)
    return result


def test_the_sensor_asks_for_a_run_when_files_come_change_or_go(definitions: dg.Definitions, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one")
    first = sensor_tick(definitions, tmp_path, None)
    assert first.run_requests
    again = sensor_tick(definitions, tmp_path, first.cursor)
    assert not again.run_requests
    (tmp_path / "b.txt").write_text("two")
    second = sensor_tick(definitions, tmp_path, first.cursor)
    assert second.run_requests
    os.utime(tmp_path / "b.txt", (1, 1))
    third = sensor_tick(definitions, tmp_path, second.cursor)
    assert third.run_requests
    (tmp_path / "a.txt").unlink()
    assert sensor_tick(definitions, tmp_path, third.cursor).run_requests


def test_the_sensor_skips_a_folder_that_is_not_there(definitions: dg.Definitions, tmp_path: Path) -> None:
    result = sensor_tick(definitions, tmp_path / "nowhere", None)
    assert not result.run_requests
    assert "no such file or folder" in str(result.skip_reason)


def test_text_from_dumps_cannot_be_markup_in_metadata() -> None:
    from pipelines.defs.metadata import table

    hostile = "<img src=x onerror=alert(1)> | [click](javascript:x)\n# `title`"
    markdown = table(["text"], [[hostile]]).value or ""
    cell = markdown.splitlines()[2]
    assert cell.count("|") == 2
    for markup in ("<", ">", "[", "]", "(", "`", "\n"):
        assert markup not in cell.strip("| ")


def test_half_a_manifest_is_made_anew(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.json"
    assert project._is_stale(manifest, tmp_path)
    for text in ("", '{"nodes": {"a', "{}"):  # what a process leaves that was killed while it wrote
        manifest.write_text(text)
        assert project._is_stale(manifest, tmp_path)
    manifest.write_text('{"nodes": {}}')
    assert not project._is_stale(manifest, tmp_path)


def test_a_manifest_is_put_in_its_place_whole(tmp_path: Path) -> None:
    copy = shutil.copytree(Settings().dbt_project, tmp_path / "dbt", ignore=shutil.ignore_patterns("target", "logs"))
    made = DbtProject(project_dir=copy)
    project._prepare(made)
    assert json.loads(made.manifest_path.read_text())["nodes"]
    assert sorted(p.name for p in made.manifest_path.parent.iterdir()) == ["manifest.json", "partial_parse.msgpack"]
