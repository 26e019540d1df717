"""The documents of a batch: which there are, what each is called, and what its ``document.json`` holds."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from restore.document import SCHEMA_VERSION, Document
from restore.errors import InputError, readable
from restore.output import DOCUMENT_FILE


class Source(NamedTuple):
    """A ``document.json`` and its document's name: where it lies below the batch's folder, as the batch's summary has it."""

    path: Path
    name: str


class Entry(NamedTuple):
    """A document that was read, and its name."""

    name: str
    document: Document


def find_documents(inputs: Sequence[str]) -> tuple[Source, ...]:
    """The documents of batch folders and of single files, in the order of their paths, each once.

    Raises:
        InputError: an input does not exist, or a folder holds no document.
    """
    found: dict[Path, Source] = {}  # a folder may be given as well as one of its files
    for text in inputs:
        root = Path(text)
        if not root.exists():
            raise InputError("missing-file", path=root)
        sources = _in_folder(root) if root.is_dir() else [Source(root, _name_of(root))]
        if not sources:
            raise InputError("no-document-json", path=root, name=DOCUMENT_FILE)
        for source in sources:
            found.setdefault(source.path.resolve(), source)
    sources = _distinct(list(found.values()))
    return tuple(sorted(sources, key=lambda source: source.name))


def _distinct(sources: list[Source]) -> list[Source]:
    """The sources, all named from the folder that they have in common where two had one name."""
    if len({source.name for source in sources}) == len(sources):
        return sources
    places = [_place(source.path) for source in sources]
    common = Path(os.path.commonpath([place.parent for place in places]))
    named = [
        Source(source.path, readable(place.relative_to(common).as_posix()))
        for source, place in zip(sources, places, strict=True)
    ]
    seen: Counter[str] = Counter()
    for index, source in enumerate(named):
        seen[source.name] += 1
        if seen[source.name] > 1:  # a/document.json and a.json
            named[index] = source._replace(name=f"{source.name}~{seen[source.name]}")
    return named


def _place(path: Path) -> Path:
    """The folder of a ``document.json``; another file without its suffix."""
    path = path.resolve()
    return path.parent if path.name == DOCUMENT_FILE else path.with_suffix("")


def _in_folder(root: Path) -> list[Source]:
    found: list[Source] = []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        if DOCUMENT_FILE in names:
            place = Path(folder)
            name = place.relative_to(root).as_posix()
            found.append(
                Source(
                    place / DOCUMENT_FILE, _name_of(place / DOCUMENT_FILE) if name == "." else readable(name)
                )
            )
    return found


def _name_of(path: Path) -> str:
    """The name of a file's document: its folder's, or its own where it is not called ``document.json``."""
    return readable(_place(path).name) or "document"


def read_document(path: Path) -> Document:
    """The document in a file.

    Raises:
        InputError: it cannot be read, is no document, or one of a later schema.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError("unreadable-file", path=path, reason=error.strerror or error) from error
    try:
        document = Document.model_validate_json(data)
    except ValidationError as error:
        problem = error.errors()[0]
        place = ".".join(str(part) for part in problem["loc"])
        reason = f"{place}: {problem['msg']}" if place else problem["msg"]
        raise InputError("damaged-document", path=path, reason=reason) from error
    if document.schema_version.split(".")[0] != SCHEMA_VERSION.split(".")[0]:
        raise InputError("document-version", path=path, version=document.schema_version, known=SCHEMA_VERSION)
    return document
