"""Offices that a document names."""

from __future__ import annotations

from restore.content import Agency
from restore.document import Header
from restore.meaning.passages import Passages


def find_agencies(passages: Passages, header: Header) -> tuple[Agency, ...]:
    """The offices named, once each, in the order of the text."""
    return ()
