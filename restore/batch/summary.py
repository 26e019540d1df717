"""What there is in an output folder: ``summary.json`` for programs, ``summary.html`` for people, both made of the ledger."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from restore.batch.changes import changes_since
from restore.batch.ledger import note, noted
from restore.batch.problems import error_of
from restore.batch.rows import DONE, Row, finished_of, finished_rows
from restore.batch.triage import known_triage
from restore.document import Grade
from restore.messages import Language, error_text
from restore.output import write_parts, write_text
from restore.review import triage
from restore.review.triage import Tally, Triage
from restore.review.triage_page import triage_html
from restore.versions import package_version

SUMMARY_JSON = "summary.json"
SUMMARY_HTML = "summary.html"
_NOTE = "summary"  # of the ledger: what the summaries were made of


_PIECE = 1000  # files of one write


def known_rows(out: Path, lang: Language | None = None) -> Iterator[Triage]:
    """What is known of every file that any run has put into an output folder, by name; files in work are left out.

    Args:
        out: the output folder.
        lang: in which failures are told; as the ledger has them by default.

    Raises:
        OutputError: there is no ledger.
    """
    return (_of_row(out, row, lang) for row in finished_rows(out))


def known_lines(out: Path, outputs: Sequence[str], lang: Language | None = None) -> Iterator[Triage]:
    """The same of some results' folders.

    Raises:
        OutputError: there is no ledger.
    """
    return (_of_row(out, row, lang) for row in finished_of(out, outputs))


def write_summaries(out: Path, lang: Language) -> None:
    """Write ``summary.json`` and ``summary.html`` of all that the ledger knows, unless nothing has changed since they were written.

    Raises:
        OutputError: there is no ledger, or a file cannot be written.
    """
    history = changes_since(out, "").mark
    mark = f"{history} {lang} {package_version()}"
    made = out / SUMMARY_JSON, out / SUMMARY_HTML
    if history and mark == noted(out, _NOTE) and all(path.is_file() for path in made):
        return
    write_parts(made[0], summary_json(out, lang))
    write_text(made[1], summary_html(out, lang))
    note(out, _NOTE, mark)


def summary_json(out: Path, lang: Language) -> Iterator[bytes]:
    """``{files: [{input, output, status, grade, reason, reasons, need_seconds}], totals}``, by the files' names, a line a file.

    It comes in pieces: of a million files it has 300 MB.

    Raises:
        OutputError: there is no ledger.
    """
    tally = Tally()
    piece = ['{\n  "files": [']
    before = "\n"
    for row in finished_rows(out):
        (line,) = tally.counting([_of_row(out, row, lang)])
        piece.append(f"{before}    {json.dumps(_entry(row, line, lang), ensure_ascii=False)}")
        before = ",\n"
        if len(piece) > _PIECE:
            yield "".join(piece).encode()
            piece.clear()
    yield f'{"".join(piece)}\n  ],\n  "totals": {json.dumps(asdict(tally))}\n}}\n'.encode()


def summary_html(out: Path, lang: Language) -> str:
    """A page with one line a document, what needs a person most first, and links to what was made of it.

    Raises:
        OutputError: there is no ledger.
    """
    return triage_html(known_rows(out, lang), lang)


def _entry(row: Row, line: Triage, lang: Language) -> dict[str, Any]:
    done = row.status in DONE
    return {
        "input": row.input,
        "output": row.output if done else None,
        "status": "ok" if done else "failed",
        "grade": row.grade if done else None,
        "reason": None if done else _reason(row, lang),
        "reasons": {reason.code: reason.count for reason in line.reasons},
        "need_seconds": line.need_seconds,
    }


def _reason(row: Row, lang: Language | None) -> str:
    """Why a file failed, in the reader's language where the ledger keeps more than the words."""
    if row.problem and lang:
        return error_text(error_of(row.problem, row.reason), lang)
    return row.reason or ""


def _of_row(out: Path, row: Row, lang: Language | None) -> Triage:
    if row.status == "failed":
        return triage.failed(row.output, _reason(row, lang).removeprefix(f"{row.input}: "))
    grade: Any = row.grade  # was written from a document's own grade
    counts = (row.words or 0, row.words_changed or 0, row.words_to_review or 0)
    return known_triage(out, row) or _counted(row.output, grade, *counts)


def _counted(name: str, grade: Grade, words: int, changed: int, to_review: int) -> Triage:
    """The line of a document of which only the counts are left."""
    reasons = (triage.Reason("words", to_review),) if to_review else ()
    return Triage(name, grade, reasons, words=words, words_changed=changed, words_to_review=to_review)
