"""What the ledger knows of files as they are now: a watcher asks it for each file at every look, and need not remember any."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from restore.batch.inputs import Job
from restore.batch.keys import stamp
from restore.batch.ledger import reading
from restore.errors import OutputError, readable

MOST_REFUSED = 10_000  # files that are remembered, as their names are taken
KEPT = 10.0  # seconds that a connection is kept: somebody may put another ledger in its place


class Known:
    """Whether files were handed out as they are now. Only one thread may ask."""

    def __init__(self, out: Path, clock: Callable[[], float] = time.monotonic) -> None:
        """Ask the ledger of an output folder, which need not be there yet."""
        self._out, self._clock = out, clock
        self._held = ExitStack()
        self._connection: sqlite3.Connection | None = None
        self._until = float("-inf")
        self._refused: set[tuple[str, str]] = set()

    def __call__(self, job: Job) -> bool:
        """Whether a file was worked on as it is now, or is in work; one whose work was given up is not known."""
        try:
            connection = self._open()
            question = "SELECT stamp, input FROM documents WHERE output = ? AND status <> 'pending'"
            row = connection.execute(question, (job.name,)).fetchone() if connection else None
            if row is None:
                return False
            now = stamp(job.path)
            return row[0] == now or (row[1] != readable(job.path.absolute()) and self._was_refused(job, now))
        except (OSError, sqlite3.Error):
            self.close()
            return False

    def _was_refused(self, job: Job, now: str) -> bool:
        """Whether a file was handed out already whose name another one's results have: that need be told but once."""
        if (job.name, now) in self._refused:
            return True
        if len(self._refused) >= MOST_REFUSED:
            self._refused.clear()
        self._refused.add((job.name, now))
        return False

    def close(self) -> None:
        """Let go of the ledger."""
        self._held.close()
        self._connection = None

    def _open(self) -> sqlite3.Connection | None:
        if self._clock() >= self._until:
            self.close()
            self._until = self._clock() + KEPT
            try:
                self._connection = self._held.enter_context(reading(self._out))
            except OutputError:
                self._connection = None  # there is none yet, or none that can be read: the batch will say so
        return self._connection
