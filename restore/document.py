"""What was meant: the document and its parts, as ``document.json`` holds them (schema ``restore.document``).

Every field has a value, the raw text it was read from, a status and a provenance. Values are as printed, lines
joined by one blank. A repaired number, date or code stands in ``value`` with ``raw`` as found and
``suggested: true``.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Attribute

from restore.page import BBox

SCHEMA_NAME: Literal["restore.document"] = "restore.document"
SCHEMA_VERSION = "1.0"

Status = Literal["present", "blank", "absent", "unreadable"]
SectionKind = Literal[
    "part", "chapter", "section", "article", "clause", "point", "heading", "bullet", "paragraph"
]
Role = Literal["purpose", "requirements", "content", "schedule", "funding", "implementation", "reporting"]
Grade = Literal["good", "review", "poor"]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Provenance(_Model):
    """Where something stands: its page, the box around it in pixels, the words it is made of.

    Plain text has no pages: there ``page`` and ``bbox`` are null, and ``start``/``end`` alone point into
    ``original.txt`` (code points).
    """

    page: int | None = None
    bbox: BBox | None = None
    word_ids: tuple[str, ...] = ()
    start: int
    end: int


class Field(_Model):
    """One value of the document, with the raw text it stands on.

    Attributes:
        value: as printed, lines joined by one blank; ISO for dates; null unless ``present``.
        raw: the text of the original it was read from, null when absent.
        status: ``blank`` is left empty on paper, ``absent`` is not there, ``unreadable`` is there and cannot be read.
        suggested: the value is a repair of ``raw`` and waits for review.
        confidence: probability that the value is right, 0 to 1.
        provenance: where it stands.
        blank_parts: the parts of a partial date that were left empty (``day``, ``month``, ``year``).
    """

    value: str | None = None
    raw: str | None = None
    status: Status = "absent"
    suggested: bool = False
    confidence: float = Attribute(default=1.0, ge=0.0, le=1.0)
    provenance: tuple[Provenance, ...] = ()
    blank_parts: tuple[Literal["day", "month", "year"], ...] = ()


ABSENT = Field()


class Header(_Model):
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


class Reference(_Model):
    """A document that this one cites."""

    text: Field
    doc_type: Field = ABSENT
    number: Field = ABSENT
    notation: Field = ABSENT
    date: Field = ABSENT
    issuer: Field = ABSENT
    section_id: str | None = None


class LegalBasis(_Model):
    """One clause of the legal bases, and the first document it cites."""

    text: Field
    reference: Reference | None = None


class Section(_Model):
    """A node of the body's tree. ``number`` is bare ("1", "I", "a"); its word is in ``kind``."""

    id: str
    kind: SectionKind
    number: str | None = None
    title: str | None = None
    text: str = ""
    children: tuple[Section, ...] = ()
    provenance: tuple[Provenance, ...] = ()
    role: Role | None = None


class TableCell(_Model):
    """A cell of a table with its place, rows and columns counted from 0, and how many of them it spans."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    text: str
    provenance: tuple[Provenance, ...] = ()


class Table(_Model):
    """A table as rows and cells; ``ruled`` tells whether lines are printed around its cells."""

    id: str
    rows: int
    columns: int
    cells: tuple[TableCell, ...] = ()
    section_id: str | None = None
    ruled: bool = True
    provenance: tuple[Provenance, ...] = ()


class Task(_Model):
    """One thing that a unit has to do."""

    text: Field
    deadline: Field = ABSENT
    with_units: tuple[Field, ...] = ()


class Assignment(_Model):
    """What one unit has to do."""

    unit: Field
    section_id: str | None = None
    tasks: tuple[Task, ...] = ()


class Deadline(_Model):
    """A date by which something is due."""

    text: Field
    date: Field
    section_id: str | None = None


class Signer(_Model):
    """Who signed: authority line ("TM. ỦY BAN NHÂN DÂN"), position, name."""

    authority: Field = ABSENT
    position: Field = ABSENT
    name: Field = ABSENT


class Closing(_Model):
    """The end of the document (Decree 30, boxes 7 to 9b)."""

    signers: tuple[Signer, ...] = ()
    signer_authority: Field = ABSENT
    signer_position: Field = ABSENT
    signer_name: Field = ABSENT
    recipients: tuple[Field, ...] = ()
    filing: Field = ABSENT
    seals: tuple[Provenance, ...] = ()
    signatures: tuple[Provenance, ...] = ()
    appendices: tuple[Field, ...] = ()


class Mentions(_Model):
    """What the body names."""

    agencies: tuple[Field, ...] = ()
    places: tuple[Field, ...] = ()
    money: tuple[Field, ...] = ()
    targets: tuple[Field, ...] = ()


class Warning(_Model):
    """Something a person should look at. ``code`` is stable, ``message`` is for people."""

    code: str
    message: str
    provenance: tuple[Provenance, ...] = ()


class Quality(_Model):
    """How much of the text was changed and how much is still in doubt."""

    grade: Grade = "good"
    words: int = 0
    words_changed: int = 0
    words_to_review: int = 0
    mean_confidence: float = 1.0
    warnings: tuple[Warning, ...] = ()


class Source(_Model):
    """The file that the document was read from. ``encoding`` is the decoding of a text file."""

    path: str = ""
    sha256: str = ""
    media_type: str = "text/plain"
    page_count: int | None = None
    encoding: str | None = None


class Tool(_Model):
    """What made the document: versions and the configuration that can change its content."""

    versions: dict[str, str] = {}
    config: dict[str, str] = {}


class PageStep(_Model):
    """One thing that was done to a page image before it was read, with its settings."""

    name: str
    settings: dict[str, float | int | str] = {}


class PageRegion(_Model):
    """Something on a page that is no text of the document: a seal, a signature, the imprint of a digital signature."""

    kind: Literal["seal", "signature", "handwriting", "overlay", "picture"]
    bbox: BBox
    text: str = ""


class PageRecord(_Model):
    """A page as it was read: boxes everywhere are pixels of its image, which is never changed; ``steps`` were done to a copy."""

    number: int
    width: int
    height: int
    dpi: int
    source: str
    steps: tuple[PageStep, ...] = ()
    regions: tuple[PageRegion, ...] = ()


class Document(_Model):
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
    pages: tuple[PageRecord, ...] = ()
    quality: Quality = Quality()
