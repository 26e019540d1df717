"""How long the questions of one search may take together, and what is left of one that would take longer.

Nearly all take some hundredths of a second, of a million documents as well. What a few letters begin (``"kế t*"``, ``kế -t*``)
and rows of common words that stand nowhere can cost any time: FTS5 gathers first where all those words stand, or goes through
all documents.
"""

from __future__ import annotations

import math
import sqlite3
import time
from collections.abc import Sequence
from typing import Any

SECONDS = 0.8  # with twenty documents to show, that is an answer within a second
# Steps of SQLite's machine between two looks at the clock. Where FTS5 works for itself, three steps are a page of its index, some
# 4 KB of places of words; 100 of them are a millisecond.
_STEPS = 100

_clock = time.thread_time


class Patience:
    """The time of one search: CPU of its thread, so that neither other programs nor a slow disk cut an answer short."""

    def __init__(self, connection: sqlite3.Connection, seconds: float | None = None) -> None:
        """Begin to count.

        Args:
            connection: that is asked.
            seconds: allowed for all questions together; None for as many as they take.
        """
        self._connection = connection
        self._seconds = math.inf if seconds is None else seconds
        self._begin = _clock()

    def is_over(self, share: float = 1.0) -> bool:
        """Whether such a share of the time has passed, more than 0."""
        return _clock() - self._begin >= self._seconds * share

    def rows(self, question: str, values: Sequence[object], share: float) -> tuple[list[Any], bool]:
        """The rows of a question that come before such a share of the time has passed, and whether these are all.

        Args:
            question: a SELECT.
            values: of its parameters.
            share: more than 0; counted from the beginning of the search, not of this question.
        """
        found: list[Any] = []
        if self.is_over(share):
            return found, False
        self._connection.set_progress_handler(lambda: self.is_over(share), _STEPS)
        try:
            found.extend(self._connection.execute(question, values))
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                raise
            return found, False
        finally:
            self._connection.set_progress_handler(None, 0)
        return found, True
