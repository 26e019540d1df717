r"""Lines of a text and runs of lines that know their place; page numbers, rules and overlays taken out.

Everything that the parser finds is a span of the text it reads, so that every field can point back to its
place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from statistics import median
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from restore.language.vietnamese import MARKED_LETTERS, strip_marks

# Capital letters for character classes of regular expressions; their code points are not in one range.
CAPITALS = "A-Z" + "".join(sorted(letter for letter in MARKED_LETTERS if letter.isupper()))


class Span(NamedTuple):
    """A piece of the text, in code points."""

    start: int
    end: int


class Line(NamedTuple):
    """One printed line without the blanks around it.

    Attributes:
        start: where it begins in the text.
        end: one past its last character.
        text: the line.
        folded: the line in lower case without marks, of the same length.
        gap: more empty lines stand before it than between most lines.
        page_break: a page number or a form feed stands before it.
        rule: a drawn line (``____``) stands before it.
    """

    start: int
    end: int
    text: str
    folded: str
    gap: bool
    page_break: bool
    rule: bool

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


DroppedKind = Literal["page", "rule", "crumb", "overlay", "running_head"]


class Dropped(NamedTuple):
    """A printed line that is no text of the document, without the blanks around it.

    Attributes:
        span: where it stands.
        kind: a ``page`` number, a drawn ``rule``, a ``crumb`` of a stamp or a speck, the ``overlay`` of a
            digital signature, a ``running_head`` that stands on several pages.
    """

    span: Span
    kind: DroppedKind


_LONG = 100  # below it the table's way is no faster


def fold(text: str) -> str:
    """Lower case without marks, of the same length as the text, so that offsets hold.

    >>> fold("Độc lập"), len(fold("İ")), fold("Độc lập " * 20) == "doc lap " * 20
    ('doc lap', 1, True)
    """
    if text.isascii():
        return text.lower()
    if len(text) > _LONG:
        coded = text.encode("utf-16-le", "surrogatepass")
        if len(coded) == 2 * len(text):  # no character beyond the first 65,536
            units = _fold_table()[np.frombuffer(coded, "<u2")]
            return str(units.tobytes(), "utf-16-le", "surrogatepass")
    folded = strip_marks(text).lower()
    if len(folded) == len(text):
        return folded
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in strip_marks(text))


@cache
def _fold_table() -> NDArray[np.uint16]:
    """What each of the first 65,536 characters folds to: a whole text is looked up at once, 40 times as fast."""
    table = np.arange(1 << 16, dtype="<u2")
    for code in range(1 << 16):
        letter = chr(code)
        if letter.isupper() or letter in MARKED_LETTERS:
            table[code] = ord(fold(letter))
    return table


_PAGE_NUMBER_RE = re.compile(r"[-–—.\s]*(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?[-–—.\s]*")
_DRAWING_ID_RE = re.compile(r"(?:center|left|right)?\d{7,}")
# What signing software prints over the page; the names and times after it belong to the overlay.
_OVERLAY_RE = re.compile(
    r"(?:nguoi ky|ky boi|duoc ky boi|thoi gian ky|gio ky|ngay ky|signature not|digitally signed|signed by|"
    r"date:\s*\d{4}|signature valid)"
)
_LETTERS_RE = re.compile(r"[^\W_]")
_SIX_LETTERS_RE = re.compile(r"(?:[\W_]*+[^\W_]){6}")
_PRINTED_RE = re.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
_RULE_RE = re.compile(r"[-–—_=*.…·\s]+")


def split_lines(text: str) -> tuple[Line, ...]:
    r"""The printed lines of a text, without page numbers, drawn lines, crumbs and signature overlays.

    >>> [line.text for line in split_lines("UBND  QUẬN\n\n2\n\nKý bởi: An\n____\nĐiều 1. Ban hành")]
    ['UBND  QUẬN', 'Điều 1. Ban hành']
    """
    return split_lines_and_rest(text)[0]


def split_lines_and_rest(text: str) -> tuple[tuple[Line, ...], tuple[Dropped, ...]]:
    r"""The printed lines of a text, and those that were left out of them with what they are.

    >>> [(rest.kind, *rest.span) for rest in split_lines_and_rest("UBND QUẬN\n2\nKý bởi: An\n____\n")[1]]
    [('page', 10, 11), ('overlay', 12, 22), ('rule', 23, 27)]
    """
    found: list[_Found] = []
    dropped: list[Dropped] = []
    folded = fold(text)
    pages: list[int] = [
        0
    ]  # index of the first line of each page; page numbers may be those of a table's rows
    previous_end, page_break, rule = 0, False, False
    for match in _PRINTED_RE.finditer(text):
        printed = match[0]
        bare = printed.strip()
        if not bare:
            continue
        between = text[previous_end : match.start()]
        if "\f" in between:
            page_break = True
            pages.append(len(found))
        start = match.start() + len(printed) - len(printed.lstrip())
        end = start + len(bare)
        kind = _noise(bare, folded[start:end])
        if kind:
            dropped.append(Dropped(Span(start, end), kind))
            page_break |= kind == "page"
            rule |= kind == "rule"
            continue
        found.append(_Found(start, end, max(0, between.count("\n") - 1), page_break, rule))
        previous_end, page_break, rule = end, False, False
    heads = _running_heads(folded, found, pages)
    dropped += (
        Dropped(Span(found[index].start, found[index].end), "running_head") for index in sorted(heads)
    )
    usual = median(blanks for _, _, blanks, _, _ in found[1:]) if len(found) > 1 else 0
    lines = tuple(
        Line(
            start,
            end,
            text[start:end],
            folded[start:end],
            blanks > usual,
            broken or index - 1 in heads,
            ruled,
        )
        for index, (start, end, blanks, broken, ruled) in enumerate(found)
        if index not in heads
    )
    return lines, tuple(sorted(dropped))


class _Found(NamedTuple):
    """A printed line before all of them are known; ``blanks`` are the empty lines above it."""

    start: int
    end: int
    blanks: int
    page_break: bool
    rule: bool


# A page has more lines than this: what stands closer together was parted by something else.
_LEAST_PAGE = 8
_LONGEST_HEAD = 120  # characters
_DIGITS_RE = re.compile(r"\d+")
_ITEM_RE = re.compile(r"(?:[a-z]|\d{1,3}|[ivx]+)\s?[.)/]|[-+*•]|dieu\b")


def _running_heads(folded: str, found: Sequence[_Found], pages: Sequence[int]) -> frozenset[int]:
    """The lines that stand first or last on most pages, but for their numbers.

    Args:
        folded: the text in lower case without marks.
        found: its printed lines.
        pages: index of the first line of each page.
    """
    starts = [index for last, index in pairwise(pages) if index - last >= _LEAST_PAGE and index < len(found)]
    heads: set[int] = set()
    for places in (starts, [index - 1 for index in starts]):
        masks = {
            index: _DIGITS_RE.sub("0", folded[found[index].start : found[index].end]) for index in places
        }
        counts = Counter(
            mask for mask in masks.values() if len(mask) <= _LONGEST_HEAD and not _ITEM_RE.match(mask)
        )
        heads |= {index for index, mask in masks.items() if counts[mask] >= max(2, len(starts) // 2)}
    return frozenset(heads)


# Letters that none of the patterns of page numbers, drawings and imprints begins with.
_TEXT_LETTERS = frozenset("abehimopquvxy")


def _noise(line: str, folded: str) -> DroppedKind | None:
    """What a line that is no text is, None for text.

    Args:
        line: without the blanks around it.
        folded: the same in lower case without marks.
    """
    if folded[0] in _TEXT_LETTERS and _SIX_LETTERS_RE.match(line):
        return None  # most lines: no word of a page number or an imprint begins so
    if _RULE_RE.fullmatch(line):
        return "rule" if len(line) > 1 else "crumb"
    if _PAGE_NUMBER_RE.fullmatch(folded):
        return "page"
    if _DRAWING_ID_RE.fullmatch(folded):
        return "crumb"
    if _OVERLAY_RE.match(folded):
        return "overlay"
    if _SIX_LETTERS_RE.match(line):
        return None
    letters = len(_LETTERS_RE.findall(line))
    # A stamp or a speck leaves single letters among points and strokes.
    if letters < 2 or letters * 3 < len(line.replace(" ", "")):
        return "crumb"
    return None


_OPEN_DATE_RE = re.compile(r"\bngay\s*\d{0,2}\s*(?:thang\s*\d{0,2}\s*)?$")
_DATE_REST_RE = re.compile(r"\d{0,2}\s*(?:thang|nam)\b")


def join_dates(lines: Sequence[Line], text: str) -> tuple[Line, ...]:
    r"""Lines with a date that was parted over lines (``ngày`` / ``23 tháng`` / ``3 năm 2022``) made one.

    >>> text = "An Lão, ngày 12\ntháng 3 năm 2025"
    >>> [line.folded for line in join_dates(split_lines(text), text)]
    ['an lao, ngay 12\nthang 3 nam 2025']
    """
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last and _OPEN_DATE_RE.search(last.folded) and _DATE_REST_RE.match(line.folded):
            whole = text[last.start : line.end]
            joined[-1] = last._replace(end=line.end, text=whole, folded=fold(whole))
        else:
            joined.append(line)
    return tuple(joined)


def usual_width(lines: Sequence[Line]) -> int:
    """How many characters a full line holds: the nine-tenths point of all lines, 80 where there is no text.

    Unwrapped text, whose lines are whole paragraphs, gives the length of its long paragraphs.
    """
    lengths = sorted(len(line.text) for line in lines if len(line.text) > 40)
    return lengths[len(lengths) * 9 // 10] if lengths else 80


class Run:
    """Lines read as one text, joined by one blank, whose places can be carried back."""

    def __init__(self, spans: Iterable[Span], source: str) -> None:
        self.spans = tuple(span for span in spans if span.end > span.start)
        self._source = source
        if len(self.spans) == 1:
            self._starts = [0]
            self.text = source[self.spans[0].start : self.spans[0].end]
            return
        self._starts = []
        parts: list[str] = []
        offset = 0
        for start, end in self.spans:
            self._starts.append(offset)
            parts.append(source[start:end])
            offset += end - start + 1
        self.text = " ".join(parts)

    def slice(self, start: int, end: int) -> tuple[Span, ...]:
        """The spans of the source under ``text[start:end]``, without the blanks at either end.

        >>> Run([Span(0, 3), Span(4, 7)], "abc def").slice(2, 5)
        (Span(start=2, end=3), Span(start=4, end=5))
        """
        if start <= 0 and end >= len(self.text):
            whole = (stripped(self._source, span) for span in self.spans)
            return tuple(span for span in whole if span.end > span.start)
        spans: list[Span] = []
        first = max(0, bisect_right(self._starts, start) - 1)
        for offset, span in zip(self._starts[first:], self.spans[first:], strict=True):
            if offset >= end:
                break
            piece = stripped(
                self._source,
                Span(span.start + max(0, start - offset), min(span.end, span.start + end - offset)),
            )
            if piece.end > piece.start:
                spans.append(piece)
        return tuple(spans)


def stripped(source: str, span: Span) -> Span:
    """The span without the blanks at its ends.

    >>> stripped(" ab ", Span(0, 4))
    Span(start=1, end=3)
    """
    start, end = span
    if start < end and not source[start].isspace() and not source[end - 1].isspace():
        return span
    while start < end and source[start].isspace():
        start += 1
    while end > start and source[end - 1].isspace():
        end -= 1
    return Span(start, end)


# The commonest small letters: they alone are two fifths of running text, and counting them takes no loop.
_COMMON_SMALL = "nhtcig"


@lru_cache(maxsize=1024)  # each line is asked for several times
def is_upper(text: str, share: float = 0.8) -> bool:
    """Whether at least this share of the letters are capitals; a text without letters is not.

    >>> is_upper("TỈNH LÂM ĐỒNG"), is_upper("Tỉnh Lâm Đồng"), is_upper("12/5")
    (True, False, False)
    """
    if text.isupper():
        return True
    if sum(map(text.count, _COMMON_SMALL)) > (1 - share) * len(text):
        return False
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and sum(map(str.isupper, letters)) >= share * len(letters)


_END_MARKS, _CLOSING_MARKS = frozenset(".;:!?…"), "'\"”’)]"


def is_ended(text: str) -> bool:
    """Whether a line ends a sentence or a list item.

    >>> is_ended("thực hiện./."), is_ended("như sau:"), is_ended("Sáng - Xanh -")
    (True, True, False)
    """
    return text.rstrip(_CLOSING_MARKS)[-1:] in _END_MARKS
