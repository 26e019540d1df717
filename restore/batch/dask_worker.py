"""What runs in a worker of a Dask cluster: it says who it is, and does tasks in cells, so that all limits hold there as well.

These functions travel by name and are called by Dask's threads; a worker must have this program installed.
"""

from __future__ import annotations

import hashlib
import multiprocessing
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from restore.batch.cells import Batch, Cells
from restore.batch.machine import host, pid
from restore.batch.tasks import Result, Task
from restore.dictionary import fingerprint, rules_for
from restore.errors import RestoreError
from restore.versions import of_program

SIGHT_FILE = ".cluster"  # in the output folder while a cluster works there

# Beside the program, its dictionaries and Tesseract: what has a part in which letters are seen on a page.
_LIBRARIES = ("numpy", "opencv-python-headless", "pillow", "pypdfium2", "viparse")

CELLS = Cells()


@dataclass(frozen=True, slots=True)
class Introduction:
    """What a worker says of itself.

    Attributes:
        host: its machine.
        pid: its process.
        versions: what results depend on, by name.
        token: what lies in the output folder, as this worker sees it: that of the batch, or it is another folder.
        error: why it cannot work there.
    """

    host: str
    pid: int
    versions: Mapping[str, str]
    token: str
    error: RestoreError | None = None


def introduce(batch: Batch) -> Introduction:
    """Say who this worker is; what an earlier run on the same folder has left in work here is ended."""
    # Dask's nanny starts its worker so that it may have no processes of its own, lest they outlive it. Cells end with their owner.
    vars(multiprocessing.current_process())["_config"]["daemon"] = False
    out = batch.setting.out
    CELLS.stop(lambda other: other.token != batch.token and other.setting.out == out)
    token, found, error = "", machine_versions(), None
    if batch.shared:
        with suppress(OSError):
            token = (out / SIGHT_FILE).read_text("utf-8")
    try:
        found = {**found, "rules": fingerprint(rules_for(batch.setting.config.dictionaries))}
    except RestoreError as problem:
        error = problem
    return Introduction(host(), pid(), found, token, error)


def work(task: Task, batch: Batch) -> Result:
    """Do a task in a cell."""
    try:
        return CELLS.perform(task, batch)
    except RestoreError as error:  # no process, no temporary files: this worker's own trouble
        return Result(task, error=error, worker=f"{host()}:{pid()}")


def stop(token: str) -> None:
    """End the cells of a batch, whatever they do."""
    CELLS.stop(lambda batch: batch.token == token)


@cache
def machine_versions() -> dict[str, str]:
    """What results depend on here: program, dictionaries, Tesseract and its models, and the libraries that look at pages.

    The program is known by the text of its modules as well as by its number: two states between two versions differ.
    """
    found = of_program(pages=True) | {"source": _source()}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "absent"
    return found


def _source() -> str:
    """A hash of the program's own text."""
    root = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted((*root.rglob("*.py"), *root.rglob("*.pyx"))):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
