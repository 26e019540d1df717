"""The processes of this machine as an engine."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sequence
from contextlib import ExitStack
from multiprocessing.connection import wait

from restore.batch.cell import Cell, end_all
from restore.batch.scratch import scratch
from restore.batch.tasks import Result, Setting, Task


class LocalEngine:
    """As many cells as the configuration says; see :class:`restore.batch.engine.Engine`."""

    def __init__(self, setting: Setting) -> None:
        """Prepare the cells; each starts its process with its first task.

        Raises:
            OutputError: there is no place for temporary files.
        """
        self._open = ExitStack()
        folder = self._open.enter_context(scratch())
        self._idle = deque(Cell(setting, folder) for _ in range(setting.config.jobs))
        self._busy: list[Cell] = []
        self._slots = setting.config.jobs

    @property
    def slots(self) -> int:
        """How many tasks may be in work at once."""
        return self._slots

    def submit(self, task: Task) -> None:
        """Hand a task to an idle cell.

        Raises:
            OutputError: no process can be started.
        """
        cell = self._idle[0]
        cell.begin(task)
        self._busy.append(self._idle.popleft())

    def results(self, timeout: float) -> Sequence[Result]:
        """What was done since; of a cell at its deadline, that it was given up."""
        if not self._busy:
            return []
        soon = min(cell.deadline for cell in self._busy) - time.monotonic()
        ready = set(wait([cell.connection for cell in self._busy], max(0.0, min(timeout, soon))))
        now = time.monotonic()
        done = [cell for cell in self._busy if cell.connection in ready or cell.deadline <= now]
        self._busy = [cell for cell in self._busy if cell not in done]
        found = [cell.result() for cell in done]
        self._idle.extendleft(done)  # the youngest memory first: others may rest
        return found

    def close(self) -> None:
        """End all cells."""
        cells = [*self._busy, *self._idle]
        end_all(cells)
        self._busy, self._idle = [], deque(cells)
        self._open.close()
