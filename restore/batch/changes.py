"""What has changed in a batch since somebody looked last, asked of the ledger: a million folders need not be looked at for that."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from restore.batch.rows import LEDGER_FILE, reading
from restore.errors import OutputError

# To look at so many folders takes half a second, and finds also what somebody has put there by hand.
LOOKED_AT = 20_000


@dataclass(frozen=True, slots=True)
class Changes:
    """Which documents have changed.

    Attributes:
        mark: how far the history of the ledger goes now; empty where there is none.
        outputs: the results' folders that have changed; None where nobody knows, so that all are to be looked at.
    """

    mark: str = ""
    outputs: tuple[str, ...] | None = None


def changes_since(out: Path, mark: str) -> Changes:
    """The documents that a run or a reviewer has changed since a mark, each once.

    Args:
        out: the output folder.
        mark: of an earlier answer; empty for the first time.
    """
    if not (out / LEDGER_FILE).is_file():
        return Changes()
    try:
        with reading(out) as reader:
            reader.execute("BEGIN")  # all that is read is of one moment
            return _changes(reader, mark)
    except OutputError:  # whoever needs the ledger says what is wrong with it
        return Changes()


def to_look_at(out: Path, documents: int, mark: str) -> Changes:
    """The documents that an index of so many had better look at: of a small batch all, of a large one what has changed.

    Args:
        out: the output folder.
        documents: that the index has.
        mark: how far the history went when the index was brought up to date last.
    """
    changes = changes_since(out, mark)
    return Changes(changes.mark) if documents <= LOOKED_AT else changes


def _changes(reader: sqlite3.Connection, mark: str) -> Changes:
    known = "SELECT count(*) FROM sqlite_schema WHERE name = 'changes'"
    if not reader.execute(known).fetchone()[0]:  # of an older version
        return Changes()
    (ledger,) = reader.execute("SELECT value FROM meta WHERE name = 'ledger'").fetchone()
    (last,) = reader.execute("SELECT coalesce(max(id), 0) FROM changes").fetchone()
    now = f"{ledger}:{last}"
    whose, _, since = mark.rpartition(":")
    if whose != ledger or int(since) > last:  # another ledger, or an older copy of this one
        return Changes(now)
    found = reader.execute(
        "SELECT output FROM changes JOIN documents ON documents.id = changes.document WHERE changes.id > ? ORDER BY changes.id",
        (int(since),),
    )
    return Changes(now, tuple(output for (output,) in found))
