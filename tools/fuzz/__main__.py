"""Fuzz some targets, one after the other and round again, and add to the tally what was tried.

    python -m tools.fuzz [--minutes 20] [--slice 240] [--folder build/fuzz] [TARGET ...]

The tally is ``tally.json`` in the folder: by target, seconds and inputs. Inputs that broke a law lie in ``<target>/faults`` with
what happened; those that ended their process, or hung, are among them.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from tools.fuzz.kept import keep, read_current
from tools.fuzz.targets import TARGETS

PATIENCE = 20.0  # seconds: an input that takes longer hangs
START = 100.0  # seconds that a child may take before its first input
_POLL = 0.5


def main() -> None:
    """Read the command line and fuzz until the time is over."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument(
        "--slice", type=float, default=240.0, help="seconds of one target before the next has its turn"
    )
    parser.add_argument("--folder", type=Path, default=Path("build/fuzz"))
    parser.add_argument("targets", nargs="*", default=[*TARGETS])
    options = parser.parse_args()
    end = time.monotonic() + 60 * options.minutes
    while time.monotonic() < end:
        for name in options.targets or TARGETS:
            if time.monotonic() < end:
                fuzz(name, options.folder, min(options.slice, end - time.monotonic()))


def fuzz(name: str, folder: Path, seconds: float) -> None:
    """One target for so many seconds, in a child that is begun again where an input ends it."""
    own = folder / name
    own.mkdir(parents=True, exist_ok=True)
    began, (before, _) = time.monotonic(), read_current(own / "current")
    while (left := seconds - (time.monotonic() - began)) > 1:
        seed = random.randrange(1, 2**31)
        ended = _run(name, own, left, seed)
        if ended:
            _, data = read_current(own / "current")
            keep(
                own / "faults",
                ended,
                data,
                f"the process ended: {ended}, seed {seed}\n{_end_of(own / 'log')}",
            )
    _add(folder / "tally.json", name, time.monotonic() - began, read_current(own / "current")[0] - before)


def _run(name: str, own: Path, seconds: float, seed: int) -> str:
    """Run a child; how its last input ended it, or nothing where it ended by itself."""
    command = [
        sys.executable,
        "-m",
        "tools.fuzz.child",
        TARGETS[name].group,
        name,
        str(own),
        str(seconds),
        str(seed),
    ]
    with (own / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as child:
        count, since = read_current(own / "current")[0], time.monotonic() + START
        while child.poll() is None:
            time.sleep(_POLL)
            now = read_current(own / "current")[0]
            if now != count:
                count, since = now, time.monotonic()
            elif time.monotonic() - since > PATIENCE:
                child.send_signal(signal.SIGUSR1)  # where it is, into its log
                time.sleep(_POLL)
                child.kill()
                child.wait()
                return f"hangs {_sign(own)}"
    if child.returncode == 0:
        return ""
    kind = signal.Signals(-child.returncode).name if child.returncode < 0 else f"code {child.returncode}"
    return f"{kind} {_sign(own)}"


def _sign(own: Path) -> str:
    """Crashes in foreign code have no place in ours: each input is its own."""
    return str(hash(read_current(own / "current")[1]) % 10**6)


def _end_of(log: Path) -> str:
    lines = log.read_text("utf-8", "replace").splitlines()
    return "\n".join(line for line in lines if not line.startswith("INFO"))[-4000:]


def _add(path: Path, name: str, seconds: float, inputs: int) -> None:
    tally = json.loads(path.read_text("utf-8")) if path.exists() else {}
    known = tally.setdefault(name, {"seconds": 0.0, "inputs": 0})
    known["seconds"] = round(known["seconds"] + seconds, 1)
    known["inputs"] += inputs
    path.write_text(json.dumps(tally, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
