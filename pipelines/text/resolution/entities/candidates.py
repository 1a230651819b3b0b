"""Where an article names persons: what the model saw, cleaned and completed, and what it missed."""

from collections import Counter, defaultdict

from pipelines.text.extraction.wordlists import FUNCTION_WORDS, word_set
from pipelines.text.resolution.entities.clues import CONTINENTS, NOT_PART, SAID, SAINTS, NameClues
from pipelines.text.resolution.entities.commerce import trades
from pipelines.text.resolution.entities.knowledge import EntityKnowledge
from pipelines.text.resolution.entities.names import GENERATIONS, PersonName
from pipelines.text.resolution.entities.tokens import Token, fold
from pipelines.text.resolution.entities.view import ArticleView, Words

LONGEST_NAME = 6
_LINKING = word_set("al el bin ibn bint ben abu van von der den ter ten zu zur de del della di da dos du des la le")
"""Particles that link a name's parts in lower case."""
_AFTER_NAMES = word_set("of from in at and with by as")
"""What ends a name inside a span: 'Ada Marsh of Hull'."""
_OF_PERSONS = word_set("van von bin ibn bint der den ten ter zu")
"""Those of them that stand in the names of persons alone."""
_ARABIC = word_set("al el bin ibn bint abu")
_INTRODUCED = 2
"""So many full names show that an article calls nobody by a family name before it has introduced them."""
_MOST_OCCURRENCES = 50
"""So many occurrences of a lone name are looked at."""
_NO_FAMILY_NAMES = word_set(
    """
    academy agency airport association authority fm tv avenue boulevard college commission committee company control
    corporation county department foundation highway hospital institute island islands ministry mountains museum
    parkway province reservoir school stadium telescope township university
    """
)
"""Head nouns that nobody is called."""
_GIVEN_AND_ORDINARY = word_set("april june may august christian jesus")


class PersonCandidates:
    """Finds the names of persons in one article: `full` names and `lone` ones, by the words that they stand on."""

    def __init__(self, view: ArticleView, knowledge: EntityKnowledge, clues: NameClues) -> None:
        self.view = view
        self.known = knowledge
        self.clues = clues
        self.full: dict[Words, PersonName] = {}
        self.lone: dict[Words, PersonName] = {}
        self._collect_from_model()
        self._collect_from_context()
        self._collect_titled()
        self._confirm()
        self._collect_relatives()

    def _collect_from_model(self) -> None:
        spans = self.view.spans
        for number, (label, words) in enumerate(spans):
            if label != "PERSON" or not (cleaned := self._cleaned(words)):
                continue
            if number + 1 < len(spans) and spans[number + 1][0] == "PERSON":
                cleaned = self._with_next(cleaned, spans[number + 1][1])
            self._add(self._extended(cleaned))

    def _with_next(self, words: Words, following: Words) -> Words:
        """A full name with the rest of it that the model took for another person's: 'Jane Ruth' and 'Aceng-Obol'."""
        view = self.view
        whole = Words(words.start, following.end)
        adjacent = following.start == words.end and view.joined(words.end, " ") and not view.headline(words.start)
        fits = (
            len(words) > 1 and len(whole) <= LONGEST_NAME and all(t.capital for t in view.tokens[words.end : whole.end])
        )
        first = view.tokens[following.start].folded
        return whole if adjacent and fits and first not in self.known.given_names else words

    def _add(self, words: Words) -> None:
        name = PersonName.parse(self.view.surface(words), self.known)
        if not name.units or self.clues.listed(words):
            return
        if len(name.units) > 1 and self._plausible(words, name):
            self.full[words] = name
        elif len(name.units) == 1:
            self.lone[words] = name

    def _cleaned(self, words: Words) -> Words | None:
        """The name inside a span: without titles, roles and what a comma or a possessive parts from it."""
        view = self.view
        start, end = words.start, words.start + 1
        while end < words.end and view.joined(end, " -.q") and view.tokens[end].text not in _AFTER_NAMES:
            end += 1
        while start < end and self._leads(start, end):
            start += 1
        while end > start and self._trails(start, end):
            end -= 1
        return Words(start, end) if 0 < end - start <= LONGEST_NAME else None

    def _leads(self, start: int, end: int) -> bool:
        """Whether the first word of a span is no part of the name in it."""
        token, rest = self.view.tokens[start], end - start - 1
        if not token.capital:
            return not (token.folded in self.known.particles and rest)
        if rest and self._introduces(start, rest) and self.view.joined(start + 1, " ."):
            return True
        return token.folded in FUNCTION_WORDS and token.folded not in _GIVEN_AND_ORDINARY

    def _trails(self, start: int, end: int) -> bool:
        """Whether the last word of a span is no part of the name in it."""
        token, known = self.view.tokens[end - 1], self.known
        if token.capital and self.view.gaps[end - 1] == "-" and end - 1 > start:
            return False
        if not token.capital:
            compound = end - 1 > start and self.view.gaps[end - 1] == "-"
            return not compound or token.folded in NOT_PART or token.folded.endswith("ed")
        if token.folded in FUNCTION_WORDS and token.folded not in known.given_names:
            return True
        if end - start <= 2 or token.folded in GENERATIONS:
            return False
        if token.folded in known.suffixes:
            return token.text.isupper()
        shouted = token.text.isupper() and len(token.text) > 2 and not self.view.headline(start)
        return known.is_role(token.folded) or token.folded in known.not_persons or shouted

    def _introduces(self, start: int, rest: int) -> bool:
        """Whether the word at `start`, before a name, is no part of it."""
        known, token = self.known, self.view.tokens[start]
        if token.folded in known.kept_titles:
            return rest > 1
        if token.folded in known.given_names:
            return token.folded in known.honorifics and rest > 1
        if token.folded in known.honorifics or known.is_role(token.folded) or token.folded in known.demonyms:
            return True
        if rest > 1 and self._opening_trade(start):
            return True  # 'Reader Ada Bell writes'
        given = token.folded in known.given_names and self.view.tokens[start + 1].folded in known.given_names
        return token.folded in known.nations and rest > 1 and not given

    def _extended(self, words: Words) -> Words:
        """The name with the parts that the model cut off: over hyphens and particles, and adjacent unclaimed names."""
        view, known = self.view, self.known
        start, end = words.start, words.end
        while (
            start
            and view.joined(start, "-")
            and view.tokens[start - 1].capital
            and self.clues.free(start - 1)
            and not self.clues.outside(view.tokens[start - 1])
        ):
            start -= 1
        end = self._grown(start, end)
        if end - start == 1 and not view.headline(start):
            if (
                start
                and view.tokens[start - 1].folded in known.kept_titles
                and view.joined(start, " ")
                and view.tokens[start - 1].capital
            ):
                return Words(start - 1, end)
            if (
                view.joined(end, " ")
                and view.tokens[end].capital
                and self.clues.free(end)
                and self.clues.name_like(end)
            ) or self._country_surname(start):
                end = self._grown(start, end + 1)
        return Words(self._with_given_name(start, end), end)

    def _grown(self, start: int, end: int) -> int:
        """Where the name ends with all the parts that the model cut off."""
        tokens = self.view.tokens
        while end < len(tokens) and end - start < LONGEST_NAME and (after := self._after_cut(start, end)) > end:
            end = after
        return end

    def _with_given_name(self, start: int, end: int) -> int:
        """Where the name begins with the given name that the model left out before a family name."""
        view, known = self.view, self.known
        if view.headline(start):
            return start
        if sum(view.gaps[k] != "-" for k in range(start + 1, end)):
            return start - self._left_out(start)
        first = start
        while first and view.joined(first, " ") and view.tokens[first - 1].text in _LINKING:
            first -= 1
        if not first or not view.joined(first, " ") or not self.clues.name_like(first - 1):
            return start
        first -= 1
        given = view.tokens[first].folded in known.given_names
        unknown = view.label_at(first) == "NORP" and self.clues.titled(first)  # no people, by the tables
        beside = view.joined(first) and view.tokens[first - 1].capital and not self.clues.titled(first)
        if not (self.clues.free(first) or unknown) or (beside and not given):
            return start
        shown = (
            self.clues.after_role(first)
            or self.clues.after_agent(first)
            or self.clues.identified(end)
            or self.clues.described(end)
        )
        return first if given or shown else start

    def _left_out(self, start: int) -> bool:
        """Whether the word before a name of several words is its first, as in "Chad's Idris Mahamat Saleh"."""
        view = self.view
        if not view.joined(start, " ") or not self.clues.name_like(start - 1) or not self.clues.free(start - 1):
            return False
        if view.tokens[start - 1].folded in self.known.kept_titles:
            return False
        possessed = view.joined(start - 1, "s") and view.tokens[start - 2].folded in self.known.nations
        titled = self.clues.after_role(start - 1) or self.clues.titled(start - 1)
        return possessed or (titled and view.joined(start - 1, " ."))

    def _country_surname(self, index: int) -> bool:
        """Whether a given name stands here before a family name that is also a country's: 'Ada France'."""
        view, known = self.view, self.known
        token = view.tokens[index]
        if not view.joined(index + 1, " ") or view.headline(index):
            return False
        surname = view.tokens[index + 1].folded
        if not view.tokens[index + 1].capital or surname not in known.nations or surname in known.demonyms:
            return False
        if token.folded in known.places or token.folded in known.nations or not self.clues.name_like(index):
            return False
        if view.joined(index + 2, " -") and view.tokens[index + 2].capital:
            return False
        if view.joined(index) and view.tokens[index - 1].capital and self.clues.name_like(index - 1):
            return False
        return (
            token.folded in known.given_names
            or self.clues.after_role(index)
            or self.clues.identified(index + 2)
            or self.clues.described(index + 2)
            or self.clues.quoted(view.tokens[index + 1].text)
        )

    def _after_cut(self, start: int, end: int) -> int:
        """Where the name ends after one more part, or `end` when it is complete."""
        view, known = self.view, self.known
        token = view.tokens[end]
        span = view.span_at(end)
        own = self.clues.free(end) or (token.capital and span is not None and (len(span) == 1 or span.start < end))
        if view.joined(end, "-") and own and not self.clues.outside(token):
            lower = not token.capital
            added = lower and (end - start < 2 or token.folded in NOT_PART or token.folded.endswith("ed"))
            return end if added else end + 1
        if view.joined(end, " .") and token.folded in GENERATIONS and token.capital:
            return end + 1
        if view.headline(end) or not view.joined(end, " "):
            return end
        if token.capital:
            open_end = view.tokens[end - 1].folded in known.particles and end - start > 1
            cut = end - start > 1 and self.clues.name_like(end) and token.folded not in known.places
            return end + 1 if open_end or (cut and (span is None or len(span) == 1)) else end
        last = end
        while (
            last < len(view.tokens)
            and view.tokens[last].text.islower()
            and view.tokens[last].folded in _LINKING
            and view.joined(last, " ")
        ):
            last += 1
        follows = end < last < len(view.tokens) and view.joined(last, " -") and view.tokens[last].capital
        return last + 1 if follows else end

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
        family_first = first.folded in known.family_first and len(name.units) == 2 and "-" in name.units[1]
        given = first.folded in known.given_names or family_first
        named = given or self.clues.titled(words.start)
        if (self.clues.placed(words) or first.folded in SAINTS) and not self.clues.personal(words):
            return False
        if not named and self.clues.where(words) and not self.clues.personal(words):
            return False
        if self.clues.firm(words.start) or self.clues.abbreviated(words) or (not given and self.clues.of_kind(words)):
            return False
        if self.clues.ship(words.start) and not self.clues.personal(words):
            return False
        if self.clues.explained_as_body(words.end) or self.clues.joined_to_body(words):
            return False
        if trades(view, words) and not self.clues.personal(words):
            return False
        if not named and not self.clues.personal(words):
            rest = " ".join(t.folded for t in tokens[1:])
            club = first.folded in known.club_words or (
                first.folded in known.club_words_of_places and (rest in known.places or rest in known.towns)
            )
            if club or folded in known.towns or folded in known.small_towns:
                return False
        whole = last.folded in CONTINENTS or (self.clues.after_article(words.start) and not named)
        if whole and not self.clues.personal(words):
            return False
        family = given and len(tokens) == 2 and last.folded not in _NO_FAMILY_NAMES
        if last.folded in self.clues.nouns and view.gaps[words.end - 1] != "-" and not family:
            return False
        if any(self._never(t, opens=k == 0) for k, t in enumerate(tokens) if not self._inside(words, k, given=given)):
            return False
        acronym = (last.text.isupper() and len(last.text) > 1 and last.folded not in GENERATIONS) or (
            first.text.isupper() and len(first.folded) > 3
        )
        if acronym and not given and not view.headline(words.start):
            return False
        if not named and (
            first.folded in known.known_forms
            or first.folded in self.clues.nouns
            or any(t.folded in known.demonyms for t in tokens)
        ):
            return False
        if not given:
            ends_in_place = last.folded in known.places or last.folded in known.towns
            placed = (
                last.folded in known.nations
                or (first.folded in known.places and not self.clues.stands_alone(last.text))
                or (ends_in_place and len(tokens) > 2 and tokens[-2].text in _LINKING)  # 'Atletico de Lugo'
            )
            if placed and not self.clues.personal(words):
                return False
        ordinary = [t for t in tokens if t.folded in view.lower and t.folded not in known.particles]
        return named or len(ordinary) < len(tokens)

    def _inside(self, words: Words, k: int, *, given: bool) -> bool:
        """Whether a word that is none of a person's elsewhere can stand there: in 'Bo Soon-hee', 'Omar Shia al-Tan'."""
        index, more = words.start + k, k + 1 < len(words)
        hyphened = self.view.gaps[index] == "-" or (more and self.view.gaps[index + 1] == "-")
        return k > 0 and (hyphened or (given and more and self.view.tokens[index + 1].folded in _ARABIC))

    def _never(self, token: Token, *, opens: bool) -> bool:
        """Whether a word rules out that the words around it are a person's name."""
        known = self.known
        if opens and (token.folded in _GIVEN_AND_ORDINARY or token.folded in known.given_names):
            return False
        if token.folded in known.not_persons:
            return True
        return token.folded in FUNCTION_WORDS and token.capital and token.folded not in known.given_names

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
            spans = {view.owner[k] for k in range(run.start, run.end)} - {None}
            role = self.clues.after_role(run.start) or self.clues.after_portfolio(run.start)
            if not all(self._covered(view.spans[s][1], run, role=role) for s in spans if s is not None):
                continue
            said = run.end < len(view.tokens) and view.tokens[run.end].folded in SAID and view.joined(run.end, " ")
            labels = {view.label_at(k) for k in range(run.start, run.end)}
            unclaimed = labels <= {None, "PERSON", "NORP", "WORK_OF_ART"}
            described = self.clues.described(run.end)
            if (
                role
                or self.clues.identified(run.end)
                or (said and unclaimed and not view.initial[run.start])
                or (described and (unclaimed or len(run) == 2))
                or self.clues.possessor_acts(run)
                or self.clues.called_by_last(run)
                or (self.clues.speaks(run) and unclaimed and view.joined(run.start, " "))
                or (unclaimed and any(view.tokens[k].text in _OF_PERSONS for k in range(run.start + 1, run.end - 1)))
                or (unclaimed and (self.clues.of_a_people(run) or self.clues.of_a_country(run)))
                or (
                    view.tokens[run.start].folded in known.given_names
                    and (said or described or unclaimed or self._two_given_words(run))
                )
            ):
                self._add(run)
                done = run.end

    def _covered(self, span: Words, run: Words, *, role: bool) -> bool:
        """Whether a span has nothing beside the run but an office before it, or 'of' and a place after it."""
        tokens = self.view.tokens
        before = [k for k in range(span.start, run.start) if tokens[k].capital]
        if not role and not all(self.clues.outside(tokens[k]) or self._opening_trade(k) for k in before):
            return False
        return span.end <= run.end or tokens[run.end].text in {"of", "from"}

    def _name_run(self, start: int) -> Words | None:
        """Two to four words from here on that look like a full name."""
        view, known = self.view, self.known
        opens = view.tokens[start].folded not in known.kept_titles
        if (
            not opens
            or not (self.clues.name_like(start) or self._country_given_name(start))
            or (view.joined(start) and view.tokens[start - 1].capital and self.clues.name_like(start - 1))
        ):
            return None
        end = start + 1
        while end < len(view.tokens) and end - start < 5 and view.joined(end):
            token = view.tokens[end]
            if self.clues.name_like(end):
                end += 1
            elif (after := self._after_particles(end)) > end:
                end = after
            elif view.joined(end, "-") and not token.capital and end - start > 1 and token.folded not in NOT_PART:
                end += 1
            else:
                break
        if end == start + 1 and self._country_surname(start):
            end += 1
        if end < len(view.tokens) and view.joined(end, " -") and view.tokens[end].capital:
            return None  # part of a longer name of something
        spaced = 1 + sum(view.gaps[k] != "-" for k in range(start + 1, end))
        if spaced > 2 and self._opening_trade(start):
            start, spaced = start + 1, spaced - 1  # 'Potter Ada Bell'
        return Words(start, end) if 2 <= spaced <= 4 else None

    def _after_particles(self, index: int) -> int:
        """The index after the particles from here on and the name that they open; `index` if there are none."""
        view, end = self.view, index
        while end - index < 3 and view.joined(end, " ") and view.tokens[end].folded in self.known.particles:
            end += 1
        opens = end > index and view.joined(end, " -") and self.clues.name_like(end)
        return end + 1 if opens else index

    def _opening_trade(self, index: int) -> bool:
        """Whether an occupation that is also a family name owes its capital to the sentence's beginning."""
        folded = self.view.tokens[index].folded
        return self.view.initial[index] and folded in self.known.trades and folded not in self.known.given_names

    def _country_given_name(self, index: int) -> bool:
        """Whether a given name that is also a country's opens a person's name: 'the producer, Georgia Bell'."""
        view, known = self.view, self.known
        folded = view.tokens[index].folded
        if folded not in known.given_names or folded not in known.nations or not view.joined(index + 1, " "):
            return False
        if not self.clues.name_like(index + 1):
            return False
        if view.tokens[index + 1].folded in known.given_names and view.joined(index + 2, " "):
            return self.clues.name_like(index + 2)  # 'Georgia Mae Whitlock'
        words = Words(index, index + 2)
        surname = self.clues.places[view.tokens[index + 1].text]
        met_again = view.label_at(index + 1) == "PERSON" and any(
            k != index + 1 and self.clues.acts(k) and not view.joined(k, " -") for k in surname[:_MOST_OCCURRENCES]
        )
        return self.clues.after_role(index) or self.clues.called_by_last(words) or met_again

    def _two_given_words(self, run: Words) -> bool:
        """Whether a given name and one more word can be nothing but a name, whatever the model took them for."""
        first = self.view.tokens[run.start].folded
        placed = first in self.known.places or first in self.known.nations
        alone = self.clues.stands_alone(self.view.tokens[run.end - 1].text)
        alone = alone or (len(run) > 2 and self.view.tokens[run.start + 1].folded in self.known.given_names)
        return alone or (len(run) == 2 and not placed and not self.clues.after_article(run.start))

    def _collect_titled(self) -> None:
        """Lone names that their surroundings show to be persons: 'President Lee', 'the Lee administration'."""
        view = self.view
        found = {index for words in [*self.full, *self.lone] for index in range(words.start, words.end)}
        for index in view.capitals:
            if index in found or view.headline(index) or not self.clues.name_like(index):
                continue
            span = view.span_at(index)
            if (
                span is not None
                and len(span) > 1
                and any(
                    view.tokens[k].capital for k in range(span.start, span.end) if k != index and not self._no_name(k)
                )
            ):
                continue
            neighbours = [k for k in (index - 1, index + 1) if view.joined(max(k, index), " -") and k >= 0]
            if any(self.clues.name_like(k) and not self._no_name(k) for k in neighbours if k < len(view.tokens)):
                continue
            if self.clues.evident(index) and not self.clues.placed(Words(index, index + 1)):
                self._add(self._extended(Words(index, index + 1)))

    def _no_name(self, index: int) -> bool:
        """Whether a word beside a name is no other name: a title, a role, a country."""
        token = self.view.tokens[index]
        return self.clues.outside(token) or token.folded in self.known.kept_titles

    def _confirm(self) -> None:
        """Drops what the article speaks against: names only in headlines, lone words that are no names."""
        view, known = self.view, self.known
        body_units = {
            key
            for words, name in [*self.full.items(), *self.lone.items()]
            if not view.headline(words.start)
            for key in name.spelling
        }
        full_units = {
            key
            for words, name in self.full.items()
            if not view.headline(words.start) or not view.has_body
            for key in name.spelling
        }
        body_names = {name.spelling for words, name in self.full.items() if not view.headline(words.start)}
        for words, name in list(self.full.items()):
            if view.headline(words.start) and view.has_body and name.spelling not in body_names:
                tokens = view.tokens[words.start : words.end]
                surname = name.spelling[-1] in body_units and len(name.units) == 2
                if not (surname or tokens[0].folded in known.given_names) or any(
                    t.folded in view.lower for t in tokens
                ):
                    del self.full[words]
        votes: dict[str, Counter[bool]] = defaultdict(Counter)
        evident = {
            view.tokens[words.start].folded
            for words in self.lone
            if len(words) == 1 and not view.headline(words.start) and self.clues.evident(words.start)
        }
        addressed = {view.tokens[w.start].folded for w in self.lone if len(w) == 1 and self.clues.addressed(w.start)}
        spoken = {
            view.tokens[words.start].folded
            for words in self.lone
            if len(words) == 1 and not view.headline(words.start) and self.clues.lone_person(words.start)
        }
        for label, words in view.spans:
            if len(words) == 1 and not view.headline(words.start):
                votes[view.tokens[words.start].folded][label == "PERSON"] += 1
        lone_words = sorted({view.tokens[words.start].text for words in self.lone if len(words) == 1})
        in_text = {word: [k for k in self.clues.places[word] if not view.headline(k)] for word in lone_words}
        for word, occurrences in in_text.items():
            against = 0
            for index in occurrences:
                if self.clues.goes_on(index + 1):
                    votes[fold(word)][False] += 2
                against += self.clues.speaks_against(index) or self.clues.after_head(index)
            opening = all(view.initial[k] for k in occurrences) and not any(self.clues.acts(k) for k in occurrences)
            if occurrences and (opening or 2 * against >= len(occurrences)):
                votes[fold(word)][False] += len(occurrences) + 1
        introduced = [words for words in self.full if not view.headline(words.start)]
        introduces = len(introduced) >= _INTRODUCED
        in_full = {token.folded for words in introduced for token in view.tokens[words.start : words.end]}
        sure = sum(view.tokens[words.start].folded in known.given_names for words in introduced) >= _INTRODUCED
        for words in introduced if sure else ():
            if self._unnamed(words):
                del self.full[words]
        for words, name in list(self.lone.items()):
            if name.spelling[0] in full_units:
                continue
            alone = len(words) == 1 and view.tokens[words.start].folded not in in_full
            if introduces and alone and self._unintroduced(in_text[view.tokens[words.start].text]):
                del self.lone[words]
                continue
            if len(words) == 1 and fold(words_text := view.tokens[words.start].text) not in known.given_names:
                signs = in_text[words_text]
                if signs and not any(self.clues.stands_for_person(k) for k in signs[:_MOST_OCCURRENCES]):
                    del self.lone[words]
                    continue
            tokens = view.tokens[words.start : words.end]
            folded = " ".join(t.folded for t in tokens)
            known_as_person = folded in spoken or folded in evident
            unnamed = (
                (view.headline(words.start) and view.has_body and name.spelling[0] not in body_units)
                or (folded in view.lower and folded not in evident)
                or ((folded in known.nations or folded in known.places) and folded not in addressed)
                or (folded in known.not_alone and not known_as_person)
                or folded.removesuffix("s") in known.demonyms
                or (self.clues.placed(words) and folded not in addressed)
                or ((folded in known.towns or folded in known.small_towns) and not known_as_person)
                or (folded in known.known_forms and known.known_forms[folded].label != "PERSON")
                or any(t.folded in known.not_persons or t.folded in FUNCTION_WORDS for t in tokens)
                or any(known.is_role(t.folded) or t.folded in known.honorifics for t in tokens[-1:])
                or any(any(c.isdigit() for c in t.text) for t in tokens)
                or (tokens[-1].folded in self.clues.nouns and not self.clues.titled(words.start))
                or (all(t.text.isupper() for t in tokens) and not view.headline(words.start))
                or len(folded) < 2
                or tokens[0].joined
                or (votes[folded][False] > votes[folded][True] and folded not in evident)
                or self.clues.in_place_name(words.start)
                or self.clues.explained_as_body(words.end)
                or self.clues.ship(words.start)
                or (
                    not known_as_person
                    and (self.clues.of_kind(words) or self.clues.where(words) or trades(view, words))
                )
            )
            if unnamed:
                del self.lone[words]

    def _unnamed(self, words: Words) -> bool:
        """Whether several words without a given name are nobody's: nothing beside them is said of persons."""
        view, known, clues = self.view, self.known, self.clues
        if any(
            t.folded in known.given_names or t.folded in known.family_first
            for t in view.tokens[words.start : words.end]
        ):
            return False
        if clues.personal(words) or clues.titled(words.start) or clues.stands_alone(view.tokens[words.end - 1].text):
            return False
        if clues.of_a_people(words) or clues.of_a_country(words) or clues.after_portfolio(words.start):
            return False
        return clues.beside_body(words) and clues.introduces_nobody(words.end - 1)

    def _unintroduced(self, places: list[int]) -> bool:
        """Whether a lone name is nobody's in an article that introduces people by their full names."""
        known = self.known
        if not places:
            return False
        folded = self.view.tokens[places[0]].folded
        if folded in known.given_names or folded in known.family_first or folded in known.called_alone:
            return False
        return all(self.clues.introduces_nobody(k) for k in places[:_MOST_OCCURRENCES])

    def _collect_relatives(self) -> None:
        """Full names that the model missed beside another of the same family name ('Ann Lee' beside 'Bo Lee')."""
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
                and self.clues.name_like(start - 1)
                and self.clues.free(start - 1)
                and start - 1 not in taken
                and (not view.initial[start - 1] or view.tokens[start - 1].folded in self.known.given_names)
            ):
                start -= 1
            if start < index and not (
                start
                and view.joined(start, " -")
                and view.tokens[start - 1].capital
                and not self.clues.outside(view.tokens[start - 1])
                and not view.initial[start - 1]
            ):
                self._add(Words(start, index + 1))
