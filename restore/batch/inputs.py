"""Which files a batch restores, and the name each one's results get.

The files are found while they are worked on, folder by folder, in the order of their names: a million of them are never held at
once. Folders are only listed, and no file is opened here: what a hostile one does to a parser, it does to a worker.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from restore.batch.listing import (
    SUFFIXES as SUFFIXES,
)
from restore.batch.listing import (
    Around,
    Entry,
    Mount,
    NamesakesError,
    holds_documents,
    is_below,
    is_reached,
    list_folder,
)
from restore.errors import InputError, UsageError, file_error, readable


@dataclass(frozen=True, slots=True)
class Job:
    """One file to restore.

    Attributes:
        path: the file, as the user reaches it.
        name: its results' folder below the output folder, with ``/`` on every system; no two of a batch are the same on any
            file system, and none leads out of the output folder.
        skip: key of the message that says why the file is passed over, unopened; empty for one that is restored.
        url: where the file is, when that is no path; :attr:`path` has its name alone then.
        stamp: what the storage told of it (:mod:`restore.batch.storage`).
        remote: the address of the output, when that is no path.
    """

    path: Path
    name: str
    skip: str = ""
    url: str = ""
    stamp: str = ""
    remote: str = ""

    @property
    def given(self) -> str:
        """Where the file is, as the user has named it."""
        return self.url or str(self.path)

    @property
    def address(self) -> str:
        """Where the file is, to be told to people and kept in the ledger."""
        return self.url or readable(self.path.absolute())


@dataclass(frozen=True, slots=True)
class Jobs:
    """The files behind the inputs in the order of their names, found anew whenever they are gone through."""

    _mounts: tuple[Mount, ...]
    _out: str
    _strict: bool = False

    def __iter__(self) -> Iterator[Job]:
        """The jobs, each file once.

        Raises:
            NamesakesError: two inputs have files of one name (:func:`find_jobs` sees to it that this cannot be).
        """
        roots = tuple(mount.real for mount in self._mounts if os.path.isdir(mount.real))  # noqa: PTH112
        around = Around(self._out, roots, self._strict)
        folders: list[tuple[str, Iterator[Entry]]] = [("", list_folder(self._mounts, around))]
        while folders:  # not by recursion: folders can lie deeper in each other than Python can call itself
            prefix, entries = folders[-1]
            entry = next(entries, None)
            if entry is None:
                folders.pop()
            elif entry.mounts:
                folders.append((f"{prefix}{entry.name}/", list_folder(entry.mounts, around)))
            else:
                yield Job(Path(entry.path), prefix + entry.name if entry.name else prefix[:-1], entry.skip)

    def known(self, name: str, path: Path) -> Job | None:
        """The job of a file that an earlier run has named; None where it is not among these files under that name.

        Args:
            name: of its results' folder.
            path: of the file, absolute.
        """
        real = os.path.realpath(path)
        for mount in self._mounts:
            if not is_below(real, mount.real):
                continue
            below = PurePath(os.path.relpath(real, mount.real)).parts if real != mount.real else ()
            if "/".join((*mount.parts, *below)) == name and os.path.isfile(real):  # noqa: PTH113
                return Job(Path(mount.path, *below), name)
        return None


def find_jobs(inputs: Sequence[str], out: Path) -> Jobs:
    """The files behind the given files, folders and globs, in the order of their names, each file once.

    A folder's files keep their place below it. Where two files would get the same name, all are named from
    the folder that they have in common. Links are followed to files inside of the given folders alone.

    Raises:
        InputError: an input does not exist, or a folder holds no documents.
        UsageError: the output folder is one of the inputs.
    """
    real_out = os.path.realpath(out)
    roots = [root for text in inputs for root in _expand(text)]
    for root in roots:
        if os.path.realpath(root) == real_out:
            raise UsageError("output-is-input", path=root)
        if os.path.isdir(root):  # noqa: PTH112
            _check_folder(root, real_out)
    kept = _distinct(roots, real_out)
    jobs = Jobs(tuple(_mounts(kept)), real_out, len(kept) > 1)
    if len(kept) > 1:
        try:
            for _ in jobs:
                pass
        except NamesakesError:
            return Jobs(tuple(_mounts(kept, _common(kept))), real_out)
    return jobs


def _check_folder(root: str, out: str) -> None:
    real = os.path.realpath(root)
    try:
        empty = not holds_documents(Mount((), root, real), Around(out, (real,), strict=False))
    except OSError as error:
        raise file_error(root, error) from error
    if empty:
        raise InputError("no-documents", path=root, suffixes=" ".join(sorted(SUFFIXES)))


def _expand(text: str) -> Iterator[str]:
    """The input itself or, where there is none of that name, what it matches as a glob."""
    if os.path.exists(text):  # noqa: PTH110 - also for what is too long to be a path
        yield text
        return
    matches = sorted(_matches(text)) if glob.has_magic(text) else []
    if not matches:
        raise InputError("missing-file", path=text)
    yield from matches


def _matches(pattern: str) -> Iterator[str]:
    """What a glob matches. ``**`` enters no links, which might go in circles, and nothing that is hidden."""
    parts = Path(pattern).parts
    fixed = next(index for index, part in enumerate(parts) if glob.has_magic(part))
    base = Path(*parts[:fixed])
    for path in base.glob("/".join(parts[fixed:])):
        below = path.relative_to(base).parts
        is_hidden = any(part.startswith(".") for part in below) and "/." not in f"/{pattern}"
        is_inside = is_below(os.path.realpath(path), os.path.realpath(base))
        if not is_hidden and is_inside and path.exists():
            yield str(path)


def _distinct(roots: Iterable[str], out: str) -> list[str]:
    """The inputs without those that are given twice, or that another one's walk comes to."""
    reals: dict[str, str] = {}
    for root in roots:
        reals.setdefault(os.path.realpath(root), root)
    folders = [real for real in reals if os.path.isdir(real)]  # noqa: PTH112
    return [
        root
        for real, root in reals.items()
        if not any(is_reached(real, folder, out) for folder in folders if folder != real)
    ]


def _common(roots: Sequence[str]) -> str:
    """The folder that all inputs have in common; a file's is the one that it lies in."""
    whole = [os.path.abspath(root) for root in roots]  # noqa: PTH100 - without "..", which would lead out of the output
    return os.path.commonpath([root if os.path.isdir(root) else os.path.dirname(root) for root in whole])  # noqa: PTH112, PTH120


def _mounts(roots: Iterable[str], common: str | None = None) -> Iterator[Mount]:
    """Each input at its place: by itself a folder's content at the top and a file by its name, else below ``common``."""
    for root in roots:
        whole = os.path.abspath(root)  # noqa: PTH100
        if common is not None:
            parts = PurePath(whole).relative_to(common).parts
        else:
            parts = () if os.path.isdir(root) else (os.path.basename(whole),)  # noqa: PTH112, PTH119
        yield Mount(parts, root, os.path.realpath(root))
