"""Restores scanned and damaged Vietnamese administrative documents.

The names below are loaded when they are first used, so that ``restore --version`` need not wait for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from restore.document import Document
    from restore.edit import Edit, apply
    from restore.errors import RestoreError
    from restore.pipeline import Restored, restore_file, restore_text
    from restore.pipeline import parse_text as parse

__all__ = [
    "Document",
    "Edit",
    "RestoreError",
    "Restored",
    "__version__",
    "apply",
    "parse",
    "restore_file",
    "restore_text",
]

# Where each name lives, and what it is called there.
_HOMES = {
    "Document": ("restore.document", "Document"),
    "Edit": ("restore.edit", "Edit"),
    "RestoreError": ("restore.errors", "RestoreError"),
    "Restored": ("restore.pipeline", "Restored"),
    "apply": ("restore.edit", "apply"),
    "parse": ("restore.pipeline", "parse_text"),
    "restore_file": ("restore.pipeline", "restore_file"),
    "restore_text": ("restore.pipeline", "restore_text"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's names have every type
    if name == "__version__":
        from restore.versions import package_version

        return package_version()
    if name not in _HOMES:
        raise AttributeError(f"module 'restore' has no attribute {name!r}")
    from importlib import import_module

    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
