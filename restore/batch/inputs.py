"""Which files a batch restores, and the name each one's results get."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from restore.batch.ledger import LEDGER_FILE
from restore.errors import InputError, UsageError, readable
from restore.pipeline import TEXT_SUFFIXES
from restore.reading import SUFFIXES as SCAN_SUFFIXES

SUFFIXES = TEXT_SUFFIXES | SCAN_SUFFIXES


@dataclass(frozen=True, slots=True)
class Job:
    """One file to restore.

    Attributes:
        path: the file, as the user reaches it.
        name: its results' folder below the output folder, with ``/`` on every system.
        skip: why it is not to be restored, as the key of a message; empty for one that is.
    """

    path: Path
    name: str
    skip: str = ""


def find_jobs(inputs: Sequence[str], out: Path) -> tuple[Job, ...]:
    """The files behind the given files, folders and globs, sorted by name, each file once.

    A folder's files keep their place below it. Where two files would get the same name, all are named from
    the folder that they have in common.

    Raises:
        InputError: an input does not exist, or a folder holds no documents.
        UsageError: the output folder is one of the input folders.
    """
    found: dict[Path, Job] = {}
    for text in inputs:
        for root in _expand(text):
            for path, name in _files(root, out.resolve()):
                found.setdefault(path.resolve(), Job(path, readable(PurePath(name).as_posix())))
    jobs = list(found.values())
    if _names_clash(job.name for job in jobs):
        common = Path(os.path.commonpath([job.path.absolute().parent for job in jobs]))
        jobs = [Job(job.path, readable(job.path.absolute().relative_to(common).as_posix())) for job in jobs]
    return tuple(sorted(jobs, key=lambda job: job.name))


def _expand(text: str) -> Iterator[Path]:
    """The input itself or, where there is none of that name, what it matches as a glob."""
    if Path(text).exists():
        yield Path(text)
        return
    matches = sorted(glob.glob(text, recursive=True)) if glob.has_magic(text) else []  # noqa: PTH207 - "**/*.pdf" may be absolute
    if not matches:
        raise InputError("missing-file", path=text)
    yield from map(Path, matches)


def _files(root: Path, out: Path) -> Iterator[tuple[Path, str]]:
    if not root.is_dir():
        yield root, root.name
        return
    if root.resolve() == out:
        raise UsageError("output-is-input", path=root)
    empty = True
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not _is_left_out(Path(folder, name), out))
        for name in sorted(names):
            path = Path(folder, name)
            if path.suffix.lower() in SUFFIXES and not name.startswith("."):
                empty = False
                yield path, str(path.relative_to(root))
    if empty:
        raise InputError("no-documents", path=root, suffixes=" ".join(sorted(SUFFIXES)))


def _is_left_out(folder: Path, out: Path) -> bool:
    """Hidden folders, and what this run or an earlier one wrote: results inside the input folder are no inputs."""
    return folder.name.startswith(".") or folder.resolve() == out or (folder / LEDGER_FILE).is_file()


def _names_clash(names: Iterable[str]) -> bool:
    """Whether two names are equal, or one would lie inside the other's folder.

    >>> _names_clash(["a.pdf", "b.pdf"]), _names_clash(["a.pdf", "a.pdf"])
    (False, True)
    >>> _names_clash(["a.txt", "a.txt/b.txt"])
    True
    """
    counts = Counter(names)
    nested = any(str(parent) in counts for name in counts for parent in PurePath(name).parents)
    return nested or any(count > 1 for count in counts.values())
