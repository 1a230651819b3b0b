"""The topics themselves: codes, names and parents, as `topics.csv` lists them."""

import csv
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic of the taxonomy."""

    topic_id: str
    """IPTC code, `medtop:########`."""
    name: str
    parent_id: str | None
    """None at the top level."""
    definition: str


def read_topics(path: Path) -> tuple[Topic, ...]:
    """Reads a CSV of `topic_id, name, parent_id, definition`, two levels deep; ValueError where it is inconsistent."""
    with path.open(encoding="utf-8", newline="") as file:
        topics = tuple(
            Topic(
                topic_id=row["topic_id"],
                name=row["name"],
                parent_id=row["parent_id"] or None,
                definition=row["definition"],
            )
            for row in csv.DictReader(file)
        )
    top = {topic.topic_id for topic in topics if topic.parent_id is None}
    if len({topic.topic_id for topic in topics}) < len(topics):
        raise ValueError(f"{path}: a topic_id comes twice")
    if strays := [topic.topic_id for topic in topics if topic.parent_id is not None and topic.parent_id not in top]:
        raise ValueError(f"{path}: the parent is no top-level topic: {', '.join(strays)}")
    return topics
