"""Writes the results of decided documents in the background, so that no decision waits for the structure of 500 pages.

A decision is safe as soon as its line of the log is on the disk; what is made of it follows when the reviewer pauses: making it
takes the processor from the one who decides. A desk that dies before that leaves results that are older than their log: they are
made anew when the document is opened or the batch is run again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

# A pause is so many times as long as the job takes: those who work on steadily are disturbed for a small part of their time.
# By trial on 500 pages, whose results take 13 seconds to make.
_PATIENCE = 3


class Writer:
    """One thread that does the named jobs one after the other; a job that waits is not queued twice."""

    def __init__(self, write: Callable[[str], None]) -> None:
        """Begin to wait for jobs.

        Args:
            write: does the job of a name; it handles its own errors.
        """
        self._write = write
        self._due: dict[str, float] = {}
        self._took: dict[str, float] = {}
        self._busy = False
        self._hurry = 0
        self._closed = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._work, daemon=True, name="results-writer")
        self._thread.start()

    def ask(self, name: str) -> None:
        """Have a job done when nobody has asked for it for a while."""
        with self._changed:
            self._due[name] = time.monotonic() + _PATIENCE * self._took.get(name, 0.0)
            self._changed.notify_all()

    def settle(self) -> None:
        """Have everything that was asked for done at once, and wait for it."""
        with self._changed:
            self._hurry += 1
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._due and not self._busy)
            self._hurry -= 1

    def close(self) -> None:
        """Do what waits and end."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._thread.join()

    def _work(self) -> None:
        while (name := self._next()) is not None:
            began = time.monotonic()
            try:
                self._write(name)
            finally:
                with self._changed:
                    self._took[name] = time.monotonic() - began
                    self._busy = False
                    self._changed.notify_all()

    def _next(self) -> str | None:
        """The job whose time has come; None at the end."""
        with self._changed:
            while True:
                name = min(self._due, key=self._due.__getitem__, default=None)
                now = self._hurry > 0 or self._closed
                left = 0.0 if name is None or now else self._due[name] - time.monotonic()
                if name is not None and left <= 0:
                    del self._due[name]
                    self._busy = True
                    return name
                if self._closed:
                    return None
                self._changed.wait(left if name is not None else None)
