"""Bringing the index up to date with the files: what changed is read again, what is gone is dropped.

Whether a document changed is asked of the sizes and times of its two files; where those differ, of what they hold.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from restore.documents import listed_documents, name_below, walk_documents
from restore.errors import InputError
from restore.language.vietnamese import nfc
from restore.output import DOCUMENT_FILE, RESTORED_FILE
from restore.search.card import Card, card_dict, columns, date_parts, first_day, read_card

BATCH = 500  # documents of one transaction: a few seconds, which another process waits
# A file written in the same instant as it is read may be written again without a new time; two seconds is the coarsest clock of
# a file system (FAT). The stamp of a file so young is marked, and next time its content is compared.
SETTLED = 2.0
_UNSETTLED = "?"

OnDone = Callable[[str, int], None]

# Ids: the days from the last one of the calendar backwards, so many documents a day, then those without a date.
_SLOTS = 1 << 12
_LAST_DAY = date.max.toordinal()
_UNDATED = (_LAST_DAY + 1) * _SLOTS


@dataclass(frozen=True, slots=True)
class Update:
    """What bringing the index up to date came to.

    Attributes:
        documents: that can be found now.
        indexed: of them, those that were read anew.
        removed: documents whose files are gone.
        unreadable: names of those whose ``document.json`` cannot be read; they are not found.
    """

    documents: int
    indexed: int
    removed: int
    unreadable: tuple[str, ...] = ()


class Entry(NamedTuple):
    """A document as it goes into the index.

    Attributes:
        path: its folder below that of the index.
        name: as the batch's summary has it.
        stamp: sizes and times of its files.
        digest: of what they hold.
        card: None where ``document.json`` cannot be read: it is remembered, and not found.
        text: NFC.
    """

    path: bytes
    name: str
    stamp: str
    digest: bytes
    card: Card | None
    text: str


def bring_up_to_date(
    connection: sqlite3.Connection,
    out: Path,
    on_done: OnDone | None = None,
    *,
    only: Collection[str] | None = None,
    mark: str | None = None,
) -> Update:
    """Index what is new or changed below ``out``, and drop what is gone.

    Documents go in by batches, each in one transaction: another process sees all of a document or nothing, and what was done
    when this one is stopped needs not be done again.

    Args:
        connection: to an index that has its tables.
        out: the folder of the documents.
        on_done: called for each document that was read, with its name and how many there are to read.
        only: the folders to look at, below ``out``; by default all that there are.
        mark: kept once all is done, see :func:`mark_of`; by default the last one stays, which is still true.
    """
    # Before the files: what is missing there is gone.
    known = _known(connection, only)
    found = _stamps(out, only)
    changed = sorted(path for path, stamp in found.items() if known.get(path) != stamp)
    indexed = 0
    terms: set[str] = set()  # that this run has put there
    for start in range(0, len(changed), BATCH):
        entries = list(_read_all(out, changed[start : start + BATCH]))
        indexed += enter(connection, entries, terms)
        for entry in entries:
            if on_done:
                on_done(entry.name, len(changed))
    gone = known.keys() - found.keys()
    removed = 0
    if gone:
        with _transaction(connection):
            removed = sum(_drop(connection, path) for path in gone)
    if mark not in (None, mark_of(connection)):
        connection.execute("UPDATE counts SET mark = ?", (mark,))
    unreadable = connection.execute("SELECT name FROM files WHERE id IS NULL ORDER BY name")
    documents_now = count_of(connection)
    return Update(documents_now, indexed, removed, tuple(name for (name,) in unreadable))


def enter(connection: sqlite3.Connection, entries: Iterable[Entry], terms: set[str]) -> int:
    """Put documents into the index in one transaction, in the place of what was there of them.

    Args:
        connection: to an index that has its tables.
        entries: the documents.
        terms: the words that this run has put there before; those of these documents are added.

    Returns:
        how many can be found that were not there as they are now.
    """
    new: set[str] = set()
    with _transaction(connection):
        indexed = sum(_enter(connection, entry, new) for entry in entries)
        connection.executemany(
            "INSERT OR IGNORE INTO terms VALUES (?)", zip(sorted(new - terms), strict=True)
        )
    terms |= new
    return indexed


def mark_of(connection: sqlite3.Connection) -> str:
    """What the last one who brought the index up to date has kept: where it was in the history of the batch."""
    (mark,) = connection.execute("SELECT mark FROM counts").fetchone()
    return str(mark)


def count_of(connection: sqlite3.Connection) -> int:
    """How many documents can be found."""
    (documents,) = connection.execute("SELECT documents FROM counts").fetchone()
    return int(documents)


def _known(connection: sqlite3.Connection, only: Collection[str] | None) -> dict[bytes, str]:
    """The stamps that the index has of folders."""
    if only is None:
        return dict(connection.execute("SELECT path, stamp FROM files"))
    found = (
        connection.execute("SELECT path, stamp FROM files WHERE path = ?", (os.fsencode(folder),)).fetchone()
        for folder in only
    )
    return dict(filter(None, found))


def _stamps(out: Path, only: Collection[str] | None) -> dict[bytes, str]:
    """The folder of every document below ``out`` with the sizes and times of its files."""
    found: dict[bytes, str] = {}
    folders = walk_documents(str(out)) if only is None else listed_documents(str(out), only)
    for folder, entries in folders:
        with suppress(OSError):  # it vanished at this moment
            stamps = (
                _stamp(entries[name].stat()) for name in (DOCUMENT_FILE, RESTORED_FILE) if name in entries
            )
            found[os.fsencode(folder)] = " ".join(stamps)
    return found


def _stamp(status: os.stat_result) -> str:
    return f"{status.st_size}:{status.st_mtime_ns}"


def _read_all(out: Path, paths: Iterable[bytes]) -> Iterator[Entry]:
    """The documents of some folders; one that vanishes meanwhile is passed over, the next update drops it."""
    for path in paths:
        folder = out / os.fsdecode(path)
        try:
            yield _read(folder, path, name_below(out, os.fsdecode(path)))
        except OSError:
            continue


def _read(folder: Path, path: bytes, name: str) -> Entry:
    begin = time.time()
    stamps: list[str] = []
    contents: list[bytes] = []
    for file in (folder / DOCUMENT_FILE, folder / RESTORED_FILE):
        if file.name == RESTORED_FILE and not file.is_file():
            break
        status = file.stat()  # before it is read: what is written in between has another time
        stamps.append(_stamp(status) + _UNSETTLED * (begin - status.st_mtime < SETTLED))
        contents.append(file.read_bytes())
    digest = hashlib.blake2b(b"\0".join(hashlib.sha256(part).digest() for part in contents), digest_size=16)
    try:
        card = read_card(contents[0], folder / DOCUMENT_FILE)
    except InputError:
        card = None
    text = nfc(contents[1].decode("utf-8", "replace")) if len(contents) > 1 else ""
    return Entry(path, name, " ".join(stamps), digest.digest(), card, text)


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with suppress(sqlite3.Error):  # the one that matters is on its way
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _enter(connection: sqlite3.Connection, entry: Entry, terms: set[str]) -> bool:
    """Put a document into the index, in the place of what was there of it; False where nothing changed.

    Its words are added to ``terms``.
    """
    row = connection.execute("SELECT digest, id FROM files WHERE path = ?", (entry.path,)).fetchone()
    digest, known = row or (None, None)
    if digest == entry.digest:
        connection.execute("UPDATE files SET stamp = ? WHERE path = ?", (entry.stamp, entry.path))
        return False
    if known is not None:
        _forget(connection, known)
    number = _insert(connection, entry.name, entry.card, entry.text, terms) if entry.card else None
    connection.execute(
        "INSERT OR REPLACE INTO files (path, stamp, digest, id, name) VALUES (?, ?, ?, ?, ?)",
        (entry.path, entry.stamp, entry.digest, number, entry.name),
    )
    return number is not None


def _drop(connection: sqlite3.Connection, path: bytes) -> bool:
    """Take the document of a folder out of the index; False where another process has done so."""
    row = connection.execute("SELECT id FROM files WHERE path = ?", (path,)).fetchone()
    if row is None:
        return False
    connection.execute("DELETE FROM files WHERE path = ?", (path,))
    if row[0] is None:
        return False
    _forget(connection, row[0])
    return True


_COLUMNS = "rowid, number, subject, issuer, body, facts"
_HEAD = "rowid, number, subject, issuer, facts"


def _insert(connection: sqlite3.Connection, name: str, card: Card, text: str, terms: set[str]) -> int:
    """Add a document and return its id."""
    number = _free_id(connection, card.issued_date)
    content = columns(card, text)
    as_json = json.dumps(card_dict(card), ensure_ascii=False)
    connection.execute("INSERT INTO documents VALUES (?, ?, ?)", (number, name, as_json))
    connection.execute("INSERT INTO texts VALUES (?, ?)", (number, zlib.compress(text.encode())))
    connection.execute(f"INSERT INTO words ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", (number, *content))
    connection.execute(f"INSERT INTO heads ({_HEAD}) VALUES (?, ?, ?, ?, ?)", (number, *_head(content)))
    connection.execute("UPDATE counts SET documents = documents + 1")
    for column in content:
        terms.update(column.split())
    return number


def card_and_text(connection: sqlite3.Connection, number: int) -> tuple[Card, str]:
    """The card and the text of a document, by its id.

    Raises:
        sqlite3.DatabaseError: it has none: the index is damaged.
    """
    row = connection.execute(
        "SELECT card, text FROM documents JOIN texts USING (id) WHERE id = ?", (number,)
    ).fetchone()
    if row is None:
        raise sqlite3.DatabaseError(f"document {number} is missing")
    return Card(**json.loads(row[0])), zlib.decompress(row[1]).decode()


def _forget(connection: sqlite3.Connection, number: int) -> None:
    """Take a document out. FTS5 keeps no content here and has to be told again what it was given."""
    content = columns(*card_and_text(connection, number))
    connection.execute(
        f"INSERT INTO words (words, {_COLUMNS}) VALUES ('delete', ?, ?, ?, ?, ?, ?)", (number, *content)
    )
    connection.execute(
        f"INSERT INTO heads (heads, {_HEAD}) VALUES ('delete', ?, ?, ?, ?, ?)", (number, *_head(content))
    )
    connection.execute("UPDATE counts SET documents = documents - 1")
    connection.execute("DELETE FROM documents WHERE id = ?", (number,))
    connection.execute("DELETE FROM texts WHERE id = ?", (number,))


def _head(content: tuple[str, str, str, str, str]) -> tuple[str, str, str, str]:
    """What the table of heads holds of a document: all but its body."""
    number, subject, issuer, _, facts = content
    return number, subject, issuer, facts


def _free_id(connection: sqlite3.Connection, issued: str | None) -> int:
    """An id that no document has: the younger the document, the smaller. A day that is full goes on among those without date."""
    parts = date_parts(issued)
    day = first_day(parts) if parts else None
    for base, end in (
        (_day_base(day), _day_base(day) + _SLOTS) if day else (_UNDATED, 1 << 62),
        (_UNDATED, 1 << 62),
    ):
        (last,) = connection.execute(
            "SELECT max(id) FROM documents WHERE id >= ? AND id < ?", (base, end)
        ).fetchone()
        number: int = base if last is None else last + 1
        if number < end:
            return number
    raise AssertionError("the ids have run out")


def _day_base(day: date) -> int:
    return (_LAST_DAY - day.toordinal()) * _SLOTS
