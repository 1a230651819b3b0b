"""Tone: how many favourable and unfavourable words a sentence or an article uses, by a lexicon."""

from pipelines.text.resolution.tone.lexicon import ToneLexicon
from pipelines.text.resolution.tone.score import SentenceTone, Tone, article_tone, sentence_tones

__all__ = ["SentenceTone", "Tone", "ToneLexicon", "article_tone", "sentence_tones"]
