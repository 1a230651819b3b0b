"""What entity resolution yields: named things of one article, and entities with their mentions over a corpus."""

import json
from dataclasses import dataclass
from functools import lru_cache
from sys import intern
from typing import Literal, NamedTuple


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
    """Empty where they are stored apart, since who it is does not depend on them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleEntities:
    """The named things of one article."""

    article_id: str
    entities: tuple[LocalEntity, ...]

    def to_json(self) -> str:
        """The entities without their mentions, each a line of JSON, the same for the same content."""
        return "\n".join([_to_json([e.label, e.key, e.full, e.pinned, e.forms, e.acronyms]) for e in self.entities])

    @classmethod
    def from_json(cls, article_id: str, lines: str) -> "ArticleEntities":
        """The inverse of `to_json`."""
        entities = map(_local_entity, lines.split("\n")) if lines else ()
        return cls(article_id=article_id, entities=tuple(entities))


_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@lru_cache(maxsize=1 << 17)
def _local_entity(line: str) -> LocalEntity:
    """The same thing for the same line: most of what articles name is named alike in many, and is kept once."""
    label, key, full, pinned, forms, acronyms = json.loads(line)
    return LocalEntity(
        label=intern(label), key=intern(key), full=full, pinned=pinned,
        forms=tuple([(intern(form), count) for form, count in forms]), acronyms=tuple(acronyms), mentions=(),
    )  # fmt: skip


class EntityLinks(NamedTuple):
    """Which entities of the corpus the named things of an article are."""

    article_id: str
    entity_ids: tuple[str, ...]
    """In the order of its `ArticleEntities`."""


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
    """Those that the articles came with."""
    links: tuple[EntityLinks, ...] = ()
    """By article."""
    aliases: tuple[EntityAlias, ...] = ()
    """By entity and form."""
    merges: tuple[EntityMerge, ...] = ()
    """By id."""
