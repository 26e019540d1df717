"""What comes again and again: ``hằng quý``, ``định kỳ 6 tháng``, ``trước ngày 20 hằng tháng``, ``01 lần/năm``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from restore.content import Recurrence
from restore.meaning.moments import BEFORE_DAY, CLOCK
from restore.structure.lines import Span


class Recurring(NamedTuple):
    """How often, and where the words that say so stand."""

    span: Span
    recurrence: Recurrence


_UNITS: dict[str, Recurrence] = {
    "ngay": "daily", "tuan": "weekly", "thang": "monthly", "quy": "quarterly", "nam": "yearly",
}  # fmt: skip
_MONTHS: dict[int, Recurrence] = {1: "monthly", 3: "quarterly", 6: "half-yearly", 12: "yearly"}
_UNIT = "ngay|tuan|thang|quy|nam"
_COUNT = r"0?[136]|12|mot|ba|sau"
_COUNTS = {"mot": 1, "ba": 3, "sau": 6}
# Each begins with letters, so that the search through a whole document is quick.
_EVERY_RE = re.compile(
    rf"(?:hang|moi) (?P<unit>{_UNIT})(?!\w| \d{{4}}| (?:hoc|chan|nuoc|dai)\b| truoc (?!ngay \d|\d))"
)
_REGULARLY_RE = re.compile(
    rf"dinh ky (?:theo |vao )?(?:(?P<count>{_COUNT}) )?(?P<unit>{_UNIT})(?!\w| \d{{1,2}}(?:/| hang | moi )| \d{{4}})"
)
_TIMES_RE = re.compile(rf"lan\b(?: ?(?:/|tren|trong|moi|mot) ?(?:(?:mot|0?1) )?(?P<unit>{_UNIT})(?!\w))?")
_TIMES_A_YEAR_RE = re.compile(r"(?<!\w)\d{1,2} $")
_EVERY_MONTHS_RE = re.compile(
    rf"(?<!\w)(?:moi )?(?P<count>{_COUNT}) (?P<unit>thang|nam|tuan|quy)(?:/|\s)(?:(?:0?1|mot) )?$"
)
# "ngày 10 của tháng sau", "ngày 15 của tháng đầu quý": the words that say how often follow the day.
_NEXT = "sau|tiep theo|ke tiep|lien ke"
_OF_EACH_RE = re.compile(
    rf"(?:thang (?:(?P<month>{_NEXT})(?! (?:quy|nam))"
    rf"|(?P<quarter>(?:dau|cuoi|tiep theo) (?:tien |cung )?(?:cua )?(?:hang |moi )?quy(?: (?:sau|tiep theo))?))"
    rf"|nam (?P<year>{_NEXT}))(?!\w)"
)
_TRIGGER = r"(?:(?:xong\s)?truoc|cham nhat|muon nhat|den het|den|vao)\s(?:la\s)?(?:vao\s|den\s|truoc\s)?"
_DAY = r"(?:ngay\s)?\d{1,2}(?:\s?/\s?\d{1,2}|\sthang\s\d{1,2})?(?:\s(?!(?:thang|quy|nam|tuan|lan|gio)\b)\w+)?"
_POINT = rf"(?:{BEFORE_DAY}{_DAY}|{CLOCK}|thang\s\d{{1,2}}|quy\s[iv\d]{{1,3}})"
_RANGE = rf"tu\s(?:{_POINT})\s?(?:den|-)\s(?:het\s)?(?:{_POINT})"
# What may stand before the words, from its own first one: "trước 06 giờ 00 và 16 giờ 00 hằng ngày".
_BEFORE_RE = re.compile(
    rf"(?:(?:{_RANGE})|(?:{_TRIGGER})?(?:{_POINT})(?:\s?(?:,|va|;)\s(?:{_TRIGGER})?(?:{_POINT}))*)[\s,(]*(?:cua\s|vao\s)?$"
)
_LONGEST_BEFORE = 60
# "cửa hàng năm 2024", "khách hàng ngày": goods and shops, no recurrence.
_GOODS = ("cửa", "mặt", "khách", "ngân", "đơn", "giao", "bán", "mua", "xuất", "nhập", "nhận", "nhà", "kho")
# Habits of life and pay, plans made year by year, and what is behind: "đời sống hằng ngày", "lương hằng tháng",
# "trong dự toán ngân sách hằng năm", "kết quả đạt được … hằng năm".
_NOTHING_DUE_RE = re.compile(
    r"(?:(?:doi song|cuoc song|nghi|nghi he|nghi phep)"
    r"|(?:luong|tro cap|phu cap|thu lao|tien thuong|ho tro|muc huong|muc dong|muc phi|hoi phi|loi nhuan|han ngach|thu nhap"
    r"|doanh thu|hoc phi)[^.,;:\x00]{0,30}"
    r"|(?:theo|trong|cua|doi voi|cung voi|tu|vao)\s(?:ke hoach|du toan|chuong trinh|nguon|kinh phi|ngan sach)[^.,;:\x00]{0,50}"
    r"|dat duoc[^.;\x00]{0,90})\s$"
)
# "công việc hằng ngày" is what comes up; a cell meets ("sinh hoạt") every month.
_HABIT_RE = re.compile(r"(?:doi song|cuoc song|sinh hoat|cong viec|hoat dong)\s$")
_SO_OFTEN_RE = re.compile(r"\s?(?:$|[\d,.;:)\x00]|(?:mot|hai|ba|bon|it nhat|vao|tu|truoc|sau)\b)")
_DAY_BY_DAY_RE = re.compile(r"(?:\blan\s$|\bit nhat[^.;\x00]{0,20}$)")
_REGULAR_WORDS = ("dinh ky theo ", "dinh ky ")
_MARKED = frozenset(("hằng", "hàng", "mỗi", "ngày", "tuần", "tháng", "quý", "năm"))


def find_recurring(text: str, folded: str) -> Iterator[Recurring]:
    """All places that say how often something is to be done, with the day or hour before them.

    Args:
        text: the text.
        folded: the same in lower case without marks.

    >>> from restore.structure.lines import fold
    >>> text = "báo cáo trước ngày 20 hằng tháng; họp định kỳ 6 tháng; gửi ngày 10 của tháng sau"
    >>> [(text[slice(*one.span)], one.recurrence) for one in find_recurring(text, fold(text))]
    [('trước ngày 20 hằng tháng', 'monthly'), ('định kỳ 6 tháng', 'half-yearly'), ('ngày 10 của tháng sau', 'monthly')]
    """
    for start, end, recurrence in _spoken(text, folded):
        first = _start(folded, start)
        # What has its day or hour is due, whatever stands before it.
        if first < start or not _is_idle(text, folded, start, end):
            yield Recurring(Span(first, end), recurrence)
    for match in _OF_EACH_RE.finditer(folded):
        first = _start(folded, match.start())
        if first < match.start():
            recurrence = "monthly" if match["month"] else "quarterly" if match["quarter"] else "yearly"
            yield Recurring(Span(first, match.end()), recurrence)


def _spoken(text: str, folded: str) -> Iterator[tuple[int, int, Recurrence]]:
    """The words that say how often, their beginning, end and meaning."""
    for pattern in (_EVERY_RE, _REGULARLY_RE):
        for match in pattern.finditer(folded):
            start = match.start()
            words = text[start : match.end()].lower().split()
            alone = not (start and folded[start - 1].isalnum())
            # "mỗi quý" and not "mới quy định"
            if alone and words[-1] in _MARKED and (pattern is _REGULARLY_RE or words[0] in _MARKED):
                recurrence = _recurrence(match["unit"], match.groupdict().get("count"))
                start -= next((len(word) for word in _REGULAR_WORDS if folded.endswith(word, 0, start)), 0)
                if recurrence:
                    yield start, match.end(), recurrence
    for match in _TIMES_RE.finditer(folded):
        pattern = _TIMES_A_YEAR_RE if match["unit"] else _EVERY_MONTHS_RE
        before = pattern.search(folded, max(0, match.start() - 24), match.start())
        if before:
            unit = match["unit"] or before["unit"]
            recurrence = _recurrence(unit, None if match["unit"] else before["count"])
            if recurrence:
                yield before.start(), match.end(), recurrence


def _recurrence(unit: str, printed: str | None) -> Recurrence | None:
    count = (_COUNTS.get(printed) or int(printed)) if printed else 1
    if count == 1:
        return _UNITS[unit]
    return _MONTHS.get(count) if unit == "thang" else None


def _start(folded: str, position: int) -> int:
    """Where the words begin, with the day or hour before them."""
    before = _BEFORE_RE.search(folded, max(0, position - _LONGEST_BEFORE), position)
    if before is None:
        return position
    start = before.start()
    # A figure must not be the tail of a longer one.
    return position if start and folded[start - 1].isalnum() else start


def _is_idle(text: str, folded: str, start: int, end: int) -> bool:
    """Whether nothing is due: a shop, a habit, a pay, a wish."""
    first = max(0, start - 110)
    if folded.endswith("ngay", start, end) and _HABIT_RE.search(folded, first, start):
        return True
    idle = _NOTHING_DUE_RE.search(folded, first, start)
    while idle and text[idle.start() : idle.start() + 5].lower() in ("lượng", "nghị "):
        idle = _NOTHING_DUE_RE.search(
            folded, idle.start() + 1, start
        )  # "chất lượng" is no pay, "đề nghị" no leave
    if idle:
        return True
    before = folded[first:start]
    if text.startswith("hàng", start):
        previous = text[max(0, start - 8) : start].split()
        return bool(previous) and previous[-1].lower() in _GOODS
    if folded.startswith("moi ngay", start):  # "mỗi ngày đến trường là một ngày vui"
        return not (_DAY_BY_DAY_RE.search(before) or _SO_OFTEN_RE.match(folded, end))
    return False
