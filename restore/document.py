"""What was meant: the document and its parts, as ``document.json`` holds them (schema ``restore.document``).

Every field has a value, the raw text it was read from, a status and a provenance. Values are as printed, lines
joined by one blank. A repaired number, date or code stands in ``value`` with ``raw`` as found and
``suggested: true``.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field as Attribute

from restore.content import Assignment, Deadline, Mentions
from restore.content import Reference as Reference
from restore.field import ABSENT as ABSENT
from restore.field import Field as Field
from restore.field import Model, Provenance
from restore.field import Status as Status
from restore.page import BBox

SCHEMA_NAME: Literal["restore.document"] = "restore.document"
SCHEMA_VERSION = "1.2"

SectionKind = Literal[
    "part", "chapter", "section", "article", "clause", "point", "heading", "bullet", "paragraph"
]
Role = Literal["purpose", "requirements", "content", "schedule", "funding", "implementation", "reporting"]
Grade = Literal["good", "review", "poor"]
ComponentKind = Literal[
    "national_name", "motto", "issuer", "number", "place_date", "doc_type", "subject", "addressee", "urgency",
    "secrecy", "circulation", "copy", "contact", "draft", "incoming", "head", "legal_basis", "body", "recipients",
    "signature", "appendix", "page_number", "running_head", "footnote", "table", "overlay", "ornament",
]  # fmt: skip


class Header(Model):
    """The top of the document (Decree 30/2020/NĐ-CP, Article 8, boxes 1 to 5, 9a to 13)."""

    national_name: Field = ABSENT
    motto: Field = ABSENT
    issuer_parent: Field = ABSENT
    issuer: Field = ABSENT
    number: Field = ABSENT
    notation: Field = ABSENT
    place: Field = ABSENT
    issued_date: Field = ABSENT
    doc_type: Field = ABSENT
    doc_type_code: Field = ABSENT
    subject: Field = ABSENT
    urgency: Field = ABSENT
    secrecy: Field = ABSENT
    circulation: Field = ABSENT
    addressees: tuple[Field, ...] = ()
    issuers: tuple[Field, ...] = ()
    drafter: Field = ABSENT
    contact: Field = ABSENT
    copy_of: Field = ABSENT


class LegalBasis(Model):
    """One clause of the legal bases, and the first document it cites."""

    text: Field
    reference: Reference | None = None


class Section(Model):
    """A node of the body's tree. ``number`` is bare ("1", "I", "a"); its word is in ``kind``.

    ``marker`` is all that opens it, as printed ("Điều 1.", "II.", "1.2.", "a)", "-"), with the right number where it was repaired.
    ``number_raw`` is the marker as found where the number was repaired from its sequence ("S." for 8, "1O." for 10).
    ``quoted`` marks what stands inside the quotation of an amendment ("sửa đổi Điều 5 như sau: “Điều 5. …”"): its numbers
    are those of the document amended. Each quotation is one section of kind "paragraph" without number under the point
    that amends; what is quoted are its children, or its ``text`` where that is a single paragraph. The marks around it
    belong to its place, not to any text.
    """

    id: str
    kind: SectionKind
    number: str | None = None
    marker: str | None = None
    title: str | None = None
    text: str = ""
    children: tuple[Section, ...] = ()
    provenance: tuple[Provenance, ...] = ()
    role: Role | None = None
    number_raw: str | None = None
    quoted: bool = False


class Component(Model):
    """A run of lines of ``original.txt`` that are one part of the document: ``original[start:end]``, line ends included.

    The components of a document lie end to end: every line is in exactly one, and put together they are the text. Where
    two columns share a line, it counts to the left one; the fields know the exact place.
    """

    kind: ComponentKind
    start: int
    end: int
    section_id: str | None = None


class TableCell(Model):
    """A cell of a table with its place, rows and columns counted from 0, and how many of them it spans."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    text: str
    provenance: tuple[Provenance, ...] = ()


class Table(Model):
    """A table as rows and cells; ``ruled`` tells whether lines are printed around its cells."""

    id: str
    rows: int
    columns: int
    cells: tuple[TableCell, ...] = ()
    section_id: str | None = None
    ruled: bool = True
    provenance: tuple[Provenance, ...] = ()


class Signer(Model):
    """Who signed: authority line ("TM. ỦY BAN NHÂN DÂN"), position, name."""

    authority: Field = ABSENT
    position: Field = ABSENT
    name: Field = ABSENT


class Closing(Model):
    """The end of the document (Decree 30, boxes 7 to 9b)."""

    signers: tuple[Signer, ...] = ()
    signer_authority: Field = ABSENT
    signer_position: Field = ABSENT
    signer_name: Field = ABSENT
    recipients: tuple[Field, ...] = ()
    filing: Field = ABSENT
    seal: Field = ABSENT
    digital_signature: Field = ABSENT
    seals: tuple[Provenance, ...] = ()
    signatures: tuple[Provenance, ...] = ()
    appendices: tuple[Field, ...] = ()


class Warning(Model):
    """Something a person should look at. ``code`` is stable, ``message`` is for people."""

    code: str
    message: str
    provenance: tuple[Provenance, ...] = ()


class Quality(Model):
    """How much of the text was changed and how much is still in doubt."""

    grade: Grade = "good"
    words: int = 0
    words_changed: int = 0
    words_to_review: int = 0
    mean_confidence: float = 1.0
    warnings: tuple[Warning, ...] = ()


class Review(Model):
    """What people have decided: who, how many places of the text, which fields; ``unplaced`` decisions no longer fit anywhere."""

    reviewers: tuple[str, ...] = ()
    decisions: int = 0
    fields: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()


class Source(Model):
    """The file that the document was read from. ``encoding`` is the decoding of a text file."""

    path: str = ""
    sha256: str = ""
    media_type: str = "text/plain"
    page_count: int | None = None
    encoding: str | None = None


class Tool(Model):
    """What made the document: versions and the configuration that can change its content."""

    versions: dict[str, str] = Attribute(default={})
    config: dict[str, str] = Attribute(default={})


class PageStep(Model):
    """One thing that was done to a page image before it was read, with its settings."""

    name: str
    settings: dict[str, float | int | str] = Attribute(default={})


class PageRegion(Model):
    """Something on a page that is no text of the document: a seal, a signature, the imprint of a digital signature."""

    kind: Literal["seal", "signature", "handwriting", "overlay", "picture"]
    bbox: BBox
    text: str = ""


class PageRecord(Model):
    """A page as it was read: boxes everywhere are pixels of its image, which is never changed; ``steps`` were done to a copy."""

    number: int
    width: int
    height: int
    dpi: int
    source: str
    steps: tuple[PageStep, ...] = ()
    regions: tuple[PageRegion, ...] = ()


class Document(Model):
    """A document with its parts and where each of them stands."""

    schema_name: Literal["restore.document"] = "restore.document"
    schema_version: str = SCHEMA_VERSION
    source: Source = Source()
    tool: Tool = Tool()
    header: Header = Header()
    legal_bases: tuple[LegalBasis, ...] = ()
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    references: tuple[Reference, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    closing: Closing = Closing()
    mentions: Mentions = Mentions()
    components: tuple[Component, ...] = ()
    pages: tuple[PageRecord, ...] = ()
    quality: Quality = Quality()
    review: Review = Review()
