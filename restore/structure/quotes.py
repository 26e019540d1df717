"""Quoted amendments (``… sửa đổi như sau:`` / ``“Điều 5. …”``): which lines stand inside a quotation.

A quotation is over where its marks are balanced at the end of a line. Where the closing mark was lost, it is over
where the outline around it goes on: with its next number, which is not the quotation's own, or with the sentence that
leads to the next quotation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from restore.structure.lines import Line, is_ended
from restore.structure.numbering import Marker, find_marker, rank_of
from restore.structure.open_lists import follows


class Quotation(NamedTuple):
    """Lines of a quotation: index of the first and one past the last."""

    start: int
    end: int


# Curly and straight marks, and what engines and word processors put in their place.
MARKS = '“”„‟"«»″'
_MARK_RE = re.compile(f"[{MARKS}]")
_OPENING, _CLOSING = "“„«", "”‟»"
_TAIL = " .;,:)"  # what stands after the closing mark at the end of a line
_CLOSED_RE = re.compile(rf"\s*[{MARKS}][\s.;,:)]*$")
_LEADS_RE = re.compile(r"\b(?:nhu sau|sau day|la|thanh|bang)\s*:$")
_AMENDS_RE = re.compile(
    r"\b(?:sua doi|bo sung|thay the|thay cum tu|thay doi|dieu chinh|dinh chinh|doi ten)\b"
)
_INLINE_RE = re.compile(rf"\bnhu sau\s*:\s*(?=[{MARKS}])")
# How a point of an amending article begins.
_POINT_RE = re.compile(r"(?:sua doi|bo sung|thay|bai bo|bo |huy bo|dieu chinh|dinh chinh|doi ten)")
_LEADING_LINES = (
    12  # lines of the sentence that leads to a quotation, the points between its verb and it included
)
# A quotation that no amendment leads to and that ends nowhere near is none.
_REACH = 60  # lines


def split_inline(lines: Sequence[Line]) -> list[Line]:
    r"""The lines with a quotation that begins inside of one (``… như sau: “2. …``) parted from what leads to it.

    >>> from restore.structure.lines import split_lines
    >>> [line.text for line in split_inline(split_lines("1. Sửa đổi khoản 2 như sau: “2. Cấm.”."))]
    ['1. Sửa đổi khoản 2 như sau:', '“2. Cấm.”.']
    """
    parted: list[Line] = []
    for line in lines:
        match = _INLINE_RE.search(line.folded) if "nhu sau" in line.folded else None
        if match is None:
            parted.append(line)
            continue
        end = len(line.text[: match.end()].rstrip())
        parted += _part(line, 0, end), _part(line, match.end(), len(line.text))
    return parted


def find_quotations(lines: Sequence[Line], markers: Sequence[Marker | None]) -> tuple[Quotation, ...]:
    """The quotations of a body, outermost only.

    Args:
        lines: of the body.
        markers: what each of them begins with.
    """
    found: list[Quotation] = []
    outer: dict[str, Marker] = {}
    index = 0
    while index < len(lines):
        if lines[index].text[0] in MARKS:
            led = bool(found and found[-1].end == index) or _leads(lines, index - 1)
            end = _end(lines, markers, index, outer, led=led)
            if end is not None:
                found.append(Quotation(index, end))
                index = end
                continue
        marker = markers[index]
        if marker is not None and marker.value:
            outer[marker.style] = marker
        index += 1
    return tuple(found)


def unquoted(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a quotation without the marks around it."""
    first = lines[0]
    start = len(first.text) - len(first.text[1:].lstrip())
    inside = [_part(first, start, len(first.text)), *lines[1:]]
    last = inside[-1]
    if match := _CLOSED_RE.search(last.text):
        inside[-1] = _part(last, 0, match.start())
    return tuple(line for line in inside if line.text)


def _part(line: Line, start: int, end: int) -> Line:
    """A stretch of a line; only its first one has a gap above."""
    part = line._replace(
        start=line.start + start,
        end=line.start + end,
        text=line.text[start:end],
        folded=line.folded[start:end],
    )
    return part._replace(gap=False, page_break=False, rule=False) if start else part


def _leads(lines: Sequence[Line], index: int) -> bool:
    """Whether a line ends the sentence of an amendment that a quotation follows."""
    if index < 0 or not _LEADS_RE.search(lines[index].folded):
        return False
    near = lines[max(0, index + 1 - _LEADING_LINES) : index + 1]
    return any(_AMENDS_RE.search(line.folded) for line in reversed(near))


def _end(
    lines: Sequence[Line],
    markers: Sequence[Marker | None],
    start: int,
    outer: dict[str, Marker],
    *,
    led: bool,
) -> int | None:
    """One past the last line of the quotation that begins at a line; None where none does."""
    own = find_marker(unquoted(lines[start : start + 1])[0]) if len(lines[start].text) > 1 else None
    if not led and (own is None or not own.value):
        return None
    inner = {own.style: own} if own else {}
    depth, likely = 0, None
    for index in range(start, len(lines) if led else min(len(lines), start + _REACH)):
        line, marker = lines[index], markers[index]
        if index > start:
            if line.text[0] in MARKS and index - 1 > start and _leads(lines, index - 1):
                return likely or _leading_line(markers, start, index)
            if marker is not None and _goes_on(line, marker, outer, own) and is_ended(lines[index - 1].text):
                if not (marker.style in inner and follows(inner[marker.style], marker)):
                    return likely or index
                likely = likely or index
        depth, closed = _depth(line.text, depth)
        if closed:
            return index + 1
        if not depth and index == start:
            return None  # a term in quotation marks at the beginning of a sentence
        depth = max(depth, 1)
        if marker is not None and marker.value:
            inner[marker.style] = marker
    if not led:
        return None
    return likely or (len(lines) if own else start + 1)


def _leading_line(markers: Sequence[Marker | None], start: int, quotation: int) -> int:
    """The first line of the point that leads to a quotation, after the start of the one before."""
    for index in range(quotation - 1, max(start, quotation - _LEADING_LINES), -1):
        marker = markers[index]
        if marker is not None and marker.value:
            return index
    return quotation - 1


def _goes_on(line: Line, marker: Marker, outer: dict[str, Marker], own: Marker | None) -> bool:
    """Whether a line goes on with the outline around a quotation: its next number, before an amendment's words.

    A number above the level of all that is quoted needs no such words.
    """
    last = outer.get(marker.style)
    if last is None or not follows(last, marker):
        return False
    above = own is not None and rank_of(marker) < rank_of(own)
    return above or marker.style == "article" or bool(_POINT_RE.match(line.folded[marker.length :]))


def _depth(text: str, depth: int) -> tuple[int, bool]:
    """How many quotations are open after a line, and whether the outermost is closed at its end.

    >>> _depth("“1. Quỹ “Xanh” do xã lập", 0), _depth("và thu hồi.”.", 1), _depth('"Điều 5. Phạm vi', 0)
    ((1, False), (0, True), (1, False))
    """
    for match in _MARK_RE.finditer(text):
        before, after = text[: match.start()][-1:], text[match.end() : match.end() + 1]
        begins = not before or before.isspace() or before in "([“‘"
        ends = not after or after.isspace() or after in ".,;:)]”’"
        by_sign = match[0] in _OPENING or (match[0] not in _CLOSING and not depth)
        opens = begins if begins != ends else by_sign
        depth = depth + 1 if opens else max(depth - 1, 0)
        if not depth and not text[match.end() :].strip(_TAIL):
            return 0, True
    return depth, False
