"""Bytes to text, whatever the encoding; and text that still carries the codes of an old font.

Nothing announces the encoding of a text file, so all that are possible are tried, and the one whose text is
the most Vietnamese is taken (:mod:`restore.language.health`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from restore.errors import InputError
from restore.language.health import (
    HEALTHY_BROKEN_SHARE,
    HEALTHY_MARKED_SHARE,
    LEGACY_MODERN_SHARE,
    LEGACY_SIGN_SHARE,
    Health,
    health,
)
from restore.language.legacy import LEGACY_ENCODINGS, from_legacy


class Decoded(NamedTuple):
    """A text and the encoding it was in.

    ``encoding`` is ``utf-8``, ``utf-8-sig``, ``utf-16-le``, ``utf-16-be``, ``utf-32-le``, ``utf-32-be``,
    ``windows-1258``, ``tcvn3``, ``vni``, ``viscii``, ``vps`` or ``windows-1252``; ``replaced`` counts the
    characters lost to single broken bytes (each is U+FFFD).
    """

    text: str
    encoding: str
    replaced: int = 0


# UTF-32 before UTF-16, whose mark in little-endian is the first half of its own.
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# What people rename to .txt, or drop among the texts.
_SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"PK\x03\x04", "ZIP, DOCX, XLSX"),
    (b"\xd0\xcf\x11\xe0", "DOC, XLS"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "GZIP"),
)
# Texts of UTF-8 with a byte lost here and there: at most one broken place in 1,000 characters, and at least
# one more than that many letters intact. Texts of any other encoding have one in ten.
_BROKEN_UTF8_SHARE = 0.001
# High bytes of UTF-16 in Vietnamese: Basic Latin, Latin Extended-A and -B, combining marks, Additional,
# punctuation.
_UTF16_HIGH = frozenset((0x00, 0x01, 0x03, 0x1E, 0x20))
_UTF16_SHARE = 0.97
# Control characters that text files do hold: tab, line feed, vertical tab, form feed, carriage return, and
# the Ctrl-Z of DOS.
_CONTROL_RE = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_UNPRINTABLE_RE = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f-\x9f\ufffe\uffff]")
_UNPRINTABLE_SHARE = 0.01
# NULs of a text, by hand: strings that end in NUL, as programs store them, have more; less text than this shows nothing.
_NUL_SHARE = 0.001
_LEAST_BESIDE_NUL = 20


def decode(data: bytes, path: str = "-") -> Decoded:
    r"""Decode the bytes of a text file.

    Args:
        data: the whole file.
        path: its name, for the error.

    Returns:
        The text as decoded: a byte order mark is taken off, nothing else is changed; line ends and normal
        form stay.

    Raises:
        InputError: the bytes are another kind of file (``text-is-binary``) or no text in any known encoding
            (``unreadable-text``).

    >>> decode("Độc lập".encode("utf-16"))
    Decoded(text='Độc lập', encoding='utf-16-le', replaced=0)
    >>> decode(b"C\xe9ng h\xdfa x\xb7 h\xe9i ch\xf1 ngh\xdca")
    Decoded(text='Cộng hòa xã hội chủ nghĩa', encoding='tcvn3', replaced=0)
    """
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise InputError("text-is-binary", path=path, kind=kind)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text, replaced = _decode_lossy(data[len(mark) :], encoding.removesuffix("-sig"))
            return Decoded(text, encoding, replaced)
    found = _decode_utf8(data) or _decode_utf16(data) or _decode_stray_nuls(data) or _decode_8_bit(data)
    if found is None:
        raise InputError("unreadable-text", path=path)
    return found


def _decode_lossy(data: bytes, encoding: str) -> tuple[str, int]:
    text = data.decode(encoding, errors="replace")
    return text, text.count("\ufffd")


def _decode_utf8(data: bytes) -> Decoded | None:
    try:
        text, replaced = data.decode("utf-8"), 0
    except UnicodeDecodeError:
        text, replaced = _decode_lossy(data, "utf-8")
        letters = sum(not c.isascii() for c in text)
        if replaced > max(1, _BROKEN_UTF8_SHARE * len(text)) or letters <= 2 * replaced:
            return None
    return None if _is_binary(text) else Decoded(text, "utf-8", replaced)


def _decode_utf16(data: bytes) -> Decoded | None:
    for encoding, high in (("utf-16-le", data[1::2]), ("utf-16-be", data[0::2])):
        if len(data) % 2 or not high or sum(byte in _UTF16_HIGH for byte in high) < _UTF16_SHARE * len(high):
            continue
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _is_binary(text):
            return Decoded(text, encoding)
    return None


def _is_binary(text: str) -> bool:
    """Whether control characters say that this is no text, any NUL among them: UTF-16 is asked first about those."""
    return "\0" in text or len(_CONTROL_RE.findall(text)) > _UNPRINTABLE_SHARE * len(text)


def _decode_stray_nuls(data: bytes) -> Decoded | None:
    """UTF-8 without a fault but for NULs here and there: what programs in C leave between the parts of a text.

    In other kinds of files NULs stand in rows, many, or among other control characters.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    nuls = text.count("\0")
    rare = nuls <= max(1, _NUL_SHARE * len(text)) and len(text) >= _LEAST_BESIDE_NUL
    is_text = rare and "\0\0" not in text and not _is_binary(text.replace("\0", ""))
    return Decoded(text, "utf-8") if is_text else None


def _decode_8_bit(data: bytes) -> Decoded | None:
    """The most Vietnamese reading, or Windows-1252 for a text that is no Vietnamese in any of them."""
    if b"\0" in data:
        return None
    readings = [
        (decoded, _merit(health(decoded.text), _MIN_ACCENTED_IN_BYTES)) for decoded in _readings(data)
    ]
    best, merit = max(readings, key=lambda reading: reading[1], default=(None, 0.0))
    if best is not None and merit > 0:
        return best
    latin = data.decode("cp1252", errors="replace")
    unreadable = len(_UNPRINTABLE_RE.findall(latin)) + latin.count("\ufffd")
    plausible = unreadable <= _UNPRINTABLE_SHARE * len(latin) and _is_mostly_ascii(latin)
    return Decoded(latin, "windows-1252", latin.count("\ufffd")) if plausible else None


def _readings(data: bytes) -> Iterator[Decoded]:
    """The bytes in each 8-bit encoding of Vietnamese, as far as they can be read in it."""
    with suppress(UnicodeDecodeError):
        yield Decoded(data.decode("cp1258"), "windows-1258")
    latin = data.decode("latin-1")
    for encoding in LEGACY_ENCODINGS:
        text = from_legacy(latin, encoding)
        if len(_UNPRINTABLE_RE.findall(text)) <= _UNPRINTABLE_SHARE * len(text):
            yield Decoded(text, encoding)


def _is_mostly_ascii(text: str) -> bool:
    """Whether most of a text is printable ASCII, as in any European language; random bytes have .37."""
    return sum(c.isascii() and (c.isprintable() or c.isspace()) for c in text) >= 0.6 * len(text)


# Least share of accented syllables among the words of a converted text. Vietnamese has .6 and more, other
# European languages run through the tables .2 at most. Bytes that are not UTF-8 are in some old encoding for
# certain, so fragments of tables get the benefit of the doubt; text with signs of money in its damage does
# not.
_MIN_ACCENTED_IN_BYTES = 0.4
_MIN_ACCENTED_IN_TEXT = 0.6


def _merit(found: Health, least: float) -> float:
    """How Vietnamese a reading is, 0 where it is not: accented syllables less what is no syllable."""
    share = found.accented / max(found.words, 1)
    healthy = (
        found.marked_share >= HEALTHY_MARKED_SHARE and found.broken <= HEALTHY_BROKEN_SHARE * found.words
    )
    strange = (found.words - found.valid - found.bare) / max(found.words, 1)
    return max(share - strange, 0.0) if healthy and share >= least else 0.0


# One odd word is a slip of the engine (CHI:¢N), not an encoding.
_MIN_LEGACY_WORDS = 2
# Lines of another encoding in a text in Unicode are some words at least: a foreign name or a price is not.
_MIN_LEGACY_WORDS_IN_PART = 5


# In text whose codes were damaged themselves: at a fifth of the codes replaced .49 accented words in the right encoding, at three
# tenths .38 and .37 broken ones, in the next best encoding .42 and less; German, Spanish and French run through the tables .14.
_MIN_WORDS_IN_DAMAGED = 50
_MIN_ACCENTED_IN_DAMAGED = 0.35
_MAX_BROKEN_IN_DAMAGED = 0.45


def convert_legacy(text: str, *, damaged: bool = False) -> tuple[str, str] | None:
    r"""Recognise and convert text whose characters are the codes of a TCVN3, VNI, VISCII or VPS font.

    Such text comes from PDF layers and from files that were saved as Unicode without being converted. Of a document in which
    texts of several origins were put together, the lines in an old encoding are converted, all from the same one.

    Args:
        text: with the codes as characters of Latin-1 or Windows-1252.
        damaged: convert also what is no Vietnamese afterwards because many of its codes were damaged: there is nothing to read it
            from again, and :mod:`restore.correct.damaged_codes` mends it.

    Returns:
        The converted text in NFC and the encoding, or None where the text is not in one of them: Vietnamese
        in Unicode, stripped or damaged text and other languages are left alone.

    >>> convert_legacy("Céng hßa x· héi chñ nghÜa ViÖt Nam")
    ('Cộng hòa xã hội chủ nghĩa Việt Nam', 'tcvn3')
    >>> convert_legacy("Cộng hòa xã hội chủ nghĩa Việt Nam") is None
    True
    >>> mixed = "Kế hoạch của Ủy ban nhân dân quận Kiến An năm 2023 và các phường\nC¨n cø KÕ ho¹ch cña Së Gi¸o dôc vµ §µo t¹o"
    >>> convert_legacy(mixed)[0].split("\n")[1]
    'Căn cứ Kế hoạch của Sở Giáo dục và Đào tạo'
    """
    before = health(text)
    whole = _converted(text, before, _MIN_LEGACY_WORDS)
    if whole is None and damaged and before.words >= _MIN_WORDS_IN_DAMAGED and _is_in_legacy(before):
        whole = _converted_damaged(text)
    if whole:
        return whole
    lines = text.split("\n")
    legacy = [index for index, line in enumerate(lines) if _is_in_legacy(health(line))]
    part = "\n".join(lines[index] for index in legacy)
    found = _converted(part, health(part), _MIN_LEGACY_WORDS_IN_PART) if part else None
    if found is None:
        return None
    converted, encoding = found
    for index, line in zip(legacy, converted.split("\n"), strict=True):
        lines[index] = line
    return "\n".join(lines), encoding


def _is_in_legacy(found: Health) -> bool:
    """Whether a text has the signs of a legacy encoding, and hardly a letter that none of them has."""
    return (
        found.signs > 0
        and found.signs >= LEGACY_SIGN_SHARE * found.words
        and found.modern <= LEGACY_MODERN_SHARE * found.words
    )


def _converted(text: str, before: Health, least: int) -> tuple[str, str] | None:
    """The most Vietnamese conversion of a text with so many words of signs, or None where none is."""
    if before.signs < least or not _is_in_legacy(before):
        return None
    converted = ((from_legacy(text, encoding), encoding) for encoding in LEGACY_ENCODINGS)
    merits = [
        (_merit(health(candidate), _MIN_ACCENTED_IN_TEXT), candidate, encoding)
        for candidate, encoding in converted
    ]
    merit, candidate, encoding = max(merits, key=lambda row: row[0])
    return (candidate, encoding) if merit > _merit(before, _MIN_ACCENTED_IN_TEXT) else None


def _converted_damaged(text: str) -> tuple[str, str] | None:
    """The conversion with the most accented syllables, if they are more than another language has."""
    converted = [(from_legacy(text, encoding), encoding) for encoding in LEGACY_ENCODINGS]
    rows = [(health(candidate), candidate, encoding) for candidate, encoding in converted]
    found, candidate, encoding = max(rows, key=lambda row: row[0].accented / max(row[0].words, 1))
    share = found.accented / max(found.words, 1)
    whole = (
        found.broken <= _MAX_BROKEN_IN_DAMAGED * found.words and found.marked_share >= HEALTHY_MARKED_SHARE
    )
    return (candidate, encoding) if whole and share >= _MIN_ACCENTED_IN_DAMAGED else None
