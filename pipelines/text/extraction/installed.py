"""Which spaCy pipeline a name stands for, without the seconds that loading it takes."""

import json
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path


def installed_model(name: str) -> str:
    """Name and version of the installed pipeline `name` (or of one in a folder), and of spaCy: what made an extraction.

    Raises ValueError when there is no such pipeline.
    """
    spec = None if "/" in name else find_spec(name)
    folder = Path(spec.origin).parent if spec and spec.origin else Path(name)
    meta = folder / "meta.json"
    if not meta.exists():
        raise ValueError(f"spaCy pipeline {name!r} is not installed; install it or name another one")
    described = json.loads(meta.read_text(encoding="utf-8"))
    return f"{name} {described['version']} (spaCy {version('spacy')})"
