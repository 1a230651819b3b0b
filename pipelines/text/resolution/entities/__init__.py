"""Who and what an article names: the model's spans to entities, first inside each article, then over the corpus."""

from pipelines.text.resolution.entities.article import resolve_article
from pipelines.text.resolution.entities.corpus import link_corpus, resolve_entities
from pipelines.text.resolution.entities.knowledge import EntityKnowledge, load_entity_knowledge
from pipelines.text.resolution.entities.model import (
    ArticleEntities,
    Entity,
    EntityAlias,
    EntityLinks,
    EntityMention,
    EntityMerge,
    EntityResolution,
    LocalEntity,
    LocalMention,
)

__all__ = [
    "ArticleEntities",
    "Entity",
    "EntityAlias",
    "EntityKnowledge",
    "EntityLinks",
    "EntityMention",
    "EntityMerge",
    "EntityResolution",
    "LocalEntity",
    "LocalMention",
    "link_corpus",
    "load_entity_knowledge",
    "resolve_article",
    "resolve_entities",
]
