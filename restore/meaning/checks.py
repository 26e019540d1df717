"""What a records clerk would ask about."""

from __future__ import annotations

from restore.document import Document, Warning


def check(document: Document) -> tuple[Warning, ...]:
    """Warnings about a document that was read, each with its place."""
    return ()
