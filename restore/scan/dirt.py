"""What lies on a page and is no print: dark edges of the scanner and lonely specks.

Both are told by the shapes of dark pixels (connected components), which are found once, at half size on fine
scans, and whitened together. Lengths are millimetres on paper.

Punch holes and the other side shining through need no step, as Tesseract reads neither. Wrong letters of four rendered
pages, mild: as they are 0.25 %, with two holes in the margin 0.25 %, holes whitened 0.25 %, with the back at 15 % and
30 % of its ink 0.25 % and 0.32 %.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from restore.scan.scaling import shrunk
from restore.scan.skew import WHITE

Gray = NDArray[np.uint8]
Chosen = NDArray[np.bool_]

_MM_PER_INCH = 25.4
# Finer scans are looked at in half their size: shapes are found in a quarter of the time, none of them is lost.
_FINE_DPI = 250
DARK = WHITE // 2
# What belongs to the edge of the paper or the lid: touches the picture's edge, is long, and keeps near it.
EDGE_LENGTH = 0.1  # of the page's side
EDGE_DEPTH = 0.04
EDGE_INSIDE = 0.05  # of its pixels may lie deeper inside the page: the letters that it touches
# Dirt is as small as the dot of an i, roundish, and stands farther before any letter than the bullet of a list
# before its text, farther behind than a stop behind its word. Dots of a leader stand in a row.
SPECK_SIZE = 1.4
SPECK_ROUND = 0.6
SPECK_BEFORE, SPECK_BEHIND, SPECK_BESIDE = (
    8.0,
    4.0,
    2.0,
)  # millimetres to the left, to the right, above and below
ROW_GAP = 5.0
ROW_LENGTH = 7.0
# Fewer specks than these do not part a page's lines: a clean page is left as it is.
FEWEST_SPECKS = 12


@dataclass(frozen=True, slots=True)
class Shapes:
    """The dark shapes of a page, numbered from 1; 0 is the paper.

    Attributes:
        labels: [height, width] of the picture that they were found in.
        boxes: [shapes, 5] left, top, width, height, pixels.
        scale: size of that picture to the page's.
        dpi: its resolution.
    """

    labels: NDArray[np.int32]
    boxes: NDArray[np.int32]
    scale: float
    dpi: float

    @property
    def none(self) -> Chosen:
        """No shape chosen."""
        return np.zeros(len(self.boxes), bool)

    def millimetres(self, length: float) -> float:
        """A length on paper in pixels of ``labels``."""
        return length * self.dpi / _MM_PER_INCH


def find_shapes(gray: Gray, dpi: int) -> Shapes:
    """The dark shapes of a page."""
    scale = 0.5 if dpi >= _FINE_DPI else 1.0
    small = shrunk(gray, scale) if scale < 1 else gray
    _, dark = cv2.threshold(small, DARK - 1, 1, cv2.THRESH_BINARY_INV)
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    return Shapes(np.asarray(labels, np.int32), np.asarray(boxes, np.int32), scale, dpi * scale)


def edges(shapes: Shapes) -> Chosen:
    """The dark edges that a scanner leaves beside the paper."""
    height, width = shapes.labels.shape
    labels, chosen = shapes.labels, shapes.none
    x, y = max(round(EDGE_DEPTH * width), 1), max(round(EDGE_DEPTH * height), 1)
    rim = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    rim = rim[rim > 0]
    if not rim.size:
        return chosen
    long = (shapes.boxes[:, 2] >= EDGE_LENGTH * width) | (shapes.boxes[:, 3] >= EDGE_LENGTH * height)
    inside = np.bincount(labels[y : height - y, x : width - x].ravel(), minlength=len(chosen))
    near = inside <= EDGE_INSIDE * shapes.boxes[:, 4]
    chosen[rim] = (long & near)[rim]
    return chosen


def lonely_specks(shapes: Shapes) -> Chosen:
    """Dots of dirt far from all print, if there are many."""
    width, height = shapes.boxes[:, 2], shapes.boxes[:, 3]
    sized = np.maximum(width, height) <= max(shapes.millimetres(SPECK_SIZE), 1)
    small = sized & (np.minimum(width, height) >= SPECK_ROUND * np.maximum(width, height))
    small[0] = False
    if np.count_nonzero(small) < FEWEST_SPECKS:
        return shapes.none
    # Print is what is no speck, and what stands in a row of specks.
    specks = small[shapes.labels].astype(np.uint8)
    gap = max(round(shapes.millimetres(ROW_GAP)), 1)
    _, runs, sizes, _ = cv2.connectedComponentsWithStats(
        cv2.dilate(specks, np.ones((1, gap), np.uint8)), connectivity=8
    )
    row = sizes[:, 2] >= shapes.millimetres(ROW_LENGTH) + gap
    row[0] = False
    printed = ((shapes.labels > 0) & (specks == 0)) | row[runs]
    before, behind, beside = (
        max(round(shapes.millimetres(length)), 1) for length in (SPECK_BEFORE, SPECK_BEHIND, SPECK_BESIDE)
    )
    across = np.ones((1, behind + 1 + before), np.uint8)
    around = cv2.dilate(printed.astype(np.uint8), across, anchor=(behind, 0))
    around = cv2.dilate(around, np.ones((2 * beside + 1, 1), np.uint8))
    small[np.unique(shapes.labels[around > 0])] = False
    return small if np.count_nonzero(small) >= FEWEST_SPECKS else shapes.none


def whiten(gray: Gray, shapes: Shapes, chosen: Chosen) -> Gray:
    """The page with the chosen shapes and their blurred rims white."""
    mask = cv2.dilate(chosen[shapes.labels].astype(np.uint8), np.ones((5, 5), np.uint8))
    if shapes.scale < 1:
        mask = cv2.resize(mask, (gray.shape[1], gray.shape[0]), interpolation=cv2.INTER_NEAREST)
    cleared = gray.copy()
    cleared[mask > 0] = WHITE
    return cleared
