"""Where an article names organisations: names from tables, from the model, and what names of bodies look like."""

from collections import defaultdict
from collections.abc import Collection

from pipelines.text.extraction.wordlists import FUNCTION_WORDS
from pipelines.text.resolution.entities.clues import CONTINENTS, FIRMS, PAST, PORTFOLIO_WORDS, SAID, SHIPS
from pipelines.text.resolution.entities.commerce import trades
from pipelines.text.resolution.entities.knowledge import EntityKnowledge, KnownName
from pipelines.text.resolution.entities.organisation_doubts import OrganisationDoubts
from pipelines.text.resolution.entities.organisation_names import STATE_ORGANS
from pipelines.text.resolution.entities.organisation_subjects import acting_bodies, crowded, nobody
from pipelines.text.resolution.entities.organisation_words import (
    AGAINST,
    ALONE_WITH_OF,
    BEFORE_TEAM,
    BODY_NOUNS,
    BUILDINGS,
    BY_THEMSELVES,
    EMPLOYED,
    GROUPS,
    IN_ENGLISH_NAMES,
    INDUSTRIES,
    KINDS,
    KINDS_AFTER,
    LINKING,
    LOCAL_ORGANS,
    LOWER_CUES,
    MADE,
    NATIONAL,
    NATIONAL_BRANCHES,
    OF_SEVERAL,
    ORDINAL,
    PARTED_BY,
    PLACED_BY,
    PORTFOLIOS,
    REPORTING,
    SEATS,
    STATE_ORGAN_ENDS,
    TELLING,
    TWO_WORD_ORGANS,
    WITH_AIMS,
    WITH_OFFICE,
    WORDS_BUT_US,
)
from pipelines.text.resolution.entities.tokens import DOMAINS, Token, fold, phrase_key
from pipelines.text.resolution.entities.view import ArticleView, Words

_OPENING = 8
"""So many words from the beginning of a paragraph on the agency of a report may stand."""
_PLACED_BY_BUT_AT = PLACED_BY - {"at"}
_AFTER_SUBJECT = FUNCTION_WORDS | SAID | PAST
Candidate = tuple[Words, KnownName | None]
"""The words of a name, and what a table says about it."""


class OrganisationCandidates(OrganisationDoubts):
    """Finds the names of organisations in one article, overlaps included; `persons` marks the words of persons."""

    def __init__(self, view: ArticleView, knowledge: EntityKnowledge, persons: list[bool]) -> None:
        super().__init__(view, knowledge, persons)
        self._crowded = crowded(view)
        self._alone: dict[str, list[Words]] = defaultdict(list)
        """Names that the model found as organisations, with where they stand."""
        for label, words in view.spans:
            if label == "ORG":
                self._alone[" ".join(t.folded for t in view.tokens[words.start : words.end])].append(words)

    def from_tables(self) -> list[Candidate]:
        """Names that a table has."""
        view, names = self.view, self.known.known
        found: list[Candidate] = []
        done = 0
        for index in [k for k, token in enumerate(view.tokens) if token.text in names.root]:
            if index < done:
                continue
            token = view.tokens[index]
            if (hit := names.longest(view.tokens, view.gaps, index, exact=True)) is None:
                continue
            words, entry = Words(index, hit[0]), hit[1]
            ordinary = len(words) == 1 and token.folded in view.lower and (view.initial[index] or view.headline(index))
            before = view.tokens[index - 1].folded if view.joined(index, " ") else ""
            if before in _PLACED_BY_BUT_AT and self._place(words):
                continue  # 'in Barcelona'
            if ordinary or (entry.after and before not in entry.after) or self._building(words.end):
                continue
            branch = self._with_country(words)
            if len(branch) > len(words) > 1 and self._ends_clause(branch.end):
                found.append((branch, None))  # 'Save the Children Sweden'
            found.append((words, entry))
            done = words.end
        return found

    def _building(self, end: int) -> bool:
        """Whether a noun follows that makes the name before it that of a building or a place: 'Wells Fargo Arena'."""
        after = self.view.tokens[end] if self.view.joined(end, " ") else None
        return after is not None and after.capital and after.folded in BUILDINGS

    def from_model(self) -> list[Candidate]:
        """The model's organisations, cleaned."""
        found: list[Candidate] = []
        view = self.view
        for label, words in view.spans:
            if view.headline(words.start) and view.has_body:
                continue  # what is a body's name in a headline is found by what the text below calls it
            if label == "ORG":
                if (listing := self._with_listed(words)) is not None:
                    found.append((listing, None))
                for part in self._parts(words):
                    if (cleaned := self._cleaned(part)) is None:
                        continue
                    cleaned = self._to_its_end(cleaned)
                    cleaned = self._with_country(cleaned, city=self._ends_clause(cleaned.end + 1))
                    if self._plausible(cleaned):
                        found.append((cleaned, None))
            elif label == "PERSON":
                # what is no person after all, but ends or begins as the names of bodies do
                cleaned = self._cleaned(words)
                after_all = cleaned is not None and (
                    self._body_after_all(cleaned) or trades(view, cleaned) or self._nobody(cleaned)
                )
                if cleaned and after_all and self._plausible(cleaned):
                    found.append((cleaned, None))
            elif label in {"WORK_OF_ART", "LAW", "PRODUCT", "NORP"} and len(words) > 2 and self._speaks(words.end):
                cleaned = self._cleaned(words)
                if cleaned and len(cleaned) > 1 and self._plausible(cleaned):
                    found.append((cleaned, None))
        return found

    def _of_person(self, words: Words) -> bool:
        """Whether a person of the article has one of the words in the name."""
        return any(t.folded in self._families for t in self.view.tokens[words.start : words.end])

    def _nobody(self, words: Words) -> bool:
        """Whether a lone word that the model has for a person is the name of a body, since it is nobody's."""
        return self._crowded and not self._of_person(words) and nobody(self.view, self.known, words)

    def _speaks(self, end: int) -> bool:
        """Whether a verb follows that is said of those who say, not of what is written."""
        return self.view.joined(end, " ") and self.view.tokens[end].text in {"said", "told", "warned", "added"}

    def _to_its_end(self, words: Words) -> Words:
        """The name with the rest of it behind a particle of another language: 'Cobre del Norte'."""
        view = self.view
        if view.headline(words.start):
            return words
        start, end = words.start, words.end
        if start and view.joined(start, " ") and ORDINAL.fullmatch(view.tokens[start - 1].text):
            start -= 1  # '3rd Infantry Division'
        while view.joined(end, "-") and (self._part_of_name(end) or view.tokens[end].text in DOMAINS):
            end += 1  # 'EF Education-EasyPost', 'Tarnex.com'
        at = end
        while view.joined(at, " ") and view.tokens[at].text in LINKING:
            at += 1
        goes_on = at > end and view.joined(at, " ") and view.tokens[at].capital and not self.persons[at]
        return Words(start, at + 1 if goes_on else end)

    def _with_listed(self, words: Words) -> Words | None:
        """The whole name that the model cuts behind the 'and' of a list in it: 'Cocoa, Tea and Farmers Union'."""
        view = self.view
        if view.tokens[words.end - 1].text != "and" or not view.joined(words.end, " "):
            return None
        listed = [k for k in range(words.start + 1, words.end - 1) if view.after_comma(k)]
        if not listed or any(not view.tokens[k].capital for k in listed):
            return None
        more = view.run(words.end, longest=4)
        start = words.start + (view.tokens[words.start].folded == "the")
        whole = Words(start, more.end)
        return whole if len(more) and not any(self.persons[whole.start : whole.end]) else None

    def _opened(self, index: int) -> Words | None:
        """A name whose head comes first, with what its particles join: 'Casa de las Letras', 'Ospedale Marsh'."""
        view = self.view
        before = view.tokens[index - 1] if view.joined(index) else None
        if view.headline(index) or (before is not None and before.capital and before.folded not in FUNCTION_WORDS):
            return None
        end = view.run(index, longest=5, gaps=" -").end
        while end - index < 9:
            at = end
            while at - end < 3 and view.joined(at, " ") and view.tokens[at].text in LINKING:
                at += 1
            if at == end or not view.joined(at, " ") or not self._capital_inside(at):
                break
            end = max(view.run(at, longest=4, gaps=" -").end, at + 1)
        words = Words(index, end)
        return words if len(words) > 1 and not self._place(words) and not any(self.persons[index:end]) else None

    def _capital_inside(self, index: int) -> bool:
        """Whether the word has a capital, if only behind an article that it begins with: "l'Industrie"."""
        token = self.view.tokens[index]
        return token.capital or (token.text[1:2] in {"'", "’"} and token.text[2:3].isupper())

    def _part_of_name(self, index: int) -> bool:
        """Whether the word behind a hyphen goes on with a name: 'Education-EasyPost', but 'Acme-Hull talks'."""
        view, known = self.view, self.known
        token = view.tokens[index]
        own = view.label_at(index) in {None, "ORG", "PRODUCT"} and not self.persons[index]
        other = token.folded in known.nations or token.folded in known.places or self._whole(index - 1)
        return token.capital and own and not other and len(token.text) > 2

    def _with_country(self, words: Words, *, city: bool = False) -> Words:
        """The name with the country that follows it as part of it: 'Athletics Kenya'; or with the city of a club."""
        view, known = self.view, self.known
        if not view.joined(words.end, " ") or view.headline(words.start):
            return words
        place = view.tokens[words.end]
        of = (place.folded in known.nations and place.folded not in known.demonyms) or place.folded in CONTINENTS
        of = of or (city and place.folded in known.places)
        ends = not (view.joined(words.end + 1, " -s") and view.tokens[words.end + 1].capital)
        whole = place.capital and of and ends and not self.persons[words.end]
        return Words(words.start, words.end + 1) if whole else words

    def _ends_clause(self, end: int) -> bool:
        """Whether no noun follows that a name before `end` would belong to: 'Rugby Australia said', no 'Iran envoy'."""
        if not self.view.joined(end, " -"):
            return True
        after = self.view.tokens[end]
        return after.text.islower() and (after.folded in _AFTER_SUBJECT or after.folded.endswith("ed"))

    def _head_and_country(self, index: int) -> Words | None:
        """'Rugby Australia': a head noun that only a country's name follows."""
        view = self.view
        if view.initial[index] and view.tokens[index].folded in view.lower:
            return None
        if view.joined(index) and view.tokens[index - 1].capital:
            return None
        words = self._with_country(Words(index, index + 1))
        return words if len(words) > 1 and self._ends_clause(words.end) else None

    def _of_member(self, index: int) -> Words | None:
        """The team, party or body in brackets after a person's name: 'Ada Marsh (Tarnby Racing)'."""
        view, known = self.view, self.known
        words = view.run(index, longest=4, gaps=" -&")
        if not len(words) or view.segments[index - 1] != view.segments[index] or self._place(words):
            return None
        before, after = view.around(words)
        first = view.tokens[words.start]
        other = len(first.text) < 3 or first.folded in known.not_persons or first.folded in known.demonyms
        if before != " (" or after[:1] != ")" or other or any(self.persons[words.start : words.end]):
            return None
        labels = {view.label_at(k) for k in range(words.start, words.end)}
        return words if labels <= {None, "ORG", "PRODUCT", "GPE"} else None

    def _beside_body(self, index: int) -> Words | None:
        """The name that 'and' joins to an organisation of the model's: 'H&M and Tarnex'."""
        view = self.view
        if not index or view.label_at(index - 1) != "ORG" or view.label_at(index) is not None:
            return None
        if not view.joined(index, " ") or not view.joined(index + 1, " "):
            return None
        words = view.run(index + 1, longest=3, gaps=" -&")
        if not len(words) or not self._ends_clause(words.end) or self._bare_name(words.end) != words:
            return None
        if self._place(words):
            return None
        return words if all(view.label_at(k) is None for k in range(words.start, words.end)) else None

    def _employer(self, index: int) -> Words | None:
        """The name after 'analyst at' and the like: 'an analyst at Jefferies'."""
        view = self.view
        if not self._between_words(index, EMPLOYED):
            return None
        words = view.run(index + 1, longest=4, gaps=" -&")
        if not len(words) or self._place(words) or any(self.persons[words.start : words.end]):
            return None
        return words if view.tokens[words.start].folded not in WORDS_BUT_US else None

    def _between_words(self, index: int, before: Collection[str]) -> bool:
        """Whether the token stands behind one of these words and before another word."""
        view = self.view
        follows = view.joined(index, " ") and view.tokens[index - 1].folded in before
        return follows and view.joined(index + 1, " ")

    def _maker(self, index: int) -> Words | None:
        """The name after 'made by' and the like: 'a vaccine made by Tarnova'."""
        if not self._between_words(index, MADE):
            return None
        words = self.view.run(index + 1, longest=3, gaps=" -&")
        return words if len(words) and self._bare_name(words.end) == words and not self._place(words) else None

    def _body_after_all(self, words: Words) -> bool:
        """Whether what the model took for a person is a firm, a club or a team: 'the Dodgers'."""
        view, known = self.view, self.known
        first, last = view.tokens[words.start], view.tokens[words.end - 1]
        if len(words) > 1:
            national = (last.folded in known.nations and last.folded not in known.demonyms) or last.folded in CONTINENTS
            return (
                self._organ(last)
                or any(view.joined(k, "&") for k in range(words.start + 1, words.end))
                or first.folded in known.name_parts
                or first.folded in known.club_words
                or last.folded in known.name_parts
                or (len(words) == 2 and self._place(Words(words.start, words.start + 1)) and self._plural(last))
                or (national and first.folded not in view.lower and first.folded not in known.given_names)
            )
        if first.joined:
            return True
        team = view.joined(words.start, " ") and view.tokens[words.start - 1].folded == "the" and self._plural(first)
        return team and first.folded not in view.lower and first.folded not in known.demonyms

    @staticmethod
    def _plural(token: Token) -> bool:
        """Whether the word looks like a plural, as the names of teams do."""
        text = token.text
        return len(text) > 4 and text.endswith("s") and not text.endswith("ss") and not text.isupper()

    def from_patterns(self) -> list[Candidate]:
        """Capitalised names that end (or, with 'of', begin) as bodies do; a country with one of its organs."""
        view = self.view
        found: list[Candidate] = []
        for index in [i for i, token in enumerate(view.tokens) if token.capital or token.folded in LOWER_CUES]:
            token = view.tokens[index]
            words = None
            if token.folded in STATE_ORGAN_ENDS:
                words = self._state_organ(index)
            elif token.folded in {"a", "an", "the", "its", "their"}:
                words = None if view.gaps[index] else self._explained(index)
                if words is None and token.folded == "the":
                    words = self._team(index) or (self._named_with_the(index) if token.text == "The" else None)
            elif token.folded in KINDS and (token.text.islower() or view.initial[index]):
                words = self._of_kind(index) or (self._before_kind(index) if token.folded in KINDS_AFTER else None)
            elif token.folded in WITH_OFFICE and token.text.islower():
                words = self._before_office(index)
            elif token.text == "The":
                words = self._named_with_the(index)
            elif token.folded in BEFORE_TEAM:
                words = self._team(index)
            elif token.text == "and":
                words = self._beside_body(index)
            elif token.text == "at":
                words = self._employer(index)
            elif token.text == "by":
                words = self._maker(index)
            elif token.text == "which":
                words = self._before_which(index)
            elif token.folded in self.known.openings and token.capital:
                words = self._opened(index)
            elif token.folded in self.known.club_words or token.folded in self.known.club_words_of_places:
                words = self._club(index)
            elif index and self.persons[index - 1] and not view.gaps[index]:
                words = self._of_member(index)
            opening = index < _OPENING or view.segments[index - _OPENING] != view.segments[index]
            if words is None and opening and token.capital and not view.gaps[index]:
                words = self._agency(index)
            if words:
                found.append((words, None))
            if token.capital and (words := self._otherwise(index)):
                found.append((words, None))
            if token.capital and token.folded in NATIONAL and (words := self._head_and_country(index)):
                found.append((words, None))
            holder = token.folded == "chair" and view.joined(index + 1, " ") and self.persons[index + 1]
            named = token.capital and self._organ(token) and view.gaps[index] != "-"
            if named and not view.headline(index) and not holder:
                words = self._head_and_country(index) or self._named_body(index)
                if words and (len(words) > 1 or (token.folded in BY_THEMSELVES and not view.initial[index])):
                    found += [(part, None) for part in self._parts(words) if self._plausible(part)]
        acting = acting_bodies(view, self.known, self.persons) if self._crowded else ()
        found += [(words, None) for words in acting if not self._of_person(words) and self._plausible(words)]
        return found

    def _named_with_the(self, index: int) -> Words | None:
        """A newspaper's name after a capital 'The' inside a sentence: 'told The Beacon', 'The Beacon reported'."""
        view = self.view
        words = view.run(index + 1, longest=3, gaps=" -")
        if view.initial[index] or view.headline(index) or not view.joined(index + 1, " ") or not len(words):
            return None
        told = view.joined(index, " ") and view.tokens[index - 1].text in TELLING
        reports = view.joined(words.end, " ") and view.tokens[words.end].text in REPORTING
        name = " ".join(t.folded for t in view.tokens[words.start : words.end])
        other = name in self.known.nations or name in self.known.places or any(self.persons[words.start : words.end])
        labels = {view.label_at(k) for k in range(words.start, words.end)}
        return words if (told or reports) and not other and labels <= {None, "ORG", "PRODUCT", "WORK_OF_ART"} else None

    def _before_kind(self, index: int) -> Words | None:
        """The name between 'the' and a noun that says what it is: 'the Tarnby Star newspaper'."""
        view, known = self.view, self.known
        start = index
        while start and index - start < 4 and view.joined(start, " -") and view.tokens[start - 1].capital:
            start -= 1
        if start == index or start == 0 or view.headline(start) or any(self.persons[start:index]):
            return None
        first = view.tokens[start]
        if first.folded == "the":
            start, first = start + 1, view.tokens[start + 1]
        elif view.tokens[start - 1].text != "the" or not view.joined(start, " "):
            return None
        name = " ".join(t.folded for t in view.tokens[start:index])
        other = name in known.nations or name in known.places or name in known.towns or name in known.not_persons
        ordinary = all(t.folded in known.demonyms or t.folded in FUNCTION_WORDS for t in view.tokens[start:index])
        return None if start == index or other or ordinary else Words(start, index)

    def _of_kind(self, index: int) -> Words | None:
        """The name after a noun that says what it is: 'chipmaker SK Hynix'."""
        view, known = self.view, self.known
        if index + 1 >= len(view.tokens) or view.headline(index):
            return None
        first = index + 1 + (view.tokens[index + 1].text == "The")
        words = view.run(first, longest=4, gaps=" -")
        if not len(words) or any(self.persons[words.start : words.end]):
            return None
        if not view.joined(index + 1, " "):
            # 'their union, Vereinigung Cockpit,'
            owner = view.tokens[index - 1].text if view.joined(index, " ") else ""
            before, after = view.around(words)
            if owner not in {"the", "its", "their", "his", "her"} or before != ", " or after[:1] != ",":
                return None
            if view.segments[words.start] != view.segments[index]:
                return None
        first = view.tokens[words.start]
        other = (
            first.folded in known.nations
            or first.folded in known.not_persons
            or first.folded in known.places
            or first.folded in FUNCTION_WORDS
            or (first.folded in known.given_names and len(words) > 1 and not self._firm(index))
            or self._office(first)
        )
        labels = {view.label_at(k) for k in range(words.start, words.end)}
        if other or not labels <= {None, "ORG", "PRODUCT", "GPE", "LOC", "WORK_OF_ART", "PERSON"}:
            return None
        words = self._in_english(self._to_its_end(words))
        numbered = view.joined(words.end, " ") and view.tokens[words.end].text.isdigit()
        return Words(words.start, words.end + 1) if numbered and not view.joined(words.end + 1) else words

    def _in_english(self, words: Words) -> Words:
        """The name with the rest of it behind a preposition, where it is made of English words: 'Bread for Tarnby'."""
        view, known = self.view, self.known
        tokens = view.tokens[words.start : words.end]
        if not all(known.is_common(t.folded) and not known.is_place(t.folded) for t in tokens):
            return words
        if not view.joined(words.end, " ") or view.tokens[words.end].text not in IN_ENGLISH_NAMES:
            return words
        more = view.run(words.end + 1, longest=3, gaps=" -")
        goes_on = len(more) and view.joined(words.end + 1, " ") and not any(self.persons[more.start : more.end])
        return Words(words.start, more.end) if goes_on and not view.joined(more.end, "s") else words

    def _firm(self, index: int) -> bool:
        folded = self.view.tokens[index].folded
        return folded in FIRMS or folded.removesuffix("s") in FIRMS

    def _before_office(self, index: int) -> Words | None:
        """The name before an office and a person: 'Tower Health spokeswoman Ada Marsh'."""
        view = self.view
        end = index
        while index + 1 < len(view.tokens) and view.joined(index + 1, " ") and view.tokens[index + 1].text.islower():
            index += 1
            if index - end > 2 or not self._office(view.tokens[index]):
                return None
        if index + 1 >= len(view.tokens) or not view.joined(index + 1, " ") or not self.persons[index + 1]:
            return None
        words = self._bare_name(end) if view.joined(end, " ") else None
        if words and all(t.folded in PORTFOLIO_WORDS for t in view.tokens[words.start : words.end]):
            return None  # 'Defence lawyer Ada Marsh'
        return words

    def _before_which(self, index: int) -> Words | None:
        """The name before ', which': no person's."""
        view = self.view
        if not view.after_comma(index) or view.headline(index):
            return None
        words = self._bare_name(index)
        if words and view.joined(words.start, " ") and view.tokens[words.start - 1].text in SHIPS:
            return None
        if words is None or not view.joined(words.start, " ") or view.tokens[words.start - 1].text not in PLACED_BY:
            return words
        return None

    def _bare_name(self, end: int) -> Words | None:
        """The capitalised words that end before `end`, where they are nobody's, no place's and no people's."""
        view, known = self.view, self.known
        start = end
        while (
            start and end - start < 4 and (start == end or view.joined(start, " -")) and view.tokens[start - 1].capital
        ):
            start -= 1
        if start < end and view.initial[start] and self._ordinary(start):
            start += 1
        words = Words(start, end)
        if start == end or view.headline(start) or any(self.persons[start:end]):
            return None
        if view.joined(start, ".") and view.tokens[start - 1].capital:
            return None  # 'Thomas' of 'St. Thomas'
        tokens = view.tokens[start:end]
        name = " ".join(t.folded for t in tokens)
        other = (
            any(t.folded in known.demonyms or t.folded in known.not_persons for t in tokens)
            or any(self._office(t) and t.folded not in PORTFOLIOS for t in tokens)
            or name in known.towns
            or name in known.small_towns
            or tokens[-1].folded in known.place_nouns
            or tokens[-1].folded in known.not_alone
            or (len(tokens) == 1 and (tokens[0].folded in known.generic or tokens[0].folded in view.lower))
        )
        labels = {view.label_at(k) for k in range(start, end)}
        allowed = {None, "ORG", "PRODUCT", "PERSON", "WORK_OF_ART"} | (set() if self._place(words) else {"GPE"})
        return None if other or not labels <= allowed else words

    def _ordinary(self, index: int) -> bool:
        """Whether the article or the language writes the word in lower case."""
        folded = self.view.tokens[index].folded
        return folded in self.view.lower or folded in FUNCTION_WORDS

    def _team(self, index: int) -> Words | None:
        """'the Pittsburgh Pirates': a place and a plural after 'the'."""
        view, known = self.view, self.known
        words = view.run(index + 1, longest=4, gaps=" -.")
        if not view.joined(index + 1, " ") or not 2 <= len(words) <= 4 or any(self.persons[words.start : words.end]):
            return None
        last = view.tokens[words.end - 1]
        place = " ".join(t.folded for t in view.tokens[words.start : words.end - 1])
        placed = place in known.places or place in known.towns
        plural = last.text.endswith("s") and not last.text.endswith("ss") and not last.text.isupper()
        other = last.folded in known.place_nouns or last.folded in known.thing_nouns or last.folded in view.lower
        before = view.tokens[index - 1].text if view.joined(index, " ") else ""
        unseen = before in AGAINST and all(view.label_at(k) is None for k in range(words.start, words.end))
        return words if placed and (plural or unseen) and not other and not view.headline(index) else None

    def _club(self, index: int) -> Words | None:
        """'Stade Rennais', 'Real Madrid'."""
        view, known = self.view, self.known
        if not view.tokens[index].capital or view.headline(index) or not view.joined(index + 1, " "):
            return None
        word = view.tokens[index].text
        if (len(word) < 4 and word.istitle()) or (view.joined(index, " -") and view.tokens[index - 1].capital):
            return None
        words = view.run(index + 1, longest=2, gaps=" -")
        if not len(words) or any(self.persons[words.start : words.end]):
            return None
        name = " ".join(t.folded for t in view.tokens[words.start : words.end])
        first = view.tokens[words.start].folded
        placed = any(n in known.places or n in known.towns or n in known.nations for n in (name, first))
        if view.tokens[index].folded in known.club_words_of_places and not placed:
            return None
        if name not in known.places and first in known.places:
            words = Words(words.start, words.start + 1)
        return Words(index, words.end)

    def _explained(self, index: int) -> Words | None:
        """'Acme Safety, a police technology company': the name before an apposition that says what it is."""
        view = self.view
        if not view.after_comma(index) or view.headline(index):
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
            if view.tokens[k].text in BODY_NOUNS:
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
        start += start < index and view.tokens[start].folded == "the"
        if view.joined(start, " ") and view.tokens[start - 1].text in IN_ENGLISH_NAMES and start < index:
            head = start - 1
            while view.joined(head, " ") and view.tokens[head - 1].capital and start - head < 4:
                head -= 1
            start = head if head < start - 1 and self._in_english(Words(head, start - 1)).end == index else start
        words = Words(start, index)
        if start == index or (view.initial[start] and view.tokens[start].folded in view.lower):
            return None
        labels = {view.label_at(k) for k in range(start, index)}
        fits = labels <= {None, "ORG", "PRODUCT", "WORK_OF_ART", "LAW", "PERSON", "GPE", "LOC"} and not self._place(
            words
        )
        return words if fits and self._plausible(words) else None

    def _parts(self, words: Words) -> list[Words]:
        """The names that an 'and' joins, where it joins names and does not stand within one."""
        view, known = self.view, self.known
        if self._name(words) in known.known_forms:
            return [words]
        for index in range(words.start + 1, words.end - 1):
            if view.tokens[index].text == "and" and view.joined(index, " ") and view.joined(index + 1, " "):
                left, right = Words(words.start, index), Words(index + 1, words.end)
                listed = [self._name(w) in known.known_forms for w in (left, right)]
                if self._place(left) and not listed[0]:
                    if listed[1] or (len(right) > 1 and view.tokens[right.end - 1].folded in INDUSTRIES):
                        return [right]  # 'of Tarnby and Marsh Energy', but 'Devon and Cornwall Police'
                    continue
                acronym = (
                    len(left) == 1 and view.tokens[left.start].text.isupper() and len(view.tokens[left.start].text) > 2
                )
                alone = [self._stands_elsewhere(w) for w in (left, right)]
                firm = len(right) > 1 and (self._organ(view.tokens[right.end - 1]) or len(left) == 1)
                inner = {"of", "for", "on"} & {t.folded for t in view.tokens[left.start : left.end]}
                apart = not inner and self._told_apart(left.start, right.start)
                if acronym or apart or any(listed) or alone[1] or (alone[0] and firm) or self._two_bodies(left, right):
                    return [*self._parts(left), *self._parts(right)]
        return [words]

    def _two_bodies(self, left: Words, right: Words) -> bool:
        """Whether either side of an 'and' ends (or, of some, begins) as the name of a body does."""
        tokens = self.view.tokens
        left = Words(left.start + (tokens[left.start].folded == "the"), left.end)
        if (
            len(left) < 2
            or len(right) < 2
            or not self._organ(tokens[right.end - 1])
            or self._organ(tokens[right.start])
        ):
            return False
        if any(t.folded in {"of", "for", "on"} for t in tokens[left.start : left.end]):
            return tokens[left.start].folded in ALONE_WITH_OF or tokens[left.start + 1].folded in ALONE_WITH_OF
        return self._organ(tokens[left.end - 1])

    def _stands_elsewhere(self, words: Words) -> bool:
        """Whether the same words are an organisation's name in another place, by the model or with no name beside."""
        view = self.view
        name = [t.text for t in view.tokens[words.start : words.end]]
        if any(w.start != words.start for w in self._alone.get(" ".join(map(fold, name)), ())):
            return True
        for k in view.where(name[0]):
            end = k + len(words)
            if [t.text for t in view.tokens[k:end]] != name or view.initial[k]:
                continue
            beside = {view.tokens[i].text for i, parted in ((k - 1, k), (end, end)) if view.joined(parted)}
            if not beside & {"and", "of", "for", "on"} and self._bare_name(end) == Words(k, end):
                return True
        return False

    def _cleaned(self, words: Words) -> Words | None:
        view = self.view
        start, end = words.start, words.end
        for index in range(start + 1, end):
            if not view.gaps[index] and view.around(Words(index, index + 1))[0].endswith(("(", "- ", "– ", "— ", ". ")):
                end = index
                break
        for index in range(end - 1, start, -1):
            if view.gaps[index] == "s":
                left = " ".join(t.folded for t in view.tokens[start:index])
                owned = f"{' '.join(t.text for t in view.tokens[start:index])}'s"
                keep = (
                    self._group(index - 1)
                    or phrase_key(owned) in self.known.known_forms
                    or (
                        left in self.known.nations
                        and (self._organ(view.tokens[end - 1]) or view.tokens[end - 1].folded in STATE_ORGANS)
                    )
                )
                start = start if keep else index
                break
        for index in range(start + 1, end - 1):
            if view.tokens[index].text in PARTED_BY or (
                view.tokens[index].text == "in" and self._place(Words(index + 1, end))
            ):
                end = index  # 'Air Evac to Tarnby Hospital', 'Carbon School District in Price'
                break
        for index in range(start + 2, end - 1):
            if view.tokens[index].text == "of" and (
                view.tokens[index - 1].folded in INDUSTRIES
                or self._of_town(start, index, end)
                or self._listed_of_country(start, index, end)
            ):
                end = index
                break
        while start < end and (
            not view.tokens[start].capital
            or view.tokens[start].folded in WORDS_BUT_US
            or (view.tokens[start].folded == "us" and view.tokens[start].text.islower())
            or self.persons[start]
        ):
            if view.tokens[start].capital and start + 1 < end and self._opens_name(start, end):
                break
            start += 1
        if end - start > 1 and view.initial[start] and view.tokens[start].folded in KINDS:
            named = self._organ(view.tokens[start]) or view.tokens[start].folded in self.known.club_words
            # 'Booksellers Tarnex and Vale', but 'Daily Herald'
            start += not (named or self.known.is_common(view.tokens[start + 1].folded))
        if end - start > 1 and view.tokens[end - 1].text == "party" and self._stands_without_party(start, end - 1):
            end -= 1
        named = view.joined(end, " ") and self.persons[end]
        while end > start and (
            (named and end - start > 1 and self._office(view.tokens[end - 1]))
            or self.persons[end - 1]
            or (not view.tokens[end - 1].capital and not self._organ(view.tokens[end - 1]))
            or (
                end - start > 1
                and self.known.is_role(view.tokens[end - 1].folded)
                and view.tokens[end - 1].folded not in PORTFOLIOS
                and not self._organ(view.tokens[end - 1])
            )
        ):
            end -= 1
        national = view.tokens[start].folded in self.known.demonyms if end - start > 1 else False
        if national and not self._organ(view.tokens[end - 1]):
            rest = " ".join(t.folded for t in view.tokens[start + 1 : end])
            # 'the Spanish Guardia Civil' and its like have the country before a name that is whole without it
            start += rest not in NATIONAL_BRANCHES and (
                rest in self.known.known_forms or view.tokens[start + 1].folded in self.known.name_parts
            )
        return Words(start, end) if start < end else None

    def _opens_name(self, index: int, end: int) -> bool:
        """Whether a function word with a capital is part of a name: 'All-China Federation', 'the All India Union'."""
        view = self.view
        token = view.tokens[index]
        if view.joined(index + 1, "-"):
            return True
        after_article = (
            view.joined(index, " ") and view.tokens[index - 1].folded == "the" and token.folded in {"all", "our"}
        )
        first = token.folded == "first" and end - index == 2 and not self._office(view.tokens[index + 1])
        return (after_article or first) and view.joined(index + 1, " ") and not self.persons[index]

    def _stands_without_party(self, start: int, end: int) -> bool:
        """Whether a name is one without the 'party' behind it: 'the Ata-Jurt party', but 'the Green party'."""
        known = self.known
        words = {t.folded for t in self.view.tokens[start:end]}
        return not words & (
            known.not_persons | known.generic | known.nations.keys() | {"left", "centre", "center", "green"}
        )

    def _listed_of_country(self, start: int, index: int, end: int) -> bool:
        """Whether a country behind 'of' only says whose a body is that a table has without it."""
        while start < index and self.view.tokens[start].folded in {"the", "a", "an"}:
            start += 1
        return (
            self._name(Words(start, index)) in self.known.known_forms
            and self._name(Words(index + 1, end)) in self.known.nations
            and self._name(Words(start, end)) not in self.known.known_forms
        )

    def _of_town(self, start: int, index: int, end: int) -> bool:
        """Whether 'of' in a name only says where the body is: 'Tarnby Paper of Lyon', but 'Knights of Columbus'."""
        tokens, known = self.view.tokens, self.known
        before = tokens[index - 1]
        place = self._name(Words(index + 1, end))
        headed = any(t.folded in known.head_nouns or t.folded in known.generic for t in tokens[start:index])
        town = place in known.places or place in known.towns or place in known.nations
        return town and before.capital and not headed and not before.text.endswith("s")

    def _group(self, index: int) -> bool:
        """Whether a word with a possessive says whose body it is: "Teachers' Union", "Underwriters' Association"."""
        after = self.view.around(Words(index, index + 1))[1]
        return self.view.tokens[index].folded in GROUPS or after in {"' ", "’ "}

    def _named_body(self, index: int) -> Words | None:
        """The capitalised words around a head noun: before it, and after 'of' or 'for'."""
        view = self.view
        start, end = index, index + 1
        if view.joined(end, " ") and view.tokens[end].capital and self._organ(view.tokens[end]):
            return None  # the next word is the head
        if view.joined(end, " ") and view.tokens[end].text == "General":
            end += 1  # 'Directorate General of Fisheries'
        firm = view.tokens[index].folded in INDUSTRIES
        while start and not self.persons[start - 1]:
            before = view.tokens[start - 1]
            stopped = before.folded in {"st", "mt", "ft"} or (len(before.text) == 1 and before.capital)
            gaps = " -s" if self._group(start - 1) else " -." if stopped else " -&"
            if not view.joined(start, gaps):
                break
            if before.capital and self._office(before) and (view.joined(start, "s") or self._owned(start)):
                start -= 1  # 'Attorney General's Office'
            elif (
                before.capital
                and before.folded not in WORDS_BUT_US
                and (before.folded in self.known.generic or not self._office(before))
            ):
                start -= 1
            elif (
                before.folded in {"and", "&"}
                and start > 1
                and view.tokens[start - 2].capital
                and view.joined(start - 1, " ")
                and start - 1 < index
                and not self.persons[start - 2]
                and view.tokens[start - 2].folded not in self.known.nations
                and not self._organ(view.tokens[start - 2])
                and not self._whole(start - 2)
                and not (firm and self._begins_body(start))
                and not self._after_own_head(start - 2)
            ):
                start -= 2
            else:
                break
        while (
            end + 1 < len(view.tokens)
            and view.joined(end, " ")
            and (
                view.tokens[end].folded in {"of", "for"}
                or (view.tokens[end].text in {"to", "against"} and view.tokens[index].folded in WITH_AIMS)
            )
            and view.joined(end + 1, " ")
            and not (start < index and view.tokens[index].folded in INDUSTRIES)
        ):
            follow = end + 1
            if view.tokens[follow].folded == "the" and view.joined(follow + 1, " "):
                follow += 1
            run = view.run(follow, longest=5, gaps=" -&")
            if view.joined(run.end, "s") and self._group(run.end - 1) and self._organ(view.tokens[run.end]):
                run = Words(run.start, run.end + 1)  # "of Fishermen's Associations"
            if len(run) and view.tokens[end + 1].folded == "the" and self._told_apart(index, follow):
                break
            if not len(run) or any(self.persons[run.start : run.end]) or (start < index and view.joined(run.end, "s")):
                break  # 'the General Staff of Ukraine's army'
            if self._listed_of_country(start, end, run.end):
                break
            end = run.end
            if view.tokens[index].folded in OF_SEVERAL:
                end = self._with_list(end)
            elif (more := self._of_trades(end)) is not None:
                end = more
            if (
                end + 1 < len(view.tokens)
                and view.joined(end, " ")
                and view.tokens[end].text == "and"
                and view.joined(end + 1, " ")
                and view.tokens[end + 1].capital
                and start == index
                and view.tokens[index].folded in OF_SEVERAL
            ):
                more = view.run(end + 1, longest=3, gaps=" -")
                if not self._another(more):
                    end = more.end
        if start < index:
            start = self._with_seat(start)
        # a country before a body is part of its name, a bare sentence opener is not
        if start < index and view.initial[start] and view.tokens[start].folded in view.lower:
            start += 1
        return Words(start, end) if start < end else None

    def _with_seat(self, start: int) -> int:
        """Where a name begins whose first part is a town's or a body's full style: 'City of Hull Corporation'."""
        view = self.view
        if start < 2 or not view.joined(start, " ") or view.tokens[start - 1].text != "of":
            return start
        head = view.tokens[start - 2]
        return start - 2 if view.joined(start - 1, " ") and head.text in SEATS else start

    def _with_list(self, end: int) -> int:
        """Where the name of a ministry or the like ends that goes on after a comma: 'of Housing, Land and Water'."""
        view = self.view
        at = end
        for _ in range(4):
            if at >= len(view.tokens) or view.segments[at] != view.segments[end - 1]:
                return end
            before = view.around(Words(at, at + 1))[0]
            if view.tokens[at].text == "and" and view.joined(at, " ") and view.joined(at + 1, " "):
                more = view.run(at + 1, longest=3, gaps=" -")
                return more.end if at > end and len(more) and not self._another(more) else end
            more = view.run(at, longest=3, gaps=" -")
            if before != ", " or not len(more) or self._another(more) or view.initial[at]:
                return end
            at = more.end
        return end

    def _of_trades(self, end: int) -> int | None:
        """Where the name of a union ends that goes on with 'and' and those who are in it: 'and Allied Workers'."""
        view = self.view
        if not (view.joined(end, " ") and view.tokens[end].text == "and" and view.joined(end + 1, " ")):
            return None
        more = view.run(end + 1, longest=4, gaps=" -")
        people = len(more) > 0 and view.tokens[more.end - 1].folded in GROUPS
        return more.end if people and not self._another(more) else None

    def _after_own_head(self, index: int) -> bool:
        """Whether the word ends a name that an 'and' after it does not go on: 'the University of Hull and'."""
        view = self.view
        of = index > 1 and view.joined(index, " ") and view.tokens[index - 1].text == "of"
        return of and view.joined(index - 1, " ") and view.tokens[index - 2].folded in ALONE_WITH_OF

    def _whole(self, index: int) -> bool:
        """Whether the word is all of a body's name, as the model or a table has it: 'AirAsia' of 'AirAsia and …'."""
        view = self.view
        span = view.span_at(index)
        alone = span is not None and len(span) == 1 and view.label_at(index) in {"ORG", "GPE"}
        unlisted = alone and (view.label_at(index) == "ORG" or not self._place(Words(index, index + 1)))
        return unlisted or view.tokens[index].folded in self.known.known_forms

    def _told_apart(self, left: int, right: int) -> bool:
        """Whether the model has one organisation at the one word and another at the other."""
        spans = self.view.span_at(left), self.view.span_at(right)
        labels = {self.view.label_at(left), self.view.label_at(right)}
        return labels == {"ORG"} and spans[0] != spans[1]

    def _begins_body(self, index: int) -> bool:
        """Whether the model has an organisation that begins with the word."""
        span = self.view.span_at(index)
        return span is not None and span.start == index and self.view.label_at(index) == "ORG"

    def _owned(self, index: int) -> bool:
        """Whether the word has a possessive: 'General' in "Attorney General's Office"."""
        view = self.view
        return view.tokens[index].folded in GROUPS and view.joined(index + 1, "s")

    def _another(self, words: Words) -> bool:
        """Whether the words after 'and' name something by themselves: 'the Institute of Fisheries and Boeing'."""
        view, known = self.view, self.known
        tokens = view.tokens[words.start : words.end]
        folded = " ".join(t.folded for t in tokens)
        return (
            any(self.persons[words.start : words.end])
            or folded in known.known_forms
            or folded in known.nations
            or folded in known.places
            or tokens[-1].text.isupper()
            or self._organ(tokens[-1])
        )

    def _state_organ(self, index: int) -> Words | None:
        """'Russian defense ministry', "Kenya's parliament", 'the foreign ministry': in lower case or not."""
        view = self.view
        token = view.tokens[index]
        start = index
        portfolio = False
        if token.folded in STATE_ORGANS:
            if token.folded == "ministry":
                while start and view.joined(start, " ") and view.tokens[start - 1].folded in PORTFOLIOS:
                    start -= 1
                portfolio = start < index
        elif index and view.joined(index, " ") and (view.tokens[index - 1].folded, token.folded) in TWO_WORD_ORGANS:
            start = index - 1
        else:
            return None
        if any(self.persons[start : index + 1]):
            return None
        if view.joined(index + 1, " ") and view.tokens[index + 1].text in {"station", "stations"}:
            return None
        for length in (3, 2, 1):
            if (
                start >= length
                and view.joined(start, " s")
                and all(view.joined(k, " ") for k in range(start - length + 1, start))
            ):
                country = " ".join(t.folded for t in view.tokens[start - length : start])
                if (
                    country in self.known.nations
                    and view.tokens[start - length].capital
                    and not any(self.persons[start - length : start])
                ):
                    return Words(start - length, index + 1)
        if token.folded in LOCAL_ORGANS:
            first = start
            while (
                first
                and start - first < 3
                and view.joined(first, " ")
                and view.tokens[first - 1].capital
                and not view.initial[first - 1]
                and view.tokens[first - 1].folded not in FUNCTION_WORDS
                and not self.persons[first - 1]
            ):
                first -= 1
            name = " ".join(t.folded for t in view.tokens[first:start])
            placed = name in self.known.places
            bare = self._bare_name(start) == Words(first, start)
            if first < start and (token.folded == "fleet" or placed or bare):
                return Words(first, index + 1)
        return Words(start, index + 1) if portfolio else None
