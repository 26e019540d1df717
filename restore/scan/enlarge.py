"""A page that was read from a shrunk picture, in pixels of the picture as it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from restore.page import BBox, Line, Page, Word


def enlarged(page: Page, factor: int) -> Page:
    """The page with all its boxes, its sides and its resolution so many times as large.

    >>> from restore.page import Block
    >>> word = Word("p1w0", "An", BBox(10, 20, 30, 40), 1.0)
    >>> large = enlarged(Page(1, 100, 200, 300, (Block((Line((word,)),)),), "tesseract"), 2)
    >>> next(large.words).bbox, large.width, large.height, large.dpi
    (BBox(left=20, top=40, right=60, bottom=80), 200, 400, 600)
    """
    if factor == 1:
        return page

    def box(old: BBox) -> BBox:
        return BBox(old.left * factor, old.top * factor, old.right * factor, old.bottom * factor)

    def words(old: Iterable[Word]) -> tuple[Word, ...]:
        return tuple(replace(word, bbox=box(word.bbox)) for word in old)

    return replace(
        page,
        width=page.width * factor,
        height=page.height * factor,
        dpi=page.dpi * factor,
        blocks=tuple(
            replace(block, lines=tuple(Line(words(line.words)) for line in block.lines))
            for block in page.blocks
        ),
        readings=tuple(replace(reading, words=words(reading.words)) for reading in page.readings),
        regions=tuple(replace(region, bbox=box(region.bbox)) for region in page.regions),
        tables=tuple(
            replace(
                table,
                bbox=box(table.bbox),
                cells=tuple(replace(cell, bbox=box(cell.bbox)) for cell in table.cells),
            )
            for table in page.tables
        ),
    )
