"""Columns side by side: the header's and the closing's, read one after the other.

Administrative documents have two columns at the top (issuer, number | national name, motto, place and date)
and at the end (recipients | signature). An engine reads across both. Here the gutter between them is looked
for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from restore.page import BBox, Line
from restore.scan.lines import centre_x, centre_y

# A gutter is at least this wide on each of its rows. A blank is 0.35 units, a justified one 0.6.
GUTTER = 0.65
# The gutter lies in this part of the text's width: a list's "1." or "-" stands in no column of its own.
GUTTER_ZONE = (0.2, 0.8)
GUTTER_STEP = 0.2
LEAST_STEP = (
    0.001  # of the width: it is reached where that is 200 times a word's height, as on no page of print
)
# In a justified line all blanks are wide; the gutter is wider than those beside it, where there are enough.
WIDER_THAN_BLANKS = 1.8
FEWEST_BLANKS = 3
# Decree 30 prints at least name and motto on one side, issuer and number on the other.
# A single line needs a wide gutter: a signature of which only the position could be read.
FEWEST_LINES_OF_A_COLUMN = 2
WIDE_GUTTER = 2.0
# The header begins in this top part of the page; at most this many lines follow a closing (a page number).
HEADER_BEGINS_ABOVE = 0.35
LINES_AFTER_CLOSING = 2
# A line of the right column alone, this far below the one before, is the next part of the page.
AFTER_COLUMNS = 2.2
# In a closing the signer's name is one, below the room for seal and signature: 4 to 7 units as Decree 30 is set.
AFTER_SIGNATURE = 9.0
# Both columns of a header begin within this of each other.
COLUMNS_BEGIN_WITHIN = 2.5
# A paraph or a seal that strays across the gutter is no reason to read across it.
STRAY_CONFIDENCE = 0.4


@dataclass(frozen=True, slots=True)
class Region:
    """Words from ``top`` to ``bottom`` stand in two columns left and right of ``gutter``.

    ``score`` is how well: lines of the shorter column, lines, width of the gutter.
    """

    top: float
    bottom: float
    gutter: float
    score: tuple[int, int, float]


def parts(lines: Iterable[Line], regions: Iterable[Region]) -> Iterator[list[Line]]:
    """The lines in stretches that are each read from top to bottom.

    Args:
        lines: printed lines from top to bottom.
        regions: those among them that are two columns.
    """
    rest = list(lines)
    for region in regions:
        above, inside, rest = _cut(rest, region)
        yield above
        yield from _columns(inside, region.gutter)
    yield rest


def _cut(lines: Iterable[Line], region: Region) -> tuple[list[Line], list[Line], list[Line]]:
    above: list[Line] = []
    inside: list[Line] = []
    below: list[Line] = []
    for line in lines:
        y = centre_y(line)
        (above if y < region.top else inside if y <= region.bottom else below).append(line)
    return above, inside, below


def _columns(lines: Iterable[Line], x: float) -> tuple[list[Line], list[Line]]:
    """The lines' parts left and right of the gutter."""
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        for column, words in (
            (left, tuple(word for word in line.words if centre_x(word) < x)),
            (right, tuple(word for word in line.words if centre_x(word) >= x)),
        ):
            if words:
                column.append(Line(words))
    return left, right


def two_column_regions(lines: Sequence[Line], unit: float, page_height: int) -> list[Region]:
    """The header's and the closing's columns, from top to bottom, where the page has them.

    Args:
        lines: printed lines, each over the whole width.
        unit: the median height of the page's words.
        page_height: in pixels.

    Runs for one gutter overlap those for another: the one with most lines on its shorter side is taken first.
    """
    rows = sorted(lines, key=centre_y)
    if not rows:
        return []
    left = min(line.bbox.left for line in rows)
    width = max(line.bbox.right for line in rows) - left
    header_above = HEADER_BEGINS_ABOVE * page_height
    step = max(GUTTER_STEP * unit / max(width, 1), LEAST_STEP)
    gutters = [left + share * width for share in _range(GUTTER_ZONE[0], GUTTER_ZONE[1], step)]
    last = centre_y(rows[-1 - LINES_AFTER_CLOSING]) if len(rows) > LINES_AFTER_CLOSING else 0.0
    regions = [
        region
        for x in gutters
        for region in _regions_at(rows, x, unit, header_above)
        if region.top < header_above or region.bottom >= last
    ]
    found: list[Region] = []
    for region in sorted(regions, key=lambda region: region.score, reverse=True):
        if all(region.bottom < other.top or region.top > other.bottom for other in found):
            found.append(region)
    return sorted(found, key=lambda region: region.top)


def _regions_at(rows: Sequence[Line], x: float, unit: float, header_above: float) -> Iterator[Region]:
    """Runs of lines that leave a gap free at ``x``, with enough lines side by side."""
    run: list[Line] = []
    for row in (*rows, None):
        if row is not None and not _crosses(row, x, unit):
            run.append(row)
            continue
        header = bool(run) and centre_y(run[0]) < header_above
        region = _region(_trimmed(run, x, unit) if header else run, x, unit, header=header)
        if region:
            yield region
        run = []


def _region(run: Sequence[Line], x: float, unit: float, *, header: bool) -> Region | None:
    left, right = _columns(run, x)
    if not left or not right:
        return None
    free = min(line.bbox.left for line in right) - max(line.bbox.right for line in left)
    fewer = min(len(left), len(right))
    if fewer < FEWEST_LINES_OF_A_COLUMN and free < WIDE_GUTTER * unit:
        return None
    one, other = BBox.union(line.bbox for line in left), BBox.union(line.bbox for line in right)
    if min(one.bottom, other.bottom) - max(one.top, other.top) < unit / 2:
        return None  # one stands below the other: that is no two columns
    after = AFTER_COLUMNS if header else AFTER_SIGNATURE
    bottom = max(centre_y(left[-1]), _right_end(right, one.bottom, after * unit))
    return Region(centre_y(run[0]), bottom, x, (fewer, len(run), free))


def _right_end(right: Sequence[Line], left_bottom: float, space: float) -> float:
    """Where the right column ends: not with the title, or a page number, which follow both after a space.

    What is left to the lines after the columns is read in the same place, but keeps its own company.
    """
    for before, line in pairwise(right):
        if centre_y(line) > left_bottom and centre_y(line) - centre_y(before) > space:
            return centre_y(before)
    return centre_y(right[-1])


def _trimmed(run: Sequence[Line], x: float, unit: float) -> Sequence[Line]:
    """A header's run without what stands alone far above the columns, such as an electronic signature."""
    first_left = next((centre_y(line) for line in run if line.words and centre_x(line.words[0]) < x), None)
    first_right = next((centre_y(line) for line in run if line.words and centre_x(line.words[-1]) >= x), None)
    if first_left is None or first_right is None:
        return run
    start = max(first_left, first_right) - COLUMNS_BEGIN_WITHIN * unit
    return [line for line in run if centre_y(line) >= start]


def _crosses(line: Line, x: float, unit: float) -> bool:
    """Whether words reach across the gutter, or it is but a blank among the blanks of this line."""
    sure = [word for word in line.words if word.confidence >= STRAY_CONFIDENCE]
    reach = GUTTER * unit / 2
    if any(word.bbox.left < x + reach and word.bbox.right > x - reach for word in sure):
        return True
    gaps = [(before, after, after.bbox.left - before.bbox.right) for before, after in pairwise(line.words)]
    here = [gap for before, after, gap in gaps if before.bbox.right <= x <= after.bbox.left]
    others = [gap for before, after, gap in gaps if not before.bbox.right <= x <= after.bbox.left]
    return bool(here and len(others) >= FEWEST_BLANKS) and here[0] < WIDER_THAN_BLANKS * median(others)


def _range(start: float, stop: float, step: float) -> Iterator[float]:
    position = start
    while position <= stop:
        yield position
        position += step
