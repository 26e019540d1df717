"""A document's line in the summary: of results just made, of what the ledger keeps, or of ``document.json``."""

from __future__ import annotations

from pathlib import Path

from restore import output
from restore.batch.ledger import Row, remember
from restore.replay import word_doubts
from restore.results import Restored
from restore.review.triage import Triage, from_record, record, triage_of, triage_of_json


def triage_of_results(restored: Restored, name: str) -> Triage:
    """The line of a document, how sure its words are included.

    Args:
        restored: its results.
        name: their folder below the output folder.
    """
    doubts = word_doubts(restored.original, restored.edits, restored.seen.doubts)
    return triage_of(restored.document, name, (doubt.confidence for doubt in doubts))


def known_triage(out: Path, row: Row) -> Triage | None:
    """What the ledger keeps of a restored document for the summary, else what its ``document.json`` tells."""
    kept = from_record(row.output, row.triage)
    if kept:
        return kept
    try:
        return triage_of_json((out / row.output / output.DOCUMENT_FILE).read_text("utf-8"), row.output)
    except (OSError, ValueError):  # someone removed or changed it; the ledger's own counts are left
        return None


def refresh(out: Path, name: str, restored: Restored) -> Triage:
    """The line of a document after a person has changed it; the ledger keeps it, so that the next summary tells it.

    A batch may be at work in the same folder.

    Raises:
        OutputError: there is no ledger, or it cannot be written.
    """
    row = triage_of_results(restored, name)
    remember(out, name, **columns(row))
    return row


def columns(row: Triage) -> dict[str, str | int | None]:
    """What the ledger keeps of a restored document."""
    return {
        "grade": None if row.state == "failed" else row.state,
        "words": row.words,
        "words_changed": row.words_changed,
        "words_to_review": row.words_to_review,
        "triage": record(row),
    }
