"""Dumps as programs and people write them beyond the usual layouts: browsers for terminals, newsletters, archives."""

import textwrap

import pytest

from pipelines.text.splitting import split_document
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


def dates_above_titles() -> Dump:
    """Titles and standfirsts are cut from the first sentence, as programs do."""
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.add(f"October {13 + k}, 2018" if k % 3 else f"{13 + k} October 2018", "")
        words = story.paragraphs[0].split()
        dump.start(" ".join(words[:10]))
        dump.add("", " ".join(words[:14]), "", *between(story.paragraphs[1:]), "")
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


def mail_thread() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(f"On Mon, May {k + 3}, 2021 at 0{k}:4{k}, {PEOPLE[k]} wrote:")
        dump.add(">", f"> {story.title}", ">", *(f"> {line}" for line in between(story.paragraphs)), "")
        dump.add(*["Thanks, filed.", ""] * (k % 2))
    return dump


def chat_export() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(f"{PEOPLE[k % 3]}  {k + 1}:0{k} {'AM' if k % 2 else 'PM'}")
        dump.add(*["for the file:"] * (k % 2), f"https://example.com/{k}", story.title, *between(story.paragraphs), "")
        dump.add(*["2 replies"] * (k % 3 == 1))
    return dump


def channel_export() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(story.title)
        dump.add("", *between(story.paragraphs), "", *["Subscribe to @harbourwatch"] * (k % 2))
        dump.add(*["t.me/harbourwatch"] * (k % 3 == 0), f"{k}4.{k}K views  1{k}:2{k}", *[""] * (k % 2))
    return dump


def files_one_after_another() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(f"==> 2023-11-{k + 10}_{story.title.split()[-1].lower()}.txt <==")
        dump.add(story.title, *[f"By {PEOPLE[k]}"] * (k % 2), *story.paragraphs, "")
    return dump


def front_matter() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start("---")
        dump.add(f"title: {story.title}", *[f"author: {PEOPLE[k]}"] * (k % 2), f"sitename: {OUTLETS[k]}")
        dump.add(f"date: 2016-10-{k + 11}", "---", *story.paragraphs, "")
    return dump


def front_matter_with_lists() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start("---")
        dump.add(
            f"title: {story.title}", f"source: https://example.com/{k * 7919:x}", "author:", f"  - [[{PEOPLE[k]}]]"
        )
        dump.add(f"published: 2016-10-{k + 11}", "description:", "tags:", "  - clippings", "---")
        dump.add(*between(story.paragraphs), "", "")
    return dump


def lines_with_their_source_in_brackets() -> Dump:
    """Some are sentences, some are longer, and gaps mean nothing."""
    dump = Dump()
    dump.add("This week in brief", "")
    for k, story in enumerate((*STORIES, *STORIES[::-1])):
        text = (
            story.paragraphs[k // len(STORIES)] if k % 3 else story.paragraphs[k // len(STORIES)].split(". ")[0] + "."
        )
        dump.start(f"{'•–'[k % 2]} {text} [{OUTLETS[k % len(OUTLETS)]}]")
        dump.add(*[""] * (k % 2))
    return dump


def fields_below_the_text() -> Dump:
    """As programs for notes write them: the fields of a note close it."""
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(story.title)
        dump.add("", *between(story.paragraphs), "", f"id: {k * 7919 + 100_003:x}", f"parent: {k * 104_729 + 7:x}")
        dump.add(f"created: 2019-03-{k + 11}T10:22:02Z", "type: 1", "")
    return dump


def notes_with_addresses_below() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(story.title)
        dump.add(f"{PEOPLE[k]}, May {k + 4}, 2019", "", *between(story.paragraphs), "")
        dump.add(f"This text was saved by a program from https://example.com/{k * 7919:x}/", "")
        dump.add("| Next | Section menu | Main menu | Previous |", "")
    return dump


def readers_view() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(f"{OUTLETS[k].casefold().replace(' ', '')}.com")
        dump.add(story.title, "", PEOPLE[k], f"{k + 2}-{k + 3} minutes", "", *between(story.paragraphs), "", "")
    return dump


def sources_above_titles() -> Dump:
    dump = Dump()
    for k, story in enumerate((*STORIES, *STORIES[::-1])):
        dump.start(OUTLETS[k % 4].upper())
        half = story.paragraphs[: 2 if k < len(STORIES) else None]
        dump.add(story.title if k < len(STORIES) else story.paragraphs[1].split(".")[0], "", *between(half), "", "")
    return dump


def labels_in_small_letters() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(f"al-masdar: {OUTLETS[k]}")
        dump.add(f"al-unwan: {story.title}", f"al-tarikh: {k + 11}/07/2019", "al-nass:", *story.paragraphs, "")
    return dump


def names_of_sections_before_titles() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(f"{('WORLD', 'SCIENCE')[k % 2]}: {story.title}")
        dump.add("", *between(story.paragraphs), "")
    return dump


def indented_paragraphs() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(story.title)
        dump.add(*[f"1{k} December 2021"] * (k % 2), *(f"\t{paragraph}" for paragraph in story.paragraphs))
        dump.add(*["\tWhat the neighbours say"] * (k % 3 == 0), f"\t{story.standfirst}")
    return dump


def narrow_columns() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(story.title.upper())
        for paragraph in story.paragraphs:
            dump.add(*textwrap.wrap(paragraph, 42, initial_indent="  "))
        dump.add("---" * (k + 1 < len(STORIES)))
    return dump


def pages_of_a_wiki() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(f"== {story.title} ==")
        dump.add(f"''{OUTLETS[k]}, {k + 11} October 2016''", "", *between(story.paragraphs), "")
    return dump


def typeset_press_review() -> Dump:
    dump = Dump()
    dump.add(r"\documentclass{article}", r"\begin{document}", "")
    for k, story in enumerate(STORIES):
        dump.start(rf"\section{{{story.title}}}")
        dump.add(rf"\textit{{{OUTLETS[k]}, {k + 11} October 2016}}", "", *between(story.paragraphs), "")
    dump.add(r"\end{document}")
    return dump


def outlines_with_drawers() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(f"* {story.title}")
        dump.add(":PROPERTIES:", f":CREATED: [2016-10-{k + 11} Tue]", f":URL: https://example.com/{k * 7919}", ":END:")
        for paragraph in story.paragraphs:
            dump.add(*textwrap.wrap(paragraph, 80), "")
    return dump


def front_matter_with_equals_signs() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start("+++")
        dump.add(f'title = "{story.title}"', f"date = 2016-10-{k + 11}", f'source = "{OUTLETS[k]}"', "+++", "")
        dump.add(*between(story.paragraphs), "")
    return dump


def references() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start("TY  - NEWS")
        dump.add(f"TI  - {story.title}", f"AU  - {PEOPLE[k]}", f"T2  - {OUTLETS[k]}", "PY  - 2016")
        dump.add(f"DA  - 2016/10/{k + 11}/", f"N2  - {' '.join(story.paragraphs)}", "ER  - ", "")
    return dump


WRITTEN_BY_PROGRAMS = (
    pages_of_a_wiki,
    typeset_press_review,
    outlines_with_drawers,
    front_matter_with_equals_signs,
    references,
)
LAYOUTS = (
    *WRITTEN_BY_PROGRAMS,
    mail_thread,
    chat_export,
    channel_export,
    files_one_after_another,
    labels_in_small_letters,
    names_of_sections_before_titles,
    indented_paragraphs,
    narrow_columns,
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
    dates_above_titles,
    fields_below_the_text,
    notes_with_addresses_below,
    readers_view,
    sources_above_titles,
    lines_with_their_source_in_brackets,
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


@pytest.mark.parametrize("layout", [front_matter, front_matter_with_lists], ids=lambda f: f.__name__)
def test_front_matter_belongs_to_the_article_below_it(layout) -> None:
    dump = layout()
    articles = dump.split().articles
    assert [article.start_line for article in articles] == dump.starts
    assert [article.title for article in articles] == [story.title for story in STORIES]
    assert [str(article.published_on) for article in articles] == [f"2016-10-{k + 11}" for k in range(len(STORIES))]
    assert not any("---" in article.body for article in articles)


@pytest.mark.parametrize("layout", WRITTEN_BY_PROGRAMS, ids=lambda f: f.__name__)
def test_fields_are_read_however_programs_write_them(layout) -> None:
    articles = layout().split().articles
    assert [article.title for article in articles] == [story.title for story in STORIES]
    assert [str(article.published_on) for article in articles] == [f"2016-10-{k + 11}" for k in range(len(STORIES))]
    if layout is not outlines_with_drawers:
        assert [article.publisher for article in articles] == list(OUTLETS[: len(STORIES)])


def test_a_stamp_is_no_title() -> None:
    articles = files_one_after_another().split().articles
    assert [article.title for article in articles] == [story.title for story in STORIES]


def test_lines_that_end_every_record_are_no_text() -> None:
    assert not any("views" in article.body for article in channel_export().split().articles)


@pytest.mark.parametrize(
    ("line", "day", "precision"),
    [
        ("31-MAR-2021", "2021-03-31", "day"),
        ("21-Apr-21", "2021-04-21", "day"),
        ("samedi 18 mars 2023", "2023-03-18", "day"),
        ("18. März 2023", "2023-03-18", "day"),
        ("12 de mayo de 2021", "2021-05-12", "day"),
        ("03.04.2019", "2019-04-03", "day"),
        ("September 30, 2019 15:29 ET", "2019-09-30", "day"),
        ("03/04/2019", "2019-01-01", "year"),
        ("13/04/2019", "2019-04-13", "day"),
        ("04/13/2019", "2019-04-13", "day"),
    ],
)
def test_dates_below_the_title_however_they_are_written(line: str, day: str, precision: str) -> None:
    text = "\n".join([STORIES[0].title, line, "", *between(STORIES[0].paragraphs)])
    (article,) = split_document(text).articles
    assert (str(article.published_on), article.published_precision) == (day, precision)


@pytest.mark.parametrize(("other", "days"), [("25/12/2019", "2019-04-03"), ("12/25/2019", "2019-03-04")])
def test_a_files_other_dates_tell_which_figure_is_the_day(other: str, days: str) -> None:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(story.title)
        dump.add(other if k == 3 else "03/04/2019", "", *between(story.paragraphs), "", "")
    assert [str(article.published_on) for article in dump.split().articles].count(days) == len(STORIES) - 1
