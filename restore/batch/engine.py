"""Who does the tasks of a batch: processes of this machine, or a cluster."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from restore.batch.tasks import Result, Task


class Engine(Protocol):
    """A number of workers. Only one thread, the coordinator's, calls it."""

    @property
    def slots(self) -> int:
        """How many tasks may be in work at once; may change while workers come and go."""

    def submit(self, task: Task) -> None:
        """Hand out a task; its result comes from :meth:`results`, once, whatever becomes of the worker.

        Raises:
            OutputError: no worker can be had any more.
        """

    def results(self, timeout: float) -> Sequence[Result]:
        """What was done since the last call; waits until there is something, at most so many seconds."""

    def close(self) -> None:
        """End all workers and what they started; what is in work is given up. May be called twice."""
