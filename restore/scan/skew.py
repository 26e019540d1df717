"""By how much the lines of a page lean, and turning it level."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from restore.scan.affine import Affine
from restore.scan.scaling import shrunk

Gray = NDArray[np.uint8]

# Scanners and copiers lean by a degree or two; what is found beyond this is no skew of text lines.
MOST_SKEW = 5.0
WHITE = 255
# Noise and pictures have no sharpest angle worth turning for.
SHARPER = 1.05
_PROFILE_WIDTH = 850  # pixels: an A4 page at about 100 dpi
_COARSE_STEP, _FINE_STEP = 0.5, 0.05


def estimate_skew(gray: Gray) -> float:
    """By how many degrees the lines of print rise to the right (counter-clockwise); 0.0 where there are none.

    The angle at which the rows' ink changes most sharply from row to row: along the lines, gaps and lines are
    apart. First in steps of half a degree on half the size, then of a twentieth.
    """
    scale = min(_PROFILE_WIDTH / gray.shape[1], 1.0)
    small = shrunk(gray, scale)
    threshold, dark = cv2.threshold(small, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    ink: Gray = np.asarray(dark, np.uint8)
    share = float(ink.mean())
    if not 0.002 < share < 0.4 or threshold < 10:
        return 0.0
    half = shrunk(ink * np.uint8(WHITE), 0.5)
    coarse = max(
        np.arange(-MOST_SKEW, MOST_SKEW + 0.1, _COARSE_STEP), key=lambda angle: sharpness(half, angle)
    )
    fine = max(
        np.arange(coarse - _COARSE_STEP, coarse + _COARSE_STEP + 0.01, _FINE_STEP),
        key=lambda angle: sharpness(ink, angle),
    )
    return float(fine) if sharpness(ink, fine) > SHARPER * sharpness(ink, 0.0) else 0.0


def deskew(gray: Gray, degrees: float) -> Gray:
    """Turn the page by so much clockwise about its centre; what comes in from outside is white."""
    height, width = gray.shape
    matrix = Affine.rotation(-degrees, width, height).matrix
    turned = cv2.warpAffine(
        gray,
        matrix,
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=WHITE,
    )
    return np.asarray(turned, np.uint8)


def sharpness(ink: Gray, degrees: float) -> float:
    """How sharply ink changes from row to row once the page is turned by so much clockwise."""
    height, width = ink.shape
    matrix = Affine.rotation(-degrees, width, height).matrix
    turned = cv2.warpAffine(ink, matrix, (width, height), flags=cv2.INTER_NEAREST)
    rows = turned.sum(axis=1, dtype=np.int64)
    return float(np.square(np.diff(rows)).sum())
