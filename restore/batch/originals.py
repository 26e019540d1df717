"""The files that documents were read from, found again, and only taken when they are still the same."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from restore.batch.ledger import LEDGER_FILE, Row, ledger_row
from restore.errors import InputError, OutputError
from restore.hashing import file_sha256


class Originals:
    """Finds the files that documents were read from.

    A file is looked for in the folder that a person names: at its place in the batch, and by its name anywhere below; then
    where the ledger of its batch says that it was.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Look also in a folder of files that were moved; what lies there is listed once."""
        self._folder = folder
        self._names: Mapping[str, Sequence[Path]] | None = None

    def find(self, place: Path, name: str, *, sha256: str = "", file: str = "") -> Path:
        """The file that a document was read from.

        Args:
            place: the document's folder.
            name: of the document in its batch.
            sha256: of the file; by default what the ledger of the batch says.
            file: its name, where no ledger says it.

        Raises:
            InputError: the file is not there, or not the one that was read.
        """
        row = _row(place.resolve())
        wanted = sha256 or (row.sha256 if row else "")
        changed: Path | None = None
        for candidate in self._candidates(name, row.input if row else "", file):
            if not candidate.is_file():
                continue
            if file_sha256(candidate) == wanted:
                return candidate
            changed = changed or candidate
        if changed:
            raise InputError("original-changed", path=changed, name=name)
        was = row.input if row else ""
        raise InputError("original-missing", path=name, name=file or Path(was).name or name, was=was or name)

    def _candidates(self, name: str, recorded: str, file: str) -> Iterator[Path]:
        if self._folder:
            yield self._folder / name
            if self._names is None:
                self._names = _by_name(self._folder)
            yield from self._names.get(Path(recorded).name or file, ())
        if recorded:
            yield Path(recorded)


def _row(place: Path) -> Row | None:
    """What the ledger of its batch says of a results' folder; nothing where it cannot be read."""
    for out in place.parents:
        if (out / LEDGER_FILE).is_file():
            try:
                return ledger_row(out, place.relative_to(out).as_posix())
            except OutputError:
                return None
    return None


def _by_name(folder: Path) -> Mapping[str, Sequence[Path]]:
    """All files below a folder by their names."""
    found: dict[str, list[Path]] = {}
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            found.setdefault(name, []).append(Path(place, name))
    return found
