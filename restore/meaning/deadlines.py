"""When something is due: by a date, within a time, again and again."""

from __future__ import annotations

from restore.content import Deadline
from restore.field import Field
from restore.meaning.passages import Passages


def find_deadlines(passages: Passages, issued: Field) -> tuple[Deadline, ...]:
    """All deadlines, in the order of the text.

    Args:
        passages: of the document.
        issued: the document's date, which gives the year where the words have none.
    """
    return ()


def find_dates(passages: Passages) -> tuple[Field, ...]:
    """All dates that the body names, ISO, wherever they stand."""
    return ()
