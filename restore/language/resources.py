"""The only place that knows where dictionaries lie."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

_PACKAGE = Path(__file__).resolve().parent.parent


class DictionaryEntry(NamedTuple):
    """One file of the manifest."""

    file: str
    version: str
    sha256: str
    source: str
    licence: str


def dictionary_folder() -> Path:
    """The folder of the dictionaries: inside the package when installed, beside it in a checkout."""
    packaged = _PACKAGE / "dictionaries"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "dictionaries"


def dictionary_path(name: str) -> Path:
    """The path of one dictionary file, ``dictionary_path("syllables.txt")``."""
    return dictionary_folder() / name


@cache
def manifest() -> tuple[DictionaryEntry, ...]:
    """All dictionary files with version, sha256, source and licence, as ``MANIFEST.toml`` lists them."""
    content = tomllib.loads(dictionary_path("MANIFEST.toml").read_text(encoding="utf-8"))
    return tuple(DictionaryEntry(**entry) for entry in content["file"])


def dictionaries_version() -> str:
    """One version for all dictionaries together, as the manifest states it."""
    content = tomllib.loads(dictionary_path("MANIFEST.toml").read_text(encoding="utf-8"))
    return str(content["version"])


def read_lines(name: str) -> tuple[str, ...]:
    """The lines of a dictionary file that are neither empty nor a comment (``#``)."""
    text = dictionary_path(name).read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))
