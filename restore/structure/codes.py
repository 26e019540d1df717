"""Number and notation of a document, ``129/KH-UBND``: in its own head and wherever it is cited."""

from __future__ import annotations

import re
from typing import NamedTuple

from restore.document import ABSENT, Field, Status
from restore.structure.lines import CAPITALS, Span, fold
from restore.structure.origin import Origin

# One part of a notation: KH, QĐi, TTr, NĐ, QH15, BVHTTDL, GD&ĐT; it begins with a capital or is a year.
_PART = rf"(?:[{CAPITALS}][\w&.]*\w|[{CAPITALS}]|(?:19|20)\d\d(?!\d))"
NOTATION = rf"{_PART}(?:\s?[-–/.]\s?{_PART})*"

CODE_RE = re.compile(
    rf"(?<![\w/.,-])(?P<number>\d{{1,6}}(?:\.\d{{1,2}})?[a-zA-Z]?)(?:\s?/\s?|\s?-(?=[A-ZĐ]+/))(?P<notation>{NOTATION})"
)

_LABEL_RE = re.compile(
    r"(?:(?:bo luat|luat|nghi quyet lien tich|nghi quyet|phap lenh|lenh|quyet dinh|thong tu|nghi dinh)\s+)?"
    r"s[o6][^\w\s/.…]?\s*[:;.](?![.…])|s[o6]\s*[:;]|"
    r"(?:(?:bo luat|luat|nghi quyet lien tich|nghi quyet|phap lenh|lenh)\s+)?so\s(?="
    r"\s*[\d./…_]+\s*[-/]|[^\s\w].{0,12}/\s*[a-z]{1,5}\s*-|\s*[-–]\s?[a-z]{1,5}\s?/)"
)
_NUMBER_RE = re.compile(
    rf"""
    (?P<lead> [\s.…_]* )
    (?: (?P<number> \d{{1,6}} (?: \.\d{{1,2}} (?=\s?/) | \s?[a-zA-Z]\b )? ) [\s.…_]* )?
    (?: [/-] \s* (?P<notation> {NOTATION} ) | (?P<bare> {NOTATION} (?=\s*$) ) )?
    """,
    re.VERBOSE,
)
_UNREADABLE_RE = re.compile(rf"(?P<number>[^/\s][^/]{{0,11}}?)\s*/\s*(?P<notation>{NOTATION})")
# The stroke was read as a letter, and what stands before it is no number: "12?- I LĐLĐ".
_LOST_STROKE_RE = re.compile(
    rf"\s*(?P<number>(?=\S*[^\w\s.…_])\S{{1,8}})\s+[Il1|fJ]\s*(?P<notation>{NOTATION})\s*$"
)
_SPACED_RE = re.compile(r"\s*([-–/])\s*")


class Numbered(NamedTuple):
    """A document's own number line taken apart."""

    number: Field
    notation: Field
    span: Span


def plain_notation(text: str) -> str:
    """The notation without the blanks that some offices set around its hyphens.

    >>> plain_notation("KH - PGDĐT")
    'KH-PGDĐT'
    """
    return _SPACED_RE.sub(r"\1", " ".join(text.split())).rstrip(".-/ ")


def number_label(folded: str) -> int:
    """The length of ``Số:`` (or ``Luật số:``) at the beginning of a folded line, 0 if there is none.

    >>> [number_label(line) for line in ("so: 12/qd", "luat so: 5", "so 12-qd/tu", "song")]
    [3, 8, 3, 0]
    """
    match = _LABEL_RE.match(folded)
    return match.end() if match else 0


def read_number(origin: Origin, start: int, end: int) -> Numbered | None:
    """Read number and notation after the label, ``text[start:end]``, which may run over a line's end.

    A number that is a blank gap or points before the stroke is ``blank``; other signs there are
    ``unreadable``.
    Returns None where neither a number nor a notation stands there.
    """
    text = origin.text
    match = _NUMBER_RE.match(text, start, end)
    assert match is not None  # every part of the pattern is optional
    notation = match["notation"] or match["bare"]
    if not notation:
        # "6Š /BC-ĐHTĐ": figures with something unread in them are no number.
        unread = _unreadable(origin, start, end)
        if unread is not None or match["number"] is None:
            return unread
    part = Span(*match.span("notation" if match["notation"] else "bare")) if notation else None
    if match["number"] is not None:
        status: Status = "present"
        span = Span(*match.span("number"))
        value = match["number"].replace(" ", "")
    else:
        status, value = "blank", None
        span = Span(*match.span("lead"))  # the gap itself is what was found
    number = origin.field([span], value, status=status)
    noted = origin.field([part], plain_notation(text[slice(*part)])) if part else ABSENT
    last = part.end if part else span.end
    return Numbered(number, noted, Span(start, last))


def _unreadable(origin: Origin, start: int, end: int) -> Numbered | None:
    match = _UNREADABLE_RE.search(origin.text, start, end) or _LOST_STROKE_RE.match(origin.text, start, end)
    if match is None:
        return None
    number = origin.field([Span(*match.span("number"))], status="unreadable")
    notation = origin.field([Span(*match.span("notation"))], plain_notation(match["notation"]))
    return Numbered(number, notation, Span(start, match.end()))


def find_number(origin: Origin, start: int, end: int) -> Numbered | None:
    """The first code in a stretch of text without a label (``QUYẾT ĐỊNH … SỐ 12/2005/QĐ-TTg NGÀY …``)."""
    match = CODE_RE.search(origin.text, start, end)
    if match is None or not fold(origin.text[max(start, match.start() - 12) : match.start()]).rstrip(
        " :"
    ).endswith("so"):
        return None
    return read_number(origin, match.start(), match.end())
