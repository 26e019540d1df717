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

__all__ = [
    "Document",
    "Edit",
    "RestoreError",
    "Restored",
    "__version__",
    "apply",
    "restore_file",
    "restore_text",
]

_HOMES = {
    "Document": "restore.document",
    "Edit": "restore.edit",
    "RestoreError": "restore.errors",
    "Restored": "restore.pipeline",
    "apply": "restore.edit",
    "restore_file": "restore.pipeline",
    "restore_text": "restore.pipeline",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's names have every type
    if name == "__version__":
        from restore.versions import package_version

        return package_version()
    if name not in _HOMES:
        raise AttributeError(f"module 'restore' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
