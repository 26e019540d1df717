"""The cells of one process with several threads: kept for the next task, ended when idle, unwanted or too slow."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from multiprocessing import Pipe
from pathlib import Path
from typing import ClassVar

import pytest

from restore.batch import cells, dask_worker
from restore.batch.cells import Batch, Cells
from restore.batch.inputs import Job
from restore.batch.tasks import Result, Setting, Task
from restore.config import Config
from restore.errors import InputError

PATIENCE = 20.0


class Slow:
    """In the place of a cell: without a process, and it answers only tasks named "quick"."""

    made: ClassVar[list[Slow]] = []
    told: ClassVar[list[str]] = []

    def __init__(self, setting: Setting, folder: Path) -> None:
        self.folder, self.ended, self.deadline = folder, False, 0.0
        self.connection, self.other = Pipe()
        Slow.made.append(self)

    def begin(self, task: Task) -> None:
        self.task, self.deadline = task, time.monotonic() + task.seconds
        if task.job.name == "quick":
            self.other.send("done")

    def result(self) -> Result:
        if self.connection.poll():
            self.connection.recv()
            return Result(self.task)
        return Result(self.task, error=InputError("task-timeout", path="x", seconds="1"), lost=True)

    def terminate(self) -> None:
        Slow.told.append("terminate")

    def end(self, *, until: float | None = None) -> None:
        self.ended = True
        Slow.told.append("end")


@pytest.fixture(autouse=True)
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    Slow.made, Slow.told = [], []
    monkeypatch.setattr(cells, "Cell", Slow)
    yield
    for one in Slow.made:
        one.connection.close()
        one.other.close()


def batch(token: str = "a", out: str = "out") -> Batch:
    return Batch(token, Setting(Path(out), Config(jobs=1)))


def task(name: str = "quick", seconds: float = 60.0) -> Task:
    return Task("document", Job(Path(name), name), seconds=seconds)


def until(condition) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_cell_is_kept_for_its_batch_and_ended_when_nobody_needs_it() -> None:
    mine = Cells(idle_seconds=0.4)
    assert mine.perform(task(), batch()).error is None
    assert mine.perform(task(), batch()).error is None
    assert len(Slow.made) == 1
    mine.perform(task(), batch("b"))
    assert len(Slow.made) == 2
    folder = Slow.made[0].folder
    assert folder.is_dir()
    until(lambda: len(mine) == 0 and not folder.exists())
    assert all(one.ended for one in Slow.made)
    assert mine.perform(task(), batch()).error is None  # and it begins anew
    mine.stop(lambda _: True)


def test_all_cells_are_asked_to_end_before_the_first_is_waited_for() -> None:
    mine = Cells()
    for token in ("a", "b", "c"):
        mine.perform(task(), batch(token))
    mine.stop(lambda batch: batch.token != "b")
    assert (Slow.told, len(mine)) == (["terminate"] * 2 + ["end"] * 2, 1)
    mine.stop(lambda _: True)


def test_what_takes_too_long_is_lost_at_its_limit() -> None:
    mine = Cells()
    assert mine.perform(task("hangs", seconds=0.3), batch()).lost
    mine.stop(lambda _: True)


def test_what_a_dead_run_left_in_work_is_ended_when_the_next_one_comes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mine = Cells()
    monkeypatch.setattr(dask_worker, "CELLS", mine)
    results: list[Result] = []
    old, other = batch("old", str(tmp_path)), batch("other", "elsewhere")
    threads = [
        threading.Thread(target=lambda one=one: results.append(mine.perform(task("hangs"), one)))
        for one in (old, other)
    ]
    for thread in threads:
        thread.start()
    until(lambda: len(mine) == 2)
    found = dask_worker.introduce(batch("new", str(tmp_path)))
    assert (found.token, found.error) == ("", None)  # nobody has put the new one's sign into the folder
    until(lambda: len(results) == 1)
    assert results[0].lost
    assert len(mine) == 1  # another run, on another folder, is not disturbed
    dask_worker.stop("other")
    for thread in threads:
        thread.join(PATIENCE)
    assert len(results) == 2
    assert len(mine) == 0
