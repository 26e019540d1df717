"""Where a pixel of the page goes when the page is turned or straightened, and back."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from restore.page import BBox


class Transform(Protocol):
    """A way that pixels go, and back."""

    def inverse(self) -> Transform:
        """The way back."""

    def map_point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point goes."""

    def map_box(self, box: BBox) -> BBox:
        """The upright box around where the middles of the four sides go."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Several ways, one after the other."""

    ways: tuple[Transform, ...]

    def inverse(self) -> Chain:
        """The way back."""
        return Chain(tuple(way.inverse() for way in reversed(self.ways)))

    def map_point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point goes."""
        for way in self.ways:
            x, y = way.map_point(x, y)
        return x, y

    def map_box(self, box: BBox) -> BBox:
        """The upright box around where the middles of the four sides go."""
        return box_around(self.map_point, box)


@dataclass(frozen=True, slots=True)
class Affine:
    """``x' = a x + b y + c``, ``y' = d x + e y + f``: turning, moving, scaling and a little shearing."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 0.0
    e: float = 1.0
    f: float = 0.0

    @staticmethod
    def rotation(degrees: float, width: int, height: int) -> Affine:
        """Turns an image of this size about its centre, counter-clockwise as one looks at it."""
        cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        x, y = width / 2, height / 2
        return Affine(cosine, sine, x - cosine * x - sine * y, -sine, cosine, y + sine * x - cosine * y)

    @staticmethod
    def scaling(across: float, down: float) -> Affine:
        """Makes an image so many times as wide and as high."""
        return Affine(a=across, e=down)

    @staticmethod
    def quarter_turns(turns: int, width: int, height: int) -> Affine:
        """Turns by 90° counter-clockwise so many times, as ``numpy.rot90`` does; sizes are those before.

        >>> Affine.quarter_turns(2, 100, 50).map_box(BBox(0, 0, 10, 20))
        BBox(left=90, top=30, right=100, bottom=50)
        """
        return (
            Affine(),
            Affine(0, 1, 0, -1, 0, width),
            Affine(-1, 0, width, 0, -1, height),
            Affine(0, -1, height, 1, 0, 0),
        )[turns % 4]

    @property
    def matrix(self) -> NDArray[np.float64]:
        """The 2 x 3 matrix that OpenCV takes."""
        return np.array([[self.a, self.b, self.c], [self.d, self.e, self.f]])

    def then(self, other: Affine) -> Affine:
        """This transform, followed by the other."""
        return Affine(
            other.a * self.a + other.b * self.d,
            other.a * self.b + other.b * self.e,
            other.a * self.c + other.b * self.f + other.c,
            other.d * self.a + other.e * self.d,
            other.d * self.b + other.e * self.e,
            other.d * self.c + other.e * self.f + other.f,
        )

    def inverse(self) -> Affine:
        """The way back."""
        scale = self.a * self.e - self.b * self.d
        a, b, d, e = self.e / scale, -self.b / scale, -self.d / scale, self.a / scale
        return Affine(a, b, -(a * self.c + b * self.f), d, e, -(d * self.c + e * self.f))

    def map_point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point goes."""
        return self.a * x + self.b * y + self.c, self.d * x + self.e * y + self.f

    def map_box(self, box: BBox) -> BBox:
        """The upright box around where the middles of the four sides go.

        Exact for quarter turns. Turned by a degree or two, the corners of a long word would make its box
        higher by a tenth of its length; the middles of its sides keep it close to the ink.
        """
        return box_around(self.map_point, box)


def box_around(map_point: Callable[[float, float], tuple[float, float]], box: BBox) -> BBox:
    """The upright box around where the middles of a box's four sides go."""
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    sides = ((box.left, y), (box.right, y), (x, box.top), (x, box.bottom))
    points = [map_point(*side) for side in sides]
    return BBox(
        round(min(point[0] for point in points)),
        round(min(point[1] for point in points)),
        round(max(point[0] for point in points)),
        round(max(point[1] for point in points)),
    )


IDENTITY = Affine()
