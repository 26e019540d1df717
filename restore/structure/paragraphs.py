"""Lines of the body joined to paragraphs, each with the marker that opens it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from restore.structure.lines import Line, Span, is_ended, is_upper, usual_width
from restore.structure.numbering import Marker, Style, find_marker, lookalike_marker, rank_of
from restore.structure.pieces import is_basis

# Shares of the full line's length. Proportional type lets a full line vary by about a tenth in characters.
_FULL = 0.85
_SHORT = 0.7
# A text whose long lines hold more than this is not wrapped: every line is a paragraph.
_UNWRAPPED = 150
_CHAPTER_STYLES: frozenset[Style] = frozenset({"part", "chapter", "mục", "subsection"})
_DOCUMENT_RE = re.compile(
    r"(?:luat|bo luat|phap lenh|nghi dinh|nghi quyet|thong tu|quyet dinh|chi thi|ke hoach"
    r"|cong van|to trinh)\b"
)
# No sentence ends with these: what follows belongs to it ("theo khoản" / "1. Điều 7 …").
_DANGLING_RE = re.compile(r"(?:[-–,]|\b(?:khoản|điều|điểm|số|và|của|tại|theo|các|những))$")
# Above this a number at the beginning of a line is a year or an amount.
_LARGEST_NUMBER = 120


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its lines, the marker that opens it, and whether it is a line of capitals."""

    lines: tuple[Line, ...]
    marker: Marker | None

    @property
    def spans(self) -> tuple[Span, ...]:
        """The spans of its text, without the marker."""
        first = self.lines[0]
        start = first.start + (self.marker.length if self.marker else 0)
        return tuple(
            span
            for span in (Span(start, first.end), *(line.span for line in self.lines[1:]))
            if span.end > span.start
        )


class _Sequence:
    """The last value of each style in force, to judge whether a marker is due."""

    def __init__(self) -> None:
        self._last: dict[str, Marker] = {}

    def due(self, marker: Marker) -> bool:
        """Whether the marker follows the last of its style, or is a first one."""
        return marker.value == self.expected(marker)

    def expected(self, marker: Marker) -> int:
        """The value that the next marker of this style should have."""
        last = self._last.get(self._key(marker))
        return last.value + 1 if last else 1

    def take(self, marker: Marker) -> None:
        """Note an accepted marker; deeper styles begin anew under it, articles run through all chapters."""
        rank = rank_of(marker)
        self._last = {
            key: last for key, last in self._last.items() if rank_of(last) <= rank or last.style == "article"
        }
        self._last[self._key(marker)] = marker

    @staticmethod
    def _key(marker: Marker) -> str:
        if marker.style == "decimal" and marker.number:
            return "decimal" + marker.number.rsplit(".", 1)[0]
        return marker.style


def split_paragraphs(lines: Sequence[Line]) -> tuple[Paragraph, ...]:
    """Join wrapped lines and find the markers that open sections.

    A number at the beginning of a line opens a section where the line before is ended or short, or where the
    number is the next of its kind; ``2017. Các …`` in the middle of a wrapped sentence does not.
    """
    width = usual_width(lines)
    done: list[Paragraph] = []
    current: list[Line] = []
    marker: Marker | None = None
    sequence = _Sequence()
    quoted = _quoted_lines(lines)

    def finish() -> None:
        if current:
            done.append(Paragraph(tuple(current), marker))

    for index, line in enumerate(lines):
        found = None if index in quoted else _opening(line, current, marker, sequence, width)
        if found is not None:
            finish()
            current, marker = [line], found
            if found.value:
                sequence.take(found)
        elif not current or _breaks(line, current, marker, width):
            finish()
            current, marker = [line], None
        else:
            current.append(line)
    finish()
    return tuple(done)


_QUOTED = 60  # lines; a quotation in an amending article without its end mark would swallow the rest


def _quoted_lines(lines: Sequence[Line]) -> frozenset[int]:
    """The lines inside a quoted article (``“Điều 8. … ”``): its numbers are not the document's own."""
    inside: set[int] = set()
    for start, line in enumerate(lines):
        if start in inside or not _QUOTE_START_RE.match(line.text) or _QUOTE_END_RE.search(line.text):
            continue
        for end in range(start + 1, min(len(lines), start + _QUOTED)):
            if _QUOTE_END_RE.search(lines[end].text):
                inside.update(range(start, end + 1))
                break
    return frozenset(inside)


_QUOTE_START_RE = re.compile(r"[“\"](?:Điều|Khoản|Chương|Mục|\d{1,3}[.a-z]|[a-zđ]\)|[IVX]+\.)")
_QUOTE_END_RE = re.compile(r"[”\"]\s*[.;,]?$")


def _opening(
    line: Line, current: list[Line], open_marker: Marker | None, sequence: _Sequence, width: int
) -> Marker | None:
    """The marker that really opens a section at this line, or None."""
    marker = find_marker(line)
    wrapped = bool(current) and _is_wrapped(current[-1], line, width)
    heading = bool(current) and is_upper(current[-1].text)
    if marker is None or (marker.style == "upper" and not sequence.due(marker)):
        guess = lookalike_marker(line, sequence.expected(Marker("arabic", "1", 1, 0)))
        return guess if guess and guess.value > 1 and not wrapped else None
    if marker.style in ("bullet", "plus"):
        return None if wrapped and not heading else marker
    if marker.value > _LARGEST_NUMBER and marker.style != "article":
        return None
    rest = line.text[marker.length :]
    if not marker.sure:
        return marker if _is_bare_heading(marker, rest, sequence, wrapped, line) else None
    if marker.style in ("article", *_CHAPTER_STYLES):
        return marker if not wrapped or sequence.due(marker) or heading else None
    if not wrapped or heading:
        return marker
    # In the middle of a sentence only the very next number counts, and only before a capital.
    return marker if sequence.due(marker) and marker.value > 1 and rest[:1].isupper() else None


def _is_bare_heading(marker: Marker, rest: str, sequence: _Sequence, wrapped: bool, line: Line) -> bool:
    """Whether a number without a mark (``2 Yêu cầu``, ``Điều 3`` without its point) is a marker still."""
    if wrapped or not sequence.due(marker) or not rest[:1].isupper():
        return False
    if marker.style == "article":
        return True
    return marker.style == "arabic" and marker.value > 1 and len(rest) < 60 and not is_ended(rest)


def _is_wrapped(previous: Line, line: Line, width: int) -> bool:
    """Whether the line goes on with an unfinished sentence of the line before."""
    if line.gap and not line.page_break:
        return False
    if is_ended(previous.text) or width > _UNWRAPPED:
        return False
    return len(previous.text) >= _FULL * width or bool(_DANGLING_RE.search(previous.text.lower()))


def _breaks(line: Line, current: list[Line], marker: Marker | None, width: int) -> bool:
    """Whether a line without a marker begins a paragraph of its own."""
    previous = current[-1]
    upper, was_upper = is_upper(line.text), is_upper(previous.text)
    if marker is not None and marker.style in _CHAPTER_STYLES and len(current) == 1:
        alone = marker.length >= len(previous.text)
        if alone:
            return False  # "Chương I" and its title below
    starts_low = line.text[:1].islower()
    # White space above the first line of a page is its margin's, not a paragraph's.
    if (line.gap and not line.page_break) or line.rule:
        return not (starts_low and not is_ended(previous.text) and not was_upper)
    if width > _UNWRAPPED:
        return not starts_low or is_ended(previous.text)
    if was_upper and upper and marker is None:
        return is_ended(previous.text) or line.text.endswith(":")
    if was_upper != upper and (upper or was_upper) and len(previous.text) > 3:
        return (upper and (is_ended(previous.text) or len(previous.text) < _FULL * width)) or was_upper
    if is_basis(line) and (is_ended(previous.text) or previous.text.endswith(",")):
        return True
    fits = len(previous.text) + 1 + len(line.text.split(" ", 1)[0])
    if is_ended(previous.text):
        if starts_low:
            return False
        if previous.text.endswith(";"):
            return fits < _FULL * width or not _DOCUMENT_RE.match(line.folded)
        return True
    begins = line.text[:1].isupper() or line.text[:1] in '“"*'
    return begins and fits < (_FULL if marker and len(current) == 1 else _SHORT) * width
