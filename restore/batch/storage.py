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
from pathlib import Path, PurePosixPath
from typing import Any

from restore.errors import InputError, OutputError, RestoreError, UsageError

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
    """

    url: str
    name: str
    stamp: str


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

            self._files, self._root = fsspec.core.url_to_fs(url)
        except (ImportError, ValueError) as error:
            raise UsageError("no-storage", url=url, reason=error) from error
        self.url = url.rstrip("/")
        self._root = self._root.rstrip("/")

    def __truediv__(self, name: str) -> Store:
        """What is below a name."""
        return Store(f"{self.url}/{name}")

    def found(self, suffixes: Collection[str]) -> Iterator[Found]:
        """The files with one of the suffixes, folder by folder in the order of their names; or the file itself.

        Raises:
            InputError: there is nothing, or the storage cannot be read.
        """
        with self._guarded(InputError, "unreadable-file"):
            if self._files.isfile(self._root):
                info = self._files.info(self._root)
                yield Found(self.url, PurePosixPath(self._root).name, stamp_of(info))
                return
        some = False
        with self._guarded(InputError, "unreadable-file"):
            for folder, folders, files in self._files.walk(self._root, detail=True):
                for name in [name for name in folders if name.startswith(".")]:
                    del folders[name]
                for name in sorted(files):
                    if PurePosixPath(name).suffix.lower() in suffixes and not name.startswith("."):
                        some = True
                        below = f"{folder.rstrip('/')}/{name}".removeprefix(f"{self._root}/")
                        yield Found(f"{self.url}/{below}", below, stamp_of(files[name]))
        if not some:
            raise InputError("no-documents", path=self.url, suffixes=" ".join(sorted(suffixes)))

    def stamp(self) -> str:
        """What the entry of the file at this address tells.

        Raises:
            InputError: there is none, or the storage cannot be read.
        """
        with self._guarded(InputError, "unreadable-file"):
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
        """Copy one file to a path; ``name`` is empty for the file at this address.

        Raises:
            InputError: it is not there, or the storage cannot be read.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._guarded(InputError, "unreadable-file"):
            self._files.get_file(f"{self._root}/{name}".rstrip("/"), str(path))

    def put(self, path: Path, name: str) -> None:
        """Copy a file from a path; who reads meanwhile finds the old one or the new one.

        Raises:
            OutputError: the storage refuses.
        """
        target = f"{self._root}/{name}"
        with self._guarded(OutputError, "output-not-writable"):
            if "file" in _protocols(self._files):  # an object is replaced as a whole, a file is not
                self._files.makedirs(target.rpartition("/")[0], exist_ok=True)
                part = f"{target}.{path.stat().st_ino}.part"
                self._files.put_file(str(path), part)
                self._files.mv(part, target)
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
            raise InputError("missing-file", path=self.url) from error
        except Exception as error:
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
