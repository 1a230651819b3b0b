"""The persons of one article: the names found in it, joined to persons, and found again everywhere."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from pipelines.text.extraction.wordlists import FUNCTION_WORDS
from pipelines.text.resolution.entities.candidates import LONGEST_NAME, PersonCandidates
from pipelines.text.resolution.entities.clues import NameClues
from pipelines.text.resolution.entities.knowledge import EntityKnowledge
from pipelines.text.resolution.entities.names import GENERATIONS, PersonName, given_key, is_initial, spelling_key
from pipelines.text.resolution.entities.tokens import PhraseTrie, fold, phrase_key, words_of
from pipelines.text.resolution.entities.view import ArticleView, Words

_MOST_BEARERS = 20


@dataclass(slots=True)
class Person:
    """A person of the article."""

    names: Counter[PersonName] = field(default_factory=Counter)
    full: bool = True
    introduced: list[int] = field(default_factory=list)
    """Words at which a full name of theirs stands."""
    mentions: list[Words] = field(default_factory=list)

    @property
    def first(self) -> int:
        """The word at which the first full name of theirs stands."""
        return min(self.introduced, default=0)


class PersonFinder:
    """Finds the persons of one article; `find` is the way in."""

    def __init__(self, view: ArticleView, knowledge: EntityKnowledge) -> None:
        self.view = view
        self.known = knowledge
        self.clues = NameClues(view, knowledge)
        self.candidates = PersonCandidates(view, knowledge, self.clues)

    def find(self) -> list[Person]:
        """The persons with their mentions, none of which overlap."""
        persons = self._people()
        self._mark(persons)
        return [person for person in persons if person.mentions]

    def _people(self) -> list[Person]:
        """Full names joined to persons; lone names wait for `_mark`, which knows where each stands."""
        known = self.known
        by_key: dict[tuple[str, ...], Person] = {}
        for words, name in sorted(self.candidates.full.items(), key=lambda item: item[0].start):
            key = (given_key(name.units[0], known.given_names), *name.spelling[1:])
            person = by_key.setdefault(key, Person())
            person.names[name] += 1
            person.introduced.append(words.start)
        # a shorter form of a longer name: two of its units in the same order
        longer: dict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
        initials: dict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
        firsts: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for key, person in by_key.items():
            if len(key) > 2:
                for pair in combinations(key[:LONGEST_NAME], 2):
                    longer[pair].add(key)
            if not any(is_initial(name.units[0]) for name in person.names):
                initials[key[0][0], key[-1]].add(key)
            firsts[next(iter(person.names)).spelling[0]].add(key)
        for key in sorted(by_key, key=lambda k: (-len(k), k)):
            person = by_key[key]
            if any(phrase_key(" ".join(name.units)) in known.known_forms for name in person.names):
                continue  # a table says who it is
            targets: set[tuple[str, ...]] = set()
            if len(key) == 2:
                targets = longer[key]
                if all(name.units[0].lower() in known.kept_titles for name in person.names):
                    targets = targets or firsts[key[1]]  # 'Sultan Omar' is 'Omar bin Faisal'
            if not targets and any(is_initial(name.units[0]) for name in person.names):
                targets = initials[key[0][0], key[-1]] - {key}
            if len(targets) == 1 and (target := by_key[next(iter(targets))]) is not person:
                target.names.update(person.names)
                target.introduced.extend(person.introduced)
                by_key[key] = target
        unique: dict[int, Person] = {}
        for person in by_key.values():
            unique.setdefault(id(person), person)
        return list(unique.values())

    def _mark(self, persons: list[Person]) -> None:
        """Finds every occurrence of the names and gives it to a person; adds persons known by a lone name only."""
        view, known = self.view, self.known
        trie: PhraseTrie[PersonName] = PhraseTrie()
        owner: dict[tuple[str, ...], Person] = {}
        units: dict[str, list[tuple[int, Person]]] = defaultdict(list)
        for person in persons:
            for name in sorted(person.names, key=lambda n: n.units):
                owner.setdefault(name.spelling, person)
                self._index(trie, name)
        for person in persons:
            for name in sorted(person.names, key=lambda n: n.units):
                for form in name.short_forms:
                    short = PersonName.parse(form, known)
                    self._index(trie, short)
                    owner.setdefault(short.spelling, person)
                self._call(units, name, person)
                if name.units[0].lower() in known.family_first:
                    self._index(trie, PersonName((name.units[0],)))
        for words, alias in self._nicknames():
            person = owner[self.candidates.full[words].spelling]
            owner.setdefault(alias.spelling, person)
            self._index(trie, alias)
            units[alias.spelling[0]].append((0, person))
        for key, bearers in units.items():
            # a list of many people of one name leaves the lone name to the most named of them
            units[key] = sorted(bearers, key=lambda b: (b[0], -len(b[1].introduced), b[1].first))[:_MOST_BEARERS]
        for name in sorted(set(self.candidates.lone.values()), key=lambda n: n.units):
            self._index(trie, name)
        candidates = {words.start: words for words in [*self.candidates.lone, *self.candidates.full]}
        lone_people: dict[str, Person] = {}
        done = 0
        opening = trie.root
        for index in [k for k, token in enumerate(view.tokens) if token.folded in opening or k in candidates]:
            if index < done:
                continue
            token = view.tokens[index]
            found = trie.longest(view.tokens, view.gaps, index)
            if found and token.folded in known.kept_titles:
                without = trie.longest(view.tokens, view.gaps, index + 1) if index + 1 < len(view.tokens) else None
                if without and without[0] > found[0]:
                    continue  # the title stands before the full name
            words = Words(index, found[0]) if found else None
            candidate = candidates.get(index)
            if candidate and (words is None or len(candidate) > len(words)):
                words = candidate
            if words is None or not self._stands(words, certain=words == candidate):
                continue
            name = PersonName.parse(view.surface(words), known)
            keys = name.spelling
            if not keys:
                continue
            person = owner.get(keys) if len(keys) > 1 else None
            if person is None and len(keys) == 1:
                person = self._bearer(units.get(keys[0], []), index)
            if person is None:
                if len(keys) > 1:
                    person = owner[keys] = Person()
                    persons.append(person)
                else:
                    person = lone_people.get(keys[0])
                    if person is None:
                        person = lone_people[keys[0]] = Person(full=False)
                        persons.append(person)
                person.names[name] += 1
            person.mentions.append(words)
            done = words.end

    def _call(self, units: dict[str, list[tuple[int, Person]]], name: PersonName, person: Person) -> None:
        """Notes by which single units the person can be called: the family name before the others."""
        for position, (unit, key) in enumerate(zip(name.units, name.spelling, strict=True)):
            family = unit == name.family or (position == 0 and unit.lower() in self.known.family_first)
            units[key].append((0 if family else 2 if position == 0 else 1, person))
        words = name.family.split()
        if len(words) > 1 and fold(words[-1]) in GENERATIONS:
            units[spelling_key(" ".join(words[:-1]))].append((1, person))

    def _nicknames(self) -> Iterator[tuple[Words, PersonName]]:
        """What full names are followed by: 'Bo Tan, also known as Otter'."""
        view = self.view
        for words in sorted(self.candidates.full, key=lambda w: w.start):
            index = words.end
            if index < len(view.tokens) and view.tokens[index].text in {"also", "better", "popularly", "widely"}:
                index += 1
            if index + 2 < len(view.tokens) and [t.text for t in view.tokens[index : index + 2]] == ["known", "as"]:
                run = view.run(index + 2, longest=3)
                if (
                    len(run)
                    and view.joined(index + 2, " ")
                    and not any(self.clues.outside(t) for t in view.tokens[run.start : run.end])
                ):
                    yield words, PersonName.parse(view.surface(run), self.known)

    def _index(self, trie: PhraseTrie[PersonName], name: PersonName) -> None:
        words = [fold(w) for w in words_of(" ".join(name.units))]
        if words:
            trie.add(words, name)

    @staticmethod
    def _bearer(candidates: list[tuple[int, Person]], index: int) -> Person | None:
        """Who a lone name means: one introduced before, the most named, the last introduced."""
        if not candidates:
            return None
        best = min(rank for rank, _ in candidates)
        people = {id(person): person for rank, person in candidates if rank == best}
        return max(people.values(), key=lambda p: (p.first < index, len(p.introduced), -p.first))

    def _stands(self, words: Words, *, certain: bool) -> bool:
        """Whether an occurrence of a person's name is the person: not a common word, not part of another name."""
        view, known = self.view, self.known
        tokens = view.tokens[words.start : words.end]
        gaps = view.gaps[words.start : words.end]
        if any(
            not t.capital and t.folded not in known.particles and gap != "-"
            for t, gap in zip(tokens, gaps, strict=True)
        ):
            return False
        if self.clues.listed(words):
            return False
        if len(words) == 1 and tokens[0].folded in known.nations and not self.clues.bears_country_name(words.start):
            return False
        span = view.span_at(words.start)
        if (
            span is not None
            and view.label_at(words.start) not in {"PERSON", "WORK_OF_ART", "NORP"}
            and len(span) > len(words)
            and words.inside(span)
            and self._names_a_thing(span, words)
        ):
            return False
        following = view.tokens[words.end] if view.joined(words.end, " ") else None
        if (
            following is not None
            and following.capital
            and following.folded in known.organisation_nouns
            and not view.headline(words.start)
        ):
            return False
        if certain:
            return True
        if len(words) == 1 and (tokens[0].folded in known.not_persons or self.clues.placed(words)):
            return False
        if len(words) == 1 and tokens[0].folded in known.places and self.clues.speaks_against(words.start):
            return False
        if len(words) == 1 and self.clues.goes_on(words.end) and not view.headline(words.start):
            return False
        if len(words) == 1:
            folded = tokens[0].folded
            ordinary = (
                folded in view.lower or folded in FUNCTION_WORDS or known.is_role(folded) or folded in known.honorifics
            )
            if ordinary and (view.initial[words.start] or view.headline(words.start)):
                return False
        if words.end < len(view.tokens) and view.tokens[words.end].capital:
            after = view.tokens[words.end]
            if (
                view.joined(words.end, " ")
                and (after.folded in self.clues.nouns)
                and not view.headline(words.end)
                and after.folded not in view.lower
            ):
                return False
            if view.joined(words.end, "-") and not self.clues.outside(after) and self.view.label_at(words.end) is None:
                return False
        if view.joined(words.start, "-") and view.tokens[words.start - 1].capital:
            before = view.tokens[words.start - 1]
            person = view.label_at(words.start - 1) == "PERSON"
            return person or self.clues.outside(before) or view.initial[words.start - 1]
        return True

    def _names_a_thing(self, span: Words, words: Words) -> bool:
        """Whether the model's larger span is a name of its own, not the person's with something beside it."""
        view = self.view
        for index in range(span.start + 1, span.end):
            if not view.joined(index):
                return False  # a possessive or a comma parts it
        if len(words) > 1 and words.end < span.end and view.tokens[words.end].text in {"of", "from"}:
            return False  # 'Ada Marsh of Tarnby'
        if len(words) > 1 and words.end == span.end and self.clues.after_portfolio(words.start):
            return False
        before = view.tokens[words.start - 1]
        if words.start > span.start and (self.known.is_role(before.folded) or before.folded in self.known.honorifics):
            return False
        others = [view.tokens[k] for k in range(span.start, span.end) if not words.start <= k < words.end]
        return not all(self.clues.outside(t) or not t.capital for t in others)
