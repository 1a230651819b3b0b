"""The rules of dbt-project-evaluator, read off the manifest; where the project departs from one, the test says why."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.building import PROJECT, ROOT, Builder

Node = dict[str, Any]


@pytest.fixture(scope="module")
def manifest(builder: Builder) -> dict[str, Any]:
    done = builder.dbt("parse")
    assert done.returncode == 0, done.stdout
    return json.loads((builder.folder / "target/manifest.json").read_text())


@pytest.fixture(scope="module")
def models(manifest: dict[str, Any]) -> dict[str, Node]:
    return {u: n for u, n in manifest["nodes"].items() if n["resource_type"] in ("model", "seed")}


def layer(node: Node) -> str:
    return node["fqn"][1] if node["resource_type"] == "model" else "seed"


def parents(node: Node) -> list[str]:
    return node.get("depends_on", {}).get("nodes", [])


def children(models: dict[str, Node]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {u: [] for u in models}
    for unique_id, node in models.items():
        for parent in parents(node):
            found.setdefault(parent, []).append(unique_id)
    return found


def files() -> Iterator[tuple[str, str]]:
    for file in sorted(PROJECT.glob("models/**/*.sql")):
        yield file.stem, re.sub(r"--.*", "", file.read_text())


# --------------------------------------------------------------------------------------------------------- modelling


def test_every_source_is_read_by_one_staging_model_that_reads_nothing_else(manifest, models):
    readers = children(models)
    for source in manifest["sources"]:
        assert [layer(models[r]) for r in readers.get(source, [])] == ["staging"], source
    for unique_id, node in models.items():
        kinds = [p.split(".")[0] for p in parents(node)]
        if layer(node) == "staging":
            assert kinds == ["source"], f"{unique_id}: staging reads one source, and no model"
        else:
            assert "source" not in kinds, f"{unique_id} reads a source"


def test_no_model_is_a_root_and_staging_depends_on_nothing_above(models):
    above = {"staging": 0, "seed": 0, "intermediate": 1, "marts": 2}
    for unique_id, node in models.items():
        assert layer(node) == "seed" or parents(node), f"{unique_id} depends on nothing"
        for parent in parents(node):
            if parent in models:
                assert above[layer(models[parent])] <= above[layer(node)], f"{unique_id} reads {parent}"


def test_no_upstream_model_is_joined_again_past_one_made_for_it_alone(models):
    """A → B → C and A → C, where B has no other child, hides half of B's logic in C."""
    below = children(models)
    again = {
        (node["name"], models[parent]["name"])
        for unique_id, node in models.items()
        for parent in parents(node)
        if parent in models and below[parent] == [unique_id]
        if set(parents(models[parent])) & set(parents(node))
    }
    networks = {("edges_countries", "country_cooccurrence"), ("edges_topics", "topic_cooccurrence")}
    networks |= {("edges_entities", "entity_cooccurrence")}
    # a node's name is told from its namesakes'; the changes are of single articles, set beside the counts they moved
    # and a publisher's articles on something are set beside all that publishers have
    assert again == networks | {("run_changes", "int_changed_cells"), ("publisher_profiles", "publishers")}


def test_no_model_joins_too_much(models):
    for unique_id, node in models.items():
        assert len(set(parents(node))) <= 7, unique_id


def test_staging_renames_and_types_only():
    for name, sql in files():
        if name.startswith("stg_"):
            assert not re.search(r"\b(join|group by|union|where|distinct|over|with)\b", sql, re.IGNORECASE), name


@pytest.mark.parametrize(
    ("pattern", "what"),
    [
        (r"\bselect\s+distinct\b", "hides a fan-out"),
        (r"\b(from|join)\s+(raw|main|staging|intermediate|reference)\.\w", "names a relation"),
        (r"\bselect\s+\*\s+from\s+\{\{", "takes whatever columns come"),
    ],
)
def test_no_model(pattern, what):
    assert [name for name, sql in files() if re.search(pattern, sql, re.IGNORECASE)] == [], what


# ----------------------------------------------------------------------------------------------------------- testing


def test_every_model_has_its_primary_key_tested(manifest, models):
    tests = [n for n in manifest["nodes"].values() if n["resource_type"] == "test" and n.get("test_metadata")]
    keyed = {t["attached_node"] for t in tests if t["test_metadata"]["name"] in ("unique", "unique_combination")}
    assert set(models) - keyed == set()


def test_what_is_worked_out_is_unit_tested(manifest, models):
    """A model with a formula of its own has a unit test; the others rename, join or count rows that tests compare."""
    tested = {next(iter(t["depends_on"]["nodes"])) for t in manifest["unit_tests"].values()}
    reckoning = re.compile(r"\{\{\s*(share|association_measures|log_odds|pearson_residual)\(")
    for unique_id, node in models.items():
        source = PROJECT / node["original_file_path"]
        if layer(node) == "marts" and reckoning.search(source.read_text()):
            counted = node["name"] in {"publishers", "entities_monthly", "topics_monthly"}
            assert unique_id in tested or counted, f"{unique_id} has no unit test"


# ----------------------------------------------------------------------------------------------------- documentation


def test_everything_is_described(manifest, models):
    for node in [*models.values(), *manifest["sources"].values(), *manifest["exposures"].values()]:
        assert node["description"].strip(), node["unique_id"]
    for node in models.values():
        assert node["columns"], node["unique_id"]
        for column in node["columns"].values():
            assert column["description"].strip(), f"{node['unique_id']}.{column['name']}"
    for node in models.values():
        assert re.search(r"\bOne row per\b", node["description"]), f"{node['unique_id']} does not say its grain"
    for macro in manifest["macros"].values():
        if macro["package_name"] == "dateline" and not macro["name"].startswith("test_"):
            source = (PROJECT / macro["original_file_path"]).read_text()
            assert source.startswith("{#"), f"{macro['original_file_path']} does not say what it does"


def test_docs_build(builder: Builder):
    done = builder.dbt("docs", "generate", "--empty-catalog", "--static")
    assert done.returncode == 0, done.stdout
    page = (builder.folder / "target/static_index.html").read_text()
    assert "exposure.dateline.report" in page
    assert "exposure.dateline.cookbook" in page


# --------------------------------------------------------------------------------------------------------- structure


def test_names_and_folders_tell_the_layer(models):
    prefixes = {"staging": "stg_", "intermediate": "int_", "marts": "", "seed": ""}
    for node in models.values():
        name = node["name"]
        assert name.startswith(prefixes[layer(node)])
        assert layer(node) in ("staging", "intermediate") or not name.startswith(("stg_", "int_"))
        if node["resource_type"] == "model":
            assert node["original_file_path"] == f"models/{layer(node)}/{name}.sql"
            assert node["patch_path"].endswith(f"models/{layer(node)}/{name}.yml")


# ------------------------------------------------------------------------------------------------------- performance


def test_no_chain_of_views_grows_long(models):
    def depth(unique_id: str) -> int:
        node = models.get(unique_id)
        if not node or node["config"]["materialized"] != "view":
            return 0
        return 1 + max((depth(p) for p in parents(node)), default=0)

    assert max(map(depth, models)) <= 4


def test_marts_are_tables(models):
    assert {n["config"]["materialized"] for n in models.values() if layer(n) == "marts"} == {"table"}


# -------------------------------------------------------------------------------------------------------- governance


def test_what_is_public_has_a_contract_and_nothing_else_is(models):
    for unique_id, node in models.items():
        if node["resource_type"] == "model":
            public = layer(node) == "marts"
            assert (node["access"] == "public") == public, unique_id
            assert node["config"]["contract"]["enforced"] == public, unique_id
            assert not public or all(c["data_type"] for c in node["columns"].values()), unique_id


def test_exposures_say_what_the_report_and_the_cookbook_read(manifest, models):
    published = {n["name"] for n in models.values() if n["schema"] == "main"}
    texts = {
        "report": (ROOT / "pipelines/report/queries.py").read_text(),
        "cookbook": "\n".join(re.findall(r"```sql\n(.+?)```", (ROOT / "docs/cookbook.md").read_text(), re.DOTALL)),
    }
    for exposure in manifest["exposures"].values():
        read = set(re.findall(r"\b(?:from|join)\s+(\w+)", texts[exposure["name"]])) & published
        declared = {models[p]["name"] for p in parents(exposure)}
        assert declared == read, exposure["name"]
        assert all(models[p].get("access", "public") == "public" for p in parents(exposure))
