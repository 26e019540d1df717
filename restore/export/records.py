"""What a batch says, as three tables: its documents, who has to do what, what is cited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from restore.document import Document, Field, Reference, Section
from restore.documents import Entry
from restore.export.head import joined_code

Value = str | int | date | None


class Column(NamedTuple):
    """A column.

    Attributes:
        key: its stable name.
        width: in letters, where it is shown.
        named: the key is its heading in every language, as of a field that a circular names.
    """

    key: str
    width: int = 16
    named: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A table with a name of its own."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


_DOCUMENTS = (
    Column("path", 32), Column("number", 9), Column("notation"), Column("issued_date", 12), Column("doc_type"),
    Column("doc_type_code", 8), Column("subject", 60), Column("issuer_parent", 28), Column("issuer", 32), Column("place"),
    Column("urgency", 12), Column("secrecy", 12), Column("circulation", 18), Column("addressees", 32),
    Column("signer_authority", 24), Column("signer_position", 24), Column("signer_name", 24), Column("recipients", 40),
    Column("filing", 20), Column("number_status", 12), Column("issued_date_status", 12), Column("page_count", 8),
    Column("grade", 10), Column("words", 10), Column("words_changed", 10), Column("words_to_review", 10),
    Column("warnings", 30), Column("sha256", 20),
)  # fmt: skip
_ASSIGNMENTS = (
    Column("path", 32), Column("document", 20), Column("issued_date", 12), Column("section", 14), Column("unit", 36),
    Column("task", 80), Column("deadline", 18), Column("with_units", 40),
)  # fmt: skip
_REFERENCES = (
    Column("path", 32), Column("document", 20), Column("section", 14), Column("text", 50), Column("doc_type"),
    Column("number", 9), Column("notation"), Column("date", 12), Column("issuer", 28), Column("name", 28),
    Column("locator", 24), Column("own", 6), Column("target", 14),
)  # fmt: skip
_FULL_DATE_RE = re.compile(r"\d{4}-\d{2}-\d{2}")


def listings(entries: Iterable[Entry]) -> tuple[Listing, Listing, Listing]:
    """The documents, their assignments (one row a task) and their references (one row a citation)."""
    documents: list[tuple[Value, ...]] = []
    assignments: list[tuple[Value, ...]] = []
    references: list[tuple[Value, ...]] = []
    for name, document, *_ in entries:
        documents.append(_document_row(name, document))
        sections = section_paths(document.sections)
        assignments += _assignment_rows(name, document, sections)
        references += (_reference_row(name, document, one, sections) for one in document.references)
    return (
        Listing("documents", _DOCUMENTS, tuple(documents)),
        Listing("assignments", _ASSIGNMENTS, tuple(assignments)),
        Listing("references", _REFERENCES, tuple(references)),
    )


def _document_row(name: str, document: Document) -> tuple[Value, ...]:
    header, closing, quality = document.header, document.closing, document.quality
    codes = sorted({warning.code for warning in quality.warnings})
    return (
        name,
        header.number.value,
        header.notation.value,
        calendar_day(header.issued_date),
        header.doc_type.value,
        header.doc_type_code.value,
        header.subject.value,
        header.issuer_parent.value,
        issuers(document),
        header.place.value,
        header.urgency.value,
        header.secrecy.value,
        header.circulation.value,
        _listed(header.addressees),
        closing.signer_authority.value,
        closing.signer_position.value,
        closing.signer_name.value,
        _listed(closing.recipients),
        closing.filing.value,
        header.number.status,
        header.issued_date.status,
        document.source.page_count,
        quality.grade,
        quality.words,
        quality.words_changed,
        quality.words_to_review,
        ", ".join(codes),
        document.source.sha256,
    )


def _assignment_rows(name: str, document: Document, sections: dict[str, str]) -> Iterator[tuple[Value, ...]]:
    code, day = code_of(document), calendar_day(document.header.issued_date)
    for assignment in document.assignments:
        begin = (name, code, day, sections.get(assignment.section_id or ""), assignment.unit.value)
        for task in assignment.tasks:
            yield *begin, task.text.value, calendar_day(task.deadline), _listed(task.with_units)
        if not assignment.tasks:
            yield *begin, None, None, None


def _reference_row(
    name: str, document: Document, reference: Reference, sections: dict[str, str]
) -> tuple[Value, ...]:
    return (
        name,
        code_of(document),
        sections.get(reference.section_id or ""),
        reference.text.value,
        reference.doc_type.value,
        reference.number.value,
        reference.notation.value,
        calendar_day(reference.date),
        reference.issuer.value,
        reference.name.value,
        reference.locator.value,
        int(reference.own),
        sections.get(reference.target_id or ""),
    )


def code_of(document: Document) -> str | None:
    """The document's number and notation in one."""
    return joined_code(document.header.number.value, document.header.notation.value) or None


def issuers(document: Document) -> str | None:
    """Who issued the document; several parted by a semicolon."""
    return _listed(document.header.issuers) or document.header.issuer.value


def calendar_day(field: Field) -> Value:
    """A full date as a day of the calendar; all else, partial dates too, as it stands.

    >>> calendar_day(Field(value="2024-03-05", status="present")), calendar_day(Field(value="2024-Q3", status="present"))
    (datetime.date(2024, 3, 5), '2024-Q3')
    """
    if field.value and _FULL_DATE_RE.fullmatch(field.value):
        try:
            return date.fromisoformat(field.value)
        except ValueError:
            return field.value
    return field.value


def section_paths(sections: Iterable[Section], above: str = "") -> dict[str, str]:
    """Each section's numbers from the outermost on, "Điều 5/2/a"; a section without one has that of the section it is in.

    >>> point = Section(id="s1.1", kind="point", number="a")
    >>> section_paths([Section(id="s1", kind="article", number="5", children=(point,))])
    {'s1': 'Điều 5', 's1.1': 'Điều 5/a'}
    """
    paths: dict[str, str] = {}
    for section in sections:
        number = f"Điều {section.number}" if section.kind == "article" else section.number
        path = "/".join(filter(None, (above, number)))
        paths[section.id] = path
        # Articles are numbered through all chapters and are cited without them.
        paths |= section_paths(section.children, "" if _is_above_articles(section) else path)
    return paths


def _is_above_articles(section: Section) -> bool:
    return any(child.kind == "article" or _is_above_articles(child) for child in section.children)


def _listed(fields: Iterable[Field]) -> str | None:
    return "; ".join(field.value for field in fields if field.value) or None
