"""Stories: articles that carry the same text, however reprinted, get one story."""

from pipelines.text.resolution.stories.candidates import propose
from pipelines.text.resolution.stories.comparison import Reprint
from pipelines.text.resolution.stories.grouping import Pair, compare_texts, group_stories, story_id, story_ids
from pipelines.text.resolution.stories.signature import StorySignature, signature

__all__ = [
    "Pair",
    "Reprint",
    "StorySignature",
    "compare_texts",
    "group_stories",
    "propose",
    "signature",
    "story_id",
    "story_ids",
]
