"""Other programs run and measured: what they wrote, the CPU time of all their processes, the memory of the largest."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# A program's peak of memory, as the system counts it, is at least that of the process that started it. So it is a small
# Python without site-packages that starts it and asks afterwards what all that it started have taken.
_LAUNCHER = """
import json, os, resource, subprocess, sys
os.environ["OMP_THREAD_LIMIT"] = "1"
try:
    with open(sys.argv[2], "wb") as out:
        code = subprocess.run(sys.argv[3:], stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL).returncode
except OSError:
    code = 127
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w") as report:
    json.dump([code, used.ru_utime + used.ru_stime, used.ru_maxrss], report)
"""
_BYTES_A_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a program.

    Attributes:
        code: its exit code; 127 where it could not be started.
        text: what it wrote to its standard output, as UTF-8; what is none stands as U+FFFD.
        seconds: of CPU, user and system, of all its processes.
        megabytes: the most memory that one of its processes held.
    """

    code: int
    text: str
    seconds: float
    megabytes: float


def run(command: Sequence[str | Path]) -> Run:
    """Run a program to its end, with one thread in each Tesseract.

    >>> done = run([sys.executable, "-c", "print('Điều 1')"])
    >>> done.code, done.text.strip(), done.megabytes > 1
    (0, 'Điều 1', True)
    """
    with tempfile.TemporaryDirectory() as folder:
        report, written = Path(folder, "report"), Path(folder, "written")
        subprocess.run([sys.executable, "-I", "-S", "-c", _LAUNCHER, report, written, *command], check=True)
        code, seconds, size = json.loads(report.read_text("utf-8"))
        text = written.read_bytes().decode("utf-8", "replace")
    return Run(code, text, seconds, size * _BYTES_A_UNIT / 1e6)
