"""A small picture of a page, as it is kept while the page's image itself is let go."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Preview:
    """A page made small.

    Attributes:
        picture: gray, encoded as JPEG, the way up that the page has in its file.
        scale: pixels of the preview for one pixel of the page, to which the boxes of its words refer.
        turns: quarter turns, counter-clockwise, after which its lines are level.
    """

    picture: bytes
    scale: float
    turns: int = 0
