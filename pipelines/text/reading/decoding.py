"""Bytes to text: which encoding, and what is no text at all.

The order is that of certainty: a byte-order mark, the zero bytes of UTF-16 and UTF-32 without one, valid UTF-8, nearly
valid UTF-8 (a dump joined from files of different encodings), and only then what a detector guesses from frequencies.
"""

import codecs
import json
import re
import unicodedata
from dataclasses import dataclass

BYTE_ORDER_MARKS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MAX_CONTROL_SHARE = 0.01
"""Share of control characters above which a content is binary: text dumps have none, save a stray one."""
MAX_STRAY_SHARE = 0.1
"""Share of invalid bytes among the non-ASCII ones up to which a content counts as UTF-8 with strays."""

_SAMPLE = 1 << 16
"""Bytes by which text in two or four bytes a character is known."""
_ZEROS = {
    # where in each four bytes those of ASCII are zero
    "utf-32-le": (False, True, True, True),
    "utf-32-be": (True, True, True, False),
    "utf-16-le": (False, True, False, True),
    "utf-16-be": (True, False, True, False),
}

_JSON_ESCAPE = re.compile(
    r"\\(?:u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})|u(?P<code>[0-9a-fA-F]{4})|.)"
)
_NO_BREAK_SPACE = 0xA0
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class NotTextError(ValueError):
    """The bytes are no text; the message is the reason, for people."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded content."""

    text: str
    encoding: str


def _stray_byte(error: UnicodeError) -> tuple[str, int]:
    """Decode a byte that is not UTF-8 as Windows-1252, the usual stray in Western dumps; nothing is lost."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(bytes([b]).decode("cp1252" if b not in _UNDEFINED_1252 else "latin-1") for b in bad), error.end


_UNDEFINED_1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")
codecs.register_error("dateline.windows-1252", _stray_byte)


def decode(data: bytes) -> Decoded:
    """Decode a content; a byte-order mark is dropped, letters are put for JSON's codes, nothing else is changed.

    Raises `NotTextError` when the content is binary.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return _text(data[len(mark) :].decode(encoding.removesuffix("-sig")), encoding)
            except UnicodeDecodeError:
                break  # the mark was chance: go on as if there were none
    if wide := _wide(data):
        # half a character at the end, which a tool leaves that adds a newline of one byte, is a stray one
        text = data.decode(wide, "dateline.windows-1252")
        return _text(text.removeprefix("\ufeff"), wide)
    try:
        return _text(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if b"\0" not in data and _stray_share(data) <= MAX_STRAY_SHARE:
        return _text(data.decode("utf-8", "dateline.windows-1252"), "utf-8 with windows-1252")
    return _guess(data)


def _without_escapes(text: str) -> str:
    r"""JSON whose letters beyond ASCII are not written as '\u2019': how a program wrote them is no part of the text.

    It is the same JSON still, line by line. Any other text comes back as it is.
    """
    if text[:100].lstrip()[:1] not in ("{", "[") or "\\u" not in text:
        return text
    try:
        value, _ = json.JSONDecoder(strict=False).raw_decode(text, len(text) - len(text.lstrip()))
    except (json.JSONDecodeError, RecursionError):
        return text
    # '[12] Pilots end their strike' begins with JSON, too
    has_object = any(isinstance(item, dict) for item in (value if isinstance(value, list) else [value]))
    return _JSON_ESCAPE.sub(_letter, text) if has_object else text


def _letter(escape: re.Match[str]) -> str:
    if escape["high"]:
        code = 0x10000 + ((int(escape["high"], 16) - 0xD800) << 10) + int(escape["low"], 16) - 0xDC00
    elif escape["code"]:
        code = int(escape["code"], 16)
    else:
        return escape[0]
    letter = chr(code)
    # quotation marks and what may end a line have to stay escaped, and half a letter is none
    return letter if code >= _NO_BREAK_SPACE and unicodedata.category(letter) not in ("Zl", "Zp", "Cs") else escape[0]


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 by where its zeros are; None where they are nowhere or anywhere, or the script is not Latin."""
    sample = data[:_SAMPLE]
    if b"\0" not in sample or len(sample) < 8:
        return None
    shares = [sample[i::4].count(0) / len(sample[i::4]) for i in range(4)]
    for encoding, zeros in _ZEROS.items():
        if all(share > 0.8 if zero else share < 0.02 for share, zero in zip(shares, zeros, strict=True)):
            return encoding
    return None


def _stray_share(data: bytes) -> float:
    """Share of the non-ASCII bytes that are no part of valid UTF-8."""
    high = len(data.translate(None, bytes(range(128))))
    valid = len(data.decode("utf-8", "ignore").encode().translate(None, bytes(range(128))))
    return (high - valid) / high


def _guess(data: bytes) -> Decoded:
    import chardet

    found = chardet.detect(data, prefer_superset=True, compat_names=False)
    encoding = found["encoding"] or "cp1252"
    # below this the detector's own statistics say nothing; Windows-1252 is the legacy encoding of English dumps
    if found["confidence"] < 0.05 and not encoding.startswith("utf"):
        encoding = "cp1252"
    for candidate in (encoding, "cp1252", "latin-1"):
        try:
            return _text(data.decode(candidate), codecs.lookup(candidate).name)
        except (UnicodeDecodeError, LookupError):
            continue
    raise AssertionError("latin-1 decodes every byte")


def _text(text: str, encoding: str) -> Decoded:
    if len(_CONTROL.findall(text)) > MAX_CONTROL_SHARE * len(text):
        raise NotTextError("binary: control characters where text should be")
    plain = _without_escapes(text)
    return Decoded(plain, encoding if plain is text else f"{encoding} in json")
