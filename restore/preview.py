"""A small picture of a page, as it is kept while the page's image itself is let go."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Preview:
    """A page made small.

    Attributes:
        picture: gray, encoded as JPEG.
        scale: pixels of the preview for one pixel of the page, to which the boxes of its words refer.
    """

    picture: bytes
    scale: float
