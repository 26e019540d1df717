"""Which way up a page lies, told by how its letters stand beside each other, before anything is read."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from restore.scan.scaling import shrunk
from restore.scan.skew import WHITE

_MM_PER_INCH = 25.4
LOOK_DPI = 75
# Letters and their parts, in millimetres: rules of tables are longer, dirt is smaller.
LETTER_SIZE = (0.6, 8.0)
# Letters of a word stand closer than this, lines do not.
LETTER_GAP = 1.0
# Fewer letters than these tell nothing.
FEWEST_LETTERS = 60
# Shapes that are left of the letters once those beside each other have grown together, to those that are left once
# those above each other have. Scans of 26 files and rendered pages: upright 0.48 to 0.83, on their side 1.21 to 2.1.
SIDEWAYS = 1.1
_NEIGHBOURHOOD = 25  # pixels, 8 mm: paper is what most of it is
_DARKER = 20


def lies_sideways(image: NDArray[np.uint8], dpi: int) -> bool:
    """Whether the lines of a page run up or down it.

    Args:
        image: gray, or blue-green-red, 8 bits.
        dpi: its resolution.
    """
    return columns_to_rows(image, dpi) > SIDEWAYS


def columns_to_rows(image: NDArray[np.uint8], dpi: int) -> float:
    """How much better letters join down the page than across it; 1.0 where there are too few."""
    shown, scale = letter_shapes(image, dpi)
    if cv2.connectedComponents(shown)[0] - 1 < FEWEST_LETTERS:
        return 1.0
    millimetre = dpi * scale / _MM_PER_INCH
    gap = max(round(LETTER_GAP * millimetre), 1) + 1
    across, down = (
        cv2.connectedComponents(cv2.dilate(shown, np.ones(shape, np.uint8)))[0] - 1
        for shape in ((1, gap), (gap, 1))
    )
    return across / down


def letter_shapes(image: NDArray[np.uint8], dpi: int) -> tuple[NDArray[np.uint8], float]:
    """1 where there are shapes of the size of letters and their parts, on a picture of 75 dpi; and its scale."""
    scale = min(LOOK_DPI / dpi, 1.0)
    small = shrunk(image, scale)
    gray = small if small.ndim == 2 else np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8)
    ink = cv2.adaptiveThreshold(
        gray, WHITE, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _NEIGHBOURHOOD, _DARKER
    )
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    millimetre = dpi * scale / _MM_PER_INCH
    longest = boxes[:, 2:4].max(axis=1)
    letters = (longest >= LETTER_SIZE[0] * millimetre) & (longest <= LETTER_SIZE[1] * millimetre)
    letters[0] = False
    return letters[labels].astype(np.uint8), scale
