"""The documents of a batch: which there are, what each is called, and what its ``document.json`` holds."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from restore.document import SCHEMA_VERSION, Document
from restore.edit import Edit
from restore.errors import InputError, file_error, readable
from restore.output import DOCUMENT_FILE
from restore.seen import Seen

EXPORT_FOLDER = "export"  # in a batch's folder: what was exported of it


class Source(NamedTuple):
    """A ``document.json`` and its document's name: where it lies below the batch's folder, as the batch's summary has it."""

    path: Path
    name: str


class Results(Protocol):
    """What else the folder of a document holds."""

    @property
    def original(self) -> str:
        """The text as it was read."""

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What made the restored text of it, decisions of reviewers included."""

    @property
    def seen(self) -> Seen:
        """The pages, and how sure each word is."""


def _no_results() -> Results:
    raise InputError("results-incomplete", path=DOCUMENT_FILE)


def _no_original() -> Path:
    raise InputError("original-missing", path=DOCUMENT_FILE, name="")


class Entry(NamedTuple):
    """A document that was read, and its name.

    Attributes:
        name: where it lies in its batch.
        document: what it says.
        results: reads the rest of its folder, which most formats do not need; raises InputError where that is missing.
        original: finds the file that it was read from; raises InputError where that is not there, or not the same any more.
    """

    name: str
    document: Document
    results: Callable[[], Results] = _no_results
    original: Callable[[], Path] = _no_original


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


def walk_documents(root: str) -> Iterator[tuple[str, dict[str, os.DirEntry[str]]]]:
    """Every folder at or below ``root`` that holds a ``document.json``, and what lies in it by name.

    Hidden folders and links to folders are passed over, and so is what cannot be listed. The order is any.

    Args:
        root: a folder.

    Yields:
        The folder's path below ``root`` ("." for itself), and its files and folders.
    """
    waiting = [""]
    while waiting:
        below = waiting.pop()
        entries = _entries(root, below)
        prefix = f"{below}{os.sep}" if below else ""
        waiting += (
            prefix + name
            for name, entry in entries.items()
            if not name.startswith(".") and entry.is_dir(follow_symlinks=False)
        )
        if DOCUMENT_FILE in entries:
            yield below or ".", entries


def listed_documents(root: str, folders: Iterable[str]) -> Iterator[tuple[str, dict[str, os.DirEntry[str]]]]:
    """Those of some folders below ``root`` that hold a ``document.json``, as :func:`walk_documents` gives them."""
    for below in folders:
        entries = _entries(root, below)
        if DOCUMENT_FILE in entries:
            yield below, entries


def _entries(root: str, below: str) -> dict[str, os.DirEntry[str]]:
    """What lies in a folder; nothing where it cannot be listed."""
    try:
        with os.scandir(os.path.join(root, below)) as listing:  # noqa: PTH118 - ten thousand times
            return {entry.name: entry for entry in listing}
    except OSError:
        return {}


def name_below(root: Path, folder: str) -> str:
    """The name of the document in a folder that :func:`walk_documents` found.

    >>> name_below(Path("out"), "2020/plan.pdf"), name_below(Path("/archive/out"), ".")
    ('2020/plan.pdf', 'out')
    """
    return _name_of(root / DOCUMENT_FILE) if folder == "." else readable(Path(folder).as_posix())


def _in_folder(root: Path) -> list[Source]:
    return [
        Source(root / folder / DOCUMENT_FILE, name_below(root, folder))
        for folder, _ in walk_documents(str(root))
    ]


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
        raise file_error(path, error) from error
    document = checked(data, path, Document)
    check_version(document.schema_version, path)
    return document


_M = TypeVar("_M", bound=BaseModel)


def checked(data: bytes, path: Path, model: type[_M]) -> _M:
    """What a ``document.json`` holds, as a model of it or of a part of it.

    Raises:
        InputError: it is no document.
    """
    try:
        return model.model_validate_json(data)
    except ValidationError as error:
        raise InputError("damaged-document", path=path, reason=first_problem(error)) from error


def first_problem(error: ValidationError) -> str:
    """What is wrong with a file at first, and where in it.

    >>> try:
    ...     Document.model_validate_json('{"quality": {"words": "x"}}')
    ... except ValidationError as error:
    ...     first_problem(error)
    'quality.words: Input should be a valid integer, unable to parse string as an integer'
    """
    problem = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(str(part) for part in problem["loc"])
    return f"{place}: {problem['msg']}" if place else problem["msg"]


def check_version(version: str, path: Path) -> None:
    """Raise where a document's schema is a later one.

    Raises:
        InputError: it is.
    """
    if version.split(".")[0] != SCHEMA_VERSION.split(".")[0]:
        raise InputError("document-version", path=path, version=version, known=SCHEMA_VERSION)
