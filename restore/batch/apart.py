"""Tasks whose file or results are in a storage: fetched to a folder of the worker's own, done there, and brought back."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath

from restore import output
from restore.batch.records import RECORDS_FOLDER
from restore.batch.rendered import SHEET_FORMS, sheet_files
from restore.batch.storage import Store
from restore.batch.tasks import Result, Setting, Task
from restore.errors import InputError, RestoreError

# What an earlier run or a reviewer has left for a document and that has a part in its results; typeset files are made anew.
_BEFORE = (
    output.DECISIONS_FILE,
    output.DICTIONARY_FILE,
    output.OWN_EDITS_FILE,
    *sheet_files(SHEET_FORMS),
)


def perform_apart(task: Task, setting: Setting, perform: Callable[[Task, Setting], Result]) -> Result:
    """Do a task; see :func:`restore.batch.work.perform`, which does what is between fetching and delivering."""
    job = task.job
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="apart-") as name:
        out = Path(name, "out") if job.remote else setting.out
        path = job.path
        try:
            if job.url:
                path = _KEPT.path(job.url, job.stamp)
            if job.remote:
                _fetch_before(task, Store(job.remote), out)
            fetched = time.monotonic()
            here = replace(task, job=replace(job, path=path, url="", stamp="", remote=""))
            result = perform(here, replace(setting, out=out))
            worked = time.monotonic()
            if result.error is None and job.remote:
                _deliver(task, Store(job.remote), out / job.name)
        except RestoreError as error:
            return Result(task, error=error, seconds=time.monotonic() - began)
        names = {str(path): job.url or str(path), str(out): job.remote or str(out)}
        told = _told(result.error, names) if result.error else None
    now = time.monotonic()
    steps = {**result.steps, "fetch": fetched - began, "deliver": now - worked}
    return replace(result, task=task, error=told, seconds=now - began, steps=steps)


class _Kept:
    """The file that was fetched last: the next task of a worker is often another page of it."""

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._of = ("", "")

    def path(self, url: str, stamp: str) -> Path:
        """A copy of a file; one that has changed since it was listed is none that the ledger knows."""
        store = Store(url)
        name = PurePosixPath(url).name
        if self._folder is None or self._of != (url, stamp):
            self.forget()
            self._folder = tempfile.TemporaryDirectory(prefix="apart-")
            store.fetch("", Path(self._folder.name, name))
            self._of = url, stamp
        if store.stamp() != stamp:
            self.forget()
            raise InputError("file-changed", path=url)
        return Path(self._folder.name, name)

    def forget(self) -> None:
        """Remove it."""
        if self._folder is not None:
            self._folder.cleanup()
        self._folder, self._of = None, ("", "")


_KEPT = _Kept()


def _fetch_before(task: Task, store: Store, out: Path) -> None:
    """What a document is made of beside its file: rules, decisions, and what was seen on its pages."""
    if task.kind != "document":
        return
    name = task.job.name
    if output.DICTIONARY_FILE in store.names():
        store.fetch(output.DICTIONARY_FILE, out / output.DICTIONARY_FILE)
    there = store.names(name)
    for one in _BEFORE:
        if one in there:
            store.fetch(f"{name}/{one}", out / name / one)
    if not task.pages:
        return
    wanted = {f"{number:05}" for number in task.pages}
    for one in store.names(f"{name}/{RECORDS_FOLDER}"):
        if PurePosixPath(one).stem in wanted:
            with suppress(InputError):  # a record that cannot be had is read again from the page
                store.fetch(f"{name}/{RECORDS_FOLDER}/{one}", out / name / RECORDS_FOLDER / one)


def _deliver(task: Task, store: Store, folder: Path) -> None:
    """Put what was made; what says that the rest is there comes last."""
    name = task.job.name
    if task.kind == "look":
        return
    records = sorted((folder / RECORDS_FOLDER).glob("*")) if task.kind == "page" else []
    for path in sorted(records, key=lambda one: one.suffix):  # .jpg before .page, as on a disk
        store.put(path, f"{name}/{RECORDS_FOLDER}/{path.name}")
    if task.kind == "page":
        return
    made = [path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")]
    for path in sorted(made, key=lambda one: (one.name == output.DOCUMENT_FILE, one.name)):
        if path.name not in (output.DECISIONS_FILE, output.DICTIONARY_FILE):  # these are the reviewers'
            store.put(path, f"{name}/{path.name}")
    for one in store.names(f"{name}/{RECORDS_FOLDER}") if task.pages else ():
        if not (folder / RECORDS_FOLDER / one).exists() and one.endswith(".jpg"):
            store.remove(f"{name}/{RECORDS_FOLDER}/{one}")  # previews go when the document is done


def _told(error: RestoreError, names: dict[str, str]) -> RestoreError:
    """The error with addresses that a person knows in place of a temporary folder's."""
    values = dict(error.values)
    for here, there in names.items():
        values = {key: value.replace(here, there) for key, value in values.items()}
    return type(error)(error.key, **values)
