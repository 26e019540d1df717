"""Who has to do what, by when and with whom."""

from __future__ import annotations

from collections.abc import Sequence

from restore.content import Assignment, Deadline
from restore.meaning.passages import Passages


def find_assignments(passages: Passages, deadlines: Sequence[Deadline]) -> tuple[Assignment, ...]:
    """What each unit has to do, in the order of the text.

    Args:
        passages: of the document; their nodes know the tree.
        deadlines: of the document.
    """
    return ()
