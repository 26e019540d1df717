"""The results of a document, made in one place: from what was seen, the program's own edits and what reviewers decided.

``assemble`` is what the pipeline ends with and what a decision begins with anew: the same arguments give the same bytes. The
folder of a document is read and written here as well.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from restore import output
from restore.correct.kinds import kind_of as kind_of
from restore.decisions import Decision, read_decisions, standing
from restore.document import Document, Grade, Quality, Review, Warning
from restore.documents import first_problem
from restore.edit import APPLIED, Edit, apply
from restore.errors import InputError
from restore.evidence import (
    doubtful_words,
    place_edits,
    unread_words,
    unreadable_fields,
)
from restore.listed import listed, undecided
from restore.page import Line, Page, document_text
from restore.parser import build_document
from restore.replay import merged, replay, word_doubts
from restore.seen import Seen, read_seen, seen_json
from restore.set_fields import set_fields
from restore.timing import timed

# Warnings that make a document poor, and those that make it one to review; the others only inform.
LOST_PAGE_CODES = frozenset({"page-failed"})
DOUBTFUL_PAGE_CODES = frozenset({"page-doubtful", "page-layer-kept", "page-layer-only", "page-cut-off"})
UNREADABLE_CODES = frozenset({"number-unreadable", "date-unreadable"})

# A document with more than this share of words on the review list is poor: a person reads it whole anyway.
POOR_REVIEW_SHARE = 0.3
_NOTHING_SEEN = Seen()

# What every document's folder holds: where one is missing, the results are made anew.
RESULT_FILES = (
    output.ORIGINAL_FILE,
    output.SEEN_FILE,
    output.RESTORED_FILE,
    output.EDITS_FILE,
    output.DIFF_FILE,
    output.DOCUMENT_FILE,
)


@dataclass(frozen=True, slots=True)
class Restored:
    """What was seen, what was changed and what was meant: ``apply(original, edits) == restored``.

    Attributes:
        original: the text before.
        restored: the text after.
        edits: what led from one to the other, decisions of reviewers included.
        document: what it says.
        own_edits: those of the program alone.
        seen: the pages, and how sure each word is.
    """

    original: str
    restored: str
    edits: tuple[Edit, ...]
    document: Document
    own_edits: tuple[Edit, ...] = ()
    seen: Seen = _NOTHING_SEEN


@timed("assemble")
def assemble(
    original: str, own_edits: Sequence[Edit], seen: Seen, decisions: Sequence[Decision] = ()
) -> Restored:
    """The results of a document.

    Args:
        original: the text as it was read or decoded.
        own_edits: the program's.
        seen: what else it saw.
        decisions: all lines of the log; those that were undone count for nothing.

    Raises:
        ValueError: the edits do not fit the text.
    """
    own = place_edits(own_edits, seen.spans)
    stand = standing(decisions)
    decided = replay(stand, original, seen.spans)
    edits = merged(own, decided.edits)
    restored = apply(original, edits)
    pages, spans = seen.pages, seen.spans
    if decided.edits:
        pages = _confirmed(pages, {word for edit in decided.edits for word in edit.word_ids})
        spans = document_text(pages)[1]
    taken = [(edit.start, edit.end) for edit in decided.edits]
    unread = [span for span in seen.unread if not any(a < span[1] and span[0] < b for a, b in taken)]
    lost: list[Decision] = [*decided.lost]

    def settle(document: Document) -> Document:
        document, unplaced = set_fields(document, stand)
        lost.extend(unplaced)
        return document.model_copy(update={"review": _review(stand, lost)})

    with timed("structure"):
        document = build_document(
            restored,
            original=original,
            edits=edits,
            spans=spans,
            pages=pages,
            source=seen.source,
            tool=seen.tool,
            settle=settle,
        )
    warnings = (
        *seen.warnings,
        *unread_words(original, unread, spans),
        *doubtful_words(edits, spans, unread),
        *unreadable_fields(document.header),
        *document.quality.warnings,
    )
    to_review = len(undecided(listed(own, seen), decided.edits))
    quality = _quality(original, restored, edits, seen, to_review, warnings)
    return Restored(original, restored, edits, document.model_copy(update={"quality": quality}), own, seen)


def reviewed(restored: Restored, folder: Path) -> Restored:
    """The results with all decisions of the log in their folder.

    Raises:
        InputError: the log is damaged.
    """
    decisions = read_decisions(folder / output.DECISIONS_FILE)
    return (
        assemble(restored.original, restored.own_edits, restored.seen, decisions) if decisions else restored
    )


def _confirmed(pages: Sequence[Page], word_ids: Collection[str]) -> tuple[Page, ...]:
    """The pages with words that a person has read in the place of doubtful ones: certain, and nothing else was seen there."""
    found = []
    for page in pages:
        blocks = (
            replace(
                block,
                lines=tuple(
                    Line(
                        tuple(
                            replace(word, confidence=1.0) if word.id in word_ids else word
                            for word in line.words
                        )
                    )
                    for line in block.lines
                ),
            )
            for block in page.blocks
        )
        readings = (one for one in page.readings if not any(word in word_ids for word in one.word_ids))
        found.append(replace(page, blocks=tuple(blocks), readings=tuple(readings)))
    return tuple(found)


def _review(stand: Sequence[Decision], lost: Sequence[Decision]) -> Review:
    return Review(
        reviewers=tuple(dict.fromkeys(decision.reviewer for decision in stand)),
        decisions=sum(decision.action != "rule" for decision in stand),
        fields=tuple(dict.fromkeys(decision.field.path for decision in stand if decision.field)),
        unplaced=tuple(decision.id for decision in lost),
    )


def _quality(
    original: str,
    restored: str,
    edits: Sequence[Edit],
    seen: Seen,
    to_review: int,
    warnings: Sequence[Warning],
) -> Quality:
    changed = [edit for edit in edits if edit.source != "nfc" and edit.kind != "same"]
    words = len(restored.split())
    sure = [doubt.confidence for doubt in word_doubts(original, edits, seen.doubts)]
    return Quality(
        grade=_grade(words, to_review, {warning.code for warning in warnings}),
        words=words,
        words_changed=sum(edit.status in APPLIED for edit in changed),
        words_to_review=to_review,
        mean_confidence=round(sum(sure) / words, 4) if words else 1.0,
        warnings=tuple(warnings),
    )


def _grade(words: int, to_review: int, codes: Collection[str]) -> Grade:
    """Poor where a page was lost or a person had better read all of it; review for any doubt."""
    if not words or to_review > POOR_REVIEW_SHARE * words or not LOST_PAGE_CODES.isdisjoint(codes):
        return "poor"
    return "review" if to_review or not (DOUBTFUL_PAGE_CODES | UNREADABLE_CODES).isdisjoint(codes) else "good"


def read_folder(folder: Path | str) -> Restored:
    """The results of a document as its folder holds them, with all decisions of its log.

    :func:`restore.read_results` is its public name. Nothing is read again from the scan, and nothing is written.

    Args:
        folder: of the document, the one with its ``document.json``.

    Raises:
        InputError: a file is missing or damaged.
    """
    folder = Path(folder)
    with holding(folder):
        original, own_edits, seen = read_parts(folder)
    try:
        return assemble(original, own_edits, seen, read_decisions(folder / output.DECISIONS_FILE))
    except ValueError as error:
        raise _damaged(folder, error) from error


@contextmanager
def holding(folder: Path, *, alone: bool = False) -> Iterator[None]:
    """Hold the results of a folder: who reads them finds those of one run, who writes them is alone.

    Where the folder is not there yet, or its file system has no locks, nothing is held.
    """
    with ExitStack() as held:
        with suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            held.callback(os.close, descriptor)
            fcntl.flock(descriptor, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield


def read_parts(folder: Path) -> tuple[str, tuple[Edit, ...], Seen]:
    """What results are assembled from: the original, the program's own edits and what was seen.

    Raises:
        InputError: a file is missing or damaged.
    """
    own = folder / output.OWN_EDITS_FILE
    edits_file = own if own.is_file() else folder / output.EDITS_FILE
    original = _text(folder / output.ORIGINAL_FILE)
    try:
        edits = [Edit.model_validate_json(line) for line in _text(edits_file).split("\n") if line]
        seen = read_seen(_text(folder / output.SEEN_FILE))
        apply(original, edits)  # edits of another text are found out here
    except ValueError as error:  # pydantic's and JSON's own errors are of this kind
        raise _damaged(folder, error) from error
    return original, tuple(edits), seen


def _damaged(folder: Path, error: ValueError) -> InputError:
    reason = first_problem(error) if isinstance(error, ValidationError) else error
    return InputError("damaged-results", path=folder, reason=reason)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except FileNotFoundError as error:
        raise InputError("results-incomplete", path=path) from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("unreadable-file", path=path, reason=error) from error


@timed("write")
def write_results(folder: Path, restored: Restored, diff: str, *, again: bool = False) -> None:
    """Write all files of a document; ``document.json`` comes last: where it is, the others are.

    Args:
        folder: of the document, made when it is not there.
        restored: the results.
        diff: the page that shows them.
        again: what was seen lies there already; only what decisions can change is written.

    Raises:
        OutputError: one cannot be written.
    """
    if not again:
        output.write_text(folder / output.ORIGINAL_FILE, restored.original)
        output.write_text(folder / output.SEEN_FILE, seen_json(restored.seen))
    own = folder / output.OWN_EDITS_FILE
    if restored.document.review.decisions or own.exists():  # before the merged ones: they are made of these
        output.write_text(own, output.edits_jsonl(restored.own_edits))
    output.write_text(folder / output.RESTORED_FILE, restored.restored)
    output.write_text(folder / output.EDITS_FILE, output.edits_jsonl(restored.edits))
    output.write_text(folder / output.DIFF_FILE, diff)
    output.write_text(folder / output.DOCUMENT_FILE, output.document_json(restored.document))
