"""The formats of ``restore export``: which files each one makes, and what they hold.

    json jsonl xlsx     one file for all documents
    txt md docx         one file a document, beside its place in the batch
    hocr                likewise, for documents that were read from pages
    pdf                 likewise; what keeps a file from being PDF/A is told in pdf-warnings.csv
    alto page           one file a page, in a folder a document: plan.pdf/page-0001.xml
    csv                 documents.csv, assignments.csv, references.csv
    tt05                tt05.csv, tt05.xlsx, warnings.csv and one EAD_doc_….xml a document

Documents are taken one after the other: a batch larger than the memory can be exported.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from restore.document import Document
from restore.documents import Entry
from restore.errors import InputError, UnsuitableError
from restore.export.ead import ead_doc, ead_names
from restore.export.markdown import markdown
from restore.export.plain import plain_text
from restore.export.records import Column, Listing, Value, listings
from restore.export.tt05 import FIELD_NAMES, Violation, codes, metadata, violations
from restore.messages import Language

if TYPE_CHECKING:
    from restore.export.pdf_entry import Made
    from restore.export.sheets import Sheet

Format = Literal["json", "jsonl", "txt", "md", "docx", "csv", "xlsx", "alto", "page", "hocr", "pdf", "tt05"]
FORMATS: tuple[Format, ...] = (
    "json", "jsonl", "txt", "md", "docx", "csv", "xlsx", "alto", "page", "hocr", "pdf", "tt05",
)  # fmt: skip
WHOLE_BATCH: frozenset[Format] = frozenset({"json", "jsonl", "xlsx"})
EACH_DOCUMENT: frozenset[Format] = frozenset({"txt", "md", "docx", "hocr", "pdf"})
EACH_PAGE: frozenset[Format] = frozenset({"alto", "page"})
AS_TEXT: frozenset[Format] = frozenset({"json", "jsonl", "txt", "md", "hocr"})
# They place words on pages: they need more of a document's folder than its document.json.
PLACED: frozenset[Format] = EACH_PAGE | {"hocr", "pdf"}
# Formats of which two would mix in one folder.
OWN_FOLDER: frozenset[Format] = EACH_PAGE | {"tt05"}

PDF_WARNINGS = "pdf-warnings.csv"

# A file's name below the folder of the export, and its bytes.
File = tuple[str, Iterable[bytes]]

_TT05_COLUMNS = (*(Column(name, 14, named=True) for name in FIELD_NAMES), Column("path", 32))
_WARNING_COLUMNS = tuple(Column(key, 24) for key in ("document", "field", "value", "rule", "limit"))
_PDF_COLUMNS = tuple(Column(key, 24) for key in ("document", "rule", "value", "page"))
_CODE_COLUMNS = tuple(Column(key, 24) for key in ("table", "code", "meaning", "state"))


def file_names(form: Format, documents: Sequence[str]) -> tuple[str, ...]:
    """The files that a format makes of documents of these names; of a format that makes one a page, their folders.

    >>> file_names("md", ["a/plan.pdf"]), file_names("csv", [])
    (('a/plan.pdf.md',), ('documents.csv', 'assignments.csv', 'references.csv'))
    """
    if form in WHOLE_BATCH:
        return (f"documents.{form}",)
    if form in EACH_DOCUMENT:
        warnings = (PDF_WARNINGS,) if form == "pdf" else ()
        return (*(f"{name}.{form}" for name in documents), *warnings)
    if form in EACH_PAGE:
        return tuple(documents)
    if form == "csv":
        return ("documents.csv", "assignments.csv", "references.csv")
    return ("tt05.csv", "tt05.xlsx", "warnings.csv", *ead_names(documents))


def render(
    form: Format,
    documents: Sequence[str],
    entries: Iterable[Entry],
    lang: Language,
    options: Mapping[str, str],
    tell: Callable[[Made], None] = lambda made: None,
) -> Iterator[File]:
    """The files of an export, one after the other; each is to be written before the next is asked for.

    Args:
        form: the format.
        documents: the names of all documents of the batch, in order.
        entries: those that can be read, in that order.
        lang: of the headings in XLSX.
        options: metadata that holds for all documents (``tt05``).
        tell: is told what became of each document (``pdf``).
    """
    if form == "pdf":
        yield from _pdfs(entries, tell)
    elif form in EACH_DOCUMENT:
        for entry in entries:
            yield f"{entry.name}.{form}", _each(form, entry)
    elif form in EACH_PAGE:
        for entry in entries:
            yield from _pages(form, entry)
    elif form == "json":
        yield "documents.json", _array(entries)
    elif form == "jsonl":
        yield "documents.jsonl", (_line(entry.document) for entry in entries)
    elif form == "tt05":
        yield from _tt05(documents, entries, lang, options)
    else:
        yield from _tables(form, entries, lang)


def _each(form: Format, entry: Entry) -> Iterator[bytes]:
    """The bytes of one document's file, made when they are written: what fails then costs no other document."""
    yield _hocr(entry) if form == "hocr" else rendering(form)(entry.document)


def _pdfs(entries: Iterable[Entry], tell: Callable[[Made], None]) -> Iterator[File]:
    from restore.export.pdf_entry import made_of
    from restore.export.spreadsheets import csv_bytes

    rows: list[tuple[Value, ...]] = []

    def data(entry: Entry) -> Iterator[bytes]:
        made = made_of(entry)
        rows.extend((entry.name, one.rule, one.detail, one.page) for one in made.pdf.violations)
        rows.extend((entry.name, "left-out", what, None) for what in made.pdf.left_out)
        tell(made)
        yield made.pdf.data

    for entry in entries:
        yield f"{entry.name}.pdf", data(entry)
    yield PDF_WARNINGS, [csv_bytes(Listing("warnings", _PDF_COLUMNS, tuple(rows)))]


def _hocr(entry: Entry) -> bytes:
    from restore.export.hocr import hocr

    return hocr(_sheets("hocr", entry), entry.document.source, entry.document.tool)


def _sheets(form: Format, entry: Entry) -> tuple[Sheet, ...]:
    from restore.export.sheets import sheets

    results = entry.results()
    if not results.seen.pages:
        raise UnsuitableError("no-pages", path=entry.name, format=form)
    return tuple(sheets(results.original, results.edits, results.seen))


def _pages(form: Format, entry: Entry) -> Iterator[File]:
    """The files of one document's pages; where it has none, one whose writing fails."""
    from restore.export.alto import alto
    from restore.export.page_xml import page_xml

    try:
        found = _sheets(form, entry)
    except InputError as error:
        yield entry.name, _failing(error)
        return
    for sheet in found:
        yield f"{entry.name}/page-{sheet.number:04}.xml", [alto(sheet) if form == "alto" else page_xml(sheet)]


def _failing(error: InputError) -> Iterator[bytes]:
    raise error
    yield b""


def rendering(form: Format) -> Callable[[Document], bytes]:
    """How one document becomes a file of ``txt``, ``md`` or ``docx``."""
    if form == "docx":
        from restore.export.docx import docx_bytes  # half a second that the other formats need not wait for

        return docx_bytes
    text = markdown if form == "md" else plain_text
    return lambda document: text(document).encode()


def _line(document: Document) -> bytes:
    return json.dumps(document.model_dump(mode="json"), ensure_ascii=False).encode() + b"\n"


def _array(entries: Iterable[Entry]) -> Iterator[bytes]:
    """One JSON array with a document a line."""
    mark = b"["
    for entry in entries:
        yield mark + b"\n" + _line(entry.document).rstrip(b"\n")
        mark = b","
    yield b"[]\n" if mark == b"[" else b"\n]\n"


def _tables(form: Format, entries: Iterable[Entry], lang: Language) -> Iterator[File]:
    from restore.export.spreadsheets import csv_bytes, xlsx_bytes

    found = listings(entries)
    if form == "xlsx":
        yield "documents.xlsx", [xlsx_bytes(found, lang)]
        return
    for listing in found:
        yield f"{listing.name}.csv", [csv_bytes(listing)]


def _tt05(
    documents: Sequence[str], entries: Iterable[Entry], lang: Language, options: Mapping[str, str]
) -> Iterator[File]:
    from restore.export.spreadsheets import csv_bytes, xlsx_bytes

    files = dict(zip(documents, ead_names(documents), strict=True))
    ordinals = {name: ordinal for ordinal, name in enumerate(documents, start=1)}
    rows: list[tuple[Value, ...]] = []
    broken: list[Violation] = []
    for name, document, *_ in entries:
        row = metadata(document, options, ordinals[name])
        rows.append((*row.values(), name))
        broken += violations(name, document, row)
        yield files[name], [ead_doc(row)]
    table = Listing("tt05", _TT05_COLUMNS, tuple(rows))
    warnings = Listing("warnings", _WARNING_COLUMNS, tuple(tuple(one) for one in broken))
    code_table = Listing("codes", _CODE_COLUMNS, tuple(tuple(code) for code in codes()))
    yield "tt05.csv", [csv_bytes(table)]
    yield "warnings.csv", [csv_bytes(warnings)]
    yield "tt05.xlsx", [xlsx_bytes([table, warnings, code_table], lang)]
