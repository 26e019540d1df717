"""Drawn lines of a page image: where they run, and the page without them.

A table's frame is what tells its cells apart, and what an engine trips over: it takes a rule for a letter
(``|``, ``l``, ``—``) and a framed cell for a picture.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from restore.scan.affine import IDENTITY, Affine

Gray = NDArray[np.uint8]

# Lines are looked for at this resolution: hairlines are still there, and it takes a quarter of the time.
RULE_DPI = 150
# Nothing printed runs on for so long, in inches: the widest letter is 0.2, the highest with its marks 0.2.
LEAST_LEVEL = 0.35
LEAST_UPRIGHT = 0.22
# A rule is at most so thick, in inches; its ends and gaps may miss each other by REACH.
MOST_THICK = 0.06
REACH = 0.06
# So much darker than the paper around it, in levels: a hairline of a 200-dpi scan is 40 levels darker.
DARKER = 18
SMALLEST = 16  # pixels: a smaller picture has no rules
SQUEEZE = 4  # pixels taken as one along a rule: runs are found in a quarter of the time
# The slope is measured on rules of so many inches, at least so many of them; less than STEEP is left alone.
TELLING = 1.5
FEWEST_TELLING = 2
STEEP = 0.002
MOST_FALL = 0.03  # what leans more is no rule of a page that was cleaned
_AROUND = 0.2  # inches that the paper around a pixel is measured in


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight drawn line: ``at`` is its row (level) or column (upright), ``start`` to ``end`` its run, in pixels."""

    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        """In pixels."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class _Run:
    """A rule, or a piece of one, and how much it falls a pixel to the right (down, for an upright)."""

    rule: Rule
    slope: float


@dataclass(frozen=True, slots=True)
class Rules:
    """The level and the upright rules of a page, in pixels once ``straight`` has made them so."""

    level: tuple[Rule, ...]
    upright: tuple[Rule, ...]
    straight: Affine = IDENTITY


def find_rules(gray: Gray, dpi: int, lean: float = 0.0) -> Rules:
    """The drawn lines of a page.

    A page that leans is turned; where its uprights lean otherwise than its lines (a scanner that feeds askew),
    it is sheared.

    Args:
        gray: the page, cleaned.
        dpi: its resolution.
        lean: by how many degrees its lines rise to the right (see ``clean``).
    """
    scale = min(RULE_DPI / dpi, 1.0)
    if min(gray.shape) * scale < SMALLEST:
        return Rules((), (), Affine.rotation(-lean, gray.shape[1], gray.shape[0]))
    ink = _ink(gray, scale)
    inch = dpi * scale
    height, width = ink.shape
    straight = Affine.rotation(-lean, width, height)
    level, upright = _both(ink, straight, inch)
    shear, tilt = _slope(upright, inch), _slope(level, inch)
    if max(abs(shear), abs(tilt)) > STEEP:
        straight = straight.then(Affine(1.0, -shear, shear * height / 2, -tilt, 1.0, tilt * width / 2))
        level, upright = _both(ink, straight, inch)
    grown = Affine(straight.a, straight.b, straight.c / scale, straight.d, straight.e, straight.f / scale)
    return Rules(
        tuple(_scaled(rule, 1 / scale) for rule in _joined(level, REACH * inch)),
        tuple(_scaled(rule, 1 / scale) for rule in _joined(upright, REACH * inch)),
        grown,
    )


def _ink(gray: Gray, scale: float) -> Gray:
    """What is darker than the paper around it, 0 or 1, at a smaller size that keeps hairlines."""
    step = round(1 / scale)
    small = cv2.erode(gray, np.ones((step, step), np.uint8)) if step > 1 else gray
    if scale < 1:
        size = round(gray.shape[1] * scale), round(gray.shape[0] * scale)
        small = cv2.resize(small, size, interpolation=cv2.INTER_NEAREST if step > 1 else cv2.INTER_LINEAR)
    around = int(_AROUND * RULE_DPI) | 1
    return np.asarray(
        cv2.adaptiveThreshold(
            np.asarray(small, np.uint8), 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, around, DARKER
        ),
        np.uint8,
    )


def _both(ink: Gray, straight: Affine, inch: float) -> tuple[list[_Run], list[_Run]]:
    """The level and the upright runs of an image of ink made straight."""
    height, width = ink.shape
    if straight != IDENTITY:
        turned = cv2.warpAffine(ink, straight.matrix, (width, height), flags=cv2.INTER_NEAREST)
        ink = np.asarray(turned, np.uint8)
    return _runs(ink, inch, LEAST_LEVEL), _runs(np.ascontiguousarray(ink.T), inch, LEAST_UPRIGHT)


def _runs(ink: Gray, inch: float, least: float) -> list[_Run]:
    """The level rules of an image of ink, in pieces."""
    # A rule that still leans a little climbs in steps; thickened by a pixel they hold together.
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    squeezed = _squeezed(np.asarray(thick, np.uint8))
    least_run = max(int(least * inch / SQUEEZE) - 1, 1)
    long = cv2.morphologyEx(squeezed, cv2.MORPH_OPEN, np.ones((1, least_run), np.uint8))
    count, labels, boxes, middles = cv2.connectedComponentsWithStats(
        np.asarray(long, np.uint8), connectivity=8
    )
    found = []
    for label in range(1, count):
        left, top, width, height, _ = (int(value) for value in boxes[label])
        # A curved or leaning rule is a flat box still; what is high is a bar, a seal or a photograph.
        if height > max(MOST_THICK * inch + 2, MOST_FALL * width * SQUEEZE):
            continue
        rule = Rule(float(middles[label][1]), left * SQUEEZE, (left + width) * SQUEEZE)
        inside = labels[top : top + height, left : left + width] == label
        found.append(_Run(rule, _rise(inside) / SQUEEZE))
    return found


def _rise(inside: NDArray[np.bool_]) -> float:
    """By how much the middle of what is inside falls from column to column."""
    columns = inside.sum(axis=0)
    if columns.size < 2 or not columns.all():
        return 0.0
    middles = (inside * np.arange(inside.shape[0])[:, None]).sum(axis=0) / columns
    return float(np.polyfit(np.arange(columns.size), middles, 1)[0])


def _slope(runs: Iterable[_Run], inch: float) -> float:
    """How much the long runs fall to the right, by the median; 0 where there are too few to tell."""
    slopes = [run.slope for run in runs if run.rule.length >= TELLING * inch]
    return float(np.median(slopes)) if len(slopes) >= FEWEST_TELLING else 0.0


def _squeezed(ink: Gray) -> Gray:
    """Every ``SQUEEZE`` pixels of a row as one: ink where all of them are.

    >>> _squeezed(np.array([[1, 1, 1, 1, 1, 0, 1, 1, 1]], np.uint8))
    array([[1, 0]], dtype=uint8)
    """
    height, width = ink.shape
    whole = np.ascontiguousarray(ink[:, : width // SQUEEZE * SQUEEZE])
    if not whole.size:
        return np.zeros((height, 1), np.uint8)
    return np.asarray(whole.view(np.uint32) == 0x01010101, np.uint8)


def _joined(runs: Iterable[_Run], reach: float) -> tuple[Rule, ...]:
    """Pieces of one rule made whole: at the same height, with gaps no wider than ``reach``.

    >>> pieces = Rule(10.0, 0, 50), Rule(11.0, 54, 90), Rule(40.0, 0, 90)
    >>> _joined([_Run(piece, 0.0) for piece in pieces], 6)
    (Rule(at=10.418604651162791, start=0, end=90), Rule(at=40.0, start=0, end=90))
    """
    done: list[Rule] = []
    for rule in sorted((run.rule for run in runs), key=lambda rule: (rule.start, rule.at)):
        for index, other in enumerate(done):
            if abs(rule.at - other.at) <= reach / 2 and rule.start <= other.end + reach:
                end = max(rule.end, other.end)
                whole = rule.length + other.length
                at = (rule.at * rule.length + other.at * other.length) / whole
                done[index] = Rule(at, other.start, end)
                break
        else:
            done.append(rule)
    return tuple(sorted(done, key=lambda rule: (rule.at, rule.start)))


def _scaled(rule: Rule, factor: float) -> Rule:
    return Rule(rule.at * factor, rule.start * factor, rule.end * factor)
