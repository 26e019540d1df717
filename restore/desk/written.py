"""What was written of a document last, which is read ten times as quickly as made anew; and writing it again."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, islice
from pathlib import Path
from threading import Event

from restore import output
from restore.batch.rendered import diff_page, rendered_sheets, sheets_there
from restore.decisions import read_decisions
from restore.desk.opened import Opened, stamp_of
from restore.document import Document
from restore.errors import InputError
from restore.messages import Language
from restore.results import Restored, holding, write_results

_BREATH = 0.002  # seconds


@dataclass(frozen=True, slots=True)
class Told:
    """What a document says, of which revision of its log, and whether that is behind: it is made anew when the reviewer pauses."""

    document: Document
    revision: int
    behind: bool = False


def lies_in(out: Path, name: str) -> bool:
    """Whether a document's folder is in that of its batch: no link and no step upwards leads elsewhere."""
    parts = name.split("/")
    if not name or name.startswith("/") or ".." in parts:
        return False
    # As strings: it is asked of each of a million documents.
    folders = islice(accumulate(parts, "{}/{}".format, initial=str(out)), 1, None)
    return not any(map(os.path.islink, folders))


def is_written(folder: Path) -> bool:
    """Whether the results of a folder are as new as its log."""
    try:
        log = (folder / output.DECISIONS_FILE).stat().st_mtime_ns
    except OSError:
        log = 0
    try:
        return (folder / output.DOCUMENT_FILE).stat().st_mtime_ns > log
    except OSError:
        return False


def is_behind(folder: Path) -> bool:
    """Whether somebody decided something after the results were written."""
    decided = (folder / output.DECISIONS_FILE).is_file()  # of most documents nobody has decided anything
    return decided and (folder / output.DOCUMENT_FILE).is_file() and not is_written(folder)


def left_behind(out: Path, names: Iterable[str], ended: Event) -> Iterator[str]:
    """The documents that a desk had not written yet when it died, looked for until that is ended.

    Of a million documents that is work: who reviews meanwhile comes first.
    """
    for number, name in enumerate(names):
        if number % 100 == 0 and ended.wait(_BREATH):
            return
        if is_behind(out / name):
            yield name


def write_again(document: Opened, made: Restored, lang: Language) -> bool:
    """Write the results of a document with its decisions; ``document.md`` and ``document.docx`` too, where a run has made them.

    Returns:
        whether they were written: not where a run has read the document anew meanwhile.

    Raises:
        OutputError: one cannot be written.
    """
    folder, name = document.folder, document.name
    old = folder / output.DIFF_FILE  # its images of lines stay: the scan may be elsewhere
    page = diff_page(made, name, lang, before=old.read_text("utf-8") if old.is_file() else "")
    sheets = rendered_sheets(made.document, sheets_there(folder))
    with holding(folder, alone=True):
        if stamp_of(folder) != document.stamp:
            return False
        for file, content in sheets.items():
            output.write_parts(folder / file, [content])
        write_results(folder, made, page, again=True)
    log = folder / output.DECISIONS_FILE
    if len(read_decisions(log)) > document.revision:  # decided meanwhile: newer than these results
        os.utime(log)
        return False
    return True


def written(folder: Path) -> Document:
    """The document of a folder.

    Raises:
        InputError: it cannot be read.
    """
    try:
        return Document.model_validate_json((folder / output.DOCUMENT_FILE).read_bytes())
    except (OSError, ValueError) as error:
        raise InputError("damaged-results", path=folder, reason=str(error).partition("\n")[0]) from error
