"""All faults one after the other, each on a batch of its own: ``restore bench faults``."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import get_args

from restore.bench.fault_scene import Scene, made, results
from restore.bench.fault_tools import ALLOWED, Harm, add_poisoned
from restore.bench.faults import (
    Verdict,
    beside,
    clock_jumps,
    full_disk,
    harmed,
    killed,
    moments,
    power_cut,
    read_only,
    stopped,
    told_to_end,
    undisturbed,
)

MOMENTS = 50  # at which somebody is killed
SHEETS = (10,) * 8 + (20,)  # pages of each TIFF of the large batch
IMAGES = 100  # with those 200 pages
TEXTS = 20
SEED = 6
# Of the small batch. A page takes a second; a busy machine may take much longer, and none may be given up for that.
PAGE_TIMEOUT = 20

_Trial = Callable[[Scene], Verdict]


def measure(folder: Path, *, count: int = MOMENTS, seed: int = SEED) -> Iterator[Verdict]:
    """Do everything to a batch that happens to one.

    Args:
        folder: where batches may lie; each is removed when there is nothing to be said against it.
        count: of moments at which somebody is killed, over a batch of 200 pages.
        seed: of batch and moments.

    Yields:
        What came of each fault.
    """
    large = made(folder / "large", texts=TEXTS, images=IMAGES, sheets=SHEETS, seed=seed)
    yield _tried(large, "killed", _kills(large, count, seed))
    small = _small(folder / "small", seed)
    whole = undisturbed(small).out
    wanted = results(whole)
    trials: dict[str, _Trial] = {
        "ctrl-c": lambda scene: told_to_end(scene, signal.SIGINT, wanted, units=5),
        "sigterm": lambda scene: told_to_end(scene, signal.SIGTERM, wanted, units=3),
        "power-cut": lambda scene: power_cut(scene, wanted, units=7),
        "clock": lambda scene: clock_jumps(scene, wanted, units=4),
        "full-disk": lambda scene: full_disk(scene, wanted, whole),
        "read-only": lambda scene: read_only(scene, wanted, units=5),
        **{harm: partial(harmed, harm=harm, wanted=wanted) for harm in get_args(Harm)},
        "stopped": lambda scene: stopped(scene, wanted, units=2),
    }
    for name, trial in trials.items():
        yield _tried(small, name, trial)


def _kills(scene: Scene, count: int, seed: int) -> _Trial:
    wanted = results(undisturbed(scene).out)
    pages = IMAGES + sum(SHEETS)
    units = pages + IMAGES + len(SHEETS) + TEXTS
    return lambda scene: killed(scene, moments(count, units, seed), wanted)


def _small(folder: Path, seed: int) -> Scene:
    scene = made(folder, texts=4, images=2, sheets=(2,), seed=seed)
    add_poisoned(scene)
    limits = {"RESTORE_PAGE_TIMEOUT": str(PAGE_TIMEOUT), "RESTORE_PAGE_MEMORY": str(ALLOWED)}
    return replace(scene, variables=limits)


def _tried(scene: Scene, name: str, trial: _Trial) -> Verdict:
    own = beside(scene, name)
    verdict = replace(trial(own), name=name)
    if not verdict.problems:
        shutil.rmtree(own.folder)
    return verdict
