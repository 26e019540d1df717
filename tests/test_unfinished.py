"""What a stopped run has left in work comes first, once, and only where it is among the files that are asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from restore.batch.inputs import Job, find_jobs
from restore.batch.ledger import Ledger
from restore.batch.remote import BroughtJobs
from restore.batch.unfinished import unfinished_first


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("in/a.txt", "in/b/c.txt", "in/d.txt", "other/e.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Kế hoạch", "utf-8")
    return tmp_path


def begun(out: Path, **files: Path) -> None:
    out.mkdir()
    with Ledger(out) as ledger:
        ledger.begin_run()
        for name, path in files.items():
            ledger.begin(name.replace("__", "/").replace("_", "."), path=str(path))


def names(inputs: list[Path], out: Path) -> list[str]:
    return [job.name for job in unfinished_first(find_jobs([str(path) for path in inputs], out), out)]


def test_a_first_run_goes_by_name(folder: Path) -> None:
    assert names([folder / "in"], folder / "out") == ["a.txt", "b/c.txt", "d.txt"]


def test_what_was_in_work_comes_first_and_once(folder: Path) -> None:
    begun(folder / "out", d_txt=folder / "in/d.txt", b__c_txt=folder / "in/b/c.txt")
    assert names([folder / "in"], folder / "out") == ["b/c.txt", "d.txt", "a.txt"]


def test_the_path_is_the_one_that_the_user_gave(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun(folder / "out", d_txt=folder / "in/d.txt")
    monkeypatch.chdir(folder)
    first = next(unfinished_first(find_jobs(["in"], Path("out")), Path("out")))
    assert (first.path, first.name) == (Path("in/d.txt"), "d.txt")


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("e_txt", "other/e.txt"),  # not among the inputs
        ("x_txt", "in/d.txt"),  # called otherwise then
        ("gone_txt", "in/gone.txt"),
    ],
)
def test_what_is_not_asked_for_now_does_not_come(folder: Path, name: str, path: str) -> None:
    begun(folder / "out", **{name: folder / path})
    assert names([folder / "in"], folder / "out") == ["a.txt", "b/c.txt", "d.txt"]


def test_single_files(folder: Path) -> None:
    begun(folder / "out", d_txt=folder / "in/d.txt")
    assert names([folder / "in/a.txt", folder / "in/d.txt"], folder / "out") == ["d.txt", "a.txt"]


def test_files_of_a_folder_whose_results_go_to_an_address(folder: Path) -> None:
    begun(folder / "out", d_txt=folder / "in/d.txt")
    jobs = BroughtJobs(find_jobs([str(folder / "in")], folder / "out"), "s3://archive/out")
    found = list(unfinished_first(jobs, folder / "out"))
    assert [job.name for job in found] == ["d.txt", "a.txt", "b/c.txt"]
    assert {job.remote for job in found} == {"s3://archive/out"}


def test_files_at_an_address_come_in_their_own_order(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.begin("b.txt", path="/in/b.txt")
    jobs = [Job(Path("/in") / name, name) for name in ("a.txt", "b.txt")]
    assert list(unfinished_first(iter(jobs), tmp_path)) == jobs
