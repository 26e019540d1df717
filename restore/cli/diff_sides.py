"""The sides of ``restore diff``: a text, a PDF's text layer, the results of a document, or a folder of such."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from restore.cli.console import read_bytes, read_text
from restore.config import Config
from restore.edit import Edit, apply
from restore.errors import InputError, readable
from restore.language.encodings import decode
from restore.output import ORIGINAL_FILE, OWN_EDITS_FILE, RESTORED_FILE

CHOICES = ("restored", "original", "program")
_PDF = b"%PDF-"


@dataclass(frozen=True, slots=True)
class Side:
    """One side: how the text of each document is got, by its name below the folder.

    Attributes:
        name: as the user named it.
        documents: one, or those of a folder.
        is_folder: whether it is a folder of several.
    """

    name: str
    documents: Mapping[str, Callable[[], str]]
    is_folder: bool = False


def open_side(name: str, choice: str, config: Config) -> Side:
    """Find out what a side is; its texts are read later, one at a time.

    Args:
        name: a file, a folder or ``-``.
        choice: which text of results, one of :data:`CHOICES`; other texts are what they are.
        config: the limits for opening PDFs.

    Raises:
        InputError: there is no such file, or nothing to compare in the folder.
    """
    path = Path(name)
    if name != "-" and not path.exists():
        raise InputError("missing-file", path=path)
    if name == "-" or not path.is_dir():
        return Side(name, {path.name: partial(_file_text, name, config)})
    if _is_results(path):
        return Side(name, {path.resolve().name: partial(_result_text, path, choice)})
    documents: dict[str, Callable[[], str]] = {}
    for folder, found in _results_below(path).items():
        documents[folder] = partial(_result_text, found, choice)
    if not documents:
        for file, found in _texts_below(path).items():
            documents[file] = partial(_file_text, str(found), config)
    if not documents:
        raise InputError("nothing-to-diff", path=path)
    return Side(name, documents, is_folder=True)


def _is_results(folder: Path) -> bool:
    return (folder / RESTORED_FILE).is_file() and (folder / ORIGINAL_FILE).is_file()


def _results_below(root: Path) -> dict[str, Path]:
    found = {
        readable(Path(folder).relative_to(root).as_posix()): Path(folder)
        for folder, _, files in os.walk(root)
        if RESTORED_FILE in files and ORIGINAL_FILE in files
    }
    return dict(sorted(found.items()))


def _texts_below(root: Path) -> dict[str, Path]:
    found = {
        readable(path.relative_to(root).as_posix()): path
        for path in root.rglob("*")
        if path.suffix.lower() in (".txt", ".pdf") and path.is_file() and not path.name.startswith(".")
    }
    return dict(sorted(found.items()))


def _file_text(name: str, config: Config) -> str:
    if name != "-" and Path(name).suffix.lower() == ".pdf" and _PDF in read_bytes(name)[:1024]:
        from restore.reading import layer_text  # PDFium: half a second that a text need not wait for

        return layer_text(Path(name), config)
    return read_text(name).text


def _result_text(folder: Path, choice: str) -> str:
    """A text of results: as it was read, as it stands now, or as the program alone restored it."""
    own = folder / OWN_EDITS_FILE
    if choice == "program" and own.is_file():
        lines = read_bytes(str(own)).decode().split("\n")
        try:
            edits = [Edit.model_validate_json(line) for line in lines if line]
            return apply(_result_text(folder, "original"), edits)
        except ValueError as error:
            reason = str(error).partition("\n")[0]
            raise InputError("damaged-results", path=folder, reason=reason) from error
    file = folder / (ORIGINAL_FILE if choice == "original" else RESTORED_FILE)
    return decode(read_bytes(str(file)), str(file)).text
