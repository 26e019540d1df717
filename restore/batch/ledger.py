"""What was done to each file and page: ``ledger.sqlite``, so that a batch goes on after anything that may happen to it.

Format (``user_version`` 3), in WAL mode; times are milliseconds since 1970 in UTC and are only shown, never computed with:

    documents    one row a results' folder: ``output`` names it below the output folder, ``input`` is the absolute path of the
                 file, ``stamp`` its size, times and number when it was read, ``sha256`` its content, ``config`` the settings
                 and versions; status, attempts, problem (the error, JSON), cause (its key) and reason (in words); page_count,
                 grade, words, words_changed, words_to_review, triage (JSON, for the summary); seconds and steps (JSON) of
                 work, worker, started, finished; ``synced``: known to be on the disk
    pages        one row a page that was begun: likewise, ``key`` is what its record depends on
    configs      settings and versions by their hash
    runs         one row a run: host, pid, boot, began, ended, documents and pages done, seconds (on a clock that never jumps)
    meta         ``running``: the boot in which a run has begun that did not end; ``ledger``: what tells it from others;
                 ``summary``: what the summaries were made of
    changes      one row a document whose results or triage somebody has written, the last change of each, in their order;
                 kept by triggers

Statuses: pending, started, success, partial (some of its pages failed), failed, skipped (no file to restore, or none of the wanted
pages in it).
Only the process that runs the batch writes here, and the review page a document's triage.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from restore.batch.ledger_schema import bring_up_to_date
from restore.batch.machine import boot_id, host, pid, written_through
from restore.batch.problems import problem_of, problem_text
from restore.batch.rows import DONE as DONE
from restore.batch.rows import LEDGER_FILE as LEDGER_FILE
from restore.batch.rows import LOCK_TIMEOUT, PAGE_COLUMNS, ROW_COLUMNS, unusable
from restore.batch.rows import PageRow as PageRow
from restore.batch.rows import Row as Row
from restore.batch.rows import Status as Status
from restore.batch.rows import ledger_row as ledger_row
from restore.batch.rows import ledger_rows as ledger_rows
from restore.batch.rows import reading as reading
from restore.errors import RestoreError, disk_error
from restore.messages import Language, error_text

_NOTHING: Mapping[str, Any] = {}


class Ledger:
    """The ledger of one output folder."""

    def __init__(self, out: Path) -> None:
        """Open the ledger of ``out``, or begin one.

        Raises:
            OutputError: it cannot be opened, is no ledger, or was made by a newer version.
        """
        self.out, self._path = out, out / LEDGER_FILE
        self._configs: dict[str, int] = {}
        self._run: int | None = None
        with self._guarded():
            self._connection = sqlite3.connect(self._path, timeout=LOCK_TIMEOUT, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode = WAL")
            # A power cut may take the last rows with it, but never the ledger; see ``synced``.
            self._connection.execute("PRAGMA synchronous = NORMAL")
            # The system holds the file anyway. By default 2 MB of it would be held once more, filled in the first 3,000 pages.
            self._connection.execute("PRAGMA cache_size = -512")
            bring_up_to_date(self._connection, self._path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._run is not None and error is None:
                self.write_through()
                self._end_run()
            elif self._run is not None:
                # Who is interrupted must not wait for the disk, and what went wrong is to be told.
                with suppress(RestoreError):
                    self._end_run()
        finally:
            self._connection.close()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise unusable(self._path, error) from error

    def _execute(self, sql: str, values: Mapping[str, Any] | tuple[Any, ...] = ()) -> sqlite3.Cursor:
        with self._guarded():
            return self._connection.execute(sql, values)

    def _fetched(self, sql: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query, of which damage may show in any."""
        with self._guarded():
            return self._connection.execute(sql, values).fetchall()

    # Runs

    def begin_run(self) -> None:
        """Begin a run: what an earlier one left in work is pending again, and so is what a power cut may have eaten.

        Only who holds the folder's lock may call this.
        """
        with self._guarded(), _transaction(self._connection):
            (earlier,) = self._connection.execute(
                "SELECT max(value) FROM meta WHERE name = 'running'"
            ).fetchone()
            if earlier is not None and earlier != boot_id():
                self._connection.execute(
                    "UPDATE documents SET status = 'pending' WHERE synced = 0 AND status IN ('success', 'partial')"
                )
            self._release()
            self._connection.execute("REPLACE INTO meta VALUES ('running', ?)", (boot_id(),))
            self._run = self._connection.execute(
                "INSERT INTO runs (host, pid, boot, began) VALUES (?, ?, ?, ?)",
                (host(), pid(), boot_id(), _now()),
            ).lastrowid

    def worked(
        self, *, documents: int, pages: int, seconds: float, found: int | None = None, passed: int = 0
    ) -> None:
        """Note what the run has done so far, in how many seconds.

        Args:
            documents: worked on.
            pages: read.
            seconds: of work.
            found: files in its inputs, once they are counted.
            passed: of them, those that it is done with.

        Raises:
            OutputError: it cannot be written, or it is not there any more: SQLite would write on into what has no name.
        """
        try:
            self._path.stat()
        except OSError as error:
            raise disk_error(self._path, error) from error
        self._execute(
            "UPDATE runs SET documents = ?, pages = ?, seconds = ?, found = ?, passed = ?, seen = ? WHERE id = ?",
            (documents, pages, seconds, found, passed, _now(), self._run),
        )

    def write_through(self) -> None:
        """See to it that the results of finished documents are on the disk, and note so.

        Raises:
            OutputError: the disk refuses.
        """
        waiting = self._fetched("SELECT id FROM documents WHERE synced = 0 AND status <> 'started'")
        if not waiting:
            return
        written_through(self.out)
        with self._guarded(), _transaction(self._connection):
            self._connection.executemany("UPDATE documents SET synced = 1 WHERE id = ?", waiting)

    def _release(self) -> None:
        for table in ("documents", "pages"):
            self._connection.execute(f"UPDATE {table} SET status = 'pending' WHERE status = 'started'")

    def _end_run(self) -> None:
        with self._guarded(), _transaction(self._connection):
            self._release()
            self._connection.execute(
                "DELETE FROM meta WHERE name = 'running' AND NOT EXISTS "
                "(SELECT 1 FROM documents WHERE synced = 0 AND status IN ('success', 'partial'))"
            )
            self._connection.execute("UPDATE runs SET ended = ? WHERE id = ?", (_now(), self._run))

    # Documents

    def row(self, output: str) -> Row | None:
        """What is known of one results' folder."""
        found = self._fetched(f"SELECT {ROW_COLUMNS} FROM documents WHERE output = ?", (output,))
        return Row(*found[0]) if found else None

    def begin(
        self,
        output: str,
        *,
        path: str,
        stamp: str = "",
        config: str = "",
        content: Mapping[str, Any] | None = None,
    ) -> None:
        """Note that work on a document begins.

        Args:
            output: the results' folder.
            path: of the file, absolute.
            stamp: of the file as it is now.
            config: hash of the settings and versions, hexadecimal.
            content: what it is the hash of.
        """
        values = {
            "output": output,
            "input": path,
            "stamp": stamp,
            "config": self._config(config, content or {}),
            "started": _now(),
        }
        self._execute(
            "INSERT INTO documents (output, input, stamp, config, status, attempts, started) "
            "VALUES (:output, :input, :stamp, :config, 'started', 1, :started) "
            "ON CONFLICT (output) DO UPDATE SET input = :input, stamp = :stamp, config = :config, status = 'started', "
            "attempts = attempts + 1, started = :started, problem = NULL, cause = NULL, reason = NULL, finished = NULL, "
            "synced = 0",
            values,
        )

    def looked(self, output: str, *, sha256: str, page_count: int | None, new: bool) -> None:
        """Note what a file is; of a ``new`` one, whatever was known of its pages is forgotten."""
        with self._guarded(), _transaction(self._connection):
            if new:
                self._connection.execute(f"DELETE FROM pages WHERE document = {_ID}", (output,))
            self._connection.execute(
                "UPDATE documents SET sha256 = ?, page_count = ? WHERE output = ?",
                (bytes.fromhex(sha256), page_count, output),
            )

    def finish(
        self,
        output: str,
        status: Status,
        *,
        error: RestoreError | None = None,
        lang: Language = "en",
        columns: Mapping[str, str | float | bytes | None] = _NOTHING,
    ) -> None:
        """Note what came of a document: its status, why it failed, and whatever else is known (columns by name)."""
        values = {**columns, **_of_error(error, lang), "status": status, "finished": _now(), "synced": 0}
        with self._guarded():
            _update(self._connection, output, values)

    def settle(self, output: str, **columns: str | float | int | None) -> None:
        """Set columns of a document that needs no work."""
        with self._guarded():
            _update(self._connection, output, columns)

    def skip(self, output: str, *, path: str, error: RestoreError, lang: Language = "en") -> None:
        """Note a file that is not to be restored, unless there are results of that name."""
        values = {"output": output, "input": path, "finished": _now(), **_of_error(error, lang)}
        self._execute(
            "INSERT INTO documents (output, input, stamp, status, problem, cause, reason, finished, synced) "
            "VALUES (:output, :input, '', 'skipped', :problem, :cause, :reason, :finished, 1) "
            "ON CONFLICT (output) DO UPDATE SET problem = :problem, cause = :cause, reason = :reason "
            "WHERE status = 'skipped'",
            values,
        )

    # Pages

    def pages(self, output: str) -> dict[int, PageRow]:
        """What is known of the pages of a document, by number."""
        found = self._fetched(
            f"SELECT {PAGE_COLUMNS} FROM pages WHERE document = {_ID} ORDER BY number", (output,)
        )
        return {row[0]: PageRow(*row) for row in found}

    def begin_page(self, output: str, number: int, *, key: str) -> None:
        """Note that work on a page begins."""
        self._execute(
            f"INSERT INTO pages (document, number, key, status, attempts) VALUES ({_ID}, ?, ?, 'started', 1) "
            "ON CONFLICT (document, number) DO UPDATE SET key = excluded.key, status = 'started', "
            "attempts = attempts + 1, problem = NULL, cause = NULL, reason = NULL, finished = NULL",
            (output, number, bytes.fromhex(key)),
        )

    def finish_page(
        self,
        output: str,
        number: int,
        status: Status,
        *,
        error: RestoreError | None = None,
        lang: Language = "en",
        **columns: str | float | None,
    ) -> None:
        """Note what came of a page."""
        values = {**columns, **_of_error(error, lang), "status": status, "finished": _now()}
        assignments = ", ".join(f"{name} = :{name}" for name in values)
        self._execute(
            f"UPDATE pages SET {assignments} WHERE number = :number AND document = "
            "(SELECT id FROM documents WHERE output = :output)",
            {**values, "output": output, "number": number},
        )

    def _config(self, config: str, content: Mapping[str, Any]) -> int | None:
        if not config:
            return None
        if config not in self._configs:
            text = json.dumps(content, sort_keys=True, ensure_ascii=False)
            self._execute(
                "INSERT OR IGNORE INTO configs (hash, content) VALUES (?, ?)", (bytes.fromhex(config), text)
            )
            found = self._fetched("SELECT id FROM configs WHERE hash = ?", (bytes.fromhex(config),))
            self._configs[config] = found[0][0]
        return self._configs[config]


_ID = "(SELECT id FROM documents WHERE output = ?)"


def remember(out: Path, output: str, **columns: str | int | None) -> None:
    """Keep what is now known of a document that is finished; a batch may be at work on the ledger meanwhile.

    Raises:
        OutputError: there is no ledger, or it cannot be written.
    """
    with _writing(out) as writer:
        _update(writer, output, columns)


def note(out: Path, name: str, value: str) -> None:
    """Keep a word about the batch as a whole.

    Raises:
        OutputError: there is no ledger, or it cannot be written.
    """
    with _writing(out) as writer:
        writer.execute("REPLACE INTO meta VALUES (?, ?)", (name, value))


def noted(out: Path, name: str) -> str:
    """What was kept under a name, or nothing.

    Raises:
        OutputError: there is no ledger.
    """
    with reading(out) as reader:
        found = reader.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return str(found[0]) if found else ""


@contextmanager
def _writing(out: Path) -> Iterator[sqlite3.Connection]:
    path = out / LEDGER_FILE
    address = f"{path.absolute().as_uri()}?mode=rw"
    try:
        with closing(
            sqlite3.connect(address, timeout=LOCK_TIMEOUT, isolation_level=None, uri=True)
        ) as writer:
            bring_up_to_date(writer, path)
            yield writer
    except sqlite3.Error as error:
        raise unusable(path, error) from error


def _update(connection: sqlite3.Connection, output: str, columns: Mapping[str, Any]) -> None:
    assignments = ", ".join(f"{name} = :{name}" for name in columns)
    connection.execute(
        f"UPDATE documents SET {assignments} WHERE output = :output", {**columns, "output": output}
    )


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _of_error(error: RestoreError | None, lang: Language) -> dict[str, str | None]:
    if error is None:
        return {"problem": None, "cause": None, "reason": None}
    return {"problem": problem_text(problem_of(error)), "cause": error.key, "reason": error_text(error, lang)}


def _now() -> int:
    return time.time_ns() // 1_000_000
