"""Names of organisations: keys under which their spellings fall together, and the words they are made of."""

from collections.abc import Mapping
from functools import lru_cache

from pipelines.text.extraction.wordlists import word_set
from pipelines.text.resolution.entities.knowledge import EntityKnowledge
from pipelines.text.resolution.entities.tokens import fold, phrase_key, words_of

STATE_ORGANS = word_set(
    "ministry army navy government parliament police senate cabinet treasury embassy fleet legislature"
)
"""What a country has, in lower case or not."""
CHAMBERS = word_set("congress senate parliament house")
"""What is named by that word alone, though of a country that the word does not say."""
INNER_WORDS = word_set("of for and on the in to &")
"""Words inside a name that its initials leave out."""
_OF_STATES = frozenset(
    {
        "air force", "armed forces", "army", "cabinet", "central bank", "coast guard", "constitutional court",
        "government", "high court", "legislature", "national assembly", "navy", "parliament", "senate", "supreme court",
    }
)  # fmt: skip
"""What a state has one of, so that 'of' and a country say which it is."""
_PORTFOLIOS = {
    "foreign affairs": "foreign",
    "external affairs": "foreign",
    "external relations": "foreign",
    "internal affairs": "interior",
    "national defense": "defense",
    "finances": "finance",
}
"""Portfolios under more than one name."""
_LEGAL = word_set("inc ltd plc corp co llc llp ag sa nv gmbh spa se oy ab as pty bv")
_SPELLINGS = {
    "organisation": "organization",
    "organisations": "organizations",
    "defence": "defense",
    "labour": "labor",
    "centre": "center",
    "centres": "centers",
    "programme": "program",
    "co-operation": "cooperation",
    "guards": "guard",
}


@lru_cache(maxsize=100_000)
def organisation_key(name: str, knowledge: EntityKnowledge) -> str:
    """What spellings of an organisation's name have in common: no article or legal form, one spelling, country codes.

    'the Russian Defence Ministry', "Russia's Defense Ministry" and 'Ministry of Defense of Russia' have one key, and so
    have 'Bank of England', 'the British central bank' and "Britain's central bank".
    """
    if (state := knowledge.state_bodies.get(phrase_key(name).removeprefix("the "))) is not None:
        return state
    words = [_SPELLINGS.get(w, w) for w in (fold(word) for word in words_of(name))]
    while len(words) > 1 and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and words[-1] in _LEGAL:
        words = words[:-1]
    if words:
        words = _with_country(words, knowledge.states)
    return " ".join(words)


def _with_country(words: list[str], nations: Mapping[str, str]) -> list[str]:
    """Country words at either end as a code; 'ministry of x' as 'x ministry'."""
    country = ""
    for length in (3, 2, 1):
        if len(words) > length and (code := nations.get(" ".join(words[:length]))):
            country, words = code, words[length:]
            break
    if not country and "of" in words[1:]:
        at = len(words) - 1 - words[::-1].index("of")
        tail = words[at + 1 :]
        if tail[:1] == ["the"]:
            tail = tail[1:]
        head = words[:at]
        ministry = "ministry" in {head[0], head[-1]}
        if (code := nations.get(" ".join(tail))) and (ministry or " ".join(head) in _OF_STATES):
            country, words = code, head
    if len(words) > 2 and words[0] in {"ministry", "department"} and words[1] in {"of", "for"}:
        words = [*(w for w in words[2:] if w != "the"), words[0]]
    if country and words[-1] == "ministry" and (portfolio := _PORTFOLIOS.get(" ".join(words[:-1]))):
        words = [portfolio, "ministry"]
    return [country, *words] if country else words
