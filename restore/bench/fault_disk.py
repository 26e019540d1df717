"""Disks that fail a batch: full, read-only, or without what was written to them last."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from functools import cache
from pathlib import Path

from restore.batch.ledger import LEDGER_FILE
from restore.bench.fault_scene import LATEST, Ended, Scene, differences, statuses

# Both scripts run in a user and mount namespace of their own: nobody else sees what they mount. "$1" is the scene,
# "$2" the kilobytes that its results may take, the rest is the command.
_FULL = """
cd "$1"; kilobytes="$2"; shift 2
mount -t tmpfs -o "size=${kilobytes}k" tmpfs out || exit 77
"$@" 2> said; echo $? > code
find out -name '.*' ! -name .pages > left
mkdir refused; cp out/ledger.sqlite* refused
mount -o remount,size=1g tmpfs out
"$@" 2> said-again; echo $? > code-again
cp -a out copied
"""
_READ_ONLY = """
cd "$1"; shift 2
mount --bind out out && mount -o remount,ro,bind out || exit 77
"$@" 2> said; echo $? > code
"""


@cache
def may_mount() -> bool:
    """Whether this user may mount what nobody else sees."""
    if shutil.which("unshare") is None:
        return False
    command = ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/tmp"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def full(scene: Scene, wanted: Mapping[str, bytes], kilobytes: int) -> list[str]:
    """Run a batch on a disk that becomes full, and again when it has room: what was not as it should be."""
    scene.out.mkdir()
    problems = _in_namespace(scene, _FULL, kilobytes)
    refused = _ended(scene, "")
    problems += _unless(refused.code == 5, f"on a full disk it ends with {refused.code}: {refused.said}")
    problems += _unless("full" in refused.said, f"it does not say that the disk is full: {refused.said}")
    left = (scene.folder / "left").read_text("utf-8").splitlines()
    problems += [f"left behind: {name}" for name in left]
    blamed = [name for name, status in statuses(scene.folder / "refused").items() if status == "failed"]
    problems += [f"is blamed for the full disk: {name}" for name in blamed]
    again = _ended(scene, "-again")
    problems += _unless(again.code == 0, f"with room again it ends with {again.code}: {again.said}")
    scene.out.rmdir()
    (scene.folder / "copied").rename(scene.out)
    return problems + differences(scene, wanted)


def read_only(scene: Scene) -> list[str]:
    """Run a batch where nothing can be written: what was not as it should be. It is resumed by whoever asks."""
    before = _everything(scene.out)
    problems = _in_namespace(scene, _READ_ONLY, 0)
    ended = _ended(scene, "")
    problems += _unless(
        ended.code == 5, f"where nothing can be written it ends with {ended.code}: {ended.said}"
    )
    problems += _unless("Traceback" not in ended.said, ended.said)
    return problems + _unless(_everything(scene.out) == before, "something has changed")


def kilobytes(folder: Path) -> int:
    """What the files of a folder take, in whole blocks."""
    return sum(4 * (1 + path.stat().st_size // 4096) for path in folder.rglob("*"))


def forget_unwritten(out: Path) -> int:
    """Make a folder what a power cut may leave: files not known to be on the disk are empty, the machine has booted again.

    Returns:
        How many files were emptied.
    """
    with closing(sqlite3.connect(out / LEDGER_FILE, isolation_level=None)) as ledger:
        waiting = [name for (name,) in ledger.execute("SELECT output FROM documents WHERE synced = 0")]
        ledger.execute("UPDATE meta SET value = 'another' WHERE name = 'running'")
    emptied = [path for name in waiting for path in (out / name).rglob("*") if path.is_file()]
    for path in emptied:
        path.write_bytes(b"")
    return len(emptied)


def seconds_worked(out: Path) -> float:
    """The seconds of work that the ledger tells of all runs."""
    with closing(sqlite3.connect(out / LEDGER_FILE)) as ledger:
        return float(ledger.execute("SELECT sum(seconds) FROM runs").fetchone()[0])


def _in_namespace(scene: Scene, script: str, room: int) -> list[str]:
    command = ["unshare", "-rm", "sh", "-c", script, "sh", str(scene.folder), str(room), *scene.command()]
    done = subprocess.run(
        command, env=scene.environment(), capture_output=True, text=True, timeout=LATEST, check=False
    )
    return _unless(done.returncode == 0, f"the disk could not be made so: {done.stderr}")


def _ended(scene: Scene, which: str) -> Ended:
    code = int((scene.folder / f"code{which}").read_text("ascii"))
    return Ended(code, (scene.folder / f"said{which}").read_text("utf-8", "replace")[-500:])


def _everything(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _unless(holds: bool, problem: str) -> list[str]:
    return [] if holds else [problem]
