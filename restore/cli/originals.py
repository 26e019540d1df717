"""The files that documents were read from, found again, and only taken when they are still the same."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path, PurePosixPath

from restore.batch.ledger import LEDGER_FILE, file_sha256, ledger_rows
from restore.document import Document
from restore.errors import InputError, OutputError


def find_original(path: Path, name: str, document: Document, folder: Path | None = None) -> Path:
    """The file that a document was read from.

    It is looked for where the ledger of its batch says that it was, then in ``folder``: at its place in the batch, and by its
    name anywhere below.

    Args:
        path: the ``document.json``.
        name: of the document in its batch.
        document: what it holds; the file is the one whose sha256 it names.
        folder: of originals that were moved; None for none.

    Raises:
        InputError: the file is not there, or not the one that was read.
    """
    changed: Path | None = None
    for candidate in _candidates(path, name, document, folder):
        if not candidate.is_file():
            continue
        try:
            if file_sha256(candidate) == document.source.sha256:
                return candidate
        except OSError as error:
            raise InputError("unreadable-file", path=candidate, reason=error.strerror or error) from error
        changed = changed or candidate
    if changed:
        raise InputError("original-changed", path=changed, name=name)
    raise InputError("original-missing", path=name, name=PurePosixPath(document.source.path).name)


def _candidates(path: Path, name: str, document: Document, folder: Path | None) -> Iterator[Path]:
    recorded = _recorded(path.resolve().parent)
    if recorded:
        yield recorded
    if folder:
        yield folder / name
        file_name = recorded.name if recorded else PurePosixPath(document.source.path).name or Path(name).name
        yield from _by_name(folder).get(file_name, ())


def _recorded(place: Path) -> Path | None:
    """Where the ledger of the batch says that the file of a results' folder was."""
    for out in place.parents:
        if (out / LEDGER_FILE).is_file():
            found = _inputs(out).get(place.relative_to(out).as_posix())
            return Path(found) if found else None
    return None


@cache
def _inputs(out: Path) -> Mapping[str, str]:
    """By results' folder, the file that it was made of; none where the ledger cannot be read."""
    try:
        return {row.output: row.input for row in ledger_rows(out)}
    except OutputError:
        return {}


@cache
def _by_name(folder: Path) -> Mapping[str, tuple[Path, ...]]:
    """All files below a folder by their names."""
    found: dict[str, tuple[Path, ...]] = {}
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            found[name] = (*found.get(name, ()), Path(place, name))
    return found
