"""Reading order from the boxes of the words alone: pure geometry, no picture and no language.

Administrative documents have two columns at the top (issuer, number | national name, motto, place and date)
and at the end (recipients | signature). An engine reads across both. Here the gutter between them is looked
for, and each column is read by itself, left before right; everything else is read line by line.

Lengths are in *units*: one unit is the median height of the page's words, about 45 pixels for 14-point print
at 300 dpi. The limits below were set on rendered pages with Decree 30's layout and by its typography.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from restore.page import BBox, Block, Line, Page, Word

# A gutter is at least this wide on each of its rows. A blank is 0.35 units, a justified one 0.6.
GUTTER = 0.65
# The gutter lies in this part of the text's width: a list's "1." or "-" stands in no column of its own.
GUTTER_ZONE = (0.2, 0.8)
GUTTER_STEP = 0.2
# In a justified line all blanks are wide; the gutter is wider than those beside it, where there are enough.
WIDER_THAN_BLANKS = 1.8
FEWEST_BLANKS = 3
# Decree 30 prints at least name and motto on one side, issuer and number on the other.
# Print of 9 points and less beside the text's 13 or 14.
SMALL_PRINT = 0.7
# A single line needs a wide gutter: a signature of which only the position could be read.
FEWEST_LINES_OF_A_COLUMN = 2
WIDE_GUTTER = 2.0
# The header begins in this top part of the page; at most this many lines follow a closing (a page number).
HEADER_BEGINS_ABOVE = 0.35
LINES_AFTER_CLOSING = 2
# A line of the right column alone, this far below the one before, is the next part of the page.
AFTER_COLUMNS = 2.2
# Both columns of a header begin within this of each other.
COLUMNS_BEGIN_WITHIN = 2.5
# A paraph or a seal that strays across the gutter is no reason to read across it.
STRAY_CONFIDENCE = 0.4
# Two pieces belong to one printed line if their heights overlap by this share of the lower one.
SAME_LINE_OVERLAP = 0.5
# A line stays if one of its words is as sure as this; lines of words of one or two letters need more.
# Rendered print reads at 0.9 and above, noise at 0.5 and below.
SURE_OF_WORDS = 0.35
CRUMB = 2
SURE_OF_CRUMBS = 0.88
# A new block begins where lines stand this much further apart than usual, or with an indent.
BLOCK_PITCH = 1.25
INDENT = 0.7


@dataclass(frozen=True, slots=True)
class _Region:
    """Words from ``top`` to ``bottom`` stand in two columns left and right of ``gutter``."""

    top: float
    bottom: float
    gutter: float
    score: tuple[int, int, float]


def order(page: Page) -> Page:
    """The same words in reading order, in lines and blocks, with specks left out and ids counted anew.

    Args:
        page: words whose ``Line`` grouping need only be right within a column. Its picture is upright.

    Returns:
        The page with columns read one after another. A page of nothing but specks has no blocks.
    """
    pieces = [line for block in page.blocks for line in block.lines]
    words = [word for line in pieces for word in line.words]
    if not words:
        return replace(page, blocks=())
    unit = float(median(word.bbox.height for word in words))
    dashes = [line for line in pieces if all(_is_dash(word) for word in line.words)]
    rows = _merge_pieces([*_swept(pieces, unit, page.width), *dashes])
    parts = _parts(rows, unit, page.height)
    # Swept again: what a seal left beside a recipient is a line of crumbs once the columns are parted.
    groups = [group for part in parts for group in group_lines(_merge_pieces(_swept(part, unit, page.width)))]
    return replace(page, blocks=_numbered(groups, page.number))


def _swept(lines: Iterable[Line], unit: float, page_width: int) -> list[Line]:
    return [Line(words) for line in lines if (words := without_specks(line.words, unit, page_width))]


def without_specks(words: Sequence[Word], unit: float, page_width: int) -> tuple[Word, ...]:
    """The words of a line without what is no print: specks, scanner edges, crumbs of seals and paraphs.

    A doubtful letter or digit is kept wherever other words stand beside it: it may be a handwritten number.
    """
    sound = [index for index, word in enumerate(words) if not _is_speck(word, unit, page_width)]
    between = range(sound[0], sound[-1]) if sound else range(0)
    kept = tuple(
        word for index, word in enumerate(words) if index in sound or (index in between and _is_dash(word))
    )
    letters = [word for word in kept if any(map(str.isalnum, word.text))]
    longest = max((sum(map(str.isalnum, word.text)) for word in letters), default=0)
    sure = max((word.confidence for word in letters), default=0.0)
    # A line without one sure word: of short ones these are crumbs, of long ones a seal read along its rim.
    if sure < (SURE_OF_CRUMBS if longest <= CRUMB else SURE_OF_WORDS):
        return ()
    return kept


def _is_dash(word: Word) -> bool:
    return word.text in ("-", "\N{EN DASH}", "\N{EM DASH}")


def _is_speck(word: Word, unit: float, page_width: int) -> bool:
    box = word.bbox
    if box.height > 3 * unit and box.width < box.height:  # an edge of the paper, a rule, a paraph
        return True
    if not any(map(str.isalnum, word.text)):
        at_margin = box.right < 0.03 * page_width or box.left > 0.97 * page_width
        return word.confidence < 0.5 or at_margin
    return word.confidence < 0.3 and box.height < 0.4 * unit


def _parts(lines: Sequence[Line], unit: float, page_height: int) -> Iterator[list[Line]]:
    """The lines in stretches that are each read from top to bottom."""
    regions = _two_column_regions(lines, unit, page_height)
    header = bool(regions) and regions[0].top < HEADER_BEGINS_ABOVE * page_height
    rest = _without_imprint(lines, regions[0].top, unit) if header else list(lines)
    for region in regions:
        above, inside, rest = _cut(rest, region)
        yield above
        yield from _columns(inside, region.gutter)
    yield rest


def _without_imprint(lines: Sequence[Line], header_top: float, unit: float) -> list[Line]:
    """The lines without the small print above a header: what an electronic signature stamps into the margin.

    Like a seal it lies on the page and is no part of its text. What is as large as the header's print stays.
    """
    large = [_height(line) for line in lines if _height(line) >= header_top and not _is_small(line, unit)]
    begin = min(large, default=0.0)
    return [line for line in lines if _height(line) >= begin or not _is_small(line, unit)]


def _is_small(line: Line, unit: float) -> bool:
    if line.text.strip("- ").isdigit():
        return False  # a page number: digits are lower than words with marks
    return median(word.bbox.height for word in line.words) < SMALL_PRINT * unit


def _cut(lines: Iterable[Line], region: _Region) -> tuple[list[Line], list[Line], list[Line]]:
    above: list[Line] = []
    inside: list[Line] = []
    below: list[Line] = []
    for line in lines:
        height = _height(line)
        (above if height < region.top else inside if height <= region.bottom else below).append(line)
    return above, inside, below


def _columns(lines: Iterable[Line], x: float) -> tuple[list[Line], list[Line]]:
    """The lines' parts left and right of the gutter."""
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        for column, words in (
            (left, tuple(word for word in line.words if _middle(word) < x)),
            (right, tuple(word for word in line.words if _middle(word) >= x)),
        ):
            if words:
                column.append(Line(words))
    return left, right


def _two_column_regions(lines: Sequence[Line], unit: float, page_height: int) -> list[_Region]:
    """The header's and the closing's columns, from top to bottom, where the page has them.

    Runs for one gutter overlap those for another: the one with most lines on its shorter side is taken first.
    """
    rows = sorted(lines, key=_height)
    if not rows:
        return []
    left = min(line.bbox.left for line in rows)
    width = max(line.bbox.right for line in rows) - left
    header_above = HEADER_BEGINS_ABOVE * page_height
    step = GUTTER_STEP * unit / max(width, 1)
    gutters = [left + share * width for share in _range(GUTTER_ZONE[0], GUTTER_ZONE[1], step)]
    last = _height(rows[-1 - LINES_AFTER_CLOSING]) if len(rows) > LINES_AFTER_CLOSING else 0.0
    regions = [
        region
        for x in gutters
        for region in _regions_at(rows, x, unit, header_above)
        if region.top < header_above or region.bottom >= last
    ]
    found: list[_Region] = []
    for region in sorted(regions, key=lambda region: region.score, reverse=True):
        if all(region.bottom < other.top or region.top > other.bottom for other in found):
            found.append(region)
    return sorted(found, key=lambda region: region.top)


def _regions_at(rows: Sequence[Line], x: float, unit: float, header_above: float) -> Iterator[_Region]:
    """Runs of lines that leave a gap free at ``x``, with enough lines side by side."""
    run: list[Line] = []
    for row in (*rows, None):
        if row is not None and not _crosses(row, x, unit):
            run.append(row)
            continue
        header = bool(run) and _height(run[0]) < header_above
        region = _region(_trimmed(run, x, unit) if header else run, x, unit)
        if region:
            yield region
        run = []


def _region(run: Sequence[Line], x: float, unit: float) -> _Region | None:
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
    bottom = max(_height(left[-1]), _right_end(right, one.bottom, unit))
    return _Region(_height(run[0]), bottom, x, (fewer, len(run), free))


def _right_end(right: Sequence[Line], left_bottom: float, unit: float) -> float:
    """Where the right column ends: not with the title, which follows both after a space.

    What is left to the lines after the columns is read in the same place, but keeps its own company.
    """
    for before, line in pairwise(right):
        if _height(line) > left_bottom and _height(line) - _height(before) > AFTER_COLUMNS * unit:
            return _height(before)
    return _height(right[-1])


def _trimmed(run: Sequence[Line], x: float, unit: float) -> Sequence[Line]:
    """A header's run without what stands alone far above the columns, such as an electronic signature."""
    first_left = next((_height(line) for line in run if line.words and _middle(line.words[0]) < x), None)
    first_right = next((_height(line) for line in run if line.words and _middle(line.words[-1]) >= x), None)
    if first_left is None or first_right is None:
        return run
    start = max(first_left, first_right) - COLUMNS_BEGIN_WITHIN * unit
    return [line for line in run if _height(line) >= start]


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


def _merge_pieces(pieces: Iterable[Line]) -> list[Line]:
    """Printed lines from top to bottom: pieces that stand beside each other become one line."""
    lines: list[Line] = []
    for piece in sorted(pieces, key=_height):
        for index in range(len(lines) - 1, max(len(lines) - 4, -1), -1):
            if _on_one_line(lines[index], piece):
                words = sorted((*lines[index].words, *piece.words), key=lambda word: word.bbox.left)
                lines[index] = Line(tuple(words))
                break
        else:
            lines.append(piece)
    return lines


def _on_one_line(one: Line, other: Line) -> bool:
    a, b = one.bbox, other.bbox
    if min(a.right, b.right) - max(a.left, b.left) > min(a.width, b.width) / 2:
        return False  # one above the other, however close
    # The words nearest each other: on a page that is not quite straight the far ends stand higher or lower.
    first, second = (one, other) if a.left < b.left else (other, one)
    a, b = first.words[-1].bbox, second.words[0].bbox
    overlap = min(a.bottom, b.bottom) - max(a.top, b.top)
    return overlap >= SAME_LINE_OVERLAP * min(a.height, b.height)


def group_lines(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines of one column in blocks: parted by white space, an indent or a jump upwards.

    Args:
        lines: in reading order.
    """
    if not lines:
        return []
    pitches = sorted(_height(after) - _height(line) for line, after in pairwise(lines))
    close = [pitch for pitch in pitches if pitch > 0]
    # The usual distance of two lines is that of the closer half: blank lines only make distances larger.
    usual = close[len(close) // 4] if close else 0.0
    unit = float(median(word.bbox.height for line in lines for word in line.words))
    groups = [[lines[0]]]
    for index in range(1, len(lines)):
        line, before = lines[index], lines[index - 1]
        after = lines[index + 1] if index + 1 < len(lines) else None
        pitch = _height(line) - _height(before)
        if pitch < 0 or pitch > BLOCK_PITCH * max(usual, unit) or _is_indented(before, line, after, unit):
            groups.append([])
        groups[-1].append(line)
    return groups


def _is_indented(before: Line, line: Line, after: Line | None, unit: float) -> bool:
    """A paragraph's first line: the next goes back out, the one before stands further out or ends early."""
    indent = INDENT * unit
    if after is None or line.bbox.left - after.bbox.left <= indent:
        return False
    if _is_centred_below(before, line, indent) or _is_centred_below(line, after, indent):
        return False
    stands_in = line.bbox.left - before.bbox.left > indent
    ends_early = before.bbox.right < line.bbox.right - 2 * unit
    return stands_in or ends_early


def _is_centred_below(above: Line, line: Line, indent: float) -> bool:
    middles = above.bbox.left + above.bbox.right, line.bbox.left + line.bbox.right
    return abs(middles[0] - middles[1]) < 2 * indent and abs(above.bbox.left - line.bbox.left) > indent / 2


def _numbered(groups: Iterable[Sequence[Line]], number: int) -> tuple[Block, ...]:
    blocks = []
    count = 0
    for group in groups:
        lines = []
        for line in group:
            words = tuple(
                replace(word, id=f"p{number}w{count + index}") for index, word in enumerate(line.words)
            )
            count += len(words)
            lines.append(Line(words))
        blocks.append(Block(tuple(lines)))
    return tuple(blocks)


def _middle(word: Word) -> float:
    return (word.bbox.left + word.bbox.right) / 2


def _height(line: Line) -> float:
    """How far down a line stands: the median of its words' middles, which marks and commas cannot shift."""
    return float(median((word.bbox.top + word.bbox.bottom) / 2 for word in line.words))


def _range(start: float, stop: float, step: float) -> Iterator[float]:
    position = start
    while position <= stop:
        yield position
        position += step
