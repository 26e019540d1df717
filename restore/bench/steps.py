"""Where the CPU time of a batch goes, step by step: a real batch whose only worker is the process that measures."""

from __future__ import annotations

import resource
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from restore.batch.events import Event
from restore.batch.inputs import Job
from restore.batch.run import run_batch
from restore.batch.tasks import Result, Setting, Task
from restore.batch.work import perform
from restore.bench.cases import cpu_seconds
from restore.config import Config, Mode
from restore.errors import InputError
from restore.pipeline import restore_text
from restore.timing import read_by

REST = "rest"  # what no step counts: deciding what is to be done, the ledger


@dataclass(frozen=True, slots=True)
class Taken:
    """What a batch took.

    Attributes:
        steps: CPU seconds by step, Tesseract's with them; :data:`REST` is the last.
        megabytes: the most memory that the process held, dictionaries and all.
    """

    steps: Mapping[str, float]
    megabytes: float

    @property
    def seconds(self) -> float:
        """CPU seconds of all steps."""
        return sum(self.steps.values())


class Here:
    """An engine with one worker: whoever calls it. It has no limits of time and memory."""

    def __init__(self, setting: Setting) -> None:
        """An engine that has done nothing yet."""
        self._setting = setting
        self._done: list[Result] = []
        self.steps: Counter[str] = Counter()

    @property
    def slots(self) -> int:
        """One task at a time."""
        return 1

    def submit(self, task: Task) -> None:
        """Do the task at once."""
        result = perform(task, self._setting)
        self.steps.update(result.steps)
        self._done.append(result)

    def results(self, timeout: float) -> Sequence[Result]:
        """What was done since the last call."""
        done, self._done = self._done, []
        return done

    def close(self) -> None:
        """There is nothing to end."""


def taken(paths: Sequence[Path], mode: Mode = "auto") -> Taken:
    """Restore files as ``restore run`` does, here and now, and say where the time went.

    The models are loaded before, on no step's account.

    Args:
        paths: the files.
        mode: what becomes of a PDF's text layer.

    Raises:
        InputError: one of the files failed.
    """
    restore_text("Uy ban nhan dan")
    config = Config(jobs=1, mode=mode)
    jobs = [Job(path, f"{number:05}{path.suffix}") for number, path in enumerate(paths)]
    failures: list[str] = []

    def note(event: Event) -> None:
        if event.status == "failed":
            failures.append(event.reason)

    with (
        tempfile.TemporaryDirectory(prefix="restore-bench-", ignore_cleanup_errors=True) as name,
        read_by(cpu_seconds),
    ):
        out = Path(name)
        engine = Here(Setting(out, config))
        began = cpu_seconds()
        run_batch(jobs, out, config, [note], engine=engine)
        seconds = cpu_seconds() - began
    if failures:
        raise InputError("bench-batch-failed", path=paths[0], reason=failures[0])
    rest = seconds - sum(engine.steps.values())
    return Taken({**engine.steps, REST: rest}, _peak_megabytes())


def _peak_megabytes() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024.0**2 if sys.platform == "darwin" else 1024.0)  # bytes there, kilobytes elsewhere
