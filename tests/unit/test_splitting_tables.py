"""Files that are tables: records of JSON, XML, CSV and TSV are articles, whatever their columns are called."""

import csv
import io
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.reading.decoding import decode
from pipelines.text.splitting.spans import Split
from pipelines.text.splitting.split import split_document

_PARAGRAPHS = (
    "The council of Brindle voted on Tuesday to close two schools, after a debate that lasted six hours.",
    "Parents said that they had not been asked, and that they would go to court over the plan.",
    'Mayor Ines Okafor told the "Courier" that the town has no money left for new roofs.',
)
_ARTICLES = [
    {
        "title": f"Council closes school number {k} after a long debate",
        "text": "\n\n".join(_PARAGRAPHS[: 2 + k % 2]),
        "date": f"2023-04-{k + 1:02d}",
        "source": "Brindle Courier",
    }
    for k in range(5)
]


def _assert_partition(text: str, split: Split) -> None:
    assert "".join(text[span.start_char : span.end_char] for span in split.spans) == text
    lines = text.replace("\r\n", " \n").replace("\r", "\n")
    for span in split.spans:
        assert span.start_line == lines.count("\n", 0, span.start_char) + 1


def _assert_articles(text: str) -> Split:
    split = split_document(text)
    _assert_partition(text, split)
    assert split.layout == "table"
    assert [article.title for article in split.articles] == [own["title"] for own in _ARTICLES]
    assert [str(article.published_on) for article in split.articles] == [own["date"] for own in _ARTICLES]
    return split


def _csv(delimiter: str = ",", lineterminator: str = "\r\n") -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=lineterminator)
    writer.writerow(["", "headline", "fulltext", "pub_date", "outlet"])
    writer.writerows([k, own["title"], own["text"], own["date"], own["source"]] for k, own in enumerate(_ARTICLES))
    return out.getvalue()


_NEWS_API = {
    "status": "ok",
    "articles": [
        {
            "source": {"id": None, "name": own["source"]},
            "title": own["title"],
            "description": "Two schools in Brindle will close",
            "url": "https://example.org/1",
            "publishedAt": f"{own['date']}T10:00:00Z",
            "content": own["text"],
        }
        for own in _ARTICLES
    ],
}
_INDEX = {"took": 3, "hits": {"hits": [{"_id": str(k), "_source": own} for k, own in enumerate(_ARTICLES)]}}
_PARTS = [
    {
        "headline": {"main": own["title"]},
        "pub_date": own["date"],
        "outlet": own["source"],
        "body": [{"type": "p", "text": paragraph} for paragraph in own["text"].split("\n\n")],
    }
    for own in _ARTICLES
]


def _feed() -> str:
    items = "".join(
        f"""
  <item>
    <title>{own["title"]}</title>
    <link>https://example.org/{k}</link>
    <pubDate>{own["date"]}T10:00:00Z</pubDate>
    <dc:creator><![CDATA[Ida Holm]]></dc:creator>
    <source url="https://example.org">{own["source"]}</source>
    <content:encoded><![CDATA[<p>{own["text"].replace(chr(10) * 2, "</p><p>")}</p>]]></content:encoded>
  </item>"""
        for k, own in enumerate(_ARTICLES)
    )
    return f'<?xml version="1.0"?>\n<!-- <item> -->\n<rss><channel>\n<title>News</title>{items}\n</channel></rss>\n'


def _elements() -> str:
    return "\n".join(
        f'<doc title="{own["title"]}" date="{own["date"]}" sitename="{own["source"]}">\n'
        + "\n".join(f"<p>{part.replace('council', '<b>council</b>')}</p>" for part in own["text"].split("\n\n"))
        + "\n</doc>"
        for own in _ARTICLES
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\n".join(map(json.dumps, _ARTICLES)), id="JSON Lines"),
        pytest.param("\r\n".join(map(json.dumps, _ARTICLES)), id="JSON Lines of Windows"),
        pytest.param("\n".join(json.dumps(own, indent=1) for own in _ARTICLES), id="objects one after another"),
        pytest.param(json.dumps(_ARTICLES, indent=2), id="a list"),
        pytest.param(json.dumps(_NEWS_API, indent=4), id="a list in an answer"),
        pytest.param(json.dumps(_INDEX), id="a search engine's answer"),
        pytest.param(json.dumps({str(k): own for k, own in enumerate(_ARTICLES)}), id="objects by number"),
        pytest.param(json.dumps({own["date"]: [own] for own in _ARTICLES}), id="lists by day"),
        pytest.param(json.dumps(_PARTS), id="paragraphs as objects"),
        *(pytest.param(_csv(delimiter), id=f"rows parted by {delimiter!r}") for delimiter in ",;\t|"),
        pytest.param(_csv(lineterminator="\n"), id="rows of Unix"),
        pytest.param("sep=;\r\n" + _csv(";"), id="a spreadsheet's rows"),
        pytest.param(_feed(), id="a feed"),
        pytest.param(_elements(), id="elements with attributes"),
    ],
)
def test_every_record_is_an_article_with_its_fields(text: str) -> None:
    split = _assert_articles(text)
    assert {article.publisher for article in split.articles} == {"Brindle Courier"}
    bodies = [re.sub("</?b>", "", article.body).splitlines() for article in split.articles]
    assert bodies[0] == list(_PARAGRAPHS[:2])
    assert bodies[1][:2] == list(_PARAGRAPHS[:2])
    assert bodies[1][2].startswith("Mayor Ines Okafor told the")


def test_an_article_has_the_lines_of_its_record() -> None:
    split = split_document(json.dumps(_ARTICLES, indent=2))
    assert [(article.start_line, article.end_line) for article in split.articles[:2]] == [(2, 7), (8, 13)]


def test_tabbed_rows_keep_their_quotation_marks_and_break_lines_by_escapes() -> None:
    rows = [f'{k}\t“A{k}” \t"No," they said.\\n{_PARAGRAPHS[0]}' for k in range(3)]
    split = split_document("\n".join(["id\tname\ttext", *rows]))
    assert [article.body for article in split.articles] == [f'"No," they said.\n{_PARAGRAPHS[0]}'] * 3


def test_tags_part_paragraphs() -> None:
    texts = [{**own, "text": "".join(f"<p>{part}</p>" for part in _PARAGRAPHS[:2])} for own in _ARTICLES]
    split = split_document("\n".join(map(json.dumps, texts)))
    assert split.articles[0].body == "\n".join(_PARAGRAPHS[:2])


def test_a_record_that_was_cut_off_spoils_no_other() -> None:
    text = "\n".join(map(json.dumps, _ARTICLES * 6))[:-30]
    split = split_document(text)
    _assert_partition(text, split)
    assert len(split.articles) == 6 * len(_ARTICLES) - 1


@pytest.mark.parametrize(
    "text",
    [
        '{"a": {"b": [1, 2, {"c": "d"}]}, "e": "f"}\n',
        "[" * 100_000,
        "[\n" * 50_000,
        "[\n" * 60 + "[],\n" * 20_000,
        '{"a":' * 100_000,
        '"' * 50_000 + ',a\n"',
        "[Editor's note] this was said.\n\n" + "\n\n".join(_PARAGRAPHS),
        "Brindle, Tuesday\n\n" + "\n\n".join(_PARAGRAPHS),
        "name,age\nAnna,3\nIda,4\n",
        "<!--" * 50_000 + ">",
        "<a>" * 50_000 + ">",
        "<p>" + "</p>\n<p>".join(_PARAGRAPHS) + "</p>",
        "\n".join(f"<h2>{own['title']}</h2>\n<p>{_PARAGRAPHS[0]}</p>\n<p>{_PARAGRAPHS[1]}</p>" for own in _ARTICLES),
        f"<html><body>{''.join(f'<article><p>{part}</p></article>' for part in _PARAGRAPHS)}</body></html>",
    ],
)
def test_what_holds_no_texts_is_no_table_of_articles(text: str) -> None:
    split = split_document(text)
    _assert_partition(text, split)
    assert split.layout != "table"


_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1)


@given(
    st.lists(
        st.fixed_dictionaries({"headline": _WORDS, "note": _WORDS, "body": st.lists(_WORDS, max_size=3)}),
        min_size=2,
        max_size=6,
    ),
    st.booleans(),
)
def test_no_text_of_a_record_is_lost(records: list[dict[str, Any]], ascii_only: bool) -> None:
    lead = " ".join(_PARAGRAPHS)
    written = [{**own, "body": "\n".join([lead, *own["body"]])} for own in records]
    text = decode(json.dumps(written, ensure_ascii=ascii_only).encode()).text
    assert json.loads(text) == written
    split = split_document(text)
    _assert_partition(text, split)
    assert len(split.articles) == len(records)
    bodies = [json.loads(f'"{article.body}"', strict=False) for article in split.articles]
    assert all(body.startswith(lead) for body in bodies)


def test_letters_written_as_codes_are_letters() -> None:
    written = '{"a": "it’s 😀 “so”\\n \\"x\\" \\\\u2019 \u2028"}'
    decoded = decode(json.dumps(json.loads(written, strict=False)).encode())
    assert decoded.encoding == "utf-8 in json"
    assert decoded.text == '{"a": "it’s 😀 “so”\\n \\"x\\" \\\\u2019 \\u2028"}'
    for text in ("[Note] C:\\u2019", "[12] C:\\u2019"):
        assert decode(text.encode()).text == text
