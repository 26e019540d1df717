"""`restore watch` as a process: what comes is restored, what is ended begins again, two never work in one folder."""

from __future__ import annotations

import os
import shlex
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from restore.batch import known
from restore.batch.inputs import Job
from restore.batch.keys import stamp
from restore.batch.known import Known
from restore.batch.ledger import LEDGER_FILE, Ledger
from restore.batch.lock import only_run
from restore.bench.fault_scene import hear_ctrl_c
from restore.cli import main
from restore.cli import watch_verb as verb
from restore.messages import message

TEXT = "Can cu Ke hoach so 12/KH-UBND ngay 05/3/2024 cua Uy ban nhan dan huyen.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in" / "quận").mkdir(parents=True)
    return tmp_path / "in"


def arguments(folder: Path, *flags: str) -> list[str]:
    out = str(folder.parent / "out")
    return ["watch", str(folder), "-o", out, "--jobs", "1", "--lang", "en", "--settle", "0.2", *flags]


@contextmanager
def watching(folder: Path, *flags: str) -> Iterator[subprocess.Popen[str]]:
    """A watcher in a process of its own, which says in ``said`` what it says."""
    with (folder.parent / "said").open("a") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "restore", *arguments(folder, *flags)],
            stderr=said,
            text=True,
            start_new_session=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            preexec_fn=hear_ctrl_c,
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def becomes(holds: Callable[[], bool], process: subprocess.Popen[str]) -> bool:
    """Whether something comes true before the process ends, however long that takes."""
    end = time.monotonic() + 120
    while not holds() and process.poll() is None and time.monotonic() < end:
        time.sleep(0.05)
    return holds()


def done(folder: Path) -> dict[str, tuple[str, int]]:
    """Status and attempts of each document."""
    ledger = folder.parent / "out" / LEDGER_FILE
    if not ledger.exists():
        return {}
    try:
        with closing(sqlite3.connect(f"{ledger.as_uri()}?mode=ro", uri=True)) as reader:
            rows = reader.execute("SELECT output, status, attempts FROM documents").fetchall()
    except sqlite3.OperationalError:  # its tables are being made
        return {}
    return {name: (status, attempts) for name, status, attempts in rows}


def test_once_takes_what_is_whole_and_ends(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "quận" / "a.txt").write_text(TEXT, "utf-8")
    (folder / "half.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\n")
    (folder / "b.txt.part").write_text(TEXT, "utf-8")
    assert main(arguments(folder, "--once")) == 0
    assert done(folder) == {"quận/a.txt": ("success", 1)}
    said = capsys.readouterr().err.splitlines()
    assert said == [message("watch-left", "en", count=1), "1 ok, 0 failed, 0 need review"]
    assert (folder.parent / "out" / "summary.html").is_file()
    (folder / "bad.pdf").write_bytes(b"%PDF-1.4\nthis is no PDF\n%%EOF\n")
    assert main(arguments(folder, "--once")) == 6
    assert done(folder) == {"quận/a.txt": ("success", 1), "bad.pdf": ("failed", 1)}


@pytest.mark.parametrize(
    ("flags", "code", "says"),
    [
        (("--settle", "-1"), 2, "--settle -1.0"),
        (("--poll", "0"), 2, "--poll 0.0"),
        (("--poll", "nan"), 2, "--poll nan"),
    ],
)
def test_what_cannot_be(
    folder: Path, capsys: pytest.CaptureFixture[str], flags: tuple[str, ...], code: int, says: str
) -> None:
    assert main(arguments(folder, *flags)) == code
    assert says in capsys.readouterr().err


def test_only_a_folder_that_is_not_the_output_can_be_watched(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.txt").write_text(TEXT, "utf-8")
    assert main(["watch", str(folder / "none"), "-o", str(folder.parent / "out")]) == 3
    assert main(["watch", str(folder / "a.txt"), "-o", str(folder.parent / "out")]) == 3
    assert main(["watch", str(folder), "-o", str(folder)]) == 2
    assert not (folder.parent / "out").exists()


def test_what_comes_is_restored_until_a_signal_and_after_a_kill_it_goes_on(folder: Path) -> None:
    (folder / "a.txt").write_text(TEXT, "utf-8")
    with watching(folder) as process:
        assert becomes(lambda: done(folder).get("a.txt") == ("success", 1), process)
        (folder / "quận" / "b.txt").write_text(TEXT * 2, "utf-8")
        assert becomes(lambda: done(folder).get("quận/b.txt") == ("success", 1), process)
        (folder / "a.txt").write_text(TEXT * 3, "utf-8")
        assert becomes(lambda: done(folder).get("a.txt") == ("success", 2), process)
        process.kill()
    (folder / "c.txt").write_text(TEXT, "utf-8")
    with watching(folder) as process:
        assert becomes(lambda: done(folder).get("c.txt") == ("success", 1), process)
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(60) == 130
    known_before = done(folder)
    assert known_before["a.txt"] == ("success", 2)
    assert known_before["quận/b.txt"] == ("success", 1)
    original = folder.parent / "out" / "a.txt" / "original.txt"
    assert original.read_text("utf-8") == TEXT * 3
    (folder / "d.txt").write_text(TEXT, "utf-8")
    with watching(folder) as process:
        assert becomes(lambda: done(folder).get("d.txt") == ("success", 1), process)
        process.terminate()
        assert process.wait(60) == 130
    assert "Traceback" not in (folder.parent / "said").read_text("utf-8")
    assert not list((folder.parent / "out").rglob(".*"))


def test_between_batches_others_may_work_in_the_output_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first batch is done at once, the second waits for another run, then Ctrl-C."""
    out = folder.parent / "out"
    (folder / "a.txt").write_text(TEXT, "utf-8")
    monkeypatch.setattr(verb, "REST", 0.0)
    held = only_run(out)
    naps: list[float] = []

    def sleep(seconds: float) -> None:
        naps.append(seconds)
        if seconds == verb.TRIED_EVERY:
            held.__exit__(None, None, None)
        elif len(done(folder)) == 2 and done(folder)["b.txt"][0] == "success":
            raise KeyboardInterrupt
        elif done(folder).get("a.txt", ("",))[0] == "success" and not (folder / "b.txt").exists():
            held.__enter__()
            (folder / "b.txt").write_text(TEXT, "utf-8")
        else:
            pause(seconds)

    pause = time.sleep
    monkeypatch.setattr(verb, "time", SimpleNamespace(sleep=sleep))
    assert main(arguments(folder, "--poll", "1")) == 130
    said = capsys.readouterr().err
    assert message("watch-waits", "en", path=out) in said
    assert naps.count(verb.TRIED_EVERY) == 1


def test_a_folder_in_which_another_run_works_is_refused_at_first(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.txt").write_text(TEXT, "utf-8")
    out = folder.parent / "out"
    out.mkdir()
    with only_run(out):
        assert main(arguments(folder)) == 5
    assert str(os.getpid()) in capsys.readouterr().err


def test_the_ledger_knows_files_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "KEPT", 0.0)
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    job = Job(path, "a.txt")
    asked = Known(tmp_path)
    assert not asked(job)
    with Ledger(tmp_path) as ledger:
        assert not asked(job)
        ledger.begin("a.txt", path=str(path), stamp=stamp(path), config="00", content={})
        assert asked(job)
        ledger.finish("a.txt", "success")
        assert asked(job)
        ledger.settle("a.txt", status="pending")
        assert not asked(job)
        ledger.finish("a.txt", "success")
    path.write_text(TEXT * 2, "utf-8")
    assert [asked(job), asked(job)] == [False, False]
    other = Job(tmp_path / "other.txt", "a.txt")
    other.path.write_text(TEXT, "utf-8")
    assert [asked(other), asked(other)] == [False, True]  # its name is taken, which is told once
    other.path.write_text(TEXT * 2, "utf-8")
    assert not asked(other)
    path.unlink()
    assert not asked(job)
    asked.close()


@pytest.mark.parametrize(
    ("lang", "reason", "next_thing"),
    [
        ("en", "a storage tells nobody of new files", "Have cron run this:"),
        ("vi", "kho không báo khi có tệp mới", "Hãy để cron chạy:"),
    ],
)
@pytest.mark.parametrize(("scans", "out"), [("s3://archive/công văn", "out"), ("scans", "s3://archive/out")])
def test_an_address_is_refused_with_the_reason_and_what_to_run_instead(
    scans: str, out: str, lang: str, reason: str, next_thing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["watch", scans, "-o", out, "--lang", lang]) == 2
    told = capsys.readouterr().err
    assert reason in told
    command = told.partition(next_thing)[2].partition(";")[0]
    assert shlex.split(command) == ["restore", "run", scans, "-o", out]
