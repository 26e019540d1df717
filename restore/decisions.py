"""What reviewers decided: an append-only log beside each document, ``decisions.jsonl``.

A line is one :class:`Decision`. Nothing is ever taken out of the log: an undone decision is followed by one that undoes it, and
that one can be undone in its turn. Several processes may append at once. The time stands here alone: what is made of the decisions
(``restored.txt``, ``edits.jsonl``, ``document.json``) depends on what was decided, not on when.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import Field as Attribute
from pydantic import ValidationError

from restore.edit import Edit
from restore.errors import InputError, disk_error, file_error
from restore.field import Model, Status
from restore.page import BBox

# Characters of the original kept on each side of an edit, to find its place again in another reading of the same page.
CONTEXT = 24
REVIEWER_SOURCE = "reviewer"
Scope = Literal["document", "batch", "archive"]


class Anchor(Model):
    """Where an edit stands, told so that it is found again when the original was read anew.

    Attributes:
        left: up to :data:`CONTEXT` characters of the original before it.
        right: as many behind it.
        page: its page, for documents that were read from pages.
        bbox: around its words, pixels of the page.
    """

    left: str = ""
    right: str = ""
    page: int | None = None
    bbox: BBox | None = None


class FieldValue(Model):
    """A field that a reviewer set.

    Attributes:
        path: where it is in the document: ``header.number``, ``closing.recipients[2]``, ``sections.s3.title``.
        value: what it is; null for one that is not ``present``.
        status: whether it is there at all.
        was: the value before, null where there was none; finds a field again whose place in a list has changed.
    """

    path: str = Attribute(min_length=1)
    value: str | None = None
    status: Status = "present"
    was: str | None = None


class Decision(Model):
    """One line of the log: an edit with its anchor, a field's value, a rule made of an edit, or what undoes an earlier line.

    Attributes:
        id: unique in all logs.
        time: UTC, ISO 8601.
        reviewer: who decided.
        action: what was decided.
        edit: status ``confirmed``, source ``reviewer``; its places are those of the original at that time.
        anchor: finds the edit's place again.
        field: the value of a field.
        undoes: the id of the decision that holds no longer.
        because: the id of the decision that this one repeats in another place, or makes a rule of.
        scope: whose dictionary the rule stands in.
    """

    id: str
    time: str
    reviewer: str = Attribute(min_length=1)
    action: Literal["edit", "field", "rule", "undo"]
    edit: Edit | None = None
    anchor: Anchor | None = None
    field: FieldValue | None = None
    undoes: str | None = None
    because: str | None = None
    scope: Scope | None = None


def edit_decision(
    edit: Edit, original: str, bbox: BBox | None = None, because: str | None = None
) -> Decision:
    """The decision for an edit of a reviewer, with the context that finds its place again.

    >>> edit = Edit(start=0, end=4, before="Kiin", after="Kiến", kind="mixed", source="reviewer", confidence=1,
    ...             status="confirmed", reviewer="Lan")
    >>> edit_decision(edit, "Kiin An").anchor.right
    ' An'
    """
    assert edit.reviewer
    anchor = Anchor(
        left=original[max(0, edit.start - CONTEXT) : edit.start],
        right=original[edit.end : edit.end + CONTEXT],
        page=edit.page,
        bbox=bbox,
    )
    return Decision(
        **_stamp(), reviewer=edit.reviewer, action="edit", edit=edit, anchor=anchor, because=because
    )


def field_decision(field: FieldValue, reviewer: str) -> Decision:
    """The decision that a field has this value."""
    return Decision(**_stamp(), reviewer=reviewer, action="field", field=field)


def rule_decision(because: str, scope: Scope, reviewer: str) -> Decision:
    """The decision that an earlier one is a rule from now on."""
    return Decision(**_stamp(), reviewer=reviewer, action="rule", because=because, scope=scope)


def undo_decision(undone: str, reviewer: str) -> Decision:
    """The decision that an earlier one holds no longer."""
    return Decision(**_stamp(), reviewer=reviewer, action="undo", undoes=undone)


def _stamp() -> dict[str, str]:
    return {"id": secrets.token_hex(6), "time": datetime.now(UTC).isoformat(timespec="milliseconds")}


def undone(log: Sequence[Decision]) -> frozenset[str]:
    """The ids of the lines that hold no longer, lines that undo others among them."""
    found: set[str] = set()
    for decision in reversed(log):  # what undoes a line stands behind it
        if decision.undoes and decision.id not in found:
            found.add(decision.undoes)
    return frozenset(found)


def standing(log: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions of a log that hold: those that were not undone, or whose undoing was undone."""
    found = list(log)
    gone = undone(found)
    return tuple(one for one in found if one.action != "undo" and one.id not in gone)


def last_of(log: Iterable[Decision], reviewer: str) -> Decision | None:
    """What a reviewer decided last of what holds, rules apart."""
    own = [one for one in standing(log) if one.reviewer == reviewer and one.action != "rule"]
    return own[-1] if own else None


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """All lines of a log, none where there is no log. A last line that a power cut tore off is passed over.

    Raises:
        InputError: it cannot be read, or another line than the last is no decision.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise file_error(path, error) from error
    found = []
    for number, line in enumerate(lines[:-1], start=1):
        if not line.strip():
            continue
        try:
            found.append(Decision.model_validate_json(line))
        except ValidationError as error:
            reason = error.errors()[0]["msg"]
            raise InputError("damaged-log", path=path, line=number, reason=reason) from error
    return tuple(found)


def append_decisions(path: Path, decisions: Sequence[Decision]) -> None:
    """Add decisions to a log; they are on the disk when this returns, all or, after a power cut, the first of them.

    Raises:
        OutputError: the log cannot be written.
    """
    data = "".join(decision.model_dump_json(exclude_none=True) + "\n" for decision in decisions).encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        log = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(log, fcntl.LOCK_EX)
            _append(log, path, data)
        finally:
            os.close(log)
    except OSError as error:
        raise disk_error(path, error) from error


def _append(log: int, path: Path, data: bytes) -> None:
    """Put whole lines behind the last whole line and see them on the disk; where that fails the log is as it was."""
    size = os.fstat(log).st_size
    if size and os.pread(log, 1, size - 1) != b"\n":
        # Half a decision was never acknowledged to anybody: it is cut off.
        size = os.pread(log, size, 0).rfind(b"\n") + 1
        os.ftruncate(log, size)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(log, left) :]
        os.fsync(log)
        if not size:
            _sync_folder(path.parent)
    except OSError:
        os.ftruncate(log, size)
        raise


def _sync_folder(folder: Path) -> None:
    """See that a new file's name is on the disk as well."""
    found = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(found)
    finally:
        os.close(found)
