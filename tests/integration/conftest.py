"""One dbt builder for all tests: parsing the project costs more than building a small warehouse."""

import pytest

from tests.building import Builder


@pytest.fixture(scope="session")
def builder(tmp_path_factory: pytest.TempPathFactory) -> Builder:
    return Builder(tmp_path_factory.mktemp("dbt"))
