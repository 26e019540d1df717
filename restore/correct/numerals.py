"""Broken numbers, dates and codes: never changed silently, but suggested with the reading that makes sense of them.

An engine that knew no Vietnamese reads the slash of ``77/KH-UBND`` or ``14/12/2015`` as 1, i, l, I or |, and digits as letters that
look alike. A reading is suggested only where the text cannot be right as it stands and the reading can: a real date, a known
type of document before a dash, the next number of a list, groups of three digits. Dates, codes and lists have a module each; here
are plain numbers, and the order among all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from restore.correct.broken_codes import broken_codes
from restore.correct.broken_dates import broken_dates
from restore.correct.list_markers import broken_markers
from restore.correct.lookalikes import FIGURE, figures, suggestion
from restore.edit import Edit

# By hand: a percent sign, three digits a group and the minutes of an hour leave little else; a bare number leaves more.
FRAMED, MONEY, BARE = 0.85, 0.9, 0.8

_NUMBER_RE = re.compile(
    r"(?<![^\s(\"“])(?!O[23]\b)(?=[\dOlI.]*\d)(?=[\d.]*[OlI])[\dOlI]{2,3}(?=[.,;:)]?(?:\s|$))"
)
_PERCENT_RE = re.compile(
    rf"(?<![\w/.,-])(?P<number>(?=\S{{0,3}}\d){FIGURE}{{1,3}}(?:[.,]{FIGURE}{{1,2}})?)\s?%"
)
_OVER_RE = re.compile(
    r"(?<![\w/.,-])(?P<number>100|[1-9]\d(?:[.,]\d{1,2})?|\d[.,]\d{1,2})[0Oo]/[0Oo](?!\d|[-/])"
)
_MONEY_RE = re.compile(
    rf"(?<![\w/.,-])(?P<number>(?=\w{{0,2}}\d|\w+[.,]\w+[.,]\w*\d)(?=[\d.,]*[A-Za-z|])"
    rf"{FIGURE}{{1,3}}(?:(?:\.{FIGURE}{{3}})+|(?:,{FIGURE}{{3}})+))"
    r"(?![\w/]|[.,]\w)"
)
# "OS nam", 05 years; a zero in front tells that it is a number.
_COUNT_RE = re.compile(r"(?<![\w/.,-])(?P<number>[0O][1-9SlIB])(?=\s+(?:n\S{1,2}m|th\S{1,3}g)\b)")
_HOUR_RE = re.compile(
    r"(?<![\w/.,-])(?P<number>(?P<hour>[01lI]?\dh|2[0-3]h)(?P<minutes>[0-5OolIS][\dOolIS]))(?!\w)"
)


def suggestions(text: str) -> Iterator[Edit]:
    """Suggested edits of a text, in order; none of them is applied.

    >>> [(edit.before, edit.after) for edit in suggestions("Kế hoạch số 771KH-UBND ngày 14112/2015")]
    [('771KH-UBND', '77/KH-UBND'), ('14112/2015', '14/12/2015')]
    >>> list(suggestions("Kế hoạch số 77/KH-UBND ngày 14/12/2015"))
    []
    """
    return _apart([*broken_dates(text), *broken_codes(text), *broken_markers(text), *_numbers(text)])


def dates_and_codes(text: str) -> Iterator[Edit]:
    """The suggestions that need no damage around them: what is broken so is never right, in no text.

    A D for a Đ alone is none of them: people type it.

    >>> [edit.after for edit in dates_and_codes("ngày 14112/2015, tăng 2S%")]
    ['14/12/2015']
    """
    codes = (
        edit for edit in broken_codes(text) if edit.after.replace("Đ", "D") != edit.before.replace("Đ", "D")
    )
    return _apart([*broken_dates(text), *codes])


def _apart(found: Iterable[Edit]) -> Iterator[Edit]:
    """In order, and of those that overlap the first."""
    end = 0
    for edit in sorted(found, key=lambda edit: (edit.start, -edit.end, -edit.confidence)):
        if edit.start >= end:
            yield edit
            end = edit.end


def _numbers(text: str) -> Iterator[Edit]:
    """Numbers with letters that look like digits: ``1O``, ``2S%``, ``510/0``, ``1.SOO.OOO``, ``8hOO``.

    >>> [edit.after for edit in _numbers("l2 nguoi, 2S%, 510/0, 1.SOO.OOO dong, 8hOO, H2O, O2, 16B")]
    ['12', '25', '51%', '1.500.000', '8h00']
    """
    for match in _NUMBER_RE.finditer(text):
        yield from _as_figures(match[0], match.start(), BARE)
    for match in _PERCENT_RE.finditer(text):
        yield from _as_figures(match["number"], match.start(), FRAMED)
    for match in _OVER_RE.finditer(text):
        yield suggestion(match.start(), match[0], f"{match['number']}%", FRAMED)
    for match in _COUNT_RE.finditer(text):
        yield from _as_figures(match["number"], match.start(), FRAMED)
    for match in _MONEY_RE.finditer(text):
        yield from _as_figures(match["number"], match.start(), MONEY)
    for match in _HOUR_RE.finditer(text):
        minutes = figures(match["minutes"])
        if minutes != match["minutes"]:
            yield suggestion(match.start(), match[0], figures(match["hour"]) + minutes, FRAMED)


def _as_figures(number: str, start: int, confidence: float) -> Iterator[Edit]:
    after = figures(number)
    if after != number:
        yield suggestion(start, number, after, confidence)
