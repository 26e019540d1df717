"""Dates that an engine broke: ``14112/2015``, ``tháng 0212017``, ``ngdy JO thdng 02 ndm 2025``.

A reading is a real date of a likely year; where several are, the likeliest is suggested at less confidence, the others are
its alternatives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from restore.correct.lookalikes import FIGURE, SLASH, figures, suggestion
from restore.edit import Edit

# 22 of the 23 broken dates of damaged layers were read as in an OCR reading of the same scans, which itself misread the other
# ("damaged", see weights.py); the rest is a bound for what 23 cases cannot show. IN_WORDS and AMBIGUOUS: by hand, too few met.
SLASHED, IN_WORDS, IN_FRAME, AMBIGUOUS = 0.9, 0.9, 0.85, 0.6
YEARS = range(1800, 2100)  # anniversaries go back to 1886 and further; what is later is no date of a document

_FIGURES = FIGURE[:-1] + "i]"
_BOUND = r"(?<![\w/.,-])"
_DATE_RE = re.compile(rf"{_BOUND}(?=\S{{0,9}}\d{{2}}){_FIGURES[:-1]}/f]{{7,10}}(?![\w/])")
_SPLIT_RES = tuple(
    re.compile(rf"({FIGURE}{{{day}}}){SLASH}({FIGURE}{{{month}}}){SLASH}([12lI]{FIGURE}{{3}})")
    for day, month in ((2, 2), (2, 1), (1, 2), (1, 1))
)
_MONTH_RE = re.compile(
    rf"(?:(?P<frame>\bth\S{{1,4}}g)\s|{_BOUND})(?P<date>(?P<month>[01OolI]?{FIGURE})(?P<slash>{SLASH})(?P<year>20\d\d))(?![\w/])"
)
_DAY_RE = re.compile(
    rf"\bng\S{{1,3}}y\s+(?P<date>(?:(?P<day2>[0-3OolI]{FIGURE})|(?P<day1>[1-9lI])){SLASH}(?P<month>[01OolI]{FIGURE}|[1-9]))(?![\w/])"
)
# "ngày", "tháng" and "năm" by what engines leave of them: ngdy, thdng, ndm, nim.
_WORDS_RE = re.compile(
    r"\bng\S{1,4}y\s{1,3}(?P<day>[^\s,.;]{1,2}|[1-3lIJ]\s[0-9OolI])\s{1,3}th\S{1,4}g\s{1,3}(?P<month>[^\s,.;]{1,2})(?!\w)"
    r"(?:\s{1,3}n\S{1,4}m\s{1,3}(?P<year>[12lI]\S{3}\b))?"
)


def broken_dates(text: str) -> Iterator[Edit]:
    """Suggested dates, in no order.

    >>> [(edit.before, edit.after) for edit in broken_dates("ngay 14112/2015, thang 0212017, ngay 01107")]
    [('14112/2015', '14/12/2015'), ('0212017', '02/2017'), ('01107', '01/07')]
    """
    yield from _slashed(text)
    yield from _months(text)
    yield from _days(text)
    yield from _in_words(text)


def is_date(day: str, month: str, year: str) -> bool:
    """Whether three numbers are a real date of a likely year."""
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return int(year) in YEARS


def _slashed(text: str) -> Iterator[Edit]:
    for match in _DATE_RE.finditer(text):
        readings = []
        for split in _SPLIT_RES:
            parts = split.fullmatch(match[0])
            if parts is not None:
                day, month, year = (figures(part) for part in parts.groups())
                known = "/" in match[0] or re.search(r"\d", parts[1] + parts[2])
                if known and is_date(day, month, year):
                    readings.append(f"{day}/{month}/{year}")
        if readings and match[0] not in readings:
            first, *others = readings
            yield suggestion(match.start(), match[0], first, AMBIGUOUS if others else SLASHED, *others)


def _months(text: str) -> Iterator[Edit]:
    """``0l/2023`` anywhere; without a slash only behind ``tháng``."""
    for match in _MONTH_RE.finditer(text):
        after = f"{figures(match['month'])}/{match['year']}"
        framed = match["frame"] is not None or (match["slash"] == "/" and re.search(r"\d", match["month"]))
        if framed and after != match["date"] and is_date("1", figures(match["month"]), match["year"]):
            yield suggestion(match.start("date"), match["date"], after, IN_FRAME)


def _days(text: str) -> Iterator[Edit]:
    """A day and a month behind ``ngày``."""
    for match in _DAY_RE.finditer(text):
        day, month = figures(match["day2"] or match["day1"]), figures(match["month"])
        after = f"{day}/{month}"
        if after != match["date"] and is_date(day, month, "2000"):
            yield suggestion(match.start("date"), match["date"], after, IN_FRAME)


def _in_words(text: str) -> Iterator[Edit]:
    """The broken parts of ``ngày l5 tháng l0 năm 2023``."""
    for match in _WORDS_RE.finditer(text):
        parts = {
            name: figures("".join(match[name].split())) for name in ("day", "month", "year") if match[name]
        }
        whole = all(part.isdecimal() and part.isascii() for part in parts.values())
        if whole and is_date(parts["day"], parts["month"], parts.get("year", "2000")):
            for name, after in parts.items():
                if after != match[name]:
                    yield suggestion(match.start(name), match[name], after, IN_WORDS)
