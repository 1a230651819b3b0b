"""What the project asks of itself on its own gold: the least value of each quantity."""

from collections.abc import Mapping
from types import MappingProxyType

OWN_GOLD_FLOORS: Mapping[str, float] = MappingProxyType(
    {
        "gold mentions at their place": 1.0,
        "article starts F1": 0.95,
        "article ends right": 0.90,
        "article text kept": 0.97,
        "furniture kept out": 0.90,
        "title right": 0.90,
        "published right": 0.90,
        "country mentions F1": 0.90,
        "countries per article F1": 0.90,
        "people per article F1": 0.75,
        "person main share": 0.90,
        "person purity": 0.90,
        "organisations found": 0.70,
    }
)
