"""Gold and predictions in, scores out: pure functions.

Quantities follow the usual definitions: precision, recall and F1 over counts summed over all documents
(micro-averaged); Pk and WindowDiff averaged over documents; for persons, how far mentions of one person share one
entity, and the other way round (the two sides of cluster purity). What is said of splitting is counted in `splitting`.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipelines.evaluation.gold import GoldDocument
from pipelines.evaluation.lines import Lines
from pipelines.evaluation.predictions import PredictedArticle, PredictedMention, Prediction
from pipelines.evaluation.splitting import FIELDS, SplitTally, brier, tally_split
from pipelines.evaluation.tally import Matches, matches_of_sets, normal

ORGANISATION_LABELS = frozenset({"ORG", "GPE", "NORP", "FAC", "PRODUCT"})
"""A model may see an organisation as any of these; finding it counts, naming its class does not."""
SAME_COUNTRY = frozenset({frozenset({"GL", "DK"})})
"""Pairs of codes of which either may stand: ISO 3166-1 gives Greenland a code of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One measured quantity."""

    quantity: str
    value: float
    items: int
    """How many things it was measured on: the denominator of a share, the documents of a mean."""
    floor: float | None = None
    """The least that is asked for; None for errors, of which less is better."""
    description: str = ""

    @property
    def passed(self) -> bool | None:
        """Whether it is as good as asked for; None where nothing is asked."""
        return None if self.floor is None else self.value >= self.floor


@dataclass(slots=True)
class _Tally(SplitTally):
    """Counts over all documents, by quantity."""

    country_gold: Counter[str] = field(default_factory=Counter)
    country_found: Counter[str] = field(default_factory=Counter)
    person_entities: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Mentions per (gold person, entity)."""


def score_documents(
    pairs: Iterable[tuple[GoldDocument, Prediction | None]], floors: Mapping[str, float] | None = None
) -> list[Score]:
    """Scores over all documents; a document without prediction counts as not found, with all its articles.

    Quantities on which the gold says nothing are left out. Raises ValueError, naming file and field, where gold lines
    do not exist in the document.
    """
    tally = _Tally()
    for gold, prediction in pairs:
        tally.judge("documents", prediction is not None)
        if prediction is None:
            tally.match("starts", Matches(only_gold=len(gold.articles)))
        else:
            _score_document(gold, prediction, tally)
    return _scores(tally, floors or {})


def _score_document(gold: GoldDocument, prediction: Prediction, tally: _Tally) -> None:
    lines = Lines(prediction.text)
    _check_mentions(gold, lines)
    paired = tally_split(gold, prediction, lines, tally)
    _score_mentions(gold, prediction, lines, tally)
    _score_countries_per_article(gold, prediction, paired, tally)
    _score_names(gold, prediction, paired, tally)


def _check_mentions(gold: GoldDocument, lines: Lines) -> None:
    for index, mention in enumerate(gold.mentions):
        if mention.line > len(lines.starts):
            raise ValueError(f"{gold.file}: mentions[{index}].line: {mention.line} is past the last line")


def _score_mentions(gold: GoldDocument, prediction: Prediction, lines: Lines, tally: _Tally) -> None:
    if not gold.mentions:
        return
    found = _Overlaps(prediction.mentions)
    for mention in gold.mentions:
        start = lines.starts[mention.line - 1] + mention.start_char_in_line
        end = start + len(mention.surface)
        tally.judge("gold in place", prediction.text[start:end] == mention.surface)
        overlapping = found.with_stretch(start, end)
        if mention.borderline:
            found.used.update(overlapping)
            continue
        tally.country_gold[mention.iso2] += 1
        hit = next(
            (i for i in overlapping if i not in found.used and _same(found.mentions[i].iso2, mention.iso2)), None
        )
        tally.match("mentions", Matches(both=hit is not None, only_gold=hit is None))
        if hit is not None:
            found.used.add(hit)
            tally.country_found[mention.iso2] += 1
            if mention.kind:
                tally.judge("kinds", found.mentions[hit].kind == mention.kind)
    articles = sorted((lines.starts[a.start_line - 1], lines.ends[a.end_line - 1]) for a in gold.articles)
    for index, extra in enumerate(found.mentions):
        judged = gold.mentions_scope != "toponyms" or extra.kind not in ("demonym", "metonym")
        if index not in found.used and judged and _inside(extra.start_char, articles):
            tally.match("mentions", Matches(only_found=1))
            tally.country_found[extra.iso2] += 1


class _Overlaps:
    """Predicted mentions by place, and which of them are accounted for."""

    def __init__(self, mentions: Iterable[PredictedMention]) -> None:
        self.mentions = sorted(mentions, key=lambda m: (m.start_char, m.end_char, m.iso2))
        self.used: set[int] = set()
        self._starts = [m.start_char for m in self.mentions]
        self._longest = max((m.end_char - m.start_char for m in self.mentions), default=0)

    def with_stretch(self, start: int, end: int) -> list[int]:
        """Indices of the mentions that overlap a stretch of text, in its order."""
        first, last = bisect_right(self._starts, start - self._longest), bisect_left(self._starts, end)
        return [i for i in range(first, last) if self.mentions[i].end_char > start]


def _score_countries_per_article(
    gold: GoldDocument, prediction: Prediction, paired: Mapping[str, PredictedArticle], tally: _Tally
) -> None:
    found_in: dict[str, set[str]] = defaultdict(set)
    for mention in prediction.mentions:
        found_in[mention.article_id].add(mention.iso2)
    borderline: dict[str, set[str]] = defaultdict(set)
    for mention in gold.mentions:
        if mention.borderline:
            borderline[mention.article_id].add(mention.iso2)
    for article in gold.articles:
        if article.countries is None:
            continue
        want = {c.iso2 for c in article.countries}
        found = set(found_in[paired[article.id].article_id]) if article.id in paired else set()
        # where two codes may stand for one country, the gold's is taken
        found = {next((w for w in sorted(want) if _same(w, f)), f) for f in found}
        excused = borderline[article.id] - (want & found)
        tally.match("countries", matches_of_sets(want - excused, found - excused))
        for iso2 in article.furniture_countries():
            tally.judge("furniture countries", iso2 not in found)


def _score_names(
    gold: GoldDocument, prediction: Prediction, paired: Mapping[str, PredictedArticle], tally: _Tally
) -> None:
    entities_of: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for entity in prediction.entities:
        entities_of[entity.article_id].append((entity.entity_id, entity.label, _name_key(entity.surface)))
    for article in gold.articles:
        found = entities_of[paired[article.id].article_id] if article.id in paired else []
        if article.person_forms is not None:
            _score_people(article.person_forms, [(i, key) for i, label, key in found if label == "PERSON"], tally)
        if article.org_forms is not None:
            keys = {key.removeprefix("the ") for _, label, key in found if label in ORGANISATION_LABELS}
            for name, forms in article.org_forms.items():
                wanted = {normal(form).removeprefix("the ") for form in (name, *forms)}
                tally.judge("organisations", not wanted.isdisjoint(keys))
        if article.iptc_top is not None and article.id in paired:
            want = {normal(t) for t in article.iptc_top}
            tally.match("topics", matches_of_sets(want, {normal(t) for t in paired[article.id].topics}))


def _score_people(person_forms: Mapping[str, Sequence[str]], found: Sequence[tuple[str, str]], tally: _Tally) -> None:
    """`found`: entity and normalised surface of each person mention of the article."""
    known: set[str] = set()
    for name, forms in person_forms.items():
        keys = {normal(form) for form in (name, *forms)}
        entities = [entity_id for entity_id, key in found if key in keys]
        tally.match("people", Matches(both=bool(entities), only_gold=not entities))
        known.update(entities)
        tally.person_entities.update((name, entity_id) for entity_id in entities)
    tally.match("people", Matches(only_found=len({entity_id for entity_id, _ in found} - known)))


def _scores(tally: _Tally, floors: Mapping[str, float]) -> list[Score]:
    scores: list[Score] = []

    def add(quantity: str, value: float, items: int, description: str) -> None:
        scores.append(
            Score(
                quantity=quantity,
                value=value,
                items=items,
                floor=floors.get(quantity),
                description=description,
            )
        )

    def add_share(quantity: str, key: str, description: str) -> None:
        if tally.items[key]:
            add(quantity, tally.right[key] / tally.items[key], tally.items[key], description)

    def add_matches(quantity: str, key: str, what: str) -> None:
        matches = tally.matches[key]
        if not any(matches):
            return
        found, in_gold = matches.both + matches.only_found, matches.both + matches.only_gold
        add(f"{quantity} precision", matches.precision, found, f"Share of the {what} found that the gold has too.")
        add(f"{quantity} recall", matches.recall, in_gold, f"Share of the {what} in the gold that were found.")
        add(f"{quantity} F1", matches.f1, in_gold, f"Harmonic mean of precision and recall of the {what}.")

    add_share("documents of the gold found", "documents", "Gold documents that are in the warehouse, by their bytes.")
    add_share(
        "gold mentions at their place", "gold in place", "Gold mentions whose surface stands where the gold says."
    )
    add_matches("article starts", "starts", "article starts")
    if tally.pk:
        documents = len(tally.pk)
        add(
            "Pk (mean)",
            sum(tally.pk) / documents,
            documents,
            "How often two lines half an article apart are wrongly held to be of one article, or not; lower is better.",
        )
        add(
            "WindowDiff (mean)",
            sum(tally.window_diff) / documents,
            documents,
            "How often the number of article starts within half an article's length is wrong; lower is better.",
        )
    add_share("article ends right", "ends", "Articles whose start was found that also end at the gold's line.")
    add_share("article text kept", "text kept", "Body lines and section headings that were taken for article text.")
    add_share(
        "furniture kept out", "furniture out", "Captions, related blocks, credits and markers not taken for text."
    )
    add_share("line roles right", "roles", "Non-blank lines with a role in the gold whose span's kind fits that role.")
    if tally.confidences:
        add(
            "boundary confidence error",
            brier(tally.confidences),
            len(tally.confidences),
            "Brier score of the confidence in starts, a file's first left out; lower is better.",
        )
    for name in FIELDS:
        what = "publication date" if name == "published" else name
        add_share(f"{name} right", name, f"Articles found whose {what} is the gold's, none where the gold has none.")
    add_matches("country mentions", "mentions", "country mentions")
    add_share(
        "country kinds right", "kinds", "Country mentions found whose kind (name, demonym, metonym, place) is right."
    )
    gold_mentions = tally.country_gold.total()
    if gold_mentions:
        countries = sorted(tally.country_gold.keys() | tally.country_found.keys())
        add(
            "country totals error",
            sum(abs(tally.country_gold[c] - tally.country_found[c]) for c in countries) / gold_mentions,
            gold_mentions,
            "Sum over countries of the absolute error of the mention total, per gold mention; lower is better.",
        )
    add_matches("countries per article", "countries", "pairs of article and country")
    add_share("furniture countries kept out", "furniture countries", "Countries named in furniture only, not counted.")
    add_matches("people per article", "people", "pairs of article and person")
    person_mentions = tally.person_entities.total()
    if person_mentions:
        add(
            "person main share",
            _largest_parts(tally.person_entities, by=0) / person_mentions,
            person_mentions,
            "Mentions of gold persons that stand under the entity that has most of that person's mentions.",
        )
        add(
            "person purity",
            _largest_parts(tally.person_entities, by=1) / person_mentions,
            person_mentions,
            "Mentions of gold persons that are of the person who has most of their entity's mentions.",
        )
    add_share("organisations found", "organisations", "Pairs of article and organisation found under any of its forms.")
    add_matches("topics", "topics", "pairs of article and top-level IPTC topic")
    return scores


def _largest_parts(counts: Counter[tuple[str, str]], *, by: int) -> int:
    """Sum, over the values of key part `by`, of the largest count among that value's keys."""
    largest: Counter[str] = Counter()
    for key, count in counts.items():
        largest[key[by]] = max(largest[key[by]], count)
    return largest.total()


def _inside(position: int, stretches: Sequence[tuple[int, int]]) -> bool:
    """Whether a position is in one of the sorted stretches, which do not overlap."""
    index = bisect_right(stretches, position, key=lambda stretch: stretch[0]) - 1
    return index >= 0 and position < stretches[index][1]


def _same(a: str, b: str) -> bool:
    return a == b or frozenset({a, b}) in SAME_COUNTRY


def _name_key(surface: str) -> str:
    return normal(surface).removesuffix("’s").removesuffix("'s")
