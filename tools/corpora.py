"""Documents of the text corpora: ``<name>.txt.xz``, parted by lines ``<<<document name>>>``.

Only the offline builders read these; nothing of their text gets into the project but counts.
"""

from __future__ import annotations

import hashlib
import lzma
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from restore.language.vietnamese import nfc


class CorpusDocument(NamedTuple):
    """One document: its name and its lines, NFC, without blanks at the ends and without empty lines."""

    name: str
    lines: tuple[str, ...]


def is_held_out(name: str) -> bool:
    """Whether a document is kept out of all counting, to measure on: one in sixteen, by its name.

    >>> is_held_out("39"), is_held_out("a")
    (True, False)
    """
    return hashlib.sha256(name.encode()).hexdigest().startswith("0")


def all_documents(lines: Iterable[str]) -> Iterator[CorpusDocument]:
    """The documents in the lines of one corpus, held-out ones too."""
    name, kept = "", list[str]()
    for line in lines:
        text = line.strip()
        if text.startswith("<<<") and text.endswith(">>>"):
            if name:
                yield CorpusDocument(name, tuple(kept))
            name, kept = text[3:-3], []
        elif text:
            kept.append(nfc(text))
    if name:
        yield CorpusDocument(name, tuple(kept))


def read_documents(lines: Iterable[str]) -> Iterator[CorpusDocument]:
    """The documents in the lines of one corpus, held-out ones left out.

    >>> [document.name for document in read_documents(["<<<a>>>", "Điều 1", "<<<39>>>", "Điều 2"])]
    ['a']
    """
    return (document for document in all_documents(lines) if not is_held_out(document.name))


def documents(folder: Path, corpora: Iterable[str]) -> Iterator[CorpusDocument]:
    """All documents of the named corpora (``"vbpl"``), held-out ones left out, in the files' order."""
    for corpus in corpora:
        yield from read_documents(read_lines(folder, corpus))


def read_lines(folder: Path, corpus: str) -> Iterator[str]:
    """The lines of one corpus."""
    with lzma.open(folder / f"{corpus}.txt.xz", "rt", encoding="utf-8") as lines:
        yield from lines
