"""A program watched while it works: memory and CPU time of itself and of all that it started, several times a second."""

from __future__ import annotations

import resource
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import psutil

INTERVAL = 0.25  # seconds between two looks; one takes about 5 ms with two workers


@dataclass(frozen=True, slots=True)
class Moment:
    """What was seen at one look.

    Attributes:
        at: seconds since 1970, as files' times are.
        coordinator: megabytes that the program itself holds alone; what it maps of files that others map too is not counted.
        workers: megabytes of all processes below it together, counted likewise.
        processes: how many these are.
        cpu: seconds that all of them have used so far, those that ended among them.
        coordinator_cpu: of them, the program's own.
        machine: seconds that all processors of the machine have worked so far, for anybody.
    """

    at: float
    coordinator: float
    workers: float
    processes: int
    cpu: float
    coordinator_cpu: float
    machine: float


@dataclass(frozen=True, slots=True)
class Watched:
    """What came of a program.

    Attributes:
        code: its exit code.
        told: what it said on stderr.
        began: in seconds since 1970.
        ended: likewise.
        cpu: seconds of CPU of the program and all that it started and waited for, as the system counted them in the end.
        moments: what was seen in between.
    """

    code: int
    told: str
    began: float
    ended: float
    cpu: float
    moments: tuple[Moment, ...]

    @property
    def seconds(self) -> float:
        """From start to end, by the clock."""
        return self.ended - self.began

    @property
    def others(self) -> float:
        """Processors that other programs kept busy in the mean: above a tenth of one, times by the clock say little."""
        if len(self.moments) < 2:
            return 0.0
        first, last = self.moments[0], self.moments[-1]
        theirs = (last.machine - first.machine) - (last.cpu - first.cpu)
        return max(theirs / (last.at - first.at), 0.0)


def watch(command: Sequence[str | Path], told: Path, interval: float = INTERVAL) -> Watched:
    """Run a program to its end and look at it every now and then.

    Args:
        command: program and arguments.
        told: a file for what it says on stderr; what it writes to stdout is lost.
        interval: seconds between two looks.
    """
    moments: list[Moment] = []
    began, used = time.time(), _of_children()
    with told.open("wb") as stream:
        running = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=stream
        )
        try:
            with suppress(psutil.NoSuchProcess):
                process = psutil.Process(running.pid)
                while running.poll() is None:
                    with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
                        seen = _look(process)
                        if seen.coordinator:
                            # One that has ended holds nothing, and no longer knows its children.
                            moments.append(_after(moments, seen))
                    time.sleep(interval)
            code = running.wait()
            cpu = _of_children() - used
        finally:
            if running.poll() is None:
                running.terminate()
                running.wait()
    return Watched(code, told.read_text("utf-8", "replace"), began, time.time(), cpu, tuple(moments))


def _after(moments: Sequence[Moment], seen: Moment) -> Moment:
    """A look with no less CPU time than the one before: a process that ended counts again only when its parent has seen it.

    >>> moment = lambda cpu: Moment(0.0, 0.0, 0.0, 0, cpu, 0.0, 0.0)
    >>> _after([moment(30.0)], moment(2.0)).cpu, _after([moment(30.0)], moment(31.0)).cpu
    (30.0, 31.0)
    """
    return replace(seen, cpu=max(seen.cpu, moments[-1].cpu)) if moments else seen


def _of_children() -> float:
    """CPU seconds of all programs that this process has started and that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _look(process: psutil.Process) -> Moment:
    """One look; a process that ends meanwhile counts with what its parent knows of it."""
    own = process.cpu_times()
    cpu = own.user + own.system + own.children_user + own.children_system
    held, count = 0, 0
    for child in process.children(recursive=True):
        with suppress(psutil.NoSuchProcess, psutil.ZombieProcess, psutil.AccessDenied):
            times = child.cpu_times()
            memory = child.memory_full_info().uss
            cpu += times.user + times.system + times.children_user + times.children_system
            held += memory
            count += 1
    busy = psutil.cpu_times()
    return Moment(
        at=time.time(),
        coordinator=process.memory_full_info().uss / 1e6,
        workers=held / 1e6,
        processes=count,
        cpu=cpu,
        coordinator_cpu=own.user + own.system,
        machine=sum(busy) - busy.idle - getattr(busy, "iowait", 0.0),
    )
