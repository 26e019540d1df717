"""The line that letters stand on, estimated from the boxes of the words: engines' own baselines are not kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import combinations
from statistics import median

from restore.export.words import PlacedWord
from restore.page import BBox

Point = tuple[int, int]

# What reaches below the baseline: letters, the dot below a vowel (by its combining mark), signs.
_BELOW = frozenset("gjpqyQJ,;()[]{}|/\\_@§\N{COMBINING DOT BELOW}")
# How far they reach, as a share of a word's height: .2 em below and .8 above in Times, the face of Decree 30.
BELOW_SHARE = 0.2
# A line on paper that was skewed more was turned before it was read; a steeper fit is an accident of short words.
STEEPEST = 0.1


def baseline(words: Sequence[PlacedWord], turned: int, width: int, height: int) -> tuple[Point, Point]:
    """Where the line begins and ends on the page, in reading direction.

    The words without letters that reach below it stand on it; the line through them is the median of the lines through each
    two (Theil and Sen). Where there are none, it lies a fifth of the words' height above their lowest point.

    Args:
        words: of one line, at least one.
        turned: degrees that the page was turned counter-clockwise to be read.
        width: of the page in pixels.
        height: of the page in pixels.

    >>> words = [PlacedWord("Số", BBox(10, 10, 40, 30), 1, "Số", 0, 2), PlacedWord("quyết", BBox(50, 16, 90, 36), 1, "", 3, 8)]
    >>> baseline(words, 0, 100, 100)
    ((10, 30), (90, 30))
    """
    boxes = [_upright(word.bbox, turned, width, height) for word in words]
    whole = BBox.union(boxes)
    standing = [
        ((box.left + box.right) / 2, box.bottom)
        for box, word in zip(boxes, words, strict=True)
        if _stands(word.text)
    ]
    slopes = [
        (there[1] - here[1]) / (there[0] - here[0])
        for here, there in combinations(standing, 2)
        if there[0] != here[0]
    ]
    slope = min(max(median(slopes), -STEEPEST), STEEPEST) if slopes else 0.0
    if standing:
        level = median(y - slope * x for x, y in standing)
    else:
        level = whole.bottom - BELOW_SHARE * median(box.height for box in boxes)
    ends = [(x, round(level + slope * x)) for x in (whole.left, whole.right)]
    first, last = (_on_page(end, turned, width, height) for end in ends)
    return first, last


def _stands(text: str) -> bool:
    letters = unicodedata.normalize("NFD", text)
    return _BELOW.isdisjoint(letters) and any(letter.isalnum() for letter in letters)


def _upright(box: BBox, turned: int, width: int, height: int) -> BBox:
    """The box on the page as it was turned to be read."""
    if turned == 90:
        return BBox(box.top, width - box.right, box.bottom, width - box.left)
    if turned == 180:
        return BBox(width - box.right, height - box.bottom, width - box.left, height - box.top)
    if turned == 270:
        return BBox(height - box.bottom, box.left, height - box.top, box.right)
    return box


def _on_page(point: Point, turned: int, width: int, height: int) -> Point:
    """A point of the turned page on the page as it lies."""
    x, y = point
    if turned == 90:
        x, y = width - y, x
    elif turned == 180:
        x, y = width - x, height - y
    elif turned == 270:
        x, y = y, height - x
    return min(max(x, 0), width), min(max(y, 0), height)
