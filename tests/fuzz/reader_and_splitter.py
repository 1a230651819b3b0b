"""`make fuzz`: bytes that atheris makes up, guided by what they reach in the reader and the splitter.

Whatever the bytes: no exception, no lost character, and never longer than linear time allows (libFuzzer's `-timeout`).
What breaks one of these is written to a file whose name begins with `crash-` or `timeout-`.

Usage: python -m tests.fuzz.reader_and_splitter [options of libFuzzer, such as -max_total_time=600] [folder of inputs]
"""

import sys
import tempfile
from pathlib import Path

import atheris  # ty: ignore[import-not-found]  # there are wheels for Linux only

with atheris.instrument_imports(include=["pipelines.text.reading", "pipelines.text.splitting"]):
    from pipelines.text.article_text import article_text
    from pipelines.text.reading.files import read_bytes
    from pipelines.text.splitting import split_document

SEEDS = Path(__file__).parents[2] / "seeds"
PIECE = 1500
"""Bytes of the inputs that it starts from: short ones, so that many can be tried."""
OPTIONS = ("-max_len=4000", "-timeout=20", "-rss_limit_mb=4096", "-print_final_stats=1")


def check(data: bytes) -> None:
    """Read and split `data`."""
    document = read_bytes(data)
    assert (document.text is None) == (document.reason is not None)
    if document.text is None:
        return
    document.text.encode("utf-8")
    split = split_document(document.text)
    position = 0
    for span in split.spans:
        assert span.start_char == position
        assert span.end_char > position
        position = span.end_char
    assert position == len(document.text)
    for article in split.articles:
        own = [s for s in split.spans if s.article == article.ordinal]
        for segment in article_text("a", document.text, own).segments:
            assert document.text.startswith(segment.text, segment.start_char)


def main(*arguments: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for seed in sorted(SEEDS.iterdir()):
            data = seed.read_bytes()
            for start in range(0, len(data), PIECE):
                (Path(folder) / f"{seed.name}-{start}").write_bytes(data[start : start + PIECE])
        own = [a for a in arguments if not a.startswith("-")]
        # the first folder is the one that new inputs are kept in
        options = [*OPTIONS, *(a for a in arguments if a.startswith("-"))]
        atheris.Setup([sys.argv[0], *options, *own, folder], check)
        atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
