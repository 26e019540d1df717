"""What was done to each file: a row in ``ledger.sqlite``, so that a stopped batch goes on where it was.

Format (``user_version`` 2): table ``files``, one row for each results' folder.

    output      folder below the output folder, the key
    input       absolute path of the file it was made of
    sha256      of that file
    config      hash of the settings and versions that can change what comes out
    status      running, ok, failed, interrupted
    grade       good, review or poor, when ok
    reason      why it failed, in words
    words, words_changed, words_to_review
    triage      JSON, what the summary tells of the document (:func:`restore.review.triage.record`); since version 2
    started, finished   UTC, ISO 8601
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from restore.errors import OutputError, readable

LEDGER_FILE = "ledger.sqlite"
LEDGER_VERSION = 2
LOCK_TIMEOUT = 30.0  # seconds; another run on the same folder holds the lock for one row at a time

_CREATE = """
CREATE TABLE IF NOT EXISTS files (
    output TEXT PRIMARY KEY, input TEXT NOT NULL, sha256 TEXT NOT NULL, config TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('running', 'ok', 'failed', 'interrupted')),
    grade TEXT, reason TEXT, words INTEGER, words_changed INTEGER, words_to_review INTEGER, triage TEXT,
    started TEXT NOT NULL, finished TEXT
) WITHOUT ROWID
"""


# What SQLite says where a folder or a disk refuses: the ledger itself may be sound.
_REFUSED = frozenset({
    sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR,
})  # fmt: skip


class Row(NamedTuple):
    """One file of the ledger; the module's docstring says what each column holds."""

    output: str
    input: str
    sha256: str
    config: str
    status: str
    grade: str | None = None
    reason: str | None = None
    words: int | None = None
    words_changed: int | None = None
    words_to_review: int | None = None
    triage: str | None = None
    started: str = ""
    finished: str | None = None


class Ledger:
    """The ledger of one output folder. Only the process that runs the batch writes to it."""

    def __init__(self, out: Path) -> None:
        """Open the ledger of ``out``, or begin one.

        Raises:
            OutputError: it cannot be opened, is no ledger, or was made by a newer version.
        """
        self._path = out / LEDGER_FILE
        try:
            self._connection = sqlite3.connect(self._path, timeout=LOCK_TIMEOUT, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode = WAL")
            (version,) = self._connection.execute("PRAGMA user_version").fetchone()
            if not 0 <= version <= LEDGER_VERSION:
                raise OutputError("ledger-unusable", path=self._path, reason=f"version {version}")
            self._bring_up_to_date(version)
        except sqlite3.Error as error:
            raise _unusable(self._path, error) from error

    def _bring_up_to_date(self, version: int) -> None:
        if version == LEDGER_VERSION:
            return
        self._connection.execute("BEGIN IMMEDIATE")  # two runs may find the same old ledger
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        if version == 1:
            self._connection.execute("ALTER TABLE files ADD COLUMN triage TEXT")
        self._connection.execute(_CREATE)
        self._connection.execute(f"PRAGMA user_version = {LEDGER_VERSION}")
        self._connection.execute("COMMIT")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """What is still marked as running was not finished. A killed run leaves it so, to the same effect."""
        self._connection.execute("UPDATE files SET status = 'interrupted' WHERE status = 'running'")
        self._connection.close()

    def row(self, output: str) -> Row | None:
        """What is known of one results' folder."""
        found = self._connection.execute(
            f"SELECT {', '.join(Row._fields)} FROM files WHERE output = ?", (output,)
        ).fetchone()
        return Row(*found) if found else None

    def begin(self, output: str, *, path: Path, sha256: str, config: str) -> None:
        """Note that work on a file begins."""
        row = Row(output, readable(path.absolute()), sha256, config, "running", started=_now())
        self._connection.execute(
            f"INSERT OR REPLACE INTO files ({', '.join(Row._fields)}) VALUES ({', '.join('?' * len(row))})",
            row,
        )

    def finish(self, output: str, **columns: str | int | None) -> None:
        """Note what came of a file: ``status`` and whatever else is known."""
        _update(self._connection, output, {**columns, "finished": _now()})


def ledger_rows(out: Path) -> tuple[Row, ...]:
    """What the ledger knows of every results' folder, by name; a batch may be at work on it meanwhile.

    Raises:
        OutputError: there is no ledger, or none of this program.
    """
    return tuple(_rows(out, "ORDER BY output"))


def ledger_row(out: Path, output: str) -> Row | None:
    """What the ledger knows of one results' folder; a batch may be at work on it meanwhile.

    Raises:
        OutputError: there is no ledger, or none of this program.
    """
    return next(iter(_rows(out, "WHERE output = ?", output)), None)


def _rows(out: Path, which: str, *values: str) -> list[Row]:
    path = out / LEDGER_FILE
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", timeout=LOCK_TIMEOUT, uri=True)
        ) as reader:
            there = {name for _, name, *_ in reader.execute("PRAGMA table_info(files)")}
            columns = [name if name in there else f"NULL AS {name}" for name in Row._fields]  # older versions
            found = reader.execute(f"SELECT {', '.join(columns)} FROM files {which}", values).fetchall()
    except sqlite3.Error as error:
        raise _unusable(path, error) from error
    return [Row(*row) for row in found]


def remember(out: Path, output: str, **columns: str | int | None) -> None:
    """Keep what is now known of a document that is finished; a batch may be at work on the ledger meanwhile.

    Raises:
        OutputError: there is no ledger of this version, or it cannot be written.
    """
    path = out / LEDGER_FILE
    address = f"{path.absolute().as_uri()}?mode=rw"
    try:
        with closing(
            sqlite3.connect(address, timeout=LOCK_TIMEOUT, isolation_level=None, uri=True)
        ) as writer:
            _update(writer, output, columns)
    except sqlite3.Error as error:
        raise _unusable(path, error) from error


def _update(connection: sqlite3.Connection, output: str, columns: Mapping[str, str | int | None]) -> None:
    assignments = ", ".join(f"{name} = :{name}" for name in columns)
    connection.execute(
        f"UPDATE files SET {assignments} WHERE output = :output", {**columns, "output": output}
    )


def file_sha256(path: Path) -> str:
    """The sha256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def config_hash(settings: Mapping[str, str], versions: Mapping[str, str]) -> str:
    """One hash of everything but the file itself that can change what comes out.

    >>> config_hash({"mode": "auto"}, {"restore": "1"}) == config_hash({"mode": "keep"}, {"restore": "1"})
    False
    """
    content = json.dumps([dict(settings), dict(versions)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def _unusable(path: Path, error: sqlite3.Error) -> OutputError:
    """The error of a ledger that is none, or of one that cannot be reached: that one had better not be deleted."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # the primary one
    return OutputError("ledger-refused" if code in _REFUSED else "ledger-unusable", path=path, reason=error)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
