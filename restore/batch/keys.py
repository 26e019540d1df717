"""What results depend on, as hashes: where one is the same as before, the work need not be done again.

A document depends on its file, on every setting and version that can change what comes out, and on the archive's rules; a page's
record only on what reading a page takes. So a changed rule redoes the correction and not the recognition, and a changed list of
pages reads the new ones only.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from restore.config import Config
from restore.dictionary import Rule
from restore.versions import of_program, versions

# Which pages are wanted changes none of them.
_NOT_OF_A_PAGE = frozenset({"pages"})


def content_of(config: Config, rules: Sequence[Rule]) -> dict[str, dict[str, str]]:
    """Everything but the file itself that can change a document."""
    return {"settings": dict(config.content), "versions": versions(rules, pages=True)}


def document_key(content: Mapping[str, Any]) -> str:
    """The hash of that, hexadecimal.

    >>> document_key({"settings": {"mode": "auto"}}) == document_key({"settings": {"mode": "keep"}})
    False
    """
    return _hash(content)


def page_key(sha256: str, config: Config) -> str:
    """The hash of everything that the record of a page depends on, hexadecimal.

    Args:
        sha256: of the file.
        config: the settings.
    """
    settings = {name: value for name, value in config.content.items() if name not in _NOT_OF_A_PAGE}
    return _hash({"file": sha256, "settings": settings, "versions": of_program(pages=True)})


def stamp(path: Path) -> str:
    """What a file's entry in its folder tells of it: where nothing of that changed, it is the same file as before.

    Size and times alone can be made to look old (a copied or restored file), the time of the last change to the entry cannot.

    Raises:
        OSError: there is no such file any more.
    """
    found = os.stat(path)  # noqa: PTH116 - a path's own method makes a second object for it
    return f"{found.st_size}:{found.st_mtime_ns}:{found.st_ctime_ns}:{found.st_ino}"


def _hash(content: Mapping[str, Any]) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()
