"""The reading order of a text layer: the layer's own, but for columns at the top and the end that it runs across.

Word processors write a header cell by cell, and so does the layer; others write it row by row: ``ỦY BAN NHÂN DÂN CỘNG HÒA
XÃ HỘI CHỦ NGHĨA VIỆT NAM``. Then geometry parts the columns, as it does on scans.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from statistics import median

from restore.page import Line, Page
from restore.scan.layout import order

# A line with a gap of so many heights of its words runs across two columns; blanks in justified lines have up to 1.
ACROSS = 2.5
# A layer that goes back up by so much of the page's height has columns in its body, and they are in their order.
BACK_UP = 0.25


def in_reading_order(layer: Page) -> Page:
    """The layer, or the same words with header and closing read column by column.

    Args:
        layer: words in the order of the layer.
    """
    lines = [line for block in layer.blocks for line in block.lines]
    if not any(map(_runs_across, lines)) or any(
        before.bbox.top - after.bbox.top > BACK_UP * layer.height for before, after in pairwise(lines)
    ):
        return layer
    ordered = order(layer)
    return ordered if _words(ordered) == _words(layer) else layer  # nothing may be left out


def _runs_across(line: Line) -> bool:
    height = median(word.bbox.height for word in line.words)
    gaps = (after.bbox.left - before.bbox.right for before, after in pairwise(line.words))
    return max(gaps, default=0) > ACROSS * height


def _words(page: Page) -> Counter[tuple[object, ...]]:
    return Counter((word.text, word.bbox) for word in page.words)
