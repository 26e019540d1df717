"""Figures to be reached and amounts of money."""

from __future__ import annotations

from restore.content import Money, Target
from restore.meaning.passages import Passages


def find_targets(passages: Passages) -> tuple[Target, ...]:
    """All figures to be reached, in the order of the text."""
    return ()


def find_money(passages: Passages) -> tuple[Money, ...]:
    """All amounts of money, in the order of the text."""
    return ()
