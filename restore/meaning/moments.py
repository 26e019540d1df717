"""Points in time as plans name them, with or without a year: ``ngày 20/6``, ``tháng 6 năm 2024``, ``quý III/2024``."""

from __future__ import annotations

import re
from typing import NamedTuple

from restore.structure.dates import iso_date
from restore.structure.lines import Span


class Moment(NamedTuple):
    """A day, month, quarter, half-year or year as printed; what is not printed is None.

    Attributes:
        span: where it stands, its hour included.
        year: 2024.
        month: 1 to 12.
        day: 1 to 31.
        quarter: 1 to 4.
        half: 1 or 2, "6 tháng đầu năm" or "6 tháng cuối năm".
    """

    span: Span
    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None


CLOCK = (
    r"(?:(?:[01]?\d|2[0-4])\s?(?:(?:gio|h|g)(?![a-z])\s?(?:[0-5]\d(?!\d)(?:\s?phut|p|['’′])?)?|:\s?[0-5]\d)"
    r"(?:\s?(?:sang|chieu|toi))?(?:\s?[,-])?\s?)"
)
_WEEKDAY = r"(?:\(?(?:thu\s(?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)\)?\s?,?\s?)"
_YEAR = r"\s?(?:[/.-]|,?\s?nam|\s)\s?(?P<{}>(?:19|20)\d\d)(?!\d)"
_DAY_YEAR, _MONTH_YEAR, _QUARTER_YEAR, _HALF_YEAR = (
    _YEAR.format(f"{part}_year") for part in ("day", "month", "quarter", "half")
)
# The hour and the weekday before a day: "16 giờ 00 ngày", "17h00, thứ Sáu, ngày".
BEFORE_DAY = rf"(?:{CLOCK})?(?:vao\s)?{_WEEKDAY}?"
_MOMENT_RE = re.compile(
    rf"""
    {BEFORE_DAY}
    (?: (?: ngay \s )? (?P<day> \d{{1,2}} ) (?: \s?[/.-]\s? | \s? thang \s? )
        (?P<month> \d{{1,2}} ) (?! \d | [.,]\d\d?\b ) (?: {_DAY_YEAR} )?
      | (?: (?: dau | giua | cuoi | het ) \s )?
        (?: thang \s (?P<whole_month> \d{{1,2}} ) (?! [\d%] | [.,]\d ) (?: {_MONTH_YEAR} )?
          | (?P<short_month> 0?[1-9] | 1[0-2] ) / (?P<short_year> (?:19|20)\d\d ) (?!\d)
          | quy \s (?P<quarter> iv | i{{1,3}} | [1-4] ) (?!\w) (?: {_QUARTER_YEAR} )?
          | (?: 0?6 | sau ) \s thang \s (?P<half> dau | cuoi ) \s (?: cua \s )? nam (?: {_HALF_YEAR} )?
          | nam \s (?P<year> (?:19|20)\d\d ) (?! \d | \s?[-–]\s?\d | \shoc ) ) )
    """,
    re.VERBOSE,
)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def moment_at(folded: str, position: int) -> Moment | None:
    """The point in time that begins at a place of a folded text, or None.

    >>> moment_at("truoc 16 gio 00 ngay 12/4", 6)
    Moment(span=Span(start=6, end=25), year=None, month=4, day=12, quarter=None, half=None)
    >>> moment_at("quy iii/2024", 0)[1:]
    (2024, None, None, 3, None)
    """
    match = _MOMENT_RE.match(folded, position)
    if match is None:
        return None
    found = {name: int(text) for name, text in match.groupdict().items() if text and text.isdigit()}
    years = ("day_year", "month_year", "short_year", "quarter_year", "half_year", "year")
    return Moment(
        Span(*match.span()),
        next((found[name] for name in years if name in found), None),
        next((found[name] for name in ("month", "whole_month", "short_month") if name in found), None),
        found.get("day"),
        _QUARTERS[match["quarter"]] if match["quarter"] else None,
        {"dau": 1, "cuoi": 2}[match["half"]] if match["half"] else None,
    )


def iso_moment(moment: Moment, year: int | None) -> str | None:
    """A point in time in ISO form, "2024-Q3" a quarter, "2024-01/2024-06" a half-year; None where it cannot be one.

    Args:
        moment: as printed.
        year: which it is of where none is printed.

    >>> iso_moment(Moment(Span(0, 0), month=6, day=20), 2024), iso_moment(Moment(Span(0, 0), month=13), 2024)
    ('2024-06-20', None)
    """
    year = moment.year or year
    if year is None:
        return None
    if moment.quarter:
        return f"{year}-Q{moment.quarter}"
    if moment.half:
        return f"{year}-01/{year}-06" if moment.half == 1 else f"{year}-07/{year}-12"
    return iso_date(year, moment.month, moment.day)[0]


def last_day(value: str) -> str:
    """The last day that an ISO value may mean, to be compared as text.

    >>> last_day("2024-Q2"), last_day("2024-02"), last_day("2024-05-01/2024-05-31")
    ('2024-06-31', '2024-02-31', '2024-05-31')
    """
    last = value.rpartition("/")[2]
    if "Q" in last:
        last = f"{last[:4]}-{3 * int(last[-1]):02d}"
    return last + "-12-31"[3 * last.count("-") :]
