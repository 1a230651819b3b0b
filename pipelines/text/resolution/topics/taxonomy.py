"""The topics themselves: codes, names and parents, as `topics.csv` lists them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipelines.text.data_files import read_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic of the taxonomy."""

    topic_id: str
    """IPTC code, `medtop:########`."""
    name: str
    parent_id: str | None
    """None at the top level."""
    definition: str


def ancestors(topics: Iterable[Topic]) -> dict[str, tuple[str, ...]]:
    """Topic → itself, the topic above it and so on up to the top; ValueError where it never gets there."""
    parents = {topic.topic_id: topic.parent_id for topic in topics}
    lines: dict[str, tuple[str, ...]] = {}
    for topic_id in parents:
        line = [topic_id]
        while (above := parents[line[-1]]) is not None:
            if above not in parents or above in line:
                raise ValueError(f"{topic_id}: {above} is not a topic above it")
            line.append(above)
        lines[topic_id] = tuple(line)
    return lines


def read_topics(path: Path) -> tuple[Topic, ...]:
    """Reads a CSV of `topic_id, name, parent_id, definition`; ValueError where it is inconsistent."""
    topics = tuple(
        Topic(
            topic_id=row["topic_id"],
            name=row["name"],
            parent_id=row["parent_id"] or None,
            definition=row["definition"],
        )
        for row in read_rows(path)
    )
    if len({topic.topic_id for topic in topics}) < len(topics):
        raise ValueError(f"{path}: a topic_id comes twice")
    try:
        ancestors(topics)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None
    return topics
