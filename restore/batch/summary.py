"""What came of a batch: ``summary.json`` for programs, ``summary.html`` for people."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from restore.batch.ledger import Row, ledger_rows
from restore.batch.run import Outcome
from restore.batch.triage import known_triage
from restore.document import Grade
from restore.errors import readable
from restore.messages import Language, error_text
from restore.review import triage
from restore.review.triage import Triage
from restore.review.triage_page import triage_html

SUMMARY_JSON = "summary.json"
SUMMARY_HTML = "summary.html"


def triage_rows(outcomes: Sequence[Outcome], lang: Language) -> tuple[Triage, ...]:
    """What there is to say of each file, in the order of the outcomes."""
    return tuple(_row(outcome, lang) for outcome in outcomes)


def known_rows(out: Path) -> tuple[Triage, ...]:
    """What is known of every file that any run has put into an output folder, by name; files in work are left out.

    Raises:
        OutputError: there is no ledger.
    """
    return tuple(_of_row(out, row) for row in ledger_rows(out) if row.status in ("ok", "failed"))


def totals(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """How many files were restored, failed, and should be looked at, the poor ones included."""
    return triage.totals(triage_rows(outcomes, "en"))


def summary_json(outcomes: Sequence[Outcome], lang: Language) -> str:
    """``{files: [{input, output, status, grade, reason, reasons, need_seconds}], totals}``, by the files' names."""
    files = [
        _entry(outcome, row, lang) for outcome, row in zip(outcomes, triage_rows(outcomes, lang), strict=True)
    ]
    content = {"files": files, "totals": totals(outcomes)}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def summary_html(outcomes: Sequence[Outcome], lang: Language) -> str:
    """A page with one line a document, what needs a person most first, and links to what was made of it."""
    return triage_html(triage_rows(outcomes, lang), lang)


def _entry(outcome: Outcome, row: Triage, lang: Language) -> dict[str, Any]:
    return {
        "input": readable(outcome.job.path),
        "output": outcome.job.name if outcome.status == "ok" else None,
        "status": outcome.status,
        "grade": outcome.grade,
        "reason": error_text(outcome.error, lang) if outcome.error else None,
        "reasons": {reason.code: reason.count for reason in row.reasons},
        "need_seconds": row.need_seconds,
    }


def _row(outcome: Outcome, lang: Language) -> Triage:
    if outcome.grade is None:
        told = error_text(outcome.error, lang) if outcome.error else ""
        return triage.failed(outcome.job.name, told.removeprefix(f"{readable(outcome.job.path)}: "))
    counts = (outcome.words, outcome.words_changed, outcome.words_to_review)
    return outcome.triage or _counted(outcome.job.name, outcome.grade, *counts)


def _of_row(out: Path, row: Row) -> Triage:
    if row.status == "failed":
        return triage.failed(row.output, (row.reason or "").removeprefix(f"{row.input}: "))
    grade: Any = row.grade  # was written from a document's own grade
    counts = (row.words or 0, row.words_changed or 0, row.words_to_review or 0)
    return known_triage(out, row) or _counted(row.output, grade, *counts)


def _counted(name: str, grade: Grade, words: int, changed: int, to_review: int) -> Triage:
    """The line of a document of which only the counts are left."""
    reasons = (triage.Reason("words", to_review),) if to_review else ()
    return Triage(name, grade, reasons, words=words, words_changed=changed, words_to_review=to_review)
