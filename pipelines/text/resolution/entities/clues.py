"""What the words around a name, and the tables, say about whether it is a person's."""

from collections import defaultdict

from pipelines.text.extraction.wordlists import FUNCTION_WORDS, word_set
from pipelines.text.resolution.entities.knowledge import EntityKnowledge
from pipelines.text.resolution.entities.tokens import Token, fold
from pipelines.text.resolution.entities.view import ArticleView, Words

SAID = word_set(
    """
    said says told tells added adds wrote writes argued argues warned insisted replied explained noted recalled stressed
    tweeted posted explains insists recalls replies notes admitted
    """
)
NOT_PART = word_set(
    """
    led era backed linked style like based born appointed aligned owned run made affiliated controlled supported
    sponsored driven inspired friendly related dominated brokered held free
    """
)
"""What a hyphen adds to a name without being part of it."""
_AUXILIARIES = word_set(
    "is was has had will would can could may might should did does also then later now and who never"
)
_NO_VERBS = FUNCTION_WORDS - _AUXILIARIES
_ALSO_OF_FIRMS = word_set(
    """
    owner maker partner leader champion host producer model guard victim founder center forward back developer operator
    rival
    """
)
"""Roles that a firm or a club can have too."""
PAST = word_set(
    "won took beat ran led set came made gave fell held shot threw broke drew met lost left became began wrote sang "
    "sent lent put shut paid sold bought built kept spent cut flew rose grew sank hit let got taught brought caught "
    "went thought fought felt stood saw knew grew hid drove"
)
SAINTS = word_set("san santa santo sao")
"""What many names of places begin with."""
_OF_BODIES = word_set("owner maker partner leader champion host producer developer operator rival member winner")
"""Roles before the name of a firm, a club or a country."""
_WHERE = word_set("in at near off across outside around throughout In At Near Off Across")
_WHENCE = _WHERE | word_set("from of to into between with against and or for over through via within")
"""Before a country's name."""
_AWAY = word_set("from into through via")
"""Before a place rather than a person."""
_PLACED_BY = word_set("in near towards toward outside around across throughout In Near Outside Around Across")
"""Prepositions before a place, seldom before a person."""
CONTINENTS = word_set(
    "africa afrika europa asia europe america americas oceania pacific worldwide global international"
)
"""What firms put behind their names, as they put countries."""
FIRMS = word_set(
    """
    airline automaker biotech brewer brokerage carmaker chipmaker conglomerate drugmaker insurer lender maker
    manufacturer miner planemaker refiner retailer shipbuilder start-up startup steelmaker supplier telecom wholesaler
    """
)
"""Nouns right before the name of a firm, which nobody has for an office."""
GROUPS = word_set(
    "band cartel choir club duo ensemble gang group label militia movement orchestra party team trio troupe"
)
"""Nouns right before the name of many people together."""
SHIPS = word_set(
    """
    barque bark boat brig bulker clipper cruiser cutter destroyer dhow ferry freighter frigate galleon liner lugger ship
    schooner sloop steamer submarine tanker trawler tug vessel warship yacht
    """
)
"""What stands before the names of ships."""
MINISTERS = word_set("minister ministers secretary commissioner")
PORTFOLIO_WORDS = word_set(
    """
    affairs agriculture arts aviation commerce communications community cooperation culture customs defence defense
    development digital disaster economic economy education electricity employment energy environment equality family
    finance fisheries food foreign forestry gender health heritage higher home homeland housing human immigration
    industry information infrastructure innovation interior internal international investment irrigation justice
    labor labour land lands livestock local management marine mineral minerals mines mining national natural oil
    parliamentary petroleum planning police power primary public railways reform regional religious resources roads
    rural science security services skills small social sport sports state steel technology tourism trade training
    transport treasury urban veterans water welfare women works youth
    """
)
"""What ministers are 'of' or 'for'."""
_DIRECTIONS = word_set("north south east west northeast northwest southeast southwest north-east outskirts")
_ADDRESSES = word_set("Mr Mrs Ms Dr President Chancellor Senator Sen Gen General Judge Prof Professor")
_RELATIONS = word_set(
    """
    wife husband mother father son daughter brother sister family lawyer lawyers attorney parents partner widow
    coach career
    """
)
_BODIES = word_set(
    """
    agency airline alliance authority bank bloc broadcaster brokerage carmaker carrier charity chipmaker club coalition
    company conglomerate consultancy cooperative drugmaker exchange faction federation firm foundation fund gang group
    grouping hospital institute insurer lender magazine militia ministry movement network newspaper nonprofit
    organisation organization outfit party platform refiner regulator startup studio subsidiary thinktank trust union
    university utility watchdog website
    """
)
"""Nouns for bodies, with which an apposition says what a name is."""
_MOST_PLACES = 50
"""So many occurrences of a word are looked at."""
_COMPATRIOTS = word_set(
    """
    dutchman dutchwoman englishman englishwoman frenchman frenchwoman irishman irishwoman scotsman scotswoman welshman
    welshwoman cornishman yorkshireman spaniard dane finn swede briton turk serb croat kiwi aussie
    """
)
"""Words for somebody from a country that stand before a person's name, and not before a firm's."""
_DONE_BY_PERSONS = word_set(
    "led headed chaired directed written composed coached conducted choreographed painted photographed commanded"
)
"""What is done by persons, before 'by'."""
_OPENING_APPOSITION = word_set("a an the its their")
_ARTICLES = word_set("a an the this that these those its their his her our my your one another each any some no which")
_PARTICIPLES = word_set("based owned backed founded led run headquartered listed formed made allied linked close")
"""What says more of a body behind the noun for it: 'a bank based in Hull'."""
_HE_OR_SHE = word_set("he she his her him himself herself who")
_BREAKS_OFF = word_set("who which that and but with said")


class NameClues:
    """Answers questions about the words of one article; indices are those of its view."""

    def __init__(self, view: ArticleView, knowledge: EntityKnowledge) -> None:
        self.view = view
        self.known = knowledge
        self.nouns = knowledge.head_nouns
        self.places: dict[str, list[int]] = defaultdict(list)
        """Where each capitalised word stands."""
        for index in view.capitals:
            self.places[view.tokens[index].text].append(index)
        self._name_like: dict[int, bool] = {}
        self._alone: dict[str, bool] = {}
        self._countries: dict[str, bool] = {}
        self._demonyms: frozenset[str] | None = None
        self._listed: list[Words | None] = [None] * len(view.tokens)
        """The name of something else that a table has, of several words, which a word belongs to."""
        self._placed: list[Words | None] = [None] * len(view.tokens)
        """The name of a place, of several words, which a word belongs to."""
        for index in view.capitals:
            token = view.tokens[index]
            if token.text in knowledge.known.root:
                found = knowledge.known.longest(view.tokens, view.gaps, index, exact=True)
                if found and found[0] - index > 1 and found[1].label != "PERSON" and self._listed[index] is None:
                    self._listed[index : found[0]] = [Words(index, found[0])] * (found[0] - index)
            if token.folded in knowledge.place_phrases.root:
                place = knowledge.place_phrases.longest(view.tokens, view.gaps, index)
                if place and place[0] - index > 1 and self._placed[index] is None:
                    self._placed[index : place[0]] = [Words(index, place[0])] * (place[0] - index)

    def outside(self, token: Token) -> bool:
        """Whether the word belongs to something else than a name."""
        return token.folded in self.known.outside or token.folded.endswith(self.known.role_endings)

    def name_like(self, index: int) -> bool:
        """Whether a capitalised word can be part of a person's name."""
        if (known := self._name_like.get(index)) is None:
            known = self._name_like[index] = self._can_be_name(self.view.tokens[index])
        return known

    def _can_be_name(self, token: Token) -> bool:
        return (
            token.capital
            and token.folded.replace("'", "").isalpha()
            and not self.outside(token)
            and token.folded not in self.nouns
            and token.folded not in self.view.lower
            and not (token.text.isupper() and len(token.text) > 2)
            and not token.joined
        )

    def titled(self, index: int) -> bool:
        """Whether a title or a role stands before the word."""
        view, known = self.view, self.known
        if not view.joined(index, " ."):
            return False
        before = view.tokens[index - 1].folded
        return before in known.honorifics or known.is_role(before) or before in known.kept_titles

    def evident(self, index: int) -> bool:
        """Whether the words beside a lone name leave no doubt that it is a person's."""
        view, known = self.view, self.known
        following = view.tokens[index + 1] if view.joined(index + 1, " ") else None
        if following is not None and following.text == "administration":
            return True
        if not view.joined(index, " ."):
            return False
        if following is not None and following.capital and self._office(following):
            return False  # 'Deputy Transport Minister'
        before = view.tokens[index - 1]
        if before.folded in known.kept_titles:
            return before.capital
        if before.folded in known.honorifics:
            return (before.capital and not view.initial[index - 1]) or before.text in _ADDRESSES
        return known.is_role(before.folded) and view.label_at(index) in {None, "PERSON"} and not view.initial[index - 1]

    def addressed(self, index: int) -> bool:
        """Whether a form of address stands before the word: 'Mr. London'."""
        return self.view.joined(index, " .") and self.view.tokens[index - 1].text in _ADDRESSES

    def after_role(self, index: int, *, of_persons: bool = False) -> bool:
        """Whether the words before name an office or an occupation, directly or with a comma between.

        With `of_persons`, one that no firm, no club and no country has.
        """
        view, known = self.view, self.known
        if not index or view.segments[index - 1] != view.segments[index]:
            return False
        before = view.tokens[index - 1]
        if before.folded == "state" and index > 2 and view.tokens[index - 3].folded == "secretary":
            return True
        if of_persons and before.folded in _OF_BODIES:
            return False
        trade = before.text.islower() and before.folded in known.trades
        if before.folded in _COMPATRIOTS:
            return view.joined(index, " ") and view.gaps[index] != "s"
        if not known.is_role(before.folded) and before.folded not in known.honorifics and not trade:
            return False
        if view.joined(index, " .s"):
            return view.gaps[index] != "s"
        gap = view.around(Words(index, index + 1))[0]
        return (
            gap == ", " and (before.text.islower() or before.text.isupper()) and (trade or known.is_role(before.folded))
        )

    def after_agent(self, index: int) -> bool:
        """Whether the words before say that it is somebody who leads or has made something: 'a party led by'."""
        view = self.view
        if not view.joined(index, " ") or view.tokens[index - 1].text != "by" or not view.joined(index - 1, " "):
            return False
        return view.tokens[index - 2].text in _DONE_BY_PERSONS

    def after_portfolio(self, index: int) -> bool:
        """Whether the words before are a minister's portfolio: 'Minister of Mineral Resources and Energy Ada Marsh'."""
        view, start = self.view, index
        while view.joined(start, " ") and (
            view.tokens[start - 1].folded in PORTFOLIO_WORDS or view.tokens[start - 1].text in {"and", "&"}
        ):
            start -= 1
        if start == index or not view.joined(start, " ") or view.tokens[start - 1].text not in {"of", "for"}:
            return False
        return view.joined(start - 1, " ") and view.tokens[start - 2].folded in MINISTERS

    def after_article(self, index: int) -> bool:
        """Whether 'the' or 'a' stands before the word."""
        return self.view.joined(index, " ") and self.view.tokens[index - 1].folded in {"the", "a", "an"}

    def identified(self, end: int) -> bool:
        """Whether what follows a name is an age or 'who', between commas."""
        if not self.view.after_comma(end):
            return False
        text = self.view.tokens[end].text
        return text == "who" or (text.isdigit() and len(text) == 2)

    def described(self, end: int) -> bool:
        """Whether an apposition after a name gives it an office or occupation: ', the firm's director'."""
        view = self.view
        if not view.after_comma(end):
            return False
        for index in range(end, min(end + 8, len(view.tokens))):
            token = view.tokens[index]
            if (index > end and not view.joined(index, " -s")) or token.text in _BREAKS_OFF:
                return False
            role = self.known.is_role(token.folded) or (token.text.islower() and token.folded in self.known.trades)
            if role and not view.initial[index] and token.folded not in _ALSO_OF_FIRMS:
                following = view.tokens[index + 1] if view.joined(index + 1, " ") else None
                # 'an analyst' is a person, 'an analyst firm' is not
                if following is None or following.folded in FUNCTION_WORDS or self.known.is_role(following.folded):
                    return True
        return False

    def joined_to_body(self, words: Words) -> bool:
        """Whether the name goes on as no person's does: 'Marsh Holm' in 'Marsh Holm & Bell', in 'Radio Marsh Holm'."""
        view = self.view
        after = words.end < len(view.tokens) and view.joined(words.end, "&") and view.tokens[words.end].capital
        before = view.tokens[words.start - 1] if view.joined(words.start, " ") else None
        return after or (before is not None and before.capital and before.folded in self.known.club_words)

    def explained_as_body(self, end: int) -> bool:
        """Whether an apposition after a name says that it is a body's: ', a Turkish shipping group', ', its unit'."""
        view = self.view
        if not view.after_comma(end):
            return False
        if view.tokens[end].text == "which":
            return True
        if view.tokens[end].text not in _OPENING_APPOSITION:
            return False
        for index in range(end + 1, min(end + 8, len(view.tokens))):
            token = view.tokens[index]
            if not view.joined(index, " -s") or token.text in FUNCTION_WORDS or self.known.is_role(token.folded):
                return False
            if token.text in _BODIES:
                # 'a shipping group' is a body, 'the group founder' is not
                after = view.tokens[index + 1] if view.joined(index + 1, " -s") else None
                return after is None or (view.gaps[index + 1] == " " and after.folded in FUNCTION_WORDS | _PARTICIPLES)
        return False

    def stands_alone(self, word: str) -> bool:
        """Whether the word stands somewhere without another name beside it, and as a person's name can."""
        if word not in self._alone:
            view = self.view
            self._alone[word] = any(
                not (view.joined(k) and view.tokens[k - 1].capital)
                and not (view.joined(k + 1) and view.tokens[k + 1].capital)
                and not self.speaks_against(k)
                for k in self.places[word]
            )
        return self._alone[word]

    def speaks_against(self, index: int) -> bool:
        """Whether a lone word is used as no person's name is: 'in Hull', 'the Dodgers', 'the Cloud is'."""
        view, known = self.view, self.known
        following = view.tokens[index + 1] if view.joined(index + 1, " -") else None
        if following is not None and following.text.islower() and following.folded in known.place_nouns:
            return True
        if following is not None and view.gaps[index + 1] == " " and following.capital and self._office(following):
            return True  # 'Deputy Bridges Minister'
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
        if before == "of" and view.joined(index - 1, " "):
            head = view.tokens[index - 2]
            if head.text in _DIRECTIONS or (head.text.islower() and head.folded in known.place_nouns):
                return True  # 'west of Hull', 'the town of Hull'
        if before.lower() not in {"the", "a", "an"}:
            return False
        # 'the Lee campaign' is a person's, 'the Standard said' is not
        return (
            following is None
            or following.folded in FUNCTION_WORDS
            or following.folded in SAID
            or self._regular_past(following)
            or view.tokens[index].text.endswith("s")
        )

    def acts(self, index: int) -> bool:
        """Whether a verb or a possessive follows, as after the subject of a sentence."""
        view = self.view
        if index + 1 >= len(view.tokens) or view.segments[index + 1] != view.segments[index]:
            return False
        following = view.tokens[index + 1]
        return (
            view.gaps[index + 1] != " "
            or following.folded in SAID
            or following.folded in _AUXILIARIES
            or following.folded.endswith("ed")
        )

    def in_place_name(self, index: int) -> bool:
        """Whether the word closes a name such as 'Strait of Hormuz'."""
        view = self.view
        return (
            view.joined(index, " ")
            and view.tokens[index - 1].text == "of"
            and view.joined(index - 1, " ")
            and view.tokens[index - 2].capital
            and view.tokens[index - 2].folded in self.known.place_nouns
        )

    def after_head(self, index: int) -> bool:
        """Whether the head of a thing's name stands before the word, as in 'Club Alba', 'Mount Alba'."""
        view = self.view
        before = view.tokens[index - 1] if view.joined(index, " ") else None
        return before is not None and before.capital and (before.folded in self.nouns or before.folded in SAINTS)

    def goes_on(self, end: int) -> bool:
        """Whether a name of something else goes on with the word at `end` ('Baker' in 'Baker Electric')."""
        view = self.view
        return (
            view.joined(end, " ")
            and not view.headline(end)
            and self.name_like(end)
            and view.label_at(end) != "PERSON"
            and self.known.known.longest(view.tokens, view.gaps, end, exact=True) is None
        )

    def placed(self, words: Words) -> bool:
        """Whether the words are, or are part of, a place's name of several words that a table has."""
        name = self._placed[words.start]
        return name is not None and words.inside(name)

    def personal(self, words: Words) -> bool:
        """Whether what stands beside several words shows that they name a person."""
        return (
            self.after_role(words.start, of_persons=True)
            or self.identified(words.end)
            or self.speaks(words)
            or self.described(words.end)
            or self.called_by_last(words)
        )

    def speaks(self, words: Words) -> bool:
        """Whether a verb of saying follows the words, or stands before them with what was said before it."""
        view = self.view
        if view.joined(words.end, " ") and view.tokens[words.end].folded in SAID:
            return True
        if not view.joined(words.start, " ") or view.tokens[words.start - 1].text not in SAID:
            return False
        if view.joined(words.end, " ") and self.known.is_role(view.tokens[words.end].folded):
            return False  # '"No," said Dodgers manager Ada Marsh'
        return view.quotes(words.start - 1)

    def quoted(self, word: str) -> bool:
        """Whether a lone word stands somewhere between a quotation and a verb of saying: '"No," Marsh said'."""
        view = self.view
        return any(
            view.quotes(k) and view.joined(k + 1, " ") and view.tokens[k + 1].folded in SAID
            for k in self.places[word][:_MOST_PLACES]
        )

    def called_by_last(self, words: Words) -> bool:
        """Whether the article calls by the last of the words alone somebody who speaks, or whose age it gives."""
        view = self.view
        first = words.end - 1
        while first > words.start and view.joined(first, "-"):
            first -= 1
        texts = [token.text for token in view.tokens[first : words.end]]
        folded = view.tokens[first].folded
        if len(texts) == 1 and (
            folded in self.known.nations or folded in self.known.places or folded in self.known.towns
        ):
            return False
        if any(self._lone(Words(k, k + 1)) for k in self.places[view.tokens[words.start].text][:_MOST_PLACES]):
            return False
        for start in self.places[texts[0]][:_MOST_PLACES]:
            other = Words(start, start + len(texts))
            same = [token.text for token in view.tokens[other.start : other.end]] == texts
            alone = same and self._lone(other) and not self.after_article(start)
            if alone and (self.speaks(other) or self.identified(other.end)):
                return True
        return False

    def of_a_people(self, words: Words) -> bool:
        """Whether 'the' and the name of a people stand before the words and a verb after: 'the Dane Bo Holm won'."""
        view = self.view
        before = words.start - 1
        if not view.joined(words.start, " ") or view.tokens[before].folded not in self.known.demonyms:
            return False
        if not self.after_article(before) or not view.joined(words.end, " "):
            return False
        following = view.tokens[words.end]
        return following.folded in SAID or following.text in PAST or self._regular_past(following)

    def of_a_country(self, words: Words) -> bool:
        """Whether 'of' and a country's name follow, as in lists of results: 'ahead of Bo Holm of Denmark'."""
        view, known = self.view, self.known
        if (
            not view.joined(words.end, " ")
            or view.tokens[words.end].text != "of"
            or not view.joined(words.end + 1, " ")
        ):
            return False
        country = view.tokens[words.end + 1]
        of = country.capital and country.folded in known.nations and country.folded not in known.demonyms
        last = view.tokens[words.end - 1].folded
        if last in known.places or last in known.towns:
            return False  # 'Royal Lugo of Spain'
        return of and not view.initial[words.start] and not self.after_article(words.start)

    @staticmethod
    def _regular_past(token: Token) -> bool:
        return token.text.islower() and token.text.endswith("ed")

    def _lone(self, words: Words) -> bool:
        """Whether no other name stands beside the words."""
        view = self.view
        before, after = words.start - 1, words.end
        return not (view.joined(words.start) and view.tokens[before].capital and self.name_like(before)) and not (
            view.joined(after) and view.tokens[after].capital
        )

    def lone_person(self, index: int) -> bool:
        """Whether what stands beside a lone name shows that it is a person's."""
        return self.lone_person_but_speaks(index) or self.speaks(Words(index, index + 1))

    def lone_person_but_speaks(self, index: int) -> bool:
        """The same, but for verbs of saying, which bodies have too."""
        return self.evident(index) or self.after_role(index) or self.identified(index + 1)

    def bears_country_name(self, index: int) -> bool:
        """Whether a lone word that is also a country's name means a person of that name here."""
        view = self.view
        if view.headline(index):
            return view.label_at(index) == "PERSON"
        words = Words(index, index + 1)
        following = view.tokens[index + 1] if index + 1 < len(view.tokens) else None
        if following is None or view.segments[index + 1] != view.segments[index]:
            return self.evident(index)
        if self.evident(index) or self.identified(index + 1) or self.described(index + 1):
            return True
        if view.gaps[index + 1] == "s":
            return following.folded in _RELATIONS
        if view.gaps[index + 1] != " ":
            return False
        if following.folded in SAID and view.quotes(index):
            return True
        if not self._of_the_country(view.tokens[index].text):
            return not (view.joined(index, " ") and view.tokens[index - 1].text in _WHENCE)
        if not self.acts(index) or (view.joined(index, " ") and not view.initial[index]):
            return False
        # the person has a 'he' or a 'her' in the sentence, the country an 'it' or an 'its'
        for k in range(index + 1, min(index + 25, len(view.tokens))):
            token = view.tokens[k]
            if view.initial[k] or view.segments[k] != view.segments[words.start]:
                return False
            if token.text in _HE_OR_SHE:
                return True
            if token.text in {"it", "its", "they", "their"}:
                return False
        return False

    def _of_the_country(self, name: str) -> bool:
        """Whether the article speaks of the country of this name too: its people, or somebody in it or from it."""
        view, known = self.view, self.known
        if name not in self._countries:
            code = known.nations.get(fold(name))
            self._countries[name] = code in self._peoples() or any(
                view.joined(k, " ")
                and view.tokens[k - 1].text in _WHENCE
                and not (view.joined(k + 1) and view.tokens[k + 1].capital)
                for k in self.places[name][:_MOST_PLACES]
            )
        return self._countries[name]

    def _peoples(self) -> frozenset[str]:
        """Codes of the countries whose demonyms the article has."""
        if self._demonyms is None:
            known = self.known
            folded = (self.view.tokens[k].folded for k in self.view.capitals)
            self._demonyms = frozenset(known.nations[word] for word in folded if word in known.demonyms)
        return self._demonyms

    def stands_for_person(self, index: int) -> bool:
        """Whether a lone name is used as that of somebody: with an office, or doing something."""
        view = self.view
        if self.lone_person(index) or self.described(index + 1) or self.titled(index):
            return True
        if index + 1 >= len(view.tokens) or view.segments[index + 1] != view.segments[index]:
            return False
        if self.speaks_against(index) or self.where(Words(index, index + 1)):
            return False
        following = view.tokens[index + 1]
        if view.gaps[index + 1] == "s":
            return True
        if view.joined(index, " ") and view.tokens[index - 1].text in _AWAY:
            return False  # 'the ore from Hull had been sold'
        return view.gaps[index + 1] == " " and (
            following.text in _AUXILIARIES or following.text in PAST or self._regular_past(following)
        )

    def beside_body(self, words: Words) -> bool:
        """Whether 'and' joins the name to one that the model has for an organisation's."""
        view = self.view
        before = view.joined(words.start, " ") and view.tokens[words.start - 1].text == "and"
        after = view.joined(words.end, " ") and view.tokens[words.end].text == "and"
        return (before and view.joined(words.start - 1, " ") and view.label_at(words.start - 2) == "ORG") or (
            after and view.joined(words.end + 1, " ") and view.label_at(words.end + 1) == "ORG"
        )

    def introduces_nobody(self, index: int) -> bool:
        """Whether nothing beside a lone name says that it is somebody's: no office, age or quotation, no 'he'."""
        if self.lone_person_but_speaks(index) or self.described(index + 1) or self.titled(index):
            return False
        view = self.view
        if view.joined(index, "s") or view.quotes(index):
            return False
        for k in range(index + 1, min(index + 25, len(view.tokens))):
            if view.initial[k] or view.segments[k] != view.segments[index]:
                return True
            if view.tokens[k].text in _HE_OR_SHE:
                return False
        return True

    def where(self, words: Words) -> bool:
        """Whether a preposition of place stands before the words, or a list of places that has one."""
        view, index = self.view, words.start
        listed = index > 1 and (
            (view.joined(index, " ") and view.tokens[index - 1].text == "and") or self._amid_list(words)
        )
        while index > 1 and (
            view.around(Words(index, index + 1))[0] == ", "
            if listed and view.tokens[index - 1].capital
            else view.joined(index, " ") and view.tokens[index - 1].text == "and" and view.joined(index - 1, " ")
        ):
            at = index - 1 if view.tokens[index - 1].capital else index - 2
            if not view.tokens[at].capital or view.segments[at] != view.segments[words.start]:
                break
            index = at
            while view.joined(index, " -") and view.tokens[index - 1].capital:
                index -= 1
        if not view.joined(index, " "):
            return False
        before = view.tokens[index - 1].text
        if before == "to" and self._from_place(index - 1):
            return True
        if before in _PLACED_BY:
            return view.gaps[words.end] != "s"  # 'in Ada Marsh's view'
        head = view.tokens[index - 2].folded if index > 1 else ""
        plural = head.removesuffix("ies") + "y" if head.endswith("ies") else head.removesuffix("s")
        return before == "of" and view.joined(index - 1, " ") and not {head, plural}.isdisjoint(self.known.place_nouns)

    def _amid_list(self, words: Words) -> bool:
        """Whether a capitalised word and a comma stand before the words, and 'and' and one more name after them."""
        view = self.view
        if not view.tokens[words.start - 1].capital or view.around(words)[0] != ", ":
            return False
        following = view.tokens[words.end] if view.joined(words.end, " ") else None
        return following is not None and following.text == "and" and view.joined(words.end + 1, " ")

    def _from_place(self, index: int) -> bool:
        """Whether 'from' and a name of a place stand before the 'to' at the index: 'from Hull to'."""
        view, known = self.view, self.known
        first = index
        while view.joined(first, " -") and view.tokens[first - 1].capital and index - first < 3:
            first -= 1
        name = " ".join(t.folded for t in view.tokens[first:index])
        return known.is_place(name) and view.joined(first, " ") and view.tokens[first - 1].text == "from"

    def ship(self, index: int) -> bool:
        """Whether the noun before a name says that it is a ship's: 'the frigate Ada Marsh'."""
        return self.view.joined(index, " ") and self.view.tokens[index - 1].text in SHIPS

    def firm(self, index: int) -> bool:
        """Whether the noun before a name says that it is a firm's: 'chocolate makers Barry Callebaut'."""
        view = self.view
        if not view.joined(index, " "):
            return False
        before = view.tokens[index - 1]
        return before.text.islower() and (before.folded in FIRMS or before.folded.removesuffix("s") in FIRMS)

    def of_kind(self, words: Words) -> bool:
        """Whether the noun before a name says that it is a body's: 'the folk group Marsh Reeds', 'broadcaster Marsh'.

        Where an article stands before the noun, no verb may follow the name: 'the party Ada Marsh founded'.
        """
        view = self.view
        if not view.joined(words.start, " "):
            return False
        noun = view.tokens[words.start - 1]
        if noun.folded in _BODIES | GROUPS and self._without_article(words.start - 1):
            return True
        if noun.text not in GROUPS:
            return False
        return not view.joined(words.end, " ") or view.tokens[words.end].folded in _NO_VERBS

    def _without_article(self, index: int) -> bool:
        """Whether the noun at the index stands before a name as a title does: 'broadcaster', 'opposition party'."""
        view = self.view
        if view.tokens[index].capital and not view.initial[index]:
            return False
        for k in range(index, max(index - 4, -1), -1):
            if view.initial[k] or not view.joined(k, " -"):
                return view.gaps[k] != "s"
            before = view.tokens[k - 1]
            if before.folded in FUNCTION_WORDS:
                return before.folded not in _ARTICLES
        return False

    def abbreviated(self, words: Words) -> bool:
        """Whether an acronym in brackets follows that ends in the words' initials: 'Assets Control (OFAC)'."""
        view = self.view
        if words.end >= len(view.tokens) or view.segments[words.end] != view.segments[words.start]:
            return False
        acronym = view.tokens[words.end].text
        before, after = view.around(Words(words.end, words.end + 1))
        if before != " (" or after[:1] != ")" or len(acronym) < 3 or not acronym.isupper():
            return False
        initials = "".join(token.text[0] for token in view.tokens[words.start : words.end] if token.capital)
        return acronym.endswith(initials)

    def _office(self, token: Token) -> bool:
        return self.known.is_role(token.folded) or token.folded in self.known.honorifics

    def listed(self, words: Words) -> bool:
        """Whether the words are part of a longer name of something else that a table has."""
        name = self._listed[words.start]
        return name is not None and words.inside(name) and words != name

    def possessor_acts(self, words: Words) -> bool:
        """Whether the words stand between a possessive and a verb, as in "the board's Ada Marsh said"."""
        view = self.view
        following = view.tokens[words.end] if view.joined(words.end, " ") else None
        verb = following is not None and (
            following.folded in SAID
            or (following.text.islower() and following.text.endswith("ed"))
            or (following.text in PAST and (len(words) > 2 or self.free(words.start)))
        )
        owner = view.tokens[words.start - 1]
        return (
            verb and view.joined(words.start, "s") and (owner.folded in self.known.nations or not self.outside(owner))
        )

    def free(self, index: int) -> bool:
        """Whether the model takes the word for nothing else than a person."""
        return self.view.label_at(index) in {None, "PERSON"}
