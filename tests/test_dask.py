"""A batch on a real cluster: processes are killed, stopped and refused, and the results are those of one machine."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PIL import Image

pytest.importorskip("distributed", reason="the optional extra dask is not installed")

from clusters import ROOT, Cluster, cluster, until
from printed import printed

from restore.batch import crew, dask_link
from restore.batch.dask_engine import DaskEngine
from restore.batch.dask_worker import SIGHT_FILE
from restore.batch.engine import Engine
from restore.batch.inputs import Job
from restore.batch.local import LocalEngine
from restore.batch.tasks import Result, Setting, Task
from restore.cli import main
from restore.config import Config
from restore.errors import RestoreError, UsageError

COMPARED = ("original.txt", "restored.txt", "edits.jsonl", "document.json")
TEXT = """UBND QUẬN KIẾN AN
Số: {number}/KH-UBND

KẾ HOẠCH
Tổ chức hội nghị tổng kết năm học {number}

Thực hiện kế hoạch của thành phố, phòng giáo dục và đào tạo tổ chức hội nghi tổng kêt năm học.
"""


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler and two workers; which of them are left is for each test to see to."""
    with cluster(tmp_path_factory.mktemp("cluster"), "one", "two") as found:
        yield found


@pytest.fixture
def texts(tmp_path: Path) -> list[Job]:
    jobs = []
    for number in range(1, 8):
        path = tmp_path / "in" / f"{number}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT.format(number=number), "utf-8")
        jobs.append(Job(path, path.name))
    return jobs


def work(engine: Engine, jobs: Sequence[Job], *, after: dict[int, object] | None = None) -> list[Result]:
    """Have all texts restored; ``after`` so many results, something happens."""
    todo = [Task("document", job, seconds=300.0) for job in jobs]
    results: list[Result] = []
    in_work = 0
    happenings = dict(after or {})
    while len(results) < len(jobs):
        while todo and in_work < engine.slots:
            engine.submit(todo.pop(0))
            in_work += 1
        for result in engine.results(0.5):
            in_work -= 1
            results.append(result)
            happening = happenings.pop(len(results), None)
            if happening:
                happening()  # type: ignore[operator]
    return results


def written(out: Path, names: Sequence[str]) -> dict[str, bytes]:
    return {f"{one}/{name}": (out / one / name).read_bytes() for one in names for name in COMPARED}


def undisturbed(out: Path, jobs: Sequence[Job]) -> dict[str, bytes]:
    engine = LocalEngine(Setting(out, Config(jobs=1)))
    try:
        assert [result.error for result in work(engine, jobs)] == [None] * len(jobs)
    finally:
        engine.close()
    return written(out, [job.name for job in jobs])


def test_a_killed_and_a_stopped_worker_cost_nothing(
    three: Cluster, tmp_path: Path, texts: list[Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "SILENT_SECONDS", 3.0)
    notices: list[RestoreError] = []
    out = tmp_path / "out"
    engine = DaskEngine(Setting(out, Config()), three.address, on_notice=notices.append)
    children = []

    def kill() -> None:
        children.extend(three.processes())
        three.send("one", signal.SIGKILL)
        three.start_worker("three", "--nthreads", "1", "--nworkers", "1")  # as by default, under a nanny

    try:
        until(lambda: engine.slots == 2)
        assert (out / SIGHT_FILE).is_file()
        stop = lambda: three.send("two", signal.SIGSTOP)  # noqa: E731
        results = work(engine, texts, after={1: kill, 4: stop})
        assert [(result.error, result.lost) for result in results] == [(None, False)] * len(texts)
        assert {result.task.job.name for result in results} == {job.name for job in texts}
        assert "worker-late" in {notice.key for notice in notices}
    finally:
        engine.close()
        three.send("two", signal.SIGCONT)
    assert not (out / SIGHT_FILE).exists()
    assert children
    until(lambda: not any(child.is_running() and child.ppid() == 1 for child in children))
    assert written(out, [job.name for job in texts]) == undisturbed(tmp_path / "alone", texts)


def test_a_restarted_scheduler_costs_nothing(three: Cluster, tmp_path: Path, texts: list[Job]) -> None:
    notices: list[RestoreError] = []
    out = tmp_path / "out"
    engine = DaskEngine(Setting(out, Config()), three.address, on_notice=notices.append)

    def restart() -> None:
        three.end_scheduler()
        for worker in three.workers.values():  # Dask's workers end with their scheduler
            worker.wait(60)
        three.start_scheduler()
        three.start_worker("four")

    try:
        results = work(engine, texts, after={3: restart})
    finally:
        engine.close()
    assert [result.error for result in results] == [None] * len(texts)
    assert "scheduler-lost" in {notice.key for notice in notices}
    assert written(out, [job.name for job in texts]) == undisturbed(tmp_path / "alone", texts)


def test_restore_run_writes_on_a_cluster_what_it_writes_alone(
    three: Cluster,
    tmp_path: Path,
    texts: list[Job],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    first, second = (Image.fromarray(part) for part in (printed()[60:240], printed()[230:380]))
    first.save(
        tmp_path / "in" / "scan.tif",
        save_all=True,
        append_images=[second],
        compression="tiff_lzw",
        dpi=(150, 150),
    )
    for job in texts[2:]:
        job.path.unlink()
    monkeypatch.chdir(tmp_path)
    for out, flags in (("apart", ["--engine", "dask", "--scheduler", three.address]), ("alone", ["-j", "1"])):
        assert main(["run", "in", "-o", out, "--lang", "en", *flags]) == 0
    assert "3 ok, 0 failed" in capsys.readouterr().err
    names = [job.name for job in texts[:2]] + ["scan.tif"]
    assert written(tmp_path / "apart", names) == written(tmp_path / "alone", names)
    assert b"thi\xe1\xba\xbfu nhi" in (tmp_path / "apart" / "scan.tif" / "restored.txt").read_bytes()
    assert (tmp_path / "apart" / "summary.json").read_text() == (
        tmp_path / "alone" / "summary.json"
    ).read_text()


def test_a_worker_with_other_versions_is_refused_by_name(
    three: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    until(lambda: any(worker.poll() is None for worker in three.workers.values()))
    ours = dask_link.dask_worker.machine_versions()
    monkeypatch.setattr(dask_link.dask_worker, "machine_versions", lambda: ours | {"tesseract": "0.1"})
    notices: list[RestoreError] = []
    engine = DaskEngine(Setting(tmp_path / "out", Config()), three.address, on_notice=notices.append)
    try:
        with pytest.raises(UsageError) as refused:
            _ = engine.slots
    finally:
        engine.close()
    assert refused.value.key == "worker-differs"
    assert refused.value.values["differences"] == f"tesseract 0.1 ≠ {ours['tesseract']}"
    assert refused.value.values["worker"].startswith("four (")


def test_where_there_is_no_scheduler_the_address_is_to_blame(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask_link, "CONNECT_SECONDS", 0.5)
    for address in ("tcp://127.0.0.1:1", "nonsense://x", "tls://127.0.0.1:1"):
        engine = DaskEngine(Setting(tmp_path / "out", Config()), address)
        with pytest.raises(UsageError) as missing:
            _ = engine.slots
        assert (missing.value.key, missing.value.values["address"]) == ("no-scheduler", address)
        engine.close()


def test_three_hosts_of_which_one_is_lost(tmp_path: Path, texts: list[Job]) -> None:
    """Network namespaces on a bridge; a cable is pulled and the machine dies."""
    tools = [tool for tool in ("unshare", "nsenter", "ip") if shutil.which(tool) is None]
    if tools:
        pytest.skip(f"not installed: {', '.join(tools)}")
    apart = ["unshare", "--user", "--map-root-user", "--net"]
    if subprocess.run(
        [*apart, "ip", "link", "add", "switch", "type", "bridge"], capture_output=True
    ).returncode:
        pytest.skip("this system permits no network namespaces")
    script = Path(__file__).with_name("three_hosts.py")
    done = subprocess.run(
        [*apart, sys.executable, str(script), str(tmp_path)],
        env=os.environ | {"PYTHONPATH": str(ROOT), "RESTORE_LANG": "en"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    told = (tmp_path / "restore-1.log").read_text("utf-8")
    assert done.returncode == 0, done.stderr + told
    assert f"{len(texts)} ok, 0 failed" in told
    assert written(tmp_path / "out", [job.name for job in texts]) == undisturbed(tmp_path / "alone", texts)
