"""Documents that a text cites: ``Kế hoạch số 44/KH-SGDĐT ngày 04/4/2023 của Sở Giáo dục và Đào tạo``."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from restore.document import ABSENT, Field, Reference
from restore.meaning.passages import Passages
from restore.structure.codes import CODE_RE, plain_notation
from restore.structure.dates import PrintedDate, find_date
from restore.structure.doctypes import DocumentType, document_types, type_of_code
from restore.structure.lines import CAPITALS, Span, fold
from restore.structure.names import is_office_head


class _Citation(NamedTuple):
    """A reference and where it begins and ends in the passages."""

    span: Span
    reference: Reference


_AFTER_CODE_RE = re.compile(r"[\s,]*(?:\(|-\s)?\s*(?=ngay\b|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})")
_ISSUER_RE = re.compile(r"[\s,]*(?:cua|do)\s+")
# What ends an issuer's name: what the document is about, another document, or the sentence's punctuation.
_ISSUER_END_RE = re.compile(
    r"\s*(?:[;:.()“\"\x00]|,(?!\s+[a-zđ])|\bve\b|\bban hanh\b|\bquy dinh\b|\bhuong dan\b|\bsua doi\b|\bcong bo\b"
    r"|\bphe duyet\b|\btrien khai\b|\bngay\b|\bva (?=cong van|ke hoach|quyet dinh|nghi dinh|thong tu"
    r"|nghi quyet|chi thi|luat)|\bthong qua\b|\bchi tiet\b|\bbai bo\b|\bthay the\b|\bdoi voi\b"
    r"|\bco hieu luc\b|\bcho\b|\btai\b|\bde nghi\b|\bso \d|\bthuc hien\b|$)"
)
_LONGEST_ISSUER = 120
_LAW_RE = re.compile(
    rf"\b(?P<type>Bộ luật|Luật|Pháp lệnh)\s+(?P<name>[{CAPITALS}a-zđ][^;:.()“”\d]{{2,140}}?)\s+"
    r"(?=(?:số\s+\d+/\d{4}/|ngày\s+\d))"
)
_LAW_CODE_RE = re.compile(r"(?:số\s+)(?P<number>\d{1,4})/(?P<notation>\d{4}/[\w-]+)")


@cache
def _type_re() -> re.Pattern[str]:
    names = sorted((fold(kind.name) for kind in document_types()), key=len, reverse=True)
    return re.compile(
        rf"\b(?P<type>{'|'.join(names)}|van ban)(?:\s+(?:lien tich|hop nhat))?\s*(?:so\b\s*)*[:.]?\s*$"
    )


@cache
def _types_by_name() -> dict[str, DocumentType]:
    return {fold(kind.name): kind for kind in document_types()}


def find_references(passages: Passages) -> tuple[Reference, ...]:
    """All documents cited, in the order of the text, with ids "r1", "r2" ….

    Found by their codes, laws by their names; the type is the word before the code, or else what the code says.
    """
    found = [_by_code(passages, match) for match in CODE_RE.finditer(passages.text)]
    found += [_by_name(passages, match) for match in _LAW_RE.finditer(passages.text)]
    citations: list[_Citation] = []
    for citation in sorted((one for one in found if one is not None), key=lambda one: one[0]):
        if not citations or citation.span.start >= citations[-1].span.end:
            citations.append(citation)
    return tuple(
        citation.reference.model_copy(
            update={"id": f"r{index}", "section_id": passages.section_id(citation.span.start)}
        )
        for index, citation in enumerate(citations, start=1)
    )


def _by_code(passages: Passages, match: re.Match[str]) -> _Citation | None:
    text, folded = passages.text, passages.folded
    notation = plain_notation(match["notation"])
    before = _type_re().search(folded, max(0, match.start() - 40), match.start())
    labelled = before or folded[max(0, match.start() - 5) : match.start()].rstrip(" :").endswith("so")
    kind_by_code = type_of_code(notation)
    if not labelled and kind_by_code is None:
        return None  # 24/7, 04 CTĐT/năm: a fraction and no document
    start = before.start() if before else match.start()
    printed, end = _date_after(text, folded, match.end())
    issuer, issuer_end = _issuer_after(passages, end)
    kind = _types_by_name().get(before["type"]) if before else None
    if kind is not None and before is not None:
        doc_type = passages.field(*before.span("type"), kind.name)
    elif kind_by_code is not None:
        doc_type = passages.field(*match.span("notation"), kind_by_code.name)
    else:
        doc_type = ABSENT
    reference = Reference(
        text=passages.field(start, issuer_end),
        doc_type=doc_type,
        number=passages.field(*match.span("number")),
        notation=passages.field(*match.span("notation"), notation),
        date=_date_field(passages, printed),
        issuer=issuer,
    )
    return _Citation(Span(start, issuer_end), reference)


def _by_name(passages: Passages, match: re.Match[str]) -> _Citation | None:
    """A law cited by its name, with its number or its date."""
    kind = _types_by_name()[fold(match["type"])]
    code = _LAW_CODE_RE.match(passages.text, match.end())
    end = code.end() if code else match.end()
    printed, end = _date_after(passages.text, passages.folded, end)
    reference = Reference(
        text=passages.field(match.start(), end),
        doc_type=passages.field(*match.span("type"), kind.name),
        number=passages.field(*code.span("number")) if code else ABSENT,
        notation=passages.field(*code.span("notation")) if code else ABSENT,
        date=_date_field(passages, printed),
    )
    return _Citation(Span(match.start(), end), reference)


def _date_after(text: str, folded: str, position: int) -> tuple[PrintedDate | None, int]:
    """The date that follows at once, and where what follows it begins."""
    match = _AFTER_CODE_RE.match(folded, position)
    if match is None:
        return None, position
    printed = find_date(text[: match.end() + 60], match.end())
    if printed is None or printed.span.start != match.end():
        return None, position
    return printed, printed.span.end


def _date_field(passages: Passages, printed: PrintedDate | None) -> Field:
    if printed is None:
        return ABSENT
    if not printed.valid:
        return passages.field(*printed.span, status="unreadable")
    if printed.value is None:
        return passages.field(*printed.span, status="blank", blank_parts=printed.blank_parts)
    return passages.field(*printed.span, printed.value, blank_parts=printed.blank_parts)


def _issuer_after(passages: Passages, position: int) -> tuple[Field, int]:
    text, folded = passages.text, passages.folded
    match = _ISSUER_RE.match(folded, position)
    if match is None:
        return ABSENT, position
    start = match.end()
    if not is_office_head(text[start : start + _LONGEST_ISSUER]) and not text[start : start + 1].isupper():
        return ABSENT, position
    end = _ISSUER_END_RE.search(folded, start, start + _LONGEST_ISSUER)
    if end is None or end.start() <= start:
        return ABSENT, position
    return passages.field(start, end.start()), end.start()
