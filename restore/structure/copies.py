"""The end that a copy adds to a document: who copied it (Decree 30/2020/NĐ-CP, Article 25: sao y, sao lục, trích sao)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from restore.structure.codes import number_label
from restore.structure.dates import find_date
from restore.structure.lines import Line, is_upper
from restore.structure.names import is_office_head, is_person, is_position
from restore.structure.phrases import (
    MOTTO,
    NATIONAL_NAME,
    PARTY_NAME,
    SIMILAR_PARTY,
    find_phrase,
    handling_mark,
)

# Above the words "SAO Y" stand at most two offices on two lines each, the number, the nation's name and the date.
_HEAD_LINES = 9
_BELOW_LINES = 5
# Below them: the date, recipients and a signature.
_COPY_LINES = 40


class Copy(NamedTuple):
    """The index of the first line of the copy's own end, and of the line that says which copy it is."""

    start: int
    mark: int


def find_copy(lines: Sequence[Line], after: int) -> Copy | None:
    r"""The end that a copy adds to the document; None where there is none.

    Args:
        lines: of the document.
        after: index of the first line of the body; a mark in the head is a stamp.

    >>> from restore.structure.lines import split_lines
    >>> text = "Điều 1. Ban hành.\nGIÁM ĐỐC\nLê Văn Tám\nVĂN PHÒNG SỞ\nSố: 1/SY-VP\nSAO Y\nBình An, ngày 02 tháng 3 năm 2022"
    >>> find_copy(split_lines(text), 0)
    Copy(start=3, mark=5)
    """
    for index in range(len(lines) - 1, max(after, len(lines) - _COPY_LINES) - 1, -1):
        if handling_mark(lines[index].text) != "copy_of":
            continue
        start = index
        while start > max(after, index - _HEAD_LINES) and _is_copy_head(lines[start - 1]):
            start -= 1
        if any(_tells_copy(line) for line in lines[start : index + _BELOW_LINES]):
            return Copy(start, index)
    return None


def find_copied(lines: Sequence[Line]) -> Copy | None:
    r"""The document below a copy's own head and end (``BẢN SAO LỤC``); None where the text is no such copy.

    Returns:
        The index of the first line of the document that was copied, and of the line that says which copy it is.

    >>> from restore.structure.lines import split_lines
    >>> nation, of = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "ngày 02 tháng 3 năm 2022"
    >>> text = f"VĂN PHÒNG SỞ\n{nation}\nSố: 1/SL-VP\nBẢN SAO LỤC\nGIÁM ĐỐC\nLê Văn Tám\nSỞ Y TẾ\n{nation}\nSố: 5/SYT\n{of}"
    >>> find_copied(split_lines(text))
    Copy(start=6, mark=3)
    """
    mark = next((index for index, line in enumerate(lines[:_TOP_LINES]) if _is_copy_title(line)), None)
    if mark is None or not any(_names_nation(line) for line in lines[:mark]):
        return None
    below = range(mark + 1, min(len(lines), mark + _COPY_LINES))
    head = next((index for index in below if _names_nation(lines[index])), None)
    if head is None:
        return None
    while head - 1 > mark and (_is_copy_head(lines[head - 1]) or lines[head - 1].folded.startswith("v/v")):
        head -= 1
    return Copy(head, mark)


# The head of a copy ends before its 15th line: two offices, number, the nation's name, the motto, the date, the title.
_TOP_LINES = 15


def _names_nation(line: Line) -> bool:
    return bool(
        find_phrase(NATIONAL_NAME, line.folded)
        or (find_phrase(PARTY_NAME, line.folded, SIMILAR_PARTY) and is_upper(line.text, 0.6))
    )


def _is_copy_title(line: Line) -> bool:
    """Whether a line is a copy's title, ``BẢN SAO LỤC``, ``TRÍCH SAO``."""
    return is_upper(line.text) and bool(_COPY_TITLE_RE.fullmatch(line.folded.strip(" .:*")))


_COPY_TITLE_RE = re.compile(r"(?:ban )?(?:sao y(?: ban chinh)?|sao luc|trich sao|sao)")


def _tells_copy(line: Line) -> bool:
    """Whether a line beside the words is one that only a copy's end has: its number, its date, its recipients."""
    return (
        number_label(line.folded) > 0
        or line.folded.startswith("noi nhan")
        or find_date(line.text, numeric=False) is not None
    )


def _is_copy_head(line: Line) -> bool:
    """Whether a line can stand above the words that say which copy it is."""
    if (
        find_phrase(NATIONAL_NAME, line.folded)
        or find_phrase(MOTTO, line.folded)
        or number_label(line.folded)
    ):
        return True
    if find_date(line.text, numeric=False) is not None and len(line.text) < 80:
        return True
    return (
        is_upper(line.text)
        and not is_person(line.text)
        and not is_position(line.text)
        and (
            is_office_head(line.text)
            or line.folded.startswith(("tinh ", "huyen ", "thanh pho ", "quan ", "xa ", "phuong "))
        )
    )
