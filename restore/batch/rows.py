"""What the ledger tells who reads it: its rows; a batch may be at work on it meanwhile."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from restore.batch.ledger_schema import LEDGER_VERSION, OF_OLDER_VERSION, newer, teach
from restore.errors import OutputError

LEDGER_FILE = "ledger.sqlite"
LOCK_TIMEOUT = 30.0  # seconds; who writes holds the lock for one row at a time

Status = Literal["pending", "started", "success", "partial", "failed", "skipped"]
STATUSES: tuple[Status, ...] = get_args(Status)
DONE: frozenset[Status] = frozenset({"success", "partial"})  # there are results

# What SQLite says where a folder or a disk refuses: the ledger itself may be sound.
_REFUSED = frozenset({
    sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_BUSY,
})  # fmt: skip


class Row(NamedTuple):
    """One document of the ledger; the module's docstring says what each column holds."""

    output: str
    input: str
    stamp: str
    sha256: str
    config: str
    status: Status
    attempts: int = 0
    problem: str | None = None
    cause: str | None = None
    reason: str | None = None
    page_count: int | None = None
    grade: str | None = None
    words: int | None = None
    words_changed: int | None = None
    words_to_review: int | None = None
    triage: str | None = None
    seconds: float | None = None
    steps: str | None = None
    worker: str | None = None
    started: int | None = None
    finished: int | None = None


class PageRow(NamedTuple):
    """One page of the ledger."""

    number: int
    key: str
    status: Status
    attempts: int = 0
    problem: str | None = None
    cause: str | None = None
    reason: str | None = None
    seconds: float | None = None
    steps: str | None = None
    worker: str | None = None
    finished: int | None = None


_BLOBS = {"sha256": "lower(hex(sha256))", "key": "lower(hex(key))"}
_CONFIG = "(SELECT lower(hex(hash)) FROM configs WHERE configs.id = config)"


def _selected(fields: tuple[str, ...]) -> str:
    named = _BLOBS | {"config": _CONFIG}
    return ", ".join(f"coalesce({named[name]}, '') AS {name}" if name in named else name for name in fields)


ROW_COLUMNS = _selected(Row._fields)
PAGE_COLUMNS = _selected(PageRow._fields)


@contextmanager
def reading(out: Path) -> Iterator[sqlite3.Connection]:
    """A connection that only reads the ledger of ``out``; a batch may be at work on it meanwhile.

    Of an older version's ledger, ``documents`` is a view of what it knew; ``pages`` and ``runs`` are empty.

    Raises:
        OutputError: there is no ledger, or none of this program.
    """
    path = out / LEDGER_FILE
    try:
        with closing(_reader(path)) as reader:
            (version,) = reader.execute("PRAGMA user_version").fetchone()
            if version > LEDGER_VERSION:
                raise newer(path, version)
            if version < 1:
                raise OutputError("ledger-unusable", path=path, reason=f"version {version}")
            teach(reader)
            if version in OF_OLDER_VERSION:
                reader.execute("PRAGMA query_only = OFF")  # views are temporary, but count as written
                for statement in OF_OLDER_VERSION[version]:
                    reader.execute(statement)
                reader.execute("PRAGMA query_only = ON")
            yield reader
    except sqlite3.Error as error:
        raise unusable(path, error) from error


def _reader(path: Path) -> sqlite3.Connection:
    """A connection that writes nothing. Where it may, it clears the log away when it is the last one to leave.

    In a folder that nobody can write to, SQLite reads a ledger in WAL mode only as one that never changes; without a log
    beside it, it does not.
    """
    address = path.absolute().as_uri()
    fixed = not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists()
    for mode in ("rw", "ro&immutable=1" if fixed else "ro"):
        try:
            reader = sqlite3.connect(
                f"{address}?mode={mode}", timeout=LOCK_TIMEOUT, isolation_level=None, uri=True
            )
            reader.execute("PRAGMA query_only = ON")
            reader.execute("PRAGMA user_version").fetchone()
        except sqlite3.OperationalError:
            if mode != "rw":
                raise
        else:
            return reader
    raise AssertionError


def ledger_rows(out: Path) -> tuple[Row, ...]:
    """What the ledger knows of every results' folder, by name; a batch may be at work on it meanwhile.

    Raises:
        OutputError: there is no ledger, or none of this program.
    """
    with reading(out) as reader:
        return tuple(
            Row(*row) for row in reader.execute(f"SELECT {ROW_COLUMNS} FROM documents ORDER BY output")
        )


# Of the columns of a row, those that tell what came of its document.
IS_FINISHED = "status IN ('success', 'partial', 'failed')"  # of documents, in SQL
_OUTCOME = (
    "output, input, '', '', '', status, 0, problem, cause, reason, page_count, grade, words, words_changed, "
    "words_to_review, triage"
)


def finished_rows(out: Path) -> Iterator[Row]:
    """What came of every document that was restored or failed, by name; read as they are asked for.

    Hashes, stamps and what the work took are left out.

    Raises:
        OutputError: there is no ledger, or none of this program.
    """
    with reading(out) as reader:
        for row in reader.execute(f"SELECT {_OUTCOME} FROM documents WHERE {IS_FINISHED} ORDER BY output"):
            yield Row(*row)


def finished_of(out: Path, outputs: Sequence[str]) -> Iterator[Row]:
    """The same of some results' folders, in any order; those that are not finished are left out.

    Raises:
        OutputError: there is no ledger, or none of this program.
    """
    wanted = f"SELECT {_OUTCOME} FROM documents WHERE {IS_FINISHED} AND output = ?"
    with reading(out) as reader:
        for output in outputs:
            yield from (Row(*row) for row in reader.execute(wanted, (output,)))


def ledger_row(out: Path, output: str) -> Row | None:
    """What the ledger knows of one results' folder.

    Raises:
        OutputError: there is no ledger, or none of this program.
    """
    with reading(out) as reader:
        found = reader.execute(f"SELECT {ROW_COLUMNS} FROM documents WHERE output = ?", (output,)).fetchone()
    return Row(*found) if found else None


def has_documents_in(out: Path, folder: str) -> bool:
    """Whether the ledger knows of documents in a folder below the output folder.

    Raises:
        OutputError: there is no ledger, or none of this program.
    """
    with reading(out) as reader:
        # "0" comes after "/": what begins with the folder's name and a slash, by the index of the names.
        found = reader.execute(
            "SELECT 1 FROM documents WHERE output > ? AND output < ? LIMIT 1", (f"{folder}/", f"{folder}0")
        )
        return found.fetchone() is not None


def unusable(path: Path, error: sqlite3.Error) -> OutputError:
    """The error of a ledger that is none, or of one that cannot be reached: that one had better not be deleted."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # the primary one
    if code == sqlite3.SQLITE_FULL:
        return OutputError("disk-full", path=path)
    return OutputError("ledger-refused" if code in _REFUSED else "ledger-unusable", path=path, reason=error)
