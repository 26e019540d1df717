"""`restore status`: what it tells of a ledger, in words and as JSON, while a batch is at work and of older ledgers."""

from __future__ import annotations

import fcntl
import json
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from restore.batch.ledger import Ledger
from restore.batch.lock import BETWEEN, LOCK_FILE, holder, only_run
from restore.batch.rows import LEDGER_FILE
from restore.batch.status import EXAMPLES, SLOWEST, measured_rate, overview, pages_of
from restore.cli import main
from restore.errors import InputError, OutputError

KEY = "00" * 32


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESTORE_LANG", "en")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A batch of which seven files of nine are done with: texts, a document without a page, failures of two kinds."""
    with Ledger(tmp_path) as ledger:
        ledger.begin_run()
        for name in ("a.txt", "b.txt"):
            ledger.begin(name, path=f"/in/{name}")
            ledger.finish(name, "success", columns={"seconds": 1.5, "steps": '{"correct":1.0,"write":0.25}'})
        ledger.begin("long.pdf", path="/in/long.pdf")
        ledger.looked("long.pdf", sha256=KEY, page_count=3, new=True)
        for number, seconds in ((1, 2.0), (2, 90.0), (3, 4.0)):
            ledger.begin_page("long.pdf", number, key=KEY)
            error = InputError("page-timeout", page=2, seconds="60") if number == 2 else None
            status = "failed" if error else "success"
            ledger.finish_page(
                "long.pdf", number, status, error=error, seconds=seconds, steps='{"recognize":1.0}'
            )
        ledger.finish(
            "long.pdf", "partial", columns={"seconds": 97.0, "steps": '{"recognize":90.0,"write":1.0}'}
        )
        for name in ("x.pdf", "y.pdf", "z.pdf", "zz.pdf"):
            ledger.begin(name, path=f"/in/{name}")
            ledger.finish(name, "failed", error=InputError("encrypted-pdf", path=f"/in/{name}"))
        ledger.begin("open.txt", path="/in/open.txt")
        ledger.worked(documents=7, pages=3, seconds=140.0, found=9, passed=7)
        (tmp_path / "copy").mkdir()
        with closing(sqlite3.connect(tmp_path / LEDGER_FILE)) as reader:
            reader.execute("VACUUM INTO ?", (str(tmp_path / "copy" / LEDGER_FILE),))
    return tmp_path / "copy"  # as it stands while the run goes on


def said(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    assert main(["status", *map(str, words)]) == 0
    return capsys.readouterr().out


def test_documents_and_pages_are_counted_by_status(out: Path) -> None:
    found = overview(out)
    assert found.documents == {"started": 1, "success": 2, "partial": 1, "failed": 4}
    assert found.pages == {"success": 2, "failed": 1}


def test_failures_come_by_cause_the_most_frequent_first_with_examples(out: Path) -> None:
    encrypted, slow = overview(out).failures
    assert (encrypted.cause, encrypted.documents, encrypted.pages) == ("encrypted-pdf", 4, 0)
    assert [example.document for example in encrypted.examples] == ["x.pdf", "y.pdf", "z.pdf"]
    assert len(encrypted.examples) == EXAMPLES
    assert (slow.cause, slow.documents, slow.pages) == ("page-timeout", 0, 1)
    assert [(example.document, example.page) for example in slow.examples] == [("long.pdf", 2)]


def test_rate_and_time_left_are_those_of_the_run(out: Path) -> None:
    found = overview(out)
    assert found.rate is not None
    assert (found.rate.documents, found.rate.pages) == (7 / 140, 3 / 140)
    assert (found.files_left, found.seconds_left) == (2, 40.0)
    assert measured_rate(out) == found.rate


def test_what_is_slow_and_where_the_time_goes(out: Path) -> None:
    found = overview(out)
    assert [(slow.document, slow.page) for slow in found.slowest if slow.seconds > 10] == [
        ("long.pdf", 0),
        ("long.pdf", 2),
    ]
    assert len(found.slowest) <= 2 * SLOWEST
    assert (list(found.steps), found.sampled) == (["recognize", "correct", "write"], 3)
    assert found.partial == {"long.pdf": (2,)}


def test_who_is_at_work_is_named_while_he_is(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with only_run(out):
        assert overview(out).holder is not None
        assert said(capsys, out).startswith("Running  process ")
        assert json.loads(said(capsys, out, "--json"))["running"]["pid"] > 0
    assert overview(out).holder is None
    assert "ended in the middle" in said(capsys, out)


def test_a_status_while_a_row_is_written_waits_for_nobody(out: Path) -> None:
    writer = sqlite3.connect(out / LEDGER_FILE, isolation_level=None)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE documents SET status = 'success'")
    assert overview(out).documents["failed"] == 4
    writer.execute("ROLLBACK")
    writer.close()


def test_the_words_name_causes_and_what_to_do_next(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, out)
    assert "2 of 9 files, about 40 s" in text
    assert "/in/x.pdf: the PDF has a password. Take the password off and run again." in text
    assert "long.pdf: Page 2: recognition was stopped after 60 seconds. --page-timeout gives it more." in text
    assert "--retry-failed" in text
    assert "long.pdf: without 2" in text
    rows = {line.split("  ")[0]: line.split()[-2:] for line in text.splitlines()}
    assert rows["done"] == ["2", "2"]
    assert rows["in all"] == ["8", "3"]


def test_vietnamese_is_spoken_and_keys_stay(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, out, "--lang", "vi")
    assert "Lỗi, theo nguyên nhân" in text
    assert "PDF có mật khẩu" in text
    english, vietnamese = (json.loads(said(capsys, out, "--json", "--lang", lang)) for lang in ("en", "vi"))
    assert english.keys() == vietnamese.keys()
    assert english["documents"] == vietnamese["documents"]


def test_the_pages_of_one_document(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, out, "--pages", "long.pdf").splitlines()
    assert [line.split()[0] for line in lines] == ["1", "2", "3"]
    assert "recognition was stopped" in lines[1]
    pages = json.loads(said(capsys, out, "--pages", "long.pdf", "--json"))
    assert [(page["page"], page["status"], page["cause"]) for page in pages] == [
        (1, "success", None),
        (2, "failed", "page-timeout"),
        (3, "success", None),
    ]
    assert "a text has none" in said(capsys, out, "--pages", "a.txt")
    with pytest.raises(InputError, match="no-such-document"):
        pages_of(out, "nowhere.pdf")


def test_a_ledger_on_a_disk_that_is_only_read_can_be_read(out: Path) -> None:
    connection = sqlite3.connect(out / LEDGER_FILE)
    connection.execute("PRAGMA journal_mode = WAL")  # as a batch leaves it
    connection.close()
    inside = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$1" -m restore status "$0"'
    unshare = ["unshare", "-rm", "sh", "-c"]
    if subprocess.run([*unshare, "mount --bind /tmp /tmp"], capture_output=True, check=False).returncode:
        pytest.skip("nothing may be mounted here")
    told = subprocess.run([*unshare, inside, out, sys.executable], capture_output=True, text=True, timeout=60)
    assert "encrypted-pdf" in told.stdout, told.stderr
    assert {path.name for path in out.iterdir()} == {LEDGER_FILE}


def test_who_asks_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / LOCK_FILE).write_text("{}", "utf-8")  # a run was killed here
    with (tmp_path / LOCK_FILE).open() as asking:
        fcntl.flock(asking, fcntl.LOCK_SH)
        threading.Timer(BETWEEN, fcntl.flock, (asking, fcntl.LOCK_UN)).start()
        with only_run(tmp_path):
            assert holder(tmp_path) is not None
            with pytest.raises(OutputError, match="already-running"), only_run(tmp_path):
                pass


def test_a_folder_without_a_batch_is_told_as_such(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", str(tmp_path)]) == 3
    assert "no batch was run into this folder" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.fixture(params=[1, 2])
def older(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A ledger as versions 1 and 2 of it were."""
    triage = ", triage TEXT" if request.param == 2 else ""
    connection = sqlite3.connect(tmp_path / LEDGER_FILE, isolation_level=None)
    connection.execute(
        "CREATE TABLE files (output TEXT PRIMARY KEY, input TEXT, sha256 TEXT, config TEXT, status TEXT, grade TEXT, "
        f"reason TEXT, words INTEGER, words_changed INTEGER, words_to_review INTEGER{triage}, started TEXT, finished TEXT)"
    )
    for name, status, reason in (
        ("a.txt", "ok", None),
        ("b.pdf", "failed", "/in/b.pdf: broken"),
        ("c", "running", None),
    ):
        connection.execute(
            "INSERT INTO files (output, input, sha256, config, status, reason, started) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (name, f"/in/{name}", KEY, KEY, status, reason, "2026-01-02T03:04:05+00:00"),
        )
    connection.execute(f"PRAGMA user_version = {request.param}")
    connection.close()
    return tmp_path


def test_an_older_ledger_is_read_as_far_as_it_goes_and_left_as_it_is(
    older: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (older / LEDGER_FILE).read_bytes()
    found = overview(older)
    assert found.documents == {"pending": 1, "success": 1, "failed": 1}
    assert not found.is_current
    text = said(capsys, older)
    assert "/in/b.pdf: broken" in text
    assert "`restore run` brings it up to date" in text
    assert (older / LEDGER_FILE).read_bytes() == before
