"""Lines that their first words give away: notes of systems, links, buttons."""

import re

from pipelines.text.splitting.phrases import any_of
from pipelines.text.splitting.shapes import Shape
from pipelines.text.splitting.units import Unit

NOTE = re.compile(any_of("note_words"), re.IGNORECASE)
"""Opens a note that systems write above and below articles: 'Posted in Culture'."""
MAX_NOTE_WORDS = 15
LINK = re.compile(any_of("link_words"), re.IGNORECASE)
"""Opens a link: 'Read', 'More', 'Subscribe'."""
MAX_LINK_WORDS = 4
MAX_MARKER_WORDS = 8
_SHARE = re.compile(any_of("share_words"), re.IGNORECASE)
_BOX_BUTTON = re.compile(any_of("box_button_words"), re.IGNORECASE)


def is_note(unit: Unit, shape: Shape) -> bool:
    """Whether a line is a note: 'Posted in Culture', 'Tags: harbour, strike'."""
    return unit.words <= MAX_NOTE_WORDS and not shape.text and NOTE.match(unit.text) is not None


def is_share_button(unit: Unit) -> bool:
    """Whether a line is one of the buttons below a page's title."""
    return unit.words <= MAX_LINK_WORDS and unit.ends == "open" and _SHARE.match(unit.text) is not None


def is_box_button(unit: Unit, shape: Shape) -> bool:
    """Whether a short line is a box's title or button: 'Sign up to our newsletter', 'Accept all'."""
    return unit.words <= MAX_MARKER_WORDS and not shape.text and _BOX_BUTTON.match(unit.text) is not None
