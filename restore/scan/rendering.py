"""At which resolution a PDF page is drawn: a scan at its own, everything else as asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot

import pypdfium2
import pypdfium2.raw as pdfium

from restore.scan.picture import (
    HIGHEST_BELIEVABLE_DPI,
    LOWEST_BELIEVABLE_DPI,
    a4_dpi,
    reading_factor,
)

POINTS_PER_INCH = 72
UNDECODABLE = "its picture cannot be decoded"
# A page that is one embedded scan is rendered at the scan's own resolution: stretching it gains nothing. Wrong
# letters of 4,000 on rendered pages of 12 points, scanned at 200 dpi and read at 200 / 300 / 400: gray
# 4 / 6 / 11, bitonal 7 / 8 / 17. Coarser scans are stretched, as Tesseract loses marks on low letters.
LOWEST_SCAN_DPI = 200
# Images that cover this share of the page are the page; smaller ones are pictures or a signature on it.
SCAN_SHARE = 0.5
# Images of one scan, cut in strips or tiles, are within this of each other.
SAME_DENSITY = 0.9
# Images that cover this much lie on each other: the paper, coarse, and the print, fine, but its resolution is that of a
# mask which cannot be asked for. Such a page is rendered no coarser than any other.
LAYERS_SHARE = 1.5


@dataclass(frozen=True, slots=True)
class Resolution:
    """How a page is drawn.

    Attributes:
        scale: pixels a point.
        dpi: pixels an inch of the paper. That is 72 times the scale, but for pages whose size is not the paper's.
        of_scan: whether pictures make up the page.
    """

    scale: float
    dpi: int
    of_scan: bool


@dataclass(frozen=True, slots=True)
class _PlacedImage:
    """``density`` in pixels a point, ``area`` on the page in square points."""

    density: float
    area: float


def resolution(page: pypdfium2.PdfPage, default: int) -> Resolution:
    """At which resolution the page is drawn: a scan's own within bounds, else the default."""
    density = _scan_density(page, default)
    if density is None:
        return Resolution(default / POINTS_PER_INCH, default, of_scan=False)
    own = round(density * POINTS_PER_INCH)
    pixels = max(page.get_width(), page.get_height()) * density
    scale = 1 / POINTS_PER_INCH
    if own > HIGHEST_BELIEVABLE_DPI or own < LOWEST_BELIEVABLE_DPI <= a4_dpi(pixels, lowest=1):
        # A page as many points large as its scan has pixels, or no larger than a stamp: the pixels tell the paper.
        own = a4_dpi(pixels)
        scale = density / own
    dpi = max(own, LOWEST_SCAN_DPI)
    dpi = round(dpi / reading_factor(dpi))
    return Resolution(dpi * scale, dpi, of_scan=True)


def can_decode_images(page: pypdfium2.PdfPage) -> bool:
    """Whether all images of the page can be decoded: one that cannot leaves white paper behind, without a word."""
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]):
        try:
            item.get_bitmap().close()
        except pypdfium2.PdfiumError:
            return False
    return True


def _scan_density(page: pypdfium2.PdfPage, default: int) -> float | None:
    """Pixels a point of the images that are the page, the finest if there are several; None where it is no scan."""
    page_area = page.get_width() * page.get_height()
    images = sorted(_images(page), key=lambda image: -image.density)
    found: float | None = None
    first, area = 0.0, 0.0
    for image in images:
        if image.density < SAME_DENSITY * first or not area:
            first, area = image.density, 0.0
        area += image.area
        if area >= SCAN_SHARE * page_area:
            found = first
            break
    covered = sum(image.area for image in images)
    if found is not None and covered >= LAYERS_SHARE * page_area:
        return max(found, default / POINTS_PER_INCH)
    return found


def _images(page: pypdfium2.PdfPage) -> Iterator[_PlacedImage]:
    left, bottom, right, top = page.get_bbox()
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]):
        placed = item.get_matrix()
        form = item.container
        while form is not None:
            placed = placed.multiply(form.get_matrix())
            form = form.container
        wide, high = item.get_px_size()
        width, height = hypot(placed.a, placed.b), hypot(placed.c, placed.d)
        x0, y0, x1, y1 = placed.on_rect(0, 0, 1, 1)
        seen = max(min(x1, right) - max(x0, left), 0.0) * max(min(y1, top) - max(y0, bottom), 0.0)
        if wide and high and width and height and seen:
            yield _PlacedImage(max(wide / width, high / height), seen)
