"""What is to be done with a file, decided by the ledger and by what the folders tell, without opening it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from restore import output
from restore.batch.inputs import Job
from restore.batch.keys import content_of, document_key, stamp
from restore.batch.ledger import DONE, Row
from restore.batch.problems import error_of, is_outside
from restore.batch.rendered import sheet_files
from restore.config import Config
from restore.dictionary import rules_for
from restore.errors import OutputError, RestoreError, file_error
from restore.results import RESULT_FILES

Why = Literal[
    "new", "interrupted", "changed-file", "changed-options", "incomplete", "overwrite", "retry", "done", "failed-before", "taken",
    "skipped", "unreadable",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done with a file.

    Attributes:
        action: "work" on it; "look" whether it has changed at all before that; "leave" it, as an earlier run has done it,
            failed over it or found none of the wanted pages in it; "fail" it, because of ``error``.
        why: the reason.
        error: why it fails.
    """

    action: Literal["work", "look", "leave", "fail"]
    why: Why
    error: RestoreError | None = None


@dataclass(frozen=True, slots=True)
class State:
    """How a file and its settings are now.

    Attributes:
        stamp: of the file (:func:`restore.batch.keys.stamp`).
        key: of its document (:func:`restore.batch.keys.document_key`).
    """

    stamp: str
    key: str


def state_of(job: Job, out: Path, config: Config) -> tuple[State, Mapping[str, Any]]:
    """How a file and its settings are now, and everything but the file that can change its document.

    Raises:
        InputError: the file is gone or cannot be looked at, or the dictionary of its document is damaged.
    """
    content = content_of(config, rules_for(config.dictionaries, out, job.name))
    try:
        return State(job.stamp or stamp(job.path), document_key(content)), content
    except OSError as error:
        raise file_error(job.path, error) from error


def decide(
    job: Job, row: Row | None, now: State, out: Path, config: Config, *, retry_failed: bool
) -> Decision:
    """What is to be done with a file.

    Args:
        job: the file.
        row: what the ledger knows of the folder of its results.
        now: how file and settings are.
        out: the output folder.
        config: the settings.
        retry_failed: what failed before is tried again.
    """
    if row is None:
        return Decision("work", "new")
    if row.status == "skipped":  # no file then, or one with none of the pages that were wanted
        same = row.config == now.key and row.stamp == now.stamp
        return Decision("leave", "skipped") if same else Decision("work", "new")
    if config.overwrite:
        return Decision("work", "overwrite")
    done = row.status in DONE
    if done and row.input != job.address and _is_there(out, job):
        return _of_another_place(job, row, out)
    if row.status in ("pending", "started"):
        return Decision("work", "new" if not row.attempts else "interrupted")
    if row.config != now.key:
        return Decision("work", "changed-options")
    if row.stamp != now.stamp:
        return Decision("look", "changed-file")
    return _same(job, row, out, config, retry_failed=retry_failed)


def _same(job: Job, row: Row, out: Path, config: Config, *, retry_failed: bool) -> Decision:
    """A file that is as it was, with the settings as they were."""
    if row.status == "failed":
        if retry_failed or is_outside(error_of(row.problem)):
            return Decision("work", "retry")
        return Decision("leave", "failed-before")
    if not _is_complete(out, job, config):
        return Decision("work", "incomplete")
    if row.status == "partial" and retry_failed:
        return Decision("work", "retry")
    return Decision("leave", "done")


def _of_another_place(job: Job, row: Row, out: Path) -> Decision:
    """Results of that name were made of a file elsewhere: it may be the same one, moved."""
    return Decision("look", "taken", OutputError("output-taken", path=out / job.name, other=row.input))


def _is_there(out: Path, job: Job) -> bool:
    return bool(job.remote) or (out / job.name / output.DOCUMENT_FILE).is_file()


def _is_complete(out: Path, job: Job, config: Config) -> bool:
    """Whether no file of the results is missing, as one does that an older version did not write."""
    folder = out / job.name
    if job.remote:  # the ledger is believed: to ask a storage for each of a million documents takes hours
        return True
    return all((folder / name).is_file() for name in (*RESULT_FILES, *sheet_files(config.formats)))
