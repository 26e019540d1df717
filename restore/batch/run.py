"""The batch itself: what is to be done, by whom, in which order, and what the ledger is told of it.

The coordinator lists files and keeps the ledger; files of the archive are opened by workers only. Pages are handed out one by
one, so that all workers are busy with one long file as well as with many short ones. Documents whose pages are all read come
first, then the pages of those that are open, then new files.
"""

from __future__ import annotations

import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from restore.batch.active import OF_THE_FILE, Active
from restore.batch.engine import Engine
from restore.batch.events import Observer
from restore.batch.inputs import Job
from restore.batch.keys import page_key
from restore.batch.ledger import Ledger, Row
from restore.batch.local import LocalEngine
from restore.batch.lock import only_run
from restore.batch.outcomes import Outcomes
from restore.batch.plan import decide, state_of
from restore.batch.problems import is_outside
from restore.batch.records import forget_record, has_record
from restore.batch.tasks import Looked, Result, Setting, Task
from restore.batch.totals import Totals as Totals
from restore.batch.work import is_text
from restore.config import Config
from restore.dictionary import rules_for
from restore.errors import InputError, RestoreError, UnsuitableError, disk_error

PAUSE = 0.3  # seconds that nobody has anything to do, before the source of files is asked again
# So many files that an earlier run had done are passed over in a row, before results are looked at again.
AT_ONCE = 500
NOTED_EVERY = 2.0  # seconds between notes of what the run has done
WRITTEN_THROUGH_EVERY = 10.0  # seconds: what a power cut costs at most


def run_batch(
    jobs: Iterable[Job | None],
    out: Path,
    config: Config,
    observers: Sequence[Observer] = (),
    *,
    engine: Engine | None = None,
    retry_failed: bool = False,
    count: Callable[[], int | None] = lambda: None,
) -> Totals:
    """Restore files into ``out`` and keep its ledger.

    Args:
        jobs: the files and their names, taken as they are needed; a None says that there is none just now.
        out: the output folder, made when it is not there.
        config: the settings; ``jobs`` is the number of worker processes.
        observers: are told what happens.
        engine: who does the work; the processes of this machine by default. It is closed at the end.
        retry_failed: try again what failed in an earlier run.
        count: says how many files there are, None as long as nobody knows.

    Raises:
        OutputError: the output folder or its ledger cannot be written, the disk is full, or another run is at work there.
        InputError: a dictionary that was named cannot be read.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise disk_error(out, error) from error
    rules_for(config.dictionaries, out)  # one that cannot be read fails the batch, not each of its files
    with ExitStack() as held:
        held.enter_context(_ended_by_signals())
        held.enter_context(only_run(out))
        ledger = held.enter_context(Ledger(out))
        ledger.begin_run()
        working = engine or LocalEngine(Setting(out, config))
        held.callback(working.close)
        batch = _Batch(ledger, working, out, config, observers, retry_failed=retry_failed, count=count)
        return batch.run(iter(jobs))


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """SIGTERM ends a batch as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    earlier = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, earlier)


class _Batch:
    """The coordinator of one run."""

    def __init__(
        self,
        ledger: Ledger,
        engine: Engine,
        out: Path,
        config: Config,
        observers: Sequence[Observer],
        *,
        retry_failed: bool,
        count: Callable[[], int | None],
    ) -> None:
        self._ledger, self._engine, self._out, self._config = ledger, engine, out, config
        self._retry_failed, self._count = retry_failed, count
        self._outcomes = Outcomes(ledger, config, observers)
        self._outcomes.load = self._load
        self._first: deque[Task] = deque()  # whole documents, and what is tried again
        self._open: dict[str, Active] = {}
        self._paged: deque[Active] = deque()  # those with pages that nobody has been given
        self._changed: set[str] = set()
        self._in_work = 0
        self._worked = 0.0

    def run(self, jobs: Iterator[Job | None]) -> Totals:
        """Do everything."""
        tell = self._outcomes.tell
        tell("batch-begins")
        try:
            self._loop(jobs)
        except KeyboardInterrupt:
            tell("interrupted")
            raise
        except RestoreError as error:
            tell("stopped", error=error)
            raise
        finally:
            with suppress(RestoreError):  # a full disk has been told already
                self._note()
        tell("batch-ends")
        return self._outcomes.totals

    def _loop(self, jobs: Iterator[Job | None]) -> None:
        noted, through = -NOTED_EVERY, time.monotonic()
        more = True
        while more or self._in_work or self._first or self._paged:
            idle, began = False, time.monotonic()
            while self._in_work < self._engine.slots:
                task = self._next()
                if task is not None:
                    self._begin(task)
                elif not more:
                    break
                else:
                    more, idle = self._take_some(jobs)
                    if idle or not (self._first or self._paged):
                        break
            busy, slots = self._in_work > 0, self._engine.slots
            # Now, while all is handed out: between results nothing seems to be in work, and nobody waits for the disk.
            if began - noted > NOTED_EVERY:
                noted = began
                self._note()
                self._outcomes.tell("pulse")
            if began - through > WRITTEN_THROUGH_EVERY:
                through = began
                self._ledger.write_through()
            if busy or not slots:  # a cluster may have no worker just now
                may_take = more and not idle and self._in_work < slots
                for result in self._engine.results(0.0 if may_take else PAUSE if idle else 1.0):
                    self._in_work -= 1
                    self._settle(result)
            elif idle:
                time.sleep(PAUSE)
            self._worked += time.monotonic() - began if busy else 0.0

    def _note(self) -> None:
        totals = self._outcomes.totals
        self._ledger.worked(
            documents=totals.documents,
            pages=totals.pages,
            seconds=round(self._worked, 1),
            found=self._count(),
            passed=totals.ok + totals.failed + totals.passed_over,
        )

    def _load(self) -> tuple[int, int]:
        """How many tasks wait, and how many are in work."""
        return len(self._first) + sum(len(active.unread) for active in self._paged), self._in_work

    # What is handed out

    def _next(self) -> Task | None:
        if self._first:
            return self._first.popleft()
        while self._paged:
            active = self._paged[0]
            if active.unread:
                active.reading += 1
                return active.page_task(active.unread.pop(), self._config)
            self._paged.popleft()
        return None

    def _begin(self, task: Task) -> None:
        if task.kind == "page":
            self._ledger.begin_page(task.job.name, task.number, key=task.key)
        self._engine.submit(task)
        self._in_work += 1

    def _take_some(self, jobs: Iterator[Job | None]) -> tuple[bool, bool]:
        """Take files until there is something to do: whether there may be more, and whether there are none just now."""
        for _ in range(AT_ONCE):
            try:
                job = next(jobs)
            except StopIteration:
                return False, False
            if job is None:
                return True, True
            if job.name not in self._open:  # a watched file may come again before it is done
                self._take(job)
            if self._first:
                break
        return True, False

    def _take(self, job: Job) -> None:
        if job.skip:
            self._outcomes.passed_over(job)
            return
        row = self._ledger.row(job.name)
        try:
            active = self._decided(job, row)
        except RestoreError as error:
            self._outcomes.failed(job, error)
            return
        action = active.decision.action
        if action == "leave" and row:
            self._outcomes.left(job, row)
        elif action == "fail" and active.decision.error:
            self._outcomes.failed(job, active.decision.error, keep=True)
        else:
            self._start(active)

    def _decided(self, job: Job, row: Row | None) -> Active:
        state, content = state_of(job, self._out, self._config)
        decision = decide(job, row, state, self._out, self._config, retry_failed=self._retry_failed)
        return Active(job, decision, state, content, row, size=int(state.stamp.partition(":")[0]))

    def _start(self, active: Active) -> None:
        self._open[active.job.name] = active
        if active.decision.action == "look":
            self._first.append(active.look_task(self._config))
            return
        direct = is_text(active.job.path)
        # A file that has none of the wanted pages is passed over: of what is known of its results nothing changes.
        if direct or not self._config.pages or not active.has_results:
            self._begin_document(active)
        self._first.append(active.document_task(self._config) if direct else active.look_task(self._config))

    def _begin_document(self, active: Active) -> None:
        if not active.begun:
            path = active.job.address
            key, stamped = active.state.key, active.state.stamp
            self._ledger.begin(active.job.name, path=path, stamp=stamped, config=key, content=active.content)
            self._outcomes.tell("document-begins", active.job.name, status="started")
            active.begun = True

    # What came of it

    def _settle(self, result: Result) -> None:
        active = self._open[result.task.job.name]
        active.count(result)
        if result.error is None and active.has_changed():
            result = replace(result, error=InputError("file-changed", path=active.job.path))
        error = result.error
        if error is not None and error.key == "disk-full":
            raise error
        if result.lost and active.may_try_again(result):
            self._try_again(active, result)
        elif result.task.kind == "page":
            self._page_done(active, result)
        elif isinstance(error, UnsuitableError):
            self._unsuitable(active, error, result)
        elif error is not None:
            self._document_failed(active, error, result)
        elif result.looked is not None:
            self._looked(active, result.looked)
        elif result.made is not None:
            self._outcomes.made(active, result, result.made)
            self._changed.discard(active.job.name)
            self._close(active)

    def _try_again(self, active: Active, result: Result) -> None:
        task = result.task
        if task.kind == "page":
            self._first.append(active.page_task(task.number, self._config))
        else:
            make = active.look_task if task.kind == "look" else active.document_task
            self._first.append(make(self._config))
        self._outcomes.tell("retry", task.job.name, result=result)

    def _looked(self, active: Active, looked: Looked) -> None:
        row, name = active.row, active.job.name
        same = row is not None and row.sha256 == looked.sha256
        if (
            active.decision.action == "look"
            and row is not None
            and not self._has_changed(active, row, same=same)
        ):
            return
        self._begin_document(active)
        self._ledger.looked(
            name,
            sha256=looked.sha256,
            page_count=looked.page_count or None,
            new=self._config.overwrite or not same,
        )
        active.looked, active.key = looked, page_key(looked.sha256, self._config)
        if not looked.page_count:
            self._first.append(active.document_task(self._config))
            return
        retry = self._retry_failed or active.decision.why == "retry"
        kept = partial(self._has_record, active.job)
        active.plan_pages(self._ledger.pages(name), self._config, kept, retry_failed=retry)
        self._paged.append(active)
        self._put_together(active)

    def _has_record(self, job: Job, number: int) -> bool:
        """Whether a page's record is there; of one in a storage the ledger is believed, as of whole documents."""
        return bool(job.remote) or has_record(self._out / job.name, number)

    def _has_changed(self, active: Active, row: Row, *, same: bool) -> bool:
        """Whether a file that seemed to have changed has; one that has not is left as it is."""
        if not same and active.decision.error:  # results of that name are another file's
            self._outcomes.failed(active.job, active.decision.error, keep=True)
            self._close(active)
            return False
        if not same:
            return True
        path, now = active.job.address, active.state
        self._ledger.settle(active.job.name, input=path, stamp=now.stamp)
        row = row._replace(input=path, stamp=now.stamp)
        active.decision = decide(
            active.job, row, now, self._out, self._config, retry_failed=self._retry_failed
        )
        if active.decision.action == "work":
            return True
        self._outcomes.left(active.job, row)
        self._close(active)
        return False

    def _page_done(self, active: Active, result: Result) -> None:
        number, error = result.task.number, result.error
        active.reading -= 1
        self._outcomes.page(result)
        if error is not None and error.key == "file-changed":  # its record may be that of another state
            forget_record(self._out / active.job.name, number)
        if error is not None and (
            is_outside(error) or error.key in OF_THE_FILE or active.wanted == (number,)
        ):
            active.unread.clear()
            active.fatal = active.fatal or error
        elif error is not None:
            active.failed[number] = error
        if active.fatal is None:
            self._put_together(active)
        elif not active.reading:  # what comes of the others that are in work changes nothing
            self._document_failed(active, active.fatal, result)

    def _put_together(self, active: Active) -> None:
        """Hand out the document itself once all of its pages were read."""
        if not active.is_read():
            return
        if len(active.wanted) == 1 and active.failed:  # its only page, in an earlier run
            self._outcomes.failed(active.job, active.failed[active.wanted[0]], active=active)
            self._close(active)
            return
        self._first.append(active.document_task(self._config))

    def _document_failed(self, active: Active, error: RestoreError, result: Result) -> None:
        self._close(active)
        name = active.job.name
        if error.key == "file-changed" and name not in self._changed:
            self._changed.add(name)  # somebody was just writing it: once more, with what is there now
            self._take(active.job)
            return
        self._changed.discard(name)
        is_anothers = active.decision.error is not None and not active.begun
        if not is_anothers:
            self._begin_document(active)
        self._outcomes.failed(active.job, error, result=result, active=active, keep=is_anothers)

    def _unsuitable(self, active: Active, error: UnsuitableError, result: Result) -> None:
        if not active.has_results:
            self._begin_document(active)
        self._outcomes.unsuitable(active, error, result)
        self._close(active)

    def _close(self, active: Active) -> None:
        self._open.pop(active.job.name, None)
