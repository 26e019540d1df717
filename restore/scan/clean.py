"""Cleaning a page image before it is read: pure steps, array in and array out, each only where it helps.

Red channel, median against salt and pepper only, division by the background with a stretch, clearing of the
edges, deskewing. The limits that decide whether a step is taken were set on pages rendered for the purpose
(14-point Tinos) and degraded: *mild* (0.4 to 0.7° of skew, blur, noise of 9 levels, contrast 200, JPEG 60) and
*hard* (1.1 to 1.9°, scanned at 200 dpi, noise of 17 levels, 1.2 % salt and pepper, specks, shading, contrast
135, JPEG 35). Wrong letters of hard pages, bare and cleaned: 60 % and 3 %; clean and mild ones are left alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from restore.page import ProcessingStep
from restore.scan.affine import IDENTITY, Affine

Gray = NDArray[np.uint8]

WHITE = 255
# Red of seals: this much more red than green and blue, on at least this share of the page.
SEAL_REDNESS = 60
SEAL_SHARE = 0.0005
# A page that leans less is not turned: Tesseract follows its lines, and resampling costs more letters than
# the lean. Wrong letters of 4,100 on rendered pages, left alone / turned: sharp 0.3° 1/7, 0.5° 4/6, 1.2° 3/8,
# 1.8° 3/6; soft 0.5° 1/3, 1.2° 1/3, 1.8° 4/3; hard (noisy, 1.3 to 1.9°) 3.1 % / 3.2 %.
LEAST_SKEW = 1.5
# Scanners and copiers lean by a degree or two; what is found beyond this is no skew of text lines.
MOST_SKEW = 5.0
# Noise of blank paper (see noise_level) in parts of the page's contrast.
# clean 0.000, mild 0.034, hard 0.105 to 0.163 (there 55 to 85 % of the letters are wrong without a median).
NOISY = 0.085
MEDIAN_SIZE_AT_300_DPI = 5  # 3 is not enough: 40 % of a hard page's letters are wrong, with 5 it is 6 %
# Paper darker than this, or uneven by this much between its parts, is evened out; so is ink as pale as this.
# Rendered pages: clean 255, 0, 20; mild 248, 1, 65; hard 207, 34, 100.
DARK_PAPER = 235
UNEVEN_PAPER = 20
PALE_INK = 110
INK_CONTRAST = 60  # levels below the paper: what is darker is ink
LIGHTEST_BLACK = 0.7  # parts of the paper's brightness
# What belongs to the edge of the paper or the lid: touches the picture's edge, is long, and keeps near it.
EDGE_LENGTH = 0.1
EDGE_DEPTH = 0.04
_PROFILE_WIDTH = 850  # pixels: an A4 page at about 100 dpi


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned page.

    Attributes:
        image: gray, of the page's size.
        steps: what was done, in order.
        transform: takes pixels of the page to pixels of the cleaned image; its inverse brings boxes back.
        lean: by how many degrees the lines of the cleaned image still rise to the right.
    """

    image: Gray
    steps: tuple[ProcessingStep, ...]
    transform: Affine
    lean: float


def clean(image: NDArray[np.uint8], dpi: int) -> Cleaned:
    """Clean a page image as far as it needs it.

    Args:
        image: gray, or blue-green-red, 8 bits.
        dpi: its resolution.
    """
    gray, steps = _single_channel(image)
    level = noise_level(gray)
    if level > NOISY:
        size = _odd(MEDIAN_SIZE_AT_300_DPI * dpi / 300)
        gray = remove_salt_and_pepper(gray, size)
        steps += (ProcessingStep("median", (("size", size), ("noise", round(level, 3)))),)
    paper = background(gray, dpi)
    if needs_even_paper(gray, paper):
        gray = even_paper(gray, paper)
        steps += (ProcessingStep("even-paper"),)
    gray, cleared = clear_edges(gray)
    if cleared:
        steps += (ProcessingStep("clear-edges", (("pixels", cleared),)),)
    transform = IDENTITY
    skew = estimate_skew(gray)
    if abs(skew) >= LEAST_SKEW:
        transform = Affine.rotation(-skew, gray.shape[1], gray.shape[0])
        gray = deskew(gray, skew)
        steps += (ProcessingStep("deskew", (("degrees", round(skew, 2)),)),)
        skew = 0.0
    return Cleaned(gray, steps, transform, skew)


def _single_channel(image: NDArray[np.uint8]) -> tuple[Gray, tuple[ProcessingStep, ...]]:
    if image.ndim == 2:
        return image, ()
    if has_red(image):
        return red_channel(image), (ProcessingStep("red-channel"),)
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8), (ProcessingStep("gray"),)


def has_red(image: NDArray[np.uint8]) -> bool:
    """Whether a colour page bears a seal, or anything else that is plainly red."""
    blue, green, red = (image[::2, ::2, channel].astype(np.int16) for channel in range(3))
    share = np.mean((red - green > SEAL_REDNESS) & (red - blue > SEAL_REDNESS))
    return bool(share >= SEAL_SHARE)


def red_channel(image: NDArray[np.uint8]) -> Gray:
    """The red channel as gray: a red seal fades into the paper, black print under it stays."""
    return np.ascontiguousarray(image[:, :, 2])


def noise_level(gray: Gray) -> float:
    """How much blank paper flickers, in parts of the page's contrast; 0 for a flawless page.

    The difference of the page and its median is taken in small tiles; where the quieter tiles, which are
    paper, flicker, the whole page does.
    """
    rest = gray.astype(np.float32) - cv2.medianBlur(gray, 5)
    tile = 32
    rows, columns = gray.shape[0] // tile, gray.shape[1] // tile
    if not rows or not columns:
        return 0.0
    tiles = rest[: rows * tile, : columns * tile].reshape(rows, tile, columns, tile)
    flicker = float(np.percentile(tiles.std(axis=(1, 3)), 40))
    ink, paper = np.percentile(gray[::4, ::4], (2, 80))
    return flicker / max(float(paper - ink), 50.0)


def remove_salt_and_pepper(gray: Gray, size: int) -> Gray:
    """Each pixel becomes the median of its neighbourhood (an odd size): specks go, strokes stay."""
    return np.asarray(cv2.medianBlur(gray, size), np.uint8)


def background(gray: Gray, dpi: int) -> Gray:
    """The paper without the print: its brightness around each pixel.

    At a quarter of the size, print is closed by a dilation wider than its strokes and smoothed by a median.
    """
    small = _shrunk(gray, 0.25)
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
    ratio = gray.astype(np.float32) / np.maximum(paper, 1)
    # A page with hardly any print has no dark pixels to stretch by: paper itself must stay white.
    darkest = min(float(np.percentile(ratio[::4, ::4], 0.5)), LIGHTEST_BLACK)
    stretched = (ratio - darkest) / (1.0 - darkest)
    return (np.clip(stretched, 0, 1) * WHITE).astype(np.uint8)


def clear_edges(gray: Gray) -> tuple[Gray, int]:
    """Whiten the dark edges that a scanner leaves beside the paper; also how many pixels were whitened."""
    height, width = gray.shape
    dark = np.asarray(gray < WHITE // 2, np.uint8)
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    rim = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    margin_x, margin_y = EDGE_DEPTH * width, EDGE_DEPTH * height
    edges = np.zeros(count, bool)
    for label in rim[rim > 0]:
        left, top, wide, high, _ = (int(value) for value in boxes[label])
        upright = high >= EDGE_LENGTH * height and (left + wide <= margin_x or left >= width - margin_x)
        level = wide >= EDGE_LENGTH * width and (top + high <= margin_y or top >= height - margin_y)
        edges[label] = upright or level
    if not edges.any():
        return gray, 0
    mask = np.asarray(cv2.dilate(edges[labels].astype(np.uint8), np.ones((5, 5), np.uint8)), bool)
    cleared = gray.copy()
    cleared[mask] = WHITE
    return cleared, int(mask.sum())


def estimate_skew(gray: Gray) -> float:
    """By how many degrees the lines of print rise to the right (counter-clockwise); 0.0 where there are none.

    The angle at which the rows' ink changes most sharply from row to row: along the lines, gaps and lines are
    apart. First in steps of half a degree, then of a twentieth.
    """
    scale = min(_PROFILE_WIDTH / gray.shape[1], 1.0)
    small = _shrunk(gray, scale)
    threshold, dark = cv2.threshold(small, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    ink: Gray = np.asarray(dark, np.uint8)
    share = float(ink.mean())
    if not 0.002 < share < 0.4 or threshold < 10:
        return 0.0
    coarse = max(np.arange(-MOST_SKEW, MOST_SKEW + 0.1, 0.5), key=lambda angle: _sharpness(ink, angle))
    fine = max(np.arange(coarse - 0.5, coarse + 0.51, 0.05), key=lambda angle: _sharpness(ink, angle))
    # Noise and pictures have no sharpest angle worth turning for.
    return float(fine) if _sharpness(ink, fine) > 1.05 * _sharpness(ink, 0.0) else 0.0


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


def _sharpness(ink: Gray, degrees: float) -> float:
    height, width = ink.shape
    matrix = Affine.rotation(-degrees, width, height).matrix
    turned = cv2.warpAffine(ink, matrix, (width, height), flags=cv2.INTER_NEAREST)
    rows = turned.sum(axis=1, dtype=np.int64)
    return float(np.square(np.diff(rows)).sum())


def _shrunk(gray: Gray, scale: float) -> Gray:
    size = max(round(gray.shape[1] * scale), 1), max(round(gray.shape[0] * scale), 1)
    return np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), np.uint8)


def _odd(size: float) -> int:
    return max(int(size) // 2 * 2 + 1, 3)
