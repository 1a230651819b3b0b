"""Sentence boundaries of a paragraph, by rule: a full stop ends a sentence unless it belongs to an abbreviation.

spaCy's own sentencizer ends a sentence at every full stop that is a token, and its parser costs more than everything
else extraction does; news prose needs neither.
"""

import re

from pipelines.text.extraction.wordlists import word_set

# Begins with a class of characters, which `re` looks for quickly: other characters cost nothing. A run of marks is
# tried from its first one alone: from each of them it would be quadratic.
_BREAK = re.compile(
    r"""
    [.!?…\r\n] (?:
        (?<=[.!?…]) (?<![.!?…][.!?…]) [.!?…]*+ (?: [ ]?["'”’»)\]]+ (?=\s|$) )* (?=\s)
      | (?: (?<=\n) | (?<=\r)\n | (?<=\r)(?!\n) ) [ \t]* (?=[\r\n])
    )
    """,
    re.VERBOSE,
)
_OPENING = "\"'“‘«([-–—•* "
_QUOTES = "\"'“‘«"

_NEVER_LAST = word_set(
    """
    mr mrs ms mx dr prof rev fr hon sen rep gov pres amb atty gen lt col maj capt cpt cmdr cdr adm sgt cpl pvt brig
    supt insp det st mt ft messrs mme mlle no nos vs v fig vol pp approx ca cf e.g i.e viz
    """
)
"""Abbreviations that something follows."""
_MAYBE_LAST = word_set("inc ltd corp co jr sr bros plc etc al esq dept univ assn ave blvd rd")
"""Abbreviations that can end a sentence: what follows decides, as after dotted acronyms (U.S., p.m., Ph.D.)."""
_MAYBE_LAST_NAMES = word_set(
    """
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun
    Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn
    Tex Vt Va Wash Wis Wyo Ont Que Alta Sask Man
    """
)
"""The same for months, days and states, which are so only with a capital."""
_STARTERS = word_set(
    """
    the a an this that these those he she it they we i you his her its their our my there here in on at by for from to
    with without after before during since until as if when while where although though because but and or so yet
    however meanwhile still then now both some many most all no not one two three other another such what who why how
    last earlier later also only more according asked speaking despite among under over about between against among
    """
)
_DOTTED = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]{1,2}|[^\W\d_]{1,3}(?:\.[^\W\d_]{1,2})+")
_WORD = re.compile(r"[^\W_][\w.’'-]*")


def sentence_bounds(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence of a paragraph, without the white space around it; in order, never empty.

    A single line break does not end a sentence (texts are hard-wrapped), a blank line does.
    """
    bounds: list[tuple[int, int]] = []
    start = 0
    for match in _BREAK.finditer(text):
        if not _ends_sentence(text, match):
            continue
        _append(bounds, text, start, match.end())
        start = match.end()
    _append(bounds, text, start, len(text))
    return bounds


def _append(bounds: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return
    if bounds and end - start < 8 and not any(c.isalnum() for c in text[start:end]):
        bounds[-1] = (bounds[-1][0], end)  # a closing quote or bullet that a space has parted from its sentence
    else:
        bounds.append((start, end))


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    mark = match.group().strip()
    if not mark:
        return True  # a blank line
    following = _WORD.search(text, match.end(), match.end() + 80)
    if following is None:
        return True
    opened = text[match.end() : following.start()].strip()
    if opened.strip(_OPENING) or following.group()[0].islower():
        # neither the start of a word nor of a quotation; or a quotation that ended and goes on ('"Why?" he asked')
        return bool(opened.strip(_OPENING))
    if mark != ".":
        return True
    before = max(text.rfind(" ", max(0, match.start() - 40), match.start()), match.start() - 40) + 1
    word = text[max(before, 0) : match.start()].split()[-1:] or [""]
    written = word[0].lstrip(_OPENING)
    last = written.lower()
    quoted = bool(opened) and opened[0] in _QUOTES
    if last in _NEVER_LAST and not opened:
        # "No." is an answer, or a number follows
        return last in {"no", "nos"} and not following.group()[0].isdigit()
    if "-" in last and last.rsplit("-", 1)[1] in _NEVER_LAST:
        return False
    if last in _MAYBE_LAST or written in _MAYBE_LAST_NAMES or (_DOTTED.fullmatch(last) and "." in last):
        return quoted or following.group().lower() in _STARTERS
    if len(last) == 1 and last.isalpha():
        return quoted or (last == "i" and following.group().lower() in _STARTERS)
    return True
