"""What a file holds, as one figure: by it a file is known again, wherever it lies."""

from __future__ import annotations

import hashlib
from pathlib import Path

from restore.errors import file_error


def file_sha256(path: Path) -> str:
    """The sha256 of a file, in hexadecimal digits; it is read in pieces, never as a whole.

    Raises:
        InputError: it is not there, or cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise file_error(path, error) from error
