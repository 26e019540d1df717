"""What the review page asks for, as JSON: documents, sheets of words, fields, sections, the history of decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from restore.decisions import Decision, standing
from restore.desk.catalogue import Asked
from restore.desk.opened import DeskWord, Opened, Sheet
from restore.desk.service import Desk, Repeated, Taken
from restore.document import Document, Section
from restore.edit import OffsetMap
from restore.field import Field, Provenance
from restore.messages import Language
from restore.page import BBox
from restore.review import triage_labels
from restore.review.triage import Triage
from restore.search.filters import Filters
from restore.search.index import Index

PAGE = 150  # documents of one page of the list
MOST_PLACES = 20  # of a repeated decision that are shown
MOST_HISTORY = 200
_HEADER_FIELDS = (
    "national_name", "motto", "issuer_parent", "issuer", "number", "notation", "place", "issued_date", "doc_type",
    "doc_type_code", "subject", "urgency", "secrecy", "circulation",
)  # fmt: skip


def document_list(desk: Desk, asked: Asked, lang: Language) -> dict[str, Any]:
    """A page of the list, and the figures of all documents; how many there are that were asked for is ``count``."""
    found = desk.catalogue.listed(asked, PAGE, lang)
    figures = desk.catalogue.figures()
    return {
        "documents": [_row(row, lang) for row in found.rows],
        "count": found.count,
        "next": asked.start + PAGE,
        "totals": asdict(figures) | {"documents": sum(figures.states.values())},
    }


def _row(row: Triage, lang: Language) -> dict[str, Any]:
    reasons = [
        {"code": one.code, "label": triage_labels.label(one.code, lang), "count": one.count}
        for one in row.reasons
    ]
    return {
        "name": row.name,
        "state": row.state,
        "need_seconds": row.need_seconds,
        "reasons": reasons,
        "words": row.words,
        "changed": row.words_changed,
        "to_review": row.words_to_review,
        "decided": row.decisions,
        "decisions": row.decisions,
        "type": row.doc_type,
        "number": row.number,
        "issuer": row.issuer,
        "date": row.date,
        "confidence": row.mean_confidence,
        "error": row.error,
    }


def document(desk: Desk, name: str) -> dict[str, Any]:
    """All there is to say of a document but its words."""
    opened = desk.document(name)
    told = desk.structure(name)
    meant = told.document
    previous, following = desk.catalogue.neighbours(name)
    doubts = opened.doubts()
    return {
        "name": name,
        "previous": previous,
        "next": following,
        "title": _title(meant),
        "state": meant.quality.grade,
        "revision": opened.revision,
        "sheets": [_sheet(opened, sheet) for sheet in opened.sheets],
        "doubts": [
            {"sheet": opened.sheet_of(one.start), "start": one.start, "end": one.end, "confidence": one.confidence}
            for one in doubts
        ],
        "to_review": len(doubts),
        "decided": len(opened.placed),
        "fields": [_field(opened, path, field) for path, field in _fields(meant)],
        "sections": list(_sections(opened, meant.sections)),
        "warnings": [
            {"code": one.code, "message": one.message, **_first_place(opened, one.provenance)}
            for one in meant.quality.warnings
        ],
        "history": _history(opened),
        "reviewers": list(meant.review.reviewers),
        "fields_revision": told.revision,
        "behind": told.behind,
    }  # fmt: skip


def sheet(desk: Desk, name: str, number: int) -> dict[str, Any] | None:
    """The words of one sheet; None where there is none of that number."""
    opened = desk.document(name)
    found = next((one for one in opened.sheets if one.number == number), None)
    if found is None:
        return None
    return {
        "number": number,
        "revision": opened.revision,
        "words": [_word(one) for one in opened.words(found)],
    }


def taken(found: Taken) -> dict[str, Any]:
    """A decision, and where it might be repeated."""
    repeats = found.repeats
    return {
        "revision": found.revision,
        "decision": found.decision,
        "repeats": {
            "count": len(repeats),
            "documents": len({place.document for place in repeats}),
            "places": [
                {"document": place.document, "line": place.line, "text": place.text, "start": place.start}
                for place in repeats[:MOST_PLACES]
            ],
        },
    }


def repeated(found: Repeated) -> dict[str, Any]:
    """How often a decision was repeated."""
    return asdict(found)


def conflict(decision: Decision, revision: int) -> dict[str, Any]:
    """What somebody else has decided meanwhile."""
    edit, field = decision.edit, decision.field
    return {
        "revision": revision,
        "conflict": {
            "reviewer": decision.reviewer,
            "before": field.was if field else edit.before if edit else "",
            "after": field.value if field else edit.after if edit else "",
            "path": field.path if field else None,
            "status": field.status if field else None,
            "time": decision.time,
            "decision": decision.id,
        },
    }


def _title(document: Document) -> str:
    header = document.header
    number = "/".join(field.value for field in (header.number, header.notation) if field.value)
    parts = (header.doc_type.value, number, header.subject.value)
    return " · ".join(part for part in parts if part)


def _sheet(opened: Opened, sheet: Sheet) -> dict[str, Any]:
    page = next((page for page in opened.seen.pages if page.number == sheet.page), None)
    return {
        "number": sheet.number,
        "page": sheet.page,
        "width": page.width if page else 0,
        "height": page.height if page else 0,
        "image": page is not None,
        "start": sheet.start,
        "first_line": sheet.first_line,
        "lines": sheet.lines,
    }


def _word(word: DeskWord) -> dict[str, Any]:
    # asdict() would copy every part of 600 words a page.
    found: dict[str, Any] = {name: getattr(word, name) for name in DeskWord.__slots__}
    return found | {"box": _box(word.box)}


def _box(box: BBox | None) -> list[int] | None:
    return [box.left, box.top, box.right, box.bottom] if box else None


def _fields(document: Document) -> Iterator[tuple[str, Field]]:
    """The fields that a reviewer sees, each with its path; absent ones of the head too, so that they can be filled in."""
    for name in _HEADER_FIELDS:
        yield f"header.{name}", getattr(document.header, name)
    yield from _listed("header.addressees", document.header.addressees)
    for index, signer in enumerate(document.closing.signers):
        for name in ("authority", "position", "name"):
            yield f"closing.signers[{index}].{name}", getattr(signer, name)
    if not document.closing.signers:
        for name in ("signer_authority", "signer_position", "signer_name"):
            yield f"closing.{name}", getattr(document.closing, name)
    yield from _listed("closing.recipients", document.closing.recipients)
    yield "closing.filing", document.closing.filing
    for index, basis in enumerate(document.legal_bases):
        yield f"legal_bases[{index}].text", basis.text


def _listed(path: str, fields: Sequence[Field]) -> Iterator[tuple[str, Field]]:
    for index, field in enumerate(fields):
        yield f"{path}[{index}]", field


def _field(opened: Opened, path: str, field: Field) -> dict[str, Any]:
    box = next((place.bbox for place in field.provenance if place.bbox), None)
    return {
        "path": path,
        "label": path.rpartition(".")[2].partition("[")[0] if "[" not in path else path,
        "value": field.value,
        "raw": field.raw,
        "status": field.status,
        "suggested": field.suggested,
        "confidence": field.confidence,
        "box": _box(box),
        **_first_place(opened, field.provenance),
    }


def _first_place(opened: Opened, places: Sequence[Provenance]) -> dict[str, int | None]:
    """The sheet and the place of something in the original; a warning of a whole page stands at its beginning."""
    if not places:
        return {"sheet": None, "start": None}
    first = places[0]
    if first.end == 0 and first.page is not None:
        found = next((sheet for sheet in opened.sheets if sheet.page == first.page), None)
        return {"sheet": found.number if found else None, "start": found.start if found else None}
    return {"sheet": opened.sheet_of(first.start), "start": first.start}


def _sections(opened: Opened, sections: Iterable[Section], depth: int = 0) -> Iterator[dict[str, Any]]:
    for section in sections:
        if section.number or section.title:
            yield {
                "id": section.id,
                "kind": section.kind,
                "number": section.number,
                "title": section.title,
                "text": section.text[:80],
                "depth": depth,
                **_first_place(opened, section.provenance),
            }
        yield from _sections(opened, section.children, depth + 1)


def _history(opened: Opened) -> list[dict[str, Any]]:
    stands = {one.id for one in standing(opened.log)}
    undone_by = {one.undoes for one in opened.log if one.undoes}
    places = {decision.id: edit for edit, decision in opened.placed}
    found = []
    for one in reversed(opened.log[-MOST_HISTORY:]):
        edit = places.get(one.id) or one.edit
        found.append(
            {
                "id": one.id,
                "time": one.time,
                "reviewer": one.reviewer,
                "action": one.action,
                "before": one.field.was if one.field else edit.before if edit else None,
                "after": one.field.value if one.field else edit.after if edit else None,
                "path": one.field.path if one.field else None,
                "scope": one.scope,
                "undoes": one.undoes,
                "undone": one.id in undone_by if one.action == "undo" else one.id not in stands,
                "because": one.because,
                "sheet": opened.sheet_of(edit.start) if edit else None,
                "start": edit.start if edit else None,
            }
        )
    return found


def search(desk: Desk, index: Index, query: str, filters: Filters, limit: int) -> dict[str, Any]:
    """The documents that a query finds; ``at`` is the first hit's place in ``restored.txt``, see :func:`place`."""
    found = index.search(query, filters, limit=limit)
    hits = [
        {
            "document": one.name,
            "title": " · ".join(part for part in (one.card.doc_type, one.card.subject) if part),
            "parts": [[piece.text, piece.hit] for snippet in one.snippets for piece in snippet],
            "at": one.places[0].start if one.places else None,
        }
        for one in found.found
        if desk.catalogue.has(one.name)
    ]
    return {
        "hits": hits,
        "count": found.total,
        "exact": found.exact,
        "more": found.more,
        "partial": found.partial,
    }


def place(desk: Desk, name: str, at: int) -> dict[str, int]:
    """The sheet, and the place in the original, of a place in ``restored.txt``."""
    opened = desk.document(name)
    start, _ = OffsetMap(opened.edits).span(at, at + 1)
    return {"sheet": opened.sheet_of(start), "start": start}
