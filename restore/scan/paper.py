"""The paper of a page: how bright and even it is, and dividing it away."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from restore.scan.scaling import shrunk
from restore.scan.skew import WHITE

Gray = NDArray[np.uint8]

# Paper darker than this, or uneven by this much between its parts, is evened out; so is ink as pale as this.
# Rendered pages: clean 255, 0, 20; mild 248, 1, 65; hard 207, 34, 100.
DARK_PAPER = 235
UNEVEN_PAPER = 20
PALE_INK = 110
INK_CONTRAST = 60  # levels below the paper: what is darker is ink
LIGHTEST_BLACK = 0.7  # parts of the paper's brightness
# The darkest and the brightest half of paper's grain, in its deviations below the middle, become black and white.
# Wrong letters of hard pages: white at the top of the grain 1.32 %, half a deviation below its middle 1.13 to 1.25 %,
# two below 1.4 %.
BLACK_PERCENTILE = 0.5
WHITE_BELOW_MIDDLE = 0.5
_DEVIATION = 1.4826  # of a normal distribution, in median absolute deviations


def background(gray: Gray, dpi: int) -> Gray:
    """The paper without the print: its brightness around each pixel.

    At a quarter of the size, print is closed by a dilation wider than its strokes and smoothed by a median.
    """
    small = shrunk(gray, 0.25)
    reach = _odd(dpi / 300 * 7)
    closed = cv2.dilate(small, np.ones((reach, reach), np.uint8))
    smooth = cv2.medianBlur(closed, _odd(dpi / 300 * 21))
    return np.asarray(cv2.resize(smooth, (gray.shape[1], gray.shape[0])), np.uint8)


def needs_even_paper(gray: Gray, paper: Gray) -> bool:
    """Whether the paper is dark or shaded, or the print pale."""
    low, middle, high = np.percentile(paper[::8, ::8], (5, 50, 95))
    sample = gray[::4, ::4]
    ink = sample[sample < middle - INK_CONTRAST]
    pale = ink.size > 0 and np.percentile(ink, 25) > PALE_INK
    return bool(middle < DARK_PAPER or high - low > UNEVEN_PAPER or pale)


def even_paper(gray: Gray, paper: Gray) -> Gray:
    """Divide by the background and stretch: paper becomes white, the darkest print black."""
    ratio = np.asarray(cv2.divide(gray, paper, scale=WHITE), np.uint8)
    sample = ratio[::4, ::4]
    middle = float(np.median(sample))
    grain = _DEVIATION * float(np.median(np.abs(sample - np.float32(middle))))
    # A page with hardly any print has no dark pixels to stretch by: paper itself must stay white.
    black = min(float(np.percentile(sample, BLACK_PERCENTILE)), LIGHTEST_BLACK * WHITE)
    white = max(middle - WHITE_BELOW_MIDDLE * grain, black + 1)
    levels = np.clip((np.arange(WHITE + 1) - black) / (white - black), 0, 1) * WHITE
    return np.asarray(cv2.LUT(ratio, levels.astype(np.uint8)), np.uint8)


def _odd(size: float) -> int:
    return max(int(size) // 2 * 2 + 1, 3)
