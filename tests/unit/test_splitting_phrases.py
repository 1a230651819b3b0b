"""The word lists of the splitter: data that one edits, read in one place."""

import json
import re

import pytest

from pipelines.settings import ROOT, Settings
from pipelines.text.splitting import phrases

LISTS = {name: value for name, value in json.loads(phrases._FILE.read_text("utf-8")).items() if name != "description"}
SPLITTING = ROOT / "pipelines" / "text" / "splitting"


def test_an_edit_of_the_lists_is_one_of_what_splitting_is_made_of():
    assert phrases._FILE.parent.resolve() == (Settings().models / "splitter").resolve()


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_read_by_the_code_and_says_nothing_twice(name):
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(SPLITTING.glob("*.py")))
    assert f"words('{name}')" in code.replace('"', "'") or f"any_of('{name}')" in code.replace('"', "'")
    assert len(set(LISTS[name])) == len(LISTS[name]) > 0


def test_whole_words_are_found_the_longer_before_the_shorter(monkeypatch):
    monkeypatch.setitem(phrases._LISTS, "sample", ["read", "read on", "subscri*"])
    pattern = re.compile(phrases.any_of("sample"))
    assert pattern.findall("read on, read, reading, subscribers subscri") == ["read on", "read", "subscribers"]
