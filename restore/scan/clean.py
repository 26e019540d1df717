"""Cleaning a page image before it is read: pure steps, array in and array out, each only where it helps.

Seal and signature ink taken out, a noisy page shrunk to the resolution that it really has, grain filtered, paper
evened out, dirt whitened, large print reduced, bent lines drawn level, deskewing. The limits that decide whether a step
is taken were set on pages rendered for the purpose (14-point Tinos, Liberation Serif and FreeSerif) and degraded by
``tools/degrade.py``: *mild* (0.4 to 0.7° of skew, blur, noise of 9 levels, contrast 200, JPEG 60) and *hard* (1.1 to
1.9°, scanned at 200 dpi, noise of 17 levels, 1.2 % salt and pepper, specks, shading, contrast 135, JPEG 35). Wrong
letters of hard pages, bare and cleaned: 68 to 72 % and 1.1 to 1.3 %.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from restore.page import ProcessingStep, Region
from restore.scan import dirt
from restore.scan.affine import Affine, Chain, Transform
from restore.scan.dewarp import SHARPER, Bend, draw_level, find_bend
from restore.scan.ink import as_gray, separate
from restore.scan.noise import grain_width, noise_level, remove_grain
from restore.scan.paper import background, even_paper, needs_even_paper
from restore.scan.parts import ALL, Parts
from restore.scan.scaling import shrunk
from restore.scan.skew import deskew, estimate_skew

Gray = NDArray[np.uint8]

# A page that leans less is not turned: Tesseract follows its lines, and resampling costs more letters than
# the lean. Wrong letters of 4,100 on rendered pages, left alone / turned: sharp 0.3° 1/7, 0.5° 4/6, 1.2° 3/8,
# 1.8° 3/6; soft 0.5° 1/3, 1.2° 1/3, 1.8° 4/3; hard (noisy, 1.3 to 1.9°) 3.1 % / 3.2 %.
LEAST_SKEW = 1.5
LEVEL_IF_SHARPER = (SHARPER, 1.0)  # at first, and a second time
MM_PER_INCH = 25.4
# Noise of blank paper (see noise_level) in parts of the page's contrast.
# clean 0.000, mild 0.034, hard 0.105 to 0.193 (there 55 to 85 % of the letters are wrong without a filter).
NOISY = 0.085
# A noisy page whose neighbouring pixels flicker together so much was enlarged (see grain_width). It is shrunk by what
# 200 dpi lack to 300, but not below what print of 14 points needs. Wrong letters of hard pages kept at 300 dpi: filtered
# alike but not shrunk 5.2 %, with a filter for their size 1.2 %, shrunk first 1.0 to 1.1 %; Tesseract takes two thirds of
# the time.
ENLARGED = 0.45
SHRINK = 2 / 3
LEAST_DPI = 190


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned page.

    Attributes:
        image: gray.
        dpi: its resolution, lower than the page's where it was shrunk.
        steps: what was done, in order.
        regions: seals, signatures and handwriting, in pixels of the page.
        transform: takes pixels of the page to pixels of the cleaned image; its inverse brings boxes back.
        lean: by how many degrees the lines of the cleaned image still rise to the right.
    """

    image: Gray
    dpi: int
    steps: tuple[ProcessingStep, ...]
    regions: tuple[Region, ...]
    transform: Transform
    lean: float


def clean(image: NDArray[np.uint8], dpi: int, parts: Parts = ALL) -> Cleaned:
    """Clean a page image as far as it needs it.

    Args:
        image: gray, or blue-green-red, 8 bits.
        dpi: its resolution.
        parts: the steps that may be taken.
    """
    height, width = image.shape[:2]
    steps: tuple[ProcessingStep, ...] = ()
    gray, regions = image, tuple[Region, ...]()
    if image.ndim == 3:
        separated = separate(image, dpi) if parts.ink else as_gray(image)
        gray, regions = separated.gray, separated.regions
        steps += (separated.step,)
    level = noise_level(gray)
    if parts.remove_grain and level > NOISY:
        together = grain_width(gray)
        if parts.shrink and together > ENLARGED and dpi * SHRINK >= LEAST_DPI:
            gray = shrunk(gray, SHRINK)
            dpi = round(dpi * SHRINK)
            steps += (ProcessingStep("shrink", (("dpi", dpi), ("grain-width", round(together, 2)))),)
        gray = remove_grain(gray)
        steps += (ProcessingStep("remove-grain", (("noise", round(level, 3)),)),)
    paper = background(gray, dpi)
    if parts.even_paper and needs_even_paper(gray, paper):
        gray = even_paper(gray, paper)
        steps += (ProcessingStep("even-paper"),)
    shapes = dirt.find_shapes(gray, dpi)
    gray, whitened = _without_dirt(gray, shapes, parts)
    steps += whitened
    ways: tuple[Transform, ...] = (Affine.scaling(gray.shape[1] / width, gray.shape[0] / height),)
    gray, bends, drawn = _with_level_lines(gray, dpi) if parts.dewarp else (gray, (), ())
    ways += bends
    steps += drawn
    skew = estimate_skew(gray)
    if parts.deskew and abs(skew) >= LEAST_SKEW:
        ways += (Affine.rotation(-skew, gray.shape[1], gray.shape[0]),)
        gray = deskew(gray, skew)
        steps += (ProcessingStep("deskew", (("degrees", round(skew, 2)),)),)
        skew = 0.0
    return Cleaned(gray, dpi, steps, regions, Chain(ways), skew)


def _with_level_lines(gray: Gray, dpi: int) -> tuple[Gray, tuple[Bend, ...], tuple[ProcessingStep, ...]]:
    """The page with lines that bend drawn level; the words of bent lines are followed better once they are nearly so."""
    bends: list[Bend] = []
    steps: list[ProcessingStep] = []
    for sharper in LEVEL_IF_SHARPER:
        bend = find_bend(gray, dpi, sharper)
        if bend is None:
            break
        bends.append(bend)
        gray = draw_level(gray, bend)
        steps.append(ProcessingStep("dewarp", (("millimetres", round(bend.height * MM_PER_INCH / dpi, 1)),)))
    return gray, tuple(bends), tuple(steps)


def _without_dirt(gray: Gray, shapes: dirt.Shapes, parts: Parts) -> tuple[Gray, tuple[ProcessingStep, ...]]:
    """The page without dark edges and lonely specks, and how many of each there were."""
    chosen = shapes.none
    steps = []
    for name, wanted, find in (
        ("clear-edges", parts.clear_edges, dirt.edges),
        ("lonely-specks", parts.lonely_specks, dirt.lonely_specks),
    ):
        if wanted and (found := find(shapes)).any():
            chosen |= found
            steps.append(ProcessingStep(name, (("count", int(found.sum())),)))
    return (dirt.whiten(gray, shapes, chosen) if steps else gray), tuple(steps)
