"""What holds of the splitting of any text whatever."""

from hypothesis import given, settings
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
NEWLINES = st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\n\r"])
DUMPS = st.lists(st.tuples(LINES, NEWLINES), max_size=60).map(lambda pairs: "".join(line + end for line, end in pairs))
TEXTS = st.one_of(st.text(), DUMPS, DUMPS.map(lambda text: text * 3))


def line_starts(text: str) -> list[int]:
    starts, position = [0], 0
    while position < len(text):
        if text[position] in "\r\n":
            position += 2 if text[position : position + 2] == "\r\n" else 1
            starts.append(position)
        else:
            position += 1
    return starts


@given(TEXTS)
@settings(deadline=None, max_examples=200)
def test_spans_partition_the_text(text):
    position = 0
    for span in split_document(text).spans:
        assert span.start_char == position
        assert span.end_char > span.start_char
        position = span.end_char
    assert position == len(text)


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
