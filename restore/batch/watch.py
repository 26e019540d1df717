"""A folder that fills over time: its files as jobs, each when it is there as a whole.

A file is taken when nothing about it has changed for a settling time, no process of this machine has it open for writing, and its
last bytes are there (:mod:`restore.batch.whole`). How it is found: the system tells of changes (:mod:`restore.batch.notices`), and
the folder is looked through at the beginning and from time to time, since a system does not tell everything, and on network disks
nothing of other machines. What was handed out is forgotten: the ledger knows it. So memory does not grow with the archive, and a
watcher that was ended begins where it was.
"""

from __future__ import annotations

import os
import stat
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, NamedTuple, Self

from restore.batch.inputs import SUFFIXES, Job
from restore.batch.ledger import LEDGER_FILE
from restore.batch.names import safe_path
from restore.batch.notices import Notices
from restore.batch.whole import is_passed_over, looks_whole, open_for_writing
from restore.errors import readable

# A file whose end is not there although nothing has come for so long will not become whole: it is handed out as it is,
# so that somebody hears of it. Uploads that break off are taken up again within minutes.
PATIENCE = 600.0  # seconds
# A file that was last changed so long ago need not be seen to rest. Clocks of other machines that are wrong are wrong by less.
AT_REST = 3600.0  # seconds
PIECE = 0.05  # seconds that one call may search: whoever asks has other things to do
LOOKING_SHARE = 9  # so many times as long as a look took, there is none: a tenth of one core at most
ROOT_EVERY = 1.0  # seconds between two questions whether the folder itself is there

News = Literal["missing", "back", "no-notices", "unreadable"]


@dataclass(frozen=True, slots=True)
class Watching:
    """How a folder is watched.

    Attributes:
        settle: seconds for which nothing about a file may change before it is taken.
        poll: seconds between two looks through the whole folder, or more where these take long.
        notices: whether the system is asked to tell of changes.
    """

    settle: float = 10.0
    poll: float = 60.0
    notices: bool = True


class Stamp(NamedTuple):
    """What changes when a file does."""

    size: int
    modified: int
    changed: int
    device: int
    number: int


class _Candidate(NamedTuple):
    """A file that is seen to rest."""

    stamp: Stamp
    since: float


class Watcher:
    """The files of a folder that are whole. Only one thread may ask."""

    def __init__(
        self,
        folder: Path,
        out: Path,
        watching: Watching = Watching(),
        *,
        is_known: Callable[[Job], bool] = lambda job: False,
        tell: Callable[[News, str], None] = lambda news, path: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Watch a folder; the first look takes every file of it, later ones what is not known.

        Args:
            folder: that fills.
            out: the output folder; if it lies in ``folder``, it is not watched.
            watching: how.
            is_known: whether a file was handed out as it is now, as the ledger tells.
            tell: is told when the folder is missing or back, when the system tells nothing, and which folders cannot be read.
            clock: seconds on a clock that never jumps.
        """
        self._folder, self._watching = folder.absolute(), watching
        self._out = _as_below(self._folder, out)
        self._is_known, self._tell, self._clock = is_known, tell, clock
        self._candidates: dict[str, _Candidate] = {}
        self._due: deque[tuple[float, str]] = deque()  # in order: the settling time is the same for all
        self._walk: Iterator[str] | None = None
        self._began_to_look = self._next_look = self._next_root = clock()
        self._looks = 0
        self._folders: deque[str] = deque()  # that the system told of
        self._root: tuple[int, int] | None = None
        self._is_missing = False
        self._notices: Notices | None = None
        self._written: frozenset[tuple[int, int]] = frozenset()
        self._written_until = float("-inf")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Watch no more."""
        if self._notices:
            self._notices.close()
            self._notices = None

    @property
    def looked(self) -> bool:
        """Whether the whole folder has been looked through once."""
        return self._looks > 0

    @property
    def waiting(self) -> int:
        """How many files are seen to rest, or waited for."""
        return len(self._candidates)

    def next_job(self) -> Job | None:
        """A file that is whole; None where there is none just now. Never waits."""
        if not self._is_there():
            return None
        self._hear()
        end = self._clock() + PIECE
        while True:
            job = self._settled() or self._found()
            if job or self._walk is None or self._clock() > end:
                return job

    def jobs(self, is_idle: Callable[[], bool], rest: float) -> Iterator[Job | None]:
        """Files that are whole, until the folder and the batch have come to rest.

        Args:
            is_idle: whether all that was handed out is done.
            rest: seconds without a file after which the folder is at rest.

        Yields:
            A file, or None: nothing just now, ask again.
        """
        since = self._clock()
        while True:
            job = self.next_job()
            if job or self._walk is not None or not is_idle():
                since = self._clock()
            if not job and self.looked and self._clock() - since >= rest:
                return
            yield job

    # The folder itself

    def _is_there(self) -> bool:
        """Whether the folder can be reached; where another one is in its place, everything begins anew."""
        now = self._clock()
        if now < self._next_root:
            return not self._is_missing
        self._next_root = now + ROOT_EVERY
        try:
            found = self._folder.stat()
            root = found.st_dev, found.st_ino
            os.scandir(self._folder).close()
        except OSError:
            if not self._is_missing:
                self._begin_anew(None)
                self._tell("missing", readable(self._folder))
            self._is_missing = True
            return False
        if root != self._root:
            self._begin_anew(root)
        if self._is_missing:
            self._is_missing = False
            self._tell("back", readable(self._folder))
        return True

    def _begin_anew(self, root: tuple[int, int] | None) -> None:
        self.close()
        self._root, self._walk, self._next_look = root, None, self._clock()
        self._candidates.clear()
        self._due.clear()
        self._folders.clear()
        if root and self._watching.notices:
            self._notices = Notices(self._folder, spare=self._out)

    def _hear(self) -> None:
        """What the system tells of: files become candidates, folders are looked through."""
        if not self._notices:
            return
        if self._notices.failed:
            self._tell("no-notices", self._notices.failed)
            self.close()
            return
        changed = self._notices.taken()
        if changed is None:
            self._next_look = self._clock()
        left_out: dict[Path, bool] = {}
        for path in changed or ():
            with suppress(OSError):  # gone already
                found = os.lstat(path)
                is_folder = stat.S_ISDIR(found.st_mode)
                if self._lies_in_left_out(Path(path) if is_folder else Path(path).parent, left_out):
                    continue
                if is_folder:
                    self._folders.append(path)
                else:
                    self._consider(path, found)

    def _lies_in_left_out(self, folder: Path, known: dict[Path, bool]) -> bool:
        """Whether a folder or one above it is left out; the system tells of what lies behind links as well."""
        if folder == self._folder:
            return False
        if folder not in known:
            known[folder] = (
                folder.is_symlink()
                or self._is_left_out(folder)
                or self._lies_in_left_out(folder.parent, known)
            )
        return known[folder]

    def _is_left_out(self, folder: Path) -> bool:
        """Folders of systems, hidden ones, and what this run or an earlier one wrote."""
        return is_passed_over(folder.name) or folder == self._out or (folder / LEDGER_FILE).is_file()

    # Looking through it

    def _found(self) -> Job | None:
        """One step through the folder: a file that is known to have rested for long, as a job."""
        if self._walk is None:
            if self._folders:
                self._walk = self._below(self._folders.popleft())
            elif self._clock() >= self._next_look:
                self._walk, self._began_to_look = self._all(), self._clock()
            else:
                return None
        path = next(self._walk, None)
        if path is None:
            self._walk = None
            return None
        with suppress(OSError):  # vanished meanwhile
            return self._consider(path, os.lstat(path))
        return None

    def _all(self) -> Iterator[str]:
        yield from self._below(str(self._folder))
        took = self._clock() - self._began_to_look
        self._next_look = self._clock() + max(self._watching.poll, LOOKING_SHARE * took)
        self._looks += 1

    def _below(self, top: str) -> Iterator[str]:
        """The files below a folder, as the system lists them; no symbolic link is followed."""
        waiting = [top]
        while waiting:
            folder = waiting.pop()
            try:
                with os.scandir(folder) as entries:
                    for entry in entries:
                        if entry.is_dir(follow_symlinks=False):
                            if not self._is_left_out(Path(entry.path)):
                                waiting.append(entry.path)
                        elif entry.is_file(follow_symlinks=False):
                            yield entry.path
            except OSError as error:
                if not self.looked and not isinstance(error, FileNotFoundError):
                    self._tell("unreadable", readable(folder))

    def _consider(self, path: str, found: os.stat_result) -> Job | None:
        """Look at a file that is there: as a job if it has rested for long, else it becomes a candidate."""
        name = os.path.basename(path)  # noqa: PTH119 - as above
        if path in self._candidates or not stat.S_ISREG(found.st_mode) or is_passed_over(name):
            return None
        if os.path.splitext(name)[1].lower() not in SUFFIXES:  # noqa: PTH122 - as above
            return None
        job = self._job(path)
        if self.looked and self._is_known(job):
            return None
        rested = time.time() - max(found.st_mtime, found.st_ctime) > AT_REST
        if rested and self._is_whole(path, found):
            return job
        # Broken and old: it need not be waited for, but it may be that a clock is wrong.
        since = self._clock() - (PATIENCE if rested else 0.0)
        self._watch(path, _Candidate(_stamp(found), since))
        return None

    def _job(self, path: str) -> Job:
        place = Path(path)
        return Job(place, safe_path(place.relative_to(self._folder)))

    # Candidates

    def _watch(self, path: str, candidate: _Candidate) -> None:
        self._candidates[path] = candidate
        self._due.append((self._clock() + self._watching.settle, path))

    def _settled(self) -> Job | None:
        """The next candidate that has come to rest."""
        while self._due and self._due[0][0] <= self._clock():
            _, path = self._due.popleft()
            candidate = self._candidates.pop(path)
            try:
                found = os.lstat(path)
            except OSError:
                continue  # vanished, or renamed and told of by its new name
            if not stat.S_ISREG(found.st_mode):
                continue
            if _stamp(found) != candidate.stamp:
                self._watch(path, _Candidate(_stamp(found), self._clock()))
            elif self._is_whole(path, found) or self._clock() - candidate.since >= PATIENCE:
                return self._job(path)
            else:
                self._watch(path, candidate)
        return None

    def _is_whole(self, path: str, found: os.stat_result) -> bool:
        return (found.st_dev, found.st_ino) not in self._held() and looks_whole(Path(path))

    def _held(self) -> frozenset[tuple[int, int]]:
        """Which documents are open for writing; asked for at most ten times a second."""
        if self._clock() >= self._written_until:
            self._written = open_for_writing(SUFFIXES)
            self._written_until = self._clock() + min(1.0, max(0.1, self._watching.settle))
        return self._written


def _as_below(folder: Path, out: Path) -> Path:
    """The output folder by the name that it has below the watched one, if it lies there."""
    try:
        return folder / out.resolve().relative_to(folder.resolve())
    except ValueError:
        return out.resolve()


def _stamp(found: os.stat_result) -> Stamp:
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_dev, found.st_ino)
