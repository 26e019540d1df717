"""docs/operations.md is true: a real batch is run, logged and scraped, and each table of the page is held against it."""

from __future__ import annotations

import ast
import json
import os
import re
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path
from typing import Any, get_args

import cv2
import pytest
from prometheus_client.parser import text_string_to_metric_families

from restore.batch import listing
from restore.batch.events import EventKind
from restore.batch.ledger import Ledger
from restore.batch.plan import Why
from restore.batch.rows import LEDGER_FILE, STATUSES
from restore.messages import MESSAGES
from tests.printed import printed

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "operations.md").read_text("utf-8")
TYPES = {"string": str, "integer": int, "number": (int, float), "object": dict}
DAMAGED = "UY BAN NHAN DAN\nCan cu Ke hoach so 12/KH-UBND ngay 05/3/2024 cua Uy ban nhan dan huyen.\n"
# Where something may be found wrong with a file, by a worker or without opening it.
WORKERS = (
    *("scan", "reading.py", "pipeline.py", "results.py", "hashing.py", "language/encodings.py"),
    *("batch/work.py", "batch/cell.py", "batch/plan.py", "batch/active.py", "batch/records.py"),
)
# Said by other verbs, or of the whole run.
OF_NO_FILE = frozenset({"no-worker", "no-text-layer", "not-a-file", "results-incomplete", "damaged-results"})


def table(header: str) -> list[list[str]]:
    """The cells of the table whose header begins so."""
    (_, after) = PAGE.split(f"\n| {header} |")
    rows = after.partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row[1:-1].split("|")] for row in rows]


def names(cell: str) -> list[str]:
    return re.findall(r"`([\w-]+)", cell)


def restore(*words: object, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "restore", *map(str, words)],
        capture_output=True,
        text=True,
        env={**os.environ, "RESTORE_LANG": "en", "OMP_THREAD_LIMIT": "1"},
        timeout=200,
        **options,
    )


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A batch with a text, a printed page and a broken PDF, its log beside it."""
    folder = tmp_path_factory.mktemp("batch")
    (folder / "in").mkdir()
    (folder / "in" / "a\nb.txt").write_text(DAMAGED, "utf-8")
    (folder / "in" / "broken.pdf").write_bytes(b"%PDF-1.4\nthis is no PDF")
    cv2.imwrite(str(folder / "in" / "page.png"), printed())
    done = restore(
        *("run", folder / "in", "-o", folder / "out", "--jobs", 1),
        *("--log-json", folder / "log", "--metrics-file", folder / "restore.prom"),
    )
    assert done.returncode == 6, done.stderr
    return folder


@pytest.fixture(scope="module")
def log(batch: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (batch / "log").read_text("utf-8").splitlines()]


def test_every_line_of_a_real_log_is_as_the_page_says(log: list[dict[str, Any]]) -> None:
    keys = {names(cell)[0]: TYPES[kind] for cell, kind, _ in table("key")}
    for line in log:
        assert line.keys() <= keys.keys()
        assert all(isinstance(value, keys[key]) for key, value in line.items()), line
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line["time"])
    assert len({line["run"] for line in log}) == 1
    assert set().union(*log) >= set(keys) - {"trace", "lost", "waiting", "in_work"}


def test_a_real_log_tells_what_happened_in_order(log: list[dict[str, Any]]) -> None:
    assert (log[0]["event"], log[-1]["event"]) == ("batch-begins", "batch-ends")
    (page,) = [line for line in log if line["event"] == "page"]
    assert (page["document"], page["page"], page["status"], page["level"]) == (
        "page.png",
        1,
        "success",
        "info",
    )
    assert page["memory"] > 1_000_000
    documents = {line["document"]: line for line in log if line["event"] == "document"}
    assert len(documents) == 3
    broken = documents["broken.pdf"]
    assert (broken["status"], broken["level"], broken["cause"]) == ("failed", "error", "unreadable-file")
    assert "broken.pdf" in broken["reason"]


def test_the_steps_of_a_page_are_named_and_make_up_its_time(log: list[dict[str, Any]], batch: Path) -> None:
    known = [name for cells in table("step") for name in names(cells[0])]
    (page,) = [line for line in log if line["event"] == "page"]
    assert set().union(*(line.get("steps", {}) for line in log)) <= set(known)
    assert 0.9 * page["seconds"] < sum(page["steps"].values()) <= 1.01 * page["seconds"] + 0.02
    with closing(sqlite3.connect(batch / "out" / LEDGER_FILE)) as ledger:
        ((steps,),) = ledger.execute("SELECT steps FROM documents WHERE output = 'page.png'").fetchall()
    assert {"correct", "structure", "write", "recognize"} <= json.loads(steps).keys()


def test_the_kinds_of_events_and_statuses_are_those_of_the_page() -> None:
    assert {name for cells in table("event") for name in names(cells[0])} == {
        *get_args(EventKind),
        "log-gap",
    } - {"pulse"}
    assert [names(cells[0])[0] for cells in table("status")] == list(STATUSES)


def metrics_of(text: str) -> dict[str, str]:
    return {family.name: family.type for family in text_string_to_metric_families(text)}


def test_the_metrics_of_a_real_batch_are_those_of_the_page(batch: Path) -> None:
    told = {name.removesuffix("_total"): kind for cell, kind, _ in table("metric") for name in names(cell)}
    text = (batch / "restore.prom").read_text("utf-8")
    assert metrics_of(text) == told
    assert 'restore_documents_total{status="failed"} 1.0' in text
    assert 'restore_pages_total{status="success"} 1.0' in text
    assert 'restore_step_seconds_count{step="recognize"}' in text
    assert "restore_tasks_in_work 0.0" in text


def test_a_running_batch_answers_prometheus(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(8):
        (tmp_path / "in" / f"{number}.txt").write_text(DAMAGED * 60, "utf-8")
    command = ["-m", "restore", "run", tmp_path / "in", "-o", tmp_path / "out", "--jobs", 1, "--metrics", 0]
    process = subprocess.Popen(
        [sys.executable, *map(str, command)],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "RESTORE_LANG": "en"},
    )
    try:
        assert process.stderr is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/metrics", process.stderr.readline())
        assert found is not None
        answers = []
        while process.poll() is None:
            try:
                with urllib.request.urlopen(found[0], timeout=10) as answer:
                    answers.append(answer.read().decode())
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                continue  # it is busy, or has just ended
            time.sleep(0.05)
        process.communicate(timeout=60)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 0
    assert "restore_tasks_waiting" in answers[0]
    assert "restore_tasks_in_work 1.0" in "".join(answers)


def test_the_tables_of_the_ledger_are_those_of_the_page(tmp_path: Path) -> None:
    told: dict[str, set[str]] = {}
    current = ""
    for name, _, columns in table("table"):
        current = names(name)[0] if name else current
        told.setdefault(current, set()).update(names(columns))
    with Ledger(tmp_path), closing(sqlite3.connect(tmp_path / LEDGER_FILE)) as ledger:
        tables = [row[0] for row in ledger.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        columns = {
            one: {row[1] for row in ledger.execute(f"PRAGMA table_info({one})")}
            for one in tables
            if not one.startswith("sqlite_")
        }
    assert told.keys() == columns.keys()
    for one in columns:
        others = (
            {"configs", "output", "running", "ledger", "documents", "triage"}
            if one != "documents"
            else {"configs"}
        )
        assert columns[one] <= told[one] <= columns[one] | others


def raised() -> set[str]:
    """The keys of all errors that are made where files are worked on."""
    found: set[str] = set()
    for name in WORKERS:
        path = ROOT / "restore" / name
        for module in [path] if path.is_file() else sorted(path.rglob("*.py")):
            for node in ast.walk(ast.parse(module.read_text("utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Error") and node.args:
                    first = node.args[0]
                    if isinstance(first, ast.Constant) and first.value in MESSAGES:
                        found.add(first.value)
    return found


def test_each_cause_of_failure_is_on_the_page_with_what_to_do() -> None:
    causes = {name for cells in table("cause") for name in names(cells[0])}
    assert causes <= MESSAGES.keys()
    assert raised() - OF_NO_FILE <= causes
    assert {
        listing.LINK_OUTSIDE,
        listing.LINK_BROKEN,
        listing.NOT_REGULAR,
        listing.FOLDER_UNREADABLE,
    } <= causes
    assert all(cells[2] for cells in table("cause"))


def test_each_reason_of_a_dry_run_is_on_the_page_and_has_words() -> None:
    (line,) = re.findall(r"why it is done or left alone \((.*?)\)\. What", PAGE, re.DOTALL)
    assert set(names(line)) == set(get_args(Why))
    assert all(f"why-{why}" in MESSAGES for why in get_args(Why))
