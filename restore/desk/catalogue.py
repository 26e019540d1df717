"""The documents of a batch in the order in which they need a person, a page at a time; SQLite ranks them.

A batch may have a million documents: they are ranked once, in a table that lies on the disk and is deleted with the desk, and
what a page shows of each is asked of the ledger when it is shown. The order stays as it was when the desk was opened, so that
"the next document" is the same whoever has decided what meanwhile.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from restore.batch.rows import IS_FINISHED, reading
from restore.batch.summary import known_lines
from restore.desk.written import lies_in
from restore.errors import InputError
from restore.language.vietnamese import nfc
from restore.messages import Language
from restore.review.triage import A_FAILED_FILE, A_WORD, OPENING, REASONS, STATES, TYPING_A_WORD, Triage
from restore.search.words import plain

Sort = Literal["need", "name", "left", "confidence"]
SORTS: tuple[Sort, ...] = get_args(Sort)
_PIECE = 1000  # names of one look into the table
_FIGURES_RE = re.compile(r"\d+")

_ORDERS: Mapping[Sort, str] = {
    "need": "rank",
    "name": "by_figures(name), rank",
    "left": "to_review DESC, rank",
    "confidence": "confidence, rank",
}

_WEIGHTS = " ".join(
    f"WHEN '{code}' THEN value * {seconds}" for code, (_, seconds) in REASONS.items() if code != "words"
)
# As Triage.need_seconds has it; that rounds halves to the even figure.
_SECONDS = f"""
CASE key WHEN 'words' THEN min(value * {A_WORD}, max(coalesce(words, 0), value) * {TYPING_A_WORD}) {_WEIGHTS} ELSE 0 END
"""
_RANKED = f"""
WITH finished AS (
    SELECT *, CASE WHEN json_valid(triage) THEN triage ELSE json_object('reasons', CASE WHEN words_to_review
    THEN json_object('words', words_to_review) ELSE json_object() END) END AS kept
    FROM documents WHERE {IS_FINISHED}
), weighed AS (
    SELECT *, {OPENING} + (SELECT sum({_SECONDS}) FROM json_each(kept, '$.reasons')) AS wanted FROM finished
), needed AS (
    SELECT *, CASE WHEN status = 'failed' THEN {OPENING + A_FAILED_FILE} WHEN wanted IS NULL THEN 0
    WHEN wanted = CAST(wanted AS INTEGER) + 0.5 THEN CAST(wanted AS INTEGER) + CAST(wanted AS INTEGER) % 2
    ELSE CAST(round(wanted) AS INTEGER) END AS need FROM weighed
)
SELECT output, CASE status WHEN 'failed' THEN 'failed' ELSE coalesce(grade, 'review') END, need,
    coalesce(words_to_review, 0), coalesce(json_extract(kept, '$.decisions'), 0),
    coalesce(json_extract(kept, '$.mean_confidence'), 1)
FROM needed ORDER BY status <> 'failed', need DESC, output
"""
_ABOUT = """
SELECT output, coalesce(json_extract(kept, '$.doc_type'), '') || ' ' || coalesce(json_extract(kept, '$.number'), '') || ' ' ||
    coalesce(json_extract(kept, '$.issuer'), '') || ' ' || coalesce(json_extract(kept, '$.date'), '')
FROM (SELECT output, CASE WHEN json_valid(triage) THEN triage END AS kept FROM documents)
"""
# Nobody else sees the table, and nothing of it outlives the desk: no journal. 32 MB of it are held in memory at most.
_TABLE = """
PRAGMA journal_mode = OFF;
PRAGMA cache_size = -32768;
CREATE TABLE ranked (
    rank INTEGER PRIMARY KEY, name TEXT, state TEXT, need INTEGER, to_review INTEGER, decisions INTEGER, confidence REAL
)
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted of the list.

    Attributes:
        states: of the documents; all by default.
        words: all of which stand in their name, type, number, issuer or date, with or without marks; parts of words too.
        sort: their order.
        start: how many of them to pass over.
    """

    states: tuple[str, ...] = ()
    words: str = ""
    sort: Sort = "need"
    start: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list: its documents as they are now, and how many there are in all."""

    rows: tuple[Triage, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Of all documents: how many in each state, words to review, decisions, and the seconds that a person will need."""

    states: Mapping[str, int]
    to_review: int
    decisions: int
    need_seconds: int


class Catalogue:
    """The documents of one output folder, ranked when they are asked for first."""

    def __init__(self, out: Path) -> None:
        """Look whether there is any.

        Raises:
            InputError: there is no document.
            OutputError: there is no ledger, or it cannot be read.
        """
        self.out = out
        with reading(out) as ledger:
            if ledger.execute(f"SELECT 1 FROM documents WHERE {IS_FINISHED} LIMIT 1").fetchone() is None:
                raise InputError("no-batch", path=out)
        self._guard = threading.RLock()
        self._table: sqlite3.Connection | None = None
        self._searchable = False
        self._there: set[str] = set()

    def close(self) -> None:
        """Delete the table; nobody may ask any more."""
        with self._guard:
            if self._table is not None:
                self._table.close()

    def has(self, name: str) -> bool:
        """Whether there are results of that name, in this folder and no other."""
        if name not in self._there:
            with reading(self.out) as ledger:
                wanted = "SELECT 1 FROM documents WHERE output = ? AND status IN ('success', 'partial')"
                if _is_text(name) and ledger.execute(wanted, (name,)).fetchone():
                    self._there.add(name)
        return name in self._there and lies_in(self.out, name)

    def names(self) -> Iterator[str]:
        """The documents that have results, in their order."""
        rank = 0
        wanted = "SELECT rank, name FROM ranked WHERE rank > ? AND state <> 'failed' ORDER BY rank LIMIT ?"
        while True:
            with self._asking() as table:
                found = table.execute(wanted, (rank, _PIECE)).fetchall()
            yield from (name for _, name in found if lies_in(self.out, name))
            if len(found) < _PIECE:
                return
            rank = found[-1][0]

    def neighbours(self, name: str) -> tuple[str | None, str | None]:
        """The documents with results before and behind one; None at the ends, and where a document came in later."""
        with self._asking() as table:
            found = table.execute("SELECT rank FROM ranked WHERE name = ?", (name,)).fetchone()
            if found is None:
                return None, None
            both = (
                table.execute(
                    f"SELECT name FROM ranked WHERE state <> 'failed' AND rank {side} LIMIT 20", found
                )
                for side in ("< ? ORDER BY rank DESC", "> ? ORDER BY rank")
            )
            previous, following = (
                next((one for (one,) in side if lies_in(self.out, one)), None) for side in both
            )
        return previous, following

    def listed(self, asked: Asked, most: int, lang: Language | None = None) -> Listed:
        """The documents that somebody asks for, ``most`` of them; failures are told in a language."""
        wanted = [one for one in asked.states if one in STATES]
        parts = folded(asked.words).split()
        where = ["true"]
        if wanted:
            where.append(f"state IN ({', '.join('?' * len(wanted))})")
        where += ["instr(text, ?)"] * len(parts)
        source = f"ranked {'JOIN texts USING (rank)' if parts else ''} WHERE {' AND '.join(where)}"
        with self._asking() as table:
            if parts:
                self._make_searchable(table)
            (count,) = table.execute(f"SELECT count(*) FROM {source}", (*wanted, *parts)).fetchone()
            page = f"SELECT name FROM {source} ORDER BY {_ORDERS[asked.sort]} LIMIT ? OFFSET ?"
            names = [name for (name,) in table.execute(page, (*wanted, *parts, most, asked.start))]
        lines = {line.name: line for line in known_lines(self.out, names, lang)}
        return Listed(
            tuple(lines[name] for name in names if name in lines and lies_in(self.out, name)), count
        )

    def figures(self) -> Figures:
        """The sums of all documents."""
        wanted = (
            "SELECT state, count(*), sum(to_review), sum(decisions), sum(need) FROM ranked GROUP BY state"
        )
        with self._asking() as table:
            found = table.execute(wanted).fetchall()
        sums = (sum(row[at] for row in found) for at in (2, 3, 4))
        return Figures({row[0]: row[1] for row in found}, *sums)

    def note(self, row: Triage) -> None:
        """Take note of what has become of a document; its place in the order stays."""
        with self._asking() as table:
            table.execute(
                "UPDATE ranked SET state = ?, need = ?, to_review = ?, decisions = ?, confidence = ? WHERE name = ?",
                (
                    row.state,
                    row.need_seconds,
                    row.words_to_review,
                    row.decisions,
                    row.mean_confidence,
                    row.name,
                ),
            )

    @contextmanager
    def _asking(self) -> Iterator[sqlite3.Connection]:
        """The table, made when it is asked for first; one asks at a time."""
        with self._guard:
            if self._table is None:
                # Without a name it is a file of its own that nobody sees, and is gone when it is closed.
                table = sqlite3.connect("", check_same_thread=False, isolation_level=None)
                table.create_function("by_figures", 1, _by_figures, deterministic=True)
                table.executescript(_TABLE)
                with reading(self.out) as ledger:
                    _copy(ranking(ledger), table, f"INSERT INTO ranked VALUES (NULL{', ?' * 6})")
                table.execute("CREATE INDEX ranked_by_name ON ranked (name)")
                self._table = table
            yield self._table

    def _make_searchable(self, table: sqlite3.Connection) -> None:
        """What is searched for words takes longer to make than the order: it is made when somebody searches first."""
        if self._searchable:
            return
        table.execute("CREATE TABLE texts (rank INTEGER PRIMARY KEY, text TEXT)")
        table.create_function("folded", 1, folded, deterministic=True)
        insert = "INSERT INTO texts SELECT rank, folded(name || ' ' || ?2) FROM ranked WHERE name = ?1"
        with reading(self.out) as ledger:
            _copy(ledger.execute(_ABOUT), table, insert)
        self._searchable = True


def ranking(ledger: sqlite3.Connection) -> Iterator[tuple[str, str, int, int, int, float]]:
    """All documents of a ledger that were restored or failed, what needs a person most first, as the summary ranks them.

    Returns:
        name, state, seconds that a person will need, words to review, decisions, and the mean confidence, 0 to 1.
    """
    return ledger.execute(_RANKED)


def _copy(found: Iterable[tuple[object, ...]], table: sqlite3.Connection, insert: str) -> None:
    table.execute("BEGIN")
    table.executemany(insert, found)
    table.execute("COMMIT")


def folded(text: str) -> str:
    """A text as it is compared with words that somebody typed: small letters without marks.

    >>> folded("Đề án Số 5")
    'de an so 5'
    """
    return plain(nfc(text))


def _by_figures(name: str) -> str:
    """What names are sorted by: "page 10" stands behind "page 9"."""
    return _FIGURES_RE.sub(lambda figures: figures[0].zfill(12), folded(name))


def _is_text(name: str) -> bool:
    """Whether a name can be one of the ledger's: half a character cannot."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in name
