"""What extraction yields for an article: its sentences and the named things that the model saw in them."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from pipelines.text.article_text import Zone


class Sentence(NamedTuple):
    """A sentence of an article; offsets in the document's text."""

    sentence: int
    """Ordinal in the article, 1-based, counted through title, standfirst and body."""
    zone: Zone
    paragraph: int
    start_char: int
    end_char: int


class EntitySpan(NamedTuple):
    """A named thing as the model saw it; offsets in the document's text."""

    label: str
    """OntoNotes label, e.g. 'PERSON', 'ORG', 'GPE', 'NORP'."""
    surface: str
    start_char: int
    end_char: int
    sentence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What was extracted from one article."""

    article_id: str
    sentences: tuple[Sentence, ...]
    entities: tuple[EntitySpan, ...]

    def __reduce__(self) -> tuple[Any, ...]:
        """For another process, as columns: dozens of named tuples would each be told by their class."""
        columns = [tuple(zip(*rows, strict=True)) for rows in (self.sentences, self.entities)]
        return _of_columns, (self.article_id, *columns)


def _of_columns(article_id: str, sentences: tuple[Any, ...], entities: tuple[Any, ...]) -> Extraction:
    return Extraction(
        article_id=article_id,
        sentences=tuple(map(Sentence._make, zip(*sentences, strict=True))),
        entities=tuple(map(EntitySpan._make, zip(*entities, strict=True))),
    )
