"""Finds the quotations of an article by pattern: marks, verbs of speech around them, and their subjects.

No parser is needed, so it costs little; what it misses is mostly indirect speech whose verb stands far from its
subject. Time is linear in the article's length.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.text.article_text import ArticleText
from pipelines.text.extraction.wordlists import word_set
from pipelines.text.resolution.quotations.cues import INDIRECT, CueVerbs
from pipelines.text.resolution.quotations.marks import Quoted
from pipelines.text.resolution.quotations.quotation import Kind, NamedMention, Quotation
from pipelines.text.resolution.quotations.speakers import Speaker, Subjects
from pipelines.text.resolution.quotations.units import Unit, units

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_OPENS_SPEECH = re.compile(r"(?:^|[,:—–-]|\bthat)\s*$")
_NOUN = re.compile(
    r"(?:\b(?:the|a|an|its|their|his|her|our|my|these|those|such|any|no|new|own|of|in|for|with|by)|['’]s)\s+$|so-$",
    re.I,
)
"""Words before a noun: "the demands"."""
_NOUNS = word_set(
    """
    claims calls notes remarks comments reports states posts demands promises pledges vows answers replies terms labels
    cries talks points stresses objects boasts repeats text laughs smiles wonders claim call report state post
    """
)
_TITLE_WORDS = re.compile(
    r"[A-Z0-9][\w’'-]*(?:\s+(?:(?:of|the|and|in|for|to|a|on|with|by|from|or|at)\s+)*[A-Z0-9][\w’':-]*)*[.,!?]*"
)
_NAMED_SO = re.compile(r"\b(?:so[ -]called|known as|entitled|titled|named|nicknamed|code-?named|operation)\s*$", re.I)
_NAMED_IT = re.compile(r"\b(?:called|calls|call|it|him|her|them|as)\s+(?:an?\s+|the\s+)?$")
_FAR = 90
"""Characters between the marks and a verb that still belongs to them."""
_MOST_VERBS = 30
"""Verbs of speech of one unit that are looked at: no sentence has more, and each costs a look around it."""
_THAT = re.compile(r"[^,;:.“”]{0,120}?\bthat\s")
_WHEN = re.compile(
    r"(?:\s*,?\s*(?:(?:late |early |earlier )?(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: \w+)?"
    r"|(?:earlier |later )?this \w+|last \w+|yesterday|today|also|again|then|later|earlier"
    r"|in (?:an?|his|her|its|the) (?:\w+ )?(?:statement|interview|post|letter|report|email|speech|tweet|briefing)"
    r"|at (?:a|the) [\w ]{3,40}?(?=,))\s*,?)+"
)
_NAME = r"[A-Z][\w.]*(?: [A-Z][\w.]*){0,3}"
_OBJECT = re.compile(
    r"\s+(?:[\w’'.-]+\s+){0,6}?(?:that|how|why|what|whether|if)\s"
    rf"|\s+(?:reporters|journalists|the {_NAME}|{_NAME}|lawmakers|viewers|parliament|him|her|them|me|us)\b"
    r"(?:\s+(?:on|in|at|by|during)\s[^,;:.“”]{3,40}?)??\s+(?=[a-zA-Z])"
)
"""Whom somebody tells something."""
_CLAUSE_START = re.compile(
    r"\s*(?:(?i:the|a|an|this|that|these|those|he|she|it|they|we|you|i|there|his|her|its|their|our|my|no|some|many|most|"
    r"all|both|several|such|any|each|every|at least|more|about|around|nearly|almost|if|when|while|as|once|until)\b"
    r"|[A-Z“0-9]|[a-z]+(?:s|ing)\b)"
)
_NO_CLAUSE = re.compile(
    r"\s*(?:(?:to|of|on|in|at|for|with|about|against|from|by|into|over|off|up|out|citing|quoting|without|commenting|"
    r"was|were|is|are|has|had|have|would|will|could|should|might|may|did|does|showed|so|goodbye|yes|no more)\b)"
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|am|be|has|have|had|will|would|can|could|shall|should|may|might|must|do|does|did|\w+n['’]t"
    r"|\w+['’](?:s|ll|re|ve)"
    r"|\w{2,}ed|\w{3,}s|went|came|made|took|saw|got|gave|left|fell|rose|began|kept|held|met|lost|won|led|put|set|hit|cut)\b"
)
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|may|might|\w+n['’]t)\b")
_CLAUSE_END = re.compile(
    r";\s|,\s(?:adding|saying|according to|noting|warning|calling|and (?:added|said|called|warned))\b|:\s*“"
)
_NEGATED = re.compile(r"\b(?:not|never|n['’]t)\s*$", re.I)


@dataclass(slots=True)
class _Cue:
    """A verb of speech in a unit."""

    start: int
    end: int
    verb: str
    kind: str
    speaker: Speaker | None = None


@dataclass(slots=True)
class _Found:
    """A quotation before it is numbered; offsets in the paragraph."""

    unit: Unit
    kind: Kind
    start: int
    end: int
    verb: str | None
    speaker: Speaker | None
    evidence: str | None
    same: bool
    """Whether it goes on with the utterance before it."""


def find_quotations(article: ArticleText, mentions: Sequence[NamedMention], verbs: CueVerbs) -> list[Quotation]:
    """The quotations of an article in order. `mentions` are its named things, in any order."""
    finder = _Finder(verbs)
    ordered = sorted(mentions, key=lambda m: (m.start_char, m.end_char))
    for segment in article.segments:
        for unit in units(segment, ordered):
            finder.read(unit)
    return finder.quotations()


class _Finder:
    def __init__(self, verbs: CueVerbs) -> None:
        self._verbs = verbs
        self._subjects = Subjects()
        self._found: list[_Found] = []
        self._open = False
        """The paragraph before ended inside a quotation."""

    def quotations(self) -> list[Quotation]:
        made: list[Quotation] = []
        utterance = 0
        for number, f in enumerate(self._found, start=1):
            utterance += not (f.same and utterance)
            base = f.unit.segment.start_char
            by = f.speaker
            mention = by.mention if by else None
            there = by.unit.segment.start_char if by else 0
            made.append(
                Quotation(
                    quotation=number, utterance=utterance, kind=f.kind,
                    surface=f.unit.segment.text[f.start : f.end], start_char=base + f.start, end_char=base + f.end,
                    zone=f.unit.segment.zone, paragraph=f.unit.segment.paragraph, verb=f.verb,
                    speaker=by.unit.segment.text[by.start : by.end] if by else None,
                    speaker_start_char=there + by.start if by else None,
                    speaker_end_char=there + by.end if by else None, speaker_evidence=f.evidence,
                    mention_start_char=mention[0].start_char + mention[1] if mention else None,
                    mention_end_char=mention[0].end_char + mention[1] if mention else None,
                )
            )  # fmt: skip
        return made

    def read(self, unit: Unit) -> None:
        self._subjects.enter(unit)
        cues = self._cues(unit)
        quoted = [q for q in unit.quoted if _WORD.search(unit.segment.text, q.start, q.end)]
        used: set[int] = set()
        for number, q in enumerate(quoted):
            self._quoted(unit, q, quoted[number - 1] if number else None, cues, used)
        for cue in cues:
            if cue.start not in used:
                self._indirect(unit, cue)
        if unit.segment.zone != "title":
            for cue in cues:
                if cue.speaker and (cue.start in used or cue.kind != "naming"):
                    self._subjects.note(cue.speaker)
                    break

    def _cues(self, unit: Unit) -> list[_Cue]:
        found = []
        masked = unit.masked
        for start, end, kind in self._verbs.find(masked, unit.start, unit.end):
            if any(mention.start_char <= start < mention.end_char for mention in unit.mentions):
                continue
            if _NOUN.search(masked[max(start - 8, unit.start) : start]):
                continue
            if masked[start].isupper() and start != unit.start and masked[start - 1] != " ":
                continue
            found.append(_Cue(start, end, masked[start:end], kind))
            if len(found) == _MOST_VERBS:
                break
        for cue in found:
            cue.speaker = self._speaker(unit, cue)
        return [c for c in found if c.speaker is not None and not self._noun(unit, c, c.speaker)]

    @staticmethod
    def _noun(unit: Unit, cue: _Cue, speaker: Speaker) -> bool:
        """Whether the "verb" is a noun ("in their posts"), for want of a subject that would agree with it."""
        if cue.verb.lower() not in _NOUNS or speaker.evidence != "role":
            return False
        return speaker.start != unit.start or not re.match(r"(?:the|a|an)\b", unit.masked[speaker.start :][:5], re.I)

    def _speaker(self, unit: Unit, cue: _Cue) -> Speaker | None:
        if cue.kind == "according":
            return self._subjects.of_verb(cue.start, cue.end, inverted=True)
        before = unit.masked[unit.start : cue.start].rstrip(" ,\t\n")
        inverted = before.endswith("”") or (not before and cue.kind != "naming" and not cue.verb.endswith("ing"))
        found = self._subjects.of_verb(cue.start, cue.end, inverted=inverted)
        if found is not None and (inverted or found.evidence != "role"):
            return found
        # "“…” and called it": the other side; and so "The quay was closed, said NAME", where a clause stands before
        clause = unit.masked[unit.start : cue.start].rstrip().endswith(",") and bool(_AUXILIARY.search(before))
        if not clause and not (inverted and before):
            return found
        other = self._subjects.of_verb(cue.start, cue.end, inverted=not inverted)
        return other if other is not None and (inverted or other.evidence == "name") else found

    def _quoted(self, unit: Unit, q: Quoted, previous: Quoted | None, cues: list[_Cue], used: set[int]) -> None:
        text = unit.segment.text
        words = len(_WORD.findall(text, q.start, q.end))
        cue, same = self._cue_of(unit, q, previous, cues, used)
        lead = unit.masked[unit.start : q.outer_start]
        sentence = self._is_sentence(unit, q, lead, words)
        going_on = self._open and unit.start <= q.outer_start and not lead.strip() and unit.bare(q)
        self._open = not q.closed
        if cue is not None:
            used.add(cue.start)
            if not sentence and cue.end <= q.outer_start and not self._speech_in_part(unit, q, cue, words):
                return
            kind: Kind = "direct" if sentence and cue.kind != "naming" else "partial"
            evidence = cue.speaker.evidence if cue.speaker else None
            self._found.append(_Found(unit, kind, q.start, q.end, cue.verb, cue.speaker, evidence, same))
            return
        named = self._subjects.named(unit.start, q.outer_start) if lead.rstrip().endswith(":") else None
        if named:
            self._subjects.note(named)
            self._found.append(_Found(unit, "direct", q.start, q.end, None, named, "name", False))
            return
        if not sentence or words < 3 or not unit.bare(q):
            return
        same, speaker = self._continued(unit, going_on)
        if speaker is not None:
            self._subjects.note(speaker)
        elif unit.segment.zone == "title" or words < 5:
            return
        evidence = "continued" if speaker else None
        self._found.append(_Found(unit, "direct", q.start, q.end, None, speaker, evidence, same))

    def _continued(self, unit: Unit, going_on: bool) -> tuple[bool, Speaker | None]:
        """For speech that nothing in its own sentence attributes: whether it goes on, and who speaks."""
        last = self._found[-1] if self._found else None
        if last is not None and last.kind == "direct" and last.unit.segment.zone == unit.segment.zone:
            same_paragraph = last.unit.segment is unit.segment
            if going_on or (same_paragraph and self._subjects.speaker_of_unit(1) is not None):
                return True, last.speaker
        speaker = self._subjects.speaker_of_unit(1) or self._subjects.speaker_of_unit(2)
        if speaker is None and last is not None and 0 <= unit.segment.paragraph - last.unit.segment.paragraph <= 1:
            speaker = last.speaker
        return False, speaker

    def _cue_of(
        self, unit: Unit, q: Quoted, previous: Quoted | None, cues: list[_Cue], used: set[int]
    ) -> tuple[_Cue | None, bool]:
        """The verb that reports the stretch, and whether it already reported the one before (“A,” he said, “B.”)."""
        text = unit.segment.text
        following = next((s.outer_start for s in unit.quoted if s.outer_start >= q.outer_end), unit.end)
        after = [c for c in cues if q.outer_end <= c.start < min(following, q.outer_end + 2 * _FAR)]
        start = previous.outer_end if previous else unit.start
        before = [c for c in cues if start <= c.start and c.end <= q.outer_start]
        interrupts = text[q.end - 1] in ",?!—–…" or text[q.outer_end : q.outer_end + 1] in (",",)
        opening = unit.masked[unit.start : q.outer_start].strip() == ""
        near = [
            c for c in before
            if q.outer_start - c.end < _FAR or _OPENS_SPEECH.search(unit.masked[c.end : q.outer_start])
        ]  # fmt: skip
        direct_after = [c for c in after if c.kind != "naming" and self._follows(unit, q, c)]
        if previous is not None and near and near[-1].start in used:
            return near[-1], True
        if (interrupts or opening) and direct_after:
            return direct_after[0], False
        if near:
            return near[-1], False
        if direct_after:
            return direct_after[0], False
        if before:
            return before[-1], before[-1].start in used
        if previous is not None and used:
            # “A” and “B”, with one verb for both
            return next((c for c in reversed(cues) if c.start in used and c.end <= q.outer_start), None), False
        return None, False

    @staticmethod
    def _follows(unit: Unit, q: Quoted, cue: _Cue) -> bool:
        """Whether between the marks and the verb there is nothing but its subject."""
        speaker = cue.speaker
        gap = unit.masked[q.outer_end : cue.start]
        if not gap.strip(" ,\t\n"):
            return True
        if speaker is None or speaker.start < q.outer_end or ":" in gap or re.search(r"[.!?]\s", gap):
            return False
        return len(unit.masked[q.outer_end : speaker.start].split()) <= 8

    @staticmethod
    def _is_sentence(unit: Unit, q: Quoted, lead: str, words: int) -> bool:
        """Whether whole sentences stand between the marks, rather than some words of one of the reporter's."""
        text = unit.segment.text
        first = next((c for c in text[q.start : q.end] if c.isalnum()), "")
        if first.islower() and "”" not in lead:
            return not lead.strip() and words >= 4 and text[q.end - 1] in ",.?!—"
        ended = text[q.end - 1] in ",.?!…—–-:" or text[q.outer_end : q.outer_end + 1] in (".", ",", "?", "!")
        if lead.strip() and not _OPENS_SPEECH.search(lead):
            several = first.isupper() and words >= 5 and text[q.end - 1] in ".?!"
            return several and bool(re.search(r"[.?!]\s", text[q.start : q.end]))
        if _TITLE_WORDS.fullmatch(text, q.start, q.end) and words > 1 and not ended:
            return False
        return ended or words >= 6

    @staticmethod
    def _speech_in_part(unit: Unit, q: Quoted, cue: _Cue, words: int) -> bool:
        """Whether words in marks are the speaker's rather than a title, a name or a doubtful term."""
        text = unit.segment.text
        between = unit.masked[cue.end : q.outer_start]
        title = _TITLE_WORDS.fullmatch(text, q.start, q.end)
        if _NAMED_SO.search(between):
            return False
        if title and words > 1 and not _NAMED_IT.search(unit.masked[cue.start : q.outer_start]):
            return False
        if words >= 3:
            return True
        return len(between.split()) <= 25 or cue.kind == "naming"

    def _indirect(self, unit: Unit, cue: _Cue) -> None:
        if cue.kind not in INDIRECT or cue.speaker is None or unit.segment.zone == "title":
            return
        if any(cue.end <= q.outer_start < cue.end + _FAR and not q.single for q in unit.quoted):
            return
        bounds = self._reported(unit, cue)
        if bounds is None:
            return
        start, end = bounds
        text = unit.segment.text
        while start < end and not (text[start].isalnum() or text[start] in "$€£"):
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in ".,;:—–"):
            end -= 1
        if len(_WORD.findall(text, start, end)) < 3:
            return
        if any(f.unit is unit and f.start < end and start < f.end for f in self._found[-4:]):
            return
        self._found.append(_Found(unit, "indirect", start, end, cue.verb, cue.speaker, cue.speaker.evidence, False))

    @staticmethod
    def _reported(unit: Unit, cue: _Cue) -> tuple[int, int] | None:
        """Start and end of the clause that the verb reports."""
        masked, speaker = unit.masked, cue.speaker
        if speaker is None:
            return None
        behind = max(cue.end, speaker.end) if speaker.unit is unit and speaker.start >= cue.end else cue.end
        rest = masked[behind : unit.end]
        tail = rest.strip(" .!?\n\t")
        if cue.kind == "according":
            head = masked[unit.start : cue.start].rstrip()
            if not head:
                comma = rest.find(",")
                return (behind + comma + 1, unit.end) if comma >= 0 else None
            return unit.start, unit.start + len(head)
        front = min(speaker.start if speaker.unit is unit else cue.start, cue.start)
        head = masked[unit.start : front].rstrip()
        closing = not tail or _WHEN.fullmatch(" " + tail) or rest.lstrip().startswith(",")
        if closing and head.endswith(",") and "”" not in head:
            return unit.start, unit.start + len(head) - 1
        if _NEGATED.search(masked[max(unit.start, cue.start - 12) : cue.start]):
            return None
        if not tail or (rest.lstrip()[:1] in {",", ".", ")", ";"} and not _WHEN.match(rest)):
            return None
        position = behind
        if cue.kind == "tell" and (told := _OBJECT.match(masked, position, unit.end)):
            position = told.end()
        if when := _WHEN.match(masked, position, unit.end):
            position = when.end()
        clause = _CLAUSE_START.match(masked, position, unit.end)
        that = _THAT.match(masked, position, min(unit.end, position + 130))
        if that and (not clause or not masked[position : that.end() - 5].strip()):
            return _bounded(unit, that.end())
        if cue.kind == "promise" and masked[position : position + 4].lstrip().startswith("to"):
            return _bounded(unit, position)
        if cue.kind not in ("clause", "tell") or not clause or _NO_CLAUSE.match(masked, position, unit.end):
            return None
        return _bounded(unit, position) if _FINITE.search(masked, position, unit.end) else None


def _bounded(unit: Unit, start: int) -> tuple[int, int]:
    """From `start` to where the next verb of speech, or the unit, ends the clause."""
    stop = _CLAUSE_END.search(unit.masked, start, unit.end)
    return start, stop.start() if stop else unit.end
