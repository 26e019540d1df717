"""Make a clean page image look as office scanners and photocopiers leave it, in some grades, repeatably.

``clean`` is the page as it was set. ``mild`` is a fair flat-bed scan of a copy, ``hard`` a bad one at 200
dpi of a grey one, ``enlarged`` the same bad one enlarged to 300 dpi by the scanner, ``fax`` a page in black
and white at 200 dpi, ``worn`` a sheet from a binder with holes, dirt and the lid's dark edges, ``photo`` one that
bends before a camera. Only invented damage is used here; no page of an archive.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

RENDER_DPI = 300


@dataclass(frozen=True, slots=True)
class Grade:
    """How much a page suffers.

    Attributes:
        skew: least and most rotation in degrees, to either side.
        dpi: resolution it is scanned at.
        blur: standard deviation in pixels.
        noise: standard deviation of grey levels.
        contrast: grey levels between paper and ink, of 255.
        salt_pepper: share of pixels turned black or white.
        specks: dots of dirt on the page.
        shading: grey levels that the light falls off by over the page.
        jpeg: quality it is stored at; 0 for a page that is stored without loss.
        stored_dpi: resolution that it is enlarged to after the scan; None where it stays as scanned.
        threshold: least and most of the share of the contrast below which a pixel turns black; None for greys.
        holes: whether the sheet was punched and its edge is dark.
        arch: least and most millimetres that lines rise or sink towards the middle of the page.
    """

    skew: tuple[float, float] = (0.0, 0.0)
    dpi: int = RENDER_DPI
    blur: float = 0.0
    noise: float = 0.0
    contrast: float = 255.0
    salt_pepper: float = 0.0
    specks: int = 0
    shading: float = 0.0
    jpeg: int = 90
    stored_dpi: int | None = None
    threshold: tuple[float, float] | None = None
    holes: bool = False
    arch: tuple[float, float] | None = None

    @property
    def resolution(self) -> int:
        """Dots an inch of the page as it is stored."""
        return self.stored_dpi or self.dpi


# The benchmark on which the cleanup settings were chosen had these; blur, specks and shading of ``hard``
# were set by eye. It may have kept its hard pages at 200 dpi or enlarged them to 300, so there are both.
HARD = Grade(
    skew=(1.1, 1.9),
    dpi=200,
    blur=0.8,
    noise=17.0,
    contrast=135.0,
    salt_pepper=0.012,
    specks=60,
    shading=30.0,
    jpeg=35,
)
GRADES = {
    "clean": Grade(),
    "mild": Grade(skew=(0.4, 0.7), blur=1.0, noise=9.0, contrast=200.0, jpeg=60),
    "hard": HARD,
    "enlarged": replace(HARD, stored_dpi=RENDER_DPI, blur=1.2),
    # Set by eye after photocopies: strokes grow or break with the threshold, dirt stays.
    "fax": Grade(
        skew=(0.1, 1.0),
        dpi=200,
        blur=0.8,
        noise=20.0,
        salt_pepper=0.0005,
        specks=80,
        jpeg=0,
        threshold=(0.45, 0.75),
    ),
    "worn": Grade(
        skew=(0.1, 0.8), dpi=200, blur=0.7, noise=6.0, contrast=205.0, specks=200, jpeg=70, holes=True
    ),
    "photo": Grade(
        skew=(0.1, 0.8), dpi=200, blur=0.8, noise=5.0, contrast=190.0, shading=60.0, jpeg=80, arch=(3.0, 9.0)
    ),
}

Array = npt.NDArray[np.float32]


def rotate(image: Array, degrees: float) -> Array:
    """The page turned about its middle, white where it turned away."""
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255))


def resample(image: Array, scale: float) -> Array:
    """The page with so many times the pixels a side."""
    if scale == 1:
        return image
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return cv2.resize(image, None, fx=scale, fy=scale, interpolation=method)


def fade(image: Array, contrast: float, paper: float) -> Array:
    """The page with less between paper and ink: white becomes ``paper``, black ``paper - contrast``.

    >>> fade(np.array([0.0, 255.0], dtype=np.float32), 200.0, 235.0).tolist()
    [35.0, 235.0]
    """
    return image * np.float32(contrast / 255) + np.float32(paper - contrast)


def add_specks(image: Array, count: int, rng: np.random.Generator) -> Array:
    """The page with round dots of dirt of one to four pixels."""
    dirty = image.copy()
    height, width = image.shape[:2]
    for _ in range(count):
        centre = (int(rng.integers(0, width)), int(rng.integers(0, height)))
        cv2.circle(dirty, centre, int(rng.integers(1, 5)), (40, 40, 40), -1)
    return dirty


def punch(image: Array, dpi: int, rng: np.random.Generator) -> Array:
    """The page with two holes in its left margin and the lid's dark edge beside it, as ragged as paper is."""
    punched = image.copy()
    height, width = image.shape[:2]
    along, radius = float(rng.uniform(9, 13)), 2.75  # millimetres
    for place in (-40, 40):
        centre = (round(along / 25.4 * dpi), round(height / 2 + place / 25.4 * dpi))
        cv2.circle(punched, centre, round(radius / 25.4 * dpi), (40, 40, 40), -1)
    edge = rng.uniform(0.004, 0.012) * width + np.cumsum(rng.normal(0, 0.3, height))
    dark = np.arange(width)[None, :] > width - np.maximum(edge, 1)[:, None]
    punched[dark] = 30
    return punched


def bend(image: Array, depth: float) -> Array:
    """The page with lines that rise (or sink, where it is negative) by so many pixels towards its middle."""
    height, width = image.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    rise = np.float32(depth) * (1 - np.square(2 * x / width - 1))
    return cv2.remap(image, x, y + rise, cv2.INTER_LINEAR, borderValue=(255, 255, 255))


def shade(image: Array, depth: float, rng: np.random.Generator) -> Array:
    """The page darker towards one corner."""
    height, width = image.shape[:2]
    angle = rng.uniform(0, 2 * np.pi)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    fall = (x / width - 0.5) * np.cos(angle) + (y / height - 0.5) * np.sin(angle)
    dark = (depth * (fall + 0.5)).astype(np.float32)
    return image - (dark[:, :, None] if image.ndim == 3 else dark)


def salt_and_pepper(image: Array, share: float, rng: np.random.Generator) -> Array:
    """The page with a share of its pixels turned black or white."""
    chance = rng.random(image.shape[:2])
    spoilt = image.copy()
    spoilt[chance < share / 2] = 0
    spoilt[chance > 1 - share / 2] = 255
    return spoilt


def degrade(image: Image.Image, grade: str, seed: int) -> Image.Image:
    """A page as a scan of a grade.

    Args:
        image: the page at 300 dpi, grey or RGB; the mode is kept, but for grades in black and white.
        grade: a key of :data:`GRADES`.
        seed: the same seed gives the same pixels.

    Returns:
        The page before it is stored: at ``GRADES[grade].resolution``, to be kept as JPEG of ``GRADES[grade].jpeg``.
    """
    settings = GRADES[grade]
    if grade == "clean":
        return image.copy()
    rng = np.random.default_rng(seed)
    page = np.asarray(image if settings.threshold is None else image.convert("L"), dtype=np.float32)
    if settings.arch is not None:
        page = bend(page, float(rng.uniform(*settings.arch) * rng.choice([-1, 1])) / 25.4 * RENDER_DPI)
    page = rotate(page, float(rng.uniform(*settings.skew) * rng.choice([-1, 1])))
    page = resample(page, settings.dpi / RENDER_DPI)
    page = resample(page, settings.resolution / settings.dpi)
    page = add_specks(page, settings.specks, rng)
    if settings.holes:
        page = punch(page, settings.resolution, rng)
    page = cv2.GaussianBlur(page, (0, 0), settings.blur)
    page = fade(page, settings.contrast, paper=min(250.0, settings.contrast + 55.0))
    page = shade(page, settings.shading, rng)
    # Scanners make grey noise: the three colours of a pixel move together.
    grain = rng.normal(0, settings.noise, page.shape[:2]).astype(np.float32)
    page = page + (grain[:, :, None] if page.ndim == 3 else grain)
    if settings.threshold is not None:
        page = np.where(page < 255 * rng.uniform(*settings.threshold), 0, 255).astype(np.float32)
    page = salt_and_pepper(page, settings.salt_pepper, rng)
    scan = Image.fromarray(np.clip(page, 0, 255).astype(np.uint8))
    return scan if settings.threshold is None else scan.convert("1", dither=Image.Dither.NONE)
