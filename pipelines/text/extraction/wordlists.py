"""Lists of English words that tell names from other words."""


def word_set(words: str) -> frozenset[str]:
    """The words of a text, parted by white space."""
    return frozenset(words.split())


FUNCTION_WORDS = word_set(
    """
    a about above across after again against all almost along already also although always am amid among an and another
    any anybody anyone anything are around as at away back be became because been before behind being below besides
    between beyond both but by can cannot could despite did do does doing done down during each either else ever every
    everybody everyone everything few first for former from further had has have having he hence her here hers herself
    him himself his how however i if in indeed inside instead into is it its itself just last later latest least less
    like many may maybe me meanwhile might mine more moreover most much must my myself near nearly neither never
    nevertheless next no nobody none nor not nothing now of off often on once one only onto or other others otherwise
    our ours ourselves out outside over own per perhaps please quite rather really same several shall she should since
    so some somebody someone something sometimes soon still such than that the their theirs them themselves then there
    therefore these they this those though three through throughout thus to today together tomorrow too toward towards
    two under unless unlike until up upon us usually very via was we well were what whatever when whenever where
    whereas wherever whether which while who whoever whole whom whose why will with within without would yes yesterday
    yet you your yours yourself yourselves isn't aren't wasn't don't doesn't didn't won't can't couldn't wouldn't
    """
)
"""Words that are never a name by themselves; lower case, with a straight apostrophe."""
