"""When something is due: by a date, within a time, again and again."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from restore.content import Deadline, Recurrence, Reference
from restore.field import ABSENT, Field
from restore.meaning.moments import CLOCK, Moment, iso_moment, last_day, moment_at
from restore.meaning.passages import BOUNDARY, Passages
from restore.meaning.recurrences import find_recurring
from restore.structure.dates import iso_date
from restore.structure.lines import Span


class _Due(NamedTuple):
    """A deadline as spans of the passages; one of date, period and recurrence is there."""

    span: Span
    date: str | None = None
    period: str | None = None
    working_days: bool = False
    recurrence: Recurrence | None = None


# What a date by which something is due begins with; one pattern for each first word, so that each search is quick.
_BY_RES = tuple(
    re.compile(rf"{word}(?: (?:la|vao|den|trong|het|truoc)){{0,3}}[ :]+(?:thoi (?:gian|diem|han) )?")
    for word in (
        "truoc",
        "cham nhat",
        "muon nhat",
        "tre nhat",
        "cham hon",
        "muon hon",
        "khong qua(?= ngay)",
        "den het",
        "den cuoi",
        "han cuoi",
        "han chot",
        "han nop",
    )
)
_WITHIN_RE = re.compile(
    r"trong (?=(?:dau |giua |cuoi |het )?(?:ngay \d|thang \d|quy |nam \d|0?6 thang (?:dau|cuoi)|sau thang (?:dau|cuoi)))"
)
# "Hoàn thành: tháng 6/2024", "hoàn thành vào ngày 15/6".
_DONE_IN_RE = re.compile(
    r"hoan thanh(?: xong)?(?: vao)?(?::? |:?\x00)(?=(?:dau |giua |cuoi )?(?:ngay \d|thang \d|quy )|\d{1,2}/\d)"
)
_DONE_WORDS = ("hoan thanh xong ", "hoan thanh ", "xong ", "ket thuc ")
# "năm trước đến ngày …", "quý trước đến …": no "before".
_LAST_WORDS = ("nam ", "thang ", "quy ", "ky ", "tuan ", "ngay ")
# "Thời gian: 01 buổi, từ 14 giờ 00 ngày 12/6/2024"; a heading and its text are two passages.
_TIME_LABEL_RE = re.compile(
    r"(?:thoi gian|thoi han|thoi diem|tien do|han (?:nop|cuoi|chot|gui)|lich)"
    r"[^:.;\x00]{0,40}(?::|\x00)\s*(?P<between>[^.;\x00]{0,60})"
)
_MOMENT_START_RE = re.compile(
    r"(?:ngay\s\d|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|thang\s\d|quy\s[iv1-4]|nam\s(?:19|20)\d\d)"
)
_RANGE_RE = re.compile(r"tu (?<!\wtu )(?=\d|ngay\s\d|thang\s\d|quy\s[iv1-4]|\w+\s\d)")
_RANGE_LEFT_RE = re.compile(
    r"(?:\d{1,2}\s?(?:gio|h)\s?(?:\d\d)?(?:\s?phut)?,?\s(?=ngay))?(?P<unit>ngay\s|thang\s|quy\s)?"
    r"(?P<first>\d{1,2}|iv|i{1,3})(?=(?:,|\s?(?:den|va))\s|\s?[-–])"
)
# "02 ngày 15 và 16/6/2024"
_DAYS_RE = re.compile(r"(?<=ngay )(?=\d{1,2}(?:,| va| ?[-–]) \d{1,2}/\d)")
_TO_RE = re.compile(r"(?:(?:,|\s?(?:den|va))\s|\s?[-–]\s?)(?:het\s|truoc\s)?")
# "từ 7 giờ 30 đến 11 giờ 30 ngày 15/5": one day.
_HOURS_RE = re.compile(rf"{CLOCK}(?:den|[-–])\s?")

_NUMBERS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10, "muoi hai": 12,
    "muoi lam": 15, "hai muoi": 20, "ba muoi": 30, "bon muoi lam": 45, "sau muoi": 60, "chin muoi": 90,
}  # fmt: skip
_NUMBER = rf"\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))}"
_PERIOD_UNIT = r"ngay|tuan|thang|quy|nam|gio|phut"
_PERIOD_RES = tuple(
    re.compile(
        rf"{words}(?: (?:khong qua|toi da|la|it nhat|toi thieu|nhieu nhat)){{0,2}}"
        rf"(?: |(?<=\x00))(?P<number>{_NUMBER})(?: ?\([^)]{{1,20}}\))? (?P<unit>{_PERIOD_UNIT})(?P<work> lam viec)?(?!\w|/)"
    )
    for words in (
        r"trong(?=(?: khong qua| toi da)? \d| thoi| vong| khoang)(?: thoi (?:han|gian)| vong| khoang){0,2}",
        r"cham nhat(?: la)?(?: sau| trong)?(?: thoi han| vong)?",
        r"khong qua",
        r"toi da(?: khong qua)?",
        r"thoi (?:han|gian (?:thuc hien|hoan thanh|giai quyet|xu ly|thi cong))[^:.;\x00]{0,30}[:\x00]",
    )
)
_ISO_UNITS = {"ngay": "P{}D", "tuan": "P{}W", "thang": "P{}M", "nam": "P{}Y", "gio": "PT{}H", "phut": "PT{}M"}
# "trong 5 năm qua", "trong 12 tháng liên tục", "trong 02 ngày 15, 16/4", "trong 6 tháng đầu năm": no time to do it in.
_PAST_PERIOD_RE = re.compile(
    r"\s?(?:qua\b|vua qua|gan (?:nhat|day|nhau)|(?<!ngay )lien tuc|lien (?:tiep|ke)|truoc (?:do|day|thoi diem|khi)|dau (?:nam|tien)"
    r"|cuoi (?:nam|cung)|\(?\d|tu nam|toi|tiep theo|hoc\b|tai chinh|moi lan|\(tu\b|,? tu ngay)"
)
# How long something is valid or kept: "thời hạn hợp đồng không quá 05 năm", "bảo hành trong thời hạn 12 tháng".
_VALID_RE = re.compile(
    r"(?:thoi (?:han|gian) (?:cua |thuc hien )?(?:hop dong|giay phep|chung chi|thue|su dung|bao hanh|luu tru|luu giu|bao quan"
    r"|hieu luc|vay|cho vay|co hieu luc|giao dat|khai thac|huong|hoat dong|nhiem ky|bo nhiem|thu viec|biet phai|dao tao|hoc)"
    r"|bao hanh|co gia tri|co hieu luc)\b[^.;\x00]{0,40}$"
)
# "không quá 01 ngày" is how long something takes, but for a term: "thời hạn xử lý không quá 05 ngày", "… kể từ ngày nhận".
_AT_MOST = ("khong qua", "toi da")
_TERM_RE = re.compile(r"thoi (?:han|gian)[^.;\x00]{0,45}$")
_FROM_RE = re.compile(r"\s?,?\s?(?:ke tu|tu khi|tu ngay)\b")
_HOURS_A_DAY_RE = re.compile(r"(?:gio|lan|buoi|tiet)\s(?:lam viec\s)?$")
# The date of an effect, a school year or a stage is no deadline.
_NO_DEADLINE_RE = re.compile(
    r"(?:hieu luc(?: thi hanh)?|co gia tri|het han)(?! thi )[^.,;\x00]{0,50}$"
    r"|(?:giai doan|nam hoc|nhiem ky|nien do|so lieu|ke|phat sinh)\s$|(?:so lieu|ky bao cao)[^.;\x00]{0,30}$"
    r"|\b(?:da|duoc|do|(?<!du thao )van ban(?! trinh))\b[^.,;:\x00]{0,50}\bban hanh\s$"
)
_EACH_YEAR_RE = re.compile(r"(?:hang|moi) (?:nam|quy|thang)[\s,(:]*(?:va[ot]\s)?$")
_EVERY_YEAR_RE = re.compile(r"[\s,(]*(?:cua\s)?(?:hang|moi)\s(?:nam|quy|thang)\b")
_LAST_YEAR_RE = re.compile(r"\s(?:cua )?nam truoc\b")
_DONE_RE = re.compile(r"\bđã\b")


def find_deadlines(passages: Passages, issued: Field) -> tuple[Deadline, ...]:
    """All deadlines of the body, in the order of the text; what is annexed is not looked at.

    Args:
        passages: of the document.
        issued: the document's date, which gives the year where the words have none; what was before it is past.
    """
    end = passages.body_end
    text, folded = passages.text[:end], passages.folded[:end]
    found = [_Due(one.span, recurrence=one.recurrence) for one in find_recurring(text, folded)]
    found += _periods(folded)
    found += _dates(text, folded, issued.value or "")
    kept: list[_Due] = []
    for due in sorted(found, key=lambda one: (one.span.start, -one.span.end)):
        in_body = passages.section_id(due.span.start) is not None
        if in_body and (not kept or due.span.start >= kept[-1].span.end):
            kept.append(due)
    return tuple(_deadline(passages, due) for due in kept)


def _deadline(passages: Passages, due: _Due) -> Deadline:
    return Deadline(
        text=passages.field(*due.span),
        kind="recurring" if due.recurrence else "period" if due.period else "date",
        date=passages.field(*due.span, due.date) if due.date else ABSENT,
        period=due.period,
        working_days=due.working_days,
        recurrence=due.recurrence,
        section_id=passages.section_id(due.span.start),
    )


def _periods(folded: str) -> Iterator[_Due]:
    """Times within which something is to be done."""
    for match in chain.from_iterable(pattern.finditer(folded) for pattern in _PERIOD_RES):
        before = folded[max(0, match.start() - 60) : match.start()]
        if (
            _PAST_PERIOD_RE.match(folded, match.end())
            or _HOURS_A_DAY_RE.search(before)
            or _NO_DEADLINE_RE.search(before)
            or _VALID_RE.search(before)
            or (match[0].startswith(_AT_MOST) and not _is_term(folded, match, before))
        ):
            continue
        number = _NUMBERS.get(match["number"]) or int(match["number"])
        unit = match["unit"]
        period = f"P{3 * number}M" if unit == "quy" else _ISO_UNITS[unit].format(number)
        # A heading that says "Thời hạn giải quyết" is a passage of its own.
        start = max(match.start(), folded.rfind(BOUNDARY, match.start(), match.end()) + 1)
        yield _Due(
            Span(start, match.end()), period=period, working_days=bool(match["work"]) and unit == "ngay"
        )


def _is_term(folded: str, match: re.Match[str], before: str) -> bool:
    """Whether a longest time is a term: of working days, counted from a day, or called one."""
    counted = match["work"] or _FROM_RE.match(folded, match.end())
    # "thị thực thời hạn không quá 10 năm" is a validity: nobody has years to answer.
    return bool(counted) or (match["unit"] != "nam" and _TERM_RE.search(before) is not None)


def _dates(text: str, folded: str, issued: str) -> Iterator[_Due]:
    """Dates by, in or from which to which something is to be done."""
    year = int(issued[:4]) if issued[:4].isdigit() else None
    for start, moment in _due_moments(folded):
        if moment.year is None and (
            _EACH_YEAR_RE.search(folded, max(0, start - 20), start)
            or _EVERY_YEAR_RE.match(folded, moment.span.end)
        ):
            continue  # "hằng năm (trước ngày 31 tháng 12)", "kết thúc trước ngày 31/12 hằng năm"
        value = iso_moment(moment, year)
        yield from _future(text, folded, _Due(Span(start, moment.span.end), value), issued)
    for match in chain(_RANGE_RE.finditer(folded), _DAYS_RE.finditer(folded)):
        stretch = _stretch(folded, match.end(), year)
        if stretch:
            start = match.start() - len("kể ") * folded.endswith("ke ", 0, match.start())
            yield from _future(text, folded, _Due(Span(start, stretch.span.end), stretch.date), issued)


def _due_moments(folded: str) -> Iterator[tuple[int, Moment]]:
    """Points in time by or in which something is to be done, with where the words begin that say so."""
    for match in chain.from_iterable(
        pattern.finditer(folded) for pattern in (*_BY_RES, _WITHIN_RE, _DONE_IN_RE)
    ):
        start = match.start()
        if start and (folded[start - 1].isalnum() or folded.endswith(("da hoan thanh ", " da "), 0, start)):
            continue
        last = match[0].startswith("truoc den") and folded.endswith(_LAST_WORDS, 0, start)
        moment = moment_at(folded, match.end())
        if moment and not last:
            done = next((len(word) for word in _DONE_WORDS if folded.endswith(word, 0, start)), 0)
            yield start - done, moment
    for match in _TIME_LABEL_RE.finditer(folded):
        starts = _MOMENT_START_RE.finditer(folded, match.start("between"), match.end("between"))
        moment = next((found for first in starts if (found := moment_at(folded, first.start()))), None)
        if moment and " so " not in folded[match.start("between") : moment.span.start]:
            yield moment.span.start, moment


def _stretch(folded: str, position: int, year: int | None) -> _Due | None:
    """A stretch of time, ``[từ] ngày 01/5 đến hết ngày 31/5/2024``: its beginning takes from its end what it lacks."""
    if hours := _HOURS_RE.match(folded, position):
        day = moment_at(folded, hours.end())
        value = iso_moment(day, year) if day and day.day else None
        return _Due(Span(position, day.span.end), value) if day and value else None
    left = _RANGE_LEFT_RE.match(folded, position)
    first = None if left else moment_at(folded, position)
    if left is None and first is None:
        return None
    to = _TO_RE.match(folded, left.end() if left else first.span.end if first else position)
    last = moment_at(folded, to.end()) if to else None
    if last is None:
        return None
    if left:
        first = _begun(left, last)
    assert first is not None
    value, end = iso_moment(first, last.year or year), iso_moment(last, year)
    if not value or not end or (first.day is None and first.month is None and first.quarter is None):
        return None
    return _Due(Span(position, last.span.end), f"{value}/{end}")


def _begun(left: re.Match[str], last: Moment) -> Moment:
    """The beginning of a stretch that has one figure alone: a day, month or quarter as its end is."""
    figure = left["first"]
    number = int(figure) if figure.isdigit() else {"i": 1, "ii": 2, "iii": 3, "iv": 4}[figure]
    span = Span(*left.span())
    if last.quarter:
        return Moment(span, last.year, quarter=number if 1 <= number <= 4 else None)
    if last.day is None:
        return Moment(span, last.year, month=number)
    return Moment(span, last.year, last.month, number)


def _future(text: str, folded: str, due: _Due, issued: str) -> Iterator[_Due]:
    """A date that is a deadline: not past, no date of an effect, of a school year or of what was done."""
    start = due.span.start
    if due.date is None or last_day(due.date) < issued or _LAST_YEAR_RE.match(folded, due.span.end):
        return
    if _NO_DEADLINE_RE.search(folded[max(0, start - 60) : start]):
        return
    if not _is_report(text, folded, due):
        yield due


def _is_report(text: str, folded: str, due: _Due) -> bool:
    """Whether words like "Trong năm 2024, xã đã …" tell of what was done; a half-year that opens a sentence always does."""
    start, end = due.span
    if not folded.startswith("trong", start):
        return False
    if text[start].isupper() and due.date is not None and "/" in due.date:
        return True
    clause = max(text.rfind(mark, max(0, start - 120), start) for mark in (".", ";", ",", "\x00"))
    return _DONE_RE.search(text[clause + 1 : end + 60].lower()) is not None


_PRINTED_YEAR_RE = re.compile(r"[12]\d{3}(?![\d/])")
_DATE_BEFORE_YEAR_RE = re.compile(
    r"(?<![\d/.-])(?P<day>\d{1,2})(?: ?[/.-] ?| thang )(?P<month>\d{1,2})(?: ?[/.-] ?|,? nam )$"
    r"|thang (?P<whole>\d{1,2})(?:/| nam )$"
)


def find_dates(passages: Passages, references: Sequence[Reference] = ()) -> tuple[Field, ...]:
    """All days and months with their years that the text names, ISO, in its order.

    Args:
        passages: of the document.
        references: the documents cited, whose dates are theirs.
    """
    cited = sorted((one.start, one.end) for reference in references for one in reference.text.provenance)
    starts = [start for start, _ in cited]
    found: list[Field] = []
    folded = passages.folded
    for year in _PRINTED_YEAR_RE.finditer(folded):
        if folded[max(0, year.start() - 1) : year.start()] not in ("/", ".", "-", " "):
            continue
        match = _DATE_BEFORE_YEAR_RE.search(folded, max(0, year.start() - 22), year.start())
        if match is None:
            continue
        day = int(match["day"]) if match["day"] else None
        value = iso_date(int(year[0]), int(match["month"] or match["whole"]), day)[0]
        if value is None:
            continue
        field = passages.field(match.start(), year.end(), value)
        place = field.provenance[0].start
        index = bisect_right(starts, place) - 1
        if index < 0 or place >= cited[index][1]:
            found.append(field)
    return tuple(found)
