"""What speaks against a name being a body's: it is a place, a law, an office, a product, several people of one name."""

from pipelines.text.extraction.wordlists import FUNCTION_WORDS
from pipelines.text.resolution.entities.clues import MINISTERS, PORTFOLIO_WORDS
from pipelines.text.resolution.entities.knowledge import EntityKnowledge
from pipelines.text.resolution.entities.organisation_signs import OrganisationSigns
from pipelines.text.resolution.entities.organisation_words import (
    BODY_NOUNS,
    BUILT,
    IN,
    LOWER_INSIDE,
    LYING,
    MACHINES,
    MOST_CAPITALS,
    NATURE,
    OFFICES,
    PORTFOLIOS,
    REPORT,
    ROADS,
    WARES,
    WEAPONS,
)
from pipelines.text.resolution.entities.tokens import DOMAINS, Token
from pipelines.text.resolution.entities.view import ArticleView, Words

_INSIDE = LOWER_INSIDE | DOMAINS


class OrganisationDoubts(OrganisationSigns):
    """Judges names of organisations by their words and by those beside them."""

    def __init__(self, view: ArticleView, knowledge: EntityKnowledge, persons: list[bool]) -> None:
        super().__init__(view, knowledge, persons)
        self._families = {token.folded for token, personal in zip(view.tokens, persons, strict=True) if personal}
        """Words of persons' names."""

    def _plausible(self, words: Words) -> bool:
        view, known = self.view, self.known
        tokens = view.tokens[words.start : words.end]
        if any(self.persons[words.start : words.end]):
            return False
        folded = " ".join(t.folded for t in tokens)
        if folded in known.nations or folded in known.places or folded.removesuffix("s") in known.not_persons:
            return False
        if any(t.text.islower() and t.folded not in _INSIDE and not self._organ(t) for t in tokens[1:]):
            return False  # 'Regulator fines Acme'
        if tokens[0].text in {"D", "R"} and len(tokens) > 1 and view.gaps[words.start + 1] == "-":
            return False  # 'R-Wis.': a member's party and state
        if (
            self._portfolio(words)
            or self._in_address(words)
            or self._dateline(words)
            or self._shouted(words)
            or self._where(words)
        ):
            return False
        if len(tokens) > 1 and folded in known.towns:
            return False
        if not any(c.isalpha() for c in folded) or len(folded) < 2:
            return False
        headed = any(
            t.folded in {"of", "for", "on", "and"} and self._organ(tokens[k]) for k, t in enumerate(tokens[1:])
        )
        if all(t.folded in known.nations or t.text.isdigit() for t in tokens):
            return False
        pension = len(tokens) > 2 and tokens[-1].folded == "plan" and tokens[-2].folded in {"pension", "health"}
        if tokens[-1].folded in known.thing_nouns and not headed and not pension:
            return False  # a treaty, but 'Ministry of Foreign Affairs'
        if len(tokens) > 1 and (tokens[-1].folded in ROADS or tokens[0].folded in NATURE):
            return False
        after = view.tokens[words.end] if view.joined(words.end, " ") else None
        portfolio = not self._organ(tokens[-1]) or (len(tokens) > 1 and folded.rsplit(" ", 1)[0] in known.nations)
        if after is not None and after.folded == "officer":
            return False  # 'Chief Financial Officer'
        if after is not None and (after.folded in LYING or (after.capital and after.folded in BUILT)):
            return False  # 'Mount Tarn lies in the north', 'Tarnby International' in 'Tarnby International Airport'
        if after is not None and after.folded in OFFICES and tokens[-1].folded == "cabinet":
            return False  # 'Education Cabinet Secretary'
        if len(tokens) > 1 and (tokens[-1].folded in BUILT or self._product(words)):
            return False
        if len(tokens) > 1 and folded not in known.known_forms and after is not None and after.capital:
            law = after.folded in known.thing_nouns and after.folded not in PORTFOLIOS
            if law and not self._organ(tokens[-1]):
                return False  # 'Voting Rights' in 'Voting Rights Act'
        if len(tokens) > 2 and tokens[-1].folded == "park" and tokens[-2].folded in {"national", "state"}:
            return False
        if len(tokens) > 2 and tokens[1].text == "of" and tokens[0].folded in known.nations:
            return False  # 'the Switzerland of the Middle East'
        if after is not None and after.capital and tokens[-1].folded in PORTFOLIOS and self._office(after):
            return False  # 'State Health Commissioner'
        if portfolio and after is not None and after.capital and after.folded in OFFICES:
            return False  # 'Foreign' in 'Foreign Minister', 'Chilean Mining' in 'Chilean Mining Minister'
        if len(tokens) == 1:
            token = tokens[0]
            common = (
                token.folded in known.generic
                or token.folded in known.place_nouns
                or known.is_role(token.folded)
                or known.is_role(token.folded.removesuffix("s"))
                or token.folded in known.honorifics
                or token.folded in FUNCTION_WORDS
                or (token.text[-1].isdigit() and self._machine(words.end))
                or (after is not None and after.text in WEAPONS and token.folded not in known.known_forms)
                or self._family(token)
                or (token.text.isupper() and self._introduced_for_something(token))
            )
            generic = token.folded in view.lower and (view.initial[words.start] or view.headline(words.start))
            return not common and not generic
        return True

    def _product(self, words: Words) -> bool:
        """Whether a noun for wares follows a name that goes on behind its maker's: 'Tarnex N-Gage smartphones'."""
        view = self.view
        after = view.tokens[words.end] if view.joined(words.end, " ") else None
        if after is None or after.text.removesuffix("s") not in WARES:
            return False
        last = view.tokens[words.end - 1]
        return not self._organ(last) and self._name(words) not in self.known.known_forms

    def _machine(self, end: int) -> bool:
        """Whether one of the next two words says that the name before is a type of machine: 'the A7 patrol plane'."""
        view = self.view
        nouns = [k for k in (end, end + 1) if view.joined(k, " ") and view.tokens[k].text.islower()]
        return any(view.tokens[k].folded.removesuffix("s") in MACHINES for k in nouns if k == end or end in nouns)

    def _family(self, token: Token) -> bool:
        """Whether it is several people of one name, of whom the article names one: 'the Marshes'."""
        stems = {token.folded.removesuffix("s"), token.folded.removesuffix("es")} - {token.folded}
        return not stems.isdisjoint(self._families)

    def _introduced_for_something(self, token: Token) -> bool:
        """Whether the article introduces the letters for what is no body: 'gross domestic output (GDO)'."""
        view = self.view
        for k in view.where(token.text):
            first = k - len(token.text)
            if first < 0 or view.gaps[k] or not view.around(Words(k, k + 1))[0].endswith("("):
                continue
            long = view.tokens[first:k]
            small = view.segments[first] == view.segments[k] and all(t.small for t in long)
            initials = "".join(t.text[0] for t in long).upper() == token.text
            if small and initials and long[-1].text not in BODY_NOUNS and not self._organ(long[-1]):
                return True
        return False

    def _portfolio(self, words: Words) -> bool:
        """Whether it is what a minister is 'of' or 'for': 'Minister of Mineral Resources and Energy'."""
        view = self.view
        if not view.joined(words.start, " ") or view.tokens[words.start - 1].text not in {"of", "for"}:
            return False
        if not view.joined(words.start - 1, " ") or view.tokens[words.start - 2].folded not in MINISTERS:
            return False
        return all(t.folded in PORTFOLIO_WORDS or t.text in {"and", "&"} for t in view.tokens[words.start : words.end])

    def _in_address(self, words: Words) -> bool:
        """Whether it stands in a link or is a user's name."""
        before, surface = self.view.around(words)[0][-1:], self.view.surface(words)
        return before in {"@", "#", "/", "_"} or "@" in surface or "//" in surface

    def _dateline(self, words: Words) -> bool:
        """Whether it is the place that a report begins with: 'LA CROSSE, Wis. (AP) —'."""
        view = self.view
        if view.headline(words.start) or not all(t.text.isupper() for t in view.tokens[words.start : words.end]):
            return False
        if view.around(words)[0].endswith("("):
            return False  # the agency: 'LA CROSSE, Wis. (AP) —'
        first = words.start
        while first and view.segments[first] == view.segments[first - 1] and words.start - first < 3:
            first -= 1
            if not view.tokens[first].text.isupper():
                return False
        if first and view.segments[first] == view.segments[first - 1]:
            return False
        return bool(REPORT.match(view.following(words, 48)))

    def _shouted(self, words: Words) -> bool:
        """Whether it is a phrase in capitals for emphasis: 'FERTILITY AT RISK'."""
        tokens = self.view.tokens[words.start : words.end]
        letters = sum(len(t.text) for t in tokens)
        return len(tokens) > 1 and letters > MOST_CAPITALS and all(t.text.isupper() for t in tokens)

    def _where(self, words: Words) -> bool:
        """Whether it is a place, as what stands before it shows: 'in Chillicothe', 'Mayor Ada Bell of Guiuan'."""
        view, known = self.view, self.known
        folded = " ".join(t.folded for t in view.tokens[words.start : words.end])
        if folded not in known.towns and folded not in known.small_towns:
            return False
        for k in view.where(view.tokens[words.start].text):
            if not view.joined(k, " ") or (view.joined(k + len(words), " ") and view.tokens[k + len(words)].capital):
                continue
            before, after = view.tokens[k - 1].text, k + len(words)
            within = after + 1 < len(view.tokens) and view.tokens[after].text == "in" and view.tokens[after + 1].capital
            if before in IN or (before == "from" and within) or (before == "of" and k > 1 and self.persons[k - 2]):
                return True
            if before in {"from", "to", "of", "on"} and folded in known.small_towns and len(words) == 1:
                return True
        return False
