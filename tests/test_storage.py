"""Input and output at addresses: ``file://`` is treated as any other storage, and S3's protocol is spoken where it can be."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

pytest.importorskip("fsspec", reason="the optional extra s3 is not installed")

from buckets import s3_bucket
from printed import printed

from restore.batch.inputs import Job, find_jobs
from restore.batch.ledger import LEDGER_FILE
from restore.batch.remote import RemoteJobs, jobs_of, place_of
from restore.batch.storage import Store, is_url
from restore.batch.tasks import Setting, Task
from restore.batch.work import perform
from restore.cli import main
from restore.config import Config
from restore.errors import InputError, UsageError
from restore.output import DICTIONARY_FILE

COMPARED = ("original.txt", "restored.txt", "edits.jsonl", "document.json", "seen.json", "diff.html")
TEXT = "UBND QUẬN KIẾN AN\nSố: {number}/KH-UBND\n\nKẾ HOẠCH\nTổ chức hội nghi tổng kêt năm học {number}\n"


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    """Two texts, one of them in a folder below, and a scan of two pages."""
    folder = tmp_path / "in"
    (folder / "quận").mkdir(parents=True)
    (folder / "a.txt").write_text(TEXT.format(number=1), "utf-8")
    (folder / "quận" / "b c.txt").write_text(TEXT.format(number=2), "utf-8")
    first, second = (Image.fromarray(part) for part in (printed()[60:240], printed()[230:380]))
    first.save(
        folder / "scan.tif", save_all=True, append_images=[second], compression="tiff_lzw", dpi=(150, 150)
    )
    return folder


def results(out: Path) -> dict[str, bytes]:
    return {
        f"{name}/{file}": (out / name / file).read_bytes()
        for name in ("a.txt", "quận/b c.txt", "scan.tif")
        for file in COMPARED
    }


def run(*arguments: str) -> int:
    return main(["run", *arguments, "-j", "1", "--lang", "en"])


def test_addresses_give_the_bytes_that_paths_give_and_a_second_run_repeats_nothing(
    scans: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there, state = tmp_path / "there", tmp_path / "state"
    addresses = (scans.as_uri(), "-o", there.as_uri(), "--state", str(state))
    assert run(*addresses) == 0
    told = capsys.readouterr().err
    assert "3 ok, 0 failed" in told
    assert f"{there.as_uri()}/summary.html" in told
    assert run(str(scans), "-o", str(tmp_path / "here")) == 0
    assert results(there) == results(tmp_path / "here")
    assert not list(there.rglob("*.jpg"))
    assert not list(there.rglob("*.part"))
    assert len(list(there.rglob("*.page"))) == 2
    assert [path.name for path in state.iterdir() if path.is_dir()] == []
    summary = json.loads((there / "summary.json").read_text("utf-8"))
    assert summary["files"][0]["input"] == f"{scans.as_uri()}/a.txt"

    def attempts() -> list[tuple[str, int]]:
        with closing(sqlite3.connect(there / LEDGER_FILE)) as ledger:
            return ledger.execute("SELECT output, attempts FROM documents ORDER BY output").fetchall()

    shutil.rmtree(state)  # lost: the copy beside the results is where the next run goes on
    before = attempts()
    assert run(*addresses, "--dry-run") == 0
    assert "Not to be done: 3 (done: 3)." in capsys.readouterr().err
    assert not state.exists()
    assert run(*addresses) == 0
    assert "Done by an earlier run: 3" in capsys.readouterr().err
    assert attempts() == before
    (scans / "a.txt").write_text(TEXT.format(number=7), "utf-8")
    assert run(*addresses) == 0
    assert [number for _, number in attempts()] == [2, 1, 1]
    assert "7/KH-UBND" in (there / "a.txt" / "restored.txt").read_text("utf-8")


def test_rules_beside_remote_results_hold_and_pages_are_not_read_again(scans: Path, tmp_path: Path) -> None:
    there, state = tmp_path / "there", tmp_path / "state"
    addresses = (scans.as_uri(), "-o", there.as_uri(), "--state", str(state))
    assert run(*addresses) == 0
    records = {path: path.stat().st_mtime_ns for path in there.rglob("*.page")}
    (there / DICTIONARY_FILE).write_text("before\tafter\nthiếu\tTHIẾU\n", "utf-8")
    assert run(*addresses) == 0
    assert "THIẾU nhi" in (there / "scan.tif" / "restored.txt").read_text("utf-8")
    assert {path: path.stat().st_mtime_ns for path in there.rglob("*.page")} == records


def test_typeset_files_beside_remote_results_are_made_anew_with_them(tmp_path: Path) -> None:
    text, there = tmp_path / "in" / "a.txt", tmp_path / "there"
    text.parent.mkdir()
    text.write_text(TEXT.format(number=6), "utf-8")
    addresses = (text.parent.as_uri(), "-o", there.as_uri(), "--state", str(tmp_path / "state"))
    assert run(*addresses, "--to", "md") == 0
    assert "6/KH-UBND" in (there / "a.txt" / "document.md").read_text("utf-8")
    text.write_text(TEXT.format(number=7), "utf-8")
    assert run(*addresses) == 0
    assert "7/KH-UBND" in (there / "a.txt" / "document.md").read_text("utf-8")


def test_a_local_folder_may_go_to_an_address_and_an_error_names_the_file(
    scans: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (scans / "broken.pdf").write_bytes(b"%PDF-1.4 nothing else")
    there = tmp_path / "there"
    assert run(str(scans), "-o", there.as_uri(), "--state", str(tmp_path / "state")) == 6
    told = capsys.readouterr().err
    assert "3 ok, 1 failed" in told
    assert str(scans / "broken.pdf") in told
    assert run(scans.as_uri(), "-o", str(tmp_path / "here")) == 6
    told = capsys.readouterr().err
    assert f"{scans.as_uri()}/broken.pdf" in told
    assert "apart-" not in told
    assert results(there) == results(tmp_path / "here")


def test_a_file_that_changes_after_it_was_listed_is_told_as_changed(scans: Path, tmp_path: Path) -> None:
    job = next(iter(RemoteJobs(scans.as_uri())))
    (scans / "a.txt").write_text("another one, and longer than that", "utf-8")
    result = perform(Task("document", job), Setting(tmp_path / "out", Config()))
    assert result.error is not None
    assert result.error.key == "file-changed"
    assert not (tmp_path / "out").exists()


def test_a_worker_fetches_a_file_once_for_all_of_its_pages(
    scans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[str] = []
    fetch = Store.fetch
    monkeypatch.setattr(Store, "fetch", lambda self, *a: (fetched.append(self.url), fetch(self, *a))[1])
    setting = Setting(tmp_path / "out", Config())
    text, scan = (job for job in RemoteJobs(scans.as_uri()) if job.path.name in ("a.txt", "scan.tif"))
    for job in (scan, scan, text, scan):
        assert perform(Task("look", job), setting).error is None
    assert fetched == [scan.url, text.url, scan.url]


def test_jobs_of_a_storage_have_the_names_that_a_folder_gives(scans: Path, tmp_path: Path) -> None:
    (scans / ".hidden").mkdir()
    (scans / ".hidden" / "c.txt").write_text("no")
    (scans / "note.unknown").write_text("no")
    jobs = list(jobs_of([scans.as_uri()], place_of(str(tmp_path / "out"), None)))
    assert sorted(job.name for job in jobs) == sorted(
        job.name for job in find_jobs([str(scans)], tmp_path / "out")
    )
    assert {job.address for job in jobs} == {
        f"{scans.as_uri()}/{name}" for name in ("a.txt", "quận/b c.txt", "scan.tif")
    }
    assert list(RemoteJobs(f"{scans.as_uri()}/a.txt")) == [
        Job(Path("a.txt"), "a.txt", "", f"{scans.as_uri()}/a.txt", jobs[0].stamp)
    ]


def test_what_cannot_be_is_told(scans: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as two:
        jobs_of([scans.as_uri(), "b.txt"], place_of("out", None))
    assert two.value.key == "one-address"
    with pytest.raises(UsageError) as same:
        jobs_of(["s3://bucket/in"], place_of("s3://bucket/in/out", None))
    assert same.value.key == "output-is-input"
    with pytest.raises(UsageError) as unknown:
        Store("nonsense://x")
    assert unknown.value.key == "no-storage"
    with pytest.raises(InputError) as empty:
        list(RemoteJobs((tmp_path / "nothing").as_uri()))
    assert empty.value.key == "no-documents"
    assert not is_url("C:\\scans")


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with s3_bucket(monkeypatch) as found:
        yield found


def test_s3_gives_the_bytes_that_paths_give(
    bucket: str, scans: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import s3fs

    files = s3fs.S3FileSystem(skip_instance_cache=True)
    files.put(f"{scans}/", f"{bucket}/in/", recursive=True)
    addresses = (f"{bucket}/in", "-o", f"{bucket}/out", "--state", str(tmp_path / "state"))
    assert run(*addresses) == 0
    assert run(str(scans), "-o", str(tmp_path / "here")) == 0
    files.invalidate_cache()
    files.get(f"{bucket}/out/", f"{tmp_path}/there/", recursive=True)
    assert results(tmp_path / "there") == results(tmp_path / "here")
    assert not list((tmp_path / "there").rglob("*.jpg"))
    capsys.readouterr()
    assert run(*addresses) == 0
    assert "Done by an earlier run: 3" in capsys.readouterr().err
    assert os.environ["AWS_SECRET_ACCESS_KEY"] not in "".join(
        path.read_text("utf-8", errors="ignore") for path in (tmp_path / "there").rglob("*.json")
    )
