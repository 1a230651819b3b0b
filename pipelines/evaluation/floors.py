"""What the project asks of itself on its own gold: the least value of each quantity."""

from collections.abc import Mapping
from types import MappingProxyType

OWN_GOLD_FLOORS: Mapping[str, float] = MappingProxyType(
    {
        "gold mentions at their place": 1.0,
        "article starts F1": 0.97,
        "article ends right": 0.95,
        "article text kept": 0.99,
        "furniture kept out": 0.95,
        "title right": 0.95,
        "standfirst right": 0.95,
        "publisher right": 0.90,
        "published right": 0.95,
        "country mentions F1": 0.95,
        "country kinds right": 0.95,
        "countries per article F1": 0.95,
        "people per article F1": 0.93,
        "person main share": 0.97,
        "person purity": 0.97,
        "organisations found": 0.78,
        "topics precision": 0.83,
        "topics F1": 0.65,
    }
)
