"""Two pages side by side on one image: an opened book, or two sheets on the glass at once.

Read across, line 5 of the left page would be followed by line 5 of the right one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from restore.page import BBox, Line, Word

# Two upright pages of A series paper make an image 1.41 times as wide as high; cropped ones less.
LEAST_ASPECT = 1.15
# The gutter lies in this middle part of the width, and is at least so wide a part of it: two inner margins.
GUTTER_ZONE = (0.4, 0.6)
LEAST_GUTTER = 0.035
# One page at least has so many lines, the longer half of them over so much of the page: columns of a table have
# not. The other may be the last page of a text, with a few lines or a signature.
FEWEST_LINES = 8
FEWEST_LINES_BESIDE = 2
LINE_SHARE = 0.6
FULL = 0.6  # of a line of text is words; of a row of a table there is less
# A seal or a speck may lie across the gutter.
STRAY_CONFIDENCE = 0.4


def find_gutter(pieces: Sequence[Line], tables: Sequence[BBox], width: int, height: int) -> float | None:
    """Where the left page ends and the right one begins; None where the image is one page.

    Args:
        pieces: lines of the image, or parts of lines; an engine may have read across both pages.
        tables: where ruled tables stand: one that reaches across is on one page.
        width: of the image, in pixels.
        height: of the image.
    """
    if width < LEAST_ASPECT * height:
        return None
    words = [word for line in pieces for word in line.words if word.confidence >= STRAY_CONFIDENCE]
    gap = _widest_gap(words, width)
    if gap is None or gap[1] - gap[0] < LEAST_GUTTER * width:
        return None
    gutter = (gap[0] + gap[1]) / 2
    if any(box.left < gutter < box.right for box in tables):
        return None
    left, right = split_at(pieces, gutter)
    if min(len(left), len(right)) < FEWEST_LINES_BESIDE:
        return None
    return gutter if _is_page(left, gutter) or _is_page(right, width - gutter) else None


def split_at(pieces: Sequence[Line], gutter: float) -> tuple[list[Line], list[Line]]:
    """The words of lines left and right of a gutter."""
    left: list[Line] = []
    right: list[Line] = []
    for line in pieces:
        for side, words in (
            (left, tuple(word for word in line.words if _middle(word) < gutter)),
            (right, tuple(word for word in line.words if _middle(word) >= gutter)),
        ):
            if words:
                side.append(Line(words))
    return left, right


def _widest_gap(words: Sequence[Word], width: int) -> tuple[float, float] | None:
    """The widest stretch that no word reaches into, with its middle in the middle part of the image.

    >>> words = [Word("", "a", BBox(0, 0, 44, 9), 1.0), Word("", "b", BBox(60, 0, 100, 9), 1.0)]
    >>> _widest_gap(words, 100)
    (44, 60)
    """
    covered: list[list[int]] = []
    for box in sorted((word.bbox for word in words), key=lambda box: box.left):
        if covered and box.left <= covered[-1][1]:
            covered[-1][1] = max(covered[-1][1], box.right)
        else:
            covered.append([box.left, box.right])
    gaps = [(before[1], after[0]) for before, after in pairwise(covered)]
    low, high = GUTTER_ZONE[0] * width, GUTTER_ZONE[1] * width
    central = [gap for gap in gaps if low <= (gap[0] + gap[1]) / 2 <= high]
    return max(central, key=lambda gap: gap[1] - gap[0], default=None)


def _is_page(lines: Sequence[Line], room: float) -> bool:
    """Whether lines are those of a page of text: enough of them, full of words, most over most of its width."""
    full = [line for line in lines if sum(word.bbox.width for word in line.words) >= FULL * line.bbox.width]
    if len(full) < FEWEST_LINES:
        return False
    lengths = sorted(line.bbox.width for line in full)
    return median(lengths[len(lengths) // 2 :]) >= LINE_SHARE * room


def _middle(word: Word) -> float:
    return (word.bbox.left + word.bbox.right) / 2
