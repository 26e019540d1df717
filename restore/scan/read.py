"""One page image read: upright, cleaned, recognised, put in order, its boxes on the page as it is."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median

import numpy as np
from numpy.typing import NDArray

from restore.errors import InputError
from restore.page import BBox, Block, Line, Page, ProcessingStep, Table
from restore.scan import tesseract
from restore.scan.affine import Affine
from restore.scan.clean import clean
from restore.scan.ingest import PageImage
from restore.scan.layout import order
from restore.scan.mosaic import back_on_page
from restore.scan.orientation import lies_sideways
from restore.scan.parts import ALL, Parts
from restore.scan.remainder import is_print, unread
from restore.scan.ruled import RuledPage, find_tables, without_tables

# Pages read as surely as this stand upright. Rendered pages: upright 0.85 to 0.96 (hard ones 0.75),
# upside down 0.2 to 0.45. Only the doubtful rest is asked for its orientation, which costs a second.
UPRIGHT_CONFIDENCE = 0.65
UPRIGHT_WORDS = 8
LONG_WORD = 4
# What the second reading may take of the time that is left: it takes 0.3 to 0.9 s on scanned pages of 2 to 5 s.
REMAINDER_SHARE = 0.25


def read_page(
    page_image: PageImage, *, timeout: float, language: str = tesseract.LANGUAGE, parts: Parts = ALL
) -> Page:
    """Read one page.

    Args:
        page_image: the page.
        timeout: seconds that Tesseract may take for the page in all.
        language: Tesseract's name of the trained data.
        parts: what may be done.

    Returns:
        Words in reading order with boxes in pixels of ``page_image.image``; no words where there is no print.

    Raises:
        MissingToolError: Tesseract or its data is not installed.
        InputError: Tesseract failed on this page, or took too long.
    """
    try:
        return _read_any_way_up(page_image, time.monotonic() + timeout, language, parts)
    except InputError as error:
        if error.key == "page-timeout":  # one of several calls ran out of what was left for it
            raise InputError("page-timeout", page=page_image.number, seconds=f"{timeout:g}") from error
        raise


def _read_any_way_up(page_image: PageImage, deadline: float, language: str, parts: Parts) -> Page:
    if lies_sideways(page_image.image, page_image.dpi):
        return _read_sideways(page_image, deadline, language, parts)
    page = _read_upright(page_image, 0, deadline, language, parts)
    if not page.blocks or _is_upright(page, 0):
        return page
    turns = _quarter_turns(page_image, deadline)
    if not turns:
        return page
    turned = _read_upright(page_image, turns, deadline, language, parts)
    return turned if _is_upright(turned, turns) or _certainty(turned) > _certainty(page) else page


def _read_sideways(page_image: PageImage, deadline: float, language: str, parts: Parts) -> Page:
    """Read a page whose lines run up or down; asking which costs less than reading it head down."""
    turns = _quarter_turns(page_image, deadline)
    first = turns if turns % 2 else 3
    page = _read_upright(page_image, first, deadline, language, parts)
    if not page.blocks or _is_upright(page, first):
        return page
    other = _read_upright(page_image, (first + 2) % 4, deadline, language, parts)
    return other if _certainty(other) > _certainty(page) else page


def _read_upright(page_image: PageImage, turns: int, deadline: float, language: str, parts: Parts) -> Page:
    """Read the page after so many quarter turns counter-clockwise."""
    height, width = page_image.image.shape[:2]
    image: NDArray[np.uint8] = np.ascontiguousarray(np.rot90(page_image.image, turns))
    cleaned = clean(image, page_image.dpi, parts)
    sheet = PageImage(page_image.number, cleaned.image, cleaned.dpi)
    ruled = (
        find_tables(sheet.image, sheet.dpi, cleaned.lean)
        if parts.tables
        else without_tables(sheet.image, cleaned.lean)
    )
    outside = replace(sheet, image=ruled.outside)
    seen = _recognize(outside, deadline, language, tesseract.AUTOMATIC_LAYOUT)
    if parts.remainder:
        seen = _with_remainder(seen, outside, deadline, language)
    steps = (ProcessingStep("turn", (("degrees", 90 * turns),)),) if turns else ()
    # Lines are level while they are put in order, then all boxes go back to the page as it is.
    seen = _with_cells(_mapped(seen, ruled.level.map_box), sheet, ruled, deadline, language)
    back = Affine.quarter_turns(turns, width, height).then(cleaned.transform).then(ruled.level).inverse()
    # What was rounded on a smaller picture may reach a pixel beyond the page.
    ordered = order(seen, ruled.tables, ruled.frames)
    page = _mapped(ordered, lambda box: back.map_box(box).within(width, height))
    upright = Affine.quarter_turns(turns, width, height).inverse()
    inks = (replace(ink, bbox=upright.map_box(ink.bbox)) for ink in cleaned.regions)
    return replace(
        page,
        width=width,
        height=height,
        dpi=page_image.dpi,
        steps=(*steps, *cleaned.steps),
        regions=(*page.regions, *inks),
    )


def _with_cells(seen: Page, sheet: PageImage, ruled: RuledPage, deadline: float, language: str) -> Page:
    """The page with what stands in its tables, which are read cell by cell."""
    lines: list[Line] = []
    for mosaic in ruled.cells:
        read = _recognize(replace(sheet, image=mosaic.image), deadline, language, tesseract.ONE_BLOCK)
        lines += back_on_page(read, mosaic)
    return replace(seen, blocks=(*seen.blocks, *(Block((line,)) for line in lines)))


def _recognize(sheet: PageImage, deadline: float, language: str, layout: int) -> Page:
    return tesseract.recognize(
        sheet.image,
        number=sheet.number,
        dpi=sheet.dpi,
        timeout=_left(deadline, sheet.number),
        language=language,
        layout=layout,
    )


def _with_remainder(seen: Page, sheet: PageImage, deadline: float, language: str) -> Page:
    """The page with what the first reading left out, or as it is where the second one fails or takes long."""
    rest = unread(sheet.image, seen)
    if rest is None:
        return seen
    unit = float(median(word.bbox.height for word in seen.words))
    now = time.monotonic()
    soon = now + REMAINDER_SHARE * (deadline - now)
    try:
        second = _recognize(replace(sheet, image=rest), soon, language, tesseract.SPARSE_TEXT)
    except InputError:
        return seen
    lines = [
        Line(words)
        for block in second.blocks
        for line in block.lines
        if (words := tuple(word for word in line.words if is_print(word, seen, unit)))
    ]
    return replace(seen, blocks=(*seen.blocks, *(Block((line,)) for line in lines)))


def _quarter_turns(page_image: PageImage, deadline: float) -> int:
    cleaned = clean(page_image.image, page_image.dpi)
    degrees, _ = tesseract.orientation(
        cleaned.image,
        number=page_image.number,
        dpi=cleaned.dpi,
        timeout=_left(deadline, page_image.number),
    )
    return -(degrees // 90) % 4


def _left(deadline: float, number: int) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise InputError("page-timeout", page=number, seconds=0)
    return left


def _mapped(page: Page, box: Callable[[BBox], BBox]) -> Page:
    """The page with all its boxes elsewhere."""

    def line(words: Line) -> Line:
        return Line(tuple(replace(word, bbox=box(word.bbox)) for word in words.words))

    def table(found: Table) -> Table:
        cells = tuple(replace(cell, bbox=box(cell.bbox)) for cell in found.cells)
        return replace(found, bbox=box(found.bbox), cells=cells)

    return replace(
        page,
        blocks=tuple(replace(block, lines=tuple(map(line, block.lines))) for block in page.blocks),
        regions=tuple(replace(region, bbox=box(region.bbox)) for region in page.regions),
        tables=tuple(map(table, page.tables)),
    )


def _is_upright(page: Page, turns: int) -> bool:
    """Whether a page that was read after so many quarter turns stood upright then."""
    words = list(page.words)
    if len(words) < UPRIGHT_WORDS:
        return False
    # Tesseract reads lines that run up or down the page as they stand, with boxes that are higher than wide.
    level = sum(word.bbox.width > word.bbox.height for word in words if len(word.text) >= LONG_WORD)
    steep = sum(word.bbox.width < word.bbox.height for word in words if len(word.text) >= LONG_WORD)
    sure = _certainty(page) / len(words) >= UPRIGHT_CONFIDENCE
    return sure and (level <= steep if turns % 2 else level >= steep)


def _certainty(page: Page) -> float:
    return sum(word.confidence for word in page.words)
