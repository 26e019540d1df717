"""Metrics of a batch for Prometheus: over HTTP, and as a file for the textfile collector of node_exporter.

docs/operations.md describes every metric. The package prometheus-client is optional (extra ``metrics``): whoever imports this
module wants it. Labels are few: statuses, causes, steps and the workers that were heard of lately, never documents.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
    start_http_server,
)

from restore.batch.events import Event
from restore.batch.pace import Pace
from restore.errors import OutputError
from restore.output import write_text

# Beside each counter, when it was made: nobody asks, and it doubles what is told.
disable_created_metrics()  # type: ignore[no-untyped-call]

# Seconds. A text is corrected in a tenth of one, a page read in two, a hard one in half a minute; 120 is the default limit.
BUCKETS = (0.01, 0.03, 0.1, 0.3, 1.0, 2.0, 3.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0)
FILE_SECONDS = 10.0  # between two writings of the file; Prometheus asks every 15 to 60
WORKER_SECONDS = 600.0  # a worker that was not heard of for so long has no memory to tell of
LOST_CAUSES = frozenset({"worker-died", "task-timeout"})  # of these the worker is no more


class Metrics:
    """An observer that counts.

    Attributes:
        registry: what Prometheus asks.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin at nothing; the clock gives seconds."""
        self._clock = clock
        self._heard: dict[str, float] = {}
        self._pace = Pace(clock=clock)
        self.registry = of = CollectorRegistry()
        self._pages = Counter("restore_pages", "Pages by what came of them.", ["status"], registry=of)
        self._documents = Counter(
            "restore_documents", "Documents by what came of them.", ["status"], registry=of
        )
        self._failures = Counter(
            "restore_failures", "Pages and documents that failed, by cause.", ["cause"], registry=of
        )
        self._retries = Counter("restore_retries", "Tasks that were tried again.", registry=of)
        self._lost = Counter("restore_workers_lost", "Workers that died or were ended.", registry=of)
        self._steps = Histogram(
            "restore_step_seconds",
            "Seconds of a step of a page or a document.",
            ["step"],
            buckets=BUCKETS,
            registry=of,
        )
        self._seconds = Histogram(
            "restore_page_seconds", "Seconds of a page in its worker.", buckets=BUCKETS, registry=of
        )
        self._waiting = Gauge("restore_tasks_waiting", "Tasks known and not handed out.", registry=of)
        self._working = Gauge("restore_tasks_in_work", "Tasks handed out and not done.", registry=of)
        self._memory = Gauge(
            "restore_worker_memory_bytes", "Most memory that a worker has held.", ["worker"], registry=of
        )
        rate = Gauge("restore_pages_per_second", "Pages a second in the last five minutes.", registry=of)
        rate.set_function(lambda: self._pace.rate)

    def __call__(self, event: Event) -> None:
        """Count an event."""
        if event.kind == "page":
            self._pages.labels(event.status).inc()
            self._seconds.observe(event.seconds)
            self._pace.add()
        elif event.kind == "document":
            self._documents.labels(event.status).inc()
        elif event.kind == "retry":
            self._retries.inc()
        if event.status == "failed":
            self._failures.labels(event.cause).inc()
        if event.cause in LOST_CAUSES:
            self._lost.inc()
        for step, seconds in event.steps.items():
            self._steps.labels(step).observe(seconds)
        self._waiting.set(event.waiting)
        if event.kind not in ("document-begins", "page", "document"):  # those come between two tasks
            self._working.set(event.in_work)
        self._hear(event)

    def _hear(self, event: Event) -> None:
        """Note the memory of the worker that an event comes from, and forget those that are long gone."""
        if not event.worker:
            return
        now = self._clock()
        self._heard[event.worker] = now
        self._memory.labels(event.worker).set(event.memory)
        for worker in [name for name, then in self._heard.items() if now - then > WORKER_SECONDS]:
            del self._heard[worker]
            self._memory.remove(worker)

    def text(self) -> str:
        """All metrics, as Prometheus reads them."""
        return generate_latest(self.registry).decode()


@contextmanager
def served(metrics: Metrics, host: str, port: int) -> Iterator[int]:
    """Answer Prometheus at an address while inside; gives the port, a free one where 0 was asked for.

    Raises:
        OutputError: nobody may listen there, or somebody does already.
    """
    try:
        server, thread = start_http_server(port, host, metrics.registry)
    except OSError as error:
        reason = error.strerror or error
        raise OutputError("metrics-not-served", address=f"{host}:{port}", reason=reason) from error
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class MetricsFile:
    """An observer that writes metrics to a file, now and then and at the end; the file is always whole.

    It comes after the metrics among the observers. Where it cannot be written, as on a full disk, the batch goes on.
    """

    def __init__(
        self,
        metrics: Metrics,
        path: Path,
        on_trouble: Callable[[OutputError], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Write the file for the first time.

        Raises:
            OutputError: it cannot be written.
        """
        self._metrics, self._path, self._clock = metrics, path, clock
        self._on_trouble = on_trouble
        self._troubled = False
        try:
            write_text(path, metrics.text())
        except OutputError as error:
            raise OutputError("metrics-not-writable", path=path, reason=error.values["reason"]) from error
        self._written = clock()

    def __call__(self, event: Event) -> None:
        """Write the file where it is time to."""
        ends = event.kind in ("batch-ends", "interrupted", "stopped")
        if not ends and self._clock() - self._written < FILE_SECONDS:
            return
        self._written = self._clock()
        try:
            write_text(self._path, self._metrics.text())
        except OutputError as error:
            if not self._troubled:
                self._on_trouble(error)
            self._troubled = True
        else:
            self._troubled = False
