"""What a first reading left out: print that Tesseract took for a picture or a speck, shown to it alone.

Page numbers, a short line between longer ones and the signer's name under a seal are lost that way. Once what was read
is whitened, and what cannot be letters with it, they stand alone and are read line by line. (The page that is left,
read as a whole in search of sparse text, costs three times as much and loses lone digits.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from restore.page import BBox, Page, Word
from restore.scan.seals import Seal, inside

Gray = NDArray[np.uint8]

# Lengths are in units: the median height of the words that were read (about 45 pixels at 300 dpi).
LETTER_HEIGHT = (0.4, 1.6)
LETTER_WIDTH = 2.0
MARK_HEIGHT = 0.12  # anything lower is dust
# Marks belong to the letters that they stand this near to; letters this near to each other are one line.
MARK_REACH = 0.35
SAME_LINE_GAP = 1.2
SAME_LINE_OVERLAP = 0.4  # of the lower letter's height
# A seal's rim: a large, roundish outline. What stands inside belongs to the seal, not to the text.
SEAL_SIZE = 4.0
SEAL_ROUNDNESS = 0.7
# More letter-like shapes than these, and than letters that were read, are specks: print that a reading leaves out
# was 1 to 51 shapes on 28 pages, and never more than 5 % of what was read; specked paper has thousands.
MOST_LETTERS = 300
MOST_LINES = 40  # the longest of them: a photocopied seal and a signature leave up to 23 pieces
# Seals, paraphs and ornaments read as letters stay mostly below this; print is above it. Of one letter alone they are
# up to 0.92, page numbers 0.96.
SURE = 0.7
SURE_OF_ONE = 0.93
# What is left of a word that was read, reaching out of its box, is no word of its own.
SEEN = 0.1
_DARK = 128
_AROUND = 3  # pixels whitened around a word


@dataclass(frozen=True, slots=True)
class Remainder:
    """The page with nothing on it but letter-like shapes that no word covers, and the boxes of their lines."""

    image: Gray
    lines: tuple[BBox, ...]


def unread(image: Gray, page: Page, seals: Sequence[Seal] = ()) -> Remainder | None:
    """What may be print that no word covers; None where there is nothing.

    None also where there is so much that it can only be dirt.

    Args:
        image: gray, cleaned.
        page: what was read on it.
        seals: on the page: what stands in them is not of its text.
    """
    words = list(page.words)
    if not words:
        return None
    unit = float(median(word.bbox.height for word in words))
    rest = image.copy()
    for word in words:
        box = word.bbox
        rest[
            max(box.top - _AROUND, 0) : box.bottom + _AROUND, max(box.left - _AROUND, 0) : box.right + _AROUND
        ] = 255
    dark = np.asarray(rest < _DARK, np.uint8)
    _, labels, found, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    boxes = np.asarray(found, np.int32)
    width, height = boxes[:, 2] / unit, boxes[:, 3] / unit
    letters = (height > LETTER_HEIGHT[0]) & (height < LETTER_HEIGHT[1]) & (width < LETTER_WIDTH)
    marks = (height > MARK_HEIGHT) & (height <= LETTER_HEIGHT[0]) & (width < LETTER_WIDTH)
    keep = (letters | marks) & ~_inside_seals(boxes, unit)
    keep[0] = False  # the paper
    read = sum(len(word.text) for word in words)
    if not 0 < np.count_nonzero(keep & letters) <= max(MOST_LETTERS, read):
        return None
    shown = cv2.dilate(keep[labels].astype(np.uint8), np.ones((5, 5), np.uint8))
    alone = np.where(shown.astype(bool), rest, 255).astype(np.uint8)
    lines = [
        line
        for line in _lines([_box(row) for row in boxes[keep & letters]], unit)
        if not any(inside(line, seal, 1.0) for seal in seals)
    ]
    longest = sorted(lines, key=lambda box: -box.width)[:MOST_LINES]
    return Remainder(alone, tuple(box for box in lines if box in longest)) if lines else None


def _box(row: NDArray[np.int32]) -> BBox:
    left, top, width, height = (int(value) for value in row[:4])
    return BBox(left, top, left + width, top + height)


def _lines(letters: Sequence[BBox], unit: float) -> Iterator[BBox]:
    """The boxes of letters that stand on one line near each other, with room for their marks."""
    groups: list[list[BBox]] = []
    for letter in sorted(letters, key=lambda box: (box.left, box.top)):
        for group in groups:
            last = group[-1]
            overlap = min(last.bottom, letter.bottom) - max(last.top, letter.top)
            near = letter.left - max(box.right for box in group) < SAME_LINE_GAP * unit
            if near and overlap > SAME_LINE_OVERLAP * min(last.height, letter.height):
                group.append(letter)
                break
        else:
            groups.append([letter])
    reach = round(MARK_REACH * unit)
    for box in sorted(map(BBox.union, groups), key=lambda box: (box.top, box.left)):
        yield BBox(max(box.left - reach, 0), max(box.top - reach, 0), box.right + reach, box.bottom + reach)


def _inside_seals(boxes: NDArray[np.int32], unit: float) -> NDArray[np.bool_]:
    left, top, width, height = (boxes[:, column] for column in range(4))
    large = (np.minimum(width, height) > SEAL_SIZE * unit) & (
        np.minimum(width, height) > SEAL_ROUNDNESS * np.maximum(width, height)
    )
    large[0] = False
    within = np.zeros(len(boxes), bool)
    for seal in np.flatnonzero(large):
        within |= (
            (left >= left[seal])
            & (top >= top[seal])
            & (left + width <= left[seal] + width[seal])
            & (top + height <= top[seal] + height[seal])
        )
    return within


def is_print(word: Word, page: Page, unit: float) -> bool:
    """Whether a word of the second reading is to be believed: sure, as high as print, and new."""
    fits = 0.4 * unit <= word.bbox.height <= LETTER_HEIGHT[1] * unit
    sure = word.confidence >= (SURE if len(word.text) > 1 else SURE_OF_ONE)
    written = any(map(str.isalnum, word.text))
    return (
        fits and sure and written and not any(overlap(word.bbox, other.bbox) > SEEN for other in page.words)
    )


def overlap(a: BBox, b: BBox) -> float:
    """What share of a box another one covers.

    >>> overlap(BBox(0, 0, 10, 10), BBox(5, 0, 20, 10))
    0.5
    """
    width = min(a.right, b.right) - max(a.left, b.left)
    height = min(a.bottom, b.bottom) - max(a.top, b.top)
    return max(width, 0) * max(height, 0) / max(a.width * a.height, 1)
