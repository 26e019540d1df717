"""Folders of results for the tests of the search, written as a batch writes them, without restoring anything."""

from __future__ import annotations

import shutil
from pathlib import Path

from restore.document import Document, Field, Header, Quality
from restore.output import DOCUMENT_FILE, RESTORED_FILE, document_json, write_text


def field(value: str | None) -> Field:
    return Field(value=value, raw=value, status="present") if value else Field()


def write_document(out: Path, name: str, text: str = "", grade: str = "good", **head: str) -> Path:
    """A document's folder below ``out``; ``head`` names fields of the header."""
    document = Document(
        header=Header(**{key: field(value) for key, value in head.items()}),
        quality=Quality.model_validate({"grade": grade}),
    )
    write_text(out / name / RESTORED_FILE, text)
    write_text(out / name / DOCUMENT_FILE, document_json(document))
    return out / name


def remove_document(out: Path, name: str) -> None:
    shutil.rmtree(out / name)
