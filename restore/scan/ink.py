"""Ink of seals and signatures, told from print by its colour, found and taken out.

A stamp does not cover what it lies on: both darken the paper, each by its own optical density in each colour
(Beer and Lambert). Red ink hardly darkens red; by how much, against the other two colours, is measured on the stamp
itself. So the density of the black print below follows for each pixel, and the stamp fades without a trace.

Wrong letters of three pages of print with six seals on each, degraded as *mild*: in grey 43 to 50 %, in the red channel
0.52 % (seal of bright red) and 1.36 % (dark red), by densities 0.37 % and 0.34 %; 0.20 % without seals. With six signatures
in blue as well: in the red channel 9.1 %, by densities 1.0 %.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from restore.page import BBox, ProcessingStep, Region, RegionKind
from restore.scan.scaling import shrunk

Gray = NDArray[np.uint8]
Colour = NDArray[np.uint8]

_MM_PER_INCH = 25.4
LOOK_DPI = 100  # at which ink is looked for
# Levels by which the ink's own colour is brighter than the others. At 100 dpi a stroke is mixed with its paper.
RED, BLUE = 2, 0  # channels of a blue-green-red picture
COLOURED = 35
# Where more of the page than seals take, and more of what is dark than this, is coloured, the page is printed in colour.
SEALS_SHARE = 0.03
MOST_INK = 0.7
DARKER = 50  # levels below the paper: print or ink
STRONGLY_COLOURED = 60  # where the ink's own density is measured
# Lengths in millimetres. Strokes of one stamp or one signature lie this close together.
TOGETHER = 2.5
# Round seals have 25 to 42 mm across (Circular 21/2012/TT-BCA). On 18 scans 0.82 to 1.0 of a seal's rim was found inked,
# of the best circle in other red ink 0.34 to 0.76.
SEAL_RADIUS = (12.0, 22.0)
RIM_SEEN = 0.78
RIM_VISIBLE = 0.25  # on the page, where a seal lies over its edge
# Ink lower than this is a line of print or of a pen, which is read; so is red print in a line and a name in stamped letters.
PRINT_HEIGHT = 12.0
PRINT_LENGTH = 2.0  # in heights
LONG_STROKE = 7.0  # high: letters of print are lower
SEAL_HEIGHT = 8.0  # a slice of a seal over the edges of several pages
SIGNATURE_SIZE = (15.0, 8.0)
HANDWRITING_HEIGHT = (2.5, 12.0)
HANDWRITING_LENGTH = 60.0  # what is longer is a line printed in blue
# Ink soaks, and JPEG blurs colours more than shapes: this far around it the page is unmixed, too.
AROUND = 1.5
# JPEG keeps colours at half the size: along the ink's edges a ghost of it is left. Print is denser (1 is a third of the
# light), and its own pale edges lie beside it.
GHOST = 0.15
PRINT = 0.6
NEAR_PRINT = 5  # pixels
_STRIP = 512  # rows that are unmixed at a time
_FEWEST = 30  # pixels of ink at 100 dpi, a stroke of 4 mm


@dataclass(frozen=True, slots=True)
class Separated:
    """A colour page parted into print and ink.

    Attributes:
        gray: the page without seals and signatures.
        regions: where they are, and handwriting, which stays in ``gray``; boxes in pixels of the page.
        step: what was done.
    """

    gray: Gray
    regions: tuple[Region, ...]
    step: ProcessingStep


@dataclass(frozen=True, slots=True)
class _Ink:
    """A patch of ink: its box in pixels of the small picture, its kind, its colour, and whether it is taken out."""

    box: BBox
    kind: RegionKind | None
    channel: int
    taken_out: bool


def separate(image: Colour, dpi: int) -> Separated:
    """Part a page's print from the ink of seals and signatures.

    Args:
        image: blue-green-red, 8 bits.
        dpi: its resolution.
    """
    scale = min(LOOK_DPI / dpi, 1.0)
    small = shrunk(image, scale)
    millimetre = dpi * scale / _MM_PER_INCH
    plain = as_gray(image)
    gray = plain.gray
    regions: list[Region] = []
    patches = 0
    for channel in (RED, BLUE):
        coloured = _ink_of(small, channel)
        if coloured is None:
            continue
        inks = list(_inks(coloured, channel, millimetre))
        _take_out(gray, image, coloured, inks, channel, millimetre)
        patches += sum(ink.taken_out for ink in inks)
        regions += (Region(ink.kind, _scaled(ink.box, 1 / scale, image)) for ink in inks if ink.kind)
    step = ProcessingStep("take-out-ink", (("patches", patches),)) if patches else plain.step
    return Separated(gray, tuple(regions), step)


def as_gray(image: Colour) -> Separated:
    """The page in grey as the eye sees it, nothing taken out."""
    return Separated(
        np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8), (), ProcessingStep("gray")
    )


def _ink_of(small: Colour, channel: int) -> Gray | None:
    """1 where there is ink of a colour; None where there is none, or where the page itself is printed in it."""
    more = _coloured(small, channel)
    tint = int(np.median(more[::4, ::4]))  # paper has a colour, too
    ink = np.asarray(cv2.threshold(more, COLOURED + tint, 1, cv2.THRESH_BINARY)[1], np.uint8)
    inked = cv2.countNonZero(ink)
    if inked < _FEWEST:
        return None
    darkest = np.asarray(cv2.min(cv2.min(small[:, :, 0], small[:, :, 1]), small[:, :, 2]), np.uint8)
    dark = cv2.threshold(darkest, int(np.median(darkest[::4, ::4])) - DARKER, 1, cv2.THRESH_BINARY_INV)[1]
    printed = inked > SEALS_SHARE * ink.size and inked > MOST_INK * cv2.countNonZero(dark)
    return None if printed else ink


def _coloured(image: Colour, channel: int) -> Gray:
    """By how many levels a channel is brighter than the others; for blue than red alone, as most blue inks are violet."""
    blue, green, red = (image[..., number] for number in range(3))
    if channel == BLUE:
        return np.asarray(cv2.subtract(blue, red), np.uint8)
    return np.asarray(cv2.subtract(red, cv2.max(blue, green)), np.uint8)


def _inks(coloured: Gray, channel: int, millimetre: float) -> Iterator[_Ink]:
    """The patches of ink of one colour: round seals first, then what is left."""
    rest = coloured.copy()
    for box in sorted(_patches(coloured, millimetre), key=lambda box: -box.width * box.height):
        large = max(box.width, box.height) >= SEAL_RADIUS[0] * millimetre
        if not large or np.count_nonzero(_cut(rest, box)) < _FEWEST:
            continue
        circle = find_seal(rest, box, millimetre)
        if circle is not None:
            x, y, radius = circle
            cv2.circle(rest, (x, y), round(radius + 1.5 * millimetre), 0, -1)
            yield _Ink(_disc(x, y, radius, coloured), "seal", channel, True)
    for box in _patches(rest, millimetre):
        width, height = box.width / millimetre, box.height / millimetre
        stroke = _longest_stroke(_cut(rest, box)) / millimetre
        if channel == RED:
            yield _of_red(box, width, height, stroke)
        else:
            yield _of_blue(box, width, height, stroke)


def _of_red(box: BBox, width: float, height: float, stroke: float) -> _Ink:
    line = height < SEAL_HEIGHT or (height < PRINT_HEIGHT and width > PRINT_LENGTH * height)
    paragraph = width > 2 * SEAL_RADIUS[1] and stroke < LONG_STROKE
    is_print = line or paragraph
    return _Ink(box, None if is_print else "seal", RED, not is_print)


def _of_blue(box: BBox, width: float, height: float, stroke: float) -> _Ink:
    if width >= SIGNATURE_SIZE[0] and height >= SIGNATURE_SIZE[1] and stroke >= LONG_STROKE:
        return _Ink(box, "signature", BLUE, True)
    low, high = HANDWRITING_HEIGHT
    written = low <= height <= high and width <= HANDWRITING_LENGTH
    return _Ink(box, "handwriting" if written else None, BLUE, False)


def _longest_stroke(ink: Gray) -> int:
    """The greatest height of a shape: letters are low, and so are the rules below them."""
    _, _, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    return int(boxes[1:, 3].max(initial=0))


def _patches(coloured: Gray, millimetre: float) -> Iterator[BBox]:
    """The boxes of what lies close together."""
    reach = max(round(TOGETHER * millimetre), 1)
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(
        cv2.dilate(coloured, np.ones((reach, reach), np.uint8)), connectivity=8
    )
    ink = np.bincount(labels[coloured > 0], minlength=count)
    for label in np.flatnonzero(ink >= _FEWEST).tolist():
        box = BBox(*boxes[label, :2].tolist(), *(boxes[label, :2] + boxes[label, 2:4]).tolist())
        own = (_cut(labels, box) == label) & (_cut(coloured, box) > 0)
        columns, rows = np.flatnonzero(own.any(axis=0)), np.flatnonzero(own.any(axis=1))
        yield BBox(
            box.left + int(columns[0]),
            box.top + int(rows[0]),
            box.left + int(columns[-1]) + 1,
            box.top + int(rows[-1]) + 1,
        )


def find_seal(ink: Gray, box: BBox, millimetre: float) -> tuple[int, int, float] | None:
    """The circle in or around a patch of ink, whose visible rim is inked almost all around: middle and radius.

    Each circle of a radius that seals have is laid over each place, at half the size. Of those that fit, the one with the
    most ink is the rim; the others run inside it.

    Args:
        ink: [height, width] 1 where there is ink.
        box: the patch.
        millimetre: in pixels.
    """
    low, high = (round(radius * millimetre / 2) for radius in SEAL_RADIUS)
    pad = 2 * high
    window = (slice(box.top, box.bottom + 2 * pad, 2), slice(box.left, box.right + 2 * pad, 2))
    widened = cv2.dilate(ink, np.ones((2, 2), np.uint8))
    seen, paper = (
        cv2.copyMakeBorder(picture, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=0)[window].astype(
            np.float32
        )
        for picture in (widened, np.ones_like(ink))
    )
    seen = np.asarray(cv2.dilate(seen, np.ones((3, 3), np.uint8)), np.float32)  # no rim is quite round
    whole = bool(paper.all())
    longest, found = 0.0, None
    for radius in range(low, high + 1, 2):  # the rim was widened by as much
        rim = np.zeros((2 * radius + 1, 2 * radius + 1), np.float32)
        cv2.circle(rim, (radius, radius), radius, 1.0, 1)
        length = float(rim.sum())
        hit = np.asarray(cv2.filter2D(seen, -1, rim, borderType=cv2.BORDER_CONSTANT), np.float32)
        visible = length if whole else cv2.filter2D(paper, -1, rim, borderType=cv2.BORDER_CONSTANT)
        hit[hit < RIM_SEEN * np.maximum(visible, RIM_VISIBLE * length)] = 0
        _, most, _, (x, y) = cv2.minMaxLoc(hit)
        if most > longest:
            longest, found = most, (2 * x + box.left - pad, 2 * y + box.top - pad, 2.0 * radius)
    return found


def _disc(x: int, y: int, radius: float, picture: Gray) -> BBox:
    height, width = picture.shape
    reach = round(radius)
    return BBox(max(x - reach, 0), max(y - reach, 0), min(x + reach, width), min(y + reach, height))


def _take_out(
    gray: Gray, image: Colour, coloured: Gray, inks: Sequence[_Ink], channel: int, millimetre: float
) -> None:
    """Replace the levels of ``gray`` around the ink by those of the print below it."""
    scale = image.shape[1] / coloured.shape[1]
    reach = max(round(AROUND * millimetre), 1)
    for ink in inks:
        if not ink.taken_out:
            continue
        box = _scaled(_grown(ink.box, reach), scale, image)
        mask = cv2.dilate(_cut(coloured, _grown(ink.box, reach)), np.ones((2 * reach + 1,) * 2, np.uint8))
        patch = image[box.top : box.bottom, box.left : box.right]
        densities = _Densities.measured(patch, channel)
        if densities is None:
            continue
        mask = cv2.resize(mask, (box.width, box.height), interpolation=cv2.INTER_NEAREST)
        for top in range(0, box.height, _STRIP):
            rows = slice(top, top + _STRIP)
            below = densities.print_below(patch[rows])
            target = gray[box.top : box.bottom, box.left : box.right][rows]
            # Where another ink was taken out before, this one sees that ink as print: the lighter is right.
            np.copyto(target, np.maximum(target, below), where=mask[rows] > 0)


@dataclass(frozen=True, slots=True)
class _Densities:
    """What an ink and its paper do to light: ``paper`` levels by channel, ``ratio`` of the ink's densities."""

    paper: NDArray[np.float32]
    ratio: float
    channel: int

    @staticmethod
    def measured(patch: Colour, channel: int) -> _Densities | None:
        """Measure an ink where it lies on bare paper; None where there is none to be seen."""
        paper = np.percentile(patch[::2, ::2].reshape(-1, 3), 85, axis=0).astype(np.float32)
        samples = patch[_coloured(patch, channel) > STRONGLY_COLOURED]
        if not samples.size:
            return None
        own, others = _optical(samples, paper, channel)
        ratio = float(np.median(own / np.maximum(others, 0.05)))
        return _Densities(paper, ratio, channel) if ratio < 1 else None

    def print_below(self, patch: Colour) -> Gray:
        """The levels of the print without the ink."""
        own, others = _optical(patch, self.paper, self.channel)
        density = (own - self.ratio * others) / (1 - self.ratio)
        near_print = cv2.dilate(np.asarray(density > PRINT, np.uint8), np.ones((NEAR_PRINT,) * 2, np.uint8))
        density = np.where(near_print > 0, np.maximum(density - GHOST, 0), 0)
        return np.asarray(self.paper.mean() * np.exp(-density), np.uint8)


def _optical(
    pixels: NDArray[np.uint8], paper: NDArray[np.float32], channel: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The optical density in the ink's own channel, and the mean of those in the others."""
    levels = np.maximum(np.arange(256, dtype=np.float32), 1)
    tables = [np.maximum(np.log(np.maximum(white, 1) / levels), 0).astype(np.float32) for white in paper]
    own = tables[channel][pixels[..., channel]]
    one, other = (number for number in range(3) if number != channel)
    return own, (tables[one][pixels[..., one]] + tables[other][pixels[..., other]]) / 2


def _grown(box: BBox, reach: int) -> BBox:
    return BBox(max(box.left - reach, 0), max(box.top - reach, 0), box.right + reach, box.bottom + reach)


def _cut(picture: NDArray[Any], box: BBox) -> NDArray[Any]:
    return picture[box.top : box.bottom, box.left : box.right]


def _scaled(box: BBox, scale: float, image: Colour) -> BBox:
    height, width = image.shape[:2]
    return BBox(
        round(box.left * scale),
        round(box.top * scale),
        min(round(box.right * scale), width),
        min(round(box.bottom * scale), height),
    )
