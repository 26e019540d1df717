"""Temporary folders of a batch, none of which is left behind, whatever ends it.

    <tmp>/restore-run-XXXX/          of one coordinator, who holds the lock of its file ``owner``
    <tmp>/restore-run-XXXX/1/        of one worker: everything that it and Tesseract put down for a moment

A worker whose coordinator has died removes its own. What a power cut or ``kill -9`` of everybody leaves, the next run removes:
nobody holds its lock any more.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from restore.errors import disk_error

PREFIX = "restore-run-"
_OWNER = "owner"


@contextmanager
def scratch() -> Iterator[Path]:
    """A temporary folder for a run, gone when it ends; those that dead runs left go now.

    Raises:
        OutputError: the place for temporary files cannot be written to.
    """
    place = Path(tempfile.gettempdir())
    sweep(place)
    try:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
        descriptor = os.open(folder / _OWNER, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        raise disk_error(place, error) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(descriptor)


def sweep(place: Path) -> None:
    """Remove what runs left that nobody owns any more; what belongs to other users stays."""
    for folder in place.glob(f"{PREFIX}*"):
        with suppress(OSError):
            descriptor = os.open(folder / _OWNER, os.O_RDWR)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(descriptor)


def leave(folder: Path) -> None:
    """Remove a worker's own folder, and that of the run when it was the last one in it."""
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        others = [path for path in folder.parent.iterdir() if path.name != _OWNER]
        if not others:
            shutil.rmtree(folder.parent, ignore_errors=True)
