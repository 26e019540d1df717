"""A folder that fills: which files are handed out, when, and what happens to the folder meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from restore.batch import watch
from restore.batch.inputs import Job
from restore.batch.ledger import LEDGER_FILE
from restore.batch.watch import AT_REST, PATIENCE, Watcher, Watching

TEXT = "Căn cứ Luật Tổ chức chính quyền địa phương.\n"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"
SETTLE = 10.0


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1e-6
        return self.now


class Watched:
    """A folder under watch without the system's help, its clock, and what was told and handed out."""

    def __init__(self, folder: Path, out: Path) -> None:
        self.clock, self.folder = Clock(), folder
        self.told: list[tuple[str, str]] = []
        self.known: set[tuple[str, int]] = set()  # what a ledger would know: names and sizes
        self.watcher = Watcher(
            folder,
            out,
            Watching(settle=SETTLE, poll=60, notices=False),
            is_known=lambda job: (job.name, job.path.stat().st_size) in self.known,
            tell=lambda news, path: self.told.append((news, path)),
            clock=self.clock,
        )

    def after(self, seconds: float = 0.0) -> list[str]:
        """The names of what is handed out when so much time has passed; from then on it is known."""
        self.clock.now += seconds
        names = []
        quiet = 0
        while quiet < 3:
            job = self.watcher.next_job()
            quiet = 0 if job else quiet + 1
            if job:
                self.known.add((job.name, job.path.stat().st_size))
                names.append(job.name)
        return sorted(names)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


@pytest.fixture
def watched(folder: Path, tmp_path: Path) -> Watched:
    return Watched(folder, tmp_path / "out")


def test_a_file_is_taken_once_it_has_rested(watched: Watched) -> None:
    (watched.folder / "a.txt").write_text(TEXT, "utf-8")
    assert watched.after() == []
    assert watched.after(SETTLE - 1) == []
    assert watched.after(1) == ["a.txt"]
    assert watched.after(SETTLE) == watched.after(600) == []


def test_each_change_begins_the_rest_anew(watched: Watched) -> None:
    path = watched.folder / "a.txt"
    path.write_text(TEXT, "utf-8")
    assert watched.after() == []
    for _ in range(3):
        with path.open("a", encoding="utf-8") as file:
            file.write(TEXT)
        assert watched.after(SETTLE) == []
    os.utime(path, ns=(1, 1))  # the entry changes though the file looks old
    assert watched.after(SETTLE) == []
    assert watched.after(SETTLE) == ["a.txt"]


def test_a_file_that_changes_later_is_taken_again(watched: Watched) -> None:
    path = watched.folder / "a.txt"
    path.write_text(TEXT, "utf-8")
    watched.after()
    assert watched.after(SETTLE) == ["a.txt"]
    path.write_text(TEXT * 2, "utf-8")
    watched.after(60)
    assert watched.after(SETTLE) == ["a.txt"]


def test_a_pdf_whose_end_is_missing_is_waited_for_but_not_for_ever(watched: Watched) -> None:
    (watched.folder / "a.pdf").write_bytes(PDF[:-10])
    watched.after()
    assert watched.after(5 * SETTLE) == []
    assert watched.after(PATIENCE) == ["a.pdf"]


def test_who_has_a_file_open_for_writing_is_waited_for(watched: Watched) -> None:
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("only Linux tells who has a file open")
    with (watched.folder / "a.txt").open("w", encoding="utf-8") as file:
        file.write(TEXT)
        file.flush()
        watched.after()
        assert watched.after(3 * SETTLE) == []
    assert watched.after(SETTLE) == ["a.txt"]


def test_names_of_uploads_links_and_strange_kinds_are_passed_over(watched: Watched, tmp_path: Path) -> None:
    inside = watched.folder
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for place in (elsewhere, inside / "@eaDir", inside / ".trash", inside):
        place.mkdir(exist_ok=True)
        (place / "plan.txt").write_text(TEXT, "utf-8")
    for name in ("a.txt.part", ".a.txt.x81Zqa", "~$a.txt", "a.xyz", "a.pdf.crdownload"):
        (inside / name).write_text(TEXT, "utf-8")
    (inside / "link.txt").symlink_to("plan.txt")
    (inside / "dangling.txt").symlink_to("nowhere")
    (inside / "folder").symlink_to(elsewhere, target_is_directory=True)
    (inside / "loop").symlink_to(inside, target_is_directory=True)
    os.mkfifo(inside / "pipe.txt")
    watched.after()
    assert watched.after(SETTLE) == ["plan.txt"]


def test_what_is_renamed_vanishes_or_moves_in_as_a_folder(watched: Watched, tmp_path: Path) -> None:
    inside, outside = watched.folder, tmp_path / "quận 1"
    (inside / "a.pdf.part").write_bytes(PDF)
    (inside / "b.txt").write_text(TEXT, "utf-8")
    watched.after()
    (inside / "a.pdf.part").rename(inside / "a.pdf")
    (inside / "b.txt").unlink()
    (outside / "phường").mkdir(parents=True)
    (outside / "phường" / "c.txt").write_text(TEXT, "utf-8")
    outside.rename(inside / "quận 1")
    watched.after(60)
    assert watched.after(SETTLE) == ["a.pdf", "quận 1/phường/c.txt"]


def test_results_inside_the_folder_are_not_watched(folder: Path) -> None:
    watched = Watched(folder, folder / "out")
    for place in ("out/a.txt", "earlier", "quận"):
        (folder / place).mkdir(parents=True)
        (folder / place / "restored.txt").write_text(TEXT, "utf-8")
    (folder / "earlier" / LEDGER_FILE).touch()
    watched.after()
    assert watched.after(SETTLE) == ["quận/restored.txt"]


def test_a_folder_that_goes_away_is_waited_for(watched: Watched, tmp_path: Path) -> None:
    inside = watched.folder
    (inside / "a.txt").write_text(TEXT, "utf-8")
    watched.after()
    assert watched.after(SETTLE) == ["a.txt"]
    inside.rename(tmp_path / "away")
    assert watched.after(5) == watched.after(5) == []
    assert watched.told == [("missing", str(inside))]
    (tmp_path / "away" / "b.txt").write_text(TEXT, "utf-8")
    (tmp_path / "away").rename(inside)
    watched.after(5)
    assert watched.told == [("missing", str(inside)), ("back", str(inside))]
    assert watched.after(SETTLE) == ["b.txt"]


def test_another_disk_in_its_place_is_looked_through_at_once(watched: Watched, tmp_path: Path) -> None:
    watched.after()
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.txt").write_text(TEXT, "utf-8")
    watched.folder.rename(tmp_path / "away")
    other.rename(watched.folder)
    watched.after(2)
    assert watched.after(SETTLE) == ["a.txt"]


def test_files_at_rest_for_long_are_handed_out_at_once(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(300):
        (watched.folder / f"{number}.txt").write_text(TEXT, "utf-8")
    (watched.folder / "broken.pdf").write_bytes(PDF[:-10])
    later = time.time() + AT_REST + 60
    monkeypatch.setattr(watch.time, "time", lambda: later)
    assert len(watched.after()) == 300
    assert len(watched.watcher._candidates) == 1
    assert watched.after(SETTLE) == ["broken.pdf"]


def test_nothing_is_remembered_of_what_was_handed_out(watched: Watched) -> None:
    for number in range(500):
        (watched.folder / f"{number}.txt").write_text(TEXT, "utf-8")
    watched.after()
    assert len(watched.after(SETTLE)) == 500
    assert not watched.watcher._candidates
    assert not watched.watcher._due


def test_long_looks_are_made_seldom(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    watched.after()
    below = Watcher._below

    def slow(watcher: Watcher, top: str) -> Iterator[str]:
        watched.clock.now += 100
        yield from below(watcher, top)

    monkeypatch.setattr(Watcher, "_below", slow)
    looks = watched.watcher._looks
    watched.after(60)
    assert watched.watcher._looks == looks + 1
    watched.after(800)
    assert watched.watcher._looks == looks + 1
    watched.after(100)
    assert watched.watcher._looks == looks + 2


def test_a_batch_ends_when_folder_and_work_have_come_to_rest(watched: Watched) -> None:
    (watched.folder / "a.txt").write_text(TEXT, "utf-8")
    busy = False
    jobs = watched.watcher.jobs(lambda: not busy, rest=30)
    assert next(jobs) is None
    watched.clock.now += SETTLE
    job = next(jobs)
    assert job == Job(watched.folder / "a.txt", "a.txt")
    watched.known.add(("a.txt", len(TEXT.encode())))
    busy = True
    watched.clock.now += 31
    assert next(jobs) is None
    busy = False
    assert next(jobs) is None
    watched.clock.now += 29
    assert next(jobs) is None
    watched.clock.now += 1
    with pytest.raises(StopIteration):
        next(jobs)


# With real time, the system's notices and other processes.

_WRITER = """
import pathlib, sys, time
data = pathlib.Path(sys.argv[1]).read_bytes()
for start in range(0, len(data), 1 + len(data) // 4):
    with open(sys.argv[2], "ab") as file:  # closed in each pause: only the bytes tell that it is not whole
        file.write(data[start : start + 1 + len(data) // 4])
    time.sleep(0.5)
"""


def until(watcher: Watcher, done: Callable[[list[str]], bool], seconds: float = 20.0) -> list[str]:
    """What is handed out until there is enough."""
    names: list[str] = []
    end = time.monotonic() + seconds
    while not done(names) and time.monotonic() < end:
        job = watcher.next_job()
        if job:
            names.append(job.name)
        else:
            time.sleep(0.01)
    return names


@pytest.mark.parametrize("notices", [True, False])
def test_a_slow_writer_is_waited_for(folder: Path, tmp_path: Path, notices: bool) -> None:
    (tmp_path / "whole.pdf").write_bytes(PDF * 3)
    source = tmp_path / "whole.pdf"
    source.write_bytes(PDF[:-6] + b" " * 3000 + PDF[-6:])  # %%EOF in its last bytes alone
    watching = Watching(settle=0.2, poll=60 if notices else 0.1, notices=notices)
    with Watcher(folder, tmp_path / "out", watching) as watcher:
        assert until(watcher, lambda names: watcher.looked) == []
        command = [sys.executable, "-c", _WRITER, str(source), str(folder / "slow.pdf")]
        with subprocess.Popen(command) as writer:
            assert until(watcher, lambda names: bool(names)) == ["slow.pdf"]
            assert (folder / "slow.pdf").read_bytes() == source.read_bytes()
            writer.wait(20)


def test_the_system_tells_of_files_folders_and_renames(folder: Path, tmp_path: Path) -> None:
    watching = Watching(settle=0.05, poll=3600)
    outside = tmp_path / "moved"
    (outside / "deep").mkdir(parents=True)
    (outside / "deep" / "c.txt").write_text(TEXT, "utf-8")
    (tmp_path / "elsewhere").mkdir()
    (folder / "link").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    with Watcher(folder, folder / "out", watching) as watcher:
        assert until(watcher, lambda names: watcher.looked) == []
        (folder / "first.txt").write_text(TEXT, "utf-8")
        # Only when it tells of the first file it is known to listen.
        assert until(watcher, lambda names: bool(names)) == ["first.txt"]
        (folder / "b.txt.part").write_text(TEXT, "utf-8")
        (folder / "b.txt.part").rename(folder / "b.txt")
        (folder / "link" / "no.txt").write_text(TEXT, "utf-8")
        (folder / ".hidden" / "deep").mkdir(parents=True)
        (folder / ".hidden" / "deep" / "no.txt").write_text(TEXT, "utf-8")
        (folder / "out" / "d.txt").mkdir(parents=True)
        (folder / "out" / "d.txt" / "restored.txt").write_text(TEXT, "utf-8")
        outside.rename(folder / "moved")
        found = until(watcher, lambda names: len(names) >= 2)
        assert sorted(found) == ["b.txt", "moved/deep/c.txt"]
        (folder / "last.txt").write_text(TEXT, "utf-8")
        assert until(watcher, lambda names: bool(names)) == ["last.txt"]


def test_a_system_that_tells_nothing_is_done_without(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*arguments: object, **options: object) -> Iterator[set[object]]:
        raise OSError("OS file watch limit reached")

    monkeypatch.setattr("restore.batch.notices.watch", refuses)
    told: list[str] = []
    watching = Watching(settle=0.05, poll=0.05)
    with Watcher(folder, tmp_path / "out", watching, tell=lambda news, path: told.append(news)) as watcher:
        until(watcher, lambda names: bool(told))
        (folder / "a.txt").write_text(TEXT, "utf-8")
        assert until(watcher, lambda names: bool(names)) == ["a.txt"]
    assert told == ["no-notices"]


def test_more_changes_than_can_be_told_mean_a_look_at_everything(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("restore.batch.notices.MOST", 3)
    with Watcher(folder, tmp_path / "out", Watching(settle=0.05, poll=3600)) as watcher:
        until(watcher, lambda names: watcher.looked)
        for number in range(50):
            (folder / f"{number}.txt").write_text(TEXT, "utf-8")
        assert len(set(until(watcher, lambda names: len(set(names)) == 50))) == 50
