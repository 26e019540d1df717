"""Pictures made smaller, at little cost."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray


def shrunk(image: NDArray[np.uint8], scale: float) -> NDArray[np.uint8]:
    """The picture, gray or in colour, at this share of its size, each pixel the mean of those it stands for.

    First by a whole number, which OpenCV does in a fifth of the time, then by the rest.

    >>> shrunk(np.full((101, 50), 9, np.uint8), 0.3).shape
    (30, 15)
    """
    height, width = image.shape[:2]
    wanted = max(round(width * scale), 1), max(round(height * scale), 1)
    whole = int(min(width / wanted[0], height / wanted[1]) + 0.02)
    if whole > 1:
        down, across = -height % whole, -width % whole
        if down or across:
            image = np.asarray(cv2.copyMakeBorder(image, 0, down, 0, across, cv2.BORDER_REPLICATE), np.uint8)
        size = image.shape[1] // whole, image.shape[0] // whole
        image = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
    if (image.shape[1], image.shape[0]) != wanted:
        image = np.asarray(cv2.resize(image, wanted, interpolation=cv2.INTER_AREA), np.uint8)
    return image
