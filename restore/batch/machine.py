"""What a batch asks of the machine that it runs on: its name, its boot, its disk, and who else is there."""

from __future__ import annotations

import ctypes
import os
import platform
from functools import cache
from pathlib import Path

from restore.errors import disk_error

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


@cache
def boot_id() -> str:
    """What tells one start of this machine from another; the same for ever where the system does not tell."""
    try:
        return _BOOT_ID.read_text("ascii").strip()
    except OSError:
        return "unknown"


def host() -> str:
    """The machine's name."""
    return platform.node()


def pid() -> int:
    """The number of this process."""
    return os.getpid()


def written_through(folder: Path) -> None:
    """Have the file system of a folder write everything to its disk that it still holds in memory.

    One call for all files: a text document has six, and ``fsync`` of each would cost more than restoring it.

    Raises:
        OutputError: the disk refuses.
    """
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise disk_error(folder, error) from error
    try:
        syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
        if syncfs is None:
            os.sync()
        elif syncfs(descriptor):
            number = ctypes.get_errno()
            raise disk_error(folder, OSError(number, os.strerror(number)))
    finally:
        os.close(descriptor)
