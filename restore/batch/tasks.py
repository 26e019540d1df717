"""What a batch is divided into: tasks that any worker can do, here or on another machine, and what comes back of them.

    look      open a file: what it is, how many pages it has, its hash
    page      read one page and keep what was seen in a record beside the results
    document  correct and structure a document whose pages were all read, or a text, and write its results

Every task can be done twice, by anybody, with the same bytes as the result: that is what makes it safe to lose a worker.
Nothing in here opens a file of the archive; that is the worker's (:mod:`restore.batch.work`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from restore.batch.inputs import Job
from restore.config import Config
from restore.document import Grade
from restore.errors import RestoreError
from restore.review.triage import Triage

Kind = Literal["look", "page", "document"]


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for every task of a batch.

    Attributes:
        out: the output folder, as the workers reach it.
        config: the settings.
    """

    out: Path
    config: Config


@dataclass(frozen=True, slots=True)
class Task:
    """A piece of work.

    Attributes:
        kind: what is to be done.
        job: the file.
        sha256: of the file, in hexadecimal digits; empty where nobody has looked yet.
        key: what the record of a page depends on beside the file (:func:`restore.batch.keys.page_key`).
        number: of the page, from 1; 0 for the others.
        pages: the wanted pages of a document, in order; none for a text.
        failed: of them, those that could not be read, and why.
        page_count: pages in the file.
        media_type: of the file.
        fresh: a record that is there already does not count.
        attempt: how often it was tried before, plus 1.
        seconds: what it may take before its worker is ended.
    """

    kind: Kind
    job: Job
    sha256: str = ""
    key: str = ""
    number: int = 0
    pages: tuple[int, ...] = ()
    failed: tuple[tuple[int, RestoreError], ...] = ()
    page_count: int = 0
    media_type: str = ""
    fresh: bool = False
    attempt: int = 1
    seconds: float = 600.0


@dataclass(frozen=True, slots=True)
class Looked:
    """What there is to know of a file before any of its pages is read."""

    sha256: str
    media_type: str
    page_count: int


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a document."""

    sha256: str
    grade: Grade
    words: int
    words_changed: int
    words_to_review: int
    triage: Triage
    pages_failed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a task.

    Attributes:
        task: the task.
        error: why it failed; None where it did not.
        lost: the worker died or was ended over it: somebody else may fare better.
        trace: where an unforeseen error happened, for ``-v``.
        looked: of a "look".
        made: of a "document".
        reused: the record of a page was there already.
        seconds: on the wall, in the worker.
        steps: of them, by step (:mod:`restore.timing`).
        memory: bytes that the worker holds after it; 0 where nobody knows.
        worker: who did it: host and process.
    """

    task: Task
    error: RestoreError | None = None
    lost: bool = False
    trace: str = ""
    looked: Looked | None = None
    made: Made | None = None
    reused: bool = False
    seconds: float = 0.0
    steps: Mapping[str, float] = field(default_factory=dict)
    memory: int = 0
    worker: str = ""
