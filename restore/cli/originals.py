"""The files that documents were read from, found again, and only taken when they are still the same."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from restore.batch.ledger import LEDGER_FILE, file_sha256, ledger_rows
from restore.document import Document
from restore.errors import InputError, OutputError


class Originals:
    """Finds the files that documents were read from.

    A file is looked for where the ledger of its batch says that it was, then in a folder: at its place in the batch, and by its
    name anywhere below.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Look also in a folder of files that were moved."""
        self._folder = folder
        self._ledgers: dict[Path, Mapping[str, str]] = {}
        self._names: Mapping[str, Sequence[Path]] | None = None

    def find(self, path: Path, name: str, document: Document) -> Path:
        """The file that a document was read from.

        Args:
            path: the ``document.json``.
            name: of the document in its batch.
            document: what it holds; the file is the one whose sha256 it names.

        Raises:
            InputError: the file is not there, or not the one that was read.
        """
        changed: Path | None = None
        for candidate in self._candidates(path, name, document):
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

    def _candidates(self, path: Path, name: str, document: Document) -> Iterator[Path]:
        recorded = self._recorded(path.resolve().parent)
        if recorded:
            yield recorded
        if self._folder:
            yield self._folder / name
            if self._names is None:
                self._names = _by_name(self._folder)
            own = PurePosixPath(document.source.path).name
            yield from self._names.get(recorded.name if recorded else own, ())

    def _recorded(self, place: Path) -> Path | None:
        """Where the ledger of the batch says that the file of a results' folder was."""
        for out in place.parents:
            if (out / LEDGER_FILE).is_file():
                if out not in self._ledgers:
                    self._ledgers[out] = _inputs(out)
                found = self._ledgers[out].get(place.relative_to(out).as_posix())
                return Path(found) if found else None
        return None


def _inputs(out: Path) -> Mapping[str, str]:
    """By results' folder, the file that it was made of; none where the ledger cannot be read."""
    try:
        return {row.output: row.input for row in ledger_rows(out)}
    except OutputError:
        return {}


def _by_name(folder: Path) -> Mapping[str, Sequence[Path]]:
    """All files below a folder by their names."""
    found: dict[str, list[Path]] = {}
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            found.setdefault(name, []).append(Path(place, name))
    return found
