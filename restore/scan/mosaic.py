"""Cells of a table shown to an engine one below the other, and its words brought back to their places.

An engine that sees a whole table takes a column of single digits for a line that runs down the page, and
reads across borders. In a column of their own the cells are plain lines of text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from restore.page import BBox, Line, Page, Word

Gray = NDArray[np.uint8]

# Lengths are in parts of the height of 14-point print with its marks, 0.15 inches.
PRINT = 0.15
LETTER = 0.3  # lower and narrower shapes alone are dust
GAP = 0.3  # white above and below a cell
BLANK = 0.1  # white between the guide and a cell, whose picture has some of its own
SHORT = 3.5  # what is narrower has no size of its own, if it is no higher than one line
LONG = 12.0
ONE_LINE = 2.2
INSIDE = 0.12  # of a cell's side that its border may take
_DARK = 140
TALLEST = 30_000  # pixels: Tesseract refuses pictures of more than 32,767


@dataclass(frozen=True, slots=True)
class Print:
    """The print in a box of the page: the box around it, and where most of its letters stand."""

    box: BBox
    baseline: int


@dataclass(frozen=True, slots=True)
class Tile:
    """What was cut out of a page at ``source``, and the left and top of where the mosaic shows it."""

    source: BBox
    left: int
    top: int


@dataclass(frozen=True, slots=True)
class Mosaic:
    """A picture of tiles one below the other."""

    image: Gray
    tiles: tuple[Tile, ...]


def mosaics(gray: Gray, boxes: Iterable[BBox], dpi: int) -> tuple[Mosaic, ...]:
    """Pictures of the print in boxes of a page, as few as hold it.

    What is too short to tell its own size, a lone digit, is shown beside a longer piece of print, the
    *guide*, which says how large letters are and where they stand.

    Args:
        gray: the page, its rules taken out.
        boxes: of the cells.
        dpi: resolution of the page.
    """
    unit = PRINT * dpi
    found = [piece for box in boxes if (piece := print_in(gray, box, unit))]
    guide = _guide(found, unit)
    paper = int(np.median(gray[::8, ::8]))
    done = []
    while found:
        bottom = round(GAP * unit)
        count = 0
        while count < len(found) and (not count or bottom + found[count].box.height < TALLEST):
            bottom += found[count].box.height + round(2 * GAP * unit)
            count += 1
        done.append(_drawn(gray, found[:count], guide, paper, unit))
        found = found[count:]
    return tuple(done)


def _guide(found: Sequence[Print], unit: float) -> Print | None:
    """The shortest piece of print that is long enough to tell the size of its letters."""
    long = [
        piece
        for piece in found
        if not _is_short(piece, unit) and piece.box.height < ONE_LINE * unit and piece.box.width < LONG * unit
    ]
    return min(long, key=lambda piece: piece.box.width, default=None)


def _is_short(piece: Print, unit: float) -> bool:
    return piece.box.width < SHORT * unit and piece.box.height < ONE_LINE * unit


def _drawn(gray: Gray, pieces: Sequence[Print], guide: Print | None, paper: int, unit: float) -> Mosaic:
    gap = round(GAP * unit)
    beside = 0 if guide is None else guide.box.width + round(BLANK * unit)
    width = max(piece.box.width for piece in pieces) + beside + 2 * gap
    height = sum(piece.box.height + 2 * gap for piece in pieces) + gap
    image = np.full((height, width), paper, np.uint8)
    tiles = []
    top = gap
    for piece in pieces:
        left = gap
        if guide is not None and _is_short(piece, unit):
            left += beside
            above = piece.baseline - piece.box.top - (guide.baseline - guide.box.top)
            _paste(image, gray, guide.box, gap, top + above)
        _paste(image, gray, piece.box, left, top)
        tiles.append(Tile(piece.box, left, top))
        top += piece.box.height + 2 * gap
    return Mosaic(image, tuple(tiles))


def _paste(image: Gray, gray: Gray, box: BBox, left: int, top: int) -> None:
    """Show a piece of the page on the picture, darker pixels before lighter ones."""
    piece = gray[max(box.top, box.top - top) : box.bottom, box.left : box.right]
    place = image[max(top, 0) : max(top, 0) + piece.shape[0], left : left + piece.shape[1]]
    np.minimum(place, piece[: place.shape[0]], out=place)


def print_in(gray: Gray, box: BBox, unit: float) -> Print | None:
    """The print inside a cell, None where the cell is empty.

    Args:
        gray: the page, its rules taken out.
        box: the cell, its border included.
        unit: the height of print in pixels.
    """
    edge = round(INSIDE * unit)
    left, top = max(box.left + edge, 0), max(box.top + edge, 0)
    inside = gray[top : max(box.bottom - edge, 0), left : max(box.right - edge, 0)]
    if not inside.size:
        return None
    dark = np.asarray(inside < _DARK, np.uint8)
    count, _, found, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    shapes = np.asarray(found[1:count])
    shapes = shapes[np.maximum(shapes[:, 2], shapes[:, 3]) > LETTER * unit]
    if not len(shapes):
        return None
    pad = round(LETTER * unit)  # for marks and points, which are smaller than letters
    low = shapes[:, :2].min(axis=0) - pad
    high = (shapes[:, :2] + shapes[:, 2:4]).max(axis=0) + pad
    around = BBox(
        left + max(int(low[0]), 0),
        top + max(int(low[1]), 0),
        left + min(int(high[0]), inside.shape[1]),
        top + min(int(high[1]), inside.shape[0]),
    )
    return Print(around, top + int(np.median(shapes[:, 1] + shapes[:, 3])))


def back_on_page(read: Page, mosaic: Mosaic) -> tuple[Line, ...]:
    """The lines that were read on a mosaic, where their words stand on the page.

    A word belongs to the tile that its middle is on; words between two tiles are dust.
    """
    lines = []
    for line in (line for block in read.blocks for line in block.lines):
        for tile in mosaic.tiles:
            words = tuple(_moved(word, tile) for word in line.words if _is_on(word, tile))
            if words:
                lines.append(Line(words))
    return tuple(lines)


def _is_on(word: Word, tile: Tile) -> bool:
    x, y = (word.bbox.left + word.bbox.right) / 2, (word.bbox.top + word.bbox.bottom) / 2
    inside = tile.left <= x < tile.left + tile.source.width
    return inside and tile.top <= y < tile.top + tile.source.height


def _moved(word: Word, tile: Tile) -> Word:
    across, down = tile.source.left - tile.left, tile.source.top - tile.top
    box = word.bbox
    moved = BBox(box.left + across, box.top + down, box.right + across, box.bottom + down)
    return replace(word, bbox=moved)
