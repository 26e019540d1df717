"""Broken numbers, dates and codes: never changed silently, but suggested with the reading that makes sense of them.

An engine that knew no Vietnamese reads the slash of ``77/KH-UBND`` or ``14/12/2015`` as 1, i, l, I or |, and digits as letters that
look alike. A reading is suggested only where the text cannot be right as it stands and the reading can: a real date, a known
type of document before a dash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from restore.edit import Edit
from restore.language import lexicon

# Chosen by hand: a date whose parts are all in range is rarely a chance hit, a code with a known type still more rarely.
DATE_CONFIDENCE = 0.85
CODE_CONFIDENCE = 0.8
MISREAD_DIGITS = str.maketrans(
    {"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "S": "5", "Z": "2", "B": "8"}
)

_DATE_RE = re.compile(
    r"""(?<![\w/])
    (?P<day> [0-3OolI]?[\dOolI]) (?P<first> [/1lIi|]) (?P<month> [01OolI]?[\dOolI]) (?P<second> [/1lIi|])
    (?P<year> (?:19|2[0Oo])[\dOolI]{2})
    (?![\w/])""",
    re.VERBOSE,
)
_CODE_RE = re.compile(
    r"""(?<![\w/])
    (?P<number> \d{1,4}) (?P<slash> \ ?[1lIi|f]\ ?) (?P<type> [A-ZĐ][A-Za-zĐđ]{1,3}) (?P<rest> \ ?-\ ?[A-ZĐ][\wĐ&]+)""",
    re.VERBOSE,
)
_NUMBER_RE = re.compile(
    r"(?<![\w/.,-])(?=[\dOlI.]*\d)(?=[\d.]*[OlI])[1-9OlI][\dOlI]{0,2}(?=[.,;:)]?(?:\s|$))"
)


def suggestions(text: str) -> Iterator[Edit]:
    """Suggested edits of a text, in order; none of them is applied.

    >>> [(edit.before, edit.after) for edit in suggestions("Kế hoạch số 771KH-UBND ngày 14112/2015")]
    [('771KH-UBND', '77/KH-UBND'), ('14112/2015', '14/12/2015')]
    >>> list(suggestions("Kế hoạch số 77/KH-UBND ngày 14/12/2015"))
    []
    """
    found = [*_dates(text), *_codes(text), *_numbers(text)]
    end = 0
    for edit in sorted(found, key=lambda edit: (edit.start, -edit.end)):
        if edit.start >= end:
            yield edit
            end = edit.end


def _dates(text: str) -> Iterator[Edit]:
    for match in _DATE_RE.finditer(text):
        day, month, year = (match[part].translate(MISREAD_DIGITS) for part in ("day", "month", "year"))
        after = f"{day}/{month}/{year}"
        if after != match[0] and _is_date(day, month, year):
            yield _suggestion(match.start(), match[0], after, DATE_CONFIDENCE)


def _is_date(day: str, month: str, year: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def _codes(text: str) -> Iterator[Edit]:
    known = {code for entry in lexicon.document_types() for code in (entry.code, *entry.aliases) if code}
    plain = {code.replace("Đ", "D"): code for code in known}
    for match in _CODE_RE.finditer(text):
        code = plain.get(match["type"].replace("Đ", "D"))
        if code is not None and _number_before_slash(match["number"]):
            rest = re.sub(r"\s", "", match["rest"])
            yield _suggestion(match.start(), match[0], f"{match['number']}/{code}{rest}", CODE_CONFIDENCE)


def _number_before_slash(number: str) -> bool:
    return number.lstrip("0") != ""


def _numbers(text: str) -> Iterator[Edit]:
    """Numbers with letters that look like digits: ``1O.`` for ``10.``."""
    for match in _NUMBER_RE.finditer(text):
        after = match[0].translate(MISREAD_DIGITS)
        if after.isdigit() and after != match[0]:
            yield _suggestion(match.start(), match[0], after, CODE_CONFIDENCE)


def _suggestion(start: int, before: str, after: str, confidence: float) -> Edit:
    return Edit(
        start=start, end=start + len(before), before=before, after=after, kind="number", source="number",
        confidence=confidence, status="suggested",
    )  # fmt: skip
