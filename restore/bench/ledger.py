"""How a ledger of a million documents answers: it is made up, through its own tables, and asked as the program asks it."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from restore.batch.changes import changes_since
from restore.batch.inputs import Job
from restore.batch.ledger import Ledger
from restore.batch.rows import LEDGER_FILE, ledger_row
from restore.batch.run import run_batch
from restore.batch.summary import SUMMARY_JSON
from restore.batch.tasks import Made, Result, Task
from restore.bench.processes import run
from restore.config import Config
from restore.hashing import file_sha256
from restore.results import RESULT_FILES
from restore.review.triage import BINS, Reason, Triage, record

DOCUMENTS = 1_000_000
INPUTS = 2_000  # that a run finds done, to tell what a million of them cost
ROUNDS = 3
SEED = 7
_ROWS = 10_000  # of one transaction
_VARIETY = 500  # different lines of triage
_STEPS = json.dumps({"decode": 0.003, "correct": 0.412, "structure": 0.061, "write": 0.022})
_PAGE_STEPS = json.dumps({"open": 0.011, "render": 0.093, "clean": 0.205, "recognize": 2.113, "order": 0.004})
_SUMMARIES = """
import sys
from pathlib import Path
from restore.batch.summary import write_summaries
write_summaries(Path(sys.argv[1]), "en")
"""


@dataclass(frozen=True, slots=True)
class Took:
    """How long something took: seconds of CPU and by the clock, the best of a few times, and memory where it was a process."""

    what: str
    cpu: float
    clock: float
    megabytes: float | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """What was measured.

    Attributes:
        documents: in the ledger, each of one page.
        bytes_a_page: of the ledger.
        summary_bytes: of ``summary.json``.
        inputs: files that a run found done.
        took: what was asked.
    """

    documents: int
    bytes_a_page: float
    summary_bytes: int
    inputs: int
    took: tuple[Took, ...]


def measure(documents: int = DOCUMENTS, inputs: int = INPUTS) -> Measure:
    """Make a ledger up in a folder that is deleted afterwards, and ask it.

    Args:
        documents: how many, each of one page.
        inputs: how many files a run finds done.
    """
    with tempfile.TemporaryDirectory(prefix="restore-bench-") as folder:
        out = Path(folder, "out")
        out.mkdir()
        fill(out, documents)
        size = sum(path.stat().st_size for path in out.glob(f"{LEDGER_FILE}*"))
        took = (*_asked(out, documents), *_resumed(Path(folder), out, inputs), *_processes(out))
        summary = (out / SUMMARY_JSON).stat().st_size
        return Measure(documents, size / documents, summary, inputs, took)


def fill(out: Path, documents: int) -> None:
    """Put so many documents of one page each into a new ledger of a folder, always the same."""
    with Ledger(out) as ledger:  # its tables
        ledger.begin("0", path="/0", config="00", content={})
    with closing(sqlite3.connect(out / LEDGER_FILE, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("DELETE FROM documents")
        made = _documents(documents)
        while rows := list(islice(made, _ROWS)):
            connection.execute("BEGIN")
            connection.executemany(
                "INSERT INTO documents (id, output, input, stamp, sha256, config, status, attempts, problem, cause, reason, "
                "page_count, grade, words, words_changed, words_to_review, triage, seconds, steps, worker, started, finished, "
                "synced) VALUES (?, ?, ?, ?, ?, 1, ?, 1, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
                rows,
            )
            connection.executemany(
                "INSERT INTO pages (document, number, key, status, attempts, cause, seconds, steps, worker, finished) "
                "VALUES (?, 1, ?, ?, 1, ?, 2.43, ?, 'host:4711', ?)",
                (
                    (row[0], row[4], "failed" if row[7] else "success", row[7], _PAGE_STEPS, row[-1])
                    for row in rows
                ),
            )
            connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _documents(count: int) -> Iterator[tuple[object, ...]]:
    chance = random.Random(SEED)
    lines = [_line(chance) for _ in range(_VARIETY)]
    for number in range(1, count + 1):
        name = f"Phông {number % 60:02}/Hộp {number // 1000:04}/{number:07}.pdf"
        path, stamp = (
            f"/kho/quét/{name}",
            f"{chance.randrange(10**7)}:{chance.randrange(10**18, 2 * 10**18)}:{number:019}:{number}",
        )
        hashed, at = chance.randbytes(32), 1_700_000_000_000 + 900 * number
        if number % 50 == 0:
            failed = ('{"key": "page-too-large"}', "page-too-large", f"{path}: một trang quá lớn")
            yield (
                number,
                name,
                path,
                stamp,
                hashed,
                "failed",
                *failed,
                *[None] * 5,
                1.2,
                None,
                "host:4711",
                at,
                at + 900,
            )
            continue
        line, text = lines[number % _VARIETY]
        counts = (line.state, line.words, line.words_changed, line.words_to_review, text)
        status = "partial" if number % 70 == 0 else "success"
        yield (
            number,
            name,
            path,
            stamp,
            hashed,
            status,
            *[None] * 3,
            *counts,
            2.9,
            _STEPS,
            "host:4711",
            at,
            at + 900,
        )


def _line(chance: random.Random) -> tuple[Triage, str]:
    words = chance.randint(40, 900)
    to_review = chance.choice((0, chance.randint(1, 40)))
    reasons = (Reason("words", to_review), Reason("missing-recipients", 1))[: 2 if to_review else 0]
    line = Triage(
        "", "review" if to_review else "good", reasons,
        doc_type=chance.choice(("Kế hoạch", "Quyết định", "Công văn", None)), number=f"{chance.randint(1, 900)}/KH-UBND",
        issuer=chance.choice(("ỦY BAN NHÂN DÂN HUYỆN AN BÌNH", "SỞ NỘI VỤ", None)), date=f"{chance.randint(1990, 2023)}-03-05",
        pages=1, words=words, words_changed=words // 9, words_to_review=to_review, mean_confidence=chance.uniform(0.8, 1),
        confidence=tuple(chance.randint(0, 60) for _ in range(BINS)),
    )  # fmt: skip
    return line, record(line)


def _asked(out: Path, documents: int) -> Iterator[Took]:
    """What is asked of a ledger by who only reads it, and its opening for a run."""
    mark = changes_since(out, "").mark
    whose, _, last = mark.rpartition(":")
    late = f"{whose}:{int(last) - min(100, documents)}"
    yield _took("row", lambda: ledger_row(out, f"Phông 07/Hộp 0000/{7:07}.pdf"))
    yield _took("changes", lambda: changes_since(out, late))
    yield _took("begin-run", lambda: _begin(out))


def _begin(out: Path) -> None:
    with Ledger(out) as ledger:
        ledger.begin_run()


def _took(what: str, work: Callable[[], object]) -> Took:
    times = []
    for _ in range(ROUNDS):
        cpu, clock = time.process_time(), time.perf_counter()
        work()
        times.append((time.process_time() - cpu, time.perf_counter() - clock))
    return Took(what, *(min(column) for column in zip(*times, strict=True)))


class _NoWork:
    """An engine that has done every task as soon as it gets it: what is left is the coordinator's own time."""

    slots = 8

    def __init__(self, out: Path) -> None:
        self.first = 0.0
        self._out = out
        self._done: list[Result] = []

    def submit(self, task: Task) -> None:
        self.first = self.first or time.perf_counter()
        folder = self._out / task.job.name
        folder.mkdir(parents=True, exist_ok=True)
        for name in RESULT_FILES:
            (folder / name).touch()
        made = Made(file_sha256(task.job.path), "good", 1, 0, 0, Triage(task.job.name, "good", words=1))
        self._done.append(Result(task, made=made))

    def results(self, timeout: float) -> Sequence[Result]:
        done, self._done = self._done, []
        return done

    def close(self) -> None:
        """Nothing was begun."""


def _resumed(folder: Path, out: Path, inputs: int) -> Iterator[Took]:
    """A run with one new file, until it is handed out, and one whose files were all done."""
    config = Config(jobs=1)
    jobs = []
    for number in range(inputs):
        path = folder / "in" / f"{number:06}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"Văn bản số {number}", "utf-8")
        jobs.append(Job(path, f"in/{path.name}"))
    engine = _NoWork(out)
    cpu, begin = time.process_time(), time.perf_counter()
    run_batch(jobs[:1], out, config, engine=engine)
    yield Took("new-file", time.process_time() - cpu, engine.first - begin)
    run_batch(jobs, out, config, engine=_NoWork(out))
    os.sync()  # what the last one wrote is not this one's
    yield _took("all-done", lambda: run_batch(jobs, out, config, engine=_NoWork(out)))


def _processes(out: Path) -> Iterator[Took]:
    """Programs from their start to their end."""
    python = sys.executable
    commands = {
        "status": [python, "-m", "restore", "status", str(out), "--json"],
        "summaries": [python, "-c", _SUMMARIES, str(out)],
        "summaries-again": [python, "-c", _SUMMARIES, str(out)],
    }
    for what, command in commands.items():
        begin = time.perf_counter()
        done = run(command)
        if done.code == 0:
            yield Took(what, done.seconds, time.perf_counter() - begin, done.megabytes)
