"""Stories: articles that carry the same text, however reprinted, get one story."""

from pipelines.text.resolution.stories.grouping import group_stories
from pipelines.text.resolution.stories.signature import StorySignature, signature

__all__ = ["StorySignature", "group_stories", "signature"]
