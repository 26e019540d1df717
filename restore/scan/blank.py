"""Is there anything on the paper? Judged by its ink alone, before a page is read.

An empty back side is not white: it has specks, a dark edge, punch holes, and the other side shows through. What is as
large as the smallest digit counts as ink, and how dark it is tells what becomes of the page:

    none     nothing but specks, edges and holes: a blank page, which need not be read
    faint    nothing darker than what shows through from the other side: strengthened and read, but noise is no text
    print    anything darker: read, and what is read stands
"""

from __future__ import annotations

from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from restore.scan.scaling import shrunk

Gray = NDArray[np.uint8]
Ink = Literal["none", "faint", "print"]

# Ink is looked for at this resolution: the strokes of 6-point print are 1 pixel there, and specks fade.
LOOKING_DPI = 100
MILLIMETRE = LOOKING_DPI / 25.4
# Digits of 8-point print are 1.9 mm high, small letters 1.3 mm; of faint print one stroke may be left.
LEAST_MARK = 1.2  # mm, the longer side; a speck of half a millimetre is blurred to 1
# Levels below the paper around it. Pencil and worn-out toner have 25 and more, what shows through 10 to 60, print 90 and more
# at this resolution; grain of the paper, which is measured, must be exceeded too.
FAINT = 8
DARK = 80
ABOVE_GRAIN = 6.0
# A punch hole is a full disc of 4 to 8 mm; a dark edge touches the picture's border.
HOLE = (3.0, 9.0)
HOLE_FULL = 0.7  # of its box; a disc has 0.785
HOLE_MARGIN = 25.0  # mm from a border
BORDER = 1.5  # mm: what an edge of the paper touches
EDGE_DEPTH = 15.0  # mm: and how far it reaches in, as a wedge on a leaning page
EDGE_LENGTH = 25.0  # mm
# More specks than this on a page are noise, which a median takes away; a dirty page has some hundreds.
MANY_SPECKS = 2000
SPECK_DPI = 200  # where a speck is one pixel, and a stroke two
DARKEST_PAPER = 0.6  # parts of the page's brightness: in the fold of a book
# Strengthening: the page is smoothed by so many inches, and its ink measured where it is darkest (percentile): what is paler
# than these parts of it becomes white, what is darker black.
SMOOTHING = 0.004
DARKEST_INK = 99.5
STAYS_WHITE, TURNS_BLACK = 0.35, 0.9
_REACH = 31  # pixels, 8 mm: the paper is seen on one side of anything


def ink_on(image: NDArray[np.uint8], dpi: int) -> Ink:
    """What is on a page.

    Args:
        image: gray, or blue-green-red, 8 bits, dark on light.
        dpi: its resolution.

    >>> paper = np.full((1169, 827), 250, np.uint8)
    >>> ink_on(paper, 100)
    'none'
    >>> _ = cv2.putText(paper, "2", (400, 60), cv2.FONT_HERSHEY_SIMPLEX, 0.5, 0)
    >>> ink_on(paper, 100)
    'print'
    """
    contrast = _contrast(image, dpi)
    labels, boxes = _marks(contrast)
    if len(boxes) > MANY_SPECKS:
        despeckled = np.asarray(cv2.medianBlur(shrunk(image, min(SPECK_DPI / dpi, 1.0)), 3), np.uint8)
        contrast = _contrast(despeckled, min(dpi, SPECK_DPI))
        labels, boxes = _marks(contrast)
    kept = _kept(labels, boxes)
    if not kept.any():
        return "none"
    return "print" if contrast[kept[labels]].max() >= DARK else "faint"


def _marks(contrast: Gray) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """What is darker than the paper and its grain: the number of a mark for each pixel, and the marks' boxes and areas."""
    grain = 1.4826 * float(np.median(np.abs(contrast - np.float32(np.median(contrast)))))
    marks = np.asarray(contrast > max(FAINT, ABOVE_GRAIN * grain), np.uint8)
    # The strokes of a faint letter lie apart.
    joined = cv2.morphologyEx(marks, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    return np.asarray(labels, np.int32), np.asarray(boxes, np.int32)


def _kept(labels: NDArray[np.int32], boxes: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which marks are ink of some size, and neither an edge nor a hole."""
    kept = np.maximum(boxes[:, 2], boxes[:, 3]) >= LEAST_MARK * MILLIMETRE
    kept &= ~_is_edge(labels, boxes) & ~_is_hole(boxes, labels.shape)
    kept[0] = False  # the paper
    return kept


def _contrast(image: NDArray[np.uint8], dpi: int) -> Gray:
    """By how many levels each place is darker than the paper around it, at the looking resolution."""
    small = shrunk(image, min(LOOKING_DPI / dpi, 1.0))
    gray = small if small.ndim == 2 else small.min(axis=2)  # coloured ink is dark in one channel at least
    paper = cv2.medianBlur(gray, _REACH)
    # What is wider than the reach is no paper either, where it is much darker than the page: a dark edge.
    brightest = float(np.percentile(gray[::4, ::4], 80))
    return np.asarray(cv2.subtract(np.maximum(paper, np.uint8(DARKEST_PAPER * brightest)), gray), np.uint8)


def _is_edge(labels: NDArray[np.int32], boxes: NDArray[np.int32]) -> NDArray[np.bool_]:
    """What is long, touches the border of the picture and keeps near it: also a frame all around."""
    height, width = labels.shape
    y, x = np.arange(height), np.arange(width)
    depth = np.minimum(np.minimum(y, height - 1 - y)[:, None], np.minimum(x, width - 1 - x)[None, :])
    marked = labels > 0
    nearest = np.full(len(boxes), max(height, width))
    deepest = np.zeros(len(boxes), np.int64)
    np.minimum.at(nearest, labels[marked], depth[marked])
    np.maximum.at(deepest, labels[marked], depth[marked])
    long = np.maximum(boxes[:, 2], boxes[:, 3]) >= EDGE_LENGTH * MILLIMETRE
    return long & (nearest <= BORDER * MILLIMETRE) & (deepest <= EDGE_DEPTH * MILLIMETRE)


def _is_hole(boxes: NDArray[np.int32], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    left, top, wide, high, area = (boxes[:, column] for column in range(5))
    small, large = np.minimum(wide, high) / MILLIMETRE, np.maximum(wide, high) / MILLIMETRE
    margin = HOLE_MARGIN * MILLIMETRE
    at_margin = (
        (left + wide < margin)
        | (left > shape[1] - margin)
        | (top + high < margin)
        | (top > shape[0] - margin)
    )
    return at_margin & (small >= HOLE[0]) & (large <= HOLE[1]) & (area >= HOLE_FULL * wide * high)


def strengthened(image: NDArray[np.uint8], dpi: int) -> Gray:
    """A page of faint ink with its darkest ink black and its paper white, so that it can be read.

    As it is, an engine reads nothing of it, or takes its grain for specks and needs minutes. Rendered lines of 13 to 45
    levels below a grainy paper: no word read as they are, all words strengthened, at 0.94 and more. What shows through
    beside them, paler and soft, stays pale.

    Args:
        image: gray, or blue-green-red, 8 bits; a page on which :func:`ink_on` found faint ink.
        dpi: its resolution.
    """
    gray = image if image.ndim == 2 else image.min(axis=2)
    gray = np.asarray(cv2.GaussianBlur(gray, (0, 0), SMOOTHING * dpi), np.uint8)
    small = cv2.medianBlur(shrunk(gray, min(LOOKING_DPI / dpi, 1.0)), _REACH)
    size = gray.shape[1], gray.shape[0]
    contrast = np.asarray(cv2.subtract(np.asarray(cv2.resize(small, size), np.uint8), gray), np.uint8)
    labels, boxes = _marks(_contrast(image, dpi))
    ink = cv2.resize(_kept(labels, boxes)[labels].astype(np.uint8), size, interpolation=cv2.INTER_NEAREST)
    levels = contrast[ink > 0]
    darkest = float(np.percentile(levels, DARKEST_INK)) if levels.size else 255.0
    shades = (np.arange(256) / max(darkest, 1.0) - STAYS_WHITE) / (TURNS_BLACK - STAYS_WHITE)
    return np.asarray(cv2.LUT(contrast, (255 * (1 - np.clip(shades, 0, 1))).astype(np.uint8)), np.uint8)
