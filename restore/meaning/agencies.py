"""Offices that a document names, and its abbreviations with their long forms."""

from __future__ import annotations

from restore.content import Abbreviation, Agency
from restore.document import Header
from restore.meaning.passages import Passages


def find_agencies(passages: Passages, header: Header) -> tuple[Agency, ...]:
    """The offices named, once each, in the order of the text."""
    return ()


def find_abbreviations(passages: Passages, header: Header) -> tuple[Abbreviation, ...]:
    """The abbreviations, once each, with the long form that the document gives, or the dictionary."""
    return ()
