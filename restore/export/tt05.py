"""The archival metadata of Thông tư 05/2025/TT-BNV: the 21 fields of a document (EAD_doc), filled and checked.

The order, the lengths and the codes are those that programs following the circular give; the circular itself was not at
hand. Where they disagree, the table ``dictionaries/tt05.tsv`` says ``unverified``. What a scan cannot tell (how long a document
is kept, who may see it, in which file it lies) is left empty or taken from ``--set`` and ``restore.toml``. No value is ever
cut: one that breaks a rule is kept and warned of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

from restore.document import Document, Field, Section
from restore.errors import UsageError
from restore.export.records import calendar_day, issuers
from restore.language.resources import read_lines
from restore.language.vietnamese import MARKED_LETTERS

Kind = Literal["text", "code", "date", "number"]
RuleName = Literal[
    "missing", "blank", "unreadable", "unconfirmed", "too-long", "not-a-code", "not-a-date", "not-a-number"
]

CODES_FILE = "tt05.tsv"
FILE_CODE = "fileCode"  # of the file (hồ sơ) that all documents of the batch lie in


class FieldRule(NamedTuple):
    """What the circular asks of one field.

    Attributes:
        name: of its element.
        kind: what it holds; a ``code`` is one of ``dictionaries/tt05.tsv``.
        length: the most characters that it may have.
        required: the circular does not say "nếu có".
    """

    name: str
    kind: Kind
    length: int
    required: bool


FIELDS = (
    FieldRule("docId", "text", 25, required=True),
    FieldRule("docCode", "text", 100, required=True),
    FieldRule("maintenance", "code", 100, required=True),
    FieldRule("typeName", "code", 10, required=True),
    FieldRule("codeNumber", "text", 11, required=False),
    FieldRule("codeNotation", "text", 30, required=False),
    FieldRule("issuedDate", "date", 10, required=True),
    FieldRule("organName", "text", 200, required=True),
    FieldRule("subject", "text", 500, required=True),
    FieldRule("language", "code", 100, required=True),
    FieldRule("numberOfPage", "number", 4, required=True),
    FieldRule("inforSign", "text", 30, required=False),
    FieldRule("keyword", "text", 100, required=False),
    FieldRule("mode", "code", 20, required=True),
    FieldRule("confidenceLevel", "code", 30, required=False),
    FieldRule("autograph", "text", 2000, required=False),
    FieldRule("format", "code", 50, required=False),
    FieldRule("riskRecovery", "code", 1, required=False),
    FieldRule("riskRecoveryStatus", "code", 2, required=False),
    FieldRule("process", "code", 1, required=False),
    FieldRule("description", "text", 500, required=False),
)
FIELD_NAMES = tuple(rule.name for rule in FIELDS)
_OTHER_TYPE, _VIETNAMESE, _DIGITISED, _SECRET = "32", "01", "02", "03"
# Letters that no language of western Europe has: đ, ă, ơ, ư and all with two marks. Of both samples' letters they are .19.
_VIETNAMESE_LETTERS = frozenset(letter for letter in MARKED_LETTERS if ord(letter) > 0xFF)
_VIETNAMESE_SHARE = 0.1
_DATE_RE = re.compile(r"\d{2}/\d{2}/\d{4}")


class Code(NamedTuple):
    """One code of a field; ``state`` is ``reported``, or ``unverified`` where sources disagree."""

    table: str
    code: str
    meaning: str
    state: str


class Violation(NamedTuple):
    """A value that breaks a rule, or waits for a person; the value stands as it is."""

    document: str
    field: str
    value: str
    rule: RuleName
    limit: str = ""


@cache
def codes() -> tuple[Code, ...]:
    """All codes. A line of the file: field, code, meaning, state, parted by tabs."""
    return tuple(Code(*line.split("\t")) for line in read_lines(CODES_FILE))


@cache
def code_table(name: str) -> Mapping[str, str]:
    """The codes of one field with their meanings; empty where it has none.

    >>> code_table("confidenceLevel")["02"]
    'Số hóa'
    """
    return {code.code: code.meaning for code in codes() if code.table == name}


def metadata(document: Document, options: Mapping[str, str], ordinal: int) -> dict[str, str]:
    """The 21 fields of a document, in their order; what is not known is empty.

    Args:
        document: that is described.
        options: values that hold for all documents of the batch; they win over what was read. With ``fileCode``, ``docId`` and
            ``docCode`` are made of it and the ordinal.
        ordinal: the document's place in its batch, from 1.
    """
    header = document.header
    scanned = any(page.source == "tesseract" for page in document.pages)
    found = {
        "typeName": _type_code(header.doc_type),
        "codeNumber": header.number.value,
        "codeNotation": header.notation.value,
        "issuedDate": _printed_date(header.issued_date),
        "organName": issuers(document),
        "subject": header.subject.value,
        "language": _language(document),
        "numberOfPage": str(document.source.page_count or ""),
        "mode": _SECRET if header.secrecy.value else None,
        "confidenceLevel": _DIGITISED if scanned else None,
    }
    if file_code := options.get(FILE_CODE):
        found |= {"docId": f"{file_code}.{ordinal}", "docCode": f"{file_code}.{ordinal:07d}"}
    return {name: options.get(name) or found.get(name) or "" for name in FIELD_NAMES}


def check_options(options: Mapping[str, str]) -> None:
    """See that the values given for all documents are of fields that exist.

    Raises:
        UsageError: one is not.
    """
    for name in options:
        if name != FILE_CODE and name not in FIELD_NAMES:
            raise UsageError("unknown-metadata-field", name=name, known=", ".join((FILE_CODE, *FIELD_NAMES)))


def violations(name: str, document: Document, row: Mapping[str, str]) -> Iterator[Violation]:
    """What of a document's metadata breaks a rule or waits for a person.

    Args:
        name: of the document.
        document: that is described.
        row: its 21 fields.
    """
    header = document.header
    read = {
        "codeNumber": header.number, "codeNotation": header.notation, "issuedDate": header.issued_date,
        "organName": header.issuer, "subject": header.subject, "typeName": header.doc_type,
    }  # fmt: skip
    for rule in FIELDS:
        value, field = row[rule.name], read.get(rule.name)
        if field and field.value is None and not value and field.status in ("blank", "unreadable"):
            raw = " ".join((field.raw or "").split())
            yield Violation(name, rule.name, raw, "blank" if field.status == "blank" else "unreadable")
        elif not value:
            if rule.required or (rule.name == "riskRecoveryStatus" and row["riskRecovery"] == "1"):
                yield Violation(name, rule.name, value, "missing")
        else:
            yield from _broken(name, rule, value)
            if field and field.suggested:
                yield Violation(name, rule.name, value, "unconfirmed")


def _broken(name: str, rule: FieldRule, value: str) -> Iterator[Violation]:
    if len(value) > rule.length:
        yield Violation(name, rule.name, value, "too-long", str(rule.length))
    if rule.kind == "number" and not value.isdecimal():
        yield Violation(name, rule.name, value, "not-a-number")
    if rule.kind == "date" and not _is_date(value):
        yield Violation(name, rule.name, value, "not-a-date", "DD/MM/YYYY")
    if rule.kind == "code":
        table = code_table(rule.name)
        # Only a document's language may be several.
        parts = [part.strip() for part in value.split(",")] if rule.name == "language" else [value]
        if not all(part in table for part in parts):
            yield Violation(name, rule.name, value, "not-a-code", ", ".join(table))


def _is_date(value: str) -> bool:
    if not _DATE_RE.fullmatch(value):
        return False
    day, month, year = map(int, value.split("/"))
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _type_code(doc_type: Field) -> str | None:
    """The code of a kind of document; all kinds that the circular does not name are "Khác"."""
    if doc_type.value is None:
        return None
    by_name = {meaning: code for code, meaning in code_table("typeName").items()}
    return by_name.get(doc_type.value, _OTHER_TYPE)


def _printed_date(field: Field) -> str | None:
    """Day, month and year as the circular writes them; a partial date without what is not known.

    >>> _printed_date(Field(value="2023-04", status="present"))
    '04/2023'
    """
    day = calendar_day(field)
    if isinstance(day, date):
        return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"
    return "/".join(reversed(field.value.split("-"))) if field.value else None


def _language(document: Document) -> str | None:
    """Vietnamese where the marks of its letters say so; otherwise unknown."""
    letters = [letter for text in _texts(document) for letter in text if letter.isalpha()]
    marked = sum(letter in _VIETNAMESE_LETTERS for letter in letters)
    return _VIETNAMESE if letters and marked >= _VIETNAMESE_SHARE * len(letters) else None


def _texts(document: Document) -> Iterator[str]:
    yield document.header.subject.value or ""
    yield from (basis.text.value or "" for basis in document.legal_bases)
    yield from _section_texts(document.sections)


def _section_texts(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        yield section.title or ""
        yield section.text
        yield from _section_texts(section.children)
