"""A Dask cluster as an engine: ``restore run --engine dask --scheduler ADDRESS``.

Dask carries the tasks to its workers and the results back. Who gets what is decided here (:mod:`restore.batch.crew`): a worker
takes part once it has shown that it has the same versions and sees the same output folder. Its death, its silence and the loss of
the scheduler cost what was in work at that moment, and that is done again.

All that waits for the network runs in a thread of its own; whoever calls the engine is never kept longer than was asked for.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from restore.batch.cells import Batch
from restore.batch.dask_link import Link
from restore.batch.dask_worker import SIGHT_FILE
from restore.batch.tasks import Result, Setting, Task
from restore.errors import RestoreError, UsageError
from restore.output import write_text


class DaskEngine:
    """The workers of a cluster; see :class:`restore.batch.engine.Engine`."""

    def __init__(
        self,
        setting: Setting,
        address: str,
        *,
        shared: bool = True,
        on_notice: Callable[[RestoreError], None] = lambda _: None,
    ) -> None:
        """Prepare to find the scheduler, which is done when the first task is to be handed out.

        Args:
            setting: of the batch; the workers reach the output folder and the files by the same absolute paths.
            address: of the scheduler, ``tcp://host:8786`` or ``tls://host:8786``.
            shared: the workers see the output folder; else the results go to a storage.
            on_notice: called with what a person should know meanwhile: a worker is refused, nobody is there.

        Raises:
            UsageError: the library is not installed.
        """
        _check_library()
        own = tuple(str(Path(one).absolute()) for one in setting.config.dictionaries)
        config = setting.config.model_copy(update={"dictionaries": own})
        self._batch = Batch(secrets.token_hex(8), Setting(setting.out.absolute(), config), shared)
        self._address, self._on_notice = address, on_notice
        self._link: Link | None = None

    @property
    def slots(self) -> int:
        """How many tasks may be in work at once: the threads of the workers that take part now.

        Raises:
            UsageError: when first asked: there is no such scheduler, or none of its workers may take part.
            OutputError: the output folder cannot be written, or the scheduler is gone for good.
        """
        return self._connected().slots

    def submit(self, task: Task) -> None:
        """Hand out a task.

        Raises:
            OutputError: the scheduler is gone for good.
        """
        self._connected().hand(task)

    def results(self, timeout: float) -> Sequence[Result]:
        """What was done since; where the scheduler is gone for good, that is raised.

        Raises:
            OutputError: the scheduler is gone for good.
        """
        link = self._connected()
        found = link.results(timeout)
        self._tell(link)
        return found

    def close(self) -> None:
        """Leave the cluster; what is in work for this batch is ended there. The workers stay for the next one."""
        if self._link is not None:
            self._link.close()
            with suppress(OSError):
                self._sight.unlink()

    @property
    def _sight(self) -> Path:
        return self._batch.setting.out / SIGHT_FILE

    def _connected(self) -> Link:
        """The link; made when first needed: then the run holds the output folder, and no other one is at work there."""
        if self._link is None:
            if self._batch.shared:
                write_text(self._sight, self._batch.token)
            self._link = Link(self._batch, self._address)
            try:
                self._link.start()
            finally:
                self._tell(self._link)
        if self._link.fault:
            raise self._link.fault
        return self._link

    def _tell(self, link: Link) -> None:
        while link.notices:
            self._on_notice(link.notices.pop(0))


def _check_library() -> None:
    try:
        import distributed  # noqa: F401
    except ImportError as error:
        raise UsageError("no-dask") from error
    # What the library has to say of its connections, the engine says itself.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
