"""The second stage: the articles' named things to entities of the corpus.

Everything goes through look-ups of keys, so the time is linear in the number of articles' entities, and everything is
decided on totals, so the order of the articles does not matter.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from itertools import chain, combinations
from operator import attrgetter

from pipelines.text.article_text import ArticleText
from pipelines.text.extraction.mentions import Extraction
from pipelines.text.resolution.entities.article import person_key, resolve_article
from pipelines.text.resolution.entities.knowledge import EntityKnowledge
from pipelines.text.resolution.entities.model import (
    AliasSource,
    ArticleEntities,
    Entity,
    EntityAlias,
    EntityLinks,
    EntityMention,
    EntityMerge,
    EntityResolution,
    LocalEntity,
    MergeRule,
)
from pipelines.text.resolution.entities.names import PersonName, spelling_key
from pipelines.text.resolution.entities.organisation_names import organisation_key
from pipelines.text.resolution.entities.tokens import fold, phrase_key

_IN_COMMON = 2
"""How many things two articles must both name for a surname of one to mean the person whom the other names in full."""
_WELL_KNOWN = 2
"""In how many articles a person's full name must stand for the surname alone to mean them anywhere."""
_DOMINANT = 2
"""How many times as frequent as the next a candidate must be for an ambiguous short name to mean it."""


def resolve_entities(
    articles: Iterable[tuple[ArticleText, Extraction]], knowledge: EntityKnowledge
) -> EntityResolution:
    """Entities and mentions of a corpus, both stages in one go."""
    return link_corpus((resolve_article(text, extraction, knowledge) for text, extraction in articles), knowledge)


def link_corpus(articles: Iterable[ArticleEntities], knowledge: EntityKnowledge) -> EntityResolution:
    """Joins the named things of all articles to entities; the order of the articles does not matter."""
    local = _relabelled({a.article_id: a.entities for a in sorted(articles, key=attrgetter("article_id"))})
    people, lone, rules = _person_roots(local)
    bodies = _acronym_roots(local)
    clusters: dict[tuple[str, str], _Cluster] = {}
    merged: Counter[tuple[str, str, MergeRule]] = Counter()
    mentions: list[EntityMention] = []
    links: list[EntityLinks] = []
    for article_id, named in local.items():
        ids: list[str] = []
        for entity in named:
            root = entity.key
            rule: MergeRule = "acronym"
            if entity.label == "PERSON":
                # whom a table names is who the table says, and nobody else
                if not entity.pinned:
                    root = lone.get((article_id, entity.key)) or _find(people, entity.key)
                rule = rules.get(entity.key, "surname")
            elif entity.label == "ORG":
                root = bodies.get(entity.key, entity.key)
            if (cluster := clusters.get((entity.label, root))) is None:
                cluster = clusters[entity.label, root] = _Cluster(_entity_id(entity.label, root))
            cluster.add(entity)
            ids.append(cluster.entity_id)
            mentions += _mentions(article_id, cluster.entity_id, entity)
            if (alone := _alone(entity)) != root:
                merged[_entity_id(entity.label, alone), cluster.entity_id, rule] += 1
        if ids:
            links.append(EntityLinks(article_id, tuple(ids)))
    entities: list[Entity] = []
    aliases: list[EntityAlias] = []
    for (label, key), cluster in clusters.items():
        aliases += cluster.aliases(label, key, knowledge)
        name = cluster.name(label, key, knowledge)
        entities.append(
            Entity(
                entity_id=cluster.entity_id,
                name=name,
                label=label,
                aliases=tuple(sorted(form for form, count in cluster.forms.items() if count and form != name)),
                resolved=cluster.resolved,
            )
        )
    return EntityResolution(
        entities=tuple(sorted(entities, key=attrgetter("entity_id"))),
        mentions=tuple(sorted(mentions, key=attrgetter("article_id", "start_char", "end_char"))),
        links=tuple(links),
        aliases=tuple(sorted(aliases, key=attrgetter("entity_id", "alias"))),
        merges=tuple(
            EntityMerge(merged_id=old, entity_id=new, rule=rule, articles=articles)
            for (old, new, rule), articles in sorted(merged.items())
        ),
    )


def _alone(entity: LocalEntity) -> str:
    """The key of the entity that the named thing would be if it were the only one; of a person without middle names."""
    return "|".join(entity.key.split("|")[:2]) if entity.label == "PERSON" else entity.key


def _entity_id(label: str, key: str) -> str:
    return blake2b(f"{label}\0{key}".encode(), digest_size=8).hexdigest()


@dataclass(slots=True)
class _Cluster:
    """What the named things of several articles that are one entity have together."""

    entity_id: str
    forms: dict[str, int] = field(default_factory=dict)
    """Form → mentions with it."""
    articles: dict[str, int] = field(default_factory=dict)
    """Form → articles with it."""
    acronyms: set[str] = field(default_factory=set)
    pinned: Counter[str] = field(default_factory=Counter)
    resolved: bool = False

    def add(self, entity: LocalEntity) -> None:
        for form, count in entity.forms:
            self.forms[form] = self.forms.get(form, 0) + count
            self.articles[form] = self.articles.get(form, 0) + 1
        self.acronyms.update(entity.acronyms)
        if entity.pinned:
            self.pinned[entity.forms[0][0]] += 1
        self.resolved |= entity.full

    def name(self, label: str, key: str, knowledge: EntityKnowledge) -> str:
        """The name a table gives, else the most frequent full form that is not all in capitals."""
        forms = {form: count for form, count in self.forms.items() if count}
        if self.pinned:
            forms = dict(self.pinned)
        elif label == "PERSON":
            forms = {f: c for f, c in forms.items() if len(PersonName.parse(f, knowledge).units) > 1} or forms
        elif label == "ORG":
            forms = {f: c for f, c in forms.items() if organisation_key(f, knowledge) == key} or forms
        mixed = {f: c for f, c in forms.items() if not f.isupper()} if label == "PERSON" else {}
        return min(mixed or forms, key=lambda form: (-forms[form], -len(form), form))

    def aliases(self, label: str, key: str, knowledge: EntityKnowledge) -> Iterable[EntityAlias]:
        """Every form, with where it comes from."""
        for form, count in self.forms.items():
            yield EntityAlias(
                entity_id=self.entity_id,
                alias=form,
                source=self._source(form, label, key, knowledge),
                mentions=count,
                articles=self.articles[form],
            )

    def _source(self, form: str, label: str, key: str, knowledge: EntityKnowledge) -> AliasSource:
        known = knowledge.known_forms.get(phrase_key(form))
        if known is not None and known.name in self.pinned:
            return "table"
        if fold(form) in self.acronyms:
            return "acronym"
        if label == "PERSON":
            if person_key(PersonName.parse(form, knowledge), knowledge) == key:
                return "name"
            return "part" if " " not in form else "spelling"
        if label != "ORG" or organisation_key(form, knowledge) == key:
            return "name"
        return "part"


def _mentions(article_id: str, entity_id: str, entity: LocalEntity) -> Iterable[EntityMention]:
    for mention in entity.mentions:
        yield EntityMention(
            article_id=article_id,
            entity_id=entity_id,
            label=entity.label,
            surface=mention.surface,
            start_char=mention.start_char,
            end_char=mention.end_char,
            sentence=mention.sentence,
        )


_Local = Mapping[str, tuple[LocalEntity, ...]]
"""Article to its named things, by article."""


def _relabelled(local: _Local) -> _Local:
    """Lone words that the model took for an organisation, as the persons whom other articles call so.

    Only where the corpus calls a person by that lone word in at least half as many articles as it is taken for an
    organisation in.
    """
    surnames: Counter[str] = Counter()
    firms: Counter[str] = Counter()
    for entity in chain.from_iterable(local.values()):
        if entity.label == "PERSON" and entity.full:
            surnames.update({form for form, _ in entity.forms if " " not in form})
        elif entity.label == "ORG" and not entity.pinned and not entity.acronyms and " " not in entity.forms[0][0]:
            firms[entity.forms[0][0]] += 1
    persons = {form for form, count in firms.items() if 2 * surnames[form] >= count}

    def as_person(entity: LocalEntity) -> LocalEntity:
        if entity.label != "ORG" or entity.pinned or entity.forms[0][0] not in persons:
            return entity
        return replace(entity, label="PERSON", key=spelling_key(entity.forms[0][0]), full=False)

    return {article_id: tuple(map(as_person, named)) for article_id, named in local.items()} if persons else local


def _dominant(counts: Mapping[str, int]) -> str | None:
    """The only candidate, or the one at least twice as frequent as the next."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if not ranked:
        return None
    if len(ranked) == 1 or ranked[0][1] >= _DOMINANT * ranked[1][1]:
        return ranked[0][0]
    return None


def _person_roots(local: _Local) -> tuple[dict[str, str], dict[tuple[str, str], str], dict[str, MergeRule]]:
    """Keys of the corpus's persons.

    For each person's key the one that it was joined to, the same by article for lone surnames, and by which rule keys
    were joined.
    """
    articles: Counter[str] = Counter(e.key for e in chain.from_iterable(local.values()) if e.label == "PERSON")
    root: dict[str, str] = {key: key for key in articles}
    full = {key: key.split("|") for key in articles if "|" in key}
    rules: dict[str, MergeRule] = {}

    def note(rule: MergeRule) -> None:
        for key in full:
            if key not in rules and _find(root, key) != key:
                rules[key] = rule

    _join_middle_names(full, articles, root)
    note("middle name")
    totals: Counter[str] = Counter()
    for key in full:
        totals[root[key]] += articles[key]
    _join_initials(full, totals, root)
    note("initial")
    _join_shortened(full, root)
    note("shortened name")
    return root, _join_lone(local, full, root), rules


def _find(root: dict[str, str], key: str) -> str:
    while root.get(key, key) != key:
        key = root[key]
    return key


def _join_middle_names(full: Mapping[str, list[str]], articles: Mapping[str, int], root: dict[str, str]) -> None:
    """Same family and given name: one person, unless their middle names contradict each other."""
    groups: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for key, (family, given, *middle) in full.items():
        groups[family, given]["".join(m[0] for m in middle if m)].append(key)
    for (family, given), by_middle in groups.items():
        plain = f"{family}|{given}"
        signatures = {s: sum(articles[k] for k in keys) for s, keys in by_middle.items() if s}
        if len(signatures) <= 1:
            for keys in by_middle.values():
                for key in keys:
                    root[key] = plain
            root.setdefault(plain, plain)
            continue
        for signature, keys in by_middle.items():
            target = f"{plain}|{signature}" if signature else plain
            for key in keys:
                root[key] = target
            root.setdefault(target, target)
        if "" in by_middle and (best := _dominant(signatures)):
            root[plain] = f"{plain}|{best}"


def _join_initials(full: Mapping[str, list[str]], totals: Mapping[str, int], root: dict[str, str]) -> None:
    """'J. Smith' is the one Smith whose given name starts with J."""
    candidates: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for key, (family, given, *_) in full.items():
        if len(given) > 1:
            candidates[family, given[0]][_find(root, key)] = totals[root[key]]
    for _, (family, given, *_rest) in sorted(full.items()):
        if len(given) == 1 and (best := _dominant(candidates[family, given])):
            plain = f"{family}|{given}"
            if root.get(plain) == plain:
                root[plain] = best


def _join_shortened(full: Mapping[str, list[str]], root: dict[str, str]) -> None:
    """'Javad Zarif' is 'Mohammad Javad Zarif' if no other longer name has these two units in this order."""
    longer: dict[tuple[str, str], set[str]] = defaultdict(set)
    for key, (family, given, *middle) in full.items():
        if middle:
            for pair in combinations((given, *middle[:4], family), 2):
                longer[pair].add(_find(root, key))
    for key, (family, given, *middle) in sorted(full.items()):
        if not middle and _find(root, key) == key:
            targets = longer[given, family] - {key}
            if len(targets) == 1:
                target = next(iter(targets))
                if _find(root, target) != key:
                    root[key] = target


def _join_lone(local: _Local, full: Mapping[str, list[str]], root: dict[str, str]) -> dict[tuple[str, str], str]:
    """A surname alone is the person who bears it, if only one does or one is named in far more articles.

    A person of a single article is meant only where the two articles name other things in common.
    """
    bearers: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for article_id, named in local.items():
        for entity in named:
            if entity.label == "PERSON" and entity.key in full:
                bearers[full[entity.key][0]][_find(root, entity.key)].append(article_id)

    def context(article_id: str) -> set[tuple[str, str]]:
        """What an article names: persons by their family names."""
        return {
            (e.label, full[e.key][0] if e.label == "PERSON" and e.key in full else e.key) for e in local[article_id]
        }

    joined: dict[tuple[str, str], str] = {}
    for article_id, named in local.items():
        for entity in named:
            if entity.label != "PERSON" or entity.key in full or entity.key not in bearers:
                continue
            best = _dominant({target: len(articles) for target, articles in bearers[entity.key].items()})
            if best is None:
                continue
            known_from = bearers[entity.key][best]
            if len(known_from) < _WELL_KNOWN:
                shared = (context(article_id) & context(known_from[0])) - {("PERSON", entity.key)}
                if len(shared) < _IN_COMMON:
                    continue
            joined[article_id, entity.key] = best
    return joined


def _acronym_roots(local: _Local) -> dict[str, str]:
    """Keys of bodies known by an acronym alone to the key that other articles introduce the acronym for."""
    introduced: dict[str, Counter[str]] = defaultdict(Counter)
    organisations = [e for e in chain.from_iterable(local.values()) if e.label == "ORG"]
    for organisation in organisations:
        for acronym in organisation.acronyms:
            introduced[acronym][organisation.key] += 1
    roots: dict[str, str] = {}
    for organisation in organisations:
        if organisation.key in introduced and not organisation.pinned:
            best = _dominant(introduced[organisation.key])
            if best and best != organisation.key and roots.get(best) != organisation.key:
                roots[organisation.key] = best
    return roots
