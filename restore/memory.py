"""How a process of ours uses memory."""

from __future__ import annotations

import gc


def collect_seldom() -> None:
    """Look for circular garbage after 20,000 new objects and not after 700.

    Restoring makes many small objects and hardly a circle: with Python's default a tenth of the time goes into looking. For
    programs alone; a library leaves its user's settings as they are.
    """
    gc.set_threshold(20_000, 20, 20)
