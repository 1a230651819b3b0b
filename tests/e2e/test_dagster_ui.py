"""Dagster's web UI in a real browser: the graph loads, a button materializes everything, the sensor starts a run."""

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import dagster as dg
import duckdb
import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.conftest import DATELINE, ROOT, new_home

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
CHROMIUM_OPTIONS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
DUMPS = ("evening_digest.txt", "feature_mekong_dams.txt")

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


T = TypeVar("T")


@dataclass(frozen=True)
class Service:
    """Dagster, running on a folder of raw files of its own."""

    url: str
    raw: Path
    warehouse: Path
    instance: dg.DagsterInstance

    def wait_for_runs(self, number: int) -> list[dg.DagsterRun]:
        runs = until(
            lambda: [r for r in self.instance.get_runs() if r.is_finished],
            lambda finished: len(finished) >= number,
        )
        assert [r.status for r in runs] == [dg.DagsterRunStatus.SUCCESS] * len(runs)
        return list(runs)


def until(look: Callable[[], T], enough: Callable[[T], bool], seconds: float = 240) -> T:
    deadline = time.monotonic() + seconds
    while not enough(seen := look()):
        assert time.monotonic() < deadline, f"waited {seconds} s, last seen: {seen}"
        time.sleep(0.5)
    return seen


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("ui")
    raw, warehouse, home = folder / "raw", folder / "news.duckdb", new_home(folder)
    raw.mkdir()
    shutil.copy(ROOT / "seeds" / DUMPS[0], raw)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        "DAGSTER_HOME": str(home), "DATELINE_RAW": str(raw), "DATELINE_WAREHOUSE": str(warehouse)
    }  # fmt: skip
    with (folder / "ui.log").open("w") as log:
        process = subprocess.Popen(
            [DATELINE, "ui", "--port", str(port)],
            env=os.environ | environment, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    url = f"http://127.0.0.1:{port}"

    def up() -> bool:
        assert process.poll() is None, (folder / "ui.log").read_text()
        try:
            with urllib.request.urlopen(f"{url}/server_info", timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            return False

    try:
        until(up, bool)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DAGSTER_HOME", str(home))  # its dagster.yaml asks for it
            with dg.DagsterInstance.get() as instance:
                yield Service(url, raw, warehouse, instance)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_OPTIONS))
        page = browser.new_page(viewport={"width": 1700, "height": 1050})
        page.set_default_timeout(60_000)
        expect.set_options(timeout=60_000)
        yield page
        browser.close()


def test_the_graph_shows_the_groups_and_no_error(service: Service, page: Page) -> None:
    page.goto(f"{service.url}/asset-groups")
    for group in ("ingest", "split", "extract", "resolve", "evaluate", "staging", "marts", "publish"):
        expect(page.get_by_text(group, exact=True).first).to_be_visible()
    page.goto(f"{service.url}/locations")
    expect(page.get_by_text("Loaded", exact=True).first).to_be_visible()


def test_the_button_materializes_everything(service: Service, page: Page) -> None:
    page.goto(f"{service.url}/asset-groups")
    page.get_by_role("button", name="Materialize all").click()
    service.wait_for_runs(1)
    materialized = service.instance.get_latest_materialization_events(list(service.instance.get_asset_keys()))
    assert all(materialized.values())
    with duckdb.connect(str(service.warehouse), read_only=True) as con:
        assert con.execute("select count(*) from articles").fetchall()[0][0] > 5


def test_checks_and_metadata_are_shown(service: Service, page: Page) -> None:
    page.goto(f"{service.url}/assets/raw/articles?view=checks")
    expect(page.get_by_text("articles_have_text").first).to_be_visible()
    page.goto(f"{service.url}/assets/main/mentions_per_country?view=overview")
    expect(page.get_by_text("Row count").first).to_be_visible()


def test_the_sensor_starts_a_run_when_a_file_is_dropped_in(service: Service, page: Page) -> None:
    page.goto(f"{service.url}/automation")
    expect(page.get_by_text("daily").first).to_be_visible()
    row = page.get_by_text("raw_files", exact=True).first.locator("xpath=ancestor::*[.//label//*[name()='svg']][1]")
    row.locator("label", has=page.locator("svg linearGradient")).first.click()
    until(
        lambda: [s.instigator_name for s in service.instance.all_instigator_state() if s.is_running],
        lambda names: "raw_files" in names,
        seconds=60,
    )
    shutil.copy(ROOT / "seeds" / DUMPS[1], service.raw)

    def articles_of_the_new_file() -> int:
        with duckdb.connect(str(service.warehouse), read_only=True) as con:
            return con.execute(
                "select coalesce(sum(articles), 0) from documents where path like '%' || ?", [DUMPS[1]]
            ).fetchall()[0][0]

    until(articles_of_the_new_file, lambda n: n == 1)
    assert any(r.tags.get("dagster/sensor_name") == "raw_files" for r in service.wait_for_runs(2))
