"""What a first reading left out: print that Tesseract took for a picture or a speck, shown to it alone.

Page numbers, a short line between longer ones and the signer's name under a seal are lost that way. Once what
was read is whitened, and what cannot be letters with it, they stand alone and are read.
"""

from __future__ import annotations

from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from restore.page import Page, Word

# Lengths are in units: the median height of the words that were read (about 45 pixels at 300 dpi).
LETTER_HEIGHT = (0.4, 1.6)
LETTER_WIDTH = 2.0
MARK_HEIGHT = 0.12  # anything lower is dust
# A seal's rim: a large, roundish outline. What stands inside belongs to the seal, not to the text.
SEAL_SIZE = 4.0
SEAL_ROUNDNESS = 0.7
# Fewer letter-like shapes than a short number are not worth a second reading.
FEWEST_LETTERS = 1
# More letter-like shapes than these, and than letters that were read, are specks: print that a reading leaves out
# was 1 to 51 shapes on 28 pages, and never more than 5 % of what was read; specked paper has thousands.
MOST_LETTERS = 300
# Seals, paraphs and ornaments read as letters stay mostly below this; print is above it.
SURE = 0.7
# What is left of a word that was read, reaching out of its box, is no word of its own.
SEEN = 0.1
_DARK = 128
_AROUND = 3  # pixels whitened around a word


def unread(image: NDArray[np.uint8], page: Page) -> NDArray[np.uint8] | None:
    """The page with nothing on it but letter-like shapes that no word covers; None if there are none.

    None also where they are so many that they can only be dirt, which Tesseract takes minutes for.

    Args:
        image: gray, cleaned.
        page: what was read on it.
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
    if not FEWEST_LETTERS <= np.count_nonzero(keep & letters) <= max(MOST_LETTERS, read):
        return None
    shown = cv2.dilate(keep[labels].astype(np.uint8), np.ones((5, 5), np.uint8))
    return np.where(shown.astype(bool), rest, 255).astype(np.uint8)


def _inside_seals(boxes: NDArray[np.int32], unit: float) -> NDArray[np.bool_]:
    left, top, width, height = (boxes[:, column] for column in range(4))
    large = (np.minimum(width, height) > SEAL_SIZE * unit) & (
        np.minimum(width, height) > SEAL_ROUNDNESS * np.maximum(width, height)
    )
    large[0] = False
    inside = np.zeros(len(boxes), bool)
    for seal in np.flatnonzero(large):
        inside |= (
            (left >= left[seal])
            & (top >= top[seal])
            & (left + width <= left[seal] + width[seal])
            & (top + height <= top[seal] + height[seal])
        )
    return inside


def is_print(word: Word, page: Page, unit: float) -> bool:
    """Whether a word of the second reading is to be believed: sure, as high as print, and new."""
    fits = 0.4 * unit <= word.bbox.height <= LETTER_HEIGHT[1] * unit
    sure = word.confidence >= SURE and any(map(str.isalnum, word.text))
    return fits and sure and not any(_overlap(word, other) > SEEN for other in page.words)


def _overlap(word: Word, other: Word) -> float:
    """What share of the word's box the other one covers."""
    a, b = word.bbox, other.bbox
    width = min(a.right, b.right) - max(a.left, b.left)
    height = min(a.bottom, b.bottom) - max(a.top, b.top)
    return max(width, 0) * max(height, 0) / max(a.width * a.height, 1)
