"""False tools: a Tesseract that hangs, kills or eats memory over one page, and a clock that jumps."""

from __future__ import annotations

import random
import shlex
import shutil
import sys
from pathlib import Path
from typing import Literal

from restore.bench.fault_scene import Scene, page, save_sheets
from restore.errors import MissingToolError

Harm = Literal["hangs", "kills", "eats"]

# What a false Tesseract does over the page that is meant. "hangs": and what it starts leaves its session, so that who ends
# the session alone does not find it. "kills": its parent, the worker. "eats": more than a worker may take; if nobody
# stops it, it goes on to read the page.
_HARMS: dict[Harm, str] = {
    "hangs": "setsid sleep 600 & sleep 600 & sleep 600",
    "kills": "kill -9 $PPID; sleep 600",
    "eats": '{python} -I -S -c "parts = [bytes([1]) * (1 << 26) for _ in range({parts})]" || exit 1',
}
# The meant page is the only one that is higher than wide, as its first line after the magic number says.
_TESSERACT = """#!/bin/sh
case "$1" in
*.PPM|*.ppm|*.pgm|*.pnm)
    {{ read -r magic; read -r width height; }} < "$1"
    if [ "$height" -gt "$width" ]; then
        {harm}
    fi
esac
exec {tesseract} "$@"
"""
POISONED = "poisoned.tif"
TOO_MUCH = 3072  # megabytes that the page eats
ALLOWED = 1024  # that it may

CLOCK_FILE = "clock"
_CLOCK = '''"""A clock that jumps: by the seconds that a file says."""

import time


def _jumping(told, unit):
    def jumped():
        try:
            with open({path!r}) as file:
                shift = int(file.read() or 0)
        except OSError:
            shift = 0
        return told() + shift * unit

    return jumped


time.time, time.time_ns = _jumping(time.time, 1), _jumping(time.time_ns, 1_000_000_000)
'''


def add_poisoned(scene: Scene) -> None:
    """Put a file of three pages into a batch, the second of which is the one that a false Tesseract means."""
    chance = random.Random(99)
    pages = [page(chance), page(chance, lines=8, height=1200), page(chance)]
    save_sheets(scene.inputs / POISONED, pages)


def poison(scene: Scene, harm: Harm) -> None:
    """Put a Tesseract in front of the true one that does harm over the page that is meant.

    Raises:
        MissingToolError: there is no true one.
    """
    tesseract = shutil.which("tesseract")
    if tesseract is None:
        raise MissingToolError("missing-tesseract")
    harm_done = _HARMS[harm].format(python=shlex.quote(sys.executable), parts=TOO_MUCH >> 6)
    false = scene.folder / "tools" / "tesseract"
    false.write_text(_TESSERACT.format(harm=harm_done, tesseract=shlex.quote(tesseract)), "utf-8")
    false.chmod(0o755)


def cure(scene: Scene) -> None:
    """Take the false Tesseract away."""
    (scene.folder / "tools" / "tesseract").unlink()


def jumping_clock(scene: Scene) -> Path:
    """Give a scene a clock that jumps, and the file that says by how many seconds."""
    path = scene.folder / CLOCK_FILE
    (scene.folder / "python" / "sitecustomize.py").write_text(_CLOCK.format(path=str(path)), "utf-8")
    return path


def is_poisoned(name: str) -> bool:
    """Whether results or a document are those of the poisoned file.

    >>> is_poisoned("poisoned.tif/restored.txt"), is_poisoned("texts/000.txt")
    (True, False)
    """
    return Path(name).parts[0] == POISONED
