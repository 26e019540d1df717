"""A batch whose files or results are in a storage, as the coordinator sees it: its jobs, and its own folder on this machine.

The ledger, the lock and the summaries are in that folder. Where it is lost, the copy of the ledger that each run leaves beside the
results is where the next one goes on.
"""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from restore import output
from restore.batch.inputs import Job, Jobs, find_jobs
from restore.batch.ledger import LEDGER_FILE, Ledger
from restore.batch.listing import SUFFIXES
from restore.batch.lock import only_run
from restore.batch.names import safe_path
from restore.batch.rows import unusable
from restore.batch.storage import Store, is_url
from restore.errors import RestoreError, UsageError, disk_error


@dataclass(frozen=True, slots=True)
class Place:
    """Where a batch writes.

    Attributes:
        out: the folder on this machine that has its ledger; where ``remote`` is empty, the output folder itself.
        remote: the output's address, or empty.
    """

    out: Path
    remote: str = ""

    @property
    def address(self) -> str:
        """What people call the output."""
        return self.remote or str(self.out)

    def make_ready(self) -> None:
        """Fetch what the output has and this machine does not: the ledger of earlier runs and the batch's own rules.

        An output that has none gets an empty one: whoever lists the storage knows results by it, and one that refuses does so
        before anything is worked on.

        Raises:
            InputError: the storage cannot be read.
            OutputError: the storage or the folder cannot be written, or another run is at work with that folder.
            UsageError: nobody speaks the address's protocol.
        """
        if not self.remote:
            return
        store = Store(self.remote)
        try:
            self.out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise disk_error(self.out, error) from error
        ledger, rules = self.out / LEDGER_FILE, self.out / output.DICTIONARY_FILE
        with only_run(self.out):  # another one may have just begun its ledger, or be reading these rules
            if not ledger.exists() and not store.fetch_if_there(LEDGER_FILE, ledger):
                self._begin(store)
            if not store.fetch_if_there(output.DICTIONARY_FILE, rules):
                rules.unlink(missing_ok=True)

    def _begin(self, store: Store) -> None:
        with Ledger(self.out):
            pass
        try:
            self._put_ledger(store)
        except RestoreError:
            (self.out / LEDGER_FILE).unlink()  # the next run is to ask again
            raise

    @contextmanager
    def seen(self) -> Iterator[Path]:
        """The folder with the ledger, for who only looks: where this machine has none, a copy of the output's for the moment.

        Raises:
            InputError: the storage cannot be read.
            OutputError: there is no room for the copy.
        """
        if not self.remote or (self.out / LEDGER_FILE).exists():
            yield self.out
            return
        with tempfile.TemporaryDirectory(prefix="restore-") as name:
            for one in (LEDGER_FILE, output.DICTIONARY_FILE):
                Store(self.remote).fetch_if_there(one, Path(name, one))
            yield Path(name)

    def bring_back(self, names: Iterable[str]) -> None:
        """Put the summaries and a copy of the ledger beside the results.

        Raises:
            OutputError: the storage refuses.
        """
        if not self.remote:
            return
        store = Store(self.remote)
        for name in names:
            store.put(self.out / name, name)
        self._put_ledger(store)

    def _put_ledger(self, store: Store) -> None:
        copy = self.out / f".{LEDGER_FILE}.copy"
        copy.unlink(missing_ok=True)  # half of one that somebody was ended over
        try:
            with (
                closing(sqlite3.connect(self.out / LEDGER_FILE)) as ledger,
                closing(sqlite3.connect(copy)) as target,
            ):
                ledger.backup(target)
            store.put(copy, LEDGER_FILE)
        except sqlite3.Error as error:
            raise unusable(copy, error) from error
        finally:
            copy.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class RemoteJobs:
    """The files below an address, listed folder by folder whenever they are gone through."""

    url: str
    remote: str = ""

    def __iter__(self) -> Iterator[Job]:
        """The jobs.

        Raises:
            InputError: there are none, or the storage cannot be read.
        """
        for one in Store(self.url).found(SUFFIXES):
            name = safe_path(PurePosixPath(one.name))
            yield Job(Path(PurePosixPath(one.name).name), name, one.skip, one.url, one.stamp, self.remote)


@dataclass(frozen=True, slots=True)
class BroughtJobs:
    """Files of this machine, or of a shared folder, whose results go to a storage."""

    jobs: Jobs
    remote: str

    def __iter__(self) -> Iterator[Job]:
        """The jobs."""
        return (replace(job, remote=self.remote) for job in self.jobs)

    def known(self, name: str, path: Path) -> Job | None:
        """The job of a file that an earlier run has named; see :meth:`restore.batch.inputs.Jobs.known`."""
        job = self.jobs.known(name, path)
        return replace(job, remote=self.remote) if job else None


def place_of(out: str, state: str | None) -> Place:
    """Where a batch writes.

    Args:
        out: the output, a path or an address.
        state: the folder for the ledger of an output that is an address; by default one of its own below ``$XDG_STATE_HOME``.
    """
    if not is_url(out):
        return Place(Path(out))
    out = out.rstrip("/")
    return Place(Path(state) if state else _state_home() / _slug(out), out)


def jobs_of(inputs: Sequence[str], place: Place) -> Iterable[Job]:
    """The files behind the inputs: paths, or one address.

    Raises:
        InputError: there are none.
        UsageError: an address is not the only input, or it is the output.
    """
    addresses = [text for text in inputs if is_url(text)]
    if not addresses:
        jobs = find_jobs(inputs, place.out)
        return BroughtJobs(jobs, place.remote) if place.remote else jobs
    if len(inputs) > 1:
        raise UsageError("one-address", url=addresses[0])
    (url,) = addresses
    if f"{place.remote}/".startswith(f"{url.rstrip('/')}/"):
        raise UsageError("output-is-input", path=url)
    return RemoteJobs(url, place.remote)


def _state_home() -> Path:
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "restore"


def _slug(url: str) -> str:
    """A folder's name for an address: readable, and no other address has it.

    >>> _slug("s3://archive/out")
    's3-archive-out-0ffbac9d'
    """
    return (
        f"{re.sub(r'[^A-Za-z0-9]+', '-', url)[:60].strip('-')}-{hashlib.sha256(url.encode()).hexdigest()[:8]}"
    )
