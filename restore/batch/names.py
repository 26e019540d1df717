r"""What the results of a file are called: as the file, unless that would lead astray, collide or not fit.

    C\xabng v\xa8n.txt          bytes in another encoding, and marks that nobody sees, are written out
    Quyết định …~3f5a0c12.pdf  longer than a file name may be once an export has put its suffix behind it
    plan~087bbbfb.pdf          beside Plan.pdf: on many shares the two are the same file
    ledger~538c4328.sqlite     the name of a file of the batch's own

The digits come of the name itself, so that a later run finds the results again.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from hashlib import sha256
from itertools import pairwise
from pathlib import PurePath

from restore.errors import readable

# Bytes: file systems take 255, and a target of an export adds its suffixes, a dot and ".part".
LONGEST_NAME = 220
LONGEST_SUFFIX = 20
# Files of a batch beside its documents' folders, and the one that makes a folder a document's; what begins with a dot is one, too.
OWN_FILES = frozenset({
    *(name + more for name in ("ledger.sqlite", "search.sqlite") for more in ("", "-wal", "-shm", "-journal")),
    *("summary.json", "summary.html", "dictionary.tsv", "document.json"),
})  # fmt: skip


def safe_names(names: Iterable[str]) -> dict[str, str]:
    r"""Names for the results of what lies in one folder: for those that cannot keep their own.

    No two are the same, not even where capitals, normal forms and ends of dots and blanks do not count.

    Args:
        names: as the file system has them, each once.

    >>> safe_names(["plan.pdf", "biên bản.pdf"])
    {}
    >>> safe_names(["Plan.pdf", "plan.pdf", "a\nb.pdf", "ledger.sqlite"])
    {'a\nb.pdf': 'a\\x0ab.pdf', 'ledger.sqlite': 'ledger~538c4328.sqlite', 'plan.pdf': 'plan~087bbbfb.pdf'}
    """
    ordered = list(names)
    safe: dict[str, str] = {name: fitting for name in ordered if (fitting := _fitting(name)) != name}
    if len({hash(_folded(safe.get(name, name))) for name in ordered}) == len(ordered):
        return safe  # as nearly always; hashes, since this may be a folder of a million files
    ordered.sort()
    digits = 8
    while clashing := _clashing(ordered, safe):
        safe |= {name: _marked(_fitting(name), name, digits) for name in clashing}
        digits += 8  # the marked name of one may be what another was called on purpose
    return safe


def safe_path(path: PurePath) -> str:
    r"""The name for the results of a file at a place below a folder whose other files are not known.

    As :func:`safe_names` for every part, but for names that only some file systems tell apart.

    >>> safe_path(PurePath("quận/a\nb.pdf")), safe_path(PurePath("ledger.sqlite/plan.pdf"))
    ('quận/a\\x0ab.pdf', 'ledger~538c4328.sqlite/plan.pdf')
    """
    return "/".join(map(_fitting, path.parts))


def _clashing(names: Iterable[str], safe: dict[str, str]) -> list[str]:
    """All but the first of those names that are the same to some file system."""

    def told(name: str) -> str:
        return _folded(safe.get(name, name))

    return [name for before, name in pairwise(sorted(names, key=told)) if told(before) == told(name)]


def _folded(name: str) -> str:
    """The name as the least distinguishing file systems see it: macOS without normal forms, Windows without capitals."""
    if name.isascii():
        return name.lower().rstrip(". ")
    return unicodedata.normalize("NFKC", name).casefold().rstrip(". ")


def _fitting(name: str) -> str:
    text = readable(name)
    if text.startswith(".") or _folded(text) in OWN_FILES:
        return _marked(text.lstrip("."), name, 8)
    return _marked(text, name, 8) if len(text) > LONGEST_NAME / 4 and _size(text) > LONGEST_NAME else text


def _marked(text: str, name: str, digits: int) -> str:
    """A name with digits of its own before its suffix, and not too long."""
    suffix = PurePath(text).suffix
    suffix = suffix if _size(suffix) <= LONGEST_SUFFIX else ""
    mark = "~" + sha256(os.fsencode(name)).hexdigest()[:digits]
    stem = text.removesuffix(suffix).encode()[: LONGEST_NAME - _size(mark + suffix)]
    return stem.decode(errors="ignore") + mark + suffix


def _size(text: str) -> int:
    return len(text.encode())
