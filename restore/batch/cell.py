"""One worker: a process that does one task at a time, and is ended with everything it started when it takes too much.

Why not a library's process pool: theirs share a queue and its lock, so a worker that is stopped or killed inside takes the
pool with it; none knows what a worker has started, or holds its memory. Here each worker has a pipe of its own.

    time      who owns the cell ends it at the task's deadline
    memory    RLIMIT_DATA of the worker, inherited by Tesseract: an allocation fails, and with it the page alone
    children  found by what they have inherited, also when their parent is dead (Linux), and ended with it
    ends      a worker whose owner has died removes its temporary folder and ends, Tesseract dies with its worker
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn

import psutil

from restore.batch.scratch import leave
from restore.batch.tasks import Result, Setting, Task
from restore.errors import InputError, OutputError
from restore.memory import collect_seldom

# In the environment of a worker and of all that it starts: its temporary folder.
CELL_VARIABLE = "RESTORE_CELL"
# Pages are worked on beside each other; each further thread of OpenBLAS takes 90 megabytes of what a worker may have in each of the
# two libraries that bring it, used or not: with 24 cores all of them.
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "1")
PATIENCE = 1.5  # seconds that a worker gets to end Tesseract and itself; Ctrl-C promises three
MOST_TASKS = 500  # after which a worker is replaced: what libraries leak stays small
MOST_BYTES = 900_000_000  # of memory that a worker may keep between tasks; 200 to 400 million are usual
_NUMBERS = count(1)


class Cell:
    """A worker process. It is started with the first task, and again after it was ended."""

    def __init__(self, setting: Setting, scratch: Path) -> None:
        """Prepare a cell.

        Args:
            setting: of the batch.
            scratch: the run's temporary folder, in which the worker gets one of its own.
        """
        self._setting = setting
        self._name = f"{os.getpid()}-{next(_NUMBERS)}"
        self._folder = scratch / self._name
        self._process: multiprocessing.process.BaseProcess | None = None
        self._connection: Connection | None = None
        self._done = 0
        self.task: Task | None = None
        self.deadline = 0.0

    @property
    def connection(self) -> Connection:
        """The owner's end of the pipe: readable when there is a result, or the worker is dead."""
        assert self._connection is not None
        return self._connection

    def begin(self, task: Task) -> None:
        """Hand over a task; the cell must be idle.

        Raises:
            OutputError: no process can be started.
        """
        if self._process is None or not self._process.is_alive():
            self._start()
        self.task, self.deadline = task, time.monotonic() + task.seconds
        with suppress(OSError):  # it has just died: that shows at its other end
            self.connection.send(task)

    def result(self) -> Result:
        """What came of the task, when :attr:`connection` is readable or the deadline has passed."""
        task = self.task
        assert task is not None
        if not self.connection.poll():
            return self._given_up(
                InputError("task-timeout", path=task.job.given, seconds=f"{task.seconds:.0f}")
            )
        try:
            result: Result = self.connection.recv()
        except (EOFError, OSError):
            return self._given_up(InputError("worker-died", path=task.job.given))
        self.task = None
        self._done += 1
        if self._done >= MOST_TASKS or result.memory > MOST_BYTES:
            self.end()
        return result

    def _given_up(self, error: InputError) -> Result:
        task = self.task
        assert task is not None
        self.end(now=True)
        return Result(task, error=error, lost=True, worker=self._name)

    def terminate(self) -> None:
        """Ask the worker to end soon; :meth:`end` waits for it."""
        if self._process is not None and self._process.is_alive():
            self._process.terminate()

    def end(self, *, now: bool = False, until: float | None = None) -> None:
        """End the worker and all that it started, and remove its temporary folder.

        Args:
            now: without waiting for it.
            until: when its patience ends that waits for it, by the monotonic clock; after :data:`PATIENCE` by default.
        """
        process, self._process, self.task, self._done = self._process, None, None, 0
        if process is None:
            return
        self.connection.close()
        children = _descendants(process.pid)
        if not now:
            process.join(PATIENCE if until is None else max(0.0, until - time.monotonic()))
        if process.is_alive():
            process.kill()  # also a stopped one hears that
        process.join()
        process.close()
        for child in (*children, *_marked(self._folder)):
            with suppress(psutil.Error):
                child.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _start(self) -> None:
        self.end(now=True)
        os.environ.setdefault(*ONE_THREAD)
        # Spawned, not forked: the owner has threads (the progress bar's, Dask's).
        context = multiprocessing.get_context("spawn")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            ours, theirs = context.Pipe()
            arguments = (theirs, self._setting, self._folder)
            process = context.Process(
                target=_serve, args=arguments, name=f"restore-{self._name}", daemon=True
            )
            resource_tracker.ensure_running()  # to start it with the worker would let the signals through
            with _uninterrupted():  # who is interrupted here would not know of the worker, and not end it
                process.start()
                self._process, self._connection = process, ours
                theirs.close()
        except OSError as error:
            raise OutputError("no-worker", reason=error.strerror or error) from error


def end_all(cells: Sequence[Cell]) -> None:
    """End cells, also those that are at work: these get a moment, one for all of them, to end what they started."""
    for cell in cells:
        cell.terminate()
    until = time.monotonic() + PATIENCE
    for cell in cells:
        cell.end(until=until)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C and SIGTERM back while a worker is started: it inherits that, until it can end as it should."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    earlier = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, earlier)


def _descendants(number: int | None) -> list[psutil.Process]:
    try:
        return list(psutil.Process(number).children(recursive=True))
    except psutil.Error:
        return []


def _marked(folder: Path) -> Iterator[psutil.Process]:
    """What a dead worker has left running: its children are another's now, but carry its folder in their environment."""
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if process.environ().get(CELL_VARIABLE) == str(folder):
                yield process


# In the worker


def _serve(connection: Connection, setting: Setting, folder: Path) -> None:
    """What the process of a cell does: one task after the other until nobody is at the other end."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, _ended)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        os.environ[CELL_VARIABLE] = os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
        _limit_memory(setting.config.page_memory)
        collect_seldom()
        _end_with_owner(folder)
        from restore.batch.work import perform

        while True:
            task = connection.recv()
            with suppress(OSError):  # systems clear away what lay for days without work
                folder.mkdir(parents=True, exist_ok=True)
            connection.send(perform(task, setting))
    except (EOFError, OSError, _Ended):
        os._exit(0)  # not through multiprocessing's own end: it would wait for threads of libraries


class _Ended(BaseException):
    """The owner asks the worker to end; what is open is closed on the way out."""


def _ended(number: int, frame: object) -> NoReturn:
    raise _Ended


def _limit_memory(megabytes: int) -> None:
    """Give up allocations beyond the limit, and be the first to go where the machine itself has none left."""
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes << 20, megabytes << 20))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500", "ascii")


def _end_with_owner(folder: Path) -> None:
    owner = multiprocessing.parent_process()
    assert owner is not None

    def end() -> None:
        owner.join()
        for child in _descendants(os.getpid()):
            with suppress(psutil.Error):
                child.kill()
        leave(folder)
        os._exit(1)

    threading.Thread(target=end, daemon=True).start()
