"""Dates as documents write them, whole or with parts left blank."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal, NamedTuple

from restore.structure.lines import Span, fold

DatePart = Literal["day", "month", "year"]


class PrintedDate(NamedTuple):
    """A date found in a text.

    Attributes:
        span: where it stands, from ``ngày``.
        value: ISO, shortened where a later part is blank (``2023-04``); None where the year is blank or the
            numbers are no date.
        blank_parts: parts left empty on paper.
        valid: false where all parts are there and no such day exists, or one of them can't be read.
        repaired: letters were read for digits (``ngày 3O``); the value is a suggestion.
    """

    span: Span
    value: str | None
    blank_parts: tuple[DatePart, ...]
    valid: bool
    repaired: bool = False


_GAP = r"[\s.…_]*"
_LONG_RE = re.compile(
    rf"""
    \b ng[ao]y {_GAP} (?P<day> \d{{1,2}} )? {_GAP}
    th[ao]ng   {_GAP} (?P<month> \d{{1,2}} )? {_GAP}
    n[ao]m     (?: [\s.…_]{{0,6}} (?P<year> [12]\d{{3}} ) (?!\d) )?
    """,
    re.VERBOSE,
)
_SHORT_RE = re.compile(
    r"(?:\bng[ao]y\s*)?(?<![\d/])(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>[12]\d{3})(?![\d/])"
)
# Handwritten figures in a printed date, as engines read them: "ngày fÐ tháng 4 năm 2017", "ngày 3O tháng 5".
_DAMAGED_RE = re.compile(
    r"\bng[ao]y\s*(?P<day>\S{0,4}?(?:\s\S{1,2})?)\s*th[ao]ng\s*(?P<month>\S{1,3})\s+"
    r"n\w{1,4}m\s*(?P<year>[12]\d{3})"
)
_LOOKALIKES = str.maketrans({"o": "0", "l": "1", "i": "1", "|": "1", "z": "2", "s": "5", " ": ""})
_LIKELY_YEARS = range(1945, 2100)  # the Republic's documents; outside it is a misread digit


def find_date(text: str, start: int = 0, *, numeric: bool = True) -> PrintedDate | None:
    """The first date at or after ``start``: ``ngày 20 tháng 02 năm 2025``, or ``20/02/2025`` if ``numeric``.

    >>> find_date("Kiến An, ngày         tháng 4 năm 2023")[:3]
    (Span(start=9, end=38), '2023-04', ('day',))
    >>> find_date("Kế hoạch số 44/KH-SGDĐT ngày 04/4/2023 của Sở").value
    '2023-04-04'
    """
    folded = fold(text)
    matches = [match for match in (_LONG_RE.search(folded, start),) if match]
    if numeric and (short := _SHORT_RE.search(folded, start)):
        matches.append(short)
    return _printed(min(matches, key=lambda found: found.start())) if matches else None


def date_at(folded: str, position: int) -> PrintedDate | None:
    """The date that begins at a place of a folded text, with or without ``ngày``, or None.

    >>> date_at("ke hoach ngay 04/4/2023", 9).value, date_at("04 thang 4", 0)
    ('2023-04-04', None)
    """
    match = _LONG_RE.match(folded, position) or _SHORT_RE.match(folded, position)
    return _printed(match) if match else None


def _printed(match: re.Match[str]) -> PrintedDate:
    parts = {name: int(found) if (found := match[name]) else None for name in ("day", "month", "year")}
    value, valid = iso_date(parts["year"], parts["month"], parts["day"])
    blanks = tuple(part for part in _PARTS if parts[part] is None)
    return PrintedDate(Span(*match.span()), value, blanks, valid)


_PARTS: tuple[DatePart, ...] = ("day", "month", "year")


def find_damaged_date(text: str) -> PrintedDate | None:
    """A date whose day or month is not in digits: repaired where look-alikes give one, else not valid.

    >>> find_damaged_date("An Giang, ngày 3O tháng 5 năm 2017")[1:]
    ('2017-05-30', (), True, True)
    >>> find_damaged_date("Tây Ninh, ngày f€ tháng 02 nešm 2025")[1:]
    (None, (), False, False)
    """
    match = _DAMAGED_RE.search(fold(text))
    if match is None:
        return None
    parts = [match[name].translate(_LOOKALIKES) for name in ("year", "month", "day")]
    value, valid = (
        iso_date(*map(int, parts)) if all(re.fullmatch("[0-9]{1,4}", one) for one in parts) else (None, False)
    )
    return PrintedDate(Span(*match.span()), value, (), valid, repaired=valid)


def iso_date(year: int | None, month: int | None, day: int | None) -> tuple[str | None, bool]:
    """ISO form of what is there, and whether it can be a date at all.

    >>> iso_date(2024, 2, 5), iso_date(2024, 2, None), iso_date(2023, 2, 29)
    (('2024-02-05', True), ('2024-02', True), (None, False))
    """
    if day == 0 or month == 0:
        return None, False  # something stands in the gap
    try:
        date(year or 2000, month or 1, day or 1)
    except ValueError:
        return None, False
    if year is None:
        return None, True
    if year not in _LIKELY_YEARS:
        return None, False
    if month is None:
        return f"{year}", True
    return f"{year}-{month:02d}" + (f"-{day:02d}" if day else ""), True
