"""The line that shows how a batch goes on, on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from restore.batch.events import Event, Observer
from restore.batch.pace import Pace
from restore.cli.durations import duration, per_minute
from restore.messages import Language, message


class Standing:
    """What has come of a batch so far; an observer."""

    def __init__(self, lang: Language, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin at nothing; the clock gives seconds."""
        self._lang = lang
        self._pages, self._documents = Pace(clock=clock), Pace(clock=clock)
        self.total: int | None = None  # files, once somebody has counted them
        self.done = 0
        self._failed = 0

    def __call__(self, event: Event) -> None:
        """Count an event."""
        if event.kind == "page":
            self._pages.add()
        if event.kind != "document":
            return
        self.done += 1
        self._failed += event.status == "failed"
        if event.worker or event.seconds:  # else an earlier run had done it: that says nothing of the pace
            self._documents.add()

    def text(self) -> str:
        """Pages, rate, time left and failures, each where there is something to say.

        >>> now = iter(range(0, 9000, 30))
        >>> standing = Standing("en", clock=lambda: next(now))
        >>> standing.total = 40
        >>> for number in range(3):
        ...     standing(Event("page", seconds=1.0, status="success"))
        >>> standing(Event("document", seconds=1.0, status="failed"))
        >>> standing.text()
        '3 pages · 1.0 pages/min · about 1 h 57 min left · 1 failed'
        """
        lang, parts = self._lang, []
        if self._pages.done:
            parts.append(message("progress-pages", lang, count=self._pages.done))
            parts.append(message("progress-page-rate", lang, rate=per_minute(self._pages.rate, lang)))
        elif self._documents.done:
            parts.append(message("progress-file-rate", lang, rate=per_minute(self._documents.rate, lang)))
        rate = self._documents.rate
        if rate and self.total and self.total > self.done:
            left = duration((self.total - self.done) / rate, lang)
            parts.append(message("progress-left", lang, time=left))
        if self._failed:
            parts.append(message("progress-failed", lang, count=self._failed))
        return " · ".join(parts)


@contextmanager
def batch_progress(title: str, lang: Language, total: Callable[[], int | None]) -> Iterator[Observer | None]:
    """Show on one line of a terminal how a batch goes on; elsewhere there is nobody to show it to.

    Args:
        title: what is being done.
        lang: the reader's language.
        total: says how many files there are, None as long as nobody knows.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns: tuple[Any, ...] = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TextColumn("{task.fields[state]}", markup=False),
    )
    standing = Standing(lang)
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None, state="")

        def show(event: Event) -> None:
            standing(event)
            standing.total = total()
            bar.update(task, completed=standing.done, total=standing.total, state=standing.text())

        yield show
