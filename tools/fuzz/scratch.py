"""A folder of this process alone for inputs that must be files, gone with the process."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="restore-fuzz-")


def scratch_folder() -> Path:
    """The folder; it is deleted when the process ends by itself."""
    return Path(_folder().name)


def scratch_file(name: str) -> Path:
    """A file in it, not there yet."""
    return scratch_folder() / name
