"""Lines of the body joined to paragraphs, each with the marker that opens it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from restore.structure.lines import Line, Span, is_ended, is_upper, usual_width
from restore.structure.misread import goes_on, repaired
from restore.structure.names import is_office_head
from restore.structure.numbering import DASHES, Marker, Style, as_small_roman, find_marker, may_open, rank_of
from restore.structure.open_lists import FIXED, OpenLists, key_of
from restore.structure.pieces import is_basis
from restore.structure.quotes import find_quotations, split_inline, unquoted

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
# No sentence ends with these: what follows belongs to it ("theo khoản" / "1. Điều 7 …"); "địa điểm" and "kiểm điểm" may end one.
_DANGLING_RE = re.compile(
    r"(?:[-–,]|\b(?:và|của|tại|theo|các|những)|(?:[,;]|\b(?:và|của|tại|theo|các|hoặc|với)) (?:khoản|điều|điểm|số))$"
)
_OPEN_WORDS = frozenset(
    [
        "sở",
        "bộ",
        "cục",
        "phòng",
        "ban",
        "và",
        "với",
        "của",
        "tại",
        "theo",
        "các",
        "những",
        "khoản",
        "điều",
        "điểm",
        "số",
    ]
)  # the last words of the pattern below; "ủy ban" is one
_OPEN_WORD_RE = re.compile(
    r"\b(?:(?:với|của|và|do|cho) (?:sở|bộ|cục|phòng|ban|ủy ban|uỷ ban)|và|với|của|tại|theo|các|những"
    r"|(?P<number>khoản|điều|điểm|số))$"
)
# "… trước ngày" / "05/12/2023", "ngày 05 tháng" / "12 năm 2023"; a heading may end with "hằng năm" too.
_OPEN_DATE_RE = re.compile(r"\b(?:ngay|thang|nam)$")
_DATE_REST_RE = re.compile(r"\d{1,2}\s?(?:[/.-]\s?\d|thang\b|nam\b)|(?:19|20)\d\d\b")
# Words that begin what is to be done under a heading; no name goes on with them.
_TASK_RE = re.compile(
    r"(?:tren co so|can cu|chu tri|phoi hop|tham muu|chiu trach nhiem|thuc hien|trien khai|huong dan|tang cuong"
    r"|tiep tuc|day manh|bo tri|nham|dinh ky|truong hop|khi|van dong|tuyen truyen|to chuc|kiem tra|xay dung|chi dao"
    r"|ra soat|tong hop|phat dong|chuan bi|cung cap|bao dam|dam bao|chu dong|theo doi|quan ly|lap|phan cong)\b"
)
_SHORT_HEADING = 60  # characters
# Above this a number at the beginning of a line is a year or an amount.
_LARGEST_NUMBER = 120


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body.

    Attributes:
        lines: the lines that it is made of.
        marker: what opens it.
        rank: how deep its marker stands among the lists that are open there.
        quoted: the paragraphs of a quoted amendment, which this one is as a whole; empty for others.
    """

    lines: tuple[Line, ...]
    marker: Marker | None
    rank: float = 0.0
    quoted: tuple[Paragraph, ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        """The spans of its text, without the marker."""
        first = self.lines[0]
        start = first.start + (self.marker.length if self.marker else 0)
        rest = tuple(Span(line.start, line.end) for line in self.lines[1:])
        return (Span(start, first.end), *rest) if first.end > start else rest


def split_paragraphs(lines: Sequence[Line], width: int | None = None) -> tuple[Paragraph, ...]:
    """Join wrapped lines and find the markers that open sections.

    A number at the beginning of a line opens a section where the line before is ended or short, or where the
    number is the next of its kind; ``2017. Các …`` in the middle of a wrapped sentence does not.

    Args:
        lines: of the body.
        width: characters of a full line, where the lines are too few to tell.
    """
    lines = split_inline(lines)
    width = usual_width(lines) if width is None else width
    markers = [find_marker(line) for line in lines]
    quotations = find_quotations(lines, markers)
    for start, end in quotations:
        markers[start:end] = [None] * (end - start)
    reader = _Reader(lines, markers, width)
    position = 0
    for quotation in quotations:
        reader.read(position, quotation.start)
        reader.quote(quotation.start, quotation.end)
        position = quotation.end
    reader.read(position, len(lines))
    return tuple(reader.done)


class _Reader:
    """The paragraphs read so far, the one that is open, and the lists in force."""

    def __init__(self, lines: Sequence[Line], markers: Sequence[Marker | None], width: int) -> None:
        self.done: list[Paragraph] = []
        self._lines, self._markers, self._width = lines, markers, width
        self._upper = [is_upper(line.text) for line in lines]
        self._current: list[Line] = []
        self._marker: Marker | None = None
        self._rank = 0.0
        self._lists = OpenLists()

    def read(self, start: int, end: int) -> None:
        """Read the lines from one index to another; a paragraph ends with the last of them."""
        for index in range(start, end):
            line = self._lines[index]
            found = self._opening(index)
            if found is not None:
                leads = bool(self._current) and self._leads_to_list(index, found)
                self._finish()
                self._current, self._marker = [line], found
                self._rank = self._lists.take(found, leads=leads) if found.value else rank_of(found)
            elif not self._current or self._breaks(index):
                self._finish()
                self._current, self._marker = [line], None
            else:
                self._current.append(line)
        self._finish()

    def quote(self, start: int, end: int) -> None:
        """Take the lines from one index to another as a quoted amendment, whose numbers are not the document's own."""
        lines = tuple(self._lines[start:end])
        quoted = split_paragraphs(unquoted(lines), self._width)
        self.done.append(Paragraph(lines, None, quoted=quoted))

    def _finish(self) -> None:
        if self._current:
            self.done.append(Paragraph(tuple(self._current), self._marker, self._rank))
        self._current, self._marker, self._rank = [], None, 0.0

    def _ahead(self, index: int) -> Iterator[tuple[Line, Marker | None]]:
        """The lines further down that may begin with a number, and the marker that they begin with."""
        for later in range(index + 1, len(self._lines)):
            marker, line = self._markers[later], self._lines[later]
            if marker.value if marker is not None else may_open(line):
                yield line, marker

    def _opening(self, index: int) -> Marker | None:
        """The marker that really opens a section at this line, or None."""
        line, marker = self._lines[index], self._markers[index]
        if marker is None and not may_open(line):
            return None
        wrapped = bool(self._current) and _is_wrapped(self._current[-1], line, self._width)
        heading = bool(self._current) and self._upper[index - 1]
        if marker is not None and marker.style in DASHES:
            return None if wrapped and not heading else marker
        if marker is not None:
            marker = self._small_roman(marker, index)
        if not wrapped or heading:
            mended = repaired(line, marker, self._lists, lambda: self._ahead(index))
            if mended is not None:
                return mended
        if marker is None or (marker.style == "upper" and not self._lists.due(marker)):
            return None
        if marker.value > _LARGEST_NUMBER and marker.style != "article":
            return None
        rest = line.text[marker.length :]
        if not marker.sure:
            bare = _is_bare_heading(marker, rest, self._lists, wrapped) or self._lost_point(
                marker, rest, index, wrapped=wrapped
            )
            return marker if bare else None
        if marker.style in FIXED:
            return marker if not wrapped or self._lists.due(marker) or heading else None
        if not wrapped or heading:
            return marker
        # In the middle of a sentence only the very next number counts, and only before a capital.
        if not self._lists.due(marker) or not rest[:1].isupper():
            return None
        return marker if marker.value > 1 or self._begins_under_title(marker, index) else None

    def _lost_point(self, marker: Marker, rest: str, index: int, *, wrapped: bool) -> bool:
        """Whether a number without its point (``3 Soạn báo cáo.``) is between two that have theirs."""
        if wrapped or marker.style != "arabic" or not rest[:1].isupper() or not self._lists.due(marker):
            return False
        return goes_on(marker, lambda: self._ahead(index))

    def _begins_under_title(self, marker: Marker, index: int) -> bool:
        """Whether a first number stands under a title that fills its line, and the second one follows."""
        if self._marker is None or _DANGLING_RE.search(self._lines[index - 1].text.lower()):
            return False
        key = key_of(marker)
        following = (later.value for _, later in self._ahead(index) if later and key_of(later) == key)
        return rank_of(self._marker) < rank_of(marker) and next(following, 0) == 2

    def _small_roman(self, marker: Marker, index: int) -> Marker:
        """``i)`` as a small Roman number, unless it follows h) and ii) does not follow."""
        roman = as_small_roman(marker)
        if roman is None or not self._lists.due(roman):
            return marker
        if not self._lists.due(marker):
            return roman
        for _, later in self._ahead(index):
            if later is not None and later.style in ("letter", "roman-small"):
                return roman if later.style == "roman-small" else marker
        return marker

    def _leads_to_list(self, index: int, marker: Marker) -> bool:
        """Whether the text before a marker leads to the list that it begins: "gồm:", or a title without its text."""
        # A paragraph of its own leads out of the list before it: who is there, 1. to 3., then what was said, I. to III.
        if marker.style in ("roman", "upper") and (self._upper[index] or self._marker is None):
            return False
        text = self._lines[index - 1].text
        return text.endswith(":") or not (self._upper[index - 1] or is_ended(text))

    def _breaks(self, index: int) -> bool:
        """Whether a line without a marker begins a paragraph of its own."""
        line, previous, marker, width = self._lines[index], self._lines[index - 1], self._marker, self._width
        upper, was_upper = self._upper[index], self._upper[index - 1]
        if marker is not None and marker.style in _CHAPTER_STYLES:
            if len(self._current) == 1 and marker.length >= len(previous.text):
                return False  # "Chương I" and its title below
            if upper and was_upper and not line.gap:
                return is_ended(previous.text)  # the title goes on
        ended = is_ended(previous.text)
        starts_low = line.text[:1].islower()
        # White space above the first line of a page is its margin's, not a paragraph's.
        if _goes_on_date(previous, line):
            return False
        if not (line.rule or was_upper) and _is_open(previous, line):
            return False  # a block of a scan ends where a line does, and not where a sentence does
        if (line.gap and not line.page_break) or line.rule:
            return not (starts_low and not ended and not was_upper)
        if width > _UNWRAPPED:
            return not starts_low or ended
        if was_upper and upper and marker is None:
            return ended or line.text.endswith(":")
        if was_upper != upper and len(previous.text) > 3:
            return was_upper or ended or len(previous.text) < _FULL * width
        if (ended or previous.text.endswith(",")) and is_basis(line):
            return True
        if is_basis(self._current[0]):
            if previous.text.endswith(";") and _DOCUMENT_RE.match(line.folded):
                return False  # an amending law, cited with the one it amends
            if not ended and not previous.text.endswith(",") and not is_office_head(line.text):
                return False  # a clause ends with its mark
        elif previous.text[-1] in "-–," or _is_open(previous, line):
            return False
        fits = len(previous.text) + 1 + len(line.text.split(" ", 1)[0])
        if ended:
            if starts_low:
                return False
            if previous.text.endswith(";"):
                return fits < _FULL * width or not _DOCUMENT_RE.match(line.folded)
            return True
        begins = line.text[:1].isupper() or line.text[:1] in '“"*'
        if begins and marker and marker.number and len(self._current) == 1 and _TASK_RE.match(line.folded):
            return True  # a heading that fills its line
        headed = marker is not None and len(self._current) == 1
        begins |= headed and line.text[0].isdigit()  # "II. Yêu cầu" / "100% học sinh …"
        return begins and fits < (_FULL if headed else _SHORT) * width


def _is_bare_heading(marker: Marker, rest: str, lists: OpenLists, wrapped: bool) -> bool:
    """Whether a number without its own mark (``2 Yêu cầu``, ``Điều 3`` without its point, ``I: …``) is a marker still."""
    if wrapped or not lists.due(marker) or not (rest[:1].isupper() or marker.style == "letter"):
        return False
    if marker.style in ("article", "roman", "letter"):
        return True
    heading = is_upper(rest) or (len(rest) < _SHORT_HEADING and not is_ended(rest))
    return heading and (marker.style in _CHAPTER_STYLES or (marker.style == "arabic" and marker.value > 1))


def _is_open(previous: Line, line: Line) -> bool:
    """Whether a line ends with a word that ends no sentence; "khuyết điểm" may, "điểm" before its letter may not."""
    text = previous.text
    if text[text.rfind(" ") + 1 :].lower() not in _OPEN_WORDS:
        return False
    match = _OPEN_WORD_RE.search(text.lower())
    return match is not None and (match["number"] is None or not line.text[0].isupper())


def _goes_on_date(previous: Line, line: Line) -> bool:
    """Whether the line goes on with a date that the line before begins."""
    first = line.text[0]
    return (
        first.isdigit()
        and _OPEN_DATE_RE.search(previous.folded) is not None
        and _DATE_REST_RE.match(line.folded) is not None
    )


def _is_wrapped(previous: Line, line: Line, width: int) -> bool:
    """Whether the line goes on with an unfinished sentence of the line before."""
    if line.gap and not line.page_break:
        return False
    if is_ended(previous.text) or width > _UNWRAPPED:
        return False
    return len(previous.text) >= _FULL * width or bool(_DANGLING_RE.search(previous.text.lower()))
