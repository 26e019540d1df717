"""From a storage into a storage on a cluster whose worker is killed, and the coordinator as well: nothing is lost, nothing left."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

pytest.importorskip("distributed", reason="the optional extra dask is not installed")

import fsspec
from buckets import s3_bucket
from clusters import ROOT, cluster, until
from printed import printed

from restore.batch.rows import LEDGER_FILE
from restore.cli import main

TEXTS = 8
PAGES = frozenset({"scan.tif/1", "scan.tif/2"})
UNITS = TEXTS + 1 + len(PAGES)  # documents and pages
TEXT = """UBND QUẬN KIẾN AN
Số: {number}/KH-UBND

KẾ HOẠCH
Tổ chức hội nghị tổng kết năm học {number}

Thực hiện kế hoạch của thành phố, phòng giáo dục và đào tạo tổ chức hội nghi tổng kêt năm học.
"""
OF_THE_BATCH = (LEDGER_FILE, "summary.html", "summary.json")


def results(out: Path) -> dict[str, bytes]:
    """All files of a batch but those that tell of the run itself."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and path.relative_to(out).as_posix() not in OF_THE_BATCH
    }


def attempts(state: Path) -> dict[str, int]:
    """How often each document and page was begun."""
    with closing(sqlite3.connect(state / LEDGER_FILE)) as ledger:
        documents = ledger.execute("SELECT output, attempts FROM documents WHERE status = 'success'")
        pages = ledger.execute(
            "SELECT output || '/' || number, pages.attempts FROM pages JOIN documents ON documents.id = document "
            "WHERE pages.status = 'success'"
        )
        return dict([*documents, *pages])


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    """Some texts and, last in the order of names, a scan of two pages."""
    folder = tmp_path / "in"
    (folder / "quận").mkdir(parents=True)
    for number in range(TEXTS):
        place = folder if number % 2 else folder / "quận"
        (place / f"{number}.txt").write_text(TEXT.format(number=number), "utf-8")
    first, second = (Image.fromarray(part) for part in (printed()[60:240], printed()[230:380]))
    first.save(
        folder / "scan.tif", save_all=True, append_images=[second], compression="tiff_lzw", dpi=(150, 150)
    )
    return folder


class Somewhere:
    """A storage, looked at from outside of the program."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.files, self.root = fsspec.core.url_to_fs(url)

    def put(self, folder: Path) -> str:
        self.files.put(f"{folder}/", f"{self.root}/in/", recursive=True)
        return f"{self.url}/in"

    def documents(self) -> int:
        self.files.invalidate_cache()
        return sum(path.endswith("/document.json") for path in self.files.find(f"{self.root}/out"))

    def copied(self, folder: Path) -> Path:
        self.files.invalidate_cache()
        self.files.get(f"{self.root}/out/", f"{folder}/", recursive=True)
        return folder


@pytest.fixture(params=["file", "s3"])
def somewhere(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Somewhere]:
    if request.param == "file":
        yield Somewhere((tmp_path / "storage").as_uri())
        return
    with s3_bucket(monkeypatch) as url:
        yield Somewhere(url)


def test_killed_on_a_cluster_a_batch_at_addresses_loses_nothing(
    scans: Path, somewhere: Somewhere, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state, temporary = tmp_path / "state", tmp_path / "tmp"
    temporary.mkdir()
    arguments = [
        *("run", somewhere.put(scans), "-o", f"{somewhere.url}/out", "--state", str(state), "--lang", "en"),
        *("--engine", "dask", "--scheduler"),
    ]
    with cluster(tmp_path / "cluster") as found:
        for name in ("one", "two"):
            found.start_worker(name, TMPDIR=str(temporary))
        with (tmp_path / "first.log").open("wb") as log:
            coordinator = subprocess.Popen(
                [sys.executable, "-m", "restore", *arguments, found.address],
                env=os.environ | {"PYTHONPATH": str(ROOT)},
                stdout=log,
                stderr=log,
            )
        until(lambda: somewhere.documents() >= 1)
        found.send("one", signal.SIGKILL)
        until(lambda: somewhere.documents() >= 3)
        coordinator.kill()
        coordinator.wait()
        done = attempts(state)
        assert 1 <= len(done) < UNITS, "the batch was over before anybody was killed"
        assert main([*arguments, found.address]) == 0
        told = capsys.readouterr().err
        assert f"{TEXTS + 1} ok, 0 failed" in told
        assert f"Done by an earlier run: {len(done.keys() - PAGES)}" in told
        until(lambda: not list(temporary.iterdir()))
    after = attempts(state)
    assert len(after) == UNITS
    assert {name: after[name] for name in done} == done
    there = somewhere.copied(tmp_path / "there")
    assert main(["run", str(scans), "-o", str(tmp_path / "alone"), "-j", "1"]) == 0
    assert results(there) == results(tmp_path / "alone")
    assert attempts(there) == after
