"""Markers that open a section: ``Điều 1.``, ``II.``, ``3.``, ``1.2.``, ``a)``, ``-``."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from restore.document import SectionKind
from restore.structure.lines import CAPITALS, Line

Style = Literal[
    "part", "chapter", "mục", "subsection", "article", "upper", "roman", "arabic", "paren", "decimal",
    "letter",
    "roman-small", "star", "bullet", "plus",
]  # fmt: skip


class Marker(NamedTuple):
    """What opens a section.

    Attributes:
        style: how it is written; sections of one style are siblings.
        number: bare, as printed ("1", "I", "a", "1.2", "5a"); None for dashes.
        value: its place in the sequence, from 1; 0 for dashes.
        length: characters of the line it takes, blanks after it included.
        sure: it is written as a marker in full ("1." and not "1").
        inserted: the letter of a number put in between two others, "a" of "5a".
        bracketed: a bracket opens it, "(a)".
        raw: the marker as found, where its number was repaired.
    """

    style: Style
    number: str | None
    value: int
    length: int
    sure: bool = True
    inserted: str = ""
    bracketed: bool = False
    raw: str | None = None


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
    "star": Level(5.8, "bullet"),
    "bullet": Level(6, "bullet"),
    "plus": Level(7, "bullet"),
}
DASHES: frozenset[Style] = frozenset({"star", "bullet", "plus"})
# Each point of ``1.2.3`` is a step deeper.
_DECIMAL_STEP = 0.1


def rank_of(marker: Marker) -> float:
    """How deep a marker stands by its style alone."""
    rank = LEVELS[marker.style].rank
    if marker.style == "decimal" and marker.number:
        rank += _DECIMAL_STEP * marker.number.count(".")
    return rank


# The alphabet of điểm: đ follows d, and f, j, w, z are not used in Vietnamese (Decree 30 has none of them). Who counts
# in the foreign way puts them in between.
LETTERS = "abcdđeghiklmnopqrstuvxy"
_FOREIGN = {"f": "e", "j": "i", "w": "v", "z": "y"}
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
WORD_STYLES: dict[str, Style] = {
    "phan": "part", "chuong": "chapter", "muc": "mục", "tieu muc": "subsection", "dieu": "article",
}  # fmt: skip

# Most lines are running text and end here: what may open a section begins with no letter, with one of the words, or
# with a few letters and a sign.
_MAYBE_RE = re.compile(
    r"[^a-z]|(?:phan|chuong|muc|tieu muc|dieu)(?![a-z])|[a-z][a-z0-9|!]{0,6}\s?[^\sa-z0-9]|[ivxlo]{1,5}\s"
)
_WORD_RE = re.compile(
    r"(?P<word>phan|chuong|tieu muc|muc|dieu)\s*(?:(?<=\s)thu\s+)?(?:(?<=\s)|(?<=dieu)(?=\d))"
    r"(?P<number>\d{1,3}[a-z]?|[ivxlc]{1,7}|nhat|hai|ba|tu|nam|sau|bay|tam|chin|muoi)"
    r"(?P<mark>\s*[.:](?:\s?[-–](?=\s|$))?|\s*[-–](?=\s)|(?=\s|$))\s*"
)
# "Mức 1", folded, would be "Mục 1".
_OTHER_WORDS = ("mức", "mực")
_ROMAN_RE = re.compile(r"(?P<number>[IVX]{1,7})(?P<gap>\s?)(?P<mark>[.)]|[-–:/](?=\s))\s*(?=\S|$)")
# "IV TỔ CHỨC THỰC HIỆN", whose point was lost.
_BARE_ROMAN_RE = re.compile(rf"(?P<number>[IVX]{{1,5}})\s+(?=[{CAPITALS}]{{2}})")
_UPPER_RE = re.compile(r"(?P<number>[A-EG])\s?[.)/]\s+(?=\S)")
_DECIMAL_RE = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})(?P<mark>\.|\)|/|[-–:](?=\s)|(?=\s))\s*(?=[^\d\s%])"
)
_ARABIC_RE = re.compile(
    r"(?P<open>\()?(?P<number>\d{1,3})(?P<inserted>[a-zđ]?)(?P<gap>\s?)"
    r"(?P<mark>\.(?!\d)|\)|/(?=\s)|[-–](?=\s)|:(?=\s))\s*(?=\S|$)"
)
_BARE_RE = re.compile(r"(?P<number>\d{1,2})\s+(?=[^\W\d_])")
_LETTER_RE = re.compile(r"(?P<open>\()?(?P<number>[a-zđ])\s?(?P<mark>\)|\.(?=\s)|/(?=\s)|-(?=\s))\s*(?=\S|$)")
_SMALL_ROMAN_RE = re.compile(r"(?P<open>\()?(?P<number>i{2,3}|iv|vi{1,3}|ix|xi{1,3})\)\s*(?=\S|$)")
# The two last are the private-use signs that word processors print as bullets.
_DASH_RE = re.compile(r"[-–—•·●▪■◦\uf0b7\uf02d]\s*(?=\S)")
_STAR_RE = re.compile(r"\*+\s*(?=\S)")
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


def may_open(line: Line) -> bool:
    """Whether a line can begin with a marker at all, a misread one included."""
    return bool(_MAYBE_RE.match(line.folded))


def find_marker(line: Line) -> Marker | None:
    r"""The marker that a line begins with, whether or not it opens a section there.

    >>> from restore.structure.lines import split_lines
    >>> lines = split_lines("Điều 5. Phạm vi\nđ) Có mặt\n1.2. Nội dung\n- Kế thừa")
    >>> [find_marker(line)[:3] for line in lines]
    [('article', '5', 5), ('letter', 'đ', 5), ('decimal', '1.2', 2), ('bullet', None, 0)]
    """
    if not _MAYBE_RE.match(line.folded):
        return None
    text, first = line.text, line.text[0]
    if first.isalpha():
        return _alphabetic(line)
    if first in "(0123456789":
        return _numeric(text)
    if match := _DASH_RE.match(text):
        return Marker("bullet", None, 0, match.end())
    if match := _STAR_RE.match(text):
        return Marker("star", None, 0, match.end())
    if match := _PLUS_RE.match(text):
        return Marker("plus", None, 0, match.end())
    return None


def _alphabetic(line: Line) -> Marker | None:
    """A marker that begins with a letter."""
    text = line.text
    if match := _WORD_RE.match(line.folded):
        return _worded(text, match)
    if match := _ROMAN_RE.match(text):
        value = roman_value(match["number"])
        if value:
            sure = match["mark"] in ".)" or not match["gap"]
            return Marker("roman", match["number"], value, match.end(), sure and match["mark"] != ":")
    if match := _SMALL_ROMAN_RE.match(text):
        return _small_roman(match)
    if match := _LETTER_RE.match(text):
        return _letter(match)
    if match := _BARE_ROMAN_RE.match(text):
        value = roman_value(match["number"])
        return Marker("roman", match["number"], value, match.end(), sure=False) if value else None
    if match := _UPPER_RE.match(text):
        return Marker("upper", match["number"], ord(match["number"]) - 64, match.end())
    return None


def _numeric(text: str) -> Marker | None:
    """A marker that begins with a digit or a bracket."""
    if match := _DECIMAL_RE.match(text):
        return Marker("decimal", match["number"], int(match["number"].rsplit(".", 1)[1]), match.end())
    if match := _ARABIC_RE.match(text):
        return _arabic(match)
    if match := _SMALL_ROMAN_RE.match(text):
        return _small_roman(match)
    if match := _LETTER_RE.match(text):
        return _letter(match)
    if match := _BARE_RE.match(text):
        return Marker("arabic", match["number"], int(match["number"]), match.end(), sure=False)
    return None


def as_small_roman(marker: Marker) -> Marker | None:
    """A letter that may be a small Roman number too (``i)``, ``v)``, ``x)``) as that number.

    >>> as_small_roman(Marker("letter", "v", 21, 3)).value
    5
    """
    if marker.style != "letter" or marker.number not in ("i", "v", "x"):
        return None
    return marker._replace(style="roman-small", value=roman_value(marker.number))


def _worded(text: str, match: re.Match[str]) -> Marker | None:
    """A marker with its word: the word begins with a capital, and a number without a mark is not sure."""
    if not text[:1].isupper() or text.lower().startswith(_OTHER_WORDS):
        return None
    number = text[match.start("number") : match.end("number")]
    folded = match["number"]
    inserted = ""
    if folded[0].isdigit():
        value = int(re.sub(r"\D", "", folded))
        inserted = number[-1].lower() if number[-1].isalpha() else ""
    else:
        value = _ORDINALS.get(folded) or roman_value(folded)
    if not value:
        return None
    sure = bool(match["mark"].strip()) or match.end() >= len(text)
    return Marker(WORD_STYLES[match["word"]], number, value, match.end(), sure, inserted)


def _arabic(match: re.Match[str]) -> Marker:
    style: Style = "paren" if match["mark"] == ")" else "arabic"
    number = match["number"] + match["inserted"]
    sure = match["mark"] in ".)" or not match["gap"]
    value = int(match["number"])
    return Marker(style, number, value, match.end(), sure, match["inserted"], bool(match["open"]))


def _small_roman(match: re.Match[str]) -> Marker:
    value = roman_value(match["number"])
    return Marker("roman-small", match["number"], value, match.end(), bracketed=bool(match["open"]))


def _letter(match: re.Match[str]) -> Marker:
    letter = match["number"]
    inserted = letter if letter in _FOREIGN else ""
    value = LETTERS.index(_FOREIGN.get(letter, letter)) + 1
    return Marker("letter", letter, value, match.end(), match["mark"] == ")", inserted, bool(match["open"]))
