"""What happens in a batch, told to whoever wants to know: the progress bar, the log, the metrics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

EventKind = Literal[
    "batch-begins",
    "document-begins",
    "page",
    "document",
    "retry",
    "batch-ends",
    "interrupted",
    "stopped",
    "pulse",
]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    Attributes:
        kind: what; a "pulse" comes every two seconds and only says how much there is to do.
        document: the results' folder below the output folder; empty where it is about the batch.
        page: from 1; 0 where it is about the document.
        status: of :data:`restore.batch.ledger.Status`; empty where there is none yet.
        cause: key of the error's message, or empty.
        reason: the error in words.
        attempt: which one it was.
        seconds: that the work took.
        steps: of them, by step.
        worker: who did it.
        memory: bytes that the worker holds after it.
        waiting: tasks that are known and not handed out.
        in_work: tasks that are handed out and not done.
        trace: where an unforeseen error happened.
    """

    kind: EventKind
    document: str = ""
    page: int = 0
    status: str = ""
    cause: str = ""
    reason: str = ""
    attempt: int = 1
    seconds: float = 0.0
    steps: Mapping[str, float] = field(default_factory=dict)
    worker: str = ""
    memory: int = 0
    waiting: int = 0
    in_work: int = 0
    trace: str = ""


class Observer(Protocol):
    """Somebody who wants to know."""

    def __call__(self, event: Event, /) -> None:
        """Take notice of an event. What it raises ends the batch."""
