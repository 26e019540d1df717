"""Restores scanned and damaged Vietnamese administrative documents.

    restore_text(text)      a damaged text -> Restored
    restore_file(path)      a PDF, an image or a text -> Restored
    read_results(folder)    what a batch wrote for a document, decisions of reviewers included -> Restored
    parse(text)             a correct text -> Document
    apply(original, edits)  the restored text once more

``docs/library.md`` has examples. The names below are loaded when they are first used, so that ``restore --version`` need not wait
for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from restore.config import Config
    from restore.document import Document
    from restore.edit import Edit, apply
    from restore.errors import InputError, MissingToolError, OutputError, RestoreError, UsageError
    from restore.pipeline import Restored, restore_file, restore_text
    from restore.pipeline import parse_text as parse
    from restore.results import read_folder as read_results

__all__ = [
    "Config",
    "Document",
    "Edit",
    "InputError",
    "MissingToolError",
    "OutputError",
    "RestoreError",
    "Restored",
    "UsageError",
    "__version__",
    "apply",
    "parse",
    "read_results",
    "restore_file",
    "restore_text",
]

# Where each name lives, and what it is called there.
_HOMES = {
    "Config": ("restore.config", "Config"),
    "Document": ("restore.document", "Document"),
    "Edit": ("restore.edit", "Edit"),
    "InputError": ("restore.errors", "InputError"),
    "MissingToolError": ("restore.errors", "MissingToolError"),
    "OutputError": ("restore.errors", "OutputError"),
    "RestoreError": ("restore.errors", "RestoreError"),
    "Restored": ("restore.results", "Restored"),
    "UsageError": ("restore.errors", "UsageError"),
    "apply": ("restore.edit", "apply"),
    "parse": ("restore.pipeline", "parse_text"),
    "read_results": ("restore.results", "read_folder"),
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
