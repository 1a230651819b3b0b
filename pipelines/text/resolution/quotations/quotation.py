"""What finding quotations takes and yields."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from pipelines.text.article_text import Zone

Kind = Literal["direct", "partial", "indirect"]


class NamedMention(NamedTuple):
    """A mention of a named thing; offsets in the document's text. Mentions of one thing share the key."""

    key: str
    label: str
    """OntoNotes label; PERSON, ORG, GPE and NORP can speak."""
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A stretch of reported speech; offsets in the document's text."""

    quotation: int
    """Ordinal in the article, 1-based."""
    utterance: int
    """Ordinal of the whole utterance: its parts before and after "he said", or in paragraphs that re-open the marks."""
    kind: Kind
    """direct: whole sentences between marks; partial: some words between marks inside the reporter's sentence;
    indirect: reported without marks."""
    surface: str
    """The words, without the marks around them."""
    start_char: int
    end_char: int
    zone: Zone
    paragraph: int
    verb: str | None
    """The verb as it stands, or "according to"; None where nothing but the marks tell."""
    speaker: str | None
    """Who speaks, as the text has it: a name, a pronoun, "the minister"."""
    speaker_start_char: int | None
    speaker_end_char: int | None
    speaker_evidence: str | None
    """What told the speaker: 'name', 'role' or 'pronoun' in the sentence, 'continued' from the quotation before."""
    mention_start_char: int | None
    mention_end_char: int | None
    """The mention of the named thing that speaks, if one is known: the name itself, or the one that a pronoun means."""
