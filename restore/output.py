"""The files that hold one restored document, each written to a temporary name first and then renamed."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from restore.document import Document
from restore.edit import Edit
from restore.errors import disk_error

DOCUMENT_FILE = "document.json"
ORIGINAL_FILE = "original.txt"
RESTORED_FILE = "restored.txt"
EDITS_FILE = "edits.jsonl"
DIFF_FILE = "diff.html"
DICTIONARY_FILE = "dictionary.tsv"  # of a document or, beside the documents, of a batch
SEEN_FILE = "seen.json"
# Where a reviewer has decided something: the log of it, and the program's own edits; EDITS_FILE holds both merged.
DECISIONS_FILE = "decisions.jsonl"
OWN_EDITS_FILE = "edits.auto.jsonl"


def document_json(document: Document) -> str:
    """The document as indented JSON with a line break at its end."""
    return json.dumps(document.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"


def edits_jsonl(edits: Iterable[Edit]) -> str:
    """The edits, one JSON object a line, in the order of their place.

    >>> edits_jsonl([])
    ''
    """
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
    return "".join(json.dumps(edit.model_dump(mode="json"), ensure_ascii=False) + "\n" for edit in ordered)


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8, without touching its line ends; the file is whole or as it was before.

    Raises:
        OutputError: it cannot be written.
    """
    write_parts(path, [text.encode()])


def _part_name(name: str) -> str:
    """The name under which a file is written before it has its own, also where that is as long as names can be.

    >>> _part_name("plan.txt"), len(_part_name("đ" * 127 + "a"))
    ('.plan.txt.part', 70)
    """
    long = len(name.encode(errors="surrogateescape")) > 249  # of 255 bytes, less what comes before and behind
    return f".{hashlib.sha256(os.fsencode(name)).hexdigest() if long else name}.part"


def write_parts(path: Path, parts: Iterable[bytes]) -> None:
    """Write bytes as they come; the file is whole or as it was before.

    Raises:
        OutputError: it cannot be written.
    """
    coming = iter(parts)
    first = next(coming, b"")  # before a folder is made: what cannot be made leaves none behind
    with made_whole(path) as part, part.open("wb") as file:
        file.write(first)
        file.writelines(coming)


@contextmanager
def made_whole(path: Path) -> Iterator[Path]:
    """Where to write a file that is to be whole or as it was before; at the end it gets its name.

    Raises:
        OutputError: it cannot be written.
    """
    part = path.with_name(_part_name(path.name))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield part
        part.replace(path)
    except OSError as error:
        raise disk_error(path, error) from error
    finally:
        with suppress(OSError):
            part.unlink()
