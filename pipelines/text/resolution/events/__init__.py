"""Events: articles about the same event in words of their own. Experimental."""

from pipelines.text.resolution.events.grouping import EventArticle, EventMember, group_events

__all__ = ["EventArticle", "EventMember", "group_events"]
