"""Figures to be reached."""

from __future__ import annotations

from restore.content import Target
from restore.meaning.passages import Passages


def find_targets(passages: Passages) -> tuple[Target, ...]:
    """All figures to be reached, in the order of the text."""
    return ()
