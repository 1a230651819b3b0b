"""What holds of the splitting of any text whatever."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines.text.splitting import split_document

WORDS = st.sampled_from(
    [
        "the",
        "port",
        "of",
        "Accra",
        "said",
        "ministers",
        "on",
        "Monday",
        "14",
        "May",
        "2019",
        "(AP)",
        "More...",
        "Read",
        "TT",
        "By",
        "Ana",
        "Silva",
        "KYIV,",
        "-",
        "Source:",
        "a",
        "—",
        "U.S.",
        "?",
        ".",
    ]
)
LINES = st.one_of(
    st.lists(WORDS, max_size=30).map(" ".join),
    st.lists(WORDS, min_size=9, max_size=30).map(lambda words: " ".join(words) + "."),
    st.sampled_from(
        ["", "", " ", "\u00a0", "Read more", "Title: A fine day", "Month: May 2019", "TT", "\u200b", "\tx", "* * *"]
    ),
    st.text(max_size=40),
)
NEWLINES = st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\n\r", "\r\n\r\n", "\r\r\n"])
# what other programs take for line ends, what has no width, what is no character, and what steers a terminal
ODD = st.sampled_from(
    [
        *"\0\ud800\udfff\x0b\x0c\x1c\x1e\x85\u2028\u2029\ufeff\u200d\u202e\ufffd\U0010ffff",
        "\x1b[31m",
        "e\u0301",
        "👩‍👩‍👧",
    ]
)
DUMPS = st.lists(st.tuples(LINES, NEWLINES), max_size=60).map(lambda pairs: "".join(line + end for line, end in pairs))
ODD_LINES = st.lists(st.one_of(ODD, WORDS), max_size=20).map(" ".join)
ODD_DUMPS = st.lists(st.tuples(st.one_of(LINES, ODD_LINES), NEWLINES), max_size=30).map(
    lambda pairs: "".join(line + end for line, end in pairs)
)
ANYTHING = st.text(st.characters(categories=["Cs", "Cc", "Cf", "Zs", "Zl", "Zp", "L", "N", "P", "S", "M"]))
TEXTS = st.one_of(ANYTHING, DUMPS, ODD_DUMPS, DUMPS.map(lambda text: text * 3))
SENTENCE = "The harbour of Accra, ministers said on Monday, will be dredged again before the rains. "


def line_starts(text: str) -> list[int]:
    starts, position = [0], 0
    while position < len(text):
        if text[position] in "\r\n":
            position += 2 if text[position : position + 2] == "\r\n" else 1
            starts.append(position)
        else:
            position += 1
    return starts


def assert_partition(text: str) -> None:
    position = 0
    for span in split_document(text).spans:
        assert span.start_char == position
        assert span.end_char > span.start_char
        position = span.end_char
    assert position == len(text)


_LINE = "0o0000 00e 00e 0or0 00e 00e 0000 0ccr0 0000 Source: 00e 00e 00e 0o0000 0o0000 00e 0o0000 00e.\n0\n"
HEADED = (
    f"Source:\n\n>>\n\n{_LINE}0\n{_LINE}\n0\n\n0\r0\n\n0\n0\n\n0\n\n"
    f"Source:\n\n>>\n\n{_LINE}0\n{_LINE[:-2]}1\n\n1\n\n0\r0\n\n0\n0\n\n1\n\n0\n\n>>\n0              ."
)


@given(TEXTS)
@example("")
@example("\0")
@example("\ud800\r\udc00")
@example("\r\n\r\r\n\n\r")
@example("\ufeff\n\ufeffA\x85b\u2028c\n")
@example(HEADED)  # the line that heads the file is as long as all up to the second start
@settings(deadline=None, max_examples=200)
def test_spans_partition_the_text(text):
    assert_partition(text)


@pytest.mark.parametrize(
    "line",
    [
        "a" * 300_000,
        "word " * 60_000,
        SENTENCE * 3_000,
        "(" * 100_000,
        "\0" * 100_000,
        "\u200b" * 100_000,
        "1.1." * 40_000,
    ],
    ids=["no space", "words", "sentences", "brackets", "NULs", "no width", "numbers"],
)
@pytest.mark.parametrize("end", ["\n\n", "\r", "\r\n", ""])
def test_spans_partition_a_text_with_very_long_lines(line, end):
    assert_partition(f"{SENTENCE}{end}{line}{end}{SENTENCE}")


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_spans_partition_a_text_of_very_many_lines(end):
    for line in ("", " ", "x", "Read more", SENTENCE[:40]):
        assert_partition(end.join([line] * 5_000))


@given(TEXTS)
@settings(deadline=None, max_examples=200)
def test_lines_of_spans_are_those_of_their_characters(text):
    starts = line_starts(text)

    def line(offset: int) -> int:
        return sum(start <= offset for start in starts)

    for span in split_document(text).spans:
        assert (span.start_line, span.end_line) == (line(span.start_char), line(span.end_char - 1))


@given(TEXTS)
@settings(deadline=None, max_examples=200)
def test_articles_are_runs_of_spans_and_bodies_are_body_spans(text):
    split = split_document(text)
    assert [a.ordinal for a in split.articles] == list(range(1, len(split.articles) + 1))
    for article in split.articles:
        at = [i for i, span in enumerate(split.spans) if span.article == article.ordinal]
        own = [split.spans[i] for i in at]
        assert at == list(range(at[0], at[-1] + 1))
        assert own[0].kind != "blank"
        assert own[-1].kind != "blank"
        assert (article.start_char, article.end_char) == (own[0].start_char, own[-1].end_char)
        assert (article.start_line, article.end_line) == (own[0].start_line, own[-1].end_line)
        assert article.body == "\n".join(text[s.start_char : s.end_char] for s in own if s.kind == "body")
        assert article.words == len(article.body.split())
        assert 0.0 <= article.boundary_confidence <= 1.0
    assert {span.article for span in split.spans} <= {None, *range(1, len(split.articles) + 1)}


@given(TEXTS)
@settings(deadline=None, max_examples=200)
def test_blank_spans_are_blank_and_others_begin_and_end_with_content(text):
    blank = "".join(
        map(chr, (*range(9, 14), *range(28, 33), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200E), 0x2028, 0x2029))
    )
    blank += "\u202f\u205f\u2060\u3000\ufeff"
    for span in split_document(text).spans:
        piece = text[span.start_char : span.end_char]
        assert (piece.strip(blank) == "") == (span.kind == "blank")


@given(DUMPS)
@settings(deadline=None, max_examples=60)
def test_splitting_is_deterministic(text):
    assert split_document(text) == split_document(text)


@given(TEXTS)
@settings(deadline=None, max_examples=100)
def test_every_character_of_the_bodies_is_the_texts_own_once_and_in_order(text):
    split = split_document(text)
    bodies = [s for s in split.spans if s.kind == "body"]
    assert all(s.article is not None for s in bodies)
    assert [s.start_char for s in bodies] == sorted({s.start_char for s in bodies})
    of_articles = [a.body for a in split.articles]
    joined = {
        a.ordinal: "\n".join(text[s.start_char : s.end_char] for s in bodies if s.article == a.ordinal)
        for a in split.articles
    }
    assert of_articles == list(joined.values())
    # so nothing is said twice, and nothing that is not there
    assert sum(map(len, of_articles)) - sum(max(0, sum(s.article == n for s in bodies) - 1) for n in joined) == sum(
        s.end_char - s.start_char for s in bodies
    )


@given(DUMPS)
@settings(deadline=None, max_examples=60)
def test_the_kind_of_line_end_does_not_matter(text):
    """One convention in place of another moves offsets, and changes neither articles nor the roles of lines."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    shapes = []
    for end in ("\n", "\r", "\r\n"):
        split = split_document(plain.replace("\n", end))
        shapes.append(
            (
                [(s.start_line, s.end_line, s.kind, s.rule, s.article) for s in split.spans if s.kind != "blank"],
                [(a.start_line, a.end_line, a.title, a.words, a.boundary_confidence) for a in split.articles],
            )
        )
    assert shapes[0] == shapes[1] == shapes[2]
