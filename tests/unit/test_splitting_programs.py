"""Dumps as programs and people write them beyond the usual layouts: browsers for terminals, newsletters, archives."""

import textwrap

import pytest

from tests.unit.test_splitting import PEOPLE, STORIES, Dump, between

OUTLETS = ("Northern Courier", "Evening Echo", "Le Phare", "Metro World", "Harbour Mail", "La Gaceta")


def terminal_browser() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.add("   [1]Home [2]World [3]Sport [4]Weather", "")
        dump.start("   " + story.title)
        dump.add("", f"   By {PEOPLE[k]}", "")
        for paragraph in story.paragraphs:
            dump.add(*textwrap.wrap(paragraph, 72, initial_indent="   ", subsequent_indent="   "), "")
        dump.add("References", "", "   1. http://example.com/", "   2. http://example.com/world", "")
    return dump


def newsletter() -> Dump:
    dump = Dump()
    dump.add("MORNING BRIEFING", "Your daily summary of the news", "")
    for k, story in enumerate(STORIES):
        dump.start(f"{k + 1}. {story.title}")
        dump.add("", *between(story.paragraphs), "", f"Read the full story: https://example.com/{k * 7919:x}", "")
    return dump


def signed_below() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(story.title)
        dump.add("", *between(story.paragraphs), "", f"- {PEOPLE[k]}, {OUTLETS[k]}", "")
    return dump


def archive_with_spaced_labels() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.add("_" * 60, "")
        dump.start(f"Title: {story.title}")
        dump.add("", f"Publication info: {OUTLETS[k]} ; London [London] 0{k + 1} May 2018.", "")
        dump.add("Abstract: None available.", "", f"Full text: {story.paragraphs[0]}", "")
        dump.add(*between(story.paragraphs[1:]), "", f"Document ID: {2_000_000 + k * 977}", "")
    return dump


def rows_of_notes() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(story.title)
        dump.add(f"{PEOPLE[k]} | {k + 2} May 2022 | {k} comments", "", *between(story.paragraphs), "")
    return dump


def dated_titles() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(f"2023-05-{k + 10} | {story.title}")
        dump.add("", *between(story.paragraphs), "")
    return dump


def press_review() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(f"{' '.join(story.paragraphs[:2])} ({OUTLETS[k]})")
        dump.add("")
    return dump


def quoted_mail() -> Dump:
    dump = Dump()
    for story in STORIES:
        dump.start(f"> {story.title}")
        dump.add(">", *(line for paragraph in story.paragraphs for line in (f"> {paragraph}", ">")), "")
    return dump


def leftovers_of_html() -> Dump:
    dump = Dump()
    for story in STORIES:
        dump.start(f'<h2 class="title">{story.title}</h2>')
        dump.add(*(f"<p>{paragraph}</p>" for paragraph in story.paragraphs))
    return dump


def titles_in_small_letters() -> Dump:
    dump = Dump()
    for story in STORIES:
        dump.start(story.title.lower())
        dump.add("", *between(story.paragraphs), "")
    return dump


def small_letters_throughout() -> Dump:
    dump = titles_in_small_letters()
    dump.lines = [line.lower() for line in dump.lines]
    return dump


def names_of_sections_between() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        if k % 3 == 0:
            dump.add(("WORLD NEWS", "BUSINESS")[k // 3], "")
        dump.start(story.title)
        dump.add("", *between(story.paragraphs), "", "")
    return dump


LAYOUTS = (
    quoted_mail,
    leftovers_of_html,
    titles_in_small_letters,
    small_letters_throughout,
    names_of_sections_between,
    terminal_browser,
    newsletter,
    signed_below,
    archive_with_spaced_labels,
    rows_of_notes,
    dated_titles,
    press_review,
)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda f: f.__name__)
def test_articles_start_where_they_do(layout) -> None:
    dump = layout()
    assert [article.start_line for article in dump.split().articles] == dump.starts


def test_what_stands_around_an_article_is_no_text_of_it() -> None:
    bodies = [article.body for layout in (terminal_browser, signed_below) for article in layout().split().articles]
    assert not any(text in body for body in bodies for text in ("Home", "http", *OUTLETS))


@pytest.mark.parametrize("layout", [quoted_mail, leftovers_of_html], ids=lambda f: f.__name__)
def test_what_is_wrapped_around_lines_is_furniture(layout) -> None:
    split = layout().split()
    assert [article.title for article in split.articles] == [story.title for story in STORIES]
    assert [article.body for article in split.articles] == ["\n".join(story.paragraphs) for story in STORIES]
    assert "wrapper" in {span.rule for span in split.spans if span.kind == "furniture"}


def test_quoted_lines_in_a_file_that_is_not_quoted_stay_as_they_are() -> None:
    dump = Dump()
    for story in STORIES:
        dump.start(story.title)
        dump.add("", *between(story.paragraphs[:-1]), "", f"> {story.paragraphs[-1]}", "", "")
    assert [article.body.splitlines()[-1][:2] for article in dump.split().articles] == ["> "] * len(STORIES)


def test_the_name_of_a_section_belongs_to_no_article() -> None:
    split = names_of_sections_between().split()
    names = [span.start_line for span in split.spans if span.rule == "section"]
    assert len(names) == 1
    assert all(not article.start_line <= line <= article.end_line for article in split.articles for line in names)
