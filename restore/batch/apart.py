"""Tasks whose file or results are in a storage: fetched to a folder of the worker's own, done there, and brought back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from restore import output
from restore.batch.names import safe_path
from restore.batch.records import RECORDS_FOLDER
from restore.batch.rendered import SHEET_FORMS, sheet_files
from restore.batch.storage import Store
from restore.batch.tasks import Setting, Task
from restore.errors import InputError, RestoreError, disk_error
from restore.timing import timed

# What an earlier run or a reviewer has left for a document and that has a part in its results; typeset files are made anew.
_BEFORE = (
    output.DECISIONS_FILE,
    output.DICTIONARY_FILE,
    output.OWN_EDITS_FILE,
    *sheet_files(SHEET_FORMS),
)


def done_apart(
    task: Task, setting: Setting, done: Callable[[Task, Setting], Mapping[str, Any]]
) -> Mapping[str, Any]:
    """Do a task; see :func:`restore.batch.work.perform`, which knows what is ``done`` between fetching and delivering.

    Raises:
        RestoreError: it could not be done; paths of this worker's own are told as the addresses that people know.
    """
    job = task.job
    names: dict[str, str] = {}
    with _folder() as room:
        out = Path(room, "out") if job.remote else setting.out
        names[str(out)] = job.remote or str(out)
        try:
            with timed("fetch"):
                path = _KEPT.path(job.url, job.stamp) if job.url else job.path
                names[str(path)] = job.given
                before = _fetch_before(task, Store(job.remote), out) if job.remote else {}
            here = replace(task, job=replace(job, path=path, url="", stamp="", remote=""))
            found = done(here, replace(setting, out=out))
            if job.remote:
                with timed("deliver"):
                    _deliver(task, Store(job.remote), out / job.name, before)
        except RestoreError as error:
            raise _told(error, names) from error
    return found


def _folder() -> tempfile.TemporaryDirectory[str]:
    try:
        return tempfile.TemporaryDirectory(prefix="apart-", ignore_cleanup_errors=True)
    except OSError as error:
        raise disk_error(tempfile.gettempdir(), error) from error


class _Kept:
    """The file that was fetched last: the next task of a worker is often another page of it."""

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._of = ("", "")

    def path(self, url: str, stamp: str) -> Path:
        """A copy of a file; one that has changed since it was listed is none that the ledger knows."""
        store = Store(url)
        name = safe_path(PurePosixPath(PurePosixPath(url).name))
        if self._folder is None or self._of != (url, stamp) or not Path(self._folder.name, name).exists():
            self.forget()
            self._folder = _folder()
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


# Records of pages as they were fetched, by name: a file that was written anew is another one.
_Before = Mapping[str, tuple[int, int]]


def _fetch_before(task: Task, store: Store, out: Path) -> _Before:
    """What a document is made of beside its file: rules, decisions, and what was seen on its pages."""
    if task.kind != "document":
        return {}
    store.fetch_if_there(output.DICTIONARY_FILE, out / output.DICTIONARY_FILE)
    name = task.job.name
    there = store.names(name)
    for one in _BEFORE:
        if one in there:
            store.fetch(f"{name}/{one}", out / name / one)
    return (
        _fetch_records(store, f"{name}/{RECORDS_FOLDER}", out / name / RECORDS_FOLDER) if task.pages else {}
    )


def _fetch_records(store: Store, place: str, folder: Path) -> _Before:
    before = {}
    for one in store.names(place):
        if one.startswith("."):  # half of one, which somebody was ended over
            continue
        with suppress(InputError):  # a record that cannot be had is read again from the page
            store.fetch(f"{place}/{one}", folder / one)
            before[one] = _state(folder / one)
    return before


def _deliver(task: Task, store: Store, folder: Path, before: _Before) -> None:
    """Put what was made; what says that the rest is there comes last. Then what is not needed any more goes, as on a disk."""
    name = task.job.name
    if task.kind == "look":
        return
    records = sorted((folder / RECORDS_FOLDER).glob("*"), key=lambda one: (one.suffix, one.name))
    for path in records:  # .jpg before .page, as on a disk
        if _state(path) != before.get(path.name):
            store.put(path, f"{name}/{RECORDS_FOLDER}/{path.name}")
    if task.kind == "page":
        return
    made = [path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")]
    for path in sorted(made, key=lambda one: (one.name == output.DOCUMENT_FILE, one.name)):
        if path.name not in (output.DECISIONS_FILE, output.DICTIONARY_FILE):  # these are the reviewers'
            store.put(path, f"{name}/{path.name}")
    for one in before.keys() - {path.name for path in records}:
        store.remove(f"{name}/{RECORDS_FOLDER}/{one}")


def _state(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_ino, found.st_mtime_ns


def _told(error: RestoreError, names: dict[str, str]) -> RestoreError:
    """The error with addresses that a person knows in place of a temporary folder's."""
    values = dict(error.values)
    for here, there in names.items():
        values = {key: value.replace(here, there) for key, value in values.items()}
    return type(error)(error.key, **values)
