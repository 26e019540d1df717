"""Lines that bend: of photographed pages and books, found by their letters and drawn level again.

The words of a page, smeared along their lines, give the slope of its lines at hundreds of places. One smooth surface of
slopes is laid through them (a polynomial, cubic across the page and straight down it, as a sheet bends like a cylinder);
followed across the page from its middle, it says by how much each place must move up or down. A page whose lines are
straight and parallel is left to deskewing.

Wrong letters of two rendered pages photographed, as they are / by page-dewarp 0.3.4 / drawn level here: an arch of 5 mm
15.7 / 21.9 / 0.35 %, of 10 mm 56.4 / 30.2 / 0.28 %, a wave of 5 mm 33.2 / 27.6 / 0.23 %, seen from the side 2.2 / 0.26 /
0.14 %, an arch of 2 mm 0.42 / 4.3 / 0.47 %. The library took 7 to 55 CPU seconds a page; this takes 0.04 to see that
nothing bends, and 0.2 where something does.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from restore.page import BBox
from restore.scan.affine import box_around
from restore.scan.orientation import letter_shapes
from restore.scan.skew import WHITE, sharpness

Gray = NDArray[np.uint8]
Floats = NDArray[np.float64]

_MM_PER_INCH = 25.4
WORD_GAP = 3.0  # millimetres that part words of a line, at most
PIECE_LENGTH = 20.0  # of a line, from which its slope can be told
PIECE_HEIGHT = 9.0  # more is two lines that touch, or a picture
SAMPLE = 10.0  # a slope is measured over such a length
FEWEST_SLOPES = 60
STEEPEST = 0.25  # 14 degrees
# What lies this many times farther off the surface than most is no line of print.
OUTLIER = 3.0
ROUNDS = 3
# How much more sharply ink and gaps part in the rows of the page once its lines are drawn level, than once it is turned.
# Straight pages, 63 scans and 15 rendered ones: 0.2 to 1.15; bent by 5 mm and more: 1.6 to 3.4.
SHARPER = 1.3
TURNS_TRIED = (-0.5, -0.25, 0.0, 0.25, 0.5)  # degrees
_STEP = 32  # pixels between the places for which the shift is worked out


@dataclass(frozen=True, slots=True)
class Bend:
    """Where a pixel goes when bent lines are drawn level, or back; only up and down.

    Attributes:
        shift: [rows, columns] by how much lower a place stands on the bent page, every ``_STEP`` pixels of the level one.
        to_bent: whether it leads from the level page to the bent one.
    """

    shift: NDArray[np.float32]
    to_bent: bool = False

    @property
    def height(self) -> float:
        """By how many pixels the page's places move, from the one that sinks most to the one that rises most."""
        return float(np.ptp(self.shift))

    def inverse(self) -> Bend:
        """The way back."""
        return Bend(self.shift, not self.to_bent)

    def map_point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point goes."""
        if self.to_bent:
            return x, y + self._at(x, y)
        level = y
        for _ in range(ROUNDS + 3):
            # The shift hardly changes from one pixel to the next: three digits a round.
            level = y - self._at(x, level)
        return x, level

    def map_box(self, box: BBox) -> BBox:
        """The upright box around where the middles of the four sides go."""
        return box_around(self.map_point, box)

    def _at(self, x: float, y: float) -> float:
        rows, columns = self.shift.shape
        column = min(max(x / _STEP, 0.0), columns - 1.001)
        row = min(max(y / _STEP, 0.0), rows - 1.001)
        i, j = int(row), int(column)
        down, right = row - i, column - j
        above = self.shift[i, j] * (1 - right) + self.shift[i, j + 1] * right
        below = self.shift[i + 1, j] * (1 - right) + self.shift[i + 1, j + 1] * right
        return float(above * (1 - down) + below * down)


def find_bend(gray: Gray, dpi: int, sharper: float = SHARPER) -> Bend | None:
    """How the lines of a page bend; None where turning the page levels them as well, or where they are too few to tell.

    Args:
        gray: the page.
        dpi: its resolution.
        sharper: how much more sharply ink and gaps must part in its rows once it is drawn level.
    """
    letters, scale = letter_shapes(gray, dpi)
    slopes = line_slopes(letters, dpi * scale)
    slopes[:, :2] /= scale
    if len(slopes) < FEWEST_SLOPES:
        return None
    height, width = gray.shape
    weights = _surface(slopes / (width, height, 1))
    if weights is None:
        return None
    bend = Bend(_shifts(weights, width, height))
    level = cv2.remap(letters, *_bent_places(bend, letters.shape, 0, len(letters), scale), cv2.INTER_NEAREST)
    lean = -math.degrees(math.atan(float(np.median(slopes[:, 2]))))
    turned = max(sharpness(letters, lean + degrees) for degrees in TURNS_TRIED)
    return bend if sharpness(np.asarray(level, np.uint8), 0.0) > sharper * turned else None


def draw_level(gray: Gray, bend: Bend) -> Gray:
    """The page with its lines level; what comes in from outside is white."""
    result = np.empty_like(gray)
    for top in range(0, len(gray), 8 * _STEP):
        # In strips: the places of a whole page take eight times its memory.
        bottom = min(top + 8 * _STEP, len(gray))
        result[top:bottom] = cv2.remap(
            gray,
            *_bent_places(bend, gray.shape, top, bottom),
            cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=WHITE,
        )
    return result


def _bent_places(
    bend: Bend, shape: tuple[int, ...], top: int, bottom: int, scale: float = 1.0
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Where on the bent page, at this share of its size, each pixel of some rows of the level one is found."""
    x, y = np.meshgrid(np.arange(shape[1], dtype=np.float32), np.arange(top, bottom, dtype=np.float32))
    step = np.float32(scale * _STEP)
    shift = cv2.remap(bend.shift, x / step, y / step, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return x, y + np.asarray(shift, np.float32) * np.float32(scale)


def line_slopes(letters: Gray, dpi: float) -> Floats:
    """Where lines of print go: [places, 3] x, y and slope, down to the right, in pixels of the picture.

    Args:
        letters: [height, width] 1 where there are letters.
        dpi: its resolution.
    """
    millimetre = dpi / _MM_PER_INCH
    words = cv2.dilate(letters, np.ones((1, max(round(WORD_GAP * millimetre), 1)), np.uint8))
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(words, connectivity=8)
    window = max(round(SAMPLE * millimetre), 2)
    found: list[tuple[float, float, float]] = []
    for label, (left, top, width, height, _) in enumerate(boxes.tolist()):
        if not label or width < PIECE_LENGTH * millimetre or height > PIECE_HEIGHT * millimetre:
            continue
        piece = labels[top : top + height, left : left + width] == label
        count = piece.sum(axis=0)
        middle = (piece * np.arange(height)[:, None]).sum(axis=0) / np.maximum(count, 1)
        x = np.arange(window) - (window - 1) / 2
        for start in range(0, width - window + 1, window):
            part = middle[start : start + window]
            slope = float((x * (part - part.mean())).sum() / np.square(x).sum())
            found.append((left + start + window / 2, top + float(part.mean()), slope))
    if not found:
        return np.zeros((0, 3))
    places = np.array(found, np.float64)
    return np.asarray(places[np.abs(places[:, 2]) <= STEEPEST], np.float64)


def _terms(x: Floats, y: Floats) -> Floats:
    """The parts of the surface at places of the page, 0 to 1: cubic across, straight down."""
    powers = [x**power for power in range(4)]
    return np.stack([*powers, *(power * y for power in powers)], axis=-1)


def _surface(slopes: Floats) -> Floats | None:
    """Weights of the terms that fit most of the slopes."""
    kept = np.ones(len(slopes), bool)
    for _ in range(ROUNDS):
        terms = _terms(slopes[:, 0], slopes[:, 1])
        # A little weight against the wild ends of a cubic where there is no print.
        ridge = 0.01 * np.eye(terms.shape[1])
        weights = np.linalg.solve(terms[kept].T @ terms[kept] + ridge, terms[kept].T @ slopes[kept, 2])
        rest = np.abs(slopes[:, 2] - terms @ weights)
        kept = rest <= OUTLIER * max(float(np.median(rest)), 1e-3)
        if np.count_nonzero(kept) < FEWEST_SLOPES:
            return None
    return np.asarray(weights, np.float64)


def _shifts(weights: Floats, width: int, height: int) -> NDArray[np.float32]:
    """Follow the lines from the middle of the page to both sides, in steps (Euler's midpoint method)."""
    columns, rows = width // _STEP + 2, height // _STEP + 2
    level = np.arange(rows, dtype=np.float64) * _STEP
    shift = np.zeros((rows, columns))
    middle = columns // 2

    def slope(column: float, y: Floats) -> Floats:
        return np.asarray(
            _terms(np.full(rows, column * _STEP / width), np.clip(y / height, 0, 1)) @ weights, np.float64
        )

    for sign, stop in ((1, columns), (-1, -1)):
        y = level.copy()
        for column in range(middle + sign, stop, sign):
            half = y + sign * slope(column - sign, y) * _STEP / 2
            y = y + sign * slope(column - sign / 2, half) * _STEP
            shift[:, column] = y - level
    return shift.astype(np.float32)
