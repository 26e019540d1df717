"""Whom a letter is addressed to: ``Kính gửi: …``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from restore.document import Field
from restore.structure.lines import Line, Run, Span, is_ended
from restore.structure.names import (
    continues_office,
    is_plain_position,
    is_position,
    is_unfinished,
    opens_office,
)
from restore.structure.numbering import find_marker
from restore.structure.origin import Origin
from restore.structure.pieces import Piece, is_basis

_ADDRESSEE_RE = re.compile(r"\s*[:;.]?\s*(?:[-–+•*]\s*)?")
_ADDRESSEE_LABEL_LENGTH = 8  # "Kính gửi"
_ITEM_RE = re.compile(r"[-–+•*]\s*")
_ADDRESSEE_LINES = 25


def read_addressees(
    origin: Origin, lines: Sequence[Line], pieces: Sequence[Piece], after: int
) -> tuple[tuple[Field, ...], int]:
    """``Kính gửi: …``: one office, several parted by ``;``, or a list; and the index of the next line.

    A telegram (``Công điện``) names them after ``… điện:``.
    """
    piece = next((piece for piece in pieces if piece.label == "addressee"), None)
    if piece is None:
        return _telegraphed(origin, lines, after)
    start = piece.span.start + _ADDRESSEE_LABEL_LENGTH
    match = _ADDRESSEE_RE.match(origin.text, start, piece.span.end)
    assert match is not None  # all of it is optional
    items: list[list[Span]] = [[Span(match.end(), piece.span.end)]] if match.end() < piece.span.end else []
    return _listed(origin, lines, items, piece.line + 1)


_TELEGRAPHED_RE = re.compile(r"(?:.{3,100} )?(?:gui )?dien\s*:\s*")
_TELEGRAM_LINES = 2  # between the subject and whom the telegram is for


def _telegraphed(origin: Origin, lines: Sequence[Line], after: int) -> tuple[tuple[Field, ...], int]:
    for index in range(after, min(len(lines), after + _TELEGRAM_LINES)):
        match = _TELEGRAPHED_RE.match(lines[index].folded)
        if match is not None and lines[index].text[:1].isupper():
            line = lines[index]
            items = [[Span(line.start + match.end(), line.end)]] if match.end() < len(line.text) else []
            return _listed(origin, lines, items, index + 1)
    return (), after


def _listed(
    origin: Origin, lines: Sequence[Line], items: list[list[Span]], index: int
) -> tuple[tuple[Field, ...], int]:
    """The addressees from those on the label's line on, and the index of the line after the last."""
    last = min(len(lines), index + _ADDRESSEE_LINES)
    while index < last:
        line = lines[index]
        dash = _ITEM_RE.match(line.text)
        if dash and (not items or line.text[dash.end() :][:1].isupper()):
            items.append([Span(line.start + dash.end(), line.end)])
        elif (
            line.gap
            or not items
            or find_marker(line) is not None
            or _ends_item(origin.text[slice(*items[-1][-1])], line)
        ):
            break
        elif _is_another(origin.text[slice(*items[-1][-1])], line):
            items.append([line.span])
        else:
            items[-1].append(line.span)
        index += 1
    fields = [field for item in items for field in _parted(origin, item)]
    return tuple(fields), index


# What the text of a letter begins with, and what only a sentence says.
_TEXT_RE = re.compile(
    r"(?:de nghi|de|nham|theo|ngay|trong|vua qua|tiep theo|hien nay|sau khi|qua|phuc dap|nhan dip|duoc su)\b"
    r"|.*\b(?:tran trong|kinh moi|nhan duoc|kinh trinh|kinh de nghi|xin)\b"
)


def _ends_item(last: str, line: Line) -> bool:
    """Whether a line can't go on with the addressee before it."""
    if last.rstrip().endswith((",", ";")):
        return False
    return (
        is_ended(last)
        or (line.text[:1].isupper() and len(line.text) > 50)
        or is_basis(line)
        or bool(line.text[:1].isupper() and _TEXT_RE.match(line.folded))
    )


_ADDRESSED_RE = re.compile(r"(?:cac|ong|ba|dong chi|lanh dao|quy) ")
# A line of an addressee that a page's width ended is longer; 50 of the 70 to 90 characters of a page's line.
_FULL_LINE = 50


def _is_another(last: str, line: Line) -> bool:
    r"""Whether a line without a bullet is an addressee of its own, under one that had room to go on.

    >>> from restore.structure.lines import split_lines
    >>> [_is_another("Ban Giám hiệu", line) for line in split_lines("Phòng Quản trị\nMôi trường\nTỉnh An")]
    [True, False, False]
    """
    if not line.text[:1].isupper() or len(last) >= _FULL_LINE or last.rstrip().endswith((",", "-", "–", "(")):
        return False
    if is_unfinished(last) or is_plain_position(last) or continues_office(line.text):
        return False
    return opens_office(line.text) or is_position(line.text) or bool(_ADDRESSED_RE.match(line.folded))


def _parted(origin: Origin, spans: Sequence[Span]) -> list[Field]:
    run = Run(spans, origin.text)
    fields: list[Field] = []
    for match in re.finditer(r"[^;]+", run.text):
        body = match[0].rstrip(" .,:")
        found = run.slice(match.start(), match.start() + len(body))
        if body.strip() and found:
            fields.append(origin.field(found))
    return fields
