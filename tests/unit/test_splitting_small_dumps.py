"""Small dumps as people keep them: a handful of articles, set alike but for what is missing here and there."""

import pytest

from tests.unit.test_splitting import PEOPLE, RELATED, STORIES, Dump, between

OUTLETS = ("Northern Courier", "Evening Echo", "Le Phare", "Metro World", "Harbour Mail", "La Gaceta")
SITES = ("courier.example", "echo.example", "phare.example", "metro.example", "mail.example", "gaceta.example")


def cards() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(OUTLETS[k])
        dump.add(story.title, *[story.standfirst] * (k % 2), *[f"By {PEOPLE[k]}"] * (k != 3), f"May {k + 10}, 2024", "")
        dump.add(*between(story.paragraphs), "")
    return dump


def reading_mode() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(SITES[k])
        dump.add(story.title, *[PEOPLE[k]] * (k % 3 > 0), f"{k + 2}-{k + 5} minutes", "")
        dump.add(*between(story.paragraphs), "")
    return dump


def kickers() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        kicker = ("Analysis", "World", "Analysis", "Interview", "Analysis", "World")[k]
        dump.start(kicker if k != 4 else story.title)
        dump.add(*[story.title] * (k != 4), f"By {PEOPLE[k]}", "", *between(story.paragraphs), "", "")
    return dump


def hours_below_titles() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(story.title)
        dump.add(f"{k + 8:02}:{k * 7 + 5:02}", "", *between(story.paragraphs), "")
    return dump


def blog_with_notes_below() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(story.title)
        dump.add("", *between(story.paragraphs), "", f"Posted by {PEOPLE[k % 2]} at 0{k + 1}:1{k}")
        dump.add(*[f"{k + 2} comments:"] * (k != 1), *["Labels: harbour"] * (k % 2), "", "")
    return dump


def links_below() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(story.title)
        dump.add("", *between(story.paragraphs), "")
        dump.add("Also on this subject", *RELATED[k : k + 2], "", "")
    return dump


def translations() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(story.title)
        dump.add(f"1{k}.06.2019 12:3{k}", *[f"Subject: {('Ports', 'Money')[k % 2]}"] * (k != 2), "")
        dump.add(*between(story.paragraphs), "", *["Translated by a machine."] * (k != 4), f"Source: {OUTLETS[k]}", "")
    return dump


def labels_of_another_language() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(f"Overskrift: {story.title}")
        dump.add(f"Avis: {OUTLETS[k]}", f"Dato: 1{k}.05.2021", *[f"Skribent: {PEOPLE[k]}"] * (k % 2))
        dump.add(f"Tekst: {story.paragraphs[0]}", *story.paragraphs[1:], "")
    return dump


def conversations() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(story.title)
        dump.add(f"Broadcast May {k + 10}, 2022", "")
        for i, paragraph in enumerate(story.paragraphs):
            dump.add(f"{('PRESENTER', 'MEYER')[i % 2]}: {paragraph}", "")
        dump.add(*["[MUSIC]", ""] * (k % 2))
    return dump


def posts() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start("Coastal Report")
        dump.add(f"{k + 2} h", *story.paragraphs[:3], *["See more"] * (k == 2), f"Like · Reply · {k + 9} shares", "")
    return dump


def dated_cards() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(f"1{k}/05/2021 0{k}:30")
        dump.add(OUTLETS[k], story.title, "", *story.paragraphs, "")
    return dump


def press_releases() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start("FOR IMMEDIATE RELEASE" if k != 2 else f"May {k + 10}, 2021")
        dump.add(*[f"May {k + 10}, 2021"] * (k != 2), f"Contact: {PEOPLE[k]}, 555-01{k}4", "", story.title, "")
        dump.add(*between(story.paragraphs), "", "###", "")
    return dump


def bulletins() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start("NORTH SEA BULLETIN")
        dump.add(f"May {k + 10}, 2021", story.title, *[""] * (k % 2), *between(story.paragraphs), "", "")
    return dump


def chat_with_answers() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(f"[1{k}/08/2023, 0{k}:12:4{k}] {PEOPLE[k]}: https://{SITES[k]}/{story.title.split()[0].lower()}")
        dump.add(story.title, *story.paragraphs)
        dump.add(*[f"[1{k}/08/2023, 0{k}:30:0{k}] Ida: Who else has this?"] * (k % 2))
    return dump


def captions_twice() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(story.title)
        dump.add(*["Ships wait off the coast [EPA]"] * 2, story.title, *["AFP"] * (2 * (k % 2)))
        dump.add(*between(story.paragraphs[:2]), *["© AP"] * (2 * (k % 3 == 0)), *between(story.paragraphs[2:]), "")
    return dump


def publishers_below_titles() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(story.title)
        dump.add(*[PEOPLE[k]] * (k % 2), f"{k + 2} hours ago", OUTLETS[k], "", *between(story.paragraphs), "", "")
    return dump


def publishers_beside_dates() -> Dump:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(story.title)
        dump.add(f"{OUTLETS[k]}, May {k + 10}, 2024", "", *between(story.paragraphs), "", "")
    return dump


LAYOUTS = (
    captions_twice,
    cards, reading_mode, kickers, hours_below_titles, blog_with_notes_below, links_below, translations,
    labels_of_another_language, conversations, dated_cards, press_releases, bulletins, chat_with_answers,
)  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda f: f.__name__)
def test_articles_start_with_the_first_line_of_their_head(layout) -> None:
    dump = layout()
    articles = dump.split().articles
    assert [article.start_line for article in articles] == dump.starts
    assert [article.title for article in articles] == [story.title for story in STORIES]


def test_articles_without_titles_start_with_what_recurs_above_them() -> None:
    dump = posts()
    assert [article.start_line for article in dump.split().articles] == dump.starts


def test_labels_whose_words_are_unknown_are_told_by_their_values() -> None:
    articles = labels_of_another_language().split().articles
    assert [article.publisher for article in articles] == list(OUTLETS)
    assert [article.body for article in articles] == ["\n".join(story.paragraphs) for story in STORIES]


def test_what_people_say_in_a_conversation_is_text() -> None:
    bodies = [article.body.splitlines() for article in conversations().split().articles]
    assert all(len(body) == len(story.paragraphs) for body, story in zip(bodies, STORIES, strict=True))
    assert all(line.startswith(("PRESENTER: ", "MEYER: ")) for body in bodies for line in body)


@pytest.mark.parametrize("nearer", [True, False])
def test_a_date_heads_what_follows_unless_it_stands_nearer_to_the_title(nearer: bool) -> None:
    dump = Dump()
    for k, story in enumerate(STORIES):
        add = (dump.add, dump.start)
        add[nearer](f"{k + 3} January 2022")
        dump.add(*[""] * (not nearer))
        add[not nearer](story.title)
        dump.add("", *between(story.paragraphs), "", "")
    assert [article.start_line for article in dump.split().articles] == dump.starts


def test_short_items_start_with_the_number_of_their_file() -> None:
    dump = Dump()
    dump.add("FROM THE COURTS", "")
    for k, story in enumerate(STORIES):
        dump.start(f"File {20 + k % 2}-AB-{k * 977 + 1204}")
        dump.add(*story.paragraphs[:2], "")
    assert [article.start_line for article in dump.split().articles] == dump.starts


def test_links_to_the_full_story_close_items_whoever_they_name() -> None:
    dump = Dump()
    dump.add("Evening briefing", "")
    for k, story in enumerate(STORIES):
        dump.start(story.paragraphs[0])
        dump.add("", story.paragraphs[1], "", f"Continue at {OUTLETS[k]} »", "")
    assert [article.start_line for article in dump.split().articles] == dump.starts


def test_what_a_page_opens_with_is_no_articles_head() -> None:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.add("Skip to content", "Menu", "Search", "Log in", "")
        dump.start(story.title)
        dump.add(f"By {PEOPLE[k]}", "", *between(story.paragraphs), "", "Most read", "Terms of use", "")
    assert [article.start_line for article in dump.split().articles] == dump.starts


def test_quotation_marks_around_a_fields_value_are_not_the_titles() -> None:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start("---")
        dump.add(f'title: "{story.title}"', f"date: 2021-05-1{k}", "---", *between(story.paragraphs), "")
    assert [article.title for article in dump.split().articles] == [story.title for story in STORIES]


def test_when_a_page_was_captured_is_not_when_it_was_published() -> None:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(f"URL: https://{SITES[k]}/{k}")
        dump.add(f"Captured: 2021-05-1{k}", "", story.title, f"{PEOPLE[k]}, Lima", *story.paragraphs, "")
    articles = dump.split().articles
    assert [article.start_line for article in articles] == dump.starts
    assert {(article.published_on, article.publisher) for article in articles} == {(None, None)}


def test_the_name_of_a_section_is_no_publisher() -> None:
    assert {article.publisher for article in kickers().split().articles} == {None}


def test_few_articles_leave_a_doubt_that_many_do_not() -> None:
    few, many = (Dump(), Dump())
    for dump, stories in ((few, STORIES[:3]), (many, STORIES)):
        for story in stories:
            dump.start(story.title)
            dump.add("", story.title, "", *between(story.paragraphs), "", "")
    assert len(few.split().articles) == 3
    assert few.split().layout_confidence < many.split().layout_confidence


def test_a_mail_sent_on_has_the_title_of_what_was_sent() -> None:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(f"From: {PEOPLE[k]}")
        dump.add(
            f"Sent: Monday, {k + 3} May 2021 10:0{k}", f"Subject: {('FW', 'Fwd', 'RE: FW')[k % 3]}: {story.title}", ""
        )
        dump.add(*between(story.paragraphs), "", "")
    articles = dump.split().articles
    assert [article.start_line for article in articles] == dump.starts
    assert [article.title for article in articles] == [story.title for story in STORIES]


@pytest.mark.parametrize("layout", [blog_with_notes_below, links_below], ids=lambda f: f.__name__)
def test_what_hangs_on_an_articles_last_marker_is_no_text(layout) -> None:
    articles = layout().split().articles
    assert [article.body for article in articles] == ["\n".join(story.paragraphs) for story in STORIES]


def test_titles_that_hang_on_a_marker_below_the_text_are_related() -> None:
    dump = links_below()
    related = {span.start_line for span in dump.split().spans if span.kind == "related"}
    assert related == {i for i, line in enumerate(dump.lines, 1) if line in RELATED}


@pytest.mark.parametrize(
    "layout",
    [cards, translations, dated_cards, publishers_below_titles, publishers_beside_dates],
    ids=lambda f: f.__name__,
)
def test_who_published_an_article_stands_in_its_head_or_below_it(layout) -> None:
    assert [article.publisher for article in layout().split().articles] == list(OUTLETS)


@pytest.mark.parametrize("label", ["Lue lisää", "Leggi anche"])
def test_links_that_a_label_opens_interrupt_articles_in_any_language(label: str) -> None:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(story.title)
        dump.add("", story.paragraphs[0], "", f"{label}: {RELATED[k % len(RELATED)]}", "")
        dump.add(*between(story.paragraphs[1:]), "")
    split = dump.split()
    assert [article.start_line for article in split.articles] == dump.starts
    assert not any(label in article.body for article in split.articles)


def test_items_of_an_alert_are_blocks_that_headlines_open() -> None:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(story.title)
        dump.add(OUTLETS[k], story.paragraphs[0], "")
    assert [article.start_line for article in dump.split().articles] == dump.starts


def test_pages_start_at_their_titles_though_lines_hang_on_their_menus() -> None:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.add("Sign in", "Subscribe", ("World", "Sport")[k % 2])
        dump.start(story.title)
        dump.add("", f"The harbour in a picture | {OUTLETS[k].upper()}", "", f"{k + 2:02} AUG 2016 - 21:1{k} CET", "")
        dump.add(*between(story.paragraphs), "", "You may like", *RELATED[:2], "Legal notice", "", "")
    articles = dump.split().articles
    assert [article.title for article in articles] == [story.title for story in STORIES]
    assert [str(article.published_on) for article in articles] == [f"2016-08-0{k + 2}" for k in range(len(STORIES))]


def test_the_last_field_of_a_record_opens_none() -> None:
    dump = Dump()
    for k, story in enumerate(STORIES):
        dump.start(f"- _id: {k * 7919:x}{k}")
        dump.add(f"  headline: {story.title}", f"  outlet: {OUTLETS[k]}", "  body: |")
        dump.add(*(f"    {paragraph}" for paragraph in story.paragraphs), *[f"  fetched: 2016-06-{k + 10}"] * (k % 2))
    articles = dump.split().articles
    assert [article.start_line for article in articles] == dump.starts
    assert [article.title for article in articles] == [story.title for story in STORIES]
