"""Who speaks: the subject of a verb of speech, found by pattern, and the named thing that it is."""

import re
from dataclasses import dataclass

from pipelines.text.resolution.quotations.quotation import NamedMention
from pipelines.text.resolution.quotations.units import MASK, Unit

_PRONOUNS = r"he|she|they|it|we|I|who"
_PRONOUN_LAST = re.compile(rf"\b({_PRONOUNS})$", re.I)
_PRONOUN_FIRST = re.compile(rf"\s*({_PRONOUNS})\b", re.I)
_FILLER = re.compile(
    r"(?:\s+(?:has|have|had|also|later|then|once|again|just|even|now|never|first|still|too|since|ever|reportedly|recently|further|"
    r"himself|herself|itself|themselves|both|all|each|long|often|on \w+day|this week|last week|in a statement|\w+ly))+$"
)
_PASSIVE = re.compile(r"\b(?:was|were|been|be|being|is|are|got)(?:\s+\w+ly)?$", re.I)
_TO = re.compile(r"\b(?:to|not|n['’]t|never|would|could|should|might|must|may|can|will)$", re.I)
_WENT_ON = re.compile(r"\b(?:went|goes|going|continued|hastened|was quick|were quick) (?:on )?to$", re.I)
_CLAUSE = re.compile(r"[;:—–(]\s|\s[-–—]+\s|,\s(?:and|but|while|as|because|though|although|which|where|when|if)\s|”\s")
_CONJUNCTION = re.compile(r"(?:^|[\s,])(?:and|but|then|or|before|after|while|when)$", re.I)
_OF = re.compile(r"\b(of|for|to|from|in|at|by|with|on|near|outside|against|about|over)\s+(?:the\s+|a\s+|an\s+)?$", re.I)
_SPOKEN_FOR = re.compile(
    r"\b(?:spokes\w+|representatives?|officials?|statement|lawyers?|attorneys?)\s+(?:of|for|from|by)\s+(?:the\s+)?$",
    re.I,
)
_NOUN_PHRASE = re.compile(
    r"(?:\b(?:the|a|an|one|two|some|many|most|several|other|another|his|her|its|their|both|local|senior|former)\s+)?"
    r"(?:[\w’'.-]+\s+){0,6}[\w’'.-]+$", re.I,
)  # fmt: skip
_PHRASE_BREAK = re.compile(r"[,;:“”()—–]|\b(?:and|but|that|because|when|while|as|after|before|if)\b", re.I)
_AFTER_BREAK = re.compile(
    r"[,;:.!?“”()—–]"
    r"|\b(?:who|whose|which|in|on|at|to|after|before|during|when|while|as|from|about|that|but|with|because|by)\b"
)
_OFFICE = re.compile(
    r"(?:er|or|ist|ian|ant|ent|man|woman|person|ary|ief|official|general|king|queen|prince|pope|coach|judge|captain|"
    r"secretary|diplomat|doctor|scientist|expert|host|mother|father|head|owner|prosecutor|attorney|envoy)$"
)
"""Nouns that name a person rather than a body or a paper."""
_NO_OFFICE = frozenset(
    {
        "paper",
        "newspaper",
        "letter",
        "order",
        "government",
        "parliament",
        "statement",
        "document",
        "department",
        "number",
        "broadcaster",
        "publisher",
        "newsletter",
        "manufacturer",
        "retailer",
    }
)
_LOOK_BACK = 400
"""Characters before a verb among which its subject is looked for."""
_LAST_WORD = 8
"""Characters at the end of a text in which the longest word stands that `_TO` and the like look for there."""
_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "PRODUCT", "WORK_OF_ART"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker as the text names it; offsets in the paragraph of `unit`."""

    unit: Unit
    start: int
    end: int
    evidence: str
    mention: tuple[NamedMention, int] | None
    """The named thing, and where the paragraph starts that its offsets are relative to."""

    @property
    def person(self) -> bool:
        """Whether the speaker is a person known by name."""
        return self.mention is not None and self.mention[0].label == "PERSON"


class Subjects:
    """Finds the subjects of verbs, reading the units of an article in order and remembering who was named."""

    def __init__(self) -> None:
        self._units: list[Unit] = []
        self._speakers: dict[int, Speaker] = {}
        self._last: Speaker | None = None
        """Subject of the verb before."""

    def enter(self, unit: Unit) -> None:
        """The unit that is read now."""
        self._units.append(unit)

    def note(self, speaker: Speaker) -> None:
        """Somebody speaks in the present unit."""
        self._speakers[len(self._units) - 1] = speaker

    def speaker_of_unit(self, back: int) -> Speaker | None:
        """Who speaks in the unit so many units before the present one."""
        return self._speakers.get(len(self._units) - 1 - back)

    def of_verb(self, start: int, end: int, *, inverted: bool) -> Speaker | None:
        """The subject of the verb at `start` to `end` of the present unit; `inverted`: it stands behind the verb."""
        found = self._after(end) if inverted else self._before(start, self._units[-1].masked[start:end])
        self._last = found or self._last
        return found

    def named(self, start: int, end: int) -> Speaker | None:
        """The named thing at the very end of the stretch, as in "NAME: “…”"."""
        unit = self._units[-1]
        stop = len(unit.masked[:end].rstrip(" :,—–-"))
        last = next((m for m in reversed(unit.mentions) if start <= m.start_char and m.end_char == stop), None)
        return self._known(last, "name") if last else None

    def _known(self, mention: NamedMention, evidence: str) -> Speaker:
        unit = self._units[-1]
        return Speaker(unit, mention.start_char, mention.end_char, evidence, (mention, unit.segment.start_char))

    def _after(self, at: int) -> Speaker | None:
        unit = self._units[-1]
        masked = unit.masked
        if pronoun := _PRONOUN_FIRST.match(masked, at, unit.end):
            return self._pronoun(pronoun.start(1), pronoun.end(1))
        stop = _AFTER_BREAK.search(masked, at, unit.end)
        end = stop.start() if stop else unit.end
        for m in unit.mentions:
            # a name goes on over a full stop, and so does "Rep. NAME"; "the harbour master, NAME" is that name
            begun = at <= m.start_char < max(end, at + 4) + 2
            behind = m.label == "PERSON" and m.start_char == end + 2 and masked[end] in ".,"
            if m.label in _LABELS and (begun or behind):
                end = max(end, m.end_char)
        inside = [m for m in unit.mentions if at <= m.start_char and m.end_char <= end and m.label in _LABELS]
        person = next((m for m in inside if m.label == "PERSON"), None)
        while at < end and masked[at].isspace():
            at += 1
        phrase = masked[at:end].rstrip()
        if person or (inside and not masked[at : inside[0].start_char].strip(" the")):
            return self._known(person or inside[0], "name")
        if not phrase or not phrase[0].isalpha() or len(phrase.split()) > 9:
            return None
        return self._role(at, at + len(phrase), inside)

    def _before(self, at: int, verb: str) -> Speaker | None:
        unit = self._units[-1]
        masked = unit.masked
        start = max(unit.start, at - _LOOK_BACK)
        left = masked[start:at].rstrip()
        if _TO.search(left, len(left) - _LAST_WORD):
            if not _WENT_ON.search(left):
                return None
            left = _WENT_ON.sub("", left).rstrip()
        passive = _PASSIVE.search(left)
        if passive:
            return None
        if verb.lower().endswith("ing"):
            return self._main_subject(at)
        left = _FILLER.sub("", left)
        end = start + len(left)
        if pronoun := _PRONOUN_LAST.search(left, len(left) - _LAST_WORD):
            if pronoun[1].lower() == "who":
                return self._relative(start + pronoun.start())
            return self._pronoun(start + pronoun.start(1), start + pronoun.end(1))
        if left.endswith(")") and "(" in left:
            left = left[: left.rindex("(")].rstrip()
            end = start + len(left)
        if left.endswith((",", "—", "–", " -")):
            return self._apposition(end)
        if _CONJUNCTION.search(left, len(left) - _LAST_WORD):
            return self._main_subject(at)
        last = next((m for m in reversed(unit.mentions) if m.end_char in (end, end - 1) and m.label in _LABELS), None)
        if last:
            before = masked[start : last.start_char]
            if not _OF.search(before):
                return self._known(last, "name")
            phrase = self._phrase(start, end)
            spoken_for = last if _SPOKEN_FOR.search(before) else None
            earlier = self._apposed_before(last)
            if earlier:
                return self._known(earlier, "name")
            return self._role(*phrase, [spoken_for] if spoken_for else []) if phrase else None
        phrase = self._phrase(start, end)
        if phrase is None:
            return None
        inside = [m for m in unit.mentions if phrase[0] <= m.start_char and m.end_char <= phrase[1]]
        return self._role(*phrase, [m for m in inside if m.label == "PERSON" and m.end_char == phrase[1]])

    def _phrase(self, start: int, end: int) -> tuple[int, int] | None:
        unit = self._units[-1]
        # a name may hold what otherwise ends a phrase
        breaks = (
            m.end() for m in _PHRASE_BREAK.finditer(unit.masked, start, end)
            if not any(named.start_char <= m.start() < named.end_char for named in unit.mentions)
        )  # fmt: skip
        cut = max(breaks, default=start)
        cut = max(cut, end - 200)
        phrase = unit.masked[cut:end]
        # a noun phrase has eight words at most: trying it further in front would cost much and find nothing
        earlier = phrase.rsplit(maxsplit=8)[:-8]
        match = _NOUN_PHRASE.search(phrase, len(earlier[0]) if earlier else 0)
        if match is None or not match.group().strip():
            return None
        return cut + match.start(), cut + match.end()

    def _apposed_before(self, last: NamedMention) -> NamedMention | None:
        """PERSON of "PERSON of the ORG said", and of "PERSON, head of the ORG said" without a comma behind."""
        unit = self._units[-1]
        for m in reversed(unit.mentions):
            if m.label == "PERSON" and m.end_char < last.start_char:
                between = unit.masked[m.end_char : last.start_char]
                apposed = between.startswith(",") and between.count(",") == 1
                if len(between) < 80 and (apposed or _OF.fullmatch(between.lstrip())):
                    return m
        return None

    def _apposition(self, end: int) -> Speaker | None:
        """Subject of "NAME, who …, said": the name before the first comma of the clause."""
        unit = self._units[-1]
        start = unit.start
        for boundary in _CLAUSE.finditer(unit.masked, unit.start, end - 1):
            start = boundary.end() if unit.masked[boundary.start()] != "," else start
        speakers = [m for m in unit.mentions if start <= m.start_char < end and m.label in _LABELS]
        opening = (",", " –", " —", " -", " (")
        head = [m for m in speakers if unit.masked[m.end_char : m.end_char + 2].lstrip(")").startswith(opening)]
        best = next((m for m in [*head, *speakers] if m.label == "PERSON"), None)
        if best or head:
            return self._known(best or head[0], "name")
        comma = unit.masked.find(",", start, end - 1)
        phrase = self._phrase(start, comma) if comma > start else None
        return self._role(*phrase, []) if phrase else None

    def _relative(self, at: int) -> Speaker | None:
        unit = self._units[-1]
        before = [m for m in unit.mentions if m.end_char <= at and m.label in _LABELS]
        if before and at - before[-1].end_char < 40:
            return self._known(before[-1], "name")
        return None

    def _main_subject(self, at: int) -> Speaker | None:
        """Subject of the sentence, for a second verb or a participle that has none of its own."""
        unit = self._units[-1]
        if self._last is not None and self._last.unit is unit:
            return self._last
        before = [m for m in unit.mentions if m.end_char <= at and m.label in _LABELS]
        pronoun = _PRONOUN_FIRST.match(unit.masked, unit.start, at)
        if pronoun:
            return self._pronoun(pronoun.start(1), pronoun.end(1))
        person = next((m for m in before if m.label == "PERSON"), None)
        if person:
            return self._known(person, "name")
        return self._known(before[0], "name") if before and before[0].start_char - unit.start < 40 else None

    def _role(self, start: int, end: int, named: list[NamedMention]) -> Speaker | None:
        """A speaker without a name: "the minister" may be somebody whose name came with that word."""
        unit = self._units[-1]
        phrase = unit.masked[start:end]
        if not any(c.isalpha() for c in phrase) or MASK in phrase:
            return None
        if named:
            return Speaker(unit, start, end, "role", (named[0], unit.segment.start_char))
        found = None
        words = phrase.lower().split()
        if (
            words[0] in {"the", "his", "her", "their"}
            and len(words) <= 4
            and words[-1] not in _NO_OFFICE
            and _OFFICE.search(words[-1])
        ):
            found = self._by_role(words[-1])
        return Speaker(unit, start, end, "role", found)

    def _by_role(self, noun: str) -> tuple[NamedMention, int] | None:
        for back in range(1, 13):
            if back >= len(self._units):
                break
            unit = self._units[-1 - back]
            for m in reversed(unit.mentions):
                if m.label != "PERSON":
                    continue
                near = unit.masked[max(m.start_char - 60, unit.start) : m.start_char]
                near += " " + unit.masked[m.end_char : min(m.end_char + 60, unit.end)]
                if re.search(rf"\b{re.escape(noun)}\b", near, re.I):
                    return m, unit.segment.start_char
        return None

    def _pronoun(self, start: int, end: int) -> Speaker:
        unit = self._units[-1]
        word = unit.masked[start:end].lower()
        return Speaker(unit, start, end, "pronoun", self._antecedent(word, start))

    def _antecedent(self, word: str, at: int) -> tuple[NamedMention, int] | None:
        wanted = {"he": {"PERSON"}, "she": {"PERSON"}, "it": {"ORG", "GPE"}, "they": {"ORG", "NORP"}}.get(word)
        if wanted is None:
            return None
        unit = self._units[-1]
        here = [m for m in unit.mentions if m.end_char <= at and m.label in wanted]
        if here:
            return here[0], unit.segment.start_char
        for back in range(1, 6):
            if back >= len(self._units):
                break
            speaker = self._speakers.get(len(self._units) - 1 - back)
            earlier = self._units[-1 - back]
            if earlier.segment.zone == "title" and unit.segment.zone != "title" and back > 1:
                break
            if speaker is not None and speaker.mention is not None and speaker.mention[0].label in wanted:
                return speaker.mention
            named = [m for m in earlier.mentions if m.label in wanted]
            if named:
                return named[0], earlier.segment.start_char
        return None
