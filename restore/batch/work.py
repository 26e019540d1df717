"""What a worker does with a task: the only part of a batch in which files of the archive are opened.

Every task can be done again with the same bytes as the result. What a task leaves is written under a temporary name and renamed,
so whoever is ended in the middle leaves what was there before.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import psutil

from restore import output
from restore.batch.keys import stamp
from restore.batch.machine import host, pid
from restore.batch.records import forget_all, forget_others, forget_previews, read_record, write_record
from restore.batch.rendered import diff_page, rendered_sheets, sheet_files, sheets_there
from restore.batch.tasks import Looked, Made, Result, Setting, Task
from restore.batch.triage import triage_of_results
from restore.decisions import read_decisions
from restore.dictionary import Rule, rules_for
from restore.document import Source
from restore.errors import InputError, RestoreError, file_error
from restore.hashing import file_sha256
from restore.pipeline import TEXT_SUFFIXES, restore_file, restore_reading
from restore.preview import Preview
from restore.results import Restored, holding, reviewed, write_results
from restore.timing import collecting, timed


def is_text(path: Path) -> bool:
    """Whether a file is a text by its name; it has no pages then."""
    return path.suffix.lower() in TEXT_SUFFIXES


def perform(task: Task, setting: Setting) -> Result:
    """Do a task. Every error becomes part of the result; only the end of the process does not."""
    began = time.monotonic()
    found: Mapping[str, Any] = {}
    with collecting() as steps:
        try:
            if task.job.url or task.job.remote:
                from restore.batch.apart import done_apart

                found = done_apart(task, setting, _done)
            else:
                found = _done(task, setting)
        except RestoreError as error:
            found = {"error": error}
        except MemoryError:
            found = {"error": _out_of_memory(task)}
        except Exception as error:  # one bad file never costs a batch
            reason = f"{type(error).__name__}: {error}"
            found = {"error": RestoreError("internal", reason=reason), "trace": traceback.format_exc()}
    return Result(
        task,
        **found,
        seconds=time.monotonic() - began,
        steps=steps,
        memory=psutil.Process().memory_info().rss,
        worker=f"{host()}:{pid()}",
    )


def _done(task: Task, setting: Setting) -> Mapping[str, Any]:
    """What comes of a task whose file is here, and whose results go to a folder."""
    before = _stamp(task)
    found = _DO[task.kind](task, setting)
    if _stamp(task) != before:
        raise InputError("file-changed", path=task.job.path)
    return found


def _out_of_memory(task: Task) -> InputError:
    if task.kind == "page":
        return InputError("page-memory", path=task.job.given, page=task.number)
    return InputError("document-memory", path=task.job.given)


def _stamp(task: Task) -> str:
    try:
        return stamp(task.job.path)
    except OSError as error:
        raise file_error(task.job.path, error) from error


def _look(task: Task, setting: Setting) -> Mapping[str, Any]:
    path = task.job.path
    with timed("hash"):
        sha256 = file_sha256(path)
    if is_text(path):
        return {"looked": Looked(sha256, "text/plain", 0)}
    from restore.reading import (  # OpenCV and PDFium: half a second that a text need not wait for
        open_document,
        wanted_pages,
    )

    with timed("open"), open_document(path, max_megapixels=setting.config.max_megapixels) as scanned:
        wanted_pages(scanned, setting.config)
        return {"looked": Looked(sha256, scanned.media_type, scanned.page_count)}


def _page(task: Task, setting: Setting) -> Mapping[str, Any]:
    from restore.reading import open_document, read_one

    folder = setting.out / task.job.name
    if not task.fresh and read_record(folder, task.number, task.key):
        return {"reused": True}
    with open_document(task.job.path, max_megapixels=setting.config.max_megapixels) as scanned:
        reading = read_one(scanned, task.number, setting.config)
    with timed("write"):
        write_record(folder, reading, task.key)
    return {}


def _document(task: Task, setting: Setting) -> Mapping[str, Any]:
    config, name = setting.config, task.job.name
    folder = setting.out / name
    rules = rules_for(config.dictionaries, setting.out, name)
    previews: Mapping[int, Preview] = {}
    if task.pages:
        restored, previews = _from_records(task, setting, rules)
    else:
        restored = restore_file(task.job.path, config, name=name, rules=rules)
    restored = _written(restored, task, setting, previews)
    if task.pages:
        forget_previews(folder)
        forget_others(folder, task.pages, task.key)
    else:
        forget_all(folder)
    quality = restored.document.quality
    counts = (quality.words, quality.words_changed, quality.words_to_review)
    triage = triage_of_results(restored, name)
    sha256 = restored.document.source.sha256 or task.sha256
    return {"made": Made(sha256, quality.grade, *counts, triage, tuple(n for n, _ in task.failed))}


def _from_records(
    task: Task, setting: Setting, rules: Sequence[Rule]
) -> tuple[Restored, Mapping[int, Preview]]:
    """A document of the pages that were read; one whose record was lost since is read now."""
    from restore.reading import lost_page, open_document, read_one, reading_of

    config, job = setting.config, task.job
    folder = setting.out / job.name
    failed = dict(task.failed)
    readings = []
    for number in task.pages:
        reading = None if number in failed else read_record(folder, number, task.key)
        if number in failed:
            reading = lost_page(number, failed[number])
        elif reading is None:
            with open_document(job.path, max_megapixels=config.max_megapixels) as scanned:
                reading = read_one(scanned, number, config)
            write_record(folder, reading, task.key)
        readings.append(reading)
    seen = reading_of(job.path, task.media_type, task.page_count, readings, config)
    source = Source(path=job.name, sha256=task.sha256)
    return restore_reading(seen, config, source=source, rules=rules), seen.previews


def _written(restored: Restored, task: Task, setting: Setting, previews: Mapping[int, Preview]) -> Restored:
    """The results with all decisions of reviewers, written to the document's folder.

    Typeset files that an earlier run was asked for are made anew as well: beside newer results they would be wrong.
    """
    folder = setting.out / task.job.name
    files = sheet_files(setting.config.formats) | sheets_there(folder)
    log = folder / output.DECISIONS_FILE
    known = -1
    while known != (known := len(read_decisions(log))):  # somebody may decide while results are written
        restored = reviewed(restored, folder)
        with timed("diff"):
            page = diff_page(restored, task.job.name, setting.config.lang, previews=previews)
        with timed("write"):
            sheets = rendered_sheets(restored.document, files)
            with holding(folder, alone=True):
                for name, content in sheets.items():
                    output.write_parts(folder / name, [content])
                write_results(folder, restored, page)
    return restored


_DO = {"look": _look, "page": _page, "document": _document}
