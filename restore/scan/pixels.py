"""Pixels of every depth as gray or blue-green-red of 8 bits, dark on light."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from restore.scan.scaling import shrunk

# A page is a negative (microfilm, an inverted fax) if its ground is darker than this, and what is light on it, by so much
# more, is thin: a scanner's open lid is as dark, but the paper on it is one light sheet.
DARK_GROUND = 100
LIGHT_PRINT = 60
NEGATIVE_SIDE = 1200  # pixels to which the longer side is shrunk: 100 dpi of an A4 page
THIN = 7  # pixels there, 1.8 mm: wider than the strokes of any heading
THIN_SHARE = 0.85  # rendered negatives 0.99 to 1, a sheet on an open lid 0.02


def gray_if_colourless(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Gray where the three channels say the same; else three channels. It may be a view of ``image``.

    >>> gray_if_colourless(np.full((2, 3, 3), 7, np.uint8)).shape
    (2, 3)
    """
    if image.ndim == 2:
        return image
    if image.shape[2] == 1:
        return image[:, :, 0]
    blue, green, red = image[:, :, 0], image[:, :, 1], image[:, :, 2]
    if np.array_equal(blue, green) and np.array_equal(green, red):
        return red
    return image[:, :, :3]


def eight_bits(deep: NDArray[np.generic]) -> NDArray[np.uint8]:
    """Gray of 8 bits from whole numbers of more, or from floating point.

    The highest bit that is in use becomes the highest of the eight: scanners put 10 or 12 bits in 16. Floating point is
    taken for 0 to 1 if nothing is above 1; what is no number is paper.

    >>> eight_bits(np.array([[0, 65535, 32768]], np.uint16)), eight_bits(np.array([[0, 4095]], np.uint16))
    (array([[  0, 255, 128]], dtype=uint8), array([[  0, 255]], dtype=uint8))
    >>> eight_bits(np.array([[0.0, 1.0, np.nan]]))
    array([[  0, 255, 255]], dtype=uint8)
    """
    if np.issubdtype(deep.dtype, np.floating):
        known = np.nan_to_num(deep.astype(np.float32), nan=np.inf, neginf=0.0)
        finite = known[np.isfinite(known)]
        highest = max(float(finite.max(initial=1.0)), 1.0)
        if highest > 1:
            highest = float(2 ** np.ceil(np.log2(highest + 1)) - 1)
        return np.asarray(np.clip(known / highest, 0, 1) * 255, np.uint8)
    if np.issubdtype(deep.dtype, np.signedinteger) and deep.min(initial=0) < 0:
        deep = deep.view(np.dtype(f"u{deep.dtype.itemsize}"))  # Pillow has no unsigned mode of 32 bits
    depth = int(deep.max(initial=0)).bit_length()
    return np.right_shift(deep.astype(np.uint32), max(depth - 8, 0)).astype(np.uint8)


def is_negative(image: NDArray[np.uint8]) -> bool:
    """Whether the whole page is light print on a dark ground.

    >>> page = np.zeros((400, 300), np.uint8)
    >>> page[100:103, 50:250] = 255
    >>> is_negative(page), is_negative(255 - page), is_negative(np.zeros((400, 300), np.uint8))
    (True, False, False)
    """
    small = shrunk(image, min(NEGATIVE_SIDE / max(image.shape[:2]), 1.0))
    gray = small if small.ndim == 2 else small.min(axis=2)
    ground = float(np.median(gray))
    if ground >= DARK_GROUND:
        return False
    light = np.asarray(gray > ground + LIGHT_PRINT, np.uint8)
    # Beyond the picture there is more of the same sheet, not dark ground.
    wide = cv2.morphologyEx(
        light, cv2.MORPH_OPEN, np.ones((THIN, THIN), np.uint8), borderType=cv2.BORDER_REPLICATE
    )
    total = int(np.count_nonzero(light))
    return bool(total > 0 and np.count_nonzero(wide) < (1 - THIN_SHARE) * total)
