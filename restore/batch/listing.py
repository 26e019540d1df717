"""What one folder of a batch's inputs holds, several folders laid on each other included, without opening any of it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import NamedTuple

from restore.batch.ledger import LEDGER_FILE
from restore.batch.names import safe_names
from restore.pipeline import TEXT_SUFFIXES
from restore.reading import SUFFIXES as SCAN_SUFFIXES

SUFFIXES = TEXT_SUFFIXES | SCAN_SUFFIXES
# Why a file is passed over, keys of messages.
LINK_OUTSIDE = "link-outside"
LINK_BROKEN = "link-broken"
NOT_REGULAR = "not-a-regular-file"
FOLDER_UNREADABLE = "folder-unreadable"


class NamesakesError(Exception):
    """Two inputs have files of one name in one place."""


class Mount(NamedTuple):
    """A file or a folder that lies somewhere in the tree of results.

    Attributes:
        parts: where, from the folder that is listed.
        path: as the user reaches it.
        real: the same without links.
    """

    parts: tuple[str, ...]
    path: str
    real: str


class Entry(NamedTuple):
    """What is found in a folder.

    Attributes:
        name: its results are called so; empty for the folder itself, where it cannot be listed.
        path: as the user reaches it.
        skip: why it is passed over; empty for a document.
        mounts: of a folder, what is to be listed.
    """

    name: str
    path: str
    skip: str = ""
    mounts: tuple[Mount, ...] = ()


@dataclass(slots=True)
class Around:
    """What a listing has to know of the rest.

    Attributes:
        out: the output folder, without links.
        roots: the folders that the user gave, without links: nothing outside of them is read by way of a link.
        strict: raise where two inputs have files of one name; else the first is taken.
        linked: files outside of the walk, of hidden folders for one, that a link has led to already.
    """

    out: str
    roots: Sequence[str]
    strict: bool
    linked: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Listing:
    """Names of documents in ``base``, most of them; and what is no document there, by its name."""

    base: str
    documents: list[str] = field(default_factory=list)
    folders: dict[str, list[Mount]] = field(default_factory=dict)
    elsewhere: dict[str, str] = field(default_factory=dict)  # paths of files that do not lie in base
    skips: dict[str, tuple[str, str]] = field(default_factory=dict)  # path and reason
    closed: list[str] = field(default_factory=list)  # folders that cannot be listed

    def entries(self) -> Iterator[Entry]:
        """In the order of the names, a folder where its files belong among them."""
        for path in self.closed:
            yield Entry("", path, FOLDER_UNREADABLE)
        names = [*self.documents, *self.folders, *self.elsewhere, *self.skips]
        safe = safe_names(names)

        def place(name: str) -> str:
            return safe.get(name, name) + "/" * (name in self.folders)

        names.sort(key=place if safe or self.folders else None)
        for raw in names:
            name = safe.get(raw, raw)
            if raw in self.folders:
                yield Entry(name, "", mounts=tuple(self.folders[raw]))
            elif raw in self.skips:
                yield Entry(name, *self.skips[raw])
            else:
                yield Entry(name, self.elsewhere.get(raw) or _below(self.base, raw))


def list_folder(mounts: Sequence[Mount], around: Around) -> Iterator[Entry]:
    """Documents, folders, and what is passed over in these places, in the order of their names.

    Hidden files and folders, results of a batch, and files of other kinds are left out without a word.

    Raises:
        NamesakesError: see :attr:`Around.strict`.
    """
    here = [mount for mount in mounts if not mount.parts]
    listing = _Listing(here[0].path if here else "")
    for mount in mounts:
        if mount.parts:
            _add_mount(listing, mount, around)
    for index, mount in enumerate(here):
        _scan(listing, mount, around, alone=index == 0 and len(mounts) == 1, top=index == 0)
    return listing.entries()


def holds_documents(folder: Mount, around: Around) -> bool:
    """Whether there is a document in a folder, or a file to be passed over; looks no further than the first.

    Raises:
        OSError: the folder cannot be listed; those in it that cannot are passed over.
    """
    waiting = [folder]
    while waiting:
        mount = waiting.pop()
        try:
            with os.scandir(mount.path) as scanned:
                for name, kind in _kinds(scanned, mount, around):
                    if kind != "/":
                        return True
                    waiting.append(_inner(mount, name))
        except OSError:
            if mount is folder:
                raise
            return True
    return False


def is_document(name: str) -> bool:
    """Whether a file of this name is one that a folder's batch restores.

    >>> [is_document(name) for name in ("a.PDF", "a.doc", ".a.pdf", "pdf")]
    [True, False, False, False]
    """
    return name[name.rfind(".") :].lower() in SUFFIXES and not name.startswith(".")


def is_below(path: str, folder: str) -> bool:
    """Whether a path without links is a folder or lies in it.

    >>> is_below("/a/b/c", "/a/b"), is_below("/a/bc", "/a/b"), is_below("/a", "/")
    (True, False, True)
    """
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def is_reached(real: str, folder: str, out: str) -> bool:
    """Whether walking a folder comes to a path by itself; both without links."""
    if not is_below(real, folder):
        return False
    parts = PurePath(real).relative_to(folder).parts
    if not parts:
        return True
    place = folder
    for part in parts:
        place = _below(place, part)
        if part.startswith(".") or (place != folder and _holds_results(place, out)):
            return False
    return os.path.isdir(real) or is_document(parts[-1])  # noqa: PTH112 - a string, a million times


def _holds_results(folder: str, out: str) -> bool:
    return folder == out or os.path.isfile(_below(folder, LEDGER_FILE))  # noqa: PTH113


def _add_mount(listing: _Listing, mount: Mount, around: Around) -> None:
    first, *rest = mount.parts
    is_folder = bool(rest) or os.path.isdir(mount.real)  # noqa: PTH112
    if is_folder and first not in listing.elsewhere and first not in listing.skips:
        listing.folders.setdefault(first, []).append(mount._replace(parts=tuple(rest)))
    elif is_folder or _has(listing, first):
        if around.strict:
            raise NamesakesError
    elif os.path.isfile(mount.real):  # noqa: PTH113
        listing.elsewhere[first] = mount.path
    else:
        listing.skips[first] = mount.path, NOT_REGULAR


def _has(listing: _Listing, name: str) -> bool:
    return name in listing.folders or name in listing.elsewhere or name in listing.skips


def _scan(listing: _Listing, mount: Mount, around: Around, *, alone: bool, top: bool) -> None:
    """Add what lies in a folder; ``alone``: nothing else lies at its place; ``top``: it is the listing's base."""
    there: set[str] = (
        set() if alone else {*listing.documents, *listing.folders, *listing.elsewhere, *listing.skips}
    )
    try:
        with os.scandir(mount.path) as scanned:
            for name, kind in _kinds(scanned, mount, around):
                if name in there and not (kind == "/" and name in listing.folders):
                    if around.strict:
                        raise NamesakesError
                elif kind == "/":
                    listing.folders.setdefault(name, []).append(_inner(mount, name))
                elif kind:
                    listing.skips[name] = _below(mount.path, name), kind
                elif top:
                    listing.documents.append(name)
                else:
                    listing.elsewhere[name] = _below(mount.path, name)
    except OSError:
        listing.closed.append(mount.path)


def _kinds(scanned: Iterable[os.DirEntry[str]], mount: Mount, around: Around) -> Iterator[tuple[str, str]]:
    """Names of a folder and what each is: ``""`` a document, ``"/"`` a folder, else why it is passed over."""
    for entry in scanned:
        name = entry.name
        if name.startswith("."):
            continue
        if entry.is_file(follow_symlinks=False):
            if is_document(name):
                yield name, ""
        elif entry.is_symlink():
            kind = _link_kind(entry, mount, around)
            if kind is not None:
                yield name, kind
        elif entry.is_dir(follow_symlinks=False):
            if not _holds_results(_below(mount.real, name), around.out):
                yield name, "/"
        elif is_document(name):
            yield name, NOT_REGULAR


def _link_kind(entry: os.DirEntry[str], mount: Mount, around: Around) -> str | None:
    """What a link is; None for one to a folder or a file that the walk comes to by itself, or to no document."""
    real = os.path.realpath(_below(mount.real, entry.name))
    try:
        mode = os.stat(real).st_mode  # noqa: PTH116
    except OSError:
        return LINK_BROKEN if is_document(entry.name) else None
    is_folder = stat.S_ISDIR(mode)
    if not is_folder and not is_document(entry.name):
        return None
    if not any(is_below(real, root) for root in around.roots):
        return LINK_OUTSIDE
    if is_folder or real in around.linked or any(is_reached(real, root, around.out) for root in around.roots):
        return None
    around.linked.add(real)
    return "" if stat.S_ISREG(mode) else NOT_REGULAR


def _inner(mount: Mount, name: str) -> Mount:
    return Mount((), _below(mount.path, name), _below(mount.real, name))


def _below(folder: str, name: str) -> str:
    return f"{folder.rstrip('/')}/{name}" if folder else name
