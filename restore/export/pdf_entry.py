"""A document of a batch as a searchable PDF: its parts are read from its folder, the pages from the file that it was read from."""

from __future__ import annotations

from typing import NamedTuple

from restore.documents import Entry
from restore.errors import InputError, UnsuitableError, file_error
from restore.export.pdf import SearchablePdf, searchable_pdf
from restore.export.words import placed_pages

PROGRAM = "restore"


class Made(NamedTuple):
    """A document's name and the PDF that was made of it."""

    name: str
    pdf: SearchablePdf


def made_of(entry: Entry) -> Made:
    """The searchable PDF of a document.

    Raises:
        UnsuitableError: it was read from no pages.
        InputError: its folder is not complete, or its original is missing, changed or damaged.
    """
    results = entry.results()
    if not results.seen.pages:
        raise UnsuitableError("no-pages", path=entry.name, format="pdf")
    original = entry.original()
    pages = placed_pages(results.original, results.edits, results.seen)
    producer = f"{PROGRAM} {entry.document.tool.versions.get(PROGRAM, '')}".strip()
    try:
        return Made(entry.name, searchable_pdf(original.read_bytes(), pages, entry.document, producer))
    except OSError as error:
        raise file_error(original, error) from error
    except ValueError as error:
        raise InputError("unreadable-file", path=original, reason=error) from error
