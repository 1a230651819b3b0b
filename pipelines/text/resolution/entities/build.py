"""Builds the derived file of `models/entities`: English words, which tell what opens a sentence from a name.

    python -m pipelines.text.resolution.entities.build

Source: the index of WordNet in the spaCy model's lemmatizer and the tokens of WordLlama, as for the names of cities.
Needs no network and gives the same file every time. The curated files of the folder are read, never written.
"""

from pipelines.text.resolution.countries.build import common_words, write
from pipelines.text.resolution.entities.knowledge import MODELS

MIN_LETTERS = 3


def words() -> list[dict[str, str]]:
    """Single words in lower case without accents, sorted."""
    frequent, nouns = common_words()
    usable = {word for word in frequent | nouns if word.isascii() and word.isalpha() and len(word) >= MIN_LETTERS}
    return [{"word": word} for word in sorted(usable)]


def main() -> None:
    """Write the derived file."""
    write(MODELS / "entities" / "common_words.csv", words(), ["word"])


if __name__ == "__main__":
    main()
