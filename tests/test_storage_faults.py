"""What a kill may leave in a storage, and what a storage may say: nothing of it is lost, left or held against a file."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fsspec", reason="the optional extra s3 is not installed")

from clusters import ROOT
from fsspec.implementations.memory import MemoryFileSystem

from restore.batch import apart
from restore.batch.apart import done_apart
from restore.batch.cells import Batch
from restore.batch.crew import Copy, Sighting
from restore.batch.inputs import Job
from restore.batch.ledger import Ledger
from restore.batch.lock import only_run
from restore.batch.problems import is_outside
from restore.batch.remote import Place, RemoteJobs
from restore.batch.rows import LEDGER_FILE
from restore.batch.storage import Store
from restore.batch.tasks import Result, Setting, Task
from restore.batch.work import perform
from restore.config import Config
from restore.errors import InputError, OutputError
from restore.output import DICTIONARY_FILE

TEXT = "UBND QUẬN KIẾN AN\nSố: 12/KH-UBND\n\nKẾ HOẠCH\nTổ chức hội nghị tổng kêt năm học\n"


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryFileSystem]:
    """A storage of objects in this process, empty."""
    files = MemoryFileSystem()
    files.store.clear()
    files.pseudo_dirs[:] = [""]
    info = MemoryFileSystem.info

    def told(self: MemoryFileSystem, path: str, **more: Any) -> dict[str, Any]:
        found = info(
            self, path, **more
        )  # a time, where a list has seconds: no real storage has two words for one thing
        return found | ({"created": found["created"].timestamp()} if "created" in found else {})

    monkeypatch.setattr(MemoryFileSystem, "info", told)
    yield files
    files.store.clear()


def killed_over(code: str, *arguments: object) -> None:
    """Run some Python that ends itself as kill -9 would."""
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 9, done.stderr


def test_who_is_killed_while_putting_leaves_nothing_that_the_next_one_does_not_clear_away(
    tmp_path: Path,
) -> None:
    made, there = tmp_path / "restored.txt", tmp_path / "there"
    made.write_text("Kế hoạch", "utf-8")
    killed_over(
        "import os, pathlib, shutil, sys\n"
        "from restore.batch.storage import Store\n"
        "shutil.move = pathlib.Path.replace = lambda *_: os._exit(9)\n"
        "Store(sys.argv[1]).put(pathlib.Path(sys.argv[2]), 'a/restored.txt')",
        *(there.as_uri(), made),
    )
    assert not (there / "a" / "restored.txt").exists()
    shutil.copy(made, tmp_path / "again")  # another worker's: at another place of the disk
    Store(there.as_uri()).put(tmp_path / "again", "a/restored.txt")
    assert [path.name for path in (there / "a").iterdir()] == ["restored.txt"]


def test_half_a_ledger_is_never_taken_for_one(tmp_path: Path) -> None:
    there, state = tmp_path / "there", tmp_path / "state"
    there.mkdir()
    with Ledger(there) as ledger:
        ledger.begin("a.txt", path="/in/a.txt")
    killed_over(
        "import os, sys\n"
        "from pathlib import Path\n"
        "from fsspec.implementations.local import LocalFileSystem\n"
        "from restore.batch.remote import Place\n"
        "def get_file(self, source, target, **more):\n"
        "    Path(target).write_bytes(Path(source).read_bytes()[:5000])\n"
        "    os._exit(9)\n"
        "LocalFileSystem.get_file = get_file\n"
        "Place(Path(sys.argv[1]), sys.argv[2]).make_ready()",
        *(state, there.as_uri()),
    )
    Place(state, there.as_uri()).make_ready()
    with Ledger(state) as ledger:
        assert ledger.row("a.txt") is not None


def test_a_run_that_is_refused_does_not_touch_what_the_other_one_reads(tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir()
    (state / DICTIONARY_FILE).write_text("before\tafter\nthiếu\tTHIẾU\n", "utf-8")
    with only_run(state), pytest.raises(OutputError) as refused:
        Place(state, (tmp_path / "there").as_uri()).make_ready()
    assert refused.value.key == "already-running"
    assert (state / DICTIONARY_FILE).exists()


@pytest.mark.parametrize("problem", [PermissionError("Access Denied"), FileNotFoundError("no such bucket")])
def test_an_output_that_refuses_does_so_before_anything_is_worked_on(
    memory: MemoryFileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    def put_file(self: MemoryFileSystem, *_: object, **more: object) -> None:
        raise problem

    place = Place(tmp_path / "state", "memory://out")
    with monkeypatch.context() as patched:
        patched.setattr(MemoryFileSystem, "put_file", put_file)
        for _ in range(2):
            with pytest.raises(OutputError) as refused:
                place.make_ready()
            assert refused.value.key == "output-not-writable"
    place.make_ready()
    assert memory.find("/") == [f"/out/{LEDGER_FILE}"]


@pytest.mark.parametrize(
    ("problem", "key"),
    [
        (OSError("503 Slow Down"), "storage-failed"),
        (RuntimeError("no endpoint"), "storage-failed"),
        (OSError(errno.ENOSPC, "No space left on device"), "disk-full"),
        (FileNotFoundError("a.txt"), "missing-file"),
    ],
)
def test_what_a_storage_says_is_not_held_against_the_file(
    memory: MemoryFileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, problem: Exception, key: str
) -> None:
    def get_file(self: MemoryFileSystem, *_: object, **more: object) -> None:
        raise problem

    memory.pipe("/in/a.txt", TEXT.encode())
    (job,) = RemoteJobs("memory://in")
    monkeypatch.setattr(MemoryFileSystem, "get_file", get_file)
    error = perform(Task("document", job), Setting(tmp_path / "out", Config())).error
    assert error is not None
    assert error.key == key
    assert is_outside(error)


def test_a_worker_without_room_for_temporary_files_says_so(
    memory: MemoryFileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **more: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    memory.pipe("/in/a.txt", TEXT.encode())
    (job,) = RemoteJobs("memory://in")
    monkeypatch.setattr(tempfile, "mkdtemp", full)
    error = perform(Task("document", job), Setting(tmp_path / "out", Config())).error
    assert error is not None
    assert error.key == "disk-full"


def test_a_copy_that_a_system_has_cleared_away_is_fetched_again(
    memory: MemoryFileSystem, tmp_path: Path
) -> None:
    memory.pipe("/in/a.txt", TEXT.encode())
    (job,) = RemoteJobs("memory://in")
    setting = Setting(tmp_path / "out", Config())
    assert perform(Task("look", job), setting).error is None
    shutil.rmtree(apart._KEPT.path(job.url, job.stamp).parent)
    assert perform(Task("look", job), setting).error is None


def test_names_that_only_a_storage_can_bear(memory: MemoryFileSystem, tmp_path: Path) -> None:
    memory.pipe(f"/in/{'a' * 300}.txt", TEXT.encode())
    (job,) = RemoteJobs("memory://in", "memory://out")
    assert perform(Task("document", job), Setting(tmp_path, Config())).error is None
    assert memory.exists(f"/out/{job.name}/document.json")


def test_names_that_fsspec_would_take_for_a_chain_of_storages(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "công văn::2.txt").write_text(TEXT, "utf-8")
    there = tmp_path / "there"
    (job,) = RemoteJobs((tmp_path / "in").as_uri(), there.as_uri())
    assert perform(Task("document", job), Setting(tmp_path, Config())).error is None
    assert (there / "công văn::2.txt" / "document.json").is_file()


def test_the_whole_output_is_never_listed_for_one_document(
    memory: MemoryFileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed: list[str] = []
    ls = MemoryFileSystem.ls
    memory.pipe("/in/a.txt", TEXT.encode())
    memory.pipe(f"/out/{DICTIONARY_FILE}", "before\tafter\nhội nghị\tHỘI NGHỊ\n".encode())
    (job,) = RemoteJobs("memory://in", "memory://out")
    monkeypatch.setattr(
        MemoryFileSystem, "ls", lambda self, path, **more: (listed.append(path), ls(self, path, **more))[1]
    )
    assert perform(Task("document", job), Setting(tmp_path, Config())).error is None
    assert "/out" not in listed
    assert "HỘI NGHỊ" in memory.cat("/out/a.txt/restored.txt").decode()


def test_records_in_a_storage_are_those_that_a_disk_would_have(
    memory: MemoryFileSystem, tmp_path: Path
) -> None:
    pages = "/out/a.pdf/.pages"
    for name in ("00001.page", "00001.jpg", "00002.page", "00003.page", "00003.jpg", "00004.page"):
        memory.pipe(f"{pages}/{name}", b"as it was")

    def done(task: Task, setting: Setting) -> Mapping[str, Any]:
        folder = setting.out / task.job.name
        assert (folder / ".pages" / "00004.page").read_bytes() == b"as it was"
        (folder / ".pages" / "00002.page").unlink()  # damaged: read again, as from a page
        (folder / ".pages" / "00002.page").write_bytes(b"read again")
        for path in (
            *folder.rglob("*.jpg"),
            folder / ".pages" / "00003.page",
        ):  # of an earlier state of the file
            path.unlink()
        (folder / "document.json").write_bytes(b"{}")
        return {}

    task = Task("document", Job(Path("a.pdf"), "a.pdf", remote="memory://out"), pages=(1, 2))
    done_apart(task, Setting(tmp_path, Config()), done)
    assert {name: memory.cat(name) for name in memory.find("/out")} == {
        f"{pages}/00001.page": b"as it was",
        f"{pages}/00002.page": b"read again",
        f"{pages}/00004.page": b"as it was",
        "/out/a.pdf/document.json": b"{}",
    }


def test_results_of_another_batch_and_links_are_no_input(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    for name in ("a.txt", "old/ledger.sqlite", "old/b.txt/restored.txt", "new/c.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(TEXT, "utf-8")
    (tmp_path / "secret.txt").write_text("no", "utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    assert [job.name for job in RemoteJobs(folder.as_uri())] == ["a.txt", "new/c.txt"]


def test_a_folder_that_cannot_be_listed_is_told_and_no_other_is_lost(
    memory: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a/1.txt", "b/2.txt", "c/3.txt"):
        memory.pipe(f"/in/{name}", TEXT.encode())
    ls = MemoryFileSystem.ls

    def refusing(closed: str) -> Callable[..., Any]:
        def listed(self: MemoryFileSystem, path: str, **more: Any) -> Any:
            if path == closed:
                raise OSError("503 Slow Down")
            return ls(self, path, **more)

        return listed

    monkeypatch.setattr(MemoryFileSystem, "ls", refusing("/in/b"))
    assert [(job.given, job.skip) for job in RemoteJobs("memory://in")] == [
        ("memory://in/a/1.txt", ""),
        ("memory://in/b/", "folder-unreadable"),
        ("memory://in/c/3.txt", ""),
    ]
    monkeypatch.setattr(MemoryFileSystem, "ls", refusing("/in"))
    with pytest.raises(InputError) as refused:
        list(RemoteJobs("memory://in"))
    assert refused.value.key == "storage-failed"


def test_a_file_of_that_name_where_the_coordinator_was_started_blames_no_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed", reason="the optional extra dask is not installed")
    from restore.batch.dask_link import Link

    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").touch()
    task = Task("document", Job(Path("a.txt"), "a.txt", url="memory://in/a.txt"))
    link = Link(Batch("token", Setting(tmp_path, Config()), shared=False), "tcp://127.0.0.1:1")
    try:
        for one in ("a", "b"):
            link._crew.survey({name: Sighting(name, 1, 0.0) for name in "ab"}, 0.0)
            link._crew.admit(one)
        link._crew.hand(task)
        (copy,) = link._crew.due(0.0)
        assert isinstance(copy, Copy)
        link._settle(copy, Result(task, error=InputError("missing-file", path="memory://in/a.txt")))
        assert [result.task for result in link.results(0.0)] == [task]
    finally:
        link._loop.close()
