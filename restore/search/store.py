"""The file that holds the index: its tables, and what is done when it cannot be used.

Format (``user_version`` :data:`VERSION` and that of the Unicode tables, which decide what a letter is):

    files      a row a results' folder: path below the batch's folder, as bytes; stamp (size and time of its two files);
               digest of what they hold; id of its document, null where document.json cannot be read; its name
    documents  id, name, card as JSON
    texts      id, restored.txt as UTF-8, compressed
    words      FTS5 without content: number, subject, issuer, body, facts; what stands in it is told in words.py and card.py
    heads      FTS5 without content: the same without the body, so that what is asked of heads reads no bodies
    terms      every word that ever stood in ``words``
    counts     one row: how many documents there are, and where in the history of the batch the index was brought up to date

A document's id tells when it was issued: FTS5 gives its rows in the order of their ids, so that the newest come first and a
search may stop early.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal, TypeVar

from restore.errors import OutputError

SEARCH_FILE = "search.sqlite"
FORMAT = 2
VERSION = FORMAT * 10_000 + sum(
    int(part) * weight for part, weight in zip(unicodedata.unidata_version.split("."), (100, 1), strict=False)
)
_LONGEST_WAIT = 60.0  # seconds for another process that writes; it commits every few seconds
_MAPPED = 1 << 30  # bytes of the file that are read as memory

_TABLES = ("files", "documents", "texts", "words", "heads", "terms", "counts")
_CREATE = """
CREATE TABLE files (path BLOB PRIMARY KEY, stamp TEXT NOT NULL, digest BLOB NOT NULL, id INTEGER, name TEXT NOT NULL)
    WITHOUT ROWID;
CREATE INDEX files_id ON files (id);
CREATE TABLE documents (id INTEGER PRIMARY KEY, name TEXT NOT NULL, card TEXT NOT NULL);
CREATE INDEX documents_name ON documents (name);
CREATE TABLE texts (id INTEGER PRIMARY KEY, text BLOB NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(
    number, subject, issuer, body, facts, content = '', tokenize = "ascii tokenchars '_='"
);
CREATE VIRTUAL TABLE heads USING fts5(
    number, subject, issuer, facts, content = '', tokenize = "ascii tokenchars '_='"
);
CREATE TABLE terms (term TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE counts (documents INTEGER NOT NULL, mark TEXT NOT NULL);
INSERT INTO counts VALUES (0, '');
"""
# Not the file's fault, so that it would be no better if it were built anew.
_PASSING = {
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}

_T = TypeVar("_T")
State = Literal["ready", "new", "old"]


@contextmanager
def connected(out: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the index of a folder, whatever state it is in."""
    connection = sqlite3.connect(out / SEARCH_FILE, timeout=_LONGEST_WAIT, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(
            "PRAGMA synchronous = NORMAL"
        )  # after a power cut the index may be older, never broken
        connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
        yield connection
    finally:
        connection.close()


def state(connection: sqlite3.Connection) -> State:
    """Whether the index can be used as it is, is empty, or was made by another version or broken off."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if version == VERSION and names >= set(_TABLES):
        with suppress(sqlite3.OperationalError):  # a shadow table of FTS5 may be missing
            connection.execute("SELECT rowid FROM words LIMIT 1")
            return "ready"
    return "old" if names or version else "new"


def prepare(connection: sqlite3.Connection) -> None:
    """Make the tables, after dropping those of another version."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        now = state(connection)  # another process may have been faster
        if now == "old":
            for name in _TABLES:
                connection.execute(f"DROP TABLE IF EXISTS {name}")
        if now != "ready":
            for statement in _CREATE.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def mended(out: Path, work: Callable[[sqlite3.Connection], _T]) -> _T:
    """Do some work on the index; where that shows it to be damaged, once more on a new one.

    Args:
        out: the folder of the index.
        work: called with a connection to an index that has its tables.

    Raises:
        OutputError: the index cannot be read or written.
    """
    for is_last in (False, True):
        identity = _identity(out)
        try:
            with connected(out) as connection:
                if state(connection) != "ready":
                    prepare(connection)
                return work(connection)
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
            if is_last or code in _PASSING:
                raise OutputError("search-index-unusable", path=out / SEARCH_FILE, reason=error) from error
            _discard(out, identity)
    raise AssertionError("the second turn returns or raises")


def _identity(out: Path) -> tuple[int, int] | None:
    with suppress(OSError):
        found = (out / SEARCH_FILE).stat()
        return found.st_dev, found.st_ino
    return None


def _discard(out: Path, identity: tuple[int, int] | None) -> None:
    """Delete the index, unless another process has already put a new one in its place."""
    try:
        folder = os.open(out, os.O_RDONLY)
    except OSError as error:
        raise OutputError("search-index-unusable", path=out, reason=error.strerror or error) from error
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        if _identity(out) == identity:
            for suffix in ("", "-wal", "-shm"):
                (out / f"{SEARCH_FILE}{suffix}").unlink(missing_ok=True)
    except OSError as error:
        raise OutputError("search-index-unusable", path=out, reason=error.strerror or error) from error
    finally:
        os.close(folder)
