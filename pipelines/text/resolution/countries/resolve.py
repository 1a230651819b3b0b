"""Resolves the country mentions of one article."""

from bisect import bisect_right
from collections.abc import Mapping

from pipelines.text.article_text import ArticleText
from pipelines.text.extraction.mentions import Extraction
from pipelines.text.resolution.countries.candidates import (
    Candidate,
    add_unlisted,
    codes,
    drop_common,
    drop_persons,
    gather,
    reconsider,
)
from pipelines.text.resolution.countries.context import decide, place_unlisted
from pipelines.text.resolution.countries.evidence import Spans
from pipelines.text.resolution.countries.gazetteer import Gazetteer
from pipelines.text.resolution.countries.kinds import capital_kind
from pipelines.text.resolution.countries.mentions import (
    CountryMention,
    CountryResolution,
    MentionKind,
    UnresolvedPlace,
)
from pipelines.text.resolution.countries.scan import Hit, coordinated, cut, scan

_CONFIDENCE = {
    "name": 0.99,
    "demonym": 0.98,
    "code": 0.97,
    "seat": 0.97,
    "capital": 0.96,
    "region": 0.95,
    "city": 0.85,
    "unlisted": 0.8,
}
"""By what the name is, where nothing had to be decided; about the share of right ones that annotated news shows."""


def resolve_countries(
    article: ArticleText, extraction: Extraction, gazetteer: Gazetteer, *, prior: Mapping[str, float] | None = None
) -> CountryResolution:
    """The countries that an article mentions, and the place names in it that stay open.

    Args:
        article: The article's own text.
        extraction: Its sentences and the model's spans; either may be empty, names of countries need neither.
        gazetteer: The names.
        prior: Share (0–1) of each country, by code, in what else its source publishes.

    Time is linear in the length of the text.

    """
    spans = Spans.of(extraction.entities)
    texts = [cut(segment) for segment in article.segments]
    hits = [hit for text in texts for hit in scan(text, gazetteer)]
    found = gather(hits, texts, spans, gazetteer)
    add_unlisted(found, texts, hits, spans, gazetteer)
    drop_persons(found, spans)
    drop_common(found, texts, spans)
    reconsider(found, gazetteer)
    settled = decide(found.candidates, gazetteer, prior or {})
    place_unlisted(found)
    return _report(article, extraction, found.candidates, found.unresolved, settled=settled)


def _report(
    article: ArticleText,
    extraction: Extraction,
    candidates: list[Candidate],
    unresolved: list[tuple[Hit, tuple[str, ...], str]],
    *,
    settled: bool,
) -> CountryResolution:
    sentences = sorted(extraction.sentences, key=lambda s: s.start_char)
    sentence_starts = [s.start_char for s in sentences]

    def sentence(offset: int) -> int:
        i = bisect_right(sentence_starts, offset) - 1
        return sentences[i].sentence if i >= 0 else 0

    mentions: list[CountryMention] = []
    previous: tuple[Hit, MentionKind] | None = None
    for c in candidates:
        hit = c.hit
        if c.chosen is None:
            if c.senses[0].evidence != "context":
                unresolved.append((hit, codes(c.senses), "several countries are about equally likely"))
            continue
        kind: MentionKind = c.chosen.kind
        if kind == "metonym":
            joined = (
                previous[1]
                if previous
                and previous[0].text is hit.text
                and coordinated(previous[0], hit)
                and previous[1] in ("metonym", "place")
                else None
            )
            kind = capital_kind(hit, c.chosen.level, joined, contained=bool(c.container))
        previous = (hit, kind)
        confidence = _CONFIDENCE[c.chosen.level]
        if c.decided == "about":
            confidence = min(confidence, 0.6)
        elif c.decided == "context":
            confidence = min(confidence, 0.6 + 0.1 * c.margin)
        mentions.append(
            CountryMention(
                article_id=article.article_id,
                iso2=c.chosen.iso2,
                surface=hit.surface,
                kind=kind,
                method=f"{c.chosen.level}:{c.decided}" if c.decided else c.chosen.level,
                confidence=round(confidence, 2),
                start_char=hit.document_start,
                end_char=hit.document_end,
                sentence=sentence(hit.document_start),
                zone=hit.text.segment.zone,
                paragraph=hit.text.segment.paragraph,
            )
        )
    open_names = [
        UnresolvedPlace(
            article_id=article.article_id,
            surface=hit.surface,
            start_char=hit.document_start,
            end_char=hit.document_end,
            sentence=sentence(hit.document_start),
            candidates=codes,
            reason=reason,
        )
        for hit, codes, reason in unresolved
    ]
    return CountryResolution(
        mentions=tuple(mentions),
        unresolved=tuple(sorted(open_names, key=lambda u: (u.start_char, u.end_char))),
        settled=settled,
    )
