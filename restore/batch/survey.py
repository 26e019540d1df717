"""What a run would do, found out without writing anything and without opening a file of the archive."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from restore.batch.inputs import Job
from restore.batch.plan import Decision, decide, state_of
from restore.batch.rows import LEDGER_FILE, ROW_COLUMNS, Row, reading
from restore.config import Config
from restore.errors import RestoreError


class Planned(NamedTuple):
    """A file, and what a run would do with it; the decision is to "fail" it where it cannot be looked at now."""

    job: Job
    decision: Decision


def survey(
    jobs: Iterable[Job], out: Path, config: Config, *, retry_failed: bool = False
) -> Iterator[Planned]:
    """What a run would do with each file, one after the other.

    Args:
        jobs: the files and their names.
        out: the output folder; it need not be there.
        config: the settings.
        retry_failed: what failed before would be tried again.

    Raises:
        OutputError: the ledger cannot be read.
    """
    with _ledger(out) as ledger:
        for job in jobs:
            yield Planned(job, _decided(job, ledger, out, config, retry_failed=retry_failed))


def _decided(
    job: Job, ledger: sqlite3.Connection | None, out: Path, config: Config, *, retry_failed: bool
) -> Decision:
    if job.skip:
        return Decision("leave", "skipped")
    row = _row(ledger, job.name) if ledger else None
    try:
        now, _ = state_of(job, out, config)
    except RestoreError as error:
        return Decision("fail", "unreadable", error)
    return decide(job, row, now, out, config, retry_failed=retry_failed)


def _row(ledger: sqlite3.Connection, output: str) -> Row | None:
    found = ledger.execute(f"SELECT {ROW_COLUMNS} FROM documents WHERE output = ?", (output,)).fetchone()
    return Row(*found) if found else None


@contextmanager
def _ledger(out: Path) -> Iterator[sqlite3.Connection | None]:
    if not (out / LEDGER_FILE).is_file():
        yield None
        return
    with reading(out) as ledger:
        yield ledger
