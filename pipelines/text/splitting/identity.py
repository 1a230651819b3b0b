"""Ids of articles, from what they are: the document and the article's own stretch of text."""

from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b

from pipelines.text.splitting.spans import Article


def article_ids(document_id: str, text: str, articles: Sequence[Article]) -> list[str]:
    """16 hex digits for each article, in order.

    An id changes only with the document or with the article's text, so a better splitter leaves the ids of the
    articles that it splits alike. The same text twice in one document counts how often it came before.
    """
    seen: Counter[str] = Counter()
    ids = []
    for article in articles:
        content = text[article.start_char : article.end_char]
        nth = seen[content]
        seen[content] += 1
        key = f"{document_id}\0{nth}\0{content}".encode("utf-8", "surrogatepass")
        ids.append(blake2b(key, digest_size=8).hexdigest())
    return ids
