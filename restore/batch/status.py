"""How a batch stands: counts, the run that is at work, its rate, what failed and why, where the time goes.

Everything is read from the ledger, which a batch may be writing meanwhile, and nothing is written. Each question is answered by an
index or by a bounded number of rows, so a million documents take no second.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from restore.batch.ledger_schema import LEDGER_VERSION
from restore.batch.lock import holder
from restore.batch.problems import error_of
from restore.batch.rows import LEDGER_FILE, STATUSES, reading
from restore.errors import InputError, RestoreError

EXAMPLES = 3  # of each cause of failure
SLOWEST = 5
PARTIAL = 10  # documents without some of their pages that are named
# Rates are taken over the last runs that worked so long together: one that was stopped at once says little.
MEASURED_SECONDS = 600.0
MOST_RUNS = 50
SAMPLED = 1000  # documents, the last ones, of which the steps are added up


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the program; times are milliseconds since 1970.

    Attributes:
        host: the machine.
        pid: the process.
        began: when.
        seen: when it last noted how far it was.
        ended: when; None for one that is at work, or that was killed.
        documents: worked on.
        pages: read.
        seconds: of work, by a clock that never jumps.
        found: files in its inputs; None as long as nobody has counted them.
        passed: of them, those that it is done with, those included that an earlier run had done.
    """

    host: str
    pid: int
    began: int
    seen: int | None
    ended: int | None
    documents: int
    pages: int
    seconds: float
    found: int | None
    passed: int


@dataclass(frozen=True, slots=True)
class Rate:
    """How fast the last runs were, in so many a second."""

    documents: float
    pages: float


@dataclass(frozen=True, slots=True)
class Example:
    """A document or a page (from 1; 0 for the document itself) and what was wrong with it."""

    document: str
    page: int
    error: RestoreError


@dataclass(frozen=True, slots=True)
class Failure:
    """A cause of failures: the key of its message, how often it came, and some of those it came to."""

    cause: str
    documents: int
    pages: int
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Slow:
    """A document or a page (from 1; 0 for the document with its pages) that took long."""

    document: str
    page: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Overview:
    """How a batch stands.

    Attributes:
        version: of the ledger.
        documents: how many there are, by status.
        pages: likewise.
        holder: who is at work: host, pid and since; None where nobody is.
        run: the last one.
        rate: of the last runs; None where none has done anything.
        failures: most frequent first.
        partial: documents without some of their pages, with the numbers of these; the first ones of them.
        slowest: documents and pages.
        steps: seconds by step, over :attr:`sampled` documents.
        sampled: the last documents that were done.
    """

    version: int
    documents: Mapping[str, int]
    pages: Mapping[str, int]
    holder: Mapping[str, Any] | None = None
    run: Run | None = None
    rate: Rate | None = None
    failures: tuple[Failure, ...] = ()
    partial: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    slowest: tuple[Slow, ...] = ()
    steps: Mapping[str, float] = field(default_factory=dict)
    sampled: int = 0

    @property
    def is_current(self) -> bool:
        """Whether the ledger is of this version; an older one knows neither pages nor rates."""
        return self.version == LEDGER_VERSION

    @property
    def files_left(self) -> int | None:
        """Files of the last run's inputs that it is not done with; None where that is not known."""
        if self.run is None or self.run.found is None:
            return None
        return max(0, self.run.found - self.run.passed)

    @property
    def seconds_left(self) -> float | None:
        """How long these will take at the measured rate; None where either is not known."""
        left = self.files_left
        return None if left is None or self.rate is None else left / self.rate.documents


def overview(out: Path) -> Overview:
    """How the batch in an output folder stands.

    Raises:
        InputError: no batch was run into this folder.
        OutputError: its ledger cannot be read, or is none of this program.
    """
    _check(out)
    with reading(out) as ledger:
        ledger.execute("BEGIN")  # one state of it, whatever is written meanwhile
        (version,) = ledger.execute("PRAGMA user_version").fetchone()
        documents = _counts(ledger, "documents")
        if version != LEDGER_VERSION:
            return Overview(version, documents, {}, holder(out), failures=_failures(ledger, ("documents",)))
        runs = _runs(ledger)
        steps, sampled = _steps(ledger)
        return Overview(
            version,
            documents,
            pages=_counts(ledger, "pages"),
            holder=holder(out),
            run=runs[0] if runs else None,
            rate=rate_of(runs),
            failures=_failures(ledger),
            partial=_partial(ledger),
            slowest=_slowest(ledger),
            steps=steps,
            sampled=sampled,
        )


def measured_rate(out: Path) -> Rate | None:
    """How fast the last runs into an output folder were; None where nobody knows.

    Raises:
        OutputError: the ledger cannot be read.
    """
    if not (out / LEDGER_FILE).is_file():
        return None
    with reading(out) as ledger:
        return rate_of(_runs(ledger))


def rate_of(runs: Sequence[Run]) -> Rate | None:
    """The rate of the last runs together, the newest first.

    >>> def run(documents, seconds):
    ...     return Run("pc", 1, 0, 0, None, documents, 2 * documents, seconds, None, 0)
    >>> rate_of([run(10, 100.0), run(90, 900.0), run(1, 9000.0)])
    Rate(documents=0.1, pages=0.2)
    """
    documents = pages = 0
    seconds = 0.0
    for run in runs:
        documents, pages, seconds = documents + run.documents, pages + run.pages, seconds + run.seconds
        if seconds >= MEASURED_SECONDS:
            break
    return Rate(documents / seconds, pages / seconds) if documents and seconds else None


@dataclass(frozen=True, slots=True)
class PageState:
    """What the ledger knows of one page."""

    number: int
    status: str
    attempts: int
    seconds: float | None
    steps: Mapping[str, float]
    error: RestoreError | None


def pages_of(out: Path, document: str) -> tuple[PageState, ...]:
    """What the ledger knows of the pages of a document.

    Args:
        out: the output folder.
        document: the folder of its results, below that.

    Raises:
        InputError: no batch was run into this folder, or the ledger knows no such document.
        OutputError: its ledger cannot be read.
    """
    _check(out)
    with reading(out) as ledger:
        if not ledger.execute("SELECT 1 FROM documents WHERE output = ?", (document,)).fetchone():
            raise InputError("no-such-document", path=out, name=document)
        found = ledger.execute(
            "SELECT number, pages.status, pages.attempts, pages.seconds, pages.steps, pages.cause, pages.problem, pages.reason "
            "FROM pages JOIN documents ON documents.id = document WHERE output = ? ORDER BY number",
            (document,),
        )
        return tuple(
            PageState(
                number,
                status,
                attempts,
                seconds,
                steps=_loaded(steps),
                error=error_of(problem, reason) if cause else None,
            )
            for number, status, attempts, seconds, steps, cause, problem, reason in found
        )


def _check(out: Path) -> None:
    if not out.exists():
        raise InputError("missing-file", path=out)
    if not (out / LEDGER_FILE).is_file():
        raise InputError("no-ledger", path=out)


def _counts(ledger: sqlite3.Connection, table: str) -> dict[str, int]:
    found = dict(ledger.execute(f"SELECT status, count(*) FROM {table} GROUP BY status").fetchall())
    return {status: found[status] for status in STATUSES if status in found}


def _runs(ledger: sqlite3.Connection) -> tuple[Run, ...]:
    names = "host, pid, began, seen, ended, documents, pages, seconds, found, passed"
    found = ledger.execute(f"SELECT {names} FROM runs ORDER BY id DESC LIMIT {MOST_RUNS}")
    return tuple(Run(*row) for row in found)


_TABLES = ("documents", "pages")
_EXAMPLES_OF = {
    "documents": "SELECT output, 0, problem, reason FROM documents "
    "WHERE status = 'failed' AND cause IS ? LIMIT ?",
    "pages": "SELECT output, number, pages.problem, pages.reason FROM pages "
    "CROSS JOIN documents ON documents.id = document WHERE pages.status = 'failed' AND pages.cause IS ? LIMIT ?",
}


def _failures(ledger: sqlite3.Connection, tables: Sequence[str] = _TABLES) -> tuple[Failure, ...]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for table in tables:
        found = ledger.execute(f"SELECT cause, count(*) FROM {table} WHERE status = 'failed' GROUP BY cause")
        for cause, count in found:
            counts[cause or ""][table] = count
    failures = (
        Failure(cause, count["documents"], count["pages"], _examples(ledger, cause, count))
        for cause, count in counts.items()
    )
    return tuple(sorted(failures, key=lambda one: (-one.documents - one.pages, one.cause)))


def _examples(ledger: sqlite3.Connection, cause: str, tables: Iterable[str]) -> tuple[Example, ...]:
    """Some documents that failed for a cause, then pages of other documents."""
    found: list[Example] = []
    for table in tables:
        of_documents = {example.document for example in found}
        for name, number, problem, reason in ledger.execute(
            _EXAMPLES_OF[table], (cause or None, 2 * EXAMPLES)
        ):
            if name not in of_documents:
                found.append(Example(name, number, error_of(problem, reason)))
    return tuple(found[:EXAMPLES])


def _partial(ledger: sqlite3.Connection) -> dict[str, tuple[int, ...]]:
    named = ledger.execute(
        f"SELECT id, output FROM documents WHERE status = 'partial' ORDER BY id LIMIT {PARTIAL}"
    ).fetchall()
    failed = "SELECT number FROM pages WHERE document = ? AND status = 'failed' ORDER BY number"
    return {output: tuple(row[0] for row in ledger.execute(failed, (known,))) for known, output in named}


def _slowest(ledger: sqlite3.Connection) -> tuple[Slow, ...]:
    documents = ledger.execute(
        f"SELECT output, 0, seconds FROM documents WHERE seconds > 0 ORDER BY seconds DESC LIMIT {SLOWEST}"
    )
    found = [Slow(*row) for row in documents]
    pages = ledger.execute(
        "SELECT output, number, slow.seconds FROM (SELECT document, number, seconds FROM pages WHERE seconds > 0 "
        f"ORDER BY seconds DESC LIMIT {SLOWEST}) AS slow JOIN documents ON documents.id = document "
        "ORDER BY slow.seconds DESC"
    )
    return (*found, *(Slow(*row) for row in pages))


def _steps(ledger: sqlite3.Connection) -> tuple[dict[str, float], int]:
    """Seconds by step of the last documents, the longest first, and how many these were."""
    found = ledger.execute(f"SELECT steps FROM documents ORDER BY id DESC LIMIT {SAMPLED}")
    known = [_loaded(steps) for (steps,) in found if steps]
    return dict(_sum(known).most_common()), len(known)


def _sum(steps: Iterable[Mapping[str, float]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for one in steps:
        total.update(one)
    return total


def _loaded(steps: str | None) -> dict[str, float]:
    try:
        found = json.loads(steps or "{}")
    except ValueError:  # somebody's own hand
        return {}
    return found if isinstance(found, dict) else {}
