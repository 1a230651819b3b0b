"""Bodies told by what they do alone: names that nothing explains, before a verb; the model may not see them."""

from collections.abc import Iterator

from pipelines.text.extraction.wordlists import FUNCTION_WORDS, word_set
from pipelines.text.resolution.entities.clues import PAST, SAID
from pipelines.text.resolution.entities.knowledge import EntityKnowledge
from pipelines.text.resolution.entities.tokens import Token
from pipelines.text.resolution.entities.view import ArticleView, Words

_ACTS = (
    SAID
    | PAST
    | word_set(
        """
    has have had will would plans plan wants want owns runs operates makes employs denies offers expects calls backs
    sees hopes asks provides covers sends holds shows plays publishes sponsors insures
    """
    )
)
"""Verbs behind the names of those who act."""
_NO_VERBS = word_set("based led owned backed red used united limited mixed advanced armed")
"""Words in -ed that stand before nouns."""
_PLACED = word_set("in at from near to into on onto off over around outside toward towards through across along")
_WITH = word_set("by for with against via than")
_LONGEST = 3
_OTHER_THINGS = frozenset({None, "PERSON", "NORP", "PRODUCT", "WORK_OF_ART", "ORG"})
_CROWD = 4


def acting_bodies(view: ArticleView, knowledge: EntityKnowledge, persons: list[bool]) -> Iterator[Words]:
    """Names of one to three words that are the subject of a verb and can be nothing else; `persons` has others' words.

    Of words that open a sentence only those that are no English words count.
    """
    for index in view.capitals:
        token = view.tokens[index]
        if token.folded in knowledge.given_names or (
            token.folded in knowledge.outside and not _listed(knowledge, token)
        ):
            continue
        if view.headline(index) or (view.joined(index) and view.tokens[index - 1].capital):
            continue
        words = view.run(index, longest=_LONGEST + 1, gaps=" -")
        if len(words) > _LONGEST or any(persons[words.start : words.end]):
            continue
        acts = _acts(view, words.end) or _acts_with_another(view, words.end)
        if not acts and (knowledge.is_common(token.folded) or not _is_acted_on(view, words)):
            continue
        lone = len(words) == 1
        if _unexplained(view, knowledge, words) and (
            not lone or all(_can_be_body(view, k) for k in view.where(token.text))
        ):
            yield words


def crowded(view: ArticleView) -> bool:
    """Whether the article is one of bodies rather than of people, by what the model has in it."""
    names: dict[str, set[str]] = {"ORG": set(), "PERSON": set()}
    for label, words in view.spans:
        if label in names:
            names[label].add(view.tokens[words.end - 1].folded)
    return len(names["ORG"]) >= max(_CROWD, len(names["PERSON"]) / 2)


def nobody(view: ArticleView, known: EntityKnowledge, words: Words) -> bool:
    """Whether a lone word that the model has for a person, who it is not, is used as a body's name can be."""
    if len(words) > 1 or view.headline(words.start):
        return False
    token = view.tokens[words.start]
    if known.is_common(token.folded) or not _unexplained(view, known, words):
        return False
    return all(_can_be_body(view, k) for k in view.where(token.text))


def _can_be_body(view: ArticleView, index: int) -> bool:
    """Whether nothing at the word makes a place or a part of another name of it."""
    if view.label_at(index) in {"GPE", "LOC", "FAC", "EVENT"}:
        return False
    if view.joined(index, " ") and view.tokens[index - 1].folded in _PLACED:
        return False
    return not any(
        view.joined(max(k, index), " -") and view.tokens[k].capital and view.tokens[k].folded not in FUNCTION_WORDS
        for k in (index - 1, index + 1)
        if 0 <= k < len(view.tokens)
    )


def _acts(view: ArticleView, end: int) -> bool:
    """Whether a verb follows."""
    if not view.joined(end, " ") or not view.tokens[end].small:
        return False
    verb = view.tokens[end].text
    if verb in _ACTS:
        return True
    return verb.endswith("ed") and len(verb) > 4 and verb not in _NO_VERBS


def _is_acted_on(view: ArticleView, words: Words) -> bool:
    """Whether a preposition stands before the words that goes with those who act, and the words end there."""
    if not view.joined(words.start, " ") or view.tokens[words.start - 1].text not in _WITH:
        return False
    return not view.joined(words.end, " -s") or view.tokens[words.end].folded in FUNCTION_WORDS


def _acts_with_another(view: ArticleView, end: int) -> bool:
    """Whether 'and', another name and a verb follow."""
    if not (view.joined(end, " ") and view.tokens[end].text == "and" and view.joined(end + 1, " ")):
        return False
    other = view.run(end + 1, longest=_LONGEST + 1, gaps=" -")
    return len(other) > 0 and _acts(view, other.end)


def _unexplained(view: ArticleView, known: EntityKnowledge, words: Words) -> bool:
    """Whether no table has the words, nothing before them says what they are, and they are names."""
    tokens = view.tokens[words.start : words.end]
    name = " ".join(t.folded for t in tokens)
    if not {view.label_at(k) for k in range(words.start, words.end)} <= _OTHER_THINGS or known.is_place(name):
        return False
    if not all(t.folded.isalpha() for t in tokens):
        return False  # a type of machine, "N'Tarn"
    branch = len(tokens) > 1 and _listed(known, tokens[0]) and not known.is_common(tokens[1].folded)
    tied = tokens[1:] if branch else tokens  # 'Hitachi Tarn'
    if any(
        t.folded in known.outside
        or known.is_role(t.folded)
        or t.folded in known.given_names
        or t.folded in FUNCTION_WORDS
        or t.folded in known.called_alone
        for t in tied
    ):
        return False
    last = tokens[-1].folded
    if last in known.place_nouns or last in known.thing_nouns or last in known.generic or tokens[0].text[0].isdigit():
        return False
    if view.joined(words.end, " ") and view.tokens[words.end].folded in known.place_nouns:
        return False  # 'the Marsh prison'
    if view.joined(words.start, " ") and view.tokens[words.start - 1].small:
        before = view.tokens[words.start - 1].folded
        if before not in FUNCTION_WORDS or before in _PLACED:
            return False  # 'typhoon Marsh', 'people in Marsh said'
    if view.joined(words.start, "s") or view.gaps[words.start] in {"-", "s"}:
        return False
    first = tokens[0]
    if first.folded in view.lower:
        return False
    if view.initial[words.start] and known.is_common(first.folded):
        return False
    return len(words) > 1 or not known.is_common(first.folded)


def _listed(known: EntityKnowledge, token: Token) -> bool:
    """Whether a table has the word for a body's name."""
    entry = known.known_forms.get(token.folded)
    return entry is not None and entry.label == "ORG" and token.folded not in known.nations
