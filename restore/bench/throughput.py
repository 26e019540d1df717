"""A long batch of pages that are made up, watched from outside: memory, rate, ledger; and what a second worker gives.

All of it goes through ``restore run`` as a user calls it, in a folder that is deleted afterwards. When a page was done is read
from the times of the files that it left, so that nothing of what is measured tells of itself.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from restore.batch.inputs import SUFFIXES
from restore.batch.ledger import LEDGER_FILE
from restore.bench.cases import lay
from restore.bench.drawn import write_pages
from restore.bench.speed import in_fresh_process
from restore.bench.steps import taken
from restore.bench.watched import Moment, Watched, watch
from restore.errors import InputError
from restore.output import DOCUMENT_FILE

PAGES = 10_000
JOBS = 2
PARTS = 10
SAMPLED = 100  # pages whose steps are measured apart
CURVE = 200  # looks that are reported, of all that were taken
# What the project promises of a long batch.
STEADY = 0.05  # memory of the last tenth against the first, and the cost of a page
LEDGER_BYTES = 1024.0  # a page
SPEED_UP = 1.9  # of two workers on two cores

Quantity = Literal["coordinator", "workers"]


@dataclass(frozen=True, slots=True)
class Part:
    """One tenth of a batch, or what share it is parted into.

    Attributes:
        pages: done up to its end.
        rate: pages a second, by the clock.
        cost: CPU seconds a page, of all processes.
        coordinator: megabytes of the coordinator, the median of all looks.
        workers: megabytes of the workers together, likewise.
    """

    pages: int
    rate: float
    cost: float
    coordinator: float
    workers: float

    def as_json(self) -> dict[str, float | int]:
        """The part as ``bench batch --json`` gives it."""
        return {
            "pages": self.pages,
            "pages_per_second": round(self.rate, 3),
            "cpu_seconds_a_page": round(self.cost, 4),
            "coordinator_megabytes": round(self.coordinator, 1),
            "workers_megabytes": round(self.workers, 1),
        }


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch that was watched.

    Attributes:
        jobs: worker processes.
        watched: what was seen of its processes.
        finished: when each page was done, in seconds since 1970, in order.
        ledger: bytes of the ledger at the end.
        stored: bytes of all results.
    """

    jobs: int
    watched: Watched
    finished: tuple[float, ...]
    ledger: int
    stored: int

    @property
    def pages(self) -> int:
        """Pages that were done."""
        return len(self.finished)

    @property
    def rate(self) -> float:
        """Pages a second by the clock, from start to end of the program."""
        return self.pages / self.watched.seconds

    @property
    def steady_rate(self) -> float:
        """Pages a second by the clock between the first tenth and the last: neither start nor end is in it."""
        tenth = max(self.pages // PARTS, 1)
        first, last = tenth - 1, self.pages - tenth
        return (last - first) / max(self.finished[last] - self.finished[first], 1e-9)

    @property
    def cost(self) -> float:
        """CPU seconds a page, of all processes, start and end included."""
        return self.watched.cpu / self.pages

    @property
    def coordinator_cost(self) -> float:
        """CPU seconds a page of the coordinator alone."""
        return self.watched.moments[-1].coordinator_cpu / self.pages

    @property
    def busy(self) -> float:
        """Processors that the batch kept busy, in the mean."""
        return self.watched.cpu / self.watched.seconds

    def parts(self, count: int = PARTS) -> tuple[Part, ...]:
        """The batch parted into as many runs of pages, all of one length."""
        ends = [len(self.finished) * number // count for number in range(count + 1)]
        return tuple(self._part(begin, end) for begin, end in pairwise(ends) if end > begin)

    def curve(self, count: int = CURVE) -> list[dict[str, float | int]]:
        """At most so many looks, one after the other, for a drawing."""
        moments = self.watched.moments
        step = max(len(moments) // count, 1)
        return [
            {
                "seconds": round(moment.at - self.watched.began, 1),
                "pages": bisect_right(self.finished, moment.at),
                "coordinator_megabytes": round(moment.coordinator, 1),
                "workers_megabytes": round(moment.workers, 1),
                "cpu_seconds": round(moment.cpu, 2),
            }
            for moment in moments[::step]
        ]

    def _part(self, begin: int, end: int) -> Part:
        # The first part begins with the first page done: the programs' start belongs to no page.
        first = self.finished[begin - 1] if begin else self.finished[0]
        last = self.finished[end - 1]
        done = end - begin if begin else end - 1
        moments = self.watched.moments
        times = [moment.at for moment in moments]
        seen = moments[bisect_left(times, first) : bisect_right(times, last)] or moments[-1:]
        return Part(
            pages=end,
            rate=done / max(last - first, 1e-9),
            cost=(_cpu_at(moments, last) - _cpu_at(moments, first)) / max(done, 1),
            coordinator=statistics.median(moment.coordinator for moment in seen),
            workers=statistics.median(moment.workers for moment in seen),
        )


def _cpu_at(moments: Sequence[Moment], at: float) -> float:
    """CPU seconds used until some time, between two looks in proportion.

    >>> moment = lambda at, cpu: Moment(at, 0.0, 0.0, 0, cpu, 0.0, 0.0)
    >>> _cpu_at([moment(10.0, 1.0), moment(12.0, 3.0)], 11.5)
    2.5
    """
    place = bisect_left([moment.at for moment in moments], at)
    if place in (0, len(moments)):
        return moments[min(place, len(moments) - 1)].cpu
    before, after = moments[place - 1], moments[place]
    return before.cpu + (after.cpu - before.cpu) * (at - before.at) / (after.at - before.at)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One promise: what it is about, what was measured, the bound, and whether it is kept."""

    name: str
    measured: float
    bound: float
    kept: bool

    def as_json(self) -> dict[str, Any]:
        """The verdict as ``--json`` gives it."""
        return {
            "name": self.name,
            "measured": round(self.measured, 4),
            "bound": self.bound,
            "kept": self.kept,
        }


def verdicts(batch: Batch) -> tuple[Verdict, ...]:
    """What is promised of a long batch, and whether this one kept it.

    The rate is judged by the CPU time of a page, which other programs on the machine hardly change.
    """
    first, *_, last = batch.parts()
    drifts = {
        "coordinator-memory": _growth(first.coordinator, last.coordinator),
        "workers-memory": _growth(first.workers, last.workers),
        "page-cost": _growth(first.cost, last.cost),
    }
    held = [Verdict(name, drift, STEADY, drift <= STEADY) for name, drift in drifts.items()]
    bytes_a_page = batch.ledger / batch.pages
    return (*held, Verdict("ledger-bytes", bytes_a_page, LEDGER_BYTES, bytes_a_page < LEDGER_BYTES))


def _growth(first: float, last: float) -> float:
    """By which share something grew; 0 where there was too little of it to be measured.

    >>> _growth(200.0, 210.0), _growth(0.0, 3.0)
    (0.05, 0.0)
    """
    return round(last / first - 1, 6) if first > 0 else 0.0


def measure_batch(pages: int, jobs: int, words: int, begins: Callable[[Path], None]) -> Batch:
    """Make pages up and restore them in one batch.

    Args:
        pages: how many.
        jobs: worker processes.
        words: in the body of each page.
        begins: is told where the results will lie while it lasts.

    Raises:
        InputError: a page of it failed.
    """
    with tempfile.TemporaryDirectory(prefix="restore-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        write_pages(folder / "in", pages, words=words)
        begins(folder / "out")
        return run_batch([folder / "in"], folder / "out", jobs)


def page_steps(pages: int, words: int) -> dict[str, float]:
    """CPU seconds that one of the pages that are made up takes by step, dearest first, the models loaded."""
    with tempfile.TemporaryDirectory(prefix="restore-bench-", ignore_cleanup_errors=True) as name:
        write_pages(Path(name), pages, words=words)
        steps = in_fresh_process(taken, sorted(Path(name).rglob("*.txt"))).steps
    return {step: seconds / pages for step, seconds in sorted(steps.items(), key=lambda item: -item[1])}


def run_batch(inputs: Sequence[Path], out: Path, jobs: int) -> Batch:
    """Restore files with ``restore run``, watched.

    Args:
        inputs: files and folders.
        out: a folder that is not there yet; what the program says is kept beside it.
        jobs: worker processes.

    Raises:
        InputError: the program did not end well, or left nothing.
    """
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "restore",
        "run",
        *inputs,
        "-o",
        out,
        "--jobs",
        str(jobs),
    ]
    watched = watch(command, out.with_suffix(".log"))
    finished = sorted(path.stat().st_mtime for path in _marks(out))
    if watched.code or not finished:
        raise InputError("bench-batch-failed", path=out, reason=watched.told.strip()[-500:])
    ledger = sum(path.stat().st_size for path in out.glob(f"{LEDGER_FILE}*"))
    stored = sum(path.stat().st_size for path in out.rglob("*") if path.is_file()) - ledger
    return Batch(jobs, watched, tuple(finished), ledger, stored)


def _marks(out: Path) -> list[Path]:
    """A file for every page that was done: its record, or of a text, which is one page here, its document."""
    records = list(out.rglob("*.page"))
    scanned = {path.parent.parent for path in records}
    return records + [path for path in out.rglob(DOCUMENT_FILE) if path.parent not in scanned]


@dataclass(frozen=True, slots=True)
class Pair:
    """The same files with one worker and with two, one after the other."""

    one: Batch
    two: Batch

    @property
    def speed_up(self) -> float:
        """How much more two workers did in a second, from start to end of the program."""
        return self.two.rate / self.one.rate

    @property
    def steady_speed_up(self) -> float:
        """The same without start and end."""
        return self.two.steady_rate / self.one.steady_rate

    @property
    def dearer(self) -> float:
        """How much more CPU time a page took beside another worker: memory and caches are shared."""
        return self.two.cost / self.one.cost

    def as_json(self) -> dict[str, float]:
        """The pair as ``bench workers --json`` gives it."""
        return {
            "pages": self.one.pages,
            "seconds_one": round(self.one.watched.seconds, 2),
            "seconds_two": round(self.two.watched.seconds, 2),
            "speed_up": round(self.speed_up, 3),
            "steady_speed_up": round(self.steady_speed_up, 3),
            "cpu_a_page_one": round(self.one.cost, 4),
            "cpu_a_page_two": round(self.two.cost, 4),
            "coordinator_cpu_a_page": round(self.two.coordinator_cost, 5),
            "dearer": round(self.dearer, 3),
            "busy_one": round(self.one.busy, 3),
            "busy_two": round(self.two.busy, 3),
            "others": round(max(self.one.watched.others, self.two.watched.others), 3),
        }


def compare_workers(inputs: Sequence[Path], rounds: int, done: Callable[[str], None]) -> tuple[Pair, ...]:
    """Restore the same files with one worker and with two, in turn.

    Args:
        inputs: files and folders.
        rounds: how often; who begins changes.
        done: called after each batch.
    """
    pairs: list[Pair] = []
    with tempfile.TemporaryDirectory(prefix="restore-bench-", ignore_cleanup_errors=True) as name:
        for number in range(rounds):
            order = (1, 2) if number % 2 == 0 else (2, 1)
            found: dict[int, Batch] = {}
            for jobs in order:
                found[jobs] = run_batch(inputs, Path(name) / f"{number}-{jobs}", jobs)
                done(f"--jobs {jobs}")
            pairs.append(Pair(found[1], found[2]))
    return tuple(pairs)


def lay_scans(folders: Sequence[Path], into: Path, copies: int) -> int:
    """Lay every scan of some folders into one, several times under other names; says how many there are.

    Raises:
        InputError: there is none.
    """
    scans = [
        path
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in SUFFIXES - {".txt"} and path.is_file()
    ]
    if not scans:
        raise InputError("no-bench-scans", path=folders[0])
    into.mkdir(parents=True)
    for copy in range(copies):
        for number, path in enumerate(scans):
            lay(path, into / f"{copy:03}-{number:03}{path.suffix}")
    return len(scans) * copies
