"""One run at a time on an output folder."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from restore.batch.machine import host, pid
from restore.errors import OutputError, disk_error

LOCK_FILE = ".lock"
# Who only asks holds the lock for a moment as well: so often, and with so many seconds between, it is tried for.
TRIES = 5
BETWEEN = 0.02


@contextmanager
def only_run(out: Path) -> Iterator[None]:
    """Hold an output folder; its lock goes with the process, however that ends.

    Raises:
        OutputError: another run holds it (``already-running``), or the folder cannot be written to.
    """
    path = out / LOCK_FILE
    descriptor = _locked(path)
    try:
        _tell(descriptor, path)
        yield
    finally:
        with suppress(OSError):
            path.unlink()  # while it is held: who waits for it finds another file there and tries again
        os.close(descriptor)


def holder(out: Path) -> dict[str, Any] | None:
    """Who is at work in an output folder: host, pid and since; None where nobody is."""
    try:
        descriptor = os.open(out / LOCK_FILE, os.O_RDONLY)  # also who may not write may ask
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _told(descriptor)
    except OSError:
        return None
    finally:
        os.close(descriptor)
    return None


def _locked(path: Path) -> int:
    tries = 0
    while True:
        tries += 1
        try:
            descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o644)
        except OSError as error:
            raise disk_error(path, error) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            told = _told(descriptor)
            os.close(descriptor)
            if tries < TRIES:
                time.sleep(BETWEEN)
                continue
            raise OutputError("already-running", path=path.parent, **told) from None
        except OSError:
            return descriptor  # a file system without locks: the ledger's own has to do
        with suppress(OSError):
            if os.path.samestat(os.fstat(descriptor), os.stat(path)):  # noqa: PTH116 - compared with a descriptor's
                return descriptor
        os.close(descriptor)


def _tell(descriptor: int, path: Path) -> None:
    told = {"host": host(), "pid": pid(), "since": datetime.now(UTC).isoformat(timespec="seconds")}
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(told).encode(), 0)
    except OSError as error:
        raise disk_error(path, error) from error


def _told(descriptor: int) -> dict[str, Any]:
    try:
        found = json.loads(os.pread(descriptor, 1000, 0))
        return {name: found[name] for name in ("host", "pid", "since")}
    except (OSError, ValueError, KeyError, TypeError):
        return {"host": "?", "pid": "?", "since": "?"}  # it is just being written
