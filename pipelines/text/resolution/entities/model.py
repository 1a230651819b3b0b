"""What entity resolution yields: named things of one article, and entities with their mentions over a corpus."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from sys import intern
from typing import Any, Literal, NamedTuple


class LocalMention(NamedTuple):
    """One occurrence of a name; offsets in the document's text."""

    surface: str
    start_char: int
    end_char: int
    sentence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalEntity:
    """A named thing of one article, with every form and mention it has there."""

    label: str
    key: str
    """What the article's fullest name of it boils down to; equal keys of one label are one thing."""
    full: bool
    """False for a person known by one name only, and for a body whose name does not say whose it is."""
    pinned: bool
    """True when a data file of `models/entities` decided who it is."""
    forms: tuple[tuple[str, int], ...]
    """Surfaces with their numbers of mentions, fullest form first. A pinned entity's first form is its given name."""
    acronyms: tuple[str, ...]
    """Acronyms that the article introduces for it."""
    mentions: tuple[LocalMention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleEntities:
    """The named things of one article."""

    article_id: str
    entities: tuple[LocalEntity, ...]

    def to_json(self) -> str:
        """The entities as JSON text, the same for the same content."""
        entities = [
            {
                "label": e.label, "key": e.key, "full": e.full, "pinned": e.pinned, "forms": e.forms,
                "acronyms": e.acronyms,
                "mentions": e.mentions,
            }
            for e in self.entities
        ]  # fmt: skip
        return json.dumps(
            {"article_id": self.article_id, "entities": entities}, ensure_ascii=False, separators=(",", ":")
        )

    @classmethod
    def from_json(cls, text: str) -> "ArticleEntities":
        """The inverse of `to_json`."""
        data = json.loads(text)
        return cls(article_id=data["article_id"], entities=tuple(_local_entity(e) for e in data["entities"]))


def _local_entity(data: Mapping[str, Any]) -> LocalEntity:
    return LocalEntity(
        label=intern(data["label"]),
        key=data["key"],
        full=data["full"],
        pinned=data["pinned"],
        forms=tuple((form, count) for form, count in data["forms"]),
        acronyms=tuple(data["acronyms"]),
        mentions=tuple(map(LocalMention._make, data["mentions"])),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A person, organisation, place or other named thing of the corpus."""

    entity_id: str
    """From the content alone: a hash of label and matching key."""
    name: str
    """Its most frequent full form; ties go to the longest, then to the first in the alphabet."""
    label: str
    aliases: tuple[str, ...]
    """Every other form, sorted."""
    resolved: bool
    """False for a lone surname that no full name in the corpus explains, and the like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityMention:
    """One mention of an entity; offsets in the document's text."""

    article_id: str
    entity_id: str
    label: str
    surface: str
    start_char: int
    end_char: int
    sentence: int


AliasSource = Literal["name", "table", "acronym", "part", "spelling"]
"""Why a form is an entity's: it is its name in another dress ('name'), a table of `models/entities` says so ('table'),
an article introduces it as the acronym ('acronym'), it is a part of the name such as the surname ('part'), or another
spelling or a fuller or shorter name that the corpus shows to be the same ('spelling')."""
MergeRule = Literal["middle name", "initial", "shortened name", "surname", "acronym"]
"""What two names had in common when the corpus showed them to be one thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityAlias:
    """A form under which an entity occurs, and where it comes from."""

    entity_id: str
    alias: str
    source: AliasSource
    mentions: int
    """Mentions with this form; 0 for the name that a table gives and no article has."""
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityMerge:
    """A name that was an entity of its own until the corpus showed whose it is."""

    merged_id: str
    """The id that it has, or would have, by itself."""
    entity_id: str
    rule: MergeRule
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityResolution:
    """The entities of a corpus, sorted by id, and their mentions, sorted by article and place."""

    entities: tuple[Entity, ...]
    mentions: tuple[EntityMention, ...]
    aliases: tuple[EntityAlias, ...] = ()
    """By entity and form."""
    merges: tuple[EntityMerge, ...] = ()
    """By id."""
