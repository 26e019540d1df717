"""The process that tries inputs: guided by coverage where atheris is installed, by chance alone where it is not.

    python -m tools.fuzz.child GROUP TARGET FOLDER SECONDS SEED

FOLDER holds ``current`` (how many inputs were begun, and the one in work), ``corpus`` and ``faults``. A fault is kept once: by its
kind and the place in the program where it arose.
"""

from __future__ import annotations

import faulthandler
import hashlib
import resource
import signal
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from random import Random

from tools.fuzz.kept import Current

try:
    import atheris
except ImportError:  # the plain loop does
    atheris = None

# What is watched for new places: all of it would take longer to prepare than a turn lasts.
_WATCHED = {
    "text": ["restore.language", "restore.correct", "restore.structure", "restore.meaning", "restore.review", "restore.edit"],
    "PDF": ["restore.scan", "restore.export"],
    "image": ["restore.scan", "PIL"],
    "JSON": [
        "restore.batch", "restore.config", "restore.decisions", "restore.dictionary", "restore.documents", "restore.replay",
        "restore.results", "restore.review", "restore.search", "restore.seen", "restore.set_fields",
    ],
}  # fmt: skip
if atheris is not None:
    with atheris.instrument_imports(include=_WATCHED[sys.argv[1]]):
        from tools.fuzz.targets import TARGETS, Target
        from tools.fuzz.tried import tried
else:
    from tools.fuzz.targets import TARGETS, Target
    from tools.fuzz.tried import tried

MEMORY = 3 << 30  # bytes of data: what goes beyond is a fault


def plain_loop(target: Target, one: Callable[[bytes], None], seconds: float, seed: int) -> None:
    """Inputs by chance: a beginning, damaged once or several times in a row."""
    chance = Random(seed)
    seeds = list(target.seeds())
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        data = chance.choice(seeds)
        for _ in range(chance.choice((1, 1, 2, 4, 8))):
            data = target.mutate(data, chance)[: target.longest]
            one(data)


def guided_loop(
    target: Target, one: Callable[[bytes], None], seconds: float, seed: int, corpus: Path
) -> None:
    """Inputs that reach new places are kept and damaged further."""
    corpus.mkdir(parents=True, exist_ok=True)
    for data in target.seeds():
        (corpus / hashlib.sha1(data).hexdigest()).write_bytes(data)

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        chance = Random(seed)
        if chance.random() < 0.1:
            return bytes(atheris.Mutate(data, most))
        return target.mutate(bytes(data), chance)[:most]

    options = [
        f"-max_total_time={max(1, round(seconds))}", f"-max_len={target.longest}", f"-seed={seed}",
        "-timeout=86400", "-rss_limit_mb=0",
        "-len_control=0", "-print_final_stats=0", "-verbosity=0", f"-artifact_prefix={corpus.parent}/artifact-", str(corpus),
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options], one, custom_mutator=mutate, enable_python_coverage=True)
    atheris.Fuzz()


def main() -> None:
    """Try inputs until the time is over."""
    name, folder, seconds, seed = sys.argv[2], Path(sys.argv[3]), float(sys.argv[4]), int(sys.argv[5])
    target = TARGETS[name]
    faulthandler.register(signal.SIGUSR1)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("error")
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    one = tried(target, Current(folder / "current"), folder / "faults")
    if atheris is None:
        plain_loop(target, one, seconds, seed)
    else:
        guided_loop(target, one, seconds, seed, folder / "corpus")


if __name__ == "__main__":
    main()
