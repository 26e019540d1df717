"""Round seals of scans without colour, found by their rims, and their rims taken off the print that they cross.

An agency's seal is 30 to 42 mm wide (Decree 99/2016/NĐ-CP and its circulars). Its rings are thinner than the bold
print of positions and names that it is set over: along a ring, only thin ink is taken out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from restore.page import BBox, Line, Page, Region, Word
from restore.scan.scaling import shrunk

Gray = NDArray[np.uint8]

WHITE = 255
RADIUS_MM = (14.0, 21.0)
# Circles are looked for at this resolution, with this many of OpenCV's votes: 50 loses a seal of nine offices' pages.
SEARCH_DPI = 75
VOTES = 40
EDGE = 150
OFF = 0.05  # radii: so far a circle may be off before it is refined
# Of its circumference that is ink once it is refined: 0.68 to 1 for 6 scanned and 9 rendered seals, 0.30 to 0.61 for print.
RIM_SHARE = 0.65
RINGS_ALIKE = 0.85
INK = 225  # gray below which a pixel may be a seal's: photocopies make red pale
# How dark a seal is: this percentile of the ink on its rim, where there is little print; and print: of the page.
RIM_FROM = 0.85  # radii
SEAL_LEVEL = 40
PRINT_LEVEL = 1
# A ring: this share of its circumference is ink.
RING_SHARE = 0.35
RING_FROM = 0.4  # of the radius: inside stands a star or an emblem
# The rim's ink is at most so wide (mm); bold print of 13 to 14 points has 0.55.
RING_INK_MM = 0.42
ROUND = 0.15  # the sides of a seal's box differ by no more than this share
REACH = 1.1  # radii: as far as a seal's ink goes
# A seal's own words stand within its rim, about its middle by this (radii), or are of so few letters.
RIM = 0.05
CENTRED = 0.3
CRUMB = 2
APART = 0.2
# A seal that is paler than print by so many levels is told from it by that alone.
PALER = 60
_MM = 25.4


@dataclass(frozen=True, slots=True)
class Seal:
    """A circle in pixels."""

    x: int
    y: int
    radius: int

    @property
    def bbox(self) -> BBox:
        """The box around it."""
        return BBox(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)

    def distance(self, x: float, y: float) -> float:
        """How far from the middle a place lies, in radii."""
        return float(np.hypot(x - self.x, y - self.y)) / self.radius


@dataclass(frozen=True, slots=True)
class Seals:
    """The seals of a page: ``coloured`` ones, whose ink is out already, and ``black`` ones."""

    coloured: tuple[Seal, ...] = ()
    black: tuple[Seal, ...] = ()

    @property
    def all(self) -> tuple[Seal, ...]:
        """Both."""
        return (*self.coloured, *self.black)


def seal_in(box: BBox) -> Seal | None:
    """The round seal that fills a box, or None where the box is none of a circle.

    >>> seal_in(BBox(0, 10, 100, 112))
    Seal(x=50, y=61, radius=50)
    """
    if abs(box.width - box.height) > ROUND * max(box.width, box.height):
        return None
    return Seal((box.left + box.right) // 2, (box.top + box.bottom) // 2, (box.width + box.height) // 4)


def regions_of(seals: Sequence[Seal]) -> tuple[Region, ...]:
    """The seals as regions of their page."""
    return tuple(Region("seal", seal.bbox) for seal in seals)


def find_seals(gray: Gray, dpi: int) -> tuple[Seal, ...]:
    """The round seals of a page, from top to bottom.

    Args:
        gray: the page.
        dpi: its resolution.
    """
    scale = min(SEARCH_DPI / dpi, 1.0)
    small = shrunk(gray, scale)
    least, most = (round(radius * dpi * scale / _MM) for radius in RADIUS_MM)
    found = cv2.HoughCircles(
        small,
        cv2.HOUGH_GRADIENT,
        dp=1,
        minDist=2 * least,
        param1=EDGE,
        param2=VOTES,
        minRadius=least,
        maxRadius=most,
    )
    if found is None:
        return ()
    rough = (Seal(*(round(float(value) / scale) for value in circle)) for circle in found[0])
    seals = (seal for seal, share in (_refined(gray, seal) for seal in rough) if share >= RIM_SHARE)
    return tuple(sorted(seals, key=lambda seal: (seal.y, seal.x)))


def _refined(gray: Gray, rough: Seal) -> tuple[Seal, float]:
    """The circle near a rough one that runs along most ink, and what share of its circumference that is.

    The rough one is off by up to two pixels of the small picture.
    """
    reach = round(REACH * rough.radius)
    left, top = max(rough.x - reach, 0), max(rough.y - reach, 0)
    rows, columns = np.nonzero(gray[top : rough.y + reach : 2, left : rough.x + reach : 2] < INK)
    x, y = left + 2 * columns, top + 2 * rows
    best, most = rough, 0.0
    radii = np.arange(1, reach + 2)
    off = max(round(OFF * rough.radius), 1)
    for step in (max(off // 3, 1), 1):
        middle = best
        span = off if middle is rough else off // 3
        for dx in range(-span, span + 1, step):
            for dy in range(-span, span + 1, step):
                distance = np.hypot(x - middle.x - dx, y - middle.y - dy).astype(np.int32)
                inked = np.bincount(distance, minlength=reach + 2)[1 : reach + 2]
                # Every second pixel of every second row was looked at; a ring is three pixels wide at least.
                share = np.convolve(inked, np.ones(3), "same") * 4 / (3 * 2 * np.pi * radii)
                share[: round((1 - 2 * OFF) * rough.radius)] = 0
                peak = float(share.max())
                if peak > most:
                    # The outermost of several rings.
                    radius = int(np.flatnonzero(share >= RINGS_ALIKE * peak)[-1]) + 1
                    best, most = Seal(middle.x + dx, middle.y + dy, radius), peak
    return best, min(most, 1.0)


def inside(box: BBox, seal: Seal, share: float) -> bool:
    """Whether a box lies wholly within a share of the seal's radius.

    >>> inside(BBox(90, 90, 110, 110), Seal(100, 100, 50), 0.5)
    True
    """
    corners = ((x, y) for x in (box.left, box.right) for y in (box.top, box.bottom))
    return all(seal.distance(x, y) <= share for x, y in corners)


def without_seals(gray: Gray, seals: Sequence[Seal], dpi: int) -> Gray:
    """The page with the ink of its seals taken out as far as it can be told from print."""
    for seal in seals:
        gray = without_seal(gray, seal, dpi)
    return gray


def without_seal(gray: Gray, seal: Seal, dpi: int) -> Gray:
    """The page with a seal's ink taken out as far as it can be told from print.

    Where the seal is paler than the print, by its paleness; else the thin ink along its rings is whitened.
    """
    reach = round(REACH * seal.radius)
    left, top = max(seal.x - reach, 0), max(seal.y - reach, 0)
    zone = gray[top : seal.y + reach, left : seal.x + reach]
    rows, columns = np.ogrid[: zone.shape[0], : zone.shape[1]]
    distance = np.rint(np.hypot(columns + left - seal.x, rows + top - seal.y)).astype(np.int32)
    dark = np.asarray(zone < INK, np.uint8)
    rim = zone[(dark > 0) & (distance > RIM_FROM * seal.radius) & (distance < reach)]
    cleared = gray.copy()
    if not rim.size:
        return cleared
    seal_level = float(np.percentile(rim, SEAL_LEVEL))
    print_level = float(np.percentile(gray[::4, ::4], PRINT_LEVEL))
    if seal_level - print_level > PALER:
        stretched = (zone.astype(np.float32) - print_level) / (seal_level - print_level)
        shown = (np.clip(stretched, 0, 1) * WHITE).astype(np.uint8)
        shown[distance > reach] = zone[distance > reach]
    else:
        on_ring = _rings(dark, distance, reach, seal.radius, dpi)[np.minimum(distance, reach)]
        width = _ring_width(dpi)
        thick = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((width + 1, width + 1), np.uint8))
        thin = (dark > 0) & (cv2.dilate(thick, np.ones((3, 3), np.uint8)) == 0)
        shown = np.where(thin & on_ring, WHITE, zone).astype(np.uint8)
    cleared[top : seal.y + reach, left : seal.x + reach] = shown
    return cleared


def _rings(dark: Gray, distance: NDArray[np.int32], reach: int, radius: int, dpi: int) -> NDArray[np.bool_]:
    """By distance from the middle in pixels, whether a ring runs there."""
    around = np.bincount(distance.ravel(), minlength=reach + 1)[: reach + 1]
    inked = np.bincount(distance.ravel(), dark.ravel(), minlength=reach + 1)[: reach + 1]
    rings = np.asarray(inked > RING_SHARE * around, np.uint8)
    rings[: round(RING_FROM * radius)] = 0
    # A ring's own width and what its middle was missed by.
    grown = cv2.dilate(rings[:, None], np.ones((2 * _ring_width(dpi) + 1, 1), np.uint8))
    return np.asarray(grown[:, 0] > 0, np.bool_)


def _ring_width(dpi: int) -> int:
    return max(round(RING_INK_MM * dpi / _MM), 2)


def without_seal_text(page: Page, seals: Sequence[Seal]) -> Page:
    """The page without the words that are a seal's own: lines in its middle, and crumbs of its rim.

    Names and positions that a seal lies over go on outside of it: it is set over the left third of a signature.
    """

    def is_own(words: Sequence[Word], seal: Seal) -> bool:
        letters = [word for word in words if any(map(str.isalnum, word.text))]
        if not letters or not all(inside(word.bbox, seal, 1 + RIM) for word in letters):
            return False
        box = BBox.union(word.bbox for word in letters)
        off = abs((box.left + box.right) / 2 - seal.x) / seal.radius
        return off <= CENTRED or sum(len(word.text) for word in letters) <= CRUMB

    def kept(line: Line) -> Line:
        for seal in seals:
            apart = list(_apart(line.words, seal))
            line = Line(tuple(word for words in apart if not is_own(words, seal) for word in words))
        return line

    blocks = (
        replace(block, lines=tuple(line for line in map(kept, block.lines) if line.words))
        for block in page.blocks
    )
    return replace(page, blocks=tuple(block for block in blocks if block.lines)) if seals else page


def _apart(words: Sequence[Word], seal: Seal) -> Iterator[tuple[Word, ...]]:
    """The words of a line, parted where a gap of a fifth of the seal's radius lies between two."""
    run: list[Word] = []
    for word in words:
        if run and word.bbox.left - run[-1].bbox.right > APART * seal.radius:
            yield tuple(run)
            run = []
        run.append(word)
    if run:
        yield tuple(run)
