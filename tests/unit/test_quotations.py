"""Quotations: which words stand between marks, what is reported without, and who speaks."""

import re
import time
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.article_text import ArticleText, Segment
from pipelines.text.resolution.quotations import CueVerbs, NamedMention, Quotation, find_quotations
from pipelines.text.resolution.quotations.marks import quoted_stretches

FOLDER = Path(__file__).parents[2] / "models" / "quotations"
PERSONS = ("Ana Ruiz", "Ruiz", "Tom Hale", "Hale", "Olga Petrova", "Petrova", "Lena Moss")
BODIES = ("Port Authority", "Harbour Wire", "Fisheries Ministry", "Moscow")


@cache
def verbs() -> CueVerbs:
    return CueVerbs.load(FOLDER)


def article(*paragraphs: str, title: str | None = None, offset: int = 7) -> ArticleText:
    segments = []
    start = offset
    for number, text in enumerate(([title] if title else []) + list(paragraphs)):
        zone = "title" if title and not number else "body"
        paragraph = 0 if zone == "title" else number + (0 if title else 1)
        segments.append(Segment(zone=zone, paragraph=paragraph, start_char=start, text=text))
        start += len(text) + 2
    return ArticleText(article_id="a", segments=tuple(segments))


def mentions(text: ArticleText) -> list[NamedMention]:
    found = []
    for segment in text.segments:
        taken: list[range] = []
        for name in (*PERSONS, *BODIES):
            for m in re.finditer(rf"\b{name}\b", segment.text):
                if any(m.start() in t for t in taken):
                    continue
                taken.append(range(*m.span()))
                label = "PERSON" if name in PERSONS else "GPE" if name == "Moscow" else "ORG"
                at = segment.start_char + m.start()
                found.append(NamedMention(key=name.split()[-1], label=label, start_char=at, end_char=at + len(name)))
    return found


def quotations(*paragraphs: str, title: str | None = None) -> list[Quotation]:
    text = article(*paragraphs, title=title)
    return find_quotations(text, mentions(text), verbs())


def named(found: Quotation, *paragraphs: str) -> str | None:
    """The words of the mention that the speaker was traced to."""
    whole = " " * 7 + "  ".join(paragraphs)
    return None if found.mention_start_char is None else whole[found.mention_start_char : found.mention_end_char]


# marks


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“We go,” she said.", ["We go,"]),
        ('"We go," she said. "Now."', ["We go,", "Now."]),
        ("«We go», she said.", ["We go"]),
        ("« We go », she said.", [" We go "]),
        ("„We go“, she said.", ["We go"]),
        ("‘We go,’ she said.", ["We go,"]),
        ("'We go,' she said.", ["We go,"]),
        ("``We go,'' she said.", ["We go,"]),
        ("‘I don’t know the workers’ answer,’ she said.", ["I don’t know the workers’ answer,"]),
        ("'It isn't ours and it wasn't theirs,' she said.", ["It isn't ours and it wasn't theirs,"]),
        ("The workers' union met the '90s crowd at the ministers' club.", []),
        ("Rock ’n’ roll isn’t the mayor’s.", []),
        ("“He told me ‘never again’ and left,” she said.", ["He told me ‘never again’ and left,"]),
        ("‘He told me “never again” and left,’ she said.", ["He told me “never again” and left,"]),
        ("“We go. We stay," , ["We go. We stay,"]),
        ('The board is 12" wide and the pole 6\'2" tall.', []),
        ('He called it "late" and "dear".', ["late", "dear"]),
        ("(“We go,” she said.)", ["We go,"]),
        ("Prices rose—“too fast,” she said.", ["too fast,"]),
        ("”We go,” she said.", ["We go,"]),
        ("A mark “ ” with nothing.", []),
    ],
)  # fmt: skip
def test_marks_of_all_styles(text: str, inside: list[str]) -> None:
    assert [text[q.start : q.end] for q in quoted_stretches(text)] == inside


@given(st.text(alphabet="ab .,'\"“”‘’«»„?\n", max_size=80))
def test_stretches_lie_apart_and_inside_the_text(text: str) -> None:
    last = 0
    for q in quoted_stretches(text):
        assert last <= q.outer_start < q.start <= q.end <= q.outer_end <= len(text)
        assert text[q.start : q.end].strip()
        last = q.outer_end


@pytest.mark.parametrize("piece", ["'a ", "“a ", '"a ', "workers’ ", "‘a’s “", "said “", '"said "'])
def test_time_is_linear_in_the_length(piece: str) -> None:
    def seconds(times: int) -> float:
        start = time.process_time()
        quotations(piece * times)
        return time.process_time() - start

    seconds(100)
    assert seconds(6_000) < 4 * seconds(3_000) + 1


@pytest.mark.parametrize("piece", ["said ", "he said ", "“x y z,” said ", '"said said" said ', "said, "])
def test_verbs_without_an_end_cost_no_more_than_other_words(piece: str) -> None:
    times = 50_000 // len(piece)
    start = time.process_time()
    quotations("word " * 10_000)
    plain = time.process_time() - start
    start = time.process_time()
    quotations(piece * times)
    assert time.process_time() - start < 40 * plain + 0.5


# speakers


@pytest.mark.parametrize(
    ("paragraph", "verb", "speaker", "mention"),
    [
        ("“The quay is closed,” said Ana Ruiz.", "said", "Ana Ruiz", "Ana Ruiz"),
        ("“The quay is closed,” Ana Ruiz said on Monday.", "said", "Ana Ruiz", "Ana Ruiz"),
        ("“The quay is closed,” said engineer Ana Ruiz, who runs it.", "said", "Ana Ruiz", "Ana Ruiz"),
        ("“The quay is closed,” said Rep. Ana Ruiz, D-Bridgeton.", "said", "Ana Ruiz", "Ana Ruiz"),
        ("“The quay is closed,” said the harbour master, Ana Ruiz.", "said", "Ana Ruiz", "Ana Ruiz"),
        ("Ana Ruiz, who runs the quay, said: “The quay is closed.”", "said", "Ana Ruiz", "Ana Ruiz"),
        ("Ana Ruiz of the Port Authority said: “The quay is closed.”", "said", "Ana Ruiz", "Ana Ruiz"),
        ("The head of the Port Authority, Ana Ruiz, told us: “The quay is closed.”", "told", "Ana Ruiz", "Ana Ruiz"),
        ("Tom Hale asked Ana Ruiz about it. “The quay is closed,” she said.", "said", "she", "Tom Hale"),
        ("Ana Ruiz looked up. “The quay is closed,” she said.", "said", "she", "Ana Ruiz"),
        ("“The quay is closed,” the Port Authority announced.", "announced", "Port Authority", "Port Authority"),
        ("“The quay is closed,” said a spokesman for the Port Authority.", "said", "a spokesman for the Port Authority",
         "Port Authority"),
        ("A spokeswoman for the Port Authority said: “The quay is closed.”", "said",
         "A spokeswoman for the Port Authority", "Port Authority"),
        ("Officials in Moscow said: “The quay is closed.”", "said", "Officials in Moscow", None),
        ("“The quay is closed,” according to Ana Ruiz.", "according to", "Ana Ruiz", "Ana Ruiz"),
        ("Ana Ruiz visited the quay and said: “The quay is closed.”", "said", "Ana Ruiz", "Ana Ruiz"),
        ("Ana Ruiz wept, adding: “The quay is closed.”", "adding", "Ana Ruiz", "Ana Ruiz"),
        ("ANA left. ‘The quay is closed,’ said Tom Hale.", "said", "Tom Hale", "Tom Hale"),
        ("Tom Hale: “The quay is closed, and so is the bridge.”", None, "Tom Hale", "Tom Hale"),
    ],
)  # fmt: skip
def test_direct_speech_has_its_verb_and_speaker(
    paragraph: str, verb: str | None, speaker: str, mention: str | None
) -> None:
    found = next(q for q in quotations(paragraph) if q.kind == "direct")
    assert (found.verb, found.speaker) == (verb, speaker)
    assert found.surface.startswith("The quay is closed")
    assert named(found, paragraph) == mention


def test_a_role_means_the_person_who_was_named_with_it() -> None:
    paragraphs = ("Ana Ruiz, the harbour master, closed the quay.", "“It had to be,” the harbour master said.")
    (found,) = (q for q in quotations(*paragraphs) if q.kind == "direct")
    assert found.speaker == "the harbour master"
    assert named(found, *paragraphs) == "Ana Ruiz"


@pytest.mark.parametrize(
    ("paragraph", "text", "speaker"),
    [
        ("Ana Ruiz called the plan “clever but late” on Monday.", "clever but late", "Ana Ruiz"),
        ("Ana Ruiz said it had been a “long and cold night” for all.", "long and cold night", "Ana Ruiz"),
        ("It was, Ana Ruiz said, “no place for boats.”", "no place for boats.", "Ana Ruiz"),
        ("The Fisheries Ministry accused the owners of “hiding behind flags.”", "hiding behind flags.",
         "Fisheries Ministry"),
    ],
)  # fmt: skip
def test_words_in_marks_are_quoted_in_part(paragraph: str, text: str, speaker: str) -> None:
    (found,) = (q for q in quotations(paragraph) if q.kind != "indirect")
    assert (found.kind, found.surface, found.speaker) == ("partial", text, speaker)


@pytest.mark.parametrize(
    "paragraph",
    [
        "The film “A Night in Port” won the prize.",
        "The so-called “shadow fleet” left the port at dawn.",
        "The ‘blue wall’ is a row of painted houses.",
        "Ana Ruiz wrote a book entitled “The Last Ferry Home” in a year.",
    ],
)
def test_titles_and_doubtful_terms_are_no_quotations(paragraph: str) -> None:
    assert quotations(paragraph) == []


def test_parts_around_a_verb_are_one_utterance() -> None:
    found = quotations("“The quay,” Ana Ruiz said, “is closed for good.” “So is the bridge,” Tom Hale said.")
    assert [q.utterance for q in found] == [1, 1, 2]
    assert [q.speaker for q in found] == ["Ana Ruiz", "Ana Ruiz", "Tom Hale"]


def test_speech_goes_on_in_the_next_sentence_and_paragraph() -> None:
    found = quotations(
        "“The quay is closed,” said Ana Ruiz. “It will stay closed until the spring.",
        "“Nobody may moor here. Not even my brother.",
        "“That is all I have to say about it.”",
        "The rain had stopped.",
    )
    assert len(found) == 4
    assert {q.utterance for q in found} == {1}
    assert {q.speaker for q in found} == {"Ana Ruiz"}
    assert [q.speaker_evidence for q in found] == ["name", "continued", "continued", "continued"]


def test_british_single_quotes_in_several_sentences() -> None:
    found = quotations(
        "‘I haven’t seen the owners’ boats since May,’ said Tom Hale. ‘They’re gone, aren’t they?’ He shrugged."
    )
    assert [q.surface for q in found] == ["I haven’t seen the owners’ boats since May,", "They’re gone, aren’t they?"]
    assert {q.speaker for q in found} == {"Tom Hale"}


# indirect speech


@pytest.mark.parametrize(
    ("paragraph", "text", "verb", "speaker"),
    [
        ("Ana Ruiz said the quay was closed.", "the quay was closed", "said", "Ana Ruiz"),
        ("Ana Ruiz said on Monday that the quay was closed.", "the quay was closed", "said", "Ana Ruiz"),
        ("Ana Ruiz told reporters in the harbour that the quay was closed.", "the quay was closed", "told", "Ana Ruiz"),
        ("The quay was closed for good, Ana Ruiz said.", "The quay was closed for good", "said", "Ana Ruiz"),
        (
            "The quay was closed for good, said Ana Ruiz, an engineer.",
            "The quay was closed for good",
            "said",
            "Ana Ruiz",
        ),
        ("According to Ana Ruiz, the quay was closed.", "the quay was closed", "According to", "Ana Ruiz"),
        ("The quay was closed, according to Ana Ruiz.", "The quay was closed", "according to", "Ana Ruiz"),
        ("Ana Ruiz denied that the quay was closed.", "the quay was closed", "denied", "Ana Ruiz"),
        ("Ana Ruiz vowed to open the quay again.", "to open the quay again", "vowed", "Ana Ruiz"),
        ("The Port Authority warned that the quay could sink.", "the quay could sink", "warned", "Port Authority"),
        ("Fishermen say the quay is closed.", "the quay is closed", "say", "Fishermen"),
    ],
)
def test_indirect_speech(paragraph: str, text: str, verb: str, speaker: str) -> None:
    (found,) = quotations(paragraph)
    assert (found.kind, found.surface, found.verb, found.speaker) == ("indirect", text, verb, speaker)


@pytest.mark.parametrize(
    "paragraph",
    [
        "Ana Ruiz declined to say when the quay would open.",
        "Ana Ruiz was told that the quay was closed.",
        "Ana Ruiz announced a plan for the quay.",
        "Ana Ruiz denied any wrongdoing.",
        "The claims of the owners were heard, and the report was read.",
        "Ana Ruiz did not say a word about the quay.",
        "She added sugar.",
    ],
)
def test_what_is_not_reported_is_no_quotation(paragraph: str) -> None:
    assert quotations(paragraph) == []


# the whole


SAMPLE = st.lists(
    st.sampled_from(
        ["“The quay is closed,” ", "said ", "Ana Ruiz ", "he ", "that ", "the quay ", "was closed", ". ", ", ",
         "‘late’ ", "\n", '"No." ', "told ", "according to ", "Port Authority ", "calling it ",
         "”", "“", "’", "who ", "and "]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(st.lists(SAMPLE, min_size=1, max_size=4))
def test_every_row_stands_at_its_offsets(paragraphs: list[str]) -> None:
    text = article(*paragraphs)
    whole = " " * 7 + "  ".join(paragraphs)
    known = mentions(text)
    found = find_quotations(text, known, verbs())
    assert found == find_quotations(text, known[::-1], verbs())
    for number, q in enumerate(found, start=1):
        assert q.quotation == number
        assert q.surface
        assert whole[q.start_char : q.end_char] == q.surface
        if q.speaker is not None:
            assert whole[q.speaker_start_char : q.speaker_end_char] == q.speaker
        if q.mention_start_char is not None:
            assert (q.mention_start_char, q.mention_end_char) in {(m.start_char, m.end_char) for m in known}
    assert len({(q.start_char, q.end_char) for q in found}) == len(found)


def test_an_article_without_text_has_none() -> None:
    assert quotations() == []
    assert quotations("") == []


def test_every_cue_verb_has_forms_and_a_kind() -> None:
    kinds = verbs().kinds
    assert kinds["said"] == "clause"
    assert kinds["called"] == "naming"
    assert all(form.isalpha() and form == form.lower() for form in kinds)


def test_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cue_verbs.csv").write_text("lemma,forms,kind\nsay,says said,loud\n")
    with pytest.raises(ValueError, match="loud"):
        CueVerbs.load(tmp_path)
