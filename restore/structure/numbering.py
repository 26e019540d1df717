"""Markers that open a section: ``Điều 1.``, ``II.``, ``3.``, ``1.2.``, ``a)``, ``-``."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from restore.document import SectionKind
from restore.structure.lines import Line

Style = Literal[
    "part", "chapter", "mục", "subsection", "article", "upper", "roman", "arabic", "paren", "decimal",
    "letter",
    "roman-small", "bullet", "plus",
]  # fmt: skip


class Marker(NamedTuple):
    """What opens a section.

    Attributes:
        style: how it is written; sections of one style are siblings.
        number: bare, as printed ("1", "I", "a", "1.2"); None for dashes.
        value: its place in the sequence, from 1; 0 for dashes.
        length: characters of the line it takes, blanks after it included.
        sure: it is written as a marker in full ("1." and not "1").
    """

    style: Style
    number: str | None
    value: int
    length: int
    sure: bool = True


class Level(NamedTuple):
    """How deep a style stands and what it is called."""

    rank: float
    kind: SectionKind


# Order of Decree 30/2020/NĐ-CP, Appendix I: phần, chương, mục, tiểu mục, điều, khoản, điểm; plans use I.,
# 1., a), -, +
# in the same order. A capital letter ("A.") stands above the Roman numbers, "1)" and "1.1" below "1.".
LEVELS: dict[Style, Level] = {
    "part": Level(0, "part"),
    "chapter": Level(1, "chapter"),
    "mục": Level(2, "section"),
    "subsection": Level(2.5, "section"),
    "article": Level(3, "article"),
    "upper": Level(3.2, "part"),
    "roman": Level(3.5, "section"),
    "arabic": Level(4, "clause"),
    "paren": Level(4.8, "clause"),
    "decimal": Level(4, "clause"),
    "letter": Level(5, "point"),
    "roman-small": Level(5.5, "point"),
    "bullet": Level(6, "bullet"),
    "plus": Level(7, "bullet"),
}


def rank_of(marker: Marker) -> float:
    """How deep a marker stands: its style's rank, each point of ``1.2.3`` a step deeper."""
    rank = LEVELS[marker.style].rank
    if marker.style == "decimal" and marker.number:
        rank += 0.1 * marker.number.count(".")
    return rank


# The alphabet of điểm: đ follows d, and f, j, w, z are not used in Vietnamese (Decree 30 has none of them).
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ORDINALS = {
    "nhat": 1,
    "hai": 2,
    "ba": 3,
    "tu": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
}
_WORD_STYLES: dict[str, Style] = {
    "phan": "part", "chuong": "chapter", "muc": "mục", "tieu muc": "subsection", "dieu": "article",
}  # fmt: skip

_WORD_RE = re.compile(
    r"(?P<word>phan|chuong|tieu muc|muc|dieu)\s+(?:thu\s+)?"
    r"(?P<number>\d{1,3}[a-z]?|[ivxlc]{1,7}|nhat|hai|ba|tu|nam|sau|bay|tam|chin|muoi)"
    r"(?P<mark>\s*[.:]|\s*[-–](?=\s)|(?=\s|$))\s*"
)
_ROMAN_RE = re.compile(r"(?P<number>[IVX]{1,5})\s?(?P<mark>[.)]|[-–:/](?=\s))\s*(?=\S|$)")
_UPPER_RE = re.compile(r"(?P<number>[A-EG])\s?[.)/]\s+(?=\S)")
_DECIMAL_RE = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})(?P<mark>\.|\)|/|(?=\s))\s*(?=[^\d\s%])")
_ARABIC_RE = re.compile(
    r"(?P<open>\()?(?P<number>\d{1,3})\s?(?P<mark>\.(?!\d)|\)|/(?=\s)|[-–](?=\s)|:(?=\s))\s*(?=\S|$)"
)
_BARE_RE = re.compile(r"(?P<number>\d{1,2})\s+(?=[^\W\d_])")
# What an engine reads for a digit: only used where the sequence asks for that very number.
_LOOKALIKE_RE = re.compile(r"(?P<number>[SlIOoBGZ\d]{1,2})(?P<mark>\.)\s*(?=[^\W\d_])")
_LOOKALIKES = str.maketrans("SlIOoBGZ", "81100862")
_LETTER_RE = re.compile(r"(?P<open>\()?(?P<number>[a-zđ])\s?(?P<mark>\)|\.(?=\s)|/(?=\s)|-(?=\s))\s*(?=\S|$)")
_SMALL_ROMAN_RE = re.compile(r"\(?(?P<number>i{1,3}|iv|vi{0,3}|ix|x)\)\s*(?=\S)")
# The two last are the private-use signs that word processors print as bullets.
_DASH_RE = re.compile(r"[-–—•·●▪■◦*\uf0b7\uf02d]\s*(?=\S)")
_PLUS_RE = re.compile(r"\+\s*(?=\S)")


def roman_value(number: str) -> int:
    """The value of a Roman number, 0 where it is none.

    >>> roman_value("XIV"), roman_value("iii"), roman_value("IIX")
    (14, 3, 0)
    """
    total, previous = 0, 0
    for digit in reversed(number.lower()):
        value = _ROMAN.get(digit, 0)
        total += value if value >= previous else -value
        previous = max(previous, value)
    return total if roman_number(total) == number.upper() else 0


def roman_number(value: int) -> str:
    """The Roman number of a value below 90.

    >>> roman_number(14)
    'XIV'
    """
    if not 0 < value < 90:
        return ""
    parts = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    number = ""
    for size, digits in parts:
        while value >= size:
            number += digits
            value -= size
    return number


def find_marker(line: Line) -> Marker | None:
    r"""The marker that a line begins with, whether or not it opens a section there.

    >>> from restore.structure.lines import split_lines
    >>> lines = split_lines("Điều 5. Phạm vi\nđ) Có mặt\n1.2. Nội dung\n- Kế thừa")
    >>> [find_marker(line)[:3] for line in lines]
    [('article', '5', 5), ('letter', 'đ', 5), ('decimal', '1.2', 2), ('bullet', None, 0)]
    """
    text, folded = line.text, line.folded
    if match := _WORD_RE.match(folded):
        return _worded(text, match)
    if match := _ROMAN_RE.match(text):
        value = roman_value(match["number"])
        if value:
            return Marker("roman", match["number"], value, match.end())
    if match := _DECIMAL_RE.match(text):
        return Marker("decimal", match["number"], int(match["number"].rsplit(".", 1)[1]), match.end())
    if match := _ARABIC_RE.match(text):
        return _arabic(match)
    if match := _SMALL_ROMAN_RE.match(text):
        return Marker("roman-small", match["number"], roman_value(match["number"]), match.end())
    if match := _LETTER_RE.match(text):
        letter = match["number"]
        if letter in _LETTERS:
            return Marker("letter", letter, _LETTERS.index(letter) + 1, match.end())
    if match := _UPPER_RE.match(text):
        return Marker("upper", match["number"], ord(match["number"]) - 64, match.end())
    if match := _DASH_RE.match(text):
        return Marker("bullet", None, 0, match.end())
    if match := _PLUS_RE.match(text):
        return Marker("plus", None, 0, match.end())
    if match := _BARE_RE.match(text):
        return Marker("arabic", match["number"], int(match["number"]), match.end(), sure=False)
    return None


def lookalike_marker(line: Line, expected: int) -> Marker | None:
    """The marker that is due, with letters read for its digits (``S. Trung tâm`` where 8 is due), or None."""
    match = _LOOKALIKE_RE.match(line.text)
    if match is None:
        return None
    number = match["number"].translate(_LOOKALIKES)
    if not number.isdigit() or int(number) != expected:
        return None
    return Marker("arabic", number, expected, match.end())


def _worded(text: str, match: re.Match[str]) -> Marker | None:
    """A marker with its word: the word begins with a capital, and a number without a mark is not sure."""
    if not text[:1].isupper():
        return None
    number = text[match.start("number") : match.end("number")]
    folded = match["number"]
    if folded.rstrip("abcdefghiklmnopqrstuvxy").isdigit():
        value = int(re.sub(r"\D", "", folded))
    else:
        value = _ORDINALS.get(folded) or roman_value(folded)
    if not value:
        return None
    alone = match.end() >= len(text)
    return Marker(
        _WORD_STYLES[match["word"]], number, value, match.end(), sure=bool(match["mark"].strip()) or alone
    )


def _arabic(match: re.Match[str]) -> Marker:
    style: Style = "paren" if match["mark"] == ")" else "arabic"
    return Marker(style, match["number"], int(match["number"]), match.end())
