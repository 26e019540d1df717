"""What a search is limited to: types, issuer, number and dates, as facts of the index."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from restore.errors import UsageError
from restore.language.vietnamese import nfc, strip_marks
from restore.search.card import first_day, plain_number
from restore.search.words import FACT, bare_run, has_marks, words_of

_ISO_RE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_PRINTED_RE = re.compile(r"(?:(?:(\d{1,2})[/.])?(\d{1,2})[/.])?(\d{4})")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a document must be to be found.

    Attributes:
        types: it is of one of these types: names or codes, with or without marks ("KH", "kế hoạch", "ke hoach").
        issuer: words that its issuer or the body above has, in any order; with marks just so, without with any.
        number: its number ("129"), or number and notation or their beginning ("129/KH-UBND"), or the notation alone.
        since: it is not older: "2020", "2020-03", "2020-03-01", also "01/03/2020".
        until: it is not younger; a year means its last day.
    """

    types: tuple[str, ...] = ()
    issuer: str = ""
    number: str = ""
    since: str = ""
    until: str = ""

    def __bool__(self) -> bool:
        return any((self.types, self.issuer.strip(), self.number.strip(), self.since, self.until))


def conditions(filters: Filters, years: Collection[int]) -> list[str]:
    """The filters as FTS5 expressions; all of them must hold.

    Args:
        filters: what is asked for.
        years: those that documents of the index are dated with.

    Raises:
        UsageError: a date is none, or the first lies behind the last.

    >>> conditions(Filters(types=("kế hoạch",), number="129/KH"), [])
    ['("=tkehoach")', '"=n129 =ckh"']
    """
    found: list[str] = []
    if filters.types:
        found.append(_any(f"t{bare_run(kind)}" for kind in filters.types))
    found += (f'"{_issuer_fact(word)}"' for word in dict.fromkeys(words_of(filters.issuer)))
    if words := words_of(filters.number):
        found.append(f'"{" ".join(_number_facts(words))}"')
    if filters.since or filters.until:
        first, last = _span(filters)
        found.append(_any(_dates_between(first, last, years)))
    return found


def _any(facts: Iterator[str]) -> str:
    """One of the facts; where there is none, one that no document has."""
    return "(" + " OR ".join(f'"{FACT}{fact}"' for fact in list(facts) or ["none"]) + ")"


def _issuer_fact(word: str) -> str:
    return f"{FACT}i{word}" if has_marks(word) else f"{FACT}b{word}"


def _number_facts(words: list[str]) -> list[str]:
    number = [FACT + "n" + plain_number(words[0])] if words[0][0].isdigit() else []
    return number + [f"{FACT}c{strip_marks(word)}" for word in words[len(number) :]]


def _span(filters: Filters) -> tuple[date, date]:
    first = _day(filters.since, last=False) if filters.since else date.min
    last = _day(filters.until, last=True) if filters.until else date.max
    if first > last:
        raise UsageError("search-dates-crossed", since=filters.since, until=filters.until)
    return first, last


def _day(text: str, *, last: bool) -> date:
    """The first or last day of what a person calls a date.

    >>> _day("2021", last=True), _day("2/2020", last=True), _day("01/03/2020", last=False)
    (datetime.date(2021, 12, 31), datetime.date(2020, 2, 29), datetime.date(2020, 3, 1))
    """
    text = nfc(text).strip()
    if match := _ISO_RE.fullmatch(text):
        parts = tuple(filter(None, match.groups()))
    elif match := _PRINTED_RE.fullmatch(text):
        parts = tuple(filter(None, reversed(match.groups())))
    else:
        raise UsageError("search-bad-date", date=text)
    day = first_day(parts)
    if day is None:
        raise UsageError("search-bad-date", date=text)
    if last and len(parts) < 3:
        month = 12 if len(parts) == 1 else day.month
        day = date(day.year, month, monthrange(day.year, month)[1])
    return day


def _dates_between(first: date, last: date, years: Collection[int]) -> Iterator[str]:
    """The facts of every date that may lie between two days, both counted in.

    A date of which only month or year is known may lie wherever any day of it does.

    >>> list(_dates_between(date(2020, 12, 31), date(2022, 1, 31), [2019, 2020, 2021, 2022]))
    ['py2020', 'd20201231', 'pm202012', 'y2021', 'py2022', 'm202201']
    """
    for year in sorted(years):
        start, end = date(year, 1, 1), date(year, 12, 31)
        if start >= first and end <= last:
            yield f"y{year:04}"
        elif start <= last and end >= first:
            yield f"py{year:04}"
            for month in range(1, 13):
                yield from _dates_in_month(year, month, first, last)


def _dates_in_month(year: int, month: int, first: date, last: date) -> Iterator[str]:
    start, end = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    name = f"{year:04}{month:02}"
    if start >= first and end <= last:
        yield f"m{name}"
    elif start <= last and end >= first:
        day = max(start, first)
        while day <= min(end, last):
            yield f"d{name}{day.day:02}"
            if day == date.max:
                break
            day += timedelta(1)
        yield f"pm{name}"
