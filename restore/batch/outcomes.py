"""What comes of files and pages: written to the ledger, counted, and told to whoever wants to know."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from restore.batch.active import Active
from restore.batch.events import Event, EventKind, Observer
from restore.batch.inputs import Job
from restore.batch.ledger import DONE, Ledger, Row, Status
from restore.batch.problems import error_of
from restore.batch.tasks import Made, Result
from restore.batch.totals import Totals
from restore.batch.triage import columns, known_triage
from restore.config import Config
from restore.errors import InputError, MissingToolError, RestoreError, UnsuitableError
from restore.messages import error_text


class Outcomes:
    """The one place through which everything that happened goes."""

    def __init__(self, ledger: Ledger, config: Config, observers: Sequence[Observer]) -> None:
        self._ledger, self._lang, self._observers = ledger, config.lang, observers
        self.totals = Totals()
        self.load: Callable[[], tuple[int, int]] = lambda: (0, 0)  # tasks waiting and in work

    def tell(
        self,
        kind: EventKind,
        document: str = "",
        *,
        status: Status | str = "",
        error: RestoreError | None = None,
        result: Result | None = None,
        **more: Any,  # noqa: ANN401 - fields of an event
    ) -> None:
        """Tell all observers of an event; what a result holds goes into it."""
        error = error or (result.error if result else None)
        if result:
            task = result.task
            more = {
                "page": task.number,
                "attempt": task.attempt,
                "seconds": result.seconds,
                "steps": result.steps,
                "worker": result.worker,
                "memory": result.memory,
                "trace": result.trace,
                **more,
            }
        if error:
            more |= {"cause": error.key, "reason": error_text(error, self._lang)}
        waiting, in_work = self.load()
        event = Event(kind, document, status=status, waiting=waiting, in_work=in_work, **more)
        for observer in self._observers:
            observer(event)

    def page(self, result: Result) -> None:
        """A page was read, or not."""
        status: Status = "failed" if result.error else "success"
        self.totals.pages += 1
        self._ledger.finish_page(
            result.task.job.name,
            result.task.number,
            status,
            error=result.error,
            lang=self._lang,
            seconds=round(result.seconds, 3),
            steps=steps_text(result.steps),
            worker=result.worker,
        )
        self.tell("page", result.task.job.name, status=status, result=result)

    def made(self, active: Active, result: Result, made: Made) -> None:
        """A document has its results."""
        status: Status = "partial" if made.pages_failed else "success"
        self._ledger.finish(
            active.job.name,
            status,
            columns={
                "sha256": bytes.fromhex(made.sha256),
                "seconds": round(active.seconds, 3),
                "steps": steps_text(active.steps),
                "worker": result.worker,
                **columns(made.triage),
            },
        )
        self._count_made(made.grade)
        self.totals.documents += 1
        self.tell("document", active.job.name, status=status, result=result, page=0)

    def failed(
        self,
        job: Job,
        error: RestoreError,
        *,
        result: Result | None = None,
        active: Active | None = None,
        keep: bool = False,
    ) -> None:
        """A file has no results.

        Args:
            job: the file.
            error: why.
            result: of the task that failed.
            active: what was done for it before.
            keep: the ledger's row is another file's.
        """
        if not keep:
            path = job.address
            if active is None:
                self._ledger.begin(job.name, path=path)
            known: dict[str, str | float | None] = {}
            if active is not None:
                known = {"seconds": round(active.seconds, 3), "steps": steps_text(active.steps)}
                if active.looked is None:  # the ledger's hash is that of an earlier state, which did not fail
                    known["sha256"] = None
            self._ledger.finish(job.name, "failed", error=error, lang=self._lang, columns=known)
        self.totals.failed += 1
        self.totals.missing_tool += isinstance(error, MissingToolError)
        self.totals.documents += 1
        self.tell("document", job.name, status="failed", error=error, result=result, page=0)

    def unsuitable(self, active: Active, error: UnsuitableError, result: Result) -> None:
        """A file has none of the wanted pages; results of an earlier run stay as they are."""
        name = active.job.name
        if not active.has_results:
            self._ledger.finish(name, "skipped", error=error, lang=self._lang)
        self._count_unsuitable()
        self.tell("document", name, status="skipped", error=error, result=result, page=0)

    def left(self, job: Job, row: Row) -> None:
        """A file needs no work: an earlier run has done it, has failed over it, or has found none of the wanted pages."""
        if row.status == "skipped":
            self._count_unsuitable()
            self.tell(
                "document", job.name, status="skipped", attempt=0, error=error_of(row.problem, row.reason)
            )
            return
        if row.status in DONE:
            self._count_made(row.grade)
            self.totals.skipped += 1
            told = None if row.triage else known_triage(self._ledger.out, row)
            if told:  # an older version made it
                self._ledger.settle(job.name, **columns(told))
            self.tell("document", job.name, status=row.status, attempt=0)
            return
        self.totals.failed += 1
        self.totals.left += 1
        self.tell("document", job.name, status="failed", attempt=0, error=error_of(row.problem, row.reason))

    def passed_over(self, job: Job) -> None:
        """A file is not to be restored, as a link that leads elsewhere."""
        error = InputError(job.skip, path=job.given)
        path = job.address
        self._ledger.skip(job.name, path=path, error=error, lang=self._lang)
        self.totals.passed_over += 1
        self.tell("document", job.name, status="skipped", error=error)

    def _count_unsuitable(self) -> None:
        self.totals.passed_over += 1
        self.totals.without_pages += 1

    def _count_made(self, grade: str | None) -> None:
        self.totals.ok += 1
        self.totals.need_review += grade != "good"


def steps_text(steps: Mapping[str, float]) -> str | None:
    """Seconds by step as the ledger keeps them, to the millisecond.

    >>> steps_text({"clean": 0.12345})
    '{"clean":0.123}'
    """
    kept = {name: round(seconds, 3) for name, seconds in steps.items()}
    return json.dumps(kept, separators=(",", ":")) if kept else None
