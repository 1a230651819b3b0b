"""What this run is compared with: the last published warehouse, and what makes the rows then and now."""

import dagster as dg

from pipelines.defs import fingerprints
from pipelines.defs.metadata import OWNER
from pipelines.defs.resources import POOL
from pipelines.settings import Settings
from pipelines.text.extraction.installed import installed_model
from pipelines.warehouse import Warehouse
from pipelines.warehouse.last_published import TABLES, remember_last_published, replace_provenance
from pipelines.warehouse.ledger import fingerprint


def provenance(settings: Settings) -> dict[tuple[str, str], str]:
    """Fingerprints by kind of rows (article, country, entity, topic) and part (rule, gazetteer, model)."""
    text, models = fingerprints.TEXT, settings.models
    resolution = text / "resolution"
    reading_text = [text / "extraction", text / "article_text.py"]
    model = installed_model(settings.model)
    return {
        ("article", "rule"): fingerprint([text / "reading", text / "splitting", text / "article_text.py"]),
        ("article", "gazetteer"): fingerprint([models / "splitter"]),
        ("country", "rule"): fingerprint([*reading_text, resolution / "countries"]),
        ("country", "gazetteer"): fingerprint([models / "places", models / "given_names.csv"]),
        ("country", "model"): model,
        ("entity", "rule"): fingerprint([*reading_text, resolution / "entities"]),
        ("entity", "gazetteer"): fingerprint([models / "entities", models / "places", models / "given_names.csv"]),
        ("entity", "model"): model,
        ("topic", "rule"): fingerprint([resolution / "topics", text / "vectors.py"]),
        ("topic", "gazetteer"): fingerprint([models / "topics"]),
    }


def _spec(name: str, description: str) -> dg.AssetSpec:
    return dg.AssetSpec(
        ["raw", name], group_name="compare", owners=[OWNER], kinds={"python", "duckdb"}, description=description
    )


@dg.multi_asset(
    specs=[
        _spec("provenance", "Fingerprints of the rules, gazetteers and model that make the rows of each kind."),
        _spec("last_provenance", "The same, of the last published warehouse."),
        _spec("last_articles", "Articles of the last published warehouse."),
        _spec("last_presence", "Countries, entities and topics of these articles."),
    ],
    pool=POOL,
)
def last_published(settings: dg.ResourceParam[Settings], warehouse: dg.ResourceParam[Warehouse]):
    """Read the last published warehouse, if there is one, before this run replaces it."""
    parts = provenance(settings)
    with warehouse.writing() as con:
        replace_provenance(con, parts)
        counts = remember_last_published(con, settings.warehouse)
    yield dg.MaterializeResult(asset_key=["raw", "provenance"], metadata={"dagster/row_count": len(parts)})
    for table in TABLES:
        yield dg.MaterializeResult(asset_key=table.split("."), metadata={"dagster/row_count": counts[table]})
