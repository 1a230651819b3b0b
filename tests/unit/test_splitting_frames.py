"""What a file writes around its titles, number, source, date, author, is no part of them, but tells date and source."""

import pytest

from pipelines.text.splitting import split_document
from pipelines.text.splitting.frames import frames, source_in
from tests.unit.test_splitting import PEOPLE, STORIES, Dump, between
from tests.unit.test_splitting_programs import OUTLETS

TITLES = [story.title for story in STORIES]


def cut(titles: list[str]) -> list[str]:
    return [
        title[frame.before : len(title) - frame.behind] for title, frame in zip(titles, frames(titles), strict=True)
    ]


@pytest.mark.parametrize(
    "written",
    [
        "{n}. {title}",
        "[{n}] {title}",
        "1.{n} {title}",
        "{day} — {title}",
        "Episode {n}: {title}",
        "{outlet}: {title}",
        "{title} [{outlet}, July {n}, 2016]",
        "{title} ({outlet}, p. {n})",
        "{title} – {outlet}",
        "{title} via {outlet}",
        "{title} — by {author}",
        "{title} - {day}.05.2016",
        "{n}. {outlet}: {title} (3 May 2016)",
        "* {title}",
        "== {title} ==",
        "\\section{{{title}}}",
        "[0{n}/05/2016, 07:1{n}:03] {author}: {title}",
        "1{n}.05.2016 19:4{n} {author}: *{title}*",
    ],
)
def test_what_most_titles_have_around_them_is_cut(written: str) -> None:
    titles = [
        written.format(n=n, day=(n * 11) % 28 + 1, title=title, outlet=OUTLETS[n - 1], author=PEOPLE[n - 1])
        for n, title in enumerate(TITLES, 1)
    ]
    assert cut(titles) == TITLES


@pytest.mark.parametrize(
    "titles",
    [
        TITLES,
        ["12 ships wait off the coast", *TITLES[1:]],
        ["Minister: pilots must return", "Mayor: flats are safe", "Court: ban was wrong"],
        ["10 ways to cook rice", "7 dead in landslide", "3 held after robbery", "25 years of solitude"],
        ["Pilots return (video)", "Volcano stirs (live)", "Bank holds rates (updated)"],
        ["Ghent – a city waits", "Chennai – a city celebrates", "Lima – a city vaccinates"],
        ["2001", "2002", "2003"],
    ],
)
def test_titles_of_their_own_stay_whole(titles: list[str]) -> None:
    assert cut(titles) == titles


@pytest.mark.parametrize(
    ("framing", "source"),
    [
        ("(Northern Courier, p. 4)", "Northern Courier"),
        ("[Northern Courier, July 3, 2016]", "Northern Courier"),
        (" via Northern Courier", "Northern Courier"),
        ("12. ", None),
        ("1.2", None),
    ],
)
def test_a_source_is_what_stands_beside_date_and_page(framing: str, source: str | None) -> None:
    assert source_in(framing) == source


def test_date_and_source_around_the_title_are_the_articles() -> None:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(f"{story.title} [Northern Courier, July {k + 3}, 2016]")
        dump.add("", *between(story.paragraphs), "", "")
    articles = split_document("\n".join(dump.lines)).articles
    assert [article.title for article in articles] == TITLES
    assert {article.publisher for article in articles} == {"Northern Courier"}
    assert [str(article.published_on) for article in articles] == [f"2016-07-0{k + 3}" for k in range(len(STORIES))]
