"""The pages of a TIFF, counted from the chain of its directories: Pillow takes time by the square of their number."""

from __future__ import annotations

import struct
from typing import BinaryIO

MOST = 1_000_000  # what PDFium counts to in a PDF, about; 10,000 fill an archive's largest box ten times
_CLASSIC = 42  # the other number is BigTIFF's


def directory_count(file: BinaryIO) -> int:
    """The number of pages in an open TIFF.

    Where the chain is broken, what it breaks at counts as the last page: one that cannot be read. A chain that comes back to one
    of its own ends there.

    Args:
        file: at any place; it is left at another.

    Returns:
        From 1 to :data:`MOST`, at which nobody counts on.
    """
    file.seek(0)
    order = ">" if file.read(2) == b"MM" else "<"
    classic = file.read(2) == struct.pack(f"{order}H", _CLASSIC)
    number, entry, offset = ("H", 12, "I") if classic else ("Q", 20, "Q")
    file.seek(4 if classic else 8)
    place = _number(file, order + offset)
    seen: set[int] = set()
    while place and place not in seen and len(seen) < MOST:
        seen.add(place)
        file.seek(place)
        entries = _number(file, order + number)
        if entries is None:
            break
        file.seek(place + struct.calcsize(order + number) + entries * entry)
        place = _number(file, order + offset)
    return max(len(seen), 1)


def _number(file: BinaryIO, form: str) -> int | None:
    """The number that stands there; None at the end of the file."""
    data = file.read(struct.calcsize(form))
    return int(struct.unpack(form, data)[0]) if len(data) == struct.calcsize(form) else None
