"""Files of texts, of which no more is read than the settings allow."""

from __future__ import annotations

from math import ceil
from typing import BinaryIO

from restore.errors import InputError


def read_limited(file: BinaryIO, path: object, megabytes: float) -> bytes:
    """All that is left in an open file of a text.

    Args:
        file: also a pipe, which does not tell its size.
        path: its name, for the error.
        megabytes: the most that is read, in million bytes.

    Raises:
        InputError: there is more (``text-too-large``).

    >>> import io
    >>> read_limited(io.BytesIO(b"abc"), "-", 0.000003)
    b'abc'
    """
    limit = int(megabytes * 1e6)
    data = file.read(limit + 1)
    if len(data) > limit:
        size = (file.seek(0, 2) if file.seekable() else len(data)) / 1e6
        raise InputError("text-too-large", path=path, megabytes=ceil(size), limit=f"{megabytes:g}")
    return data
