"""Names of bodies told by their letters, by what they do, or by one word behind them, whatever the model says."""

from pipelines.text.extraction.wordlists import FUNCTION_WORDS
from pipelines.text.resolution.entities.clues import PAST, SAID
from pipelines.text.resolution.entities.commerce import trades
from pipelines.text.resolution.entities.knowledge import EntityKnowledge
from pipelines.text.resolution.entities.organisation_words import (
    ACTING,
    ADJECTIVAL,
    BRACKET_AND_DASH,
    COUNTRY_LETTERS,
    ERAS,
    EXPLAINING,
    PARTIES,
    PARTISANS,
    PARTY_PEOPLE,
    TOWARDS,
)
from pipelines.text.resolution.entities.tokens import Token
from pipelines.text.resolution.entities.view import ArticleView, Words


class OrganisationSigns:
    """Signs of organisations at single words of one article; `persons` marks the words of persons."""

    def __init__(self, view: ArticleView, knowledge: EntityKnowledge, persons: list[bool]) -> None:
        self.view = view
        self.known = knowledge
        self.persons = persons

    def _otherwise(self, index: int) -> Words | None:
        """What the word shows to be a body by its letters, by the model's label, or by the word behind it."""
        view = self.view
        token = view.tokens[index]
        following = view.tokens[index + 1].text if index + 1 < len(view.tokens) else ""
        if token.text.isupper() and len(token.text) > 2 and (words := self._acronym(index)):
            return words
        if view.label_at(index) == "GPE" and (words := self._unlisted(index)):
            return words
        if following in COUNTRY_LETTERS:
            return self._charity(index)
        if following in PARTISANS:
            return self._branch(index)
        return self._party(index) if token.text in PARTIES else None

    def _acronym(self, index: int) -> Words | None:
        """A word in capitals that is none of the model's bodies, but does what they do: 'the union, the TWU, wants'."""
        view, known = self.view, self.known
        token = view.tokens[index]
        text = token.text.replace(".", "")
        if not 3 <= len(text) <= 6 or not text.isalpha() or not text.isupper() or view.headline(index):
            return None
        if view.label_at(index) == "ORG" or self.persons[index] or view.around(Words(index, index + 1))[0] == ": ":
            return None
        other = (
            token.folded in known.generic
            or token.folded in known.thing_nouns
            or token.folded in known.nations
            or token.folded in known.places
            or token.folded in known.outside
            or token.folded in FUNCTION_WORDS
        )
        beside = [k for k in (index - 1, index + 1) if 0 <= k < len(view.tokens) and view.joined(max(k, index))]
        if other or any(view.tokens[k].capital and view.tokens[k].text.isupper() for k in beside):
            return None
        following = view.tokens[index + 1] if index + 1 < len(view.tokens) else None
        if following is None or view.segments[index + 1] != view.segments[index]:
            return None
        words = Words(index, index + 1)
        gap = view.gaps[index + 1]
        if gap == "s":
            return words
        explained = view.around(Words(index + 1, index + 2))[0] == ", " and following.text in EXPLAINING
        acts = gap == " " and (following.folded in SAID | PAST | ACTING or following.folded.endswith("ed"))
        called = view.joined(index, " ") and view.tokens[index - 1].text in {"as", "called"} and gap in {"", " "}
        parted = view.joined(index, " ") and view.tokens[index - 1].folded == "the" and gap == ""
        return words if acts or explained or parted or called else None

    def _unlisted(self, index: int) -> Words | None:
        """What the model has for a place, but no table and no preposition: "Japan's Tarnex said", 'Tarnex, which'."""
        view, known = self.view, self.known
        span = view.span_at(index)
        if span is None or span.start != index or view.label_at(index) != "GPE" or view.headline(index):
            return None
        if not all(view.joined(k) for k in range(span.start + 1, span.end)):
            return None
        first, last = view.tokens[span.start], view.tokens[span.end - 1]
        if (
            first.folded.removesuffix("s") in known.nations
            or self._place(span)
            or any(self.persons[span.start : span.end])
            or last.folded in known.place_nouns
        ):
            return None
        if any(t.folded in known.demonyms or t.folded in known.not_persons for t in view.tokens[span.start : span.end]):
            return None
        if len(span) > 1 and last.folded in known.nations:
            ordinary = first.folded in known.generic or first.folded in ERAS or first.folded in view.lower
            ordinary = ordinary or first.folded.endswith(ADJECTIVAL)
            return None if ordinary or len(span) > 2 else span  # 'Tarnex Chad'
        if any(view.joined(k, " ") and view.tokens[k - 1].text in TOWARDS for k in view.where(first.text)):
            return None
        following = view.tokens[span.end] if view.joined(span.end, " ") else None
        says = (following is not None and following.folded in SAID | ACTING) or trades(view, span)
        says = says or (len(span) == 1 and first.joined)
        owned = view.joined(index, "s") and view.tokens[index - 1].folded in known.nations
        return span if says or owned else None

    def _charity(self, index: int) -> Words | None:
        """'Tarnby UK': a name before the country's letters, which the model has for the country alone."""
        view, known = self.view, self.known
        token = view.tokens[index]
        after = view.tokens[index + 1] if view.joined(index + 1, " ") else None
        if after is None or after.text not in COUNTRY_LETTERS or view.initial[index] or view.headline(index):
            return None
        if view.label_at(index) is not None or self.persons[index] or view.joined(index + 2, " "):
            return None
        if token.folded in known.generic or token.folded in known.outside or token.folded in ERAS:
            return None
        first = index
        while view.joined(first, " -&") and view.tokens[first - 1].capital and index - first < 3:
            first -= 1
        free = all(view.label_at(k) is None and not self.persons[k] for k in range(first, index))
        return Words(first, index + 2) if free else None

    def _branch(self, index: int) -> Words | None:
        """The members of a party in a country or a part of one: 'Scottish Conservatives', 'Montana Republicans'."""
        view = self.view
        after = view.tokens[index + 1] if view.joined(index + 1, " ") else None
        if after is None or after.text not in PARTISANS or view.headline(index) or self.persons[index]:
            return None
        words = Words(index, index + 2)
        local = self._place(Words(index, index + 1)) and view.tokens[index].folded not in {"us", "uk", "american"}
        return words if local and not (view.joined(index + 2, " ") and view.tokens[index + 2].capital) else None

    def _party(self, index: int) -> Words | None:
        """'the Labour MP': what is a party by what stands behind it."""
        view = self.view
        after = view.tokens[index + 1] if view.joined(index + 1, " ") else None
        if after is None or view.tokens[index].text not in PARTIES or view.headline(index):
            return None
        if view.joined(index, " ") and view.tokens[index - 1].text in {"of", "and"}:
            return None
        return Words(index, index + 1) if after.text in PARTY_PEOPLE else None

    def _agency(self, index: int) -> Words | None:
        """The news agency behind the place that a report begins with: 'HULL (Tarn Wire) —'."""
        view = self.view
        first = index
        while first and index - first < 8 and view.segments[first - 1] == view.segments[index]:
            first -= 1
        if index - first > 7 or first == index:
            return None
        words = view.run(index, longest=3)
        before = view.around(words)[0]
        if not before.endswith("(") or any(self.persons[words.start : words.end]):
            return None
        return words if BRACKET_AND_DASH.match(view.following(words, 6)) else None

    def _place(self, words: Words) -> bool:
        return self.known.is_place(" ".join(t.folded for t in self.view.tokens[words.start : words.end]))

    def _organ(self, token: Token) -> bool:
        return token.folded in self.known.organisation_nouns

    def _office(self, token: Token) -> bool:
        return self.known.is_role(token.folded) or token.folded in self.known.honorifics

    def _name(self, words: Words) -> str:
        return " ".join(t.folded for t in self.view.tokens[words.start : words.end])
