"""What machine a benchmark ran on, without which its figures say little."""

from __future__ import annotations

import os
import platform
from pathlib import Path

import psutil

from restore.versions import versions

_CPU_FILE = Path("/proc/cpuinfo")


def surroundings() -> dict[str, str | int | float]:
    """Processor, how many of them this process may use, memory, versions, and the load of the last minute.

    No name of the machine and no path: a report may be shown to others.

    >>> sorted(surroundings())
    ['load', 'memory_gigabytes', 'processor', 'processors', 'python', 'restore', 'system', 'tesseract']
    """
    known = versions(pages=True)
    return {
        "processor": _processor(),
        "processors": len(psutil.Process().cpu_affinity())
        if hasattr(psutil.Process, "cpu_affinity")
        else os.cpu_count() or 1,
        "memory_gigabytes": round(psutil.virtual_memory().total / 1e9, 1),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "restore": known["restore"],
        "tesseract": known.get("tesseract", ""),
        "load": round(psutil.getloadavg()[0], 2),
    }


def _processor() -> str:
    """The processor's name; on some systems only its kind is told."""
    if _CPU_FILE.is_file():
        for line in _CPU_FILE.read_text("utf-8", "replace").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return platform.processor() or platform.machine()
