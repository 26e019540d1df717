"""The cells of one process that has several threads, as a worker of a cluster has: each thread takes one that is free.

A cell holds the models, so it is kept for the next task of its batch; one that nobody needed for a while is ended.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path

from restore.batch.cell import Cell, end_all
from restore.batch.scratch import scratch
from restore.batch.tasks import Result, Setting, Task

IDLE_SECONDS = 120.0  # a cell holds some hundred megabytes; starting one takes two seconds
TICK = 0.2  # seconds between two looks at whether a batch was stopped


@dataclass(frozen=True, slots=True)
class Batch:
    """What a worker is told of a batch; it is the same for all of its tasks.

    Attributes:
        token: tells batches apart.
        setting: the output folder and the settings.
        shared: the workers see that folder; else the results go to a storage.
    """

    token: str
    setting: Setting
    shared: bool = True


class _Place:
    """A cell, and who needs it. Only who has made it busy calls the cell."""

    def __init__(self, batch: Batch, folder: Path) -> None:
        self.batch = batch
        self.cell = Cell(batch.setting, folder)
        self.busy = True
        self.stopped = False
        self.since = 0.0  # when it was given back

    def perform(self, task: Task) -> Result:
        self.cell.begin(task)
        while not wait([self.cell.connection], TICK):
            if self.stopped or time.monotonic() >= self.cell.deadline:
                break
        return self.cell.result()


class Cells:
    """Cells for the threads of this process."""

    def __init__(self, idle_seconds: float = IDLE_SECONDS) -> None:
        """Nothing is started before the first task."""
        self._idle_seconds = idle_seconds
        self._lock = threading.Lock()
        self._places: list[_Place] = []
        self._scratch = ExitStack()
        self._folder: Path | None = None
        self._has_housekeeper = False

    def __len__(self) -> int:
        """How many there are, at work or not."""
        return len(self._places)

    def perform(self, task: Task, batch: Batch) -> Result:
        """Do a task in a cell; where that has to be ended, that is the result.

        Raises:
            OutputError: no process can be started, or there is no place for temporary files.
        """
        place = self._take(batch)
        try:
            return place.perform(task)
        finally:
            place.since = time.monotonic()
            place.busy = False
            if place.stopped:
                self._sweep()

    def stop(self, unwanted: Callable[[Batch], bool]) -> None:
        """End the cells of some batches, whatever they do."""
        with self._lock:
            for place in self._places:
                place.stopped = place.stopped or unwanted(place.batch)
        self._sweep()  # those that are at work end theirs by themselves, and at once

    def _take(self, batch: Batch) -> _Place:
        with self._lock:
            for place in self._places:
                if not place.busy and not place.stopped and place.batch == batch:
                    place.busy = True
                    return place
            if self._folder is None:
                self._folder = self._scratch.enter_context(scratch())
            if not self._has_housekeeper:
                self._has_housekeeper = True
                threading.Thread(target=self._keep_house, daemon=True).start()
            place = _Place(batch, self._folder)
            self._places.append(place)
            return place

    def _keep_house(self) -> None:
        while self._has_housekeeper:
            time.sleep(min(self._idle_seconds / 4, 5.0))
            self._sweep()
            with self._lock:
                self._has_housekeeper = bool(self._places)

    def _sweep(self) -> None:
        """End the cells that nobody needs any more, and with the last one the temporary folder."""
        with self._lock:
            long_ago = time.monotonic() - self._idle_seconds
            unwanted = [one for one in self._places if not one.busy and (one.stopped or one.since < long_ago)]
            end_all([place.cell for place in unwanted])
            self._places = [one for one in self._places if one not in unwanted]
            if not self._places and self._folder is not None:
                self._scratch.close()
                self._folder = None
