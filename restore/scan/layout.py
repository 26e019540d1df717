"""Reading order from the boxes of the words: columns, tables, and what stands beside the text.

Lengths are in *units*: one unit is the median height of the page's words, about 45 pixels for 14-point print
at 300 dpi. The limits here and in the modules that this one puts together were set on rendered pages with
Decree 30's layout and by its typography.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from restore.page import BBox, Block, BlockKind, Line, Page, Region, Table
from restore.scan.asides import overlays, split_imprint, split_margins, stamps
from restore.scan.columns import HEADER_BEGINS_ABOVE, parts, two_column_regions
from restore.scan.lines import centre_y, group_lines, merge_pieces
from restore.scan.specks import is_dash, swept
from restore.scan.spreads import find_gutter, split_at
from restore.scan.tables import FilledTable, fill, with_words


@dataclass(frozen=True, slots=True)
class _Part:
    """A block to be: its lines, and the table that it is a row of."""

    lines: tuple[Line, ...]
    kind: BlockKind = "body"
    table: FilledTable | None = None


def order(page: Page, grids: Sequence[Table] = (), frames: Sequence[BBox] = ()) -> Page:
    """The same words in reading order, in lines and blocks, with specks left out and ids counted anew.

    Args:
        page: words whose ``Line`` grouping need only be right within a column. Its picture is upright.
        grids: the ruled tables of the page, their cells still without words.
        frames: drawn frames of the size of a stamp.

    Returns:
        The page with columns read one after another and tables row by row; what is printed beside the body
        (page numbers, footnotes …) in blocks of its kind; overlays laid aside as regions. A page of nothing
        but specks has no blocks.
    """
    pieces = [line for block in page.blocks for line in block.lines]
    words = [word for line in pieces for word in line.words]
    if not words:
        return replace(page, blocks=())
    unit = float(median(word.bbox.height for word in words))
    laid_aside, pieces = overlays(pieces, unit)
    stamped, pieces = stamps(pieces, frames, unit)
    laid_aside += stamped
    tables, pieces = fill(grids, pieces, unit)
    found: list[_Part] = []
    for sheet, own in _sheets(page, pieces, tables):
        arranged, imprint = _arranged(page, sheet, own, unit)
        found += arranged
        laid_aside += imprint
    blocks = _numbered([part.lines for part in found], [part.kind for part in found], page.number)
    return replace(
        page,
        blocks=blocks,
        regions=(*page.regions, *laid_aside),
        tables=tuple(_filled(tables, found, blocks)),
    )


def _sheets(
    page: Page, pieces: Sequence[Line], tables: Sequence[FilledTable]
) -> Iterable[tuple[Sequence[Line], Sequence[FilledTable]]]:
    """The lines and tables of each of two pages side by side, or of the one page."""
    gutter = find_gutter(pieces, [table.table.bbox for table in tables], page.width, page.height)
    if gutter is None:
        return [(pieces, tables)]
    left, right = split_at(pieces, gutter)
    on_left = [table for table in tables if table.table.bbox.left < gutter]
    return [(left, on_left), (right, [table for table in tables if table not in on_left])]


def _arranged(
    page: Page, pieces: Sequence[Line], tables: Sequence[FilledTable], unit: float
) -> tuple[list[_Part], tuple[Region, ...]]:
    """The parts of a page in reading order, and what an electronic signature stamped above its header."""
    dashes = [line for line in pieces if all(is_dash(word) for word in line.words)]
    rows = merge_pieces([*swept(pieces, unit, page.width), *dashes])
    margins = split_margins(rows, [table.table.bbox for table in tables], unit, page.height)
    found = [_Part(tuple(lines), kind) for kind, lines in margins.above]
    rest = list(margins.body)
    imprint: tuple[Region, ...] = ()
    for index, table in enumerate((*tables, None)):
        bottom = table.table.bbox.top if table else float("inf")
        band = [line for line in rest if centre_y(line) < bottom]
        rest = [line for line in rest if centre_y(line) >= bottom]
        regions = two_column_regions(band, unit, page.height)
        if not index and regions and regions[0].top < HEADER_BEGINS_ABOVE * page.height:
            imprint, band = split_imprint(band, regions[0].top, unit)
        for part in parts(band, regions):
            # Swept again: what a seal left beside a recipient is a line of crumbs once the columns are parted.
            lines = merge_pieces(swept(part, unit, page.width))
            found += [_Part(tuple(group)) for group in group_lines(lines)]
        if table:
            found += [_Part(row, "table", table) for row in table.rows]
    found += [_Part(tuple(lines), kind) for kind, lines in margins.below]
    return found, imprint


def _filled(
    tables: Iterable[FilledTable], parts: Sequence[_Part], blocks: Sequence[Block]
) -> Iterable[Table]:
    for table in tables:
        rows = [block for part, block in zip(parts, blocks, strict=True) if part.table is table]
        yield with_words(table, [word for block in rows for line in block.lines for word in line.words])


def _numbered(groups: Iterable[Sequence[Line]], kinds: Iterable[BlockKind], number: int) -> tuple[Block, ...]:
    blocks = []
    count = 0
    for group, kind in zip(groups, kinds, strict=True):
        lines = []
        for line in group:
            words = tuple(
                replace(word, id=f"p{number}w{count + index}") for index, word in enumerate(line.words)
            )
            count += len(words)
            lines.append(Line(words))
        blocks.append(Block(tuple(lines), kind))
    return tuple(blocks)
