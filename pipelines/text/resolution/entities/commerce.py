"""What is said of bodies and of nobody: 'shares of', 'analysts at', "'s shareholders", 'has closed its'."""

from pipelines.text.extraction.wordlists import FUNCTION_WORDS, word_set
from pipelines.text.resolution.entities.view import ArticleView, Words

_BEFORE = word_set(
    """
    analyst analysts customers depositors economists employees holding investors listing shareholder shareholders shares
    stake stakes stock strategists subscribers subsidiary subsidiaries trading unit units workers
    """
)
"""What stands with 'of', 'in' or 'at' before the names of firms."""
_AFTER = word_set("shares shareholders stock customers employees subscribers factory factories stores outlets branches")
"""What stands behind the names of firms, with a possessive or without."""
_OWNED = _AFTER | word_set("founder headquarters profit profits revenue revenues sales subsidiary subsidiaries parent")
"""What only firms have."""
_OF_FIRMS = word_set(
    """
    acquires delisted employs insures lends makes manufactured manufactures mines operates owns produces publishes
    refinanced sells supplies underwrites
    """
)
"""What firms do, in words that are seldom said of somebody called by one name."""
_BEFORE_ITS = FUNCTION_WORDS - word_set(
    "has had have will would could may might is was that also already again now then to not never been just up down out"
)
"""What no 'its' of a name before goes beyond."""
_FAR = 4
"""So many words may stand between a name and its 'its'."""
_MOST = 20
"""So many places of a name are looked at."""


def trades(view: ArticleView, words: Words) -> bool:
    """Whether the article says of these words anywhere what is said of firms alone."""
    texts = [token.text for token in view.tokens[words.start : words.end]]
    for start in view.where(texts[0])[:_MOST]:
        end = start + len(texts)
        if [token.text for token in view.tokens[start:end]] == texts and _traded(view, start, end):
            return True
    return False


def _traded(view: ArticleView, start: int, end: int) -> bool:
    if view.joined(end, " s"):
        following = view.tokens[end].text
        if following in (_OWNED if view.gaps[end] == "s" else _AFTER):
            return True
    if view.joined(end, " ") and (view.tokens[end].text in _OF_FIRMS or _has_its_own(view, end)):
        return True
    if start < 2 or not view.joined(start, " ") or view.tokens[start - 1].text not in {"of", "in", "at"}:
        return False
    return view.joined(start - 1, " ") and view.tokens[start - 2].folded in _BEFORE


def _has_its_own(view: ArticleView, end: int) -> bool:
    """Whether what stands before `end` is the subject of a verb with 'its': 'has closed its canteen'."""
    for index in range(end, min(end + _FAR, len(view.tokens))):
        token = view.tokens[index]
        if not view.joined(index, " ") or not token.small:
            return False
        if token.text == "its":
            return index > end
        if token.text in _BEFORE_ITS:
            return False
    return False
