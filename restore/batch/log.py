"""The structured log of a batch: one JSON object a line, for programs that collect and search logs.

docs/operations.md describes every key. A line is one write at the end of the file, so that several runs may share a file, and a
file that was moved away (logrotate) is begun anew. No name and no reason can break a line or speak to a terminal: what cannot be
printed is written as JSON's escape. Where the log cannot be written, as on a full disk, the batch goes on; the log tells how many
lines it lost as soon as it can.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from restore.batch.events import Event
from restore.errors import OutputError

Level = Literal["info", "warning", "error"]

STANDARD_ERROR = 2
# C0, C1, marks of direction, separators of lines, what belongs to no script: everything that is not to be seen as it is.
_UNPRINTED_RE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_FAILED = frozenset({"failed"})
_DOUBTFUL = frozenset({"partial", "skipped"})
_MILLISECONDS = 3
_ALWAYS = ("page", "document", "retry")  # kinds that say which attempt it was


def level(event: Event) -> Level:
    """How much an event matters.

    >>> level(Event("page", status="success")), level(Event("retry")), level(Event("document", status="failed"))
    ('info', 'warning', 'error')
    """
    if event.kind == "stopped" or event.status in _FAILED:
        return "error"
    if event.kind in ("retry", "interrupted") or event.status in _DOUBTFUL:
        return "warning"
    return "info"


def log_line(event: Event, *, run: str, when: datetime) -> str:
    r"""An event as a line of JSON, without its end; what is not known of it is left out.

    Args:
        event: what happened.
        run: which run of the program it happened in.
        when: with its time zone; written as UTC, in milliseconds.

    >>> event = Event("page", document="quận\n/a.pdf", page=3, status="success", seconds=1.5)
    >>> print(log_line(event, run="r1", when=datetime(2026, 11, 2, 8, 30, tzinfo=UTC)))
    {"time":"2026-11-02T08:30:00.000Z","level":"info","event":"page","run":"r1","document":"quận\n/a.pdf","page":3,"status":"success","attempt":1,"seconds":1.5}
    """
    found: dict[str, Any] = {
        "time": when.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": level(event),
        "event": event.kind,
        "run": run,
        "document": event.document,
        "page": event.page,
        "status": event.status,
        "cause": event.cause,
        "reason": event.reason,
        "attempt": event.attempt if event.kind in _ALWAYS else 0,
        "seconds": round(event.seconds, _MILLISECONDS),
        "steps": {name: round(seconds, _MILLISECONDS) for name, seconds in event.steps.items()},
        "worker": event.worker,
        "memory": event.memory,
        "waiting": event.waiting,
        "in_work": event.in_work,
        "trace": event.trace,
    }
    return _json({key: value for key, value in found.items() if value})


def _json(content: dict[str, Any]) -> str:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return _UNPRINTED_RE.sub(lambda found: json.dumps(found[0])[1:-1], text)


class JsonLog:
    """An observer that writes the log. It never fails a batch."""

    def __init__(
        self,
        target: Path | None,
        run: str,
        on_trouble: Callable[[OSError], None],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Open the log.

        Args:
            target: the file, made where it is not there and never cut; None is standard error.
            run: which run of the program this is.
            on_trouble: called once when the log can no longer be written, and again only after it could be.
            now: the clock.

        Raises:
            OutputError: the file cannot be opened.
        """
        self._target, self._run, self._now = target, run, now
        self._on_trouble = on_trouble
        self._lost = 0
        self._cut = False
        self._descriptor = STANDARD_ERROR
        if target:
            try:
                self._descriptor = _opened(target)
            except OSError as error:
                raise OutputError("log-not-writable", path=target, reason=error.strerror or error) from error

    def __call__(self, event: Event) -> None:
        """Write a line, after another one that tells of those that were lost; a pulse is no news."""
        if event.kind == "pulse":
            return
        lines = [log_line(event, run=self._run, when=self._now())]
        if self._lost:
            lines.insert(0, self._missing())
        try:
            self._follow()
            for line in lines:
                self._write(line)
        except OSError as error:
            if not self._lost:
                self._on_trouble(error)
            self._lost += 1
        else:
            self._lost = 0

    def close(self) -> None:
        """Let go of the file. May be called twice."""
        if self._descriptor > STANDARD_ERROR:
            os.close(self._descriptor)
            self._descriptor = STANDARD_ERROR

    def _missing(self) -> str:
        when = self._now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return _json(
            {"time": when, "level": "warning", "event": "log-gap", "run": self._run, "lost": self._lost}
        )

    def _write(self, line: str) -> None:
        """One line, in one write where the system can; what was cut off before stays a line of its own."""
        content = (b"\n" if self._cut else b"") + line.encode() + b"\n"
        while content:
            written = os.write(self._descriptor, content)
            content = content[written:]
            self._cut = bool(content)

    def _follow(self) -> None:
        """Begin the file anew where somebody moved it away."""
        if not self._target:
            return
        there = None
        with suppress(FileNotFoundError):
            there = self._target.stat()
        here = os.fstat(self._descriptor)
        if there is None or (there.st_dev, there.st_ino) != (here.st_dev, here.st_ino):
            fresh = _opened(self._target)
            os.close(self._descriptor)
            self._descriptor, self._cut = fresh, False


def _opened(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
