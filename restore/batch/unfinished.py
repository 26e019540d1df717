"""What a run that was stopped has left in work comes first when it goes on: nobody waits for a million files to be passed by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from restore.batch.inputs import Job, Jobs
from restore.batch.remote import BroughtJobs
from restore.batch.rows import reading
from restore.errors import OutputError


def unfinished_first(jobs: Iterable[Job], out: Path) -> Iterator[Job]:
    """The jobs, those first that the ledger knows as begun and not finished.

    Args:
        jobs: what there is to do; files that are at an address come in their own order, as asking for single ones costs more there.
        out: the output folder. Its ledger is read when the first job is asked for.
    """
    if not isinstance(jobs, Jobs | BroughtJobs):
        yield from jobs
        return
    early = set()
    for name, path in _unfinished(out):
        job = jobs.known(name, path)
        if job:
            early.add(name)
            yield job
    for job in jobs:
        if job.name not in early:
            yield job


def _unfinished(out: Path) -> list[tuple[str, Path]]:
    try:
        with reading(out) as reader:
            rows = reader.execute(
                "SELECT output, input FROM documents WHERE status IN ('pending', 'started') ORDER BY output"
            )
            return [(output, Path(path)) for output, path in rows]
    except OutputError:
        return []  # a first run, or a ledger that the run itself will have something to say about
