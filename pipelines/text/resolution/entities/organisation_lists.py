"""Bodies in lists of bodies: 'Tarnex, Vale and Marsh Holdings keep away', of which the model saw the last."""

from collections.abc import Callable, Iterator

from pipelines.text.extraction.wordlists import FUNCTION_WORDS
from pipelines.text.resolution.entities.knowledge import EntityKnowledge
from pipelines.text.resolution.entities.view import ArticleView, Words

_LONGEST = 4
"""Words of a name in a list."""
_MOST = 8
"""Names before the 'and' of a list."""


def beside_bodies(
    view: ArticleView, knowledge: EntityKnowledge, found: Callable[[Words], bool], taken: list[bool]
) -> Iterator[Words]:
    """Names joined by commas and 'and' to one that `found` has, that are nothing else; `taken` has others' words."""
    for right in view.capitals:
        index = right - 1
        if index < 1 or view.tokens[index].text != "and" or view.headline(index):
            continue
        if not view.joined(index, " ") or not view.joined(right, " "):
            continue
        items = [*_before(view, index), view.run(right, longest=_LONGEST, gaps=" -&")]
        if len(items) < 2 or not all(items) or not any(found(words) for words in items):
            continue
        others = [words for words in items if not any(taken[words.start : words.end])]
        if len(others) + sum(found(words) for words in items) < len(items):
            continue  # persons are in the list
        if all(_nameless(view, knowledge, words) for words in others):
            yield from others


def _before(view: ArticleView, end: int) -> list[Words]:
    """The capitalised names before `end` that commas part."""
    items: list[Words] = []
    while len(items) < _MOST:
        start = end
        while (
            start
            and end - start < _LONGEST
            and view.tokens[start - 1].capital
            and (start == end or view.joined(start, " -&"))
        ):
            start -= 1
        if start == end:
            break
        items.append(Words(start, end))
        if not start or view.initial[start] or view.around(Words(start, start + 1))[0] != ", ":
            break
        if not view.tokens[start - 1].capital:
            break
        end = start
    return items


def _nameless(view: ArticleView, known: EntityKnowledge, words: Words) -> bool:
    """Whether nothing says that the words are a place, a people, an office or no name at all."""
    tokens = view.tokens[words.start : words.end]
    first, last = tokens[0], tokens[-1]
    name = " ".join(t.folded for t in tokens)
    if known.is_place(name):
        return False
    if {view.label_at(k) for k in range(words.start, words.end)} - {None, "ORG", "PERSON", "GPE", "PRODUCT"}:
        return False
    if view.initial[words.start] and (first.folded in view.lower or (len(tokens) == 1 and last.text.endswith("s"))):
        return False
    if last.folded in known.thing_nouns or last.folded in known.place_nouns or name in known.generic:
        return False
    return not any(
        t.folded in known.demonyms
        or t.folded in known.not_persons
        or t.folded in FUNCTION_WORDS
        or t.folded in known.honorifics
        or known.is_role(t.folded)
        or known.is_role(t.folded.removesuffix("s"))
        or not t.text[0].isalpha()
        for t in tokens
    )
