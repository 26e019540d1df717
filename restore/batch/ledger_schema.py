"""The tables of the ledger, and how those of older versions become them."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from restore.errors import OutputError

LEDGER_VERSION = 3

_STATUS = "TEXT NOT NULL CHECK (status IN ('pending', 'started', 'success', 'partial', 'failed', 'skipped'))"

_TABLES = (
    "CREATE TABLE configs (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, content TEXT NOT NULL)",
    f"""
    CREATE TABLE documents (
        id INTEGER PRIMARY KEY, output TEXT NOT NULL UNIQUE, input TEXT NOT NULL, stamp TEXT NOT NULL, sha256 BLOB,
        config INTEGER REFERENCES configs, status {_STATUS}, attempts INTEGER NOT NULL DEFAULT 0,
        problem TEXT, cause TEXT, reason TEXT, page_count INTEGER,
        grade TEXT, words INTEGER, words_changed INTEGER, words_to_review INTEGER, triage TEXT,
        seconds REAL, steps TEXT, worker TEXT, started INTEGER, finished INTEGER, synced INTEGER NOT NULL DEFAULT 0
    )
    """,
    "CREATE INDEX documents_by_status ON documents (status, cause)",
    "CREATE INDEX documents_by_seconds ON documents (seconds)",
    "CREATE INDEX documents_unsynced ON documents (id) WHERE synced = 0",
    f"""
    CREATE TABLE pages (
        document INTEGER NOT NULL, number INTEGER NOT NULL, key BLOB, status {_STATUS},
        attempts INTEGER NOT NULL DEFAULT 0, problem TEXT, cause TEXT, reason TEXT,
        seconds REAL, steps TEXT, worker TEXT, finished INTEGER, PRIMARY KEY (document, number)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX pages_by_status ON pages (status, cause)",
    "CREATE INDEX pages_by_seconds ON pages (seconds)",
    """
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY, host TEXT NOT NULL, pid INTEGER NOT NULL, boot TEXT NOT NULL, began INTEGER NOT NULL,
        seen INTEGER, ended INTEGER, documents INTEGER NOT NULL DEFAULT 0, pages INTEGER NOT NULL DEFAULT 0,
        seconds REAL NOT NULL DEFAULT 0, found INTEGER, passed INTEGER NOT NULL DEFAULT 0
    )
    """,
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "INSERT INTO meta VALUES ('ledger', lower(hex(randomblob(8))))",
    # A number is never used twice (AUTOINCREMENT), so that who knows the last one can ask what came after.
    "CREATE TABLE changes (id INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL UNIQUE)",
    """
    CREATE TRIGGER documents_changed AFTER UPDATE OF finished, triage ON documents WHEN new.finished IS NOT NULL
    BEGIN REPLACE INTO changes (document) VALUES (new.id); END
    """,
    """
    CREATE TRIGGER documents_added AFTER INSERT ON documents WHEN new.finished IS NOT NULL
    BEGIN REPLACE INTO changes (document) VALUES (new.id); END
    """,
)

# Versions 1 and 2 had one table, ``files``: the hash of the settings stood in each row, times were ISO 8601.
_OF_FILES = """
SELECT output, input, '' AS stamp, unhex(sha256) AS sha256, {config} AS config,
    CASE status WHEN 'ok' THEN 'success' WHEN 'failed' THEN 'failed' ELSE 'pending' END AS status,
    1 AS attempts, NULL AS problem, CASE status WHEN 'failed' THEN 'unknown' END AS cause, reason, NULL AS page_count,
    grade, words, words_changed, words_to_review, {triage} AS triage, NULL AS seconds, NULL AS steps, NULL AS worker,
    CAST(1000 * unixepoch(started) AS INTEGER) AS started, CAST(1000 * unixepoch(finished) AS INTEGER) AS finished
FROM files
"""
_TRIAGE_OF = {1: "NULL", 2: "triage"}


def _viewed(version: int) -> tuple[str, ...]:
    """Views for who only reads an older ledger."""
    view = _OF_FILES.format(config="config", triage=_TRIAGE_OF[version])
    nothing = (statement.strip().replace("CREATE TABLE", "CREATE TEMP TABLE") for statement in _TABLES)
    return (
        f"CREATE TEMP VIEW documents AS {view}",
        "CREATE TEMP VIEW configs AS SELECT DISTINCT config AS id, unhex(config) AS hash, '{}' AS content FROM files",
        *(
            one
            for one in nothing
            if one.startswith(("CREATE TEMP TABLE pages", "CREATE TEMP TABLE runs", "CREATE TEMP TABLE meta"))
        ),
    )


OF_OLDER_VERSION: Mapping[int, tuple[str, ...]] = {version: _viewed(version) for version in _TRIAGE_OF}


def teach(connection: sqlite3.Connection) -> None:
    """Give a connection what SQLite itself has since 3.41 only."""
    connection.create_function("unhex", 1, bytes.fromhex, deterministic=True)


def bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables of this version where there are none or older ones; what those knew is kept.

    Raises:
        OutputError: the ledger is of a newer version.
    """
    if _version(connection, path) == LEDGER_VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")  # two runs may find the same old ledger
    try:
        teach(connection)
        version = _version(connection, path)
        if version != LEDGER_VERSION:
            _make(connection, version)
        connection.execute(f"PRAGMA user_version = {LEDGER_VERSION}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection, path: Path) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > LEDGER_VERSION:
        raise newer(path, version)
    if version < 0:
        raise OutputError("ledger-unusable", path=path, reason=f"version {version}")
    return version


def newer(path: Path, version: int) -> OutputError:
    """The error of a ledger of a newer version: it is sound, and nobody must be told to delete it."""
    return OutputError("ledger-newer", path=path, version=version, known=LEDGER_VERSION)


def _make(connection: sqlite3.Connection, version: int) -> None:
    for statement in _TABLES:
        connection.execute(statement)
    if not version:
        return
    connection.execute("INSERT INTO configs (hash, content) SELECT DISTINCT unhex(config), '{}' FROM files")
    config = "(SELECT id FROM configs WHERE hash = unhex(files.config))"
    select = _OF_FILES.format(config=config, triage=_TRIAGE_OF[version])
    columns = (
        "output, input, stamp, sha256, config, status, attempts, problem, cause, reason, page_count, grade, words, "
        "words_changed, words_to_review, triage, seconds, steps, worker, started, finished"
    )
    connection.execute(f"INSERT INTO documents ({columns}) {select}")
    connection.execute("UPDATE documents SET synced = 1")
    connection.execute("DROP TABLE files")
