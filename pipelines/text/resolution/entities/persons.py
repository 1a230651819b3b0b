"""The persons of one article: names found by the model or by their surroundings, linked, and found again everywhere."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations

from pipelines.text.extraction.truecasing import FUNCTION_WORDS
from pipelines.text.resolution.entities.knowledge import EntityKnowledge
from pipelines.text.resolution.entities.names import GENERATIONS, PersonName, given_key, is_initial
from pipelines.text.resolution.entities.tokens import PhraseTrie, Token, fold, words_of
from pipelines.text.resolution.entities.view import ArticleView, Words

_SAID = frozenset("said says told tells added adds wrote writes argued argues warned insisted replied explained noted recalled "
                  "stressed tweeted posted".split())  # fmt: skip
_AUXILIARIES = frozenset(
    "is was has had will would can could may might should did does also then later now and who never".split()
)
_NOT_PART = frozenset("led era backed linked style like based born appointed aligned owned run made affiliated controlled "
                      "supported sponsored driven inspired friendly related dominated brokered held free".split())  # fmt: skip
"""What a hyphen adds to a name without being part of it."""
_ALSO_OF_FIRMS = frozenset("owner maker partner leader champion host producer model guard victim founder center forward back developer "
                           "operator rival".split())  # fmt: skip
_WHERE = frozenset({"in", "at", "near", "across", "outside", "around", "throughout", "In", "At", "Near", "Across"})
_ADDRESSES = frozenset(
    {
        "Mr",
        "Mrs",
        "Ms",
        "Dr",
        "President",
        "Chancellor",
        "Senator",
        "Sen",
        "Gen",
        "General",
        "Judge",
        "Prof",
        "Professor",
    }
)
_LONGEST_NAME = 6
_MOST_BEARERS = 20
_GIVEN_AND_ORDINARY = frozenset({"april", "june", "may", "august", "christian", "jesus"})


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
        self.full: dict[Words, PersonName] = {}
        self.lone: dict[Words, PersonName] = {}
        self._places: dict[str, list[int]] = defaultdict(list)
        """Where each capitalised word stands."""
        self._alone: dict[str, bool] = {}
        self._nouns = knowledge.organisation_nouns | knowledge.place_nouns | knowledge.thing_nouns
        for index in view.capitals:
            self._places[view.tokens[index].text].append(index)

    def find(self) -> list[Person]:
        """The persons with their mentions, none of which overlap."""
        self._collect_from_model()
        self._collect_from_context()
        self._collect_titled()
        self._confirm()
        self._collect_relatives()
        persons = self._people()
        self._mark(persons)
        return [p for p in persons if p.mentions]

    # -- candidates ---------------------------------------------------------------------------------------------

    def _collect_from_model(self) -> None:
        for label, words in self.view.spans:
            if label == "PERSON" and (cleaned := self._cleaned(words)):
                self._add(self._extended(cleaned))

    def _add(self, words: Words) -> None:
        name = PersonName.parse(self.view.units(words), self.known)
        if not name.units:
            return
        if len(name.units) > 1 and self._plausible(words, name):
            self.full[words] = name
        elif len(name.units) == 1:
            self.lone[words] = name

    def _cleaned(self, words: Words) -> Words | None:
        """The name inside a span: without titles, roles and what a comma or a possessive parts from it."""
        view, known = self.view, self.known
        start, end = words.start, words.start + 1
        while end < words.end and view.joined(end):
            end += 1
        while start < end:
            token = view.tokens[start]
            rest = end - start - 1
            opens = token.folded in known.particles and rest
            if not token.capital and not opens:
                start += 1
            elif rest and self._introduces(token, rest) and view.joined(start + 1, " ."):
                start += 1
            elif token.folded in FUNCTION_WORDS and token.folded not in _GIVEN_AND_ORDINARY:
                start += 1
            else:
                break
        while end > start:
            token = view.tokens[end - 1]
            part_of_compound = end - 1 > start and token.gap == "-"
            if not token.capital and (not part_of_compound or token.folded in _NOT_PART or token.folded.endswith("ed")):
                end -= 1
            elif token.folded in FUNCTION_WORDS and token.folded not in known.given_names:
                end -= 1
            elif (
                end - start > 2
                and token.folded not in known.suffixes
                and (
                    token.folded in known.roles
                    or token.folded in known.not_persons
                    or (token.text.isupper() and len(token.text) > 2 and not view.headline(start))
                )
            ):
                end -= 1
            else:
                break
        while (
            end - start > 2
            and view.tokens[end - 1].folded in known.suffixes - GENERATIONS
            and view.tokens[end - 1].text.isupper()
        ):
            end -= 1
        if start == end or end - start > _LONGEST_NAME:
            return None
        return Words(start, end)

    def _introduces(self, token: Token, rest: int) -> bool:
        """Whether a word before a name is no part of it."""
        known = self.known
        if token.folded in known.kept_titles:
            return rest > 1
        if token.folded in known.given_names:
            return token.folded in known.honorifics and rest > 1
        if token.folded in known.honorifics or token.folded in known.roles or token.folded in known.demonyms:
            return True
        return token.folded in known.nations and rest > 1

    def _extended(self, words: Words) -> Words:
        """The name with the parts that the model cut off: over hyphens and particles, and adjacent unclaimed names."""
        view, known = self.view, self.known
        start, end = words.start, words.end
        while (
            start
            and view.joined(start, "-")
            and view.tokens[start - 1].capital
            and self._free(start - 1)
            and not self._outside(view.tokens[start - 1])
        ):
            start -= 1
        while end < len(view.tokens) and end - start < _LONGEST_NAME:
            token = view.tokens[end]
            following = view.tokens[end + 1] if end + 1 < len(view.tokens) else None
            if view.joined(end, "-") and self._free(end) and not self._outside(token):
                if not token.capital and (end - start < 2 or token.folded in _NOT_PART or token.folded.endswith("ed")):
                    break
                end += 1
            elif (
                view.joined(end, " ")
                and token.text.islower()
                and token.folded in known.particles - {"e", "y", "do", "das"}
                and following
                and view.joined(end + 1, " -")
                and following.capital
                and not view.headline(end)
            ):
                end += 2
            elif view.joined(end, " .") and token.folded in GENERATIONS and token.capital:
                end += 1
            else:
                break
        if end - start == 1 and not view.headline(start):
            if (
                start
                and view.tokens[start - 1].folded in known.kept_titles
                and view.joined(start, " ")
                and view.tokens[start - 1].capital
            ):
                return Words(start - 1, end)
            if view.joined(end, " ") and view.tokens[end].capital and self._free(end) and self._name_like(end):
                end += 1
        return Words(start, end)

    def _free(self, index: int) -> bool:
        return self.view.label_at(index) in {None, "PERSON"}

    def _outside(self, token: Token) -> bool:
        """Whether the word belongs to something else than a name."""
        known = self.known
        return (
            token.folded in known.nations
            or token.folded in known.roles
            or token.folded in known.honorifics
            or token.folded in FUNCTION_WORDS
            or token.folded in known.not_persons
            or token.folded in known.known_forms
        )

    def _name_like(self, index: int) -> bool:
        """Whether a capitalised word can be part of a person's name."""
        token, known = self.view.tokens[index], self.known
        return (
            token.capital
            and token.folded.replace("'", "").isalpha()
            and not self._outside(token)
            and token.folded not in self._nouns
            and token.folded not in self.view.lower
            and not (token.text.isupper() and len(token.text) > 2)
        )

    def _plausible(self, words: Words, name: PersonName) -> bool:
        """Whether several words can be a person's full name."""
        view, known = self.view, self.known
        tokens = view.tokens[words.start : words.end]
        first, last = tokens[0], tokens[-1]
        folded = " ".join(t.folded for t in tokens)
        if (entry := known.known_forms.get(folded)) is not None:
            return entry.label == "PERSON"
        if folded in known.nations or folded in known.places or any(any(c.isdigit() for c in t.text) for t in tokens):
            return False
        if not view.headline(words.start) and all(t.text.isupper() and len(t.text) > 1 for t in tokens):
            return False
        given = first.folded in known.given_names
        named = given or self._titled(words.start)
        if last.folded in self._nouns and not (given and len(tokens) == 2):
            return False
        if any(self._never(t, opens=k == 0) for k, t in enumerate(tokens)):
            return False
        acronym = last.text.isupper() and len(last.text) > 1 or first.text.isupper() and len(first.text) > 3
        if acronym and not given and not view.headline(words.start):
            return False
        if not named and (
            first.folded in known.known_forms
            or first.folded in self._nouns
            or any(t.folded in known.demonyms for t in tokens)
        ):
            return False
        if not given and (
            last.folded in known.nations or (first.folded in known.places and not self._stands_alone(last.text))
        ):
            return False
        ordinary = [t for t in tokens if t.folded in view.lower and t.folded not in known.particles]
        return named or len(ordinary) < len(tokens)

    def _never(self, token: Token, *, opens: bool) -> bool:
        """Whether a word rules out that the words around it are a person's name."""
        known = self.known
        if opens and (token.folded in _GIVEN_AND_ORDINARY or token.folded in known.given_names):
            return False
        if token.folded in known.not_persons:
            return True
        return token.folded in FUNCTION_WORDS and token.capital and token.folded not in known.given_names

    def _titled(self, index: int) -> bool:
        """Whether a title or a role stands before the word."""
        view, known = self.view, self.known
        if not view.joined(index, " ."):
            return False
        before = view.tokens[index - 1].folded
        return before in known.honorifics or before in known.roles or before in known.kept_titles

    def _collect_from_context(self) -> None:
        """Names that the model missed, after a role ('lawyer, Ann Lee') or before a verb of saying ('Ann Lee said')."""
        view, known = self.view, self.known
        taken = set()
        for words in [*self.full, *self.lone]:
            taken.update(range(words.start, words.end))
        done = 0
        for index in view.capitals:
            if index < done or index in taken or view.headline(index):
                continue
            run = self._name_run(index)
            if run is None or any(k in taken for k in range(run.start, run.end)):
                continue
            role = self._after_role(run.start)
            said = run.end < len(view.tokens) and view.tokens[run.end].folded in _SAID and view.joined(run.end, " ")
            labels = {view.label_at(k) for k in range(run.start, run.end)}
            spans = {view.owner[k] for k in range(run.start, run.end)} - {None}
            whole = all(
                view.spans[s][1].end <= run.end and (role or view.spans[s][1].inside(run))
                for s in spans
                if s is not None
            )
            given = view.tokens[run.start].folded in known.given_names
            shown = said or self._described(run.end) or self._stands_alone(view.tokens[run.end - 1].text)
            unclaimed = labels <= {None, "PERSON", "NORP", "WORK_OF_ART"}
            placed = view.tokens[run.start].folded in known.places or view.tokens[run.start].folded in known.nations
            if whole and (
                role
                or (said and unclaimed and not view.tokens[run.start].initial)
                or (
                    given
                    and (shown or unclaimed or (len(run) == 2 and not placed and not self._after_article(run.start)))
                )
                or (unclaimed and self._described(run.end))
            ):
                self._add(run)
                done = run.end

    def _collect_titled(self) -> None:
        """Lone names that their surroundings show to be persons: 'President Lee', 'the Lee administration'."""
        view, known = self.view, self.known
        found = {index for words in [*self.full, *self.lone] for index in range(words.start, words.end)}
        for index in view.capitals:
            if index in found or view.headline(index) or not self._name_like(index):
                continue
            span = view.span_at(index)
            if (
                span is not None
                and len(span) > 1
                and any(
                    view.tokens[k].capital
                    for k in range(span.start, span.end)
                    if k != index and not self._outside(view.tokens[k])
                )
            ):
                continue
            neighbours = [k for k in (index - 1, index + 1) if view.joined(max(k, index), " -") and 0 <= k]
            if any(view.tokens[k].capital and self._name_like(k) for k in neighbours if k < len(view.tokens)):
                continue
            if self._evident(index):
                self._add(Words(index, index + 1))

    def _evident(self, index: int) -> bool:
        """Whether the words beside a lone name leave no doubt that it is a person's."""
        view, known = self.view, self.known
        following = view.tokens[index + 1] if view.joined(index + 1, " ") else None
        if following is not None and following.text == "administration":
            return True
        if not view.joined(index, " ."):
            return False
        before = view.tokens[index - 1]
        if before.folded in known.honorifics:
            return before.capital and not before.initial or before.text in _ADDRESSES
        return before.folded in known.roles and view.label_at(index) in {None, "PERSON"} and not before.initial

    def _after_article(self, index: int) -> bool:
        return self.view.joined(index, " ") and self.view.tokens[index - 1].folded in {"the", "a", "an"}

    def _described(self, end: int) -> bool:
        """Whether what follows a name says that it is a person's: ', 43,', ', who' or ', the firm's director'."""
        view = self.view
        if end >= len(view.tokens) or view.tokens[end].segment != view.tokens[end - 1].segment:
            return False
        if view.around(Words(end, end + 1))[0] != ", ":
            return False
        token = view.tokens[end]
        if token.text == "who" or (token.text.isdigit() and len(token.text) == 2):
            return True
        for index in range(end, min(end + 8, len(view.tokens))):
            token = view.tokens[index]
            if (index > end and not view.joined(index, " -s")) or token.text in {
                "who",
                "which",
                "that",
                "and",
                "but",
                "with",
                "said",
            }:
                return False
            if token.folded in self.known.roles and not token.initial and token.folded not in _ALSO_OF_FIRMS:
                return True
        return False

    def _stands_alone(self, word: str) -> bool:
        """Whether the word stands somewhere without another name beside it, and as a person's name can."""
        if word not in self._alone:
            view = self.view
            self._alone[word] = any(
                not (view.joined(k) and view.tokens[k - 1].capital)
                and not (view.joined(k + 1) and view.tokens[k + 1].capital)
                and not self._speaks_against(k)
                for k in self._places[word]
            )
        return self._alone[word]

    def _name_run(self, start: int) -> Words | None:
        """Two to four words from here on that look like a full name."""
        view, known = self.view, self.known
        if not self._name_like(start) or (
            view.joined(start) and view.tokens[start - 1].capital and self._name_like(start - 1)
        ):
            return None
        end = start + 1
        while end < len(view.tokens) and end - start < 5 and view.joined(end):
            token = view.tokens[end]
            if self._name_like(end):
                end += 1
            elif token.folded in known.particles and view.joined(end + 1, " -") and self._name_like(end + 1):
                end += 2
            elif view.joined(end, "-") and not token.capital and end - start > 1 and token.folded not in _NOT_PART:
                end += 1
            else:
                break
        if end < len(view.tokens) and view.joined(end, " -") and view.tokens[end].capital:
            return None  # part of a longer name of something
        spaced = 1 + sum(view.tokens[k].gap != "-" for k in range(start + 1, end))
        return Words(start, end) if 2 <= spaced <= 4 else None

    def _after_role(self, index: int) -> bool:
        """Whether the words before name an office or an occupation, directly or with a comma between."""
        view, known = self.view, self.known
        if not index or view.tokens[index - 1].segment != view.tokens[index].segment:
            return False
        before = view.tokens[index - 1]
        if before.folded == "state" and index > 2 and view.tokens[index - 3].folded == "secretary":
            return True
        if before.folded not in known.roles and before.folded not in known.honorifics:
            return False
        if view.joined(index, " .s"):
            return view.tokens[index].gap != "s"
        gap = view.around(Words(index, index + 1))[0]
        return gap == ", " and (before.text.islower() or before.text.isupper()) and before.folded in known.roles

    # -- filters that need the whole article --------------------------------------------------------------------

    def _confirm(self) -> None:
        """Drops what the article speaks against: names only in headlines, lone words that are no names."""
        view, known = self.view, self.known
        body_units = {
            key
            for words, name in [*self.full.items(), *self.lone.items()]
            if not view.headline(words.start)
            for key in name.keys()
        }
        full_units = {
            key
            for words, name in self.full.items()
            if not view.headline(words.start) or not view.has_body
            for key in name.keys()
        }
        body_names = {name.keys() for words, name in self.full.items() if not view.headline(words.start)}
        for words, name in list(self.full.items()):
            if view.headline(words.start) and view.has_body and name.keys() not in body_names:
                tokens = view.tokens[words.start : words.end]
                surname = name.keys()[-1] in body_units and len(name.units) == 2
                if not (surname or tokens[0].folded in known.given_names) or any(
                    t.folded in view.lower for t in tokens
                ):
                    del self.full[words]
        votes: dict[str, Counter[bool]] = defaultdict(Counter)
        evident = {
            view.tokens[words.start].folded
            for words in self.lone
            if len(words) == 1 and not view.headline(words.start) and self._evident(words.start)
        }
        for label, words in view.spans:
            if len(words) == 1 and not view.headline(words.start):
                votes[view.tokens[words.start].folded][label == "PERSON"] += 1
        for word in sorted({view.tokens[words.start].text for words in self.lone if len(words) == 1}):
            against = 0
            occurrences = [k for k in self._places[word] if not view.headline(k)]
            for index in occurrences:
                if self._goes_on(index + 1):
                    votes[fold(word)][False] += 2
                against += self._speaks_against(index)
            opening = all(view.tokens[k].initial for k in occurrences) and not any(self._acts(k) for k in occurrences)
            if occurrences and (opening or 2 * against >= len(occurrences)):
                votes[fold(word)][False] += len(occurrences) + 1
        for words, name in list(self.lone.items()):
            if name.keys()[0] in full_units:
                continue
            tokens = view.tokens[words.start : words.end]
            folded = " ".join(t.folded for t in tokens)
            unnamed = (
                (view.headline(words.start) and view.has_body and name.keys()[0] not in body_units)
                or (folded in view.lower and folded not in evident)
                or folded in known.nations
                or folded in known.places
                or (folded in known.known_forms and known.known_forms[folded].label != "PERSON")
                or any(t.folded in known.not_persons or t.folded in FUNCTION_WORDS for t in tokens)
                or any(t.folded in known.roles or t.folded in known.honorifics for t in tokens[-1:])
                or any(any(c.isdigit() for c in t.text) for t in tokens)
                or (tokens[-1].folded in self._nouns and not self._titled(words.start))
                or (all(t.text.isupper() for t in tokens) and not view.headline(words.start))
                or len(folded) < 2
                or (votes[folded][False] > votes[folded][True] and folded not in evident)
                or self._in_place_name(words.start)
            )
            if unnamed:
                del self.lone[words]

    def _acts(self, index: int) -> bool:
        """Whether a verb or a possessive follows, as after the subject of a sentence."""
        view = self.view
        if index + 1 >= len(view.tokens) or view.tokens[index + 1].segment != view.tokens[index].segment:
            return False
        following = view.tokens[index + 1]
        return (
            following.gap != " "
            or following.folded in _SAID
            or following.folded in _AUXILIARIES
            or following.folded.endswith("ed")
        )

    def _speaks_against(self, index: int) -> bool:
        """Whether a lone word is used as no person's name is: 'in Hull', 'the Dodgers', 'the Cloud is'."""
        view, known = self.view, self.known
        following = view.tokens[index + 1] if view.joined(index + 1, " -") else None
        if following is not None and following.text.islower() and following.folded in known.place_nouns:
            return True
        if (
            following is not None
            and following.text == "of"
            and view.joined(index + 2, " ")
            and view.tokens[index + 2].capital
        ):
            return True
        if not view.joined(index, " "):
            return False
        pair = f"{view.tokens[index - 1].folded} {view.tokens[index].folded}"
        if pair in known.nations or pair in known.places:
            return True
        before = view.tokens[index - 1].text
        if before in _WHERE:
            return True
        if before.lower() not in {"the", "a", "an"}:
            return False
        # 'the Lee campaign' is a person's, 'the Standard said' is not
        return (
            following is None
            or following.folded in FUNCTION_WORDS
            or following.folded in _SAID
            or view.tokens[index].text.endswith("s")
        )

    def _in_place_name(self, index: int) -> bool:
        """Whether the word closes a name such as 'Strait of Hormuz'."""
        view = self.view
        return (
            view.joined(index, " ")
            and view.tokens[index - 1].text == "of"
            and view.joined(index - 1, " ")
            and view.tokens[index - 2].capital
            and view.tokens[index - 2].folded in self.known.place_nouns
        )

    def _collect_relatives(self) -> None:
        """Full names that share a family name with a known one but that the model missed ('Ann Lee' beside 'Bo Lee')."""
        view = self.view
        names = [*self.full.values(), *self.lone.values()]
        families = {name.family for name in names if " " not in name.family}
        taken = set()
        for words in self.full:
            taken.update(range(words.start, words.end))
        for index in view.capitals:
            token = view.tokens[index]
            if token.text not in families or index in taken or view.headline(index) or not view.joined(index, " "):
                continue
            start = index
            while (
                start
                and index - start < 2
                and view.joined(start, " -.")
                and self._name_like(start - 1)
                and self._free(start - 1)
                and start - 1 not in taken
                and (not view.tokens[start - 1].initial or view.tokens[start - 1].folded in self.known.given_names)
            ):
                start -= 1
            if start < index and not (
                start
                and view.joined(start, " -")
                and view.tokens[start - 1].capital
                and not self._outside(view.tokens[start - 1])
                and not view.tokens[start - 1].initial
            ):
                self._add(Words(start, index + 1))

    # -- linking ------------------------------------------------------------------------------------------------

    def _people(self) -> list[Person]:
        """Full names joined to persons; lone names wait for `_mark`, which knows where each stands."""
        known = self.known
        by_key: dict[tuple[str, ...], Person] = {}
        for words, name in sorted(self.full.items(), key=lambda item: item[0].start):
            key = (given_key(name.units[0], known.given_names), *name.keys()[1:])
            person = by_key.setdefault(key, Person())
            person.names[name] += 1
            person.introduced.append(words.start)
        # a shorter form of a longer name: two of its units in the same order
        longer: dict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
        initials: dict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
        for key, person in by_key.items():
            if len(key) > 2:
                for pair in combinations(key[:_LONGEST_NAME], 2):
                    longer[pair].add(key)
            if not any(is_initial(name.units[0]) for name in person.names):
                initials[key[0][0], key[-1]].add(key)
        for key in sorted(by_key, key=lambda k: (-len(k), k)):
            person = by_key[key]
            targets: set[tuple[str, ...]] = set()
            if len(key) == 2:
                targets = longer[key]
            if not targets and any(is_initial(name.units[0]) for name in person.names):
                targets = initials[key[0][0], key[-1]] - {key}
            if len(targets) == 1 and (target := by_key[next(iter(targets))]) is not person:
                target.names.update(person.names)
                target.introduced.extend(person.introduced)
                by_key[key] = target
        unique: dict[int, Person] = {}
        for key in by_key:
            unique.setdefault(id(by_key[key]), by_key[key])
        return list(unique.values())

    def _mark(self, persons: list[Person]) -> None:
        """Finds every occurrence of the names and gives it to a person; adds persons known by a lone name only."""
        view, known = self.view, self.known
        trie: PhraseTrie[PersonName] = PhraseTrie()
        owner: dict[tuple[str, ...], Person] = {}
        units: dict[str, list[tuple[int, Person]]] = defaultdict(list)
        for person in persons:
            for name in sorted(person.names, key=lambda n: n.units):
                keys = name.keys()
                owner.setdefault(keys, person)
                self._index(trie, name)
                self._index(trie, PersonName((name.family,)))
                if keys[0] in {PersonName((f,)).keys()[0] for f in name.units[:1] if f.lower() in known.family_first}:
                    self._index(trie, PersonName((name.units[0],)))
                    units[keys[0]].append((0, person))
                for position, key in enumerate(keys):
                    rank = 0 if position == len(keys) - 1 else 2 if position == 0 else 1
                    units[key].append((rank, person))
                if len(family := name.family.split()) > 1 and family[-1].lower() in GENERATIONS:
                    units[PersonName((" ".join(family[:-1]),)).keys()[0]].append((1, person))
        for key, bearers in units.items():
            # a list of many people of one name leaves the lone name to the most named of them
            units[key] = sorted(bearers, key=lambda b: (b[0], -len(b[1].introduced), b[1].first))[:_MOST_BEARERS]
        for name in sorted(set(self.lone.values()), key=lambda n: n.units):
            self._index(trie, name)
        candidates = {words.start: words for words in [*self.lone, *self.full]}
        lone_people: dict[str, Person] = {}
        done = 0
        for index, token in enumerate(view.tokens):
            if index < done or (token.folded not in trie.root and index not in candidates):
                continue
            found = trie.longest(view.tokens, index)
            words = Words(index, found[0]) if found else None
            candidate = candidates.get(index)
            if candidate and (words is None or len(candidate) > len(words)):
                words = candidate
            if words is None or not self._stands(words, certain=words == candidate):
                continue
            name = PersonName.parse(view.units(words), known)
            keys = name.keys()
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
        if any(not t.capital and t.folded not in known.particles and t.gap != "-" for t in tokens):
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
        if len(words) == 1 and self._goes_on(words.end) and not view.headline(words.start):
            return False
        if len(words) == 1:
            folded = tokens[0].folded
            ordinary = (
                folded in view.lower or folded in FUNCTION_WORDS or folded in known.roles or folded in known.honorifics
            )
            if ordinary and (tokens[0].initial or view.headline(words.start)):
                return False
        if words.end < len(view.tokens) and view.tokens[words.end].capital:
            after = view.tokens[words.end]
            if (
                view.joined(words.end, " ")
                and (after.folded in self._nouns)
                and not view.headline(words.end)
                and after.folded not in view.lower
            ):
                return False
            if view.joined(words.end, "-") and not self._outside(after) and self.view.label_at(words.end) is None:
                return False
        if view.joined(words.start, "-") and view.tokens[words.start - 1].capital:
            before = view.tokens[words.start - 1]
            return self._outside(before) or view.label_at(words.start - 1) == "PERSON" or before.initial
        return True

    def _goes_on(self, end: int) -> bool:
        """Whether a name of something else goes on with the word at `end` ('Baker' in 'Baker Electric')."""
        view = self.view
        return (
            view.joined(end, " ")
            and not view.headline(end)
            and self._name_like(end)
            and view.label_at(end) != "PERSON"
            and self.known.known.longest(view.tokens, end, exact=True) is None
        )

    def _names_a_thing(self, span: Words, words: Words) -> bool:
        """Whether the model's larger span is a name of its own, not the person's with something beside it."""
        view, known = self.view, self.known
        for index in range(span.start + 1, span.end):
            if not view.joined(index):
                return False  # a possessive or a comma parts it
        others = [view.tokens[k] for k in range(span.start, span.end) if not words.start <= k < words.end]
        return not all(self._outside(t) or not t.capital for t in others)
