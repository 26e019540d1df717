"""The batch itself: a pool of processes, where one bad file never stops the rest.

A worker that dies takes the pool with it, and nothing says which of the files in work killed it. So no more
files are handed out than there are workers, and those that were in work are tried again one by one, each in a
process of its own: the guilty one fails alone.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from restore import output
from restore.batch.inputs import Job
from restore.batch.ledger import Ledger, Row, config_hash, file_sha256, remember
from restore.batch.rendered import diff_page, rendered_sheets, sheet_files
from restore.batch.triage import columns, known_triage, triage_of_results
from restore.config import Config
from restore.decisions import read_decisions
from restore.dictionary import rules_for
from restore.document import Grade
from restore.errors import InputError, OutputError, RestoreError, readable
from restore.memory import collect_seldom
from restore.messages import Language, error_text
from restore.pipeline import restore_file
from restore.preview import Preview
from restore.results import RESULT_FILES, holding, reviewed, write_results
from restore.review.triage import Triage
from restore.versions import versions

PATIENCE = 5.0  # seconds that a worker gets to end Tesseract and itself


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file.

    Attributes:
        job: the file.
        status: whether it was restored.
        grade: of its document, where there is one.
        words: in the document.
        words_changed: of them.
        words_to_review: of them.
        triage: what the summary tells of the document, where there is one.
        error: why it failed.
        trace: where an unforeseen error happened, for ``-v``.
        skipped: an earlier run had done it.
    """

    job: Job
    status: Literal["ok", "failed"]
    grade: Grade | None = None
    words: int = 0
    words_changed: int = 0
    words_to_review: int = 0
    triage: Triage | None = None
    error: RestoreError | None = None
    trace: str = ""
    skipped: bool = False


def run_batch(
    jobs: Sequence[Job], out: Path, config: Config, on_done: Callable[[Outcome], None]
) -> tuple[Outcome, ...]:
    """Restore all files into ``out`` and keep its ledger; results come in the order of ``jobs``.

    Args:
        jobs: the files and their names.
        out: the output folder, made when it is not there.
        config: the settings; ``jobs`` is the number of worker processes.
        on_done: called with each outcome, in the order in which they come.

    Raises:
        OutputError: the output folder or its ledger cannot be written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError("output-not-writable", path=out, reason=error.strerror or error) from error
    rules_for(
        config.dictionaries, out
    )  # a dictionary that cannot be read fails the batch, not each of its files
    outcomes: dict[str, Outcome] = {}
    sha256: dict[str, str] = {}
    keys: dict[str, str] = {}

    def note(outcome: Outcome) -> None:
        outcomes[outcome.job.name] = outcome
        on_done(outcome)

    with Ledger(out) as ledger:

        def begin(job: Job) -> None:
            ledger.begin(job.name, path=job.path, sha256=sha256[job.name], config=keys[job.name])

        for job in jobs:
            try:
                rules = rules_for(config.dictionaries, out, job.name)
                keys[job.name] = config_hash(config.content, versions(rules, pages=True))
                sha256[job.name] = file_sha256(job.path)
            except RestoreError as error:  # of the document's own dictionary
                note(_failed(job, error))
                continue
            except OSError as error:
                reason = error.strerror or error
                note(_failed(job, InputError("unreadable-file", path=job.path, reason=reason)))
                continue
            row = ledger.row(job.name)
            settled = _settled(job, out, row, sha256[job.name], keys[job.name], config)
            if settled and not config.overwrite:
                if settled.triage and row and not row.triage:  # made by an older version
                    remember(out, job.name, **columns(settled.triage))
                note(settled)
        todo = [job for job in jobs if job.name not in outcomes]
        with closing(_work_all(todo, out, config, begin)) as results:
            for outcome in results:
                ledger.finish(outcome.job.name, **_columns(outcome, config.lang))
                note(outcome)
    return tuple(outcomes[job.name] for job in jobs)


def _failed(job: Job, error: RestoreError, trace: str = "") -> Outcome:
    return Outcome(job, "failed", error=error, trace=trace)


def _columns(outcome: Outcome, lang: Language) -> dict[str, str | int | None]:
    """What the ledger keeps of an outcome."""
    known = columns(outcome.triage) if outcome.triage else {}
    return known | {
        "status": outcome.status,
        "reason": error_text(outcome.error, lang) if outcome.error else None,
    }


def _settled(job: Job, out: Path, row: Row | None, sha256: str, key: str, config: Config) -> Outcome | None:
    """The outcome of a file that needs no work: it was done before, or its place is taken by another file."""
    if row is None or not (out / job.name / output.DOCUMENT_FILE).is_file():
        return None
    if row.sha256 != sha256 and row.input != readable(job.path.absolute()):
        return _failed(job, OutputError("output-taken", path=out / job.name, other=row.input))
    if (row.status, row.sha256, row.config) != ("ok", sha256, key):
        return None
    if not all((out / job.name / name).is_file() for name in (*RESULT_FILES, *sheet_files(config.formats))):
        return None  # a sheet was not asked for, or a file not written by an older version
    grade: Any = row.grade  # written below, from a document's own grade
    return Outcome(
        job,
        "ok",
        grade,
        row.words or 0,
        row.words_changed or 0,
        row.words_to_review or 0,
        known_triage(out, row),
        skipped=True,
    )


def _work_all(
    jobs: Iterable[Job], out: Path, config: Config, begin: Callable[[Job], None]
) -> Generator[Outcome]:
    """The outcomes as they come, from as many processes as the configuration says."""
    waiting = deque(jobs)
    while waiting:
        suspects: list[Job] = []
        for item in _work_in_pool(waiting, out, config, begin):
            if isinstance(item, Job):
                suspects.append(item)
            else:
                yield item
        for job in suspects:
            yield from _work_alone(job, out, config)


def _work_in_pool(
    waiting: deque[Job], out: Path, config: Config, begin: Callable[[Job], None]
) -> Iterator[Outcome | Job]:
    """Outcomes until ``waiting`` is empty or a worker died; then the files that were in work."""
    workers = min(config.jobs, len(waiting))
    running: dict[Future[Outcome], Job] = {}
    with _pool(workers) as pool:
        while waiting or running:
            while waiting and len(running) < workers:
                job = waiting.popleft()
                begin(job)
                with _no_interrupt():
                    running[pool.submit(_work, job, out, config)] = job
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in sorted(finished, key=lambda future: running[future].name):
                if isinstance(future.exception(), BrokenProcessPool):
                    yield from running.values()
                    return
                del running[future]
                yield future.result()


def _work_alone(job: Job, out: Path, config: Config) -> Iterator[Outcome]:
    with _pool(1) as pool:
        try:
            with _no_interrupt():
                future = pool.submit(_work, job, out, config)
            yield future.result()
        except BrokenProcessPool:
            yield _failed(job, InputError("worker-died", path=job.path))


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """A process pool that ends its workers at once when the batch is interrupted."""
    # Spawned, not forked: the parent has threads (the progress bar's, the pool's own).
    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin_worker)
    try:
        yield executor
    except BaseException:
        _end_workers()
        raise
    finally:
        executor.shutdown(cancel_futures=True)


def _end_workers() -> None:
    """End every worker, the stubborn by force: whoever waits for a lock of a dead one would wait for ever."""
    children = multiprocessing.active_children()
    for child in children:
        child.terminate()
    for child in children:
        child.join(PATIENCE)
        if child.is_alive():
            child.kill()


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Hold Ctrl-C back while workers are started: they inherit that, and it is the parent that ends them."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _begin_worker() -> None:
    """A worker never outlives its parent, however that ended."""
    collect_seldom()
    parent = multiprocessing.parent_process()
    assert parent is not None

    def end_with_parent() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=end_with_parent, daemon=True).start()


@contextmanager
def _ending_children() -> Iterator[None]:
    """Told to end in the middle of its work, a worker ends Tesseract first; an idle one just ends."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        os._exit(1)  # not back to the pool: nobody will hand it work or fetch its result
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _work(job: Job, out: Path, config: Config) -> Outcome:
    """Restore one file and write its results; every error becomes an outcome."""
    try:
        pictures: list[Mapping[int, Preview]] = []
        with _ending_children():
            rules = rules_for(config.dictionaries, out, job.name)
            restored = restore_file(job.path, config, name=job.name, rules=rules, on_previews=pictures.append)
        folder = out / job.name
        log = folder / output.DECISIONS_FILE
        previews = pictures[0] if pictures else {}
        known = -1
        while known != (known := len(read_decisions(log))):  # somebody may decide while results are written
            restored = reviewed(restored, folder)
            page = diff_page(restored, job.name, config.lang, previews=previews)
            sheets = rendered_sheets(restored.document, sheet_files(config.formats))
            with holding(folder, alone=True):
                for file, content in sheets.items():
                    output.write_parts(folder / file, [content])
                write_results(folder, restored, page)
        quality = restored.document.quality
    except RestoreError as error:
        return _failed(job, error)
    except Exception as error:  # one bad file never costs a batch
        reason = f"{type(error).__name__}: {error}"
        return _failed(job, RestoreError("internal", reason=reason), traceback.format_exc())
    counts = (quality.words, quality.words_changed, quality.words_to_review)
    return Outcome(job, "ok", quality.grade, *counts, triage_of_results(restored, job.name))
