"""What splitting promises, on short dumps of every kind of layout."""

import textwrap
from datetime import date
from typing import NamedTuple

import pytest

from pipelines.text.splitting import split_document
from pipelines.text.splitting.spans import Article, Split


class Story(NamedTuple):
    """A story to lay out."""

    title: str
    standfirst: str
    paragraphs: tuple[str, ...]


HARBOUR = Story(
    "Rotterdam harbour pilots call off their strike",
    "The pilots' union has accepted a pay offer that it had turned down twice since the spring",
    (
        "Harbour pilots in Rotterdam returned to work on Tuesday after their union accepted a new pay offer.",
        "More than forty container ships had been waiting at anchor off the Dutch coast, the port authority said.",
        "The pilots had asked for shorter night shifts and a larger pension fund. Shipping lines lost money every day.",
        "A spokesman for the port said the backlog of ships would be cleared by the weekend.",
    ),
)
VOLCANO = Story(
    "Icelandic town evacuated as volcano stirs again",
    "Scientists have recorded hundreds of small earthquakes under the peninsula within a single night",
    (
        "Residents of a fishing town in Iceland left their homes before dawn when lava broke through a ridge nearby.",
        "Geologists at the weather office had measured hundreds of tremors since midnight and raised the alarm.",
        "Lava flowed away from the houses, but ash made the only road to the airport impassable.",
        "It is the sixth eruption on the peninsula in three years, the geologists said.",
    ),
)
CHESS = Story(
    "Teenager from Chennai wins the candidates tournament",
    "A seventeen-year-old has become the youngest player ever to earn a match for the world title",
    (
        "A seventeen-year-old grandmaster from Chennai won the candidates tournament after a draw in the last round.",
        "He sacrificed a knight on the twelfth move and his opponent never found a way back into the game.",
        "Chess clubs all over India watched the endgame on large screens. His trainer said he had slept badly.",
        "The match for the world title will be played in November over fourteen games.",
    ),
)
BANK = Story(
    "Central bank of Kenya leaves interest rates unchanged",
    "Policy makers in Nairobi have said that inflation is falling more slowly than they had hoped",
    (
        "The central bank of Kenya kept its benchmark interest rate at ten percent at its meeting in Nairobi.",
        "Inflation slowed to four percent in the last quarter because maize and cooking oil became cheaper.",
        "Economists had expected a small cut. Bond yields rose and the shilling gained against the dollar.",
        "The committee of the bank will meet again in eight weeks, according to its statement.",
    ),
)
MUSEUM = Story(
    "Stolen altar panel returns to Ghent after ninety years",
    "A retired carpenter has found the missing painting behind a false wall in his workshop",
    (
        "A medieval altar panel that thieves took from a cathedral in Ghent was handed back to its canons.",
        "A retired carpenter discovered the oak panel behind a false wall while he renovated his workshop.",
        "Restorers found little damage to the paint. Art historians compared the wood with that of other panels.",
        "Visitors will be able to see the painting from September, the cathedral announced.",
    ),
)
RABIES = Story(
    "Peruvian vets vaccinate a million dogs against rabies",
    "Health workers have gone from door to door in the poorest districts of Arequipa since January",
    (
        "Veterinarians in Peru have given a million dogs a rabies shot in a campaign that lasted eleven weeks.",
        "Arequipa had reported its first human case in a decade after a stray dog bit a schoolboy.",
        "Vaccine was carried in cool boxes on motorcycles. Owners received a yellow tag for the collar of the animal.",
        "The health ministry in Lima wants to repeat the campaign every second year.",
    ),
)
STORIES = (HARBOUR, VOLCANO, CHESS, BANK, MUSEUM, RABIES)
RELATED = (
    "Crane drivers demand higher wages",
    "New crater opens on the seabed",
    "Old masters lose at rapid chess",
    "Shilling falls to its lowest value",
    "Thieves enter a gallery at night",
    "Bats spread disease in villages",
)


class Dump:
    """Collects lines and remembers where articles start and end."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    def start(self, line: str) -> None:
        self.add(line)
        self.starts.append(len(self.lines))

    def add(self, *lines: str) -> None:
        self.lines.extend(lines)

    def end(self) -> None:
        self.ends.append(len(self.lines))

    def split(self, newline: str = "\n", **options: str) -> Split:
        return split_document(newline.join(self.lines), **options)


def between(paragraphs: tuple[str, ...], blanks: int = 1) -> list[str]:
    lines: list[str] = []
    for paragraph in paragraphs:
        lines += [paragraph, *[""] * blanks]
    return lines[: len(lines) - blanks]


def doubled_near(blanks: int = 2) -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(story.title)
        dump.add(*[""] * blanks, story.title, "", *between(story.paragraphs))
        if k % 2:
            dump.add("", "", "Onward...")
        dump.end()
        dump.add("", "", "")
    return dump


def doubled_far() -> Dump:
    dump = Dump()
    for story in STORIES:
        caption = f"{story.paragraphs[1].split(' ', 3)[3]} (Example Pictures)"
        dump.start(story.title)
        dump.add("", caption, caption, "QQ", "", story.title, "", caption, caption, "", *between(story.paragraphs))
        dump.end()
        dump.add("", "")
    return dump


def standfirsts_with_related_blocks() -> Dump:
    dump = Dump()
    dump.add("Month: March 2019", "")
    for k, story in enumerate(STORIES):
        first, *rest = story.paragraphs
        dump.start(story.standfirst)
        dump.add(
            "",
            first,
            "",
            "See also",
            "",
            "FN" if k % 2 else "A view of the town",
            RELATED[k],
            "",
            *between(tuple(rest)),
        )
        dump.end()
        dump.add("")
    return dump


def digest() -> Dump:
    dump = Dump()
    for story in STORIES:
        dump.start(" ".join(story.paragraphs))
        dump.add("Whole story")
        dump.end()
    return dump


def titles_with_wider_gaps() -> Dump:
    dump = Dump()
    for story in STORIES:
        dump.start(story.title)
        dump.add("", *between(story.paragraphs))
        dump.end()
        dump.add("", "", "")
    return dump


def titles_with_uniform_gaps() -> Dump:
    dump = Dump()
    for story in STORIES:
        dump.start(story.title)
        dump.add("", *between(story.paragraphs))
        dump.end()
        dump.add("")
    return dump


def bodies_only() -> Dump:
    dump = Dump()
    for story in STORIES:
        first, *rest = story.paragraphs
        dump.start(first)
        dump.add("", *between(tuple(rest)))
        dump.end()
        dump.add("")
    return dump


def bulk_export() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES, 1):
        dump.start(f"Headline: {story.title}")
        dump.add(
            f"Source: {'Northern Courier' if k % 2 else 'Evening Mail'}",
            f"Date: {k} May 2017",
            f"Length: {sum(len(p.split()) for p in story.paragraphs)} words",
            "",
            *between(story.paragraphs),
            "",
            f"{k} of {len(STORIES)} DOCUMENTS",
        )
        dump.end()
        dump.add("", "")
    return dump


def whole_pages() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.add("Skip to content", "Home", "World", "Money", "Sport", "Culture", "Sign in", "")
        dump.start(story.title)
        dump.add("Share", "Mail", "", *between(story.paragraphs))
        dump.end()
        dump.add(
            "",
            "Most popular",
            *RELATED[:k],
            *RELATED[k + 1 :],
            "",
            "About us",
            "Contact",
            "Terms of use",
            "Privacy",
            "Imprint",
        )
    return dump


LAYOUTS = [
    doubled_near,
    doubled_far,
    standfirsts_with_related_blocks,
    digest,
    titles_with_wider_gaps,
    titles_with_uniform_gaps,
    bulk_export,
    whole_pages,
]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda f: f.__name__)
def test_articles_start_and_end_where_they_do(layout):
    dump = layout()
    articles = dump.split().articles
    assert [(a.start_line, a.end_line) for a in articles] == list(zip(dump.starts, dump.ends, strict=True))


def test_bodies_alone_are_split_between_stories_only():
    dump = bodies_only()
    assert {a.start_line for a in dump.split().articles} <= set(dump.starts)


@pytest.mark.parametrize("layout", [titles_with_wider_gaps, doubled_near, bulk_export, digest])
@pytest.mark.parametrize(
    "header",
    [
        ["Search results", "300 documents found"],
        ["Harbour Courier", "Archive for March 2019"],
        ["==========", "HARBOUR COURIER", "=========="],
    ],
    ids=lambda lines: lines[0],
)
def test_what_heads_the_file_is_no_article(layout, header):
    dump = layout()
    articles = split_document("\n".join([*header, "", *dump.lines])).articles
    assert [a.start_line for a in articles] == [line + len(header) + 1 for line in dump.starts]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_line_end_gives_the_same_lines(newline):
    dump = doubled_near()
    assert [a.start_line for a in dump.split(newline).articles] == dump.starts


def test_characters_that_end_no_line_do_not_shift_line_numbers():
    dump = doubled_near()
    text = (
        "\n".join(dump.lines)
        .replace("port authority", "port\u2028authority\x0b\x85")
        .replace("ash made", "ash\x1cmade")
    )
    assert [a.start_line for a in split_document(text).articles] == dump.starts


@pytest.mark.parametrize(
    "layout", [titles_with_wider_gaps, titles_with_uniform_gaps, doubled_near, doubled_far, bulk_export]
)
def test_titles(layout):
    assert [a.title for a in layout().split().articles] == [story.title for story in STORIES]


@pytest.mark.parametrize(
    "layout", [titles_with_wider_gaps, doubled_near, doubled_far, standfirsts_with_related_blocks, bulk_export]
)
def test_body_is_the_paragraphs_and_nothing_else(layout):
    assert [a.body for a in layout().split().articles] == ["\n".join(story.paragraphs) for story in STORIES]


def test_repeated_title_is_furniture_and_the_first_copy_the_title():
    split = doubled_near().split()
    first = [s for s in split.spans if s.article == 1 and s.kind in ("title", "furniture")]
    assert [(s.kind, s.rule) for s in first] == [("title", "article_start"), ("furniture", "repeated_title")]


def test_lines_between_the_copies_of_a_title_are_captions_and_markers():
    split = doubled_far().split()
    kinds = [s.kind for s in split.spans if s.article == 2 and s.kind != "blank"]
    assert kinds[:8] == ["title", "caption", "caption", "marker", "furniture", "caption", "caption", "body"]


def test_a_line_before_the_body_of_a_titleless_article_is_its_standfirst():
    articles = standfirsts_with_related_blocks().split().articles
    assert [(a.title, a.standfirst) for a in articles] == [(None, story.standfirst) for story in STORIES]


def test_a_related_block_is_no_text_and_starts_no_article():
    dump = standfirsts_with_related_blocks()
    related = [s for s in dump.split().spans if s.kind == "related"]
    text = "\n".join(dump.lines)
    assert [text[s.start_char : s.end_char] for s in related] == list(RELATED)
    assert all(s.article is not None for s in related)


def test_closing_marker_is_the_articles_last_line():
    split = digest().split()
    assert [s.kind for s in split.spans if s.kind != "blank"] == ["body", "marker"] * len(STORIES)


def test_metadata_gives_publisher_and_day():
    articles = bulk_export().split().articles
    assert [a.publisher for a in articles[:2]] == ["Northern Courier", "Evening Mail"]
    assert [(a.published_on, a.published_precision) for a in articles[:2]] == [
        (date(2017, 5, 1), "day"),
        (date(2017, 5, 2), "day"),
    ]


def test_furniture_of_pages_belongs_to_no_article():
    dump = whole_pages()
    text = "\n".join(dump.lines)
    for article in dump.split().articles:
        piece = text[article.start_char : article.end_char]
        assert "Skip to content" not in piece
        assert "Most popular" not in piece


def alone(*lines: str, **options: str) -> Article:
    articles = split_document("\n".join(lines), **options).articles
    assert len(articles) == 1
    return articles[0]


@pytest.mark.parametrize("story", STORIES, ids=lambda s: s.title)
def test_one_article_alone_is_one_article(story):
    assert alone(story.title, "", *between(story.paragraphs)).title == story.title
    assert alone(*between(story.paragraphs)).title is None
    assert alone(" ".join(story.paragraphs)).body == " ".join(story.paragraphs)


def test_headings_are_part_of_the_article():
    lines = [
        HARBOUR.title,
        "",
        *between(HARBOUR.paragraphs[:2]),
        "",
        "Night shifts",
        "",
        *between(HARBOUR.paragraphs[2:]),
    ]
    split = split_document("\n".join(lines))
    assert [s.kind for s in split.spans if s.kind != "blank"] == ["title", "body", "body", "heading", "body", "body"]


def test_a_line_between_title_and_first_paragraph_is_the_standfirst():
    article = alone(HARBOUR.title, "", HARBOUR.standfirst, "", *between(HARBOUR.paragraphs))
    assert (article.title, article.standfirst) == (HARBOUR.title, HARBOUR.standfirst)
    assert article.body == "\n".join(HARBOUR.paragraphs)


def test_byline_is_not_body():
    split = split_document("\n".join([HARBOUR.title, "By Marit de Boer", "", *between(HARBOUR.paragraphs)]))
    assert [s.kind for s in split.spans if s.kind != "blank"][:3] == ["title", "byline", "body"]


def test_an_agency_dateline_is_a_span_of_its_own_and_dates_the_article():
    article_lines = [
        BANK.title,
        "",
        f"NAIROBI, Feb 3, 2021 (Example) - {BANK.paragraphs[0]}",
        "",
        *between(BANK.paragraphs[1:]),
    ]
    text = "\n".join(article_lines)
    split = split_document(text)
    dateline = next(s for s in split.spans if s.kind == "dateline")
    assert text[dateline.start_char : dateline.end_char] == "NAIROBI, Feb 3, 2021 (Example) - "
    assert split.articles[0].published_on == date(2021, 2, 3)
    assert split.articles[0].body.startswith(BANK.paragraphs[0])


def test_a_hard_wrapped_paragraph_is_one_span():
    import textwrap

    wrapped = [textwrap.fill(" ".join(story.paragraphs[:2] * 2), 72) for story in STORIES]
    text = "\n\n\n".join(f"{s.title}\n\n{body}\n\n{body}" for s, body in zip(STORIES, wrapped, strict=True))
    split = split_document(text)
    assert [a.title for a in split.articles] == [story.title for story in STORIES]
    assert [s.kind for s in split.spans if s.article == 1 and s.kind != "blank"] == ["title", "body", "body"]


def test_source_line_under_the_title_is_the_publisher():
    dump = doubled_near(blanks=0)
    dump.lines.insert(2, "Courierwire")
    assert [a.publisher for a in dump.split().articles] == ["Courierwire", *[None] * 5]


def test_a_placeholder_that_recurs_as_caption_names_the_publisher():
    articles = standfirsts_with_related_blocks().split().articles
    assert {a.publisher for a in articles} == {"FN"}


def test_agencies_that_are_only_quoted_are_no_publisher():
    told = "The minister told Reuters on Monday that the ferry line would be closed for good in the autumn."
    assert alone(HARBOUR.title, "", *between((*HARBOUR.paragraphs, told))).publisher is None


@pytest.mark.parametrize(
    ("header", "day", "precision"),
    [
        ("Month: March 2019", date(2019, 3, 1), "month"),
        ("Saturday, March 16, 2019", date(2019, 3, 16), "day"),
        ("16 March 2019", date(2019, 3, 16), "day"),
        ("2019-03-16", date(2019, 3, 16), "day"),
    ],
)
def test_a_date_in_the_files_header_dates_every_article(header, day, precision):
    dump = titles_with_wider_gaps()
    split = split_document("\n".join([header, "", *dump.lines]))
    assert split.spans[0].kind == "header"
    assert split.spans[0].article is None
    assert [a.start_line for a in split.articles] == [line + 2 for line in dump.starts]
    assert {(a.published_on, a.published_precision) for a in split.articles} == {(day, precision)}
    assert all("line 1" in (a.published_evidence or "") for a in split.articles)


def test_a_date_header_dates_what_follows_until_the_next_one():
    lines: list[str] = []
    for day, stories in (("Monday, May 1, 2017", STORIES[:3]), ("Tuesday, May 2, 2017", STORIES[3:])):
        lines += [day, ""]
        for story in stories:
            lines += [story.title, "", *between(story.paragraphs), "", ""]
    articles = split_document("\n".join(lines)).articles
    assert [a.title for a in articles] == [story.title for story in STORIES]
    assert [a.published_on for a in articles] == [date(2017, 5, 1)] * 3 + [date(2017, 5, 2)] * 3


@pytest.mark.parametrize(
    ("path", "day", "precision"),
    [
        ("dumps/site_2020-07-09.txt", date(2020, 7, 9), "day"),
        ("site20200709.txt", date(2020, 7, 9), "day"),
        ("2020_07.txt", date(2020, 7, 1), "month"),
        ("site.txt", None, None),
    ],
)
def test_a_date_in_the_files_name_is_the_last_resort(path, day, precision):
    article = alone(HARBOUR.title, "", *between(HARBOUR.paragraphs), path=path)
    assert (article.published_on, article.published_precision) == (day, precision)


def test_dates_of_events_and_weekdays_are_no_dates_of_publication():
    event = "Friday, June 3, 2016. This is the day on which the old lock of the canal broke for the first time."
    assert alone(HARBOUR.title, "", event, "", *between(HARBOUR.paragraphs)).published_on is None


def test_a_dated_caption_gives_the_month_and_with_the_leads_weekday_the_day():
    caption = "Ships wait off the coast in this photo taken on Monday, May 4, 2015. (Example Pictures)"
    head = [HARBOUR.title, "", caption, caption, "QQ", "", HARBOUR.title, ""]
    article = alone(*head, *between(HARBOUR.paragraphs))
    assert (article.published_on, article.published_precision) == (date(2015, 5, 5), "day")
    undated = HARBOUR.paragraphs[0].replace(" on Tuesday", "")
    article = alone(*head, *between((undated, *HARBOUR.paragraphs[1:])))
    assert (article.published_on, article.published_precision) == (date(2015, 5, 1), "month")


@pytest.mark.parametrize(
    "text",
    [
        "[server]\nport = 8080\nhosts = a, b\n\n[client]\nretries = 3\n\n[log]\nlevel = info\nfile = out.log\n" * 5,
        "\n".join(f"{n}\t{n * n}\t{n % 7}" for n in range(300)),
        "def f(x):\n    return x + 1\n\n\nclass A:\n    y = 2\n\n    def g(self):\n        return self.y\n\n\n" * 10,
        "- apples\n- pears\n- plums\n\n" * 40,
    ],
)
def test_what_is_no_news_is_not_split_into_dozens(text):
    articles = split_document(text).articles
    assert len(articles) <= 1
    assert all(a.boundary_confidence < 0.5 for a in articles)


@pytest.mark.parametrize("text", ["", "\n", " \t\u00a0\u200b\n\r\n\r", "\n" * 100_000])
def test_nothing_gives_no_article(text):
    split = split_document(text)
    assert split.articles == ()
    assert sum(s.end_char - s.start_char for s in split.spans) == len(text)


def test_layout_is_named_and_sure_of_itself():
    assert doubled_near().split().layout == "doubled-title"
    assert digest().split().layout == "closing-marker"
    assert doubled_near().split().layout_confidence > 0.7


def test_lines_of_metadata_are_not_joined_however_long_they_are() -> None:
    titles = ["The council of a small harbour town argues all night about one lamp", "Fishermen find a bell"]
    blocks = [
        f"Headline: {title}\nSource: {source}\nDate: {day} March 2026\n\n{_wrapped(story)}"
        for day, (title, source, story) in enumerate(
            zip(titles * 2, ("Harbour Gazette", "Quay Courier") * 2, STORIES[:4], strict=True), 3
        )
    ]
    articles = split_document("\n\n".join(blocks)).articles
    assert [a.title for a in articles] == titles * 2
    assert [a.publisher for a in articles] == ["Harbour Gazette", "Quay Courier"] * 2


def _wrapped(story: Story) -> str:
    return "\n\n".join(textwrap.fill(p, 76) for p in story.paragraphs) + "\n"


WRAPPED = """The mayor said on Tuesday that the lamp at the end of the pier would be lit
again before the autumn storms, and that the money for the oil had been found
in a drawer of the old customs house, where nobody had looked for many years.

Fishermen who had waited for the decision went out to sea in the evening, and
some of them said that they had never needed the lamp to find their way home.
"""


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        ("By Jo Example, Quay Courier", "Quay Courier"),
        ("By Jo Example, in the harbour", None),
    ],
)
def test_a_byline_can_name_the_publisher(head: str, publisher: str | None) -> None:
    text = f"Lamp on the Pier to Be Lit Again\n{head}\n3 March 2026\n\n{WRAPPED}"
    assert split_document(text).articles[0].publisher == publisher


def test_the_agency_of_a_dateline_is_the_publisher() -> None:
    text = f"Lamp on the Pier to Be Lit Again\n\nBERGEN, March 3 (Quay Courier) - {WRAPPED}"
    assert split_document(text).articles[0].publisher == "Quay Courier"


def test_a_dated_line_above_the_first_title_heads_the_file() -> None:
    items = ["\n\n".join((story.title, *story.paragraphs)) for story in STORIES]
    articles = split_document("QUAY COURIER / MARCH 2026\n\n" + "\n\nENDS\n\n".join(items) + "\n\nENDS\n").articles
    assert [a.title for a in articles] == [story.title for story in STORIES]
    assert {a.publisher for a in articles} == {"QUAY COURIER"}
    assert {str(a.published_on) for a in articles} == {"2026-03-01"}


HEADINGS = ("What happens next", "How it came to this", "Who pays for it", "A long wait ahead")


def with_headings(story: Story, k: int) -> list[str]:
    """The story with a heading in its middle."""
    return between((*story.paragraphs[:2], HEADINGS[k % len(HEADINGS)], *story.paragraphs[2:]))


@pytest.mark.parametrize("write", [lambda title: f"# {title}", str.upper], ids=["marks", "capitals"])
def test_titles_written_in_their_own_way_are_told_from_headings(write) -> None:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(write(story.title))
        dump.add("", *with_headings(story, k), "")
    split = dump.split()
    assert [article.start_line for article in split.articles] == dump.starts
    assert split.articles[0].title == write(STORIES[0].title).lstrip("# ")


LONG_HEADINGS = (
    "Port authority says the backlog will be cleared within days",
    "Geologists expect the lava to flow for at least a week",
    "Chess clubs in Chennai plan a parade for their champion",
    "Economists doubt that inflation will stay where it is now",
)


def with_long_headings(story: Story, k: int) -> list[str]:
    """The story with a heading in its middle that reads like a title."""
    return between((*story.paragraphs[:2], LONG_HEADINGS[k % len(LONG_HEADINGS)], *story.paragraphs[2:]))


@pytest.mark.parametrize("line", ["Published {} hours ago", "Harbour Times | {} May 2025", "By Ida Berg"])
def test_metadata_below_the_first_title_mark_all_titles(line: str) -> None:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(story.title)
        dump.add("", line.format(k + 2), "", *with_long_headings(story, k), "")
    assert [article.start_line for article in dump.split().articles] == dump.starts


def test_a_gap_that_only_starts_have_marks_them_all() -> None:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(story.title)
        dump.add("", *with_long_headings(story, k), "", "")
    assert [article.start_line for article in dump.split().articles] == dump.starts


@pytest.mark.parametrize("agency", ["AP", "dpa"])
def test_datelines_mark_bodies_that_stand_alone(agency: str) -> None:
    dump = Dump()
    for story, place in zip(STORIES, ("ROTTERDAM", "REYKJAVIK", "CHENNAI", "NAIROBI"), strict=False):
        dump.start(f"{place}, May 3 ({agency}) - {story.paragraphs[0]}")
        dump.add("", *between(story.paragraphs[1:]), "")
    assert [article.start_line for article in dump.split().articles] == dump.starts


def test_labels_below_a_text_start_no_article() -> None:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(story.title)
        dump.add(
            "", f"Author: {PEOPLE[k]}", "", f"Full text: {story.paragraphs[0]}", "", *between(story.paragraphs[1:])
        )
        dump.add(
            "", f"Title: {story.title}", "Publication title: Harbour Times", f"Publication date: May {k + 2}, 2025"
        )
        dump.add(f"Document ID: {k + 7}{k}4{k}9981")
        dump.end()
        dump.add("", "_" * 60, "")
    split = dump.split()
    assert [article.start_line for article in split.articles] == dump.starts
    assert [article.end_line for article in split.articles] == dump.ends
    assert [article.title for article in split.articles] == [story.title for story in STORIES]
    assert [article.published_on for article in split.articles] == [date(2025, 5, k + 2) for k in range(len(STORIES))]


PEOPLE = ("Anna Lund", "Karim Haddad", "Wei Chen", "Joy Otieno", "Lena Vos", "Rosa Quispe")
SECTIONS = ("World", None, "Business", "World", "World", "Business")


def test_an_article_starts_with_its_section_and_names_who_holds_its_rights() -> None:
    dump = Dump()
    for k, (story, section) in enumerate(zip(STORIES, SECTIONS, strict=True)):
        dump.start(section or story.title)
        dump.add(*([story.title] if section else []), PEOPLE[k], f"{k + 3}40 words", f"{k + 2} May 2025", "Le Phare")
        dump.add("LPHARE", "English", "© 2025 Le Phare. All Rights Reserved.", "", *between(story.paragraphs), "")
        dump.add(f"Document LPH0000020250{k}02el{k}1")
        dump.end()
        dump.add("", "")
    split = dump.split()
    assert [article.start_line for article in split.articles] == dump.starts
    assert [article.title for article in split.articles] == [story.title for story in STORIES]
    assert {article.publisher for article in split.articles} == {"Le Phare"}


MENU = ("Home", "World", "Business", "Sport", "Culture", "Opinion", "Weather", "Subscribe", "Sign in")


def test_whole_pages_with_consent_boxes_and_teasers() -> None:
    consent = "We and our partners use cookies to store information on your device and to improve our pages."
    letter = "Get the stories that matter in your inbox every morning, chosen by our editors."
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.add(consent, "Accept all", "Le Phare", *MENU, "", "Latest headlines")
        dump.add(*(RELATED[(k + j) % len(RELATED)] for j in range(3)), "", MENU[1 + k % 4])
        dump.start(story.title)
        dump.add("", f"May {k + 2}, 2025", "Share", "Save", "Copy link", "", *between(story.paragraphs[:2]), "")
        dump.add("Sign up for our newsletter", letter, "", *between(story.paragraphs[2:]))
        dump.end()
        dump.add("", "Most read", *(RELATED[(k + j) % len(RELATED)] for j in range(2, 5)))
        dump.add(
            "", "About us", "Contact", "Terms of use", "Privacy policy", "© 2025 Le Phare. All rights reserved.", ""
        )
    split = dump.split()
    assert [article.start_line for article in split.articles] == dump.starts
    assert [article.end_line for article in split.articles] == dump.ends
    assert {article.publisher for article in split.articles} == {"Le Phare"}
    assert all(consent not in article.body and letter not in article.body for article in split.articles)


def test_a_line_between_the_copies_of_a_title_is_no_standfirst() -> None:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(story.title)
        dump.add("", f"{PEOPLE[k]} on the steps of the town hall", "", story.title, "", *between(story.paragraphs), "")
    split = dump.split()
    assert [article.start_line for article in split.articles] == dump.starts
    assert [article.standfirst for article in split.articles] == [None] * len(STORIES)


def test_reprints_make_no_markers() -> None:
    """Titles that recur because their articles do are titles still."""
    dump = Dump()
    for turn in range(4):
        for story in STORIES[turn:] + STORIES[:turn]:
            dump.start(story.title)
            dump.add("", *between(story.paragraphs), "")
    split = dump.split()
    assert [article.start_line for article in split.articles] == dump.starts
    assert all(article.title for article in split.articles)


@pytest.mark.parametrize("gap", [1, 2])
def test_a_reprint_right_below_its_original_is_an_article_of_its_own(gap: int) -> None:
    dump = Dump()
    for story, author in ((HARBOUR, "Ida Berg"), (VOLCANO, "Jon Aas"), (VOLCANO, "Eva Lind"), (CHESS, "Tom Ray")):
        dump.start(story.title)
        dump.add("", f"By {author}", "", *between(story.paragraphs), *[""] * gap)
    assert [article.start_line for article in dump.split().articles] == dump.starts


def test_recipes_are_no_news() -> None:
    lines = []
    for dish, cook in zip(("Leek soup", "Plum tart", "Rye bread", "Pear jam"), PEOPLE, strict=False):
        lines += [f"{dish} for Sunday", "", f"From the kitchen of {cook}", "", "2 eggs", "300 g flour", "1 lemon", ""]
        lines += ["Stir the flour into the eggs and leave it to rest until the oven is hot enough for a cake.", ""]
        lines += ["Bake until a skewer comes out clean, and eat it while it is warm, with butter or with cream.", ""]
    assert split_document("\n".join(lines)).layout == "no-news"


def test_underlined_titles_are_told_from_headings() -> None:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(story.title)
        dump.add("=" * len(story.title), "", *with_long_headings(story, k), "")
    assert [article.start_line for article in dump.split().articles] == dump.starts


def test_an_underlined_title_stands_above_its_standfirst_on_pages() -> None:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.add(*MENU, "", "Most read", *(RELATED[(k + j) % len(RELATED)] for j in range(3)), "")
        dump.start(story.title[:40])
        dump.add("-" * 40, "", story.title, "", "Share", "Copy link", "", *between(story.paragraphs), "")
        dump.add("About us", "Contact", "Terms of use", "Privacy policy", "Imprint", "")
    assert [article.start_line for article in dump.split().articles] == dump.starts


def test_a_block_that_a_gap_closes_hangs_together_whatever_follows() -> None:
    """Behind some blocks the text goes on with a heading or a list, not with a paragraph."""
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(story.title)
        dump.add("", *between(story.paragraphs[:2]), "", "Elsewhere", "")
        dump.add(f"{PEOPLE[k]} pictured on Monday", RELATED[k % len(RELATED)], "")
        dump.add(*([HEADINGS[k % len(HEADINGS)], ""] if k % 2 else []), *between(story.paragraphs[2:]), "")
    split = dump.split()
    assert [article.start_line for article in split.articles] == dump.starts
    assert not any(title in article.body for title in RELATED for article in split.articles)
