"""`python -m pipelines.training.splitter DUMPS GOLD [DUMPS GOLD ...]`: fits the splitter's weights and writes them."""

import sys
from pathlib import Path

from pipelines.training.splitter.articles import read_articles
from pipelines.training.splitter.fit import fit_cohesion, fit_starts, write_cohesion, write_starts


def main(arguments: list[str]) -> int:
    """Fits on the articles of the given pairs of folders; 2 when they are not pairs."""
    if not arguments or len(arguments) % 2:
        print("usage: python -m pipelines.training.splitter DUMPS GOLD [DUMPS GOLD ...]", file=sys.stderr)
        return 2
    folders = [Path(argument) for argument in arguments]
    pairs = zip(folders[::2], folders[1::2], strict=True)
    articles = [article for dumps, gold in pairs for article in read_articles(dumps, gold)]
    print(f"{len(articles)} articles")
    network = fit_cohesion(articles)
    starts, lists = fit_starts(articles)
    starts_unread, lists_unread = fit_starts(articles, cohesive=False)
    write_cohesion(*network)
    write_starts(starts=starts, lists=lists, starts_unread=starts_unread, lists_unread=lists_unread)
    return 0


sys.exit(main(sys.argv[1:]))
