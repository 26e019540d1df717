"""What is annexed to a document: where each annex begins, and its heading with its title."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from restore.document import Field
from restore.structure.doctypes import type_of_title
from restore.structure.lines import Line, is_ended, is_upper
from restore.structure.names import is_office_head
from restore.structure.numbering import find_marker
from restore.structure.origin import Origin
from restore.structure.phrases import MOTTO, NATIONAL_NAME, find_phrase

# "PHỤ LỤC I", as opposed to "Phụ lục kèm theo …", "Phụ lục I ban hành kèm theo …" in running text.
_APPENDIX_RE = re.compile(r"phu luc\b(?! (?:kem theo|nay|so \d+ (?:ban hanh|kem)))")
_ATTACHED_RE = re.compile(r"[(\[]?\s*(?:(?:duoc )?ban hanh )?kem theo\b")
_OPENS_RE = re.compile(r"(?:phu luc|danh muc|mau so|bieu mau|bieu so)\b")
# What is left for others to write under the signatures.
_NOTE_RE = re.compile(r"(?:xac nhan|y kien|ghi chu|luu y|phe duyet|duyet|chung nhan|chung thuc|noi nhan)\b")
_ATTACHED_LINES = 4
_TITLE_LINES = 8  # lines of a heading with its title
_LONGEST_TITLE_LINE = 120
_LONGEST_PLAIN_HEADING = 30


# What a table's head begins with.
_TABLE_HEADS = frozenset({"stt", "tt", "so tt"})


class Annex(NamedTuple):
    """An annex: the indices of the line where it begins, of the lines of its heading with title, and of its text.

    Between heading and text stands what it is attached to, ``(Kèm theo …)``.
    """

    start: int
    heading: tuple[int, ...]
    text: int


def opens_annex(line: Line) -> bool:
    r"""Whether a line after a signature can only be the beginning of what is annexed.

    >>> from restore.structure.lines import split_lines
    >>> [opens_annex(line) for line in split_lines("PHỤ LỤC I\nMẫu số 01\nGIÁM ĐỐC\n(Kèm theo Quyết định số 5/QĐ-A)")]
    [True, True, False, True]
    """
    if _OPENS_RE.match(line.folded):
        return is_upper(line.text[:7]) or _is_heading(line)
    return bool(_ATTACHED_RE.match(line.folded))


def find_annexes(lines: Sequence[Line]) -> tuple[Annex, ...]:
    """The annexes among the lines after the end of a document; a first one begins at the first line.

    An annex begins at ``PHỤ LỤC …``, or at the title above ``(Kèm theo Quyết định số …)``, with a head of its own
    before it where it has one.
    """
    if not lines:
        return ()
    heads = sorted(set(_heads(lines)))
    if not heads:
        heads = [_first_title(lines, 0)]
    starts = [
        0,
        *(_with_own_head(lines, before, head) for before, head in itertools.pairwise(heads)),
    ]
    ends = [*starts[1:], len(lines)]
    headings = [tuple(_heading(lines, head, end)) for head, end in zip(heads, ends, strict=True)]
    return tuple(
        Annex(start, heading, _after_attached(lines, heading[-1] + 1, end))
        for start, heading, end in zip(starts, headings, ends, strict=True)
    )


def annex_field(origin: Origin, lines: Sequence[Line], annex: Annex) -> Field | None:
    """The heading with its title; None where the annex has none, as a note under the signatures."""
    if not annex.heading:
        return None
    line = lines[annex.heading[0]]
    attached = annex.text > annex.heading[-1] + 1
    if not (is_upper(line.text) or _OPENS_RE.match(line.folded) or attached) or _NOTE_RE.match(line.folded):
        return None
    return origin.field([lines[index].span for index in annex.heading])


def _heads(lines: Sequence[Line]) -> Iterator[int]:
    """The lines that open an annex by their words, and the titles above ``(Kèm theo …)``."""
    for index, line in enumerate(lines):
        if _APPENDIX_RE.match(line.folded) and _is_heading(line):
            yield index
        elif _ATTACHED_RE.match(line.folded) and index:
            title = index
            while title > max(0, index - _TITLE_LINES) and _may_be_title(lines, title - 1):
                title -= 1
            block = range(title, index)
            if any(_APPENDIX_RE.match(lines[place].folded) for place in block):
                continue
            # The title begins with its capitals: "QUY CHẾ" / "Làm việc của …".
            upper = [place for place in block if is_upper(lines[place].text)]
            if block:
                yield _first_title(lines, min(upper, default=title))


def _after_attached(lines: Sequence[Line], index: int, end: int) -> int:
    """The first line after ``(Kèm theo …)``, which goes on to its bracket, where that stands at ``index``."""
    if index >= end or not _ATTACHED_RE.match(lines[index].folded):
        return index
    last = index
    while ")" not in lines[last].text and last + 1 < min(end, index + _ATTACHED_LINES):
        last += 1
    return last + 1 if ")" in lines[last].text else index + 1


def _may_be_title(lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    if is_ended(line.text) or _ATTACHED_RE.match(line.folded) or len(line.text) > _LONGEST_TITLE_LINE:
        return False
    return find_marker(line) is None or bool(_APPENDIX_RE.match(line.folded))


def _first_title(lines: Sequence[Line], start: int) -> int:
    """The first line of a title after the head that an annex may have of its own."""
    index = start
    office = False
    while index < min(len(lines) - 1, start + _TITLE_LINES):
        line = lines[index]
        national = find_phrase(NATIONAL_NAME, line.folded) or find_phrase(MOTTO, line.folded)
        if not (national or line.folded.startswith("so:") or _is_office(line) or (office and _goes_on(line))):
            break
        office = _is_office(line) or (office and not national)
        index += 1
    return index if is_upper(lines[index].text) else start


def _is_office(line: Line) -> bool:
    return is_upper(line.text) and is_office_head(line.text) and type_of_title(line.text) is None


def _goes_on(line: Line) -> bool:
    return is_upper(line.text) and line.folded.startswith(
        ("tinh ", "thanh pho ", "huyen ", "quan ", "xa ", "phuong ")
    )


def _with_own_head(lines: Sequence[Line], before: int, head: int) -> int:
    """Where an annex begins whose title is line ``head``: with the office's and the nation's name above it."""
    start = head
    while start - 1 > before and start > head - _TITLE_LINES:
        line = lines[start - 1]
        if not (
            find_phrase(NATIONAL_NAME, line.folded)
            or find_phrase(MOTTO, line.folded)
            or _is_office(line)
            or _goes_on(line)
        ):
            break
        start -= 1
    return start


def _heading(lines: Sequence[Line], head: int, end: int) -> Iterator[int]:
    """The lines of heading and title: up to ``(Kèm theo …)`` where that is near, else the capitals."""
    last = min(end, head + _TITLE_LINES)
    attached = next((index for index in range(head, last) if _ATTACHED_RE.match(lines[index].folded)), None)
    yield head
    for index in range(head + 1, last):
        line = lines[index]
        if index == attached or line.folded in _TABLE_HEADS:
            return
        titled = attached is not None and index < attached and _may_be_title(lines, index)
        alone = index == head + 1 and _is_heading(lines[head]) and _is_plain_title(lines, index)
        if not (titled or is_upper(line.text) or alone) or find_marker(line) is not None:
            return
        yield index


def _is_plain_title(lines: Sequence[Line], index: int) -> bool:
    """Whether a line under ``Phụ lục II`` in small letters is its title: no sentence, no item."""
    line = lines[index]
    return (
        bool(_APPENDIX_RE.match(lines[index - 1].folded))
        and line.text[:1].isupper()
        and not is_ended(line.text)
        and len(line.text) <= _LONGEST_TITLE_LINE
        and not _ATTACHED_RE.match(line.folded)
    )


def _is_heading(line: Line) -> bool:
    return is_upper(line.text) or (
        line.text[:1].isupper() and len(line.text) < _LONGEST_PLAIN_HEADING and not is_ended(line.text)
    )
