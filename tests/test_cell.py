"""One worker: what it does, and what is left of it whatever ends it: nothing."""

from __future__ import annotations

import os
import signal
import stat
import tempfile
import time
from collections.abc import Iterator
from multiprocessing.context import SpawnProcess
from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image

from restore.batch.cell import Cell
from restore.batch.inputs import Job
from restore.batch.local import LocalEngine
from restore.batch.scratch import PREFIX, scratch, sweep
from restore.batch.tasks import Result, Setting, Task
from restore.config import Config

TEXT = "UY BAN NHAN DAN\nSo: 12/KH-UBND\nAn Lao, ngay 05 thang 3 nam 2024\nKE HOACH\nTrong cay nam 2024\n"
LONG = TEXT * 3000


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go during a test."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.fixture
def cell(place: Path, tmp_path: Path) -> Iterator[Cell]:
    with scratch() as folder:
        one = Cell(Setting(tmp_path / "out", Config(jobs=1)), folder)
        yield one
        one.end(now=True)
    assert list(place.iterdir()) == []


def text_task(folder: Path, text: str = TEXT, *, seconds: float = 100) -> Task:
    path = folder / "a.txt"
    path.write_text(text, "utf-8")
    return Task("document", Job(path, "a.txt"), seconds=seconds)


def waited(cell: Cell) -> Result:
    cell.connection.poll(max(0.0, cell.deadline - time.monotonic()))
    return cell.result()


def family() -> set[psutil.Process]:
    """This process's own, but for those that multiprocessing keeps for itself."""
    return {
        child
        for child in psutil.Process().children(recursive=True)
        if "spawn_main" in " ".join(child.cmdline())
    }


def test_a_task_is_done_and_the_same_process_does_the_next(cell: Cell, tmp_path: Path) -> None:
    workers = set()
    for _ in range(2):
        cell.begin(text_task(tmp_path))
        result = waited(cell)
        assert result.error is None
        assert result.made is not None
        assert (result.made.words > 10, result.memory > 10_000_000) == (True, True)
        assert {"correct", "structure", "write"} & set(result.steps)
        workers.add(result.worker)
    assert len(workers) == 1


def test_a_worker_at_its_deadline_is_ended_and_the_next_task_gets_a_new_one(
    cell: Cell, tmp_path: Path
) -> None:
    cell.begin(text_task(tmp_path, LONG, seconds=3))
    result = waited(cell)
    assert (result.lost, result.error and result.error.key) == (True, "task-timeout")
    assert family() == set()
    cell.begin(text_task(tmp_path))
    assert waited(cell).error is None


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
def test_a_worker_that_dies_loses_its_task_alone(cell: Cell, tmp_path: Path, number: int) -> None:
    cell.begin(text_task(tmp_path, LONG))
    time.sleep(0.5)
    (worker,) = family()
    worker.send_signal(number)
    began = time.monotonic()
    result = waited(cell)
    assert (result.lost, result.error and result.error.key) == (True, "worker-died")
    assert time.monotonic() - began < 60  # it is found out at once, not at the deadline
    cell.begin(text_task(tmp_path))
    assert waited(cell).error is None


def test_a_stopped_worker_is_ended_at_its_deadline(cell: Cell, tmp_path: Path) -> None:
    cell.begin(text_task(tmp_path, seconds=4))
    (worker,) = family()
    worker.send_signal(signal.SIGSTOP)
    result = waited(cell)
    assert (result.lost, result.error and result.error.key) == (True, "task-timeout")
    assert not worker.is_running()


def test_a_task_that_takes_too_much_memory_fails_and_the_worker_goes_on(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)  # the more cores, the more it would take
    Image.fromarray(np.full((7000, 9000, 3), 200, np.uint8)).save(tmp_path / "a.png")
    job = Job(tmp_path / "a.png", "a.png")
    with scratch() as folder:
        cell = Cell(Setting(tmp_path / "out", Config(jobs=1, page_memory=256)), folder)
        cell.begin(Task("page", job, sha256="ab", key="cd", number=1, seconds=100))
        result = waited(cell)
        assert result.error is not None
        assert result.error.key == "page-memory", result.error
        (worker,) = family()
        cell.begin(text_task(tmp_path))
        assert waited(cell).error is None
        assert family() == {worker}
        cell.end(now=True)


def hanging_tesseract(folder: Path, seen: Path) -> Path:
    """A program that says its number, starts another one and waits for it."""
    folder.mkdir()
    program = folder / "tesseract"
    program.write_text(
        f"#!/bin/sh\ncase \"$1\" in --*) echo 'tesseract v5.3.0'; echo vie; echo osd; exit 0;; esac\n"
        f"sleep 1000 &\necho $$ $! >> {seen}\nwait\n",
        "utf-8",
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return folder


@pytest.mark.parametrize("how", ["deadline", "killed"])
def test_what_a_worker_has_started_ends_with_it(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """Tesseract hangs, and has started a process of its own; the worker is ended at its deadline, or is killed."""
    seen = tmp_path / "seen"
    programs = hanging_tesseract(tmp_path / "bin", seen)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    page = np.full((1200, 900), 255, np.uint8)
    page[100:1100:40, 100:800] = 0
    Image.fromarray(page).save(tmp_path / "a.png")
    job = Job(tmp_path / "a.png", "a.png")
    with scratch() as folder:
        cell = Cell(Setting(tmp_path / "out", Config(jobs=1)), folder)
        cell.begin(Task("page", job, sha256="ab", key="cd", number=1, seconds=60))
        deadline = time.monotonic() + 50
        while not seen.is_file() or not seen.read_text().strip():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        numbers = [int(word) for word in seen.read_text().split()]
        assert all(psutil.pid_exists(number) for number in numbers)
        if how == "deadline":
            cell.deadline = time.monotonic()
        else:
            (worker,) = family()
            worker.kill()
        assert waited(cell).lost
        gone = time.monotonic() + 5
        while any(psutil.pid_exists(number) and is_alive(number) for number in numbers):
            assert time.monotonic() < gone
            time.sleep(0.05)
    assert list(place.iterdir()) == []


def is_alive(number: int) -> bool:
    try:
        return bool(psutil.Process(number).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def has_signal(process: psutil.Process, kind: str, number: int) -> bool:
    """Whether a process blocks (``SigBlk``) or catches (``SigCgt``) a signal."""
    (line,) = (line for line in Path(f"/proc/{process.pid}/status").read_text().splitlines() if kind in line)
    return bool(int(line.split()[1], 16) >> (number - 1) & 1)


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="signals of others are told by Linux")
def test_a_worker_that_is_ended_while_it_starts_says_nothing(
    cell: Cell, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Neither while Python itself starts, nor while the libraries are loaded, which takes longest."""
    cell.begin(text_task(tmp_path))
    (worker,) = family()
    while not has_signal(worker, "SigCgt", signal.SIGTERM):
        assert has_signal(worker, "SigBlk", signal.SIGTERM)
        assert has_signal(worker, "SigBlk", signal.SIGINT)
        time.sleep(0.01)
    cell.terminate()
    cell.end()
    assert capfd.readouterr().err == ""
    assert family() == set()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_who_is_interrupted_while_a_worker_starts_ends_it(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    start = SpawnProcess.start

    def interrupted(process: SpawnProcess) -> None:
        start(process)
        signal.raise_signal(number)

    monkeypatch.setattr(SpawnProcess, "start", interrupted)
    earlier = signal.signal(number, signal.default_int_handler)
    try:
        with scratch() as folder:
            one = Cell(Setting(tmp_path / "out", Config(jobs=1)), folder)
            with pytest.raises(KeyboardInterrupt):
                one.begin(text_task(tmp_path))
            one.end()
            assert family() == set()
    finally:
        signal.signal(number, earlier)


def test_a_temporary_folder_that_was_cleared_away_is_made_again(cell: Cell, tmp_path: Path) -> None:
    cell.begin(text_task(tmp_path))
    assert waited(cell).error is None
    (folder,) = Path(tempfile.gettempdir()).glob(f"{PREFIX}*/*-*")
    folder.rmdir()
    cell.begin(text_task(tmp_path))
    assert waited(cell).error is None
    assert folder.is_dir()


def test_an_engine_closed_in_the_middle_leaves_nothing(tmp_path: Path, place: Path) -> None:
    engine = LocalEngine(Setting(tmp_path / "out", Config(jobs=2)))
    for name in ("x", "y"):
        (tmp_path / name).mkdir()
        engine.submit(text_task(tmp_path / name, LONG))
    time.sleep(1)
    assert len(family()) == 2
    engine.close()
    engine.close()
    assert family() == set()
    assert list(place.iterdir()) == []


def test_what_dead_runs_left_is_swept_and_what_living_ones_use_is_not(place: Path) -> None:
    left = place / f"{PREFIX}dead"
    (left / "1").mkdir(parents=True)
    (left / "owner").touch()
    with scratch() as living:
        assert not left.exists()
        sweep(place)
        assert living.is_dir()
    assert list(place.iterdir()) == []
