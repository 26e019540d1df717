"""What happens to a batch, done to one on purpose: after each fault it is resumed, and nothing may be lost or done again.

Each fault ends in a verdict: what was not as it should be. What must be the same as in an undisturbed run, to the byte, are
restored.txt, edits.jsonl and document.json of every document; no process and no temporary file may be left.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

import psutil

from restore.bench import fault_disk
from restore.bench.fault_scene import (
    Scene,
    becomes,
    differences,
    end_all,
    left_behind,
    results,
    statuses,
    until,
    work_done,
    workers,
)
from restore.bench.fault_tools import POISONED, Harm, cure, is_poisoned, jumping_clock, poison

Victim = Literal["coordinator", "worker", "both"]
VICTIMS: tuple[Victim, ...] = ("coordinator", "worker", "both")
YEAR = 365 * 86400
_SPREAD = 0.6  # seconds: a moment lies so far behind the last thing that was done, at most; a page takes about half of that


@dataclass(frozen=True, slots=True)
class Moment:
    """When to kill whom: after so many documents and pages, and so many seconds."""

    units: int
    delay: float
    victim: Victim


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a fault.

    Attributes:
        name: of the fault.
        times: how often it was done.
        problems: what was not as it should be.
        seconds: that a batch took to end when it was told to, at most; None where it was not told.
        skipped: why it was not done, if it was not.
    """

    name: str
    times: int = 1
    problems: tuple[str, ...] = ()
    seconds: float | None = None
    skipped: str = ""

    def as_json(self) -> dict[str, Any]:
        """The verdict as plain values."""
        return asdict(self) | {"problems": list(self.problems)}


def moments(count: int, units: int, seed: int) -> tuple[Moment, ...]:
    """Moments over a batch, in order.

    Args:
        count: how many.
        units: documents and pages of the batch.
        seed: the same one gives the same moments.

    >>> moments(2, 40, 7) == moments(2, 40, 7), len(moments(50, 40, 7))
    (True, 50)
    """
    chance = random.Random(seed)
    after = sorted(chance.randrange(units) for _ in range(count))
    return tuple(
        Moment(units, chance.uniform(0, _SPREAD), VICTIMS[number % len(VICTIMS)])
        for number, units in enumerate(after)
    )


def undisturbed(scene: Scene) -> Scene:
    """A scene with the same batch after a run that nothing happened to.

    Raises:
        RuntimeError: even that one does not end well.
    """
    twin = beside(scene, "undisturbed")
    ended = twin.run()
    if ended.code or left_behind(twin):
        raise RuntimeError(f"an undisturbed batch ends with {ended.code}: {ended.said} {left_behind(twin)}")
    return twin


def beside(scene: Scene, name: str) -> Scene:
    """A scene of the same batch."""
    folder = scene.folder.with_name(f"{scene.folder.name}-{name}")
    for part in ("in", "tools", "python"):
        shutil.copytree(scene.folder / part, folder / part)
    (folder / "tmp").mkdir()
    return replace(scene, folder=folder)


# Kills


def killed(scene: Scene, when: Sequence[Moment], wanted: Mapping[str, bytes]) -> Verdict:
    """Kill coordinator or workers at all these moments, go on each time, and finish."""
    problems: list[str] = []
    done: dict[tuple[str, int], tuple[int, int]] = {}
    hit = 0
    process = scene.start()
    for moment in when:
        if not until(scene, process, moment.units) and process.poll() is not None:
            break  # the batch was faster than the moments
        time.sleep(moment.delay)
        done |= work_done(scene.out)
        hit += _kill(process, moment.victim)
        if process.poll() is not None:
            problems += [f"{moment}: {problem}" for problem in _orphans(scene)]
            process = scene.start()
    ended = scene.awaited(process)
    problems += _unless(ended.code == 0, f"ends with {ended.code}: {ended.said[-300:]}")
    problems += differences(scene, wanted)
    now = work_done(scene.out)
    problems += [f"done again: {unit}" for unit, known in done.items() if now.get(unit) != known]
    return Verdict("killed", hit, tuple(problems))


def _kill(process: subprocess.Popen[str], victim: Victim) -> bool:
    """Kill one worker, the coordinator, or everybody at once; whether there was somebody.

    For a worker to come it is waited, since a coordinator that has just begun has none.
    """
    if victim == "worker":
        becomes(lambda: process.poll() is not None or bool(workers(process.pid)))
    found = workers(process.pid)
    if victim == "worker":
        for worker in found[:1]:
            with suppress(psutil.Error):
                worker.kill()
        return bool(found)
    if process.poll() is not None:
        return False
    process.kill()
    if victim == "both":
        for worker in found:
            with suppress(psutil.Error):
                worker.kill()
    process.wait()
    return True


def _orphans(scene: Scene) -> list[str]:
    """What outlives a coordinator that was killed; a Tesseract whose worker was killed as well ends with its page."""
    return [problem for problem in left_behind(scene) if problem.startswith("still runs")]


def told_to_end(scene: Scene, sign: signal.Signals, wanted: Mapping[str, bytes], *, units: int) -> Verdict:
    """Ctrl-C, as a terminal does it to all processes, or SIGTERM, as a service manager does it to the first; then go on."""
    problems: list[str] = []
    process = scene.start()
    until(scene, process, units)
    began = time.monotonic()
    if sign is signal.SIGINT:
        os.killpg(process.pid, sign)
    else:
        process.send_signal(sign)
    ended = scene.awaited(process)
    seconds = time.monotonic() - began
    problems += _unless(ended.code == 130, f"ends with {ended.code}: {ended.said[-300:]}")
    problems += _unless("Traceback" not in ended.said, ended.said[-300:])
    problems += left_behind(scene)
    problems += _unless("started" not in statuses(scene.out).values(), "the ledger says that it is at work")
    done = work_done(scene.out)
    problems += _resumed(scene, wanted)
    now = work_done(scene.out)
    problems += [f"done again: {unit}" for unit, known in done.items() if now.get(unit) != known]
    return Verdict("told-to-end", problems=tuple(problems), seconds=seconds)


def stopped(scene: Scene, wanted: Mapping[str, bytes], *, units: int) -> Verdict:
    """Stop a worker with SIGSTOP in the middle of its work: it is given up at its deadline, and its page read by another."""
    process = scene.start()
    until(scene, process, units)
    found = workers(process.pid)
    for worker in found[:1]:
        worker.suspend()
    ended = scene.awaited(process)
    problems = _unless(ended.code == 0, f"ends with {ended.code}: {ended.said[-300:]}")
    return Verdict("stopped", len(found[:1]), tuple(problems + differences(scene, wanted)))


# Power, clock, disk


def power_cut(scene: Scene, wanted: Mapping[str, bytes], *, units: int) -> Verdict:
    """Kill everything, empty the files that were not known to be on the disk, and let it be another boot of the machine."""
    process = scene.start()
    until(scene, process, units)
    end_all(scene)
    process.wait()
    problems = _orphans(scene)
    lost = fault_disk.forget_unwritten(scene.out)
    problems += _resumed(scene, wanted)
    return Verdict("power-cut", lost, tuple(problems))


def clock_jumps(scene: Scene, wanted: Mapping[str, bytes], *, units: int) -> Verdict:
    """Let the clock jump forwards and then backwards by a year, kill the batch, go on."""
    clock = jumping_clock(scene)
    began = time.monotonic()
    process = scene.start()
    for jump in (YEAR, -YEAR):
        units += until(scene, process, units)
        clock.write_text(str(jump), "ascii")
        time.sleep(0.5)
    process.kill()
    process.wait()
    problems = _orphans(scene) + _resumed(scene, wanted)
    worked, elapsed = fault_disk.seconds_worked(scene.out), time.monotonic() - began
    problems += _unless(0 <= worked <= elapsed, f"{worked} seconds of work are told of {elapsed:.0f}")
    return Verdict("clock", 2, tuple(problems))


def full_disk(scene: Scene, wanted: Mapping[str, bytes], whole: Path, *, share: float = 0.5) -> Verdict:
    """Let the disk become full when a share of the results are written; make room; go on.

    Args:
        scene: of the batch.
        wanted: its results.
        whole: where they lie already, to know how much room they take.
        share: that there is room for.
    """
    if not fault_disk.may_mount():
        return Verdict("full-disk", 0, skipped="no-mount")
    room = round(share * fault_disk.kilobytes(whole))
    return Verdict("full-disk", problems=tuple(fault_disk.full(scene, wanted, room)))


def read_only(scene: Scene, wanted: Mapping[str, bytes], *, units: int) -> Verdict:
    """Let nothing be written to a batch that is half done; then go on."""
    if not fault_disk.may_mount():
        return Verdict("read-only", 0, skipped="no-mount")
    process = scene.start()
    until(scene, process, units)
    process.send_signal(signal.SIGINT)
    scene.awaited(process)
    problems = fault_disk.read_only(scene) + _resumed(scene, wanted)
    return Verdict("read-only", problems=tuple(problems))


# Pages that do harm


def harmed(scene: Scene, harm: Harm, wanted: Mapping[str, bytes]) -> Verdict:
    """A page over which Tesseract hangs, kills its worker or eats memory: it fails alone, and is read when it is cured.

    Args:
        scene: of a batch with a poisoned file.
        harm: that its page does.
        wanted: results of all, the poisoned file among them, without harm.
    """
    poison(scene, harm)
    ended = scene.run()
    problems = _unless(ended.code == 0, f"ends with {ended.code}: {ended.said[-300:]}")
    found = {name: status for name, status in statuses(scene.out).items() if status != "success"}
    problems += _unless(found == {POISONED: "partial"}, f"not done well: {found}")
    problems += left_behind(scene)
    there = results(scene.out)
    alone = all(there.get(name) == data for name, data in wanted.items() if not is_poisoned(name))
    problems += _unless(alone, "it did not fail alone")
    cure(scene)
    problems += _resumed(scene, wanted, "--retry-failed")
    return Verdict(harm, problems=tuple(problems))


def _resumed(scene: Scene, wanted: Mapping[str, bytes], *flags: str) -> list[str]:
    """What is wrong after the run that goes on."""
    ended = scene.run(*flags)
    problems = _unless(ended.code == 0, f"resumed, it ends with {ended.code}: {ended.said[-300:]}")
    problems += _unless(
        set(statuses(scene.out).values()) == {"success"}, f"resumed, not all is done: {statuses(scene.out)}"
    )
    return problems + differences(scene, wanted)


def _unless(holds: bool, problem: str) -> list[str]:
    return [] if holds else [problem]
