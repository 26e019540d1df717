"""Writes the results of decided documents in the background, so that no decision waits for the structure of 500 pages.

A decision is safe as soon as its line of the log is on the disk; what is made of it follows. A desk that dies before that leaves
results that are older than their log: they are made anew when the document is opened or the batch is run again.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable


class Writer:
    """One thread that does the named jobs one after the other; a job that waits is not queued twice."""

    def __init__(self, write: Callable[[str], None]) -> None:
        """Begin to wait for jobs.

        Args:
            write: does the job of a name; it handles its own errors.
        """
        self._write = write
        self._queue: queue.Queue[str | None] = queue.Queue()
        self._waiting: set[str] = set()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._work, daemon=True, name="results-writer")
        self._thread.start()

    def ask(self, name: str) -> None:
        """Have a job done soon."""
        with self._lock:
            if name in self._waiting:
                return
            self._waiting.add(name)
        self._queue.put(name)

    def settle(self) -> None:
        """Wait until everything asked for so far is done."""
        self._queue.join()

    def close(self) -> None:
        """Do what waits and end."""
        self._queue.put(None)
        self._thread.join()

    def _work(self) -> None:
        while True:
            name = self._queue.get()
            try:
                if name is None:
                    return
                with self._lock:
                    self._waiting.discard(name)
                self._write(name)
            finally:
                self._queue.task_done()
