"""Documents that a text cites: ``Kế hoạch số 44/KH-SGDĐT ngày 04/4/2023 của Sở Giáo dục và Đào tạo``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from restore.document import ABSENT, Field, Reference
from restore.structure.codes import CODE_RE, plain_notation
from restore.structure.dates import PrintedDate, find_date
from restore.structure.doctypes import DocumentType, document_types, type_of_code
from restore.structure.lines import CAPITALS, Run, Span, fold
from restore.structure.names import is_office_head
from restore.structure.origin import Origin


class Citation(NamedTuple):
    """A reference and where it begins and ends in the text that the parser reads."""

    span: Span
    reference: Reference


_AFTER_CODE_RE = re.compile(r"[\s,]*(?:\(|-\s)?\s*(?=ngay\b|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})")
_ISSUER_RE = re.compile(r"[\s,]*(?:cua|do)\s+")
# What ends an issuer's name: what the document is about, another document, or the sentence's punctuation.
_ISSUER_END_RE = re.compile(
    r"\s*(?:[;:.()“\"]|,(?!\s+[a-zđ])|\bve\b|\bban hanh\b|\bquy dinh\b|\bhuong dan\b|\bsua doi\b|\bcong bo\b"
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


def find_references(origin: Origin, spans: Sequence[Span]) -> tuple[Citation, ...]:
    """All documents cited in a run of lines, in order.

    Found by their codes, laws by their names; the type is the word before the code, or else what the code
    says.
    """
    run = Run(spans, origin.text)
    folded = fold(run.text)
    found = [_by_code(origin, run, folded, match) for match in CODE_RE.finditer(run.text)]
    found += [_by_name(origin, run, match) for match in _LAW_RE.finditer(run.text)]
    citations: list[Citation] = []
    for citation in sorted((one for one in found if one is not None), key=lambda one: one[0]):
        if not citations or citation.span.start >= citations[-1].span.end:
            citations.append(citation)
    return tuple(citations)


def _by_code(origin: Origin, run: Run, folded: str, match: re.Match[str]) -> Citation | None:
    notation = plain_notation(match["notation"])
    before = _type_re().search(folded, max(0, match.start() - 40), match.start())
    labelled = before or folded[max(0, match.start() - 5) : match.start()].rstrip(" :").endswith("so")
    kind_by_code = type_of_code(notation)
    if not labelled and kind_by_code is None:
        return None  # 24/7, 04 CTĐT/năm: a fraction and no document
    start = before.start() if before else match.start()
    printed, end = _date_after(run.text, folded, match.end())
    issuer, issuer_end = _issuer_after(origin, run, folded, end)
    kind = _types_by_name().get(before["type"]) if before else None
    if kind is not None and before is not None:
        doc_type = origin.field(run.slice(*before.span("type")), kind.name)
    elif kind_by_code is not None:
        doc_type = origin.field(run.slice(*match.span("notation")), kind_by_code.name)
    else:
        doc_type = ABSENT
    whole = run.slice(start, issuer_end)
    reference = Reference(
        text=origin.field(whole),
        doc_type=doc_type,
        number=origin.field(run.slice(*match.span("number"))),
        notation=origin.field(run.slice(*match.span("notation")), notation),
        date=_date_field(origin, run, printed),
        issuer=issuer,
    )
    return Citation(Span(whole[0].start, whole[-1].end), reference)


def _by_name(origin: Origin, run: Run, match: re.Match[str]) -> Citation | None:
    """A law cited by its name, with its number or its date."""
    folded_type = fold(match["type"])
    kind = _types_by_name()[folded_type]
    code = _LAW_CODE_RE.match(run.text, match.end())
    end = code.end() if code else match.end()
    printed, end = _date_after(run.text, fold(run.text), end)
    whole = run.slice(match.start(), end)
    reference = Reference(
        text=origin.field(whole),
        doc_type=origin.field(run.slice(*match.span("type")), kind.name),
        number=origin.field(run.slice(*code.span("number"))) if code else ABSENT,
        notation=origin.field(run.slice(*code.span("notation"))) if code else ABSENT,
        date=_date_field(origin, run, printed),
    )
    return Citation(Span(whole[0].start, whole[-1].end), reference)


def _date_after(text: str, folded: str, position: int) -> tuple[PrintedDate | None, int]:
    """The date that follows at once, and where what follows it begins."""
    match = _AFTER_CODE_RE.match(folded, position)
    if match is None:
        return None, position
    printed = find_date(text[: match.end() + 60], match.end())
    if printed is None or printed.span.start != match.end():
        return None, position
    return printed, printed.span.end


def _date_field(origin: Origin, run: Run, printed: PrintedDate | None) -> Field:
    if printed is None:
        return ABSENT
    spans = run.slice(*printed.span)
    if not printed.valid:
        return origin.field(spans, status="unreadable")
    if printed.value is None:
        return origin.field(spans, status="blank", blank_parts=printed.blank_parts)
    return origin.field(spans, printed.value, blank_parts=printed.blank_parts)


def _issuer_after(origin: Origin, run: Run, folded: str, position: int) -> tuple[Field, int]:
    match = _ISSUER_RE.match(folded, position)
    if match is None:
        return ABSENT, position
    start = match.end()
    if not is_office_head(run.text[start:]) and not run.text[start : start + 1].isupper():
        return ABSENT, position
    end = _ISSUER_END_RE.search(folded, start, start + _LONGEST_ISSUER)
    if end is None or end.start() <= start:
        return ABSENT, position
    return origin.field(run.slice(start, end.start())), end.start()
