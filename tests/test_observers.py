"""What the command line shows of a batch that goes on, and of one that would be begun."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest

from restore.batch.events import Event
from restore.batch.inputs import find_jobs
from restore.batch.ledger import Ledger
from restore.batch.status import Rate
from restore.batch.survey import survey
from restore.cli.counting import counted
from restore.cli.dry_run import told
from restore.cli.observers import address
from restore.cli.progress import Standing
from restore.config import Config
from restore.errors import InputError, UsageError


class Clock:
    """A clock that stands until it is put on."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_line_of_progress_tells_rate_time_left_and_failures() -> None:
    clock = Clock()
    standing = Standing("vi", clock)
    assert standing.text() == ""
    standing.total = 30
    for number in range(10):
        clock.now += 30
        standing(Event("page", page=1, status="success", seconds=2.0))
        standing(Event("document", status="failed" if number == 3 else "success", seconds=1.0))
    assert standing.text() == "10 trang · 2,0 trang/phút · còn khoảng 10 phút · 1 lỗi"


def test_what_an_earlier_run_had_done_says_nothing_of_the_pace() -> None:
    clock = Clock()
    standing = Standing("en", clock)
    standing.total = 1002
    for _ in range(1000):
        standing(Event("document", status="success", attempt=0))
    clock.now = 60
    standing(Event("document", status="success", seconds=50.0, worker="pc:1"))
    assert standing.done == 1001
    assert standing.text() == "1.0 files/min · about 1 min left"


def test_nothing_is_shown_where_there_is_no_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Căn cứ Luật Tổ chức chính quyền địa phương;\n", "utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "restore",
            "run",
            tmp_path / "a.txt",
            "-o",
            tmp_path / "out",
            "--log-json",
            "-",
        ],
        capture_output=True,
        text=True,
        env={**os.environ, "RESTORE_LANG": "en"},
        timeout=120,
    )
    assert done.returncode == 0
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert [line for line in lines if not line.startswith("{")][-1] == "1 ok, 0 failed, 0 need review"
    assert "━" not in done.stderr
    assert '"event":"batch-begins"' in lines[0]
    assert sum('"event":"document"' in line for line in lines) == 1


def test_counting_ends_with_the_batch_and_fails_for_itself() -> None:
    begun = threading.Event()

    def endless() -> object:
        while True:
            begun.set()
            yield 1

    def broken() -> object:
        yield 1
        raise InputError("missing-file", path="gone")

    before = threading.active_count()
    for things in (endless, broken):
        with counted(things()) as count:
            begun.wait(5)
        assert count() is None
    assert threading.active_count() == before


@pytest.mark.parametrize("text", ["", "http", "host:", "1:99999", "x:y"])
def test_an_address_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="bad-address"):
        address(text)


def test_a_survey_says_why_and_writes_nothing(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for name in ("a.txt", "b.txt", "c.txt", "d.txt"):
        (folder / name).write_text("Căn cứ", "utf-8")
    jobs = find_jobs([str(folder)], out)
    assert [planned.decision.why for planned in survey(jobs, out, Config())] == ["new"] * 4
    assert not out.exists()

    out.mkdir()
    with Ledger(out) as ledger:
        ledger.begin_run()
        ledger.begin("a.txt", path=str(folder / "a.txt"), config="00" * 32)
        ledger.finish("a.txt", "success")
        ledger.begin("b.txt", path=str(folder / "b.txt"))
    (folder / "c.txt").unlink()
    (folder / "c.txt").symlink_to(tmp_path / "outside.txt")
    (tmp_path / "outside.txt").write_text("Căn cứ", "utf-8")
    before = {path: path.read_bytes() for path in out.iterdir()}
    found = {planned.job.name: planned.decision.why for planned in survey(jobs, out, Config())}
    assert found == {"a.txt": "changed-options", "b.txt": "interrupted", "c.txt": "skipped", "d.txt": "new"}
    overwritten = survey(jobs, out, Config(overwrite=True))
    assert next(overwritten).decision.why == "overwrite"
    overwritten.close()
    assert {path: path.read_bytes() for path in out.iterdir()} == before


def test_a_dry_run_says_how_long_only_where_it_knows() -> None:
    counts = Counter({"new": 90, "retry": 10, "done": 5, "failed-before": 2})
    known = list(told(counts, Rate(documents=0.1, pages=0.1), "en"))
    assert (
        known[0] == "To be done: 100 (new: 90, tried again: 10), about 17 min at the rate of the last runs."
    )
    assert known[1].startswith("Not to be done: 7 (done: 5, failed before")
    assert "not known" in next(told(counts, None, "en"))
    assert list(told(Counter(), None, "en")) == ["Nothing is to be done."]
