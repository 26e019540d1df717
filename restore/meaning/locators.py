"""Parts of a document as laws are cited: ``điểm a, b khoản 2 Điều 5``, ``Mục II``, ``khoản 1 Điều này``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from restore.structure.lines import Span

THIS = "này"


class Part(NamedTuple):
    """One step on the way to a cited part.

    Attributes:
        kind: the word before the number, folded ("dieu", "khoan", "diem", "muc", "chuong", "phan", "phu luc").
        number: as printed, the first where several stand ("a" of "điểm a, b"); ``THIS`` of "Điều này".
    """

    kind: str
    number: str


class Locator(NamedTuple):
    """A cited part: where its words stand, and its steps in the order of the text, the first path only."""

    span: Span
    parts: tuple[Part, ...]


_AND = r"(?:\s?[,;]\s(?:va\s|hoac\s)?|\s(?:va|hoac|den|hay)\s|\s?[-–]\s?)"
_ARABIC = r"\d{1,3}[a-z]?(?:\.\d{1,2}){0,3}(?![\w%/]|[.,]\d)"
# A letter stands alone: "điểm a" and not "điểm cao".
_LETTER = r"[a-z]\d{0,2}(?:\.\d{1,2})?(?![\w/])"
_FIGURE = rf"(?:{_ARABIC}|(?:[ivx]{{1,6}}|[a-e])(?:\.\d{{1,2}}){{0,3}}(?![\w/]))"
_ORDINAL = r"thu (?:nhat|hai|ba|tu|nam|sau)\b"
_ANNEX = r"(?:\d{1,2}[a-z]?(?:\.\d{1,2})?|[ivx]{1,6}|[a-h])(?:[-.][a-z\d]{1,2})?(?![\w/])"
# What may follow a further number without its word: "Điều 1, 2 và 3 Quyết định này", but not "Điều 1, 15 ngày".
_GOES_ON = (
    r"(?=\s*(?:[,;.:)”\x00]|$|(?:va|hoac|hay|den|dieu|khoan|muc|chuong|phan|phu luc|cua|nay|thuoc|luat|bo luat|"
    r"phap lenh|hien phap|nghi|quyet dinh|thong tu|quy che|quy dinh|ke hoach|cong van|chi thi|dieu le|ban hanh|kem)\b))"
)


def _unit(word: str, number: str) -> str:
    return rf"(?:cac\s)?{word}\s(?:nay\b|(?:so\s)?{number}(?:{_AND}(?:{word}\s{number}|{number}{_GOES_ON}))*)"


_UNIT = "|".join((
    _unit("dieu", _ARABIC),
    _unit("khoan", _ARABIC),
    _unit("(?:diem|tiet)", f"(?:{_LETTER}|{_ARABIC})"),
    _unit("(?:tieu )?muc", _FIGURE),
    _unit("chuong", _FIGURE),
    _unit("phan", f"(?:{_ORDINAL}|{_FIGURE})"),
    _unit("phu luc", _ANNEX),
))  # fmt: skip
# Where one may begin: cheap, as it goes over all of the text.
_OPENING_RE = re.compile(
    r"(?:dieu|khoan|diem|tiet|muc|chuong|phan|phu luc) (?=\d|nay\b|so \d|thu \w|[a-y](?!\w)|[ivx]{2,6}(?!\w)|[a-y]\d)"
)
_LOCATOR_RE = re.compile(
    rf"(?:{_UNIT})(?:(?:\s?[,;]\s|\s)(?:va\s|hoac\s)?(?:(?:cua|thuoc|tai)\s)?(?:{_UNIT}))*"
)
_PART_RE = re.compile(
    r"(dieu|khoan|diem|tiet|tieu muc|muc|chuong|phan|phu luc)\s(?:so\s)?(nay|thu\s\w+|\w+(?:[.-]\w{1,2})*)"
)
# What stands between a path and the next.
_LINK_RE = re.compile(r"\s?[,;]?\s(?:va\s|hoac\s)?(?:(?:cua|thuoc|tai)\s)?(?:cac\s)?$")
# Other words that fold to the same letters, and the words that make another one with what stands before them.
_OTHER_WORDS = frozenset(
    ("mức", "mực", "phân", "phản", "phán", "phận", "khoán", "khoan", "điệu", "diều", "chuông", "tiệt")
)
_COMPOUNDS: dict[str, tuple[str, ...]] = {
    "diem": ("thời", "địa", "quan", "đặc", "trọng", "hạn", "ưu", "nhược", "khuyết", "cao", "kiểm", "tạm", "giao", "chấm",
             "yếu", "tiểu", "luận"),
    "khoan": ("tài", "điều", "tín", "bưu"),
    "muc": ("danh", "hạng", "chuyên", "đề", "thư", "tiết"),
    "phan": ("thành", "cổ", "học", "một", "góp"),
    "tiet": ("chi", "thời", "tình"),
    "chuong": ("huy", "kỷ", "văn", "hiến"),
}  # fmt: skip
# From the outermost to the innermost; where the order turns, another path begins.
DEPTHS = {
    "phu luc": 0, "phan": 1, "chuong": 2, "muc": 3, "tieu muc": 4, "dieu": 5, "khoan": 6, "diem": 7, "tiet": 8,
}  # fmt: skip


def find_locators(text: str, folded: str) -> Iterator[Locator]:
    """All parts that are cited, whether or not a document follows.

    Args:
        text: the text.
        folded: the same in lower case without marks.

    >>> text = "theo điểm đ khoản 2 Điều 5 và Mục II"
    >>> from restore.structure.lines import fold
    >>> [(text[slice(*found.span)], found.parts[0].number) for found in find_locators(text, fold(text))]
    [('điểm đ khoản 2 Điều 5 và Mục II', 'đ')]
    """
    end = 0
    for opening in _OPENING_RE.finditer(folded):
        start = opening.start()
        if start < end or (start and folded[start - 1].isalnum()) or _is_other_word(text, folded, start):
            continue
        for word in ("tieu ", "cac "):
            if folded.endswith(word, 0, start):
                start -= len(word)
        match = _LOCATOR_RE.match(folded, start)
        if match:
            end = match.end()
            for span in _apart(folded, start, end):
                yield Locator(span, _first_path(text, folded, *span))


def _is_other_word(text: str, folded: str, start: int) -> bool:
    """Whether the word there is no part of a document: "thời điểm này", "danh mục 1", "mức 2".

    >>> _is_other_word("danh mục này", "danh muc nay", 5), _is_other_word("theo mục này", "theo muc nay", 5)
    (True, False)
    """
    if text[start : start + 6].split(" ", 1)[0].lower() in _OTHER_WORDS:
        return True
    kind = folded[start : start + 6].split(" ", 1)[0]
    before = text[max(0, start - 10) : start].lower().split(" ")
    return len(before) > 1 and not before[-1] and before[-2] in _COMPOUNDS.get(kind, ())


def _apart(folded: str, start: int, end: int) -> Iterator[Span]:
    """The paths of a row parted where one ends in "này": "Điều 4", "khoản 2 Điều này".

    What stands in "Điều này" is of the own document; what stands before or after it may be of another one.

    >>> list(_apart("dieu 4 va khoan 2 dieu nay", 0, 26)), list(_apart("khoan 1, 2 dieu 4", 0, 17))
    ([Span(start=0, end=6), Span(start=10, end=26)], [Span(start=0, end=17)])
    """
    if " nay" not in folded[start:end]:
        yield Span(start, end)
        return
    parts = list(_PART_RE.finditer(folded, start, end))
    first = 0  # of the parts that are not given yet
    for last, this in enumerate(parts):
        if this[2] != "nay":
            continue
        begin = last
        while begin > first and DEPTHS[parts[begin - 1][1]] > DEPTHS[this[1]]:
            begin -= 1
        if begin > first:
            yield Span(_opening(first, start, parts), _unlinked(folded, start, parts[begin].start()))
        yield Span(_opening(begin, start, parts), this.end())
        first = last + 1
    if first < len(parts):
        yield Span(_opening(first, start, parts), end)


def _opening(index: int, start: int, parts: Sequence[re.Match[str]]) -> int:
    """Where a part of a row begins; the first one may have "các" before it."""
    return parts[index].start() if index else start


def _unlinked(folded: str, start: int, end: int) -> int:
    """The end of a path without what links the next one to it."""
    link = _LINK_RE.search(folded, start, end)
    return link.start() if link else end


def _first_path(text: str, folded: str, start: int, end: int) -> tuple[Part, ...]:
    """The steps of the first path: "khoản 1, khoản 3 Điều 7" leads to khoản 1 of Điều 7.

    It goes outwards ("khoản 1 Điều 7") or inwards ("Điều 7 khoản 1"); steps of its sisters are passed over.
    """
    parts: list[Part] = []
    outwards = True
    for match in _PART_RE.finditer(folded, start, end):
        part = Part(match[1], THIS if match[2] == "nay" else text[match.start(2) : match.end(2)])
        turn = DEPTHS[part.kind] - DEPTHS[parts[-1].kind] if parts else 0
        if len(parts) == 1:
            outwards = turn < 0
        if not parts or (turn < 0 if outwards else turn > 0):
            parts.append(part)
    return tuple(parts)
