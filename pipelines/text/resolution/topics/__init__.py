"""Topics: what an article is about, in terms of IPTC Media Topics."""

from pipelines.text.resolution.topics.model import ArticleTopic, Decision, TopicModel
from pipelines.text.resolution.topics.taxonomy import Topic

__all__ = ["ArticleTopic", "Decision", "Topic", "TopicModel"]
