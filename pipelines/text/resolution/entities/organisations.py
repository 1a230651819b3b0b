"""The organisations of one article: names from tables, from the model, and from what names of bodies look like."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipelines.text.extraction.truecasing import FUNCTION_WORDS
from pipelines.text.resolution.entities.knowledge import EntityKnowledge, KnownName
from pipelines.text.resolution.entities.tokens import PhraseTrie, Token, fold, words_of
from pipelines.text.resolution.entities.view import ArticleView, Words

_STATE_ORGANS = frozenset(
    "ministry army navy government parliament police senate cabinet treasury embassy fleet legislature".split()
)
_LOCAL_ORGANS = frozenset({"police", "fleet"})
_TWO_WORD_ORGANS = frozenset({("air", "force"), ("coast", "guard"), ("supreme", "court"), ("central", "bank"), ("armed", "forces"),
                              ("national", "guard"), ("intelligence", "service")})  # fmt: skip
_STATE_ORGAN_ENDS = _STATE_ORGANS | {last for _, last in _TWO_WORD_ORGANS}
_PORTFOLIOS = frozenset("defense defence foreign interior finance health justice energy education culture agriculture trade transport economy "
                        "economic labor labour environment information intelligence oil commerce tourism".split())  # fmt: skip
_BODY_NOUNS = frozenset("company firm agency organisation organization charity nonprofit startup bank newspaper magazine website broadcaster "
                        "retailer manufacturer airline carrier thinktank watchdog regulator union developer maker operator "
                        "publisher consultancy brokerage university hospital militia".split())  # fmt: skip
_INNER = frozenset({"of", "for", "and", "on", "the", "in", "to", "&"})
_LEGAL = frozenset("inc ltd plc corp co llc llp ag sa nv gmbh spa se oy ab as pty bv".split())
_SPELLINGS = {"organisation": "organization", "defence": "defense", "labour": "labor", "centre": "center", "programme": "program",
              "co-operation": "cooperation", "organisations": "organizations", "guards": "guard", "centres": "centers"}  # fmt: skip


def organisation_key(name: str, nations: dict[str, str] | None = None) -> str:
    """What spellings of an organisation's name have in common: no article or legal form, one spelling, country codes.

    'the Russian Defence Ministry', "Russia's Defense Ministry" and 'Ministry of Defense of Russia' have one key.
    """
    words = [_SPELLINGS.get(w, w) for w in (fold(word) for word in words_of(name))]
    while len(words) > 1 and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and words[-1] in _LEGAL:
        words = words[:-1]
    if nations and words:
        words = _with_country(words, nations)
    return " ".join(words)


def _with_country(words: list[str], nations: dict[str, str]) -> list[str]:
    """Country words at either end as a code; 'ministry of x' as 'x ministry'."""
    country = ""
    for length in (3, 2, 1):
        if len(words) > length and (code := nations.get(" ".join(words[:length]))):
            country, words = code, words[length:]
            break
    if not country and "of" in words[1:]:
        at = len(words) - 1 - words[::-1].index("of")
        tail = words[at + 1 :]
        if tail[:1] == ["the"]:
            tail = tail[1:]
        if (code := nations.get(" ".join(tail))) and words[0] in {"ministry", "government", "parliament", "bank"}:
            country, words = code, words[:at]
    if len(words) > 2 and words[0] in {"ministry", "department"} and words[1] in {"of", "for"}:
        words = [*(w for w in words[2:] if w != "the"), words[0]]
    return [country, *words] if country else words


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
        self.nations = dict(knowledge.nations)
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
        candidates = [*self._from_tables(), *self._from_model(), *self._from_patterns()]
        # the longest name wins; among equals, the one that a table knows
        candidates.sort(key=lambda c: (-len(c[0]), c[1] is None, c[0].start))
        for words, entry in candidates:
            if not any(self.taken[words.start : words.end]):
                self._accept(words, entry)
        self._introduced_acronyms()
        self._propagate()
        return self._organisations()

    def _take(self, words: Words) -> None:
        for index in range(words.start, words.end):
            self.taken[index] = True

    def _accept(self, words: Words, entry: KnownName | None) -> None:
        self._take(words)
        self.found[words] = entry
        for index in range(words.start, words.end):
            self.at[index] = words

    # -- candidates ---------------------------------------------------------------------------------------------

    def _from_tables(self) -> list[tuple[Words, KnownName | None]]:
        view = self.view
        found: list[tuple[Words, KnownName | None]] = []
        done = 0
        for index, token in enumerate(view.tokens):
            if index < done or (hit := self.known.known.longest(view.tokens, index, exact=True)) is None:
                continue
            words, entry = Words(index, hit[0]), hit[1]
            ordinary = len(words) == 1 and token.folded in view.lower and (token.initial or view.headline(index))
            before = view.tokens[index - 1].folded if view.joined(index, " ") else ""
            if ordinary or (entry.after and before not in entry.after):
                continue
            found.append((words, entry))
            done = words.end
        return found

    def _from_model(self) -> list[tuple[Words, KnownName | None]]:
        found: list[tuple[Words, KnownName | None]] = []
        view = self.view
        for label, words in view.spans:
            if view.headline(words.start) and view.has_body:
                continue  # what is a body's name in a headline is found by what the text below calls it
            if label == "ORG":
                cleaned = self._cleaned(words)
                if cleaned and self._plausible(cleaned):
                    found.append((cleaned, None))
            elif label == "PERSON":
                # what is no person after all, but ends as the names of bodies do
                cleaned = self._cleaned(words)
                if (
                    cleaned
                    and len(cleaned) > 1
                    and self._organ(view.tokens[cleaned.end - 1])
                    and self._plausible(cleaned)
                ):
                    found.append((cleaned, None))
        return found

    def _organ(self, token: Token) -> bool:
        return token.folded in self.known.organisation_nouns

    def _cleaned(self, words: Words) -> Words | None:
        view = self.view
        start, end = words.start, words.end
        for index in range(start + 1, end):
            if not view.tokens[index].gap and view.around(Words(index, index + 1))[0].endswith("("):
                end = index
                break
        for index in range(end - 1, start, -1):
            if view.tokens[index].gap == "s":
                left = " ".join(t.folded for t in view.tokens[start:index])
                keep = left in self.nations and (
                    self._organ(view.tokens[end - 1]) or view.tokens[end - 1].folded in _STATE_ORGANS
                )
                start = start if keep else index
                break
        while start < end and (
            not view.tokens[start].capital
            or view.tokens[start].folded in FUNCTION_WORDS - {"us"}
            or (view.tokens[start].folded == "us" and view.tokens[start].text.islower())
            or self.taken[start]
        ):
            start += 1
        while end > start and (
            self.taken[end - 1]
            or (not view.tokens[end - 1].capital and not self._organ(view.tokens[end - 1]))
            or (
                end - start > 1
                and view.tokens[end - 1].folded in self.known.roles
                and not self._organ(view.tokens[end - 1])
            )
        ):
            end -= 1
        return Words(start, end) if start < end else None

    def _plausible(self, words: Words) -> bool:
        view, known = self.view, self.known
        tokens = view.tokens[words.start : words.end]
        if any(self.taken[words.start : words.end]):
            return False
        folded = " ".join(t.folded for t in tokens)
        if folded in known.nations or folded in known.places or folded in known.not_persons:
            return False
        if not any(c.isalpha() for c in folded) or len(folded) < 2:
            return False
        if all(t.folded in known.nations or t.text.isdigit() for t in tokens) or tokens[-1].folded in known.thing_nouns:
            return False
        if len(tokens) == 1:
            token = tokens[0]
            common = (
                token.folded in known.generic
                or token.folded in known.place_nouns
                or token.folded in known.roles
                or token.folded in known.honorifics
                or token.folded in FUNCTION_WORDS
            )
            generic = token.folded in view.lower and (token.initial or view.headline(words.start))
            return not common and not generic
        return True

    def _from_patterns(self) -> list[tuple[Words, KnownName | None]]:
        """Capitalised names that end (or, with 'of', begin) as bodies do; a country with one of its organs."""
        view = self.view
        found: list[tuple[Words, KnownName | None]] = []
        for index, token in enumerate(view.tokens):
            if token.folded in _STATE_ORGAN_ENDS:
                if words := self._state_organ(index):
                    found.append((words, None))
            elif token.text in {"a", "an", "the"}:
                if words := self._explained(index):
                    found.append((words, None))
            if token.capital and self._organ(token) and not view.headline(index):
                words = self._named_body(index)
                if words and len(words) > 1 and self._plausible(words):
                    found.append((words, None))
        return found

    def _explained(self, index: int) -> Words | None:
        """'Acme Safety, a police technology company': the name before an apposition that says what it is."""
        view = self.view
        if not index or view.headline(index) or view.tokens[index - 1].segment != view.tokens[index].segment:
            return None
        if view.around(Words(index, index + 1))[0] != ", ":
            return None
        for k in range(index + 1, min(index + 9, len(view.tokens))):
            if not view.joined(k, " -s") or view.tokens[k].text in {
                "who",
                "that",
                "which",
                "of",
                "in",
                "at",
                "for",
                "from",
            }:
                return None
            if view.tokens[k].folded in _BODY_NOUNS:
                break
        else:
            return None
        start = index
        while (
            start
            and index - start < 4
            and (start == index or view.joined(start, " -"))
            and view.tokens[start - 1].capital
        ):
            start -= 1
        words = Words(start, index)
        if start == index or view.tokens[start].initial and view.tokens[start].folded in view.lower:
            return None
        labels = {view.label_at(k) for k in range(start, index)}
        return words if labels <= {None, "ORG", "PRODUCT", "WORK_OF_ART"} and self._plausible(words) else None

    def _named_body(self, index: int) -> Words | None:
        """The capitalised words around a head noun: before it, and after 'of' or 'for'."""
        view = self.view
        start, end = index, index + 1
        if view.joined(end, " ") and view.tokens[end].capital and self._organ(view.tokens[end]):
            return None  # the next word is the head
        while start and view.joined(start, " -") and not self.taken[start - 1]:
            before = view.tokens[start - 1]
            if (
                before.capital
                and before.folded not in FUNCTION_WORDS - {"us"}
                and before.folded not in self.known.roles
                and before.folded not in self.known.honorifics
            ):
                start -= 1
            elif (
                before.folded in {"and", "&"}
                and start > 1
                and view.tokens[start - 2].capital
                and view.joined(start - 1, " ")
                and start - 1 < index
                and not self.taken[start - 2]
                and view.tokens[start - 2].folded not in self.nations
                and not self._organ(view.tokens[start - 2])
            ):
                start -= 2
            else:
                break
        while (
            end + 1 < len(view.tokens)
            and view.joined(end, " ")
            and view.tokens[end].folded in {"of", "for"}
            and view.joined(end + 1, " ")
        ):
            follow = end + 1
            if view.tokens[follow].folded == "the" and view.joined(follow + 1, " "):
                follow += 1
            run = view.run(follow, longest=5, gaps=" -")
            if not len(run) or any(self.taken[run.start : run.end]):
                break
            end = run.end
            if (
                end + 1 < len(view.tokens)
                and view.joined(end, " ")
                and view.tokens[end].text == "and"
                and view.joined(end + 1, " ")
                and view.tokens[end + 1].capital
                and start == index
                and view.tokens[index].folded in {"ministry", "department"}
            ):
                more = view.run(end + 1, longest=3, gaps=" -")
                end = more.end
        # a country before a body is part of its name, a bare sentence opener is not
        if start < index and view.tokens[start].initial and view.tokens[start].folded in view.lower:
            start += 1
        return Words(start, end) if start < end else None

    def _state_organ(self, index: int) -> Words | None:
        """'Russian defense ministry', "Kenya's parliament", 'the foreign ministry': in lower case or not."""
        view = self.view
        token = view.tokens[index]
        start = index
        portfolio = False
        if token.folded in _STATE_ORGANS:
            if token.folded == "ministry":
                while start and view.joined(start, " ") and view.tokens[start - 1].folded in _PORTFOLIOS:
                    start -= 1
                portfolio = start < index
        elif index and view.joined(index, " ") and (view.tokens[index - 1].folded, token.folded) in _TWO_WORD_ORGANS:
            start = index - 1
        else:
            return None
        if any(self.taken[start : index + 1]):
            return None
        for length in (3, 2, 1):
            if (
                start >= length
                and view.joined(start, " s")
                and all(view.joined(k, " ") for k in range(start - length + 1, start))
            ):
                country = " ".join(t.folded for t in view.tokens[start - length : start])
                if (
                    country in self.nations
                    and view.tokens[start - length].capital
                    and not any(self.taken[start - length : start])
                ):
                    return Words(start - length, index + 1)
        if token.folded in _LOCAL_ORGANS and start == index:
            first = start
            while (
                first
                and start - first < 3
                and view.joined(first, " ")
                and view.tokens[first - 1].capital
                and not view.tokens[first - 1].initial
                and not self.taken[first - 1]
            ):
                first -= 1
            name = " ".join(t.folded for t in view.tokens[first:start])
            if first < start and (token.folded == "fleet" or name in self.known.places):
                return Words(first, index + 1)
        return Words(start, index + 1) if portfolio else None

    # -- acronyms and further mentions --------------------------------------------------------------------------

    def _introduced_acronyms(self) -> None:
        """'Long Form (ACR)': whatever letters it has after a name that was found; else after words with its initials."""
        view = self.view
        by_end = {words.end: words for words in self.found}
        for index in view.capitals:
            token = view.tokens[index]
            text = token.text.replace(".", "")
            if not 2 <= len(text) <= 8 or sum(c.isupper() for c in text) < 2 or sum(c.islower() for c in text) > 2:
                continue
            before, after = view.around(Words(index, index + 1))
            if not before.endswith("(") or not after.startswith(")") or not index:
                continue
            long = by_end.get(index)
            if long is None and view.tokens[index - 1].segment == token.segment:
                long = self._spelled_out(index, text)
                if long is not None:
                    for words in {w for w in self.at[long.start : long.end] if w is not None}:
                        del self.found[words]
                    self._accept(long, None)
            if long is None or len(long) < 2:
                continue
            entry = self.found[long]
            self.acronyms.setdefault(token.folded, entry.name if entry else view.surface(long))
            if not self.taken[index]:
                self._accept(Words(index, index + 1), None)

    def _spelled_out(self, index: int, acronym: str) -> Words | None:
        """The capitalised words right before `index` whose initials are the acronym's."""
        view = self.view
        start = index
        letters = list(acronym.upper())
        while start and letters and (start == index or view.joined(start, " -")):
            before = view.tokens[start - 1]
            if before.capital and before.text[0] == letters[-1]:
                letters.pop()
            elif before.folded not in _INNER:
                return None
            start -= 1
        if letters or start == index or not view.tokens[start].capital:
            return None
        persons = any(self.taken[k] and self.at[k] is None for k in range(start, index))
        return None if persons else Words(start, index)

    def _propagate(self) -> None:
        """Other occurrences of the names found."""
        view = self.view
        trie: PhraseTrie[KnownName | None] = PhraseTrie()
        for words, entry in sorted(self.found.items(), key=lambda item: item[0].start):
            tokens = view.tokens[words.start : words.end]
            if not view.headline(words.start) and any(t.capital for t in tokens):
                trie.add([t.text for t in tokens], entry)
        for index, token in enumerate(view.tokens):
            if self.taken[index] or token.text not in trie.root:
                continue
            hit = trie.longest(view.tokens, index, exact=True)
            if hit is None or any(self.taken[index : hit[0]]):
                continue
            alone = hit[0] - index == 1
            if alone and token.folded in view.lower and (token.initial or view.headline(index)):
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

    # -- linking ------------------------------------------------------------------------------------------------

    def _organisations(self) -> list[Organisation]:
        view, known = self.view, self.known
        by_key: dict[tuple[str, str], Organisation] = {}
        for words, entry in sorted(self.found.items(), key=lambda item: item[0].start):
            surface = " ".join(view.surface(words).split())
            if entry is None and (introduced := self.acronyms.get(fold(surface))):
                entry = known.known_forms.get(fold(introduced))
                key = organisation_key(introduced, self.nations) if entry is None else ""
            elif entry is None:
                entry = known.known_forms.get(fold(surface))
                key = organisation_key(surface, self.nations)
            else:
                key = ""
            label = entry.label if entry else "ORG"
            if entry:
                key = organisation_key(entry.name, self.nations)
            organisation = by_key.setdefault((label, key), Organisation(key=key, label=label))
            if entry:
                organisation.pinned = entry.name
            organisation.mentions.append(words)
            organisation.forms[surface] += 1
        for acronym, name in sorted(self.acronyms.items()):
            entry = known.known_forms.get(fold(name))
            key = organisation_key(entry.name if entry else name, self.nations)
            if (organisation := by_key.get(("ORG", key))) is not None:
                organisation.acronyms.add(acronym)
        self._join_short_forms(by_key)
        for identity in [i for i, o in by_key.items() if not o.pinned and i[1] in known.organisation_nouns]:
            del by_key[identity]  # 'the Committee', when no name of the article ends so
        for organisation in by_key.values():
            words_of_key = organisation.key.split()
            organ = bool(words_of_key) and words_of_key[-1] in _STATE_ORGANS
            owned = bool(words_of_key) and words_of_key[0].isupper()
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
            letters = "".join(w[0] for w in words if w not in _INNER)
            if len(letters) > 2:
                initials[letters].add(key)
        for label, key in sorted(by_key, key=lambda k: (len(k[1].split()), k)):
            short = by_key.get((label, key))
            if label != "ORG" or short is None or short.pinned:
                continue
            words = tuple(key.split())
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
