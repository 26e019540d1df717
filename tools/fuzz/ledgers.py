"""The ledger, its records for the summary, and the records of pages: what a disk may have lost bits of."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from random import Random

from restore.batch.changes import to_look_at
from restore.batch.ledger import LEDGER_FILE, Ledger, ledger_row, ledger_rows, noted
from restore.batch.problems import error_of
from restore.batch.records import forget_others, read_record, write_record
from restore.batch.rows import finished_rows
from restore.batch.summary import write_summaries
from restore.errors import InputError, OutputError
from restore.page import document_text
from restore.preview import Preview
from restore.reading import PageReading
from restore.results import assemble
from restore.review.triage import from_record, record, triage_of
from restore.review.triage_page import triage_html
from restore.seen import Seen, kept, read_seen, seen_json
from tools.fuzz.mutation import damaged
from tools.fuzz.records import example
from tools.fuzz.scratch import scratch_folder


def triage_seeds() -> Iterator[bytes]:
    """What the ledger keeps of a document for the summary."""
    yield record(triage_of(example().document, "a.pdf", (0.5, 0.99))).encode()


def check_triage(data: bytes) -> None:
    """A record is understood, or is none; the summary shows it."""
    found = from_record("a.pdf", data.decode("utf-8", "replace"))
    if found is not None:
        triage_html((found,), "vi")
        record(found).encode()


def ledger_seeds() -> Iterator[bytes]:
    """A ledger of three documents and two pages, one restored, one failed, one in work; and one of an older version."""
    folder = scratch_folder() / "ledger"
    folder.mkdir(exist_ok=True)
    with Ledger(folder) as ledger:
        ledger.begin_run()
        for name in ("a.txt", "b.pdf", "c.pdf"):
            ledger.begin(
                name, path=f"/in/{name}", stamp="3 4 5 6", config="0a" * 32, content={"mode": "auto"}
            )
            ledger.looked(name, sha256="0b" * 32, page_count=2, new=True)
        kept = {
            "grade": "good",
            "words": 3,
            "words_changed": 1,
            "words_to_review": 0,
            "triage": next(triage_seeds()).decode(),
        }
        ledger.finish("a.txt", "success", columns=kept)
        ledger.begin_page("b.pdf", 1, key="0c" * 32)
        ledger.finish_page("b.pdf", 1, "success", seconds=1.5, steps='{"clean": 0.5}')
        ledger.begin_page("b.pdf", 2, key="0c" * 32)
        ledger.finish("b.pdf", "failed", error=InputError("worker-died", path="b.pdf"))
        ledger.worked(documents=2, pages=1, seconds=4.0)
    yield _packed(folder / LEDGER_FILE)
    old = scratch_folder() / "old.sqlite"
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript(_VERSION_2)
    yield old.read_bytes()


_VERSION_2 = """
CREATE TABLE files (
    output TEXT PRIMARY KEY, input TEXT NOT NULL, sha256 TEXT NOT NULL, config TEXT NOT NULL, status TEXT NOT NULL, grade TEXT,
    reason TEXT, words INTEGER, words_changed INTEGER, words_to_review INTEGER, triage TEXT, started TEXT NOT NULL, finished TEXT
) WITHOUT ROWID;
INSERT INTO files VALUES
    ('a.txt', '/in/a.txt', '0b0b', '0a0a', 'ok', 'good', NULL, 3, 1, 0, NULL, '2024-01-01T00:00:00.000+00:00', NULL),
    ('b.pdf', '/in/b.pdf', '0b0b', '0a0a', 'failed', NULL, 'x', NULL, NULL, NULL, NULL, '2024-01-01T00:00:00', NULL);
PRAGMA user_version = 2;
"""


def _packed(path: Path) -> bytes:
    """A ledger in one file, as small as it can be."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(
            "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE; PRAGMA page_size = 512; VACUUM;"
        )
    return path.read_bytes()


def check_ledger(data: bytes) -> None:
    """A ledger that is damaged is read and written as far as it goes, or refused; the summaries are made of it or refused."""
    folder = scratch_folder() / "damaged-ledger"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for use in (_read_ledger, _write_ledger, lambda out: write_summaries(out, "vi")):
        for suffix in ("-wal", "-shm", "-journal"):
            (folder / f"{LEDGER_FILE}{suffix}").unlink(missing_ok=True)
        (folder / LEDGER_FILE).write_bytes(data)
        with suppress(OutputError):
            use(folder)


def _read_ledger(out: Path) -> None:
    for row in ledger_rows(out):
        error_of(row.problem, row.reason)
    list(finished_rows(out))
    ledger_row(out, "a.txt")
    to_look_at(out, 3, "")
    noted(out, "summary")


def _write_ledger(out: Path) -> None:
    with Ledger(out) as ledger:
        ledger.begin_run()
        for name in ("a.txt", "b.pdf", "n.txt"):
            ledger.row(name)
            ledger.begin(name, path=name, config="0a" * 32)
            ledger.pages(name)
            ledger.begin_page(name, 1, key="0c" * 32)
            ledger.finish_page(name, 1, "success")
            ledger.finish(name, "success")
        ledger.worked(documents=3, pages=3, seconds=2.0)


# Records of pages

_KEY = "0d" * 32


def record_seeds() -> Iterator[bytes]:
    """What is kept of a page, unpacked."""
    folder = scratch_folder() / "kept"
    write_record(folder, PageReading(example().seen.pages[0], "tcvn3", (), Preview(b"jpeg", 0.5, 1)), _KEY)
    yield zlib.decompress((folder / ".pages" / "00001.page").read_bytes().partition(b"\n")[2])


def check_record(data: bytes) -> None:
    """A record is understood or is none, packed and sealed as it should be or as it came."""
    folder = scratch_folder() / "damaged-record"
    path = folder / ".pages" / "00001.page"
    path.parent.mkdir(parents=True, exist_ok=True)
    body = zlib.compress(data)
    head = json.dumps({"key": _KEY, "sha256": hashlib.sha256(body).hexdigest()}).encode()
    for content in (data, head + b"\n" + data, head + b"\n" + body):
        path.write_bytes(content)
        found = read_record(folder, 1, _KEY)
        if found is not None:
            seen = Seen(pages=(kept(found.page),), warnings=found.warnings)
            with suppress(ValueError):  # nobody seals what seen.json cannot hold
                assert read_seen(seen_json(seen).encode().decode()) == seen
            assemble(document_text(seen.pages)[0], (), seen)
        forget_others(folder, [2], _KEY)


def mutate_sqlite(data: bytes, chance: Random) -> bytes:
    """The file damaged in its header, in a page's head or anywhere."""
    for _ in range(chance.choice((1, 2, 4))):
        page = 512 * chance.randrange(max(len(data) // 512, 1))
        start, end = chance.choice(((0, 100), (page, page + 60), (0, len(data))))
        data = data[:start] + damaged(data[start:end], chance) + data[end:]
    return data
