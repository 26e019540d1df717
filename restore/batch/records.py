"""What was seen on a page, kept beside the results: whoever has it need not read the page again.

``OUT/<document>/.pages/00001.page`` is one line of JSON (``key``: what it depends on, ``sha256`` of what follows) and then a
:class:`restore.reading.PageReading` as JSON, compressed (11 kB for a page of 500 words); ``00001.jpg`` is its preview, which
goes when the document is done. A record that is damaged, or of another key, is none.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from restore import output
from restore.document import Warning
from restore.page import Page
from restore.preview import Preview
from restore.reading import PageReading

RECORDS_FOLDER = ".pages"
MAX_RECORD = 400_000_000  # bytes of JSON; a page of 100,000 words has 15 million. More is somebody's bomb


@dataclass(frozen=True, slots=True)
class _Kept:
    page: Page
    encoding: str | None
    warnings: tuple[Warning, ...]
    preview: tuple[float, int] | None


_KEPT = TypeAdapter(_Kept)


def write_record(folder: Path, reading: PageReading, key: str) -> None:
    """Keep what was seen on a page; the record comes last: where it is, the preview is.

    Args:
        folder: of the document's results.
        reading: of the page.
        key: what the record depends on (:func:`restore.batch.keys.page_key`).

    Raises:
        OutputError: it cannot be written.
    """
    path = _path(folder, reading.page.number)
    preview = reading.preview
    if preview:
        output.write_parts(path.with_suffix(".jpg"), [preview.picture])
    kept = _Kept(
        reading.page, reading.encoding, reading.warnings, (preview.scale, preview.turns) if preview else None
    )
    body = zlib.compress(_KEPT.dump_json(kept))
    head = json.dumps({"key": key, "sha256": hashlib.sha256(body).hexdigest()})
    output.write_parts(path, [head.encode() + b"\n", body])


def read_record(folder: Path, number: int, key: str) -> PageReading | None:
    """What was seen on a page when it was read before; None where that has to be done (again).

    Its preview is there as long as the document is not done; later it has none.
    """
    path = _path(folder, number)
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        told = json.loads(head)
        if told != {"key": key, "sha256": hashlib.sha256(body).hexdigest()}:
            return None
        inflate = zlib.decompressobj()
        kept = _KEPT.validate_json(inflate.decompress(body, MAX_RECORD))
    except (OSError, ValueError, RecursionError, zlib.error):
        return None
    if kept.page.number != number:
        return None
    picture = None
    if kept.preview:
        with suppress(OSError):
            picture = Preview(path.with_suffix(".jpg").read_bytes(), *kept.preview)
    return PageReading(kept.page, kept.encoding, kept.warnings, picture)


def has_record(folder: Path, number: int) -> bool:
    """Whether there is a record of a page, of whatever it may be."""
    return _path(folder, number).is_file()


def forget_record(folder: Path, number: int) -> None:
    """Remove the record of a page."""
    with suppress(OSError):
        _path(folder, number).unlink()


def forget_previews(folder: Path) -> None:
    """Remove the previews of a document that is done."""
    for path in (folder / RECORDS_FOLDER).glob("*.jpg"):
        with suppress(OSError):
            path.unlink()


def forget_others(folder: Path, numbers: Iterable[int], key: str) -> None:
    """Remove the records of an earlier state of the file."""
    place = folder / RECORDS_FOLDER
    wanted = {_path(folder, number).name for number in numbers}
    for path in place.glob("*.page"):
        if path.name not in wanted and _key_of(path) != key:
            with suppress(OSError):
                path.unlink()


def forget_all(folder: Path) -> None:
    """Remove all records of a document, as where it is none that has pages any more."""
    shutil.rmtree(folder / RECORDS_FOLDER, ignore_errors=True)


def _key_of(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            found = json.loads(file.readline(1000))
    except (OSError, ValueError, RecursionError):
        return None
    return str(found.get("key")) if isinstance(found, dict) else None


def _path(folder: Path, number: int) -> Path:
    return folder / RECORDS_FOLDER / f"{number:05}.page"
