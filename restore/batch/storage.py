"""Input and output at addresses that are no paths: ``s3://bucket/in``, ``file:///srv/out``, whatever fsspec knows.

A worker restores in a folder of its own and brings the results there; whole files are put, so nobody ever sees half of one, and
``document.json`` comes last, as on a disk. Keys and passwords are those that the storage's own library finds in its environment
or configuration; no address that this program writes down holds one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from restore import output
from restore.batch.listing import FOLDER_UNREADABLE
from restore.batch.rows import LEDGER_FILE
from restore.errors import InputError, OutputError, RestoreError, UsageError, disk_error, is_full

_PIECE = 1 << 20  # bytes of a file that are copied at once
_URL_RE = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
# What tells one state of a file from another, by storage; the first one that there is. A size alone would not do.
_STATES = (
    "ETag",
    "etag",
    "md5Hash",
    "content_md5",
    "checksum",
    "LastModified",
    "last_modified",
    "updated",
    "mtime",
    "created",
)


@dataclass(frozen=True, slots=True)
class Found:
    """A file in a storage.

    Attributes:
        url: its address.
        name: its path below the address that was asked for.
        stamp: what its entry tells of it; see :func:`restore.batch.keys.stamp`.
        skip: key of the message that says why it is passed over; it is a folder then.
    """

    url: str
    name: str
    stamp: str
    skip: str = ""


def is_url(text: str) -> bool:
    r"""Whether an input or output is an address and no path.

    >>> [is_url(text) for text in ("s3://bucket/in", "/srv/in", "C:\\in", "a:b")]
    [True, False, False, False]
    """
    return _URL_RE.match(text) is not None


class Store:
    """Everything below one address."""

    def __init__(self, url: str) -> None:
        """Find who speaks this address's protocol.

        Raises:
            UsageError: nobody does, or the library that would is not installed.
        """
        try:
            import fsspec

            # Not by way of fsspec's own function for addresses: to that "::" in the name of a file is a chain of storages.
            kind = fsspec.get_filesystem_class(url.partition("://")[0].lower())
            self._files, self._root = kind(**kind._get_kwargs_from_urls(url)), kind._strip_protocol(url)
        except (ImportError, ValueError) as error:
            raise UsageError("no-storage", url=url, reason=error) from error
        self.url = url.rstrip("/")
        self._root = self._root.rstrip("/")

    def found(self, suffixes: Collection[str]) -> Iterator[Found]:
        """The files with one of the suffixes, folder by folder in the order of their names; or the file itself.

        Hidden ones, links, and folders with a batch's results are passed over, as in a folder of this machine.

        Raises:
            InputError: there is nothing, or the storage cannot be read.
        """
        with self._guarded(InputError, "storage-failed"):
            if self._files.isfile(self._root):
                info = self._files.info(self._root)
                yield Found(self.url, PurePosixPath(self._root).name, stamp_of(info))
                return
        some = False
        waiting = [""]
        while waiting:
            prefix = waiting.pop()
            files, folders = self._listed(prefix)
            if files is None:
                yield Found(f"{self.url}/{prefix}", prefix, "", FOLDER_UNREADABLE)
                continue
            if prefix and LEDGER_FILE in files:
                continue
            waiting += [f"{prefix}{name}/" for name in sorted(folders, reverse=True)]
            for name in sorted(files):
                if PurePosixPath(name).suffix.lower() in suffixes and not name.startswith("."):
                    some = True
                    yield Found(f"{self.url}/{prefix}{name}", prefix + name, stamp_of(files[name]))
        if not some:
            raise InputError("no-documents", path=self.url, suffixes=" ".join(sorted(suffixes)))

    def _listed(self, prefix: str) -> tuple[dict[str, dict[str, Any]] | None, list[str]]:
        """Files and folders of one folder below; None where it cannot be listed, which of the first one is raised."""
        folder = f"{self._root}/{prefix}".rstrip("/")
        files: dict[str, dict[str, Any]] = {}
        folders: list[str] = []
        try:
            with self._guarded(InputError, "storage-failed"):
                for entry in self._files.ls(folder, detail=True):
                    path = entry["name"].rstrip("/")
                    name = PurePosixPath(path).name
                    if entry["type"] == "file" and path != folder:
                        files[name] = entry
                    elif entry["type"] == "directory" and path != folder and not name.startswith("."):
                        folders.append(name)
                self._files.invalidate_cache()  # what lies in a folder is not to be held for the whole run
        except InputError as error:
            if error.key != "missing-file":
                if not prefix:
                    raise
                return None, []
        return files, folders

    def stamp(self) -> str:
        """What the entry of the file at this address tells.

        Raises:
            InputError: there is none, or the storage cannot be read.
        """
        with self._guarded(InputError, "storage-failed"):
            self._files.invalidate_cache()
            return stamp_of(self._files.info(self._root))

    def names(self, prefix: str = "") -> list[str]:
        """The files in one folder; none where it is not there.

        Raises:
            OutputError: the storage cannot be read.
        """
        folder = f"{self._root}/{prefix}".rstrip("/")
        with self._guarded(OutputError, "output-not-writable"):
            try:
                entries = self._files.ls(folder, detail=True, refresh=True)
            except FileNotFoundError:
                return []
            return sorted(PurePosixPath(one["name"]).name for one in entries if one["type"] == "file")

    def fetch(self, name: str, path: Path) -> None:
        """Copy one file to a path; whoever is ended meanwhile leaves none there, or the old one.

        Args:
            name: of the file below this address; empty for the file at it.
            path: where the copy is to be.

        Raises:
            InputError: it is not there, or the storage cannot be read.
            OutputError: it cannot be written here.
        """
        with output.made_whole(path) as part, self._guarded(InputError, "storage-failed"):
            self._get(f"{self._root}/{name}".rstrip("/"), part)

    def _get(self, source: str, path: Path) -> None:
        try:
            self._files.get_file(source, str(path))
        except OSError as error:
            if is_full(error):  # the disk here: no fault of the storage
                raise disk_error(path.parent, error) from error
            raise

    def fetch_if_there(self, name: str, path: Path) -> bool:
        """Copy one file to a path if there is one: whether there is.

        Raises:
            InputError: the storage cannot be read.
            OutputError: it cannot be written here.
        """
        try:
            self.fetch(name, path)
        except InputError as error:
            if error.key != "missing-file":
                raise
            return False
        return True

    def put(self, path: Path, name: str) -> None:
        """Copy a file from a path; who reads meanwhile finds the old one or the new one.

        Raises:
            OutputError: the storage refuses.
        """
        target = f"{self._root}/{name}"
        with self._guarded(OutputError, "output-not-writable"):
            if "file" in _protocols(self._files):  # an object is replaced as a whole, a file is not
                with path.open("rb") as file:
                    output.write_parts(Path(target), iter(partial(file.read, _PIECE), b""))
            else:
                self._files.put_file(str(path), target)

    def remove(self, name: str) -> None:
        """Remove a file if it is there.

        Raises:
            OutputError: the storage refuses.
        """
        with self._guarded(OutputError, "output-not-writable"):
            try:
                self._files.rm_file(f"{self._root}/{name}")
            except FileNotFoundError:
                return

    @contextmanager
    def _guarded(self, kind: type[RestoreError], key: str) -> Iterator[None]:
        """Every storage has errors of its own, not all of them of a common kind; each is the storage's answer."""
        try:
            yield
        except RestoreError:
            raise
        except FileNotFoundError as error:
            if kind is not InputError:  # the bucket is not there
                raise kind(key, path=self.url, reason=error) from error
            raise InputError("missing-file", path=self.url) from error
        except Exception as error:
            if isinstance(error, OSError) and is_full(error):
                raise disk_error(self.url, error) from error
            raise kind(key, path=self.url, reason=str(error) or type(error).__name__) from error


def stamp_of(info: dict[str, Any]) -> str:
    """What a storage's entry tells of a file.

    >>> stamp_of({"size": 3, "ETag": '"900150983cd2"', "LastModified": "…"})
    '3:"900150983cd2"'
    """
    state = next((info[name] for name in _STATES if info.get(name)), "")
    return f"{info.get('size')}:{state}"


def _protocols(files: Any) -> tuple[str, ...]:  # noqa: ANN401 - fsspec has no types
    return (files.protocol,) if isinstance(files.protocol, str) else tuple(files.protocol)
