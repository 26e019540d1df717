"""Numbers that an engine misread (``S.`` for 8., ``1O.``, ``ll.`` for II., ``b}``), read by what their sequence asks for.

A marker is repaired only where exactly that number is due. What can be no number by itself is taken for the number that
it looks like; what could be right is changed only between its two neighbours. A gap stays a gap.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import cast

from restore.language.vietnamese import strip_marks
from restore.structure.lines import CAPITALS, Line, is_upper
from restore.structure.numbering import LETTERS, WORD_STYLES, Marker, Style, roman_number
from restore.structure.open_lists import OpenLists, key_of

# Signs that engines read for a digit or a letter: seen in damaged layers of scans.
_DIGITS = {
    "0": "OoDQ", "1": "lIi|!Tt", "2": "Zz", "3": "", "4": "A", "5": "Ss", "6": "Gb", "7": "T?", "8": "SBs",
    "9": "gq",
}  # fmt: skip
_ROMAN = {"I": "lIi|!1LJtTÌÍ", "V": "vVYy", "X": "xXK"}
_LETTERS = {
    "a": "6u", "b": "h6", "c": "eo", "d": "đ", "đ": "d", "e": "c", "g": "q89", "h": "b", "i": "l1!", "l": "1I|",
    "o": "0O",
}  # fmt: skip
# What a first number may begin with: a misread 1, I or a, and the bracket before it.
_FIRST_SIGNS = frozenset("(1aAu6" + _DIGITS["1"] + _ROMAN["I"] + "àáảãạâăÀÁẢÃẠ")
_SIGN = r"[^\s.,:;)\]}>(\[]"
_NUMBER_RE = re.compile(
    rf"(?P<open>\()?(?P<number>{_SIGN}{{1,5}}?)\s?(?P<mark>[.,:;)\]}}>]|[-–/](?=\s))(?:\s*(?=[^\W\d_]|[“\"(])|\s+(?=\d))"
)
_DECIMAL_RE = re.compile(
    rf"(?P<open>\()?(?P<number>{_SIGN}{{1,2}}(?:[.,]{_SIGN}{{1,2}}){{1,3}})(?P<mark>[.,)]?|[-–/])\s+(?=[^\W\d_])"
)
_WORD_RE = re.compile(
    rf"(?P<word>phan|chuong|tieu muc|muc|dieu)\s*(?P<number>{_SIGN}{{1,5}}?)(?P<mark>\s*[.,:;]|\s*[-–](?=\s)|(?=\s|$))\s*"
)
# A first number without its point; a 1 that was read right is no misreading.
_BARE_RE = re.compile(rf"(?P<number>[lIi|!])\s+(?=[{CAPITALS}][^\W\d_]*\s)")
# Digits that are misread for each other: their shapes differ in one stroke.
_SHAPES = ("17", "14", "38", "56", "68", "06", "08", "89", "35", "58", "27", "09")
_ALIKE = frozenset((*_SHAPES, *(pair[::-1] for pair in _SHAPES)))
_BRACKETS = ")]}>"
_WORDED = frozenset(WORD_STYLES.values())

_DISTANCE = 400  # markers; so far the next of a list's numbers is looked for
# Lines further down that may begin with a marker, and the marker that they begin with as they stand.
Ahead = Callable[[], Iterator[tuple[Line, Marker | None]]]


def repaired(line: Line, marker: Marker | None, lists: OpenLists, ahead: Ahead) -> Marker | None:
    """The marker that is due at a line and was misread there, or None.

    Args:
        line: the line; it does not go on with the sentence before it.
        marker: what it begins with as it stands.
        lists: the lists that are open.
        ahead: the lines that follow, with their markers.
    """
    if marker is not None and lists.due(marker):
        return _first_roman(line, marker, lists, ahead) if is_upper(line.text) else None
    for last in lists.lasts():
        due = _next(last)
        found = _read_as(line, due) if due else None
        if due and found and _convinces(line, found, due, marker, lists, ahead):
            return found
    return _first(line, marker, lists, ahead)


def _next(last: Marker) -> Marker | None:
    """The marker that follows another as it should be written, None where nothing can."""
    value, number = last.value + 1, last.number or ""
    if last.style == "letter":
        following = LETTERS[last.value : value]
    elif last.style == "decimal":
        following = f"{number.rpartition('.')[0]}.{value}"
    elif number.upper() == roman_number(last.value):
        following = roman_number(value).lower() if number.islower() else roman_number(value)
    else:
        following = str(value) if number.isdigit() or last.inserted else ""
    return last._replace(number=following, value=value, inserted="") if following else None


def _read_as(line: Line, due: Marker) -> Marker | None:
    """The marker that is due, with what the line has in its place as ``raw``; None where the line has no such thing."""
    match = _match(line, due)
    if match is None:
        return None
    number = line.text[match.start("number") : match.end("number")]
    if not _looks_like(number, due):
        return None
    raw = line.text[: match.end("mark")]
    # A word keeps the blank before its number.
    raw = " ".join(raw.split()) if due.style in _WORDED else "".join(raw.split())
    return due._replace(length=match.end(), sure=number == due.number, raw=raw)


def _match(line: Line, due: Marker) -> re.Match[str] | None:
    """What may be a misread marker of the style that is due."""
    if due.style in _WORDED:
        match = _WORD_RE.match(line.folded) if line.text[:1].isupper() else None
        return match if match and WORD_STYLES[match["word"]] == due.style else None
    match = (_DECIMAL_RE if due.style == "decimal" else _NUMBER_RE).match(line.text)
    if match is None or bool(match["open"]) != due.bracketed:
        return None
    bracket = match["mark"] in _BRACKETS
    if due.style in ("paren", "letter", "roman-small"):
        return match if bracket else None
    return None if bracket and due.style != "decimal" else match


def _looks_like(found: str, due: Marker) -> bool:
    """Whether the signs found may be what an engine made of the number that is due."""
    assert due.number
    if due.style == "letter":
        return len(found) == 1 and (
            _bare(found) == _bare(due.number) or found in _LETTERS.get(due.number, "")
        )
    if due.style == "decimal":
        found, number = re.sub("[.,]", ".", found), due.number
        parts, wanted = found.split("."), number.split(".")
        return len(parts) == len(wanted) and all(map(_looks_like_digits, parts, wanted))
    if due.number.isdigit():
        return _looks_like_digits(found, due.number)
    found, number = found.replace("H", "II"), due.number.upper()
    return len(found) == len(number) and all(
        sign == digit or sign in _ROMAN.get(digit, "") for sign, digit in zip(found, number, strict=True)
    )


def _looks_like_digits(found: str, number: str) -> bool:
    """Whether signs may be these digits."""
    return len(found) == len(number) and all(
        sign == digit or sign + digit in _ALIKE or sign in _DIGITS[digit]
        for sign, digit in zip(found, number, strict=True)
    )


def _convinces(
    line: Line, found: Marker, due: Marker, marker: Marker | None, lists: OpenLists, ahead: Ahead
) -> bool:
    """Whether the number that is due is meant: nothing else can be, or the next one follows."""
    rest = line.text[found.length :]
    if found.sure:  # the number is right, only its sign was misread
        return rest[:1].isupper() or due.style in ("letter", "roman-small")
    if (found.raw or "")[-1] in ",:;":  # number and sign both: no
        return False
    if due.number == "đ" and marker is not None and marker.number == "d":
        return True
    if marker is None or marker.inserted or marker.length < found.length:  # "1." of "1.l."
        return True
    if marker.style in ("upper", "letter") and not lists.begun(marker.style) and not is_upper(rest):
        return True  # "B. Sở Y tế" where no A. is
    between = marker.value != due.value + 1 and (marker.value > 1 or marker.style != due.style)
    return between and goes_on(due, ahead)


def goes_on(due: Marker, ahead: Ahead) -> bool:
    """Whether the next marker like the one that is due is the one after it, perhaps misread itself."""
    key, following = key_of(due), _next(due)
    for line, marker in islice(ahead(), _DISTANCE):
        if marker is not None and key_of(marker) == key:
            return marker.value == due.value + 1
        if marker is None and following and _read_as(line, following):
            return True
    return False


def _first(line: Line, marker: Marker | None, lists: OpenLists, ahead: Ahead) -> Marker | None:
    """A first number that was misread: nothing stands before it, so the second one has to follow."""
    if line.text[0] not in _FIRST_SIGNS and not line.folded.startswith(("dieu", "chuong")):
        return _first_decimal(line, marker, lists)
    if roman := _first_roman(line, marker, lists, ahead):
        return roman
    for style, number in (("arabic", "1"), ("letter", "a"), ("article", "1"), ("chapter", "I")):
        due = Marker(cast(Style, style), number, 1, 0)
        found = None if lists.begun(due.style) else _read_as(line, due)
        if found and (marker is None or not found.sure) and (style == "chapter" or goes_on(due, ahead)):
            return found
    return _first_bare(line, marker, lists, ahead) or _first_decimal(line, marker, lists)


def _first_bare(line: Line, marker: Marker | None, lists: OpenLists, ahead: Ahead) -> Marker | None:
    """``l Soạn báo cáo`` before 2., ``l MỤC ĐÍCH`` before II.: the point was lost too."""
    match = _BARE_RE.match(line.text) if marker is None or not marker.sure else None
    if match is None:
        return None
    upper = is_upper(line.text[match.end() :])
    for due in (Marker("roman", "I", 1, 0), Marker("arabic", "1", 1, 0)):
        if (due.style == "arabic" or upper) and not lists.begun(due.style) and goes_on(due, ahead):
            return due._replace(length=match.end(), sure=False, raw=match["number"])
    return None


def _first_roman(line: Line, marker: Marker | None, lists: OpenLists, ahead: Ahead) -> Marker | None:
    """``l. MỤC ĐÍCH`` or ``1. MỤC ĐÍCH`` before II."""
    due = Marker("roman", "I", 1, 0)
    if lists.begun("roman") or (marker is not None and marker.style == "roman"):
        return None
    found = _read_as(line, due)
    if found is None or found.sure or not goes_on(due, ahead):
        return None
    if is_upper(line.text[found.length :]):
        return found
    return found if marker is None and not goes_on(Marker("arabic", "1", 1, 0), ahead) else None


def _first_decimal(line: Line, marker: Marker | None, lists: OpenLists) -> Marker | None:
    """``1.l.`` under 1."""
    above = next((last for last in lists.lasts() if last.style in ("arabic", "decimal")), None)
    if above is None or not (above.number or "").replace(".", "").isdigit():
        return None
    found = _read_as(line, Marker("decimal", f"{above.number}.1", 1, 0))
    if found is None or found.sure or (marker is not None and marker.length >= found.length):
        return None
    return found if any(sign.isdecimal() for sign in found.raw or "") else None


def _bare(letter: str) -> str:
    """A small letter without its marks, which an engine adds and loses."""
    return strip_marks(letter).lower()
