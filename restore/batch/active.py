"""One document on its way through a batch: which of its tasks come next, and what has come of them so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from restore.batch.inputs import Job
from restore.batch.keys import stamp
from restore.batch.ledger import DONE, PageRow, Row
from restore.batch.plan import Decision, State
from restore.batch.problems import error_of, is_outside
from restore.batch.tasks import Looked, Result, Task
from restore.config import Config
from restore.errors import RestoreError

# A worker that dies may have been killed for another's sake; one that takes for ever takes the same time once more.
MOST_LOSSES = 3
MOST_TIMEOUTS = 2
# What one page's error says of the whole file.
OF_THE_FILE = frozenset(
    {"missing-file", "unreadable-file", "file-changed", "encrypted-pdf", "pdf-without-pages"}
)
START_SECONDS = 30.0  # to start a worker and its models on a busy machine
TEXT_PAGE = 3000  # bytes of text on a page
READ_PER_SECOND = 5_000_000  # bytes, from the slowest shares


@dataclass(slots=True)
class Active:
    """A document in work.

    Attributes:
        job: the file.
        decision: why it is worked on.
        state: of file and settings when that was decided.
        content: what :attr:`State.key` is the hash of.
        row: what the ledger knew of it.
        size: bytes of the file.
        begun: the ledger knows that it is in work.
        looked: what it is, once somebody has looked.
        key: of its pages' records.
        wanted: its pages.
        unread: of them, those that nobody has been given yet, in order.
        reading: of them, those that are in work.
        failed: of them, those that could not be read, and why.
        fatal: an error of one page that is one of the whole file.
        losses: how often a worker was lost over a page; 0 is the document itself.
        seconds: of work on it.
        steps: of them, by step.
    """

    job: Job
    decision: Decision
    state: State
    content: Mapping[str, Any]
    row: Row | None
    size: int
    begun: bool = False
    looked: Looked | None = None
    key: str = ""
    wanted: tuple[int, ...] = ()
    unread: list[int] = field(default_factory=list)
    reading: int = 0
    failed: dict[int, RestoreError] = field(default_factory=dict)
    fatal: RestoreError | None = None
    losses: Counter[int] = field(default_factory=Counter)
    seconds: float = 0.0
    steps: Counter[str] = field(default_factory=Counter)

    @property
    def has_results(self) -> bool:
        """Whether an earlier run has left results of that name."""
        return self.row is not None and self.row.status in DONE

    def is_read(self) -> bool:
        """Whether nothing is left to do but to put the pages together."""
        return not self.unread and not self.reading

    def count(self, result: Result) -> None:
        """Add up what a task took."""
        self.seconds += result.seconds
        self.steps.update(result.steps)

    def has_changed(self) -> bool:
        """Whether the file is not what it was when its work began; one that is gone is what it was.

        A worker sees to its own task alone: between two of them the file may have become another one.
        """
        if self.job.url:  # the storage is asked with each task
            return False
        try:
            return stamp(self.job.path) != self.state.stamp
        except OSError:
            return False

    def plan_pages(
        self,
        known: Mapping[int, PageRow],
        config: Config,
        has_record: Callable[[int], bool],
        *,
        retry_failed: bool,
    ) -> None:
        """Find out which pages are to be read, the file having been looked at.

        Args:
            known: what the ledger knows of them.
            config: the settings.
            has_record: whether there is a record of a page.
            retry_failed: those that failed before are read again.
        """
        assert self.looked is not None
        self.wanted = tuple(n for n in range(1, self.looked.page_count + 1) if config.wants_page(n))
        for number in reversed(self.wanted):  # taken from the end
            page = known.get(number)
            same = page is not None and page.key == self.key
            if page and same and page.status == "failed" and not retry_failed:
                error = error_of(page.problem, page.reason)
                if not is_outside(error) and error.key not in OF_THE_FILE:
                    self.failed[number] = error
                    continue
            if not (page and same and page.status == "success" and has_record(number)):
                self.unread.append(number)

    def look_task(self, config: Config) -> Task:
        """To look what the file is."""
        return Task("look", self.job, attempt=self._attempt(0), seconds=self._limit(config, 1))

    def page_task(self, number: int, config: Config) -> Task:
        """To read a page."""
        assert self.looked is not None
        return Task(
            "page",
            self.job,
            sha256=self.looked.sha256,
            key=self.key,
            number=number,
            fresh=config.overwrite,
            attempt=self._attempt(number),
            seconds=1.5 * config.page_timeout + START_SECONDS,
        )

    def document_task(self, config: Config) -> Task:
        """To correct, structure and write it."""
        if self.looked is None or not self.wanted:
            pages = 1 + self.size // TEXT_PAGE
            return Task("document", self.job, attempt=self._attempt(0), seconds=self._limit(config, pages))
        return Task(
            "document",
            self.job,
            sha256=self.looked.sha256,
            key=self.key,
            pages=self.wanted,
            failed=tuple(sorted(self.failed.items())),
            page_count=self.looked.page_count,
            media_type=self.looked.media_type,
            attempt=self._attempt(0),
            seconds=self._limit(config, len(self.wanted)),
        )

    def may_try_again(self, result: Result) -> bool:
        """Whether a task whose worker was lost is given to another one."""
        number = result.task.number
        self.losses[number] += 1
        timeout = result.error is not None and result.error.key == "task-timeout"
        return self.losses[number] < (MOST_TIMEOUTS if timeout else MOST_LOSSES)

    def _attempt(self, number: int) -> int:
        return self.losses[number] + 1

    def _limit(self, config: Config, pages: int) -> float:
        """Seconds for a task that grows with the file: a page is corrected in half a second, on a busy machine in four."""
        return config.page_timeout * max(1.0, pages / 20) + self.size / READ_PER_SECOND + START_SECONDS
