"""The organisations of one article: the names found in it, joined to organisations, and found again everywhere."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipelines.text.resolution.entities.knowledge import EntityKnowledge, KnownName
from pipelines.text.resolution.entities.organisation_candidates import OrganisationCandidates
from pipelines.text.resolution.entities.organisation_lists import beside_bodies
from pipelines.text.resolution.entities.organisation_names import CHAMBERS, INNER_WORDS, STATE_ORGANS, organisation_key
from pipelines.text.resolution.entities.tokens import PhraseTrie, fold, phrase_key
from pipelines.text.resolution.entities.view import ArticleView, Words


@dataclass(slots=True)
class Organisation:
    """An organisation of the article, or another thing that a table names."""

    key: str
    label: str = "ORG"
    full: bool = True
    pinned: str = ""
    """The name that a table gives it."""
    acronyms: set[str] = field(default_factory=set)
    mentions: list[Words] = field(default_factory=list)
    forms: Counter[str] = field(default_factory=Counter)


class OrganisationFinder:
    """Finds the organisations of one article beside the persons' mentions; `find` is the way in."""

    def __init__(self, view: ArticleView, knowledge: EntityKnowledge, persons: Iterable[Words]) -> None:
        self.view = view
        self.known = knowledge
        self.taken: list[bool] = [False] * len(view.tokens)
        """Whether a word belongs to a mention already."""
        self.at: list[Words | None] = [None] * len(view.tokens)
        """The organisation's mention that a word belongs to."""
        for words in persons:
            self._take(words)
        self.found: dict[Words, KnownName | None] = {}
        self.acronyms: dict[str, str] = {}
        """Acronym → key of the body that the article introduces it for."""

    def find(self) -> list[Organisation]:
        """The organisations with their mentions, none of which overlap each other or a person's."""
        finder = OrganisationCandidates(self.view, self.known, list(self.taken))
        candidates = [*finder.from_tables(), *finder.from_model(), *finder.from_patterns()]
        # the longest name wins; among equals, the one that a table knows
        candidates.sort(key=lambda c: (-len(c[0]), c[1] is None, c[0].start))
        for words, entry in candidates:
            if not any(self.taken[words.start : words.end]):
                self._accept(words, entry)
        for words in list(beside_bodies(self.view, self.known, self.found.__contains__, self.taken)):
            if not any(self.taken[words.start : words.end]):
                self._accept(words, None)
        self._introduced_acronyms()
        self._propagate()
        return self._organisations()

    def _take(self, words: Words) -> None:
        for index in range(words.start, words.end):
            self.taken[index] = True

    def _accept(self, words: Words, entry: KnownName | None) -> None:
        self._take(words)
        if (entry.possessive if entry else False) or self.view.ends_in_possessive(words):
            self.view.owned_ends.add(words.end - 1)
        self.found[words] = entry
        for index in range(words.start, words.end):
            self.at[index] = words

    def _introduced_acronyms(self) -> None:
        """'Long Form (ACR)': any letters after a name that was found, else after words with these initials."""
        view = self.view
        by_end = {words.end: words for words in self.found}
        for index in view.capitals:
            token = view.tokens[index]
            if view.gaps[index] not in {"", "q"}:
                continue  # no bracket stands before it
            text = token.text.replace(".", "")
            if not 2 <= len(text) <= 8 or sum(c.isupper() for c in text) < 2 or sum(c.islower() for c in text) > 2:
                continue
            before, after = view.around(Words(index, index + 1))
            if not before.endswith("(") or not after.startswith(")") or not index:
                continue
            if view.segments[index - 1] != view.segments[index]:
                continue
            long = by_end.get(index)
            if long is None:
                long = self._spelled_out(index, text)
                if long is not None and phrase_key(view.surface(long)) not in self.known.nations:
                    for words in {w for w in self.at[long.start : long.end] if w is not None}:
                        del self.found[words]
                    self._accept(long, None)
            if long is None or len(long) < 2 or phrase_key(view.surface(long)) in self.known.nations:
                continue
            entry = self.found[long]
            self.acronyms.setdefault(token.folded, entry.name if entry else view.surface(long))
            if not self.taken[index]:
                self._accept(Words(index, index + 1), None)

    def _spelled_out(self, index: int, acronym: str) -> Words | None:
        """The capitalised words right before `index` whose initials are the acronym's.

        Where only the first initial is (the letters may be those of another language), the words have to begin a name
        of several words.
        """
        view = self.view
        letters = list(acronym.upper())
        start = index
        while start and index - start < 10 and (start == index or view.joined(start, " -")):
            before = view.tokens[start - 1]
            if self.taken[start - 1] and self.at[start - 1] is None:
                break  # a person
            if before.capital and letters and before.text[0] == letters[-1]:
                letters.pop()
            elif not (before.capital or before.folded in INNER_WORDS):
                break
            start -= 1
            if not letters and before.capital:
                return Words(start, index)
        for first in range(start, index - 1):
            token = view.tokens[first]
            several = sum(view.tokens[k].capital for k in range(first, index)) > 1
            if token.capital and several and token.text[0] == acronym[0] and token.folded not in self.known.nations:
                return Words(first, index) if view.tokens[first + 1].folded in {"of", "for"} else None
        return None

    def _propagate(self) -> None:
        """Other occurrences of the names found."""
        view = self.view
        trie: PhraseTrie[KnownName | None] = PhraseTrie()
        for words, entry in sorted(self.found.items(), key=lambda item: item[0].start):
            tokens = view.tokens[words.start : words.end]
            if not view.headline(words.start) and any(t.capital for t in tokens):
                trie.add([t.text for t in tokens], entry)
        for index in [k for k, token in enumerate(view.tokens) if token.text in trie.root]:
            if self.taken[index]:
                continue
            token = view.tokens[index]
            hit = trie.longest(view.tokens, view.gaps, index, exact=True)
            if hit is None or any(self.taken[index : hit[0]]):
                continue
            alone = hit[0] - index == 1
            if alone and token.folded in view.lower and (view.initial[index] or view.headline(index)):
                continue
            if alone and hit[1] is not None and hit[1].after:
                continue
            if (
                view.joined(hit[0], " ")
                and view.tokens[hit[0]].capital
                and alone
                and view.label_at(hit[0]) not in {None, "ORG"}
            ):
                continue
            self._accept(Words(index, hit[0]), hit[1])

    def _organisations(self) -> list[Organisation]:
        view, known = self.view, self.known
        by_key: dict[tuple[str, str], Organisation] = {}
        for words, entry in sorted(self.found.items(), key=lambda item: item[0].start):
            surface = " ".join(view.surface(words).split())
            # what the article says that an acronym means goes before the tables
            introduced = self.acronyms.get(fold(surface))
            named = introduced or surface
            table = (None if introduced else entry) or known.known_forms.get(phrase_key(named))
            label = table.label if table else "ORG"
            key = organisation_key(table.name if table else named, known)
            organisation = by_key.setdefault((label, key), Organisation(key=key, label=label))
            if table:
                organisation.pinned = table.name
            organisation.mentions.append(words)
            organisation.forms[surface] += 1
        for acronym, name in sorted(self.acronyms.items()):
            entry = known.known_forms.get(phrase_key(name))
            key = organisation_key(entry.name if entry else name, self.known)
            if (organisation := by_key.get(("ORG", key))) is not None:
                organisation.acronyms.add(acronym)
        self._join_short_forms(by_key)
        alone = known.organisation_nouns - CHAMBERS
        for identity in [i for i, o in by_key.items() if not o.pinned and i[1] in alone]:
            del by_key[identity]  # 'the Committee', when no name of the article ends so
        for organisation in by_key.values():
            words_of_key = organisation.key.split()
            organ = bool(words_of_key) and words_of_key[-1] in STATE_ORGANS
            owned = bool(words_of_key) and (words_of_key[0].isupper() or words_of_key[0] in known.nations)
            organ |= organisation.key in CHAMBERS
            organisation.full = bool(organisation.pinned) or owned or not organ
        return sorted(by_key.values(), key=lambda o: (o.label, o.key))

    def _join_short_forms(self, by_key: dict[tuple[str, str], Organisation]) -> None:
        """Joins a short form to the one longer name that ends or begins with it or has it as initials."""
        endings: dict[tuple[str, ...], set[str]] = defaultdict(set)
        initials: dict[str, set[str]] = defaultdict(set)
        for label, key in by_key:
            words = key.split()
            if label != "ORG" or len(words) < 2:
                continue
            for length in range(1, min(len(words), 6)):
                endings[tuple(words[-length:])].add(key)
            if not words[0].isupper() and words[0] not in self.known.places:
                endings[(words[0],)].add(key)
            letters = "".join(w[0] for w in words if w not in INNER_WORDS)
            if len(letters) > 2:
                initials[letters].add(key)
        for label, key in sorted(by_key, key=lambda k: (len(k[1].split()), k)):
            short = by_key.get((label, key))
            if label != "ORG" or short is None or short.pinned:
                continue
            words = tuple(key.split())
            if words == ("house",):
                continue  # of which parliament, or the White House: the word alone does not say
            acronym = len(words) == 1 and all(f.replace(".", "").isupper() for f in short.forms)
            targets = initials[key] if acronym else endings[words]
            # a ministry is not another country's because only that one is named
            if words and words[-1] == "ministry":
                continue
            targets = {t for t in targets if t != key and ("ORG", t) in by_key}
            if len(targets) == 1:
                target = by_key["ORG", next(iter(targets))]
                target.mentions.extend(short.mentions)
                target.forms.update(short.forms)
                target.acronyms |= short.acronyms | ({key} if acronym else set())
                del by_key[label, key]
