"""Documents that a text cites: ``Kế hoạch số 44/KH-SGDĐT ngày 04/4/2023 của Sở Giáo dục và Đào tạo``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from restore.content import Reference
from restore.field import ABSENT, Field
from restore.meaning.citations import Citation, find_citations
from restore.meaning.own_references import find_own, with_parts
from restore.meaning.passages import Passages
from restore.meaning.same_document import numbered
from restore.structure.codes import plain_notation
from restore.structure.dates import PrintedDate
from restore.structure.lines import Span

_NOTE_RE = re.compile(r"\(\s?(?:ban hanh )?(?:kem theo|theo)\b[^)\x00]*")


def find_references(passages: Passages, doc_type: Field = ABSENT) -> tuple[Reference, ...]:
    """All documents cited and all places that cite the document itself, in the order of the text, with ids "r1", "r2" ….

    What is annexed is not looked at.

    Args:
        passages: of the document.
        doc_type: what the document is, which tells "Kế hoạch này" from a thing of that name.
    """
    end = passages.body_end
    citations = find_citations(passages.text[:end], passages.folded[:end])
    citations += find_own(passages, doc_type.value)
    located = with_parts(passages, _apart(citations), doc_type.value)
    return numbered([_reference(passages, one) for one in _apart(located) if not _is_note(passages, one)])


def _is_note(passages: Passages, citation: Citation) -> bool:
    """Whether it stands in the note under a title that says what the document is issued with: "(Kèm theo Quyết định …)"."""
    passage = passages.at(citation.span.start)
    start = passage.start
    if passage.kind == "subject":
        start = max(start, passages.folded.rfind("(", start, citation.span.start))
    note = _NOTE_RE.match(passages.folded, start)
    return note is not None and citation.span.start < note.end()


def _apart(citations: Sequence[Citation]) -> list[Citation]:
    """Citations in their order; of two that overlap the first."""
    kept: list[Citation] = []
    for citation in sorted(citations, key=lambda one: (one.span.start, -one.span.end)):
        if not kept or citation.span.start >= kept[-1].span.end:
            kept.append(citation)
    return kept


def _reference(passages: Passages, citation: Citation) -> Reference:
    """What stands at the spans of a citation."""

    def field(span: Span | None, value: str | None = None) -> Field:
        return passages.field(*span, value) if span else ABSENT

    kind, notation = citation.doc_type, citation.notation
    return Reference(
        text=field(citation.span),
        doc_type=field(kind.span, kind.name) if kind and kind.name else ABSENT,
        number=_number_field(passages, citation.number),
        notation=field(notation, plain_notation(passages.text[slice(*notation)])) if notation else ABSENT,
        date=_date_field(passages, citation.printed),
        issuer=field(citation.issuer),
        name=field(citation.name),
        locator=field(citation.locator),
        own=citation.own,
        target_id=citation.target_id,
        section_id=passages.section_id(citation.span.start),
    )


def _number_field(passages: Passages, span: Span | None) -> Field:
    if span is None:
        return ABSENT
    blank = not passages.text[slice(*span)].strip(" .…_")
    return passages.field(*span, status="blank") if blank else passages.field(*span)


def _date_field(passages: Passages, printed: PrintedDate | None) -> Field:
    if printed is None:
        return ABSENT
    if not printed.valid:
        return passages.field(*printed.span, status="unreadable")
    if printed.value is None:
        return passages.field(*printed.span, status="blank", blank_parts=printed.blank_parts)
    return passages.field(*printed.span, printed.value, blank_parts=printed.blank_parts)
