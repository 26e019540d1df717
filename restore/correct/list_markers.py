"""Numbers of lists that an engine broke, known by their sequence: ``1O.`` between 9. and 11., ``ill.`` behind II., d) behind d).

A number is only suggested; the second d) is a letter that lost its stroke, and gets it back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from restore.correct.lookalikes import suggestion
from restore.edit import Edit

# A number that fits between both neighbours, or behind one alone; by hand: too few in damaged layers to count.
BETWEEN, BEHIND = 0.95, 0.8

NEAR = 40  # markers ahead in which the next number of a list is looked for
FAR = 3  # letters that a list may have lost between two points; further on is another letter, misread

Style = Literal["arabic", "roman", "letter"]
LETTERS = "abcdđeghiklmnopqrstuvxy"  # of points: f, j, w, z are not used
ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")

_MARKER_RE = re.compile(
    r"^[ \t]*(?P<number>[^\W_]{1,5}|[|!\w]{1,4})(?P<mark>[.)])(?=[ \t]*[^\W\d_])", re.MULTILINE
)
# Digits by what is written for them, several for some letters.
_DIGITS = {
    "O": "0",
    "o": "0",
    "l": "1",
    "I": "1",
    "|": "1",
    "i": "1",
    "S": "58",
    "B": "8",
    "G": "6",
    "Z": "2",
}
_STROKES = {"I": 1, "l": 1, "1": 1, "i": 1, "|": 1, "!": 1, "n": 2, "u": 2, "H": 2, "U": 2, "T": 1, "m": 3}
_ROMAN_LETTERS = str.maketrans("l1i|!vx", "IIIIIVX")
# Letters of points that are taken for one another.
_ALIKE = frozenset(
    {("o", "c"), ("e", "c"), ("h", "b"), ("d", "đ"), ("q", "g"), ("9", "g"), ("6", "b"), ("8", "a")}
)


@dataclass(frozen=True, slots=True)
class Marker:
    """The number before a line, and its value in each style that it may be of."""

    start: int
    text: str
    mark: str

    def value(self, style: Style) -> int:
        """The value as it stands, 0 where it is no number of that style."""
        if style == "arabic":
            return int(self.text) if re.fullmatch("[1-9][0-9]?", self.text) and self.mark == "." else 0
        if style == "roman":
            return ROMAN.index(self.text) if self.text in ROMAN and self.mark == "." else 0
        return LETTERS.index(self.text) + 1 if self.mark == ")" and self.text in tuple(LETTERS) else 0

    def could_be(self, style: Style, value: int) -> bool:
        """Whether this may be what an engine made of a number.

        >>> Marker(0, "ill", ".").could_be("roman", 3), Marker(0, "S", ".").could_be("arabic", 8)
        (True, True)
        """
        if (self.mark == ")") != (style == "letter"):
            return False
        if style == "arabic":
            return _could_be_arabic(self.text, value)
        if style == "roman":
            return value < len(ROMAN) and _could_be_roman(self.text, ROMAN[value])
        return value <= len(LETTERS) and (self.text, LETTERS[value - 1]) in _ALIKE


def _could_be_arabic(text: str, value: int) -> bool:
    number = str(value)
    return len(text) == len(number) and all(
        digit == letter or digit in _DIGITS.get(letter, "")
        for digit, letter in zip(number, text, strict=True)
    )


def _could_be_roman(text: str, number: str) -> bool:
    """Letter by letter, or, of a number of strokes, with as many strokes or one lost."""
    if text.isdecimal():  # a number of another list
        return False
    if text.translate(_ROMAN_LETTERS) == number:
        return True
    if set(number) != {"I"} or not set(text) <= _STROKES.keys():
        return False
    return len(number) - sum(_STROKES[letter] for letter in text) in (0, 1) and len(number) > 1


def written(style: Style, value: int) -> str:
    """A number in a style.

    >>> written("roman", 4), written("letter", 5), written("arabic", 10)
    ('IV', 'đ', '10')
    """
    if style == "roman":
        return ROMAN[value]
    return LETTERS[value - 1] if style == "letter" else str(value)


def broken_markers(text: str) -> Iterator[Edit]:
    r"""Suggested numbers of lists, and letters with their stroke, in no order.

    >>> lists = ("9. Sáu\n1O. Bảy\n11. Tám", "II. Hai\nill. Ba", "c) ba\nd) bốn\nd) năm\ne) sáu", "S. Tám")
    >>> [[(edit.before, edit.after) for edit in broken_markers(text)] for text in lists]
    [[('1O', '10')], [('ill', 'III')], [('d', 'đ')], []]
    """
    markers = [Marker(m.start("number"), m["number"], m["mark"]) for m in _MARKER_RE.finditer(text)]
    styles: tuple[Style, ...] = ("arabic", "roman", "letter")
    for style in styles:
        last = 0
        for index, marker in enumerate(markers):
            value = marker.value(style)
            due = last + 1
            if not value and _is_first(markers, index, style):
                due = 1
            elif not last or value == due:
                last = value or last
                continue
            if marker.could_be(style, due) and _is_gap(markers, index, style, due, value):
                sure = _next_value(markers, index, style) == due + 1
                fresh = written(style, due)
                if (marker.text, fresh) == ("d", "đ"):
                    yield _stroked(marker.start)
                else:
                    yield suggestion(marker.start, marker.text, fresh, BETWEEN if sure else BEHIND)
                value = due
            last = value or last


def _stroked(start: int) -> Edit:
    return Edit(
        start=start,
        end=start + 1,
        before="d",
        after="đ",
        kind="mark",
        source="list",
        confidence=BETWEEN,
        status="auto",
    )


def _is_first(markers: Sequence[Marker], index: int, style: Style) -> bool:
    """Whether a marker may be the first of a list: the next one is the second."""
    after = markers[index + 1] if index + 1 < len(markers) else None
    return after is not None and after.value(style) == 2 and markers[index].could_be(style, 1)


def _is_gap(markers: Sequence[Marker], index: int, style: Style, due: int, value: int) -> bool:
    """Whether a marker can be no number, though it looks like one.

    So is a d) behind a d), an o) behind a b), and what both neighbours gainsay.
    """
    if not value:
        return True
    if style == "letter" and (value == due - 1 or value > due + FAR):
        return True
    return _next_value(markers, index, style) == due + 1


def _next_value(markers: Sequence[Marker], index: int, style: Style) -> int:
    return next(
        (value for marker in markers[index + 1 : index + 1 + NEAR] if (value := marker.value(style))), 0
    )
