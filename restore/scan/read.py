"""One page image read: upright, cleaned, recognised, put in order, its boxes on the page as it is."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from restore.errors import InputError
from restore.page import BBox, Block, Line, Page, ProcessingStep, Table, Word
from restore.scan import tesseract
from restore.scan.affine import Affine, Chain
from restore.scan.clean import Cleaned, clean
from restore.scan.ingest import PageImage
from restore.scan.layout import order
from restore.scan.mosaic import back_on_page
from restore.scan.orientation import lies_sideways
from restore.scan.parts import ALL, Parts
from restore.scan.ruled import RuledPage, find_tables, without_tables
from restore.scan.seals import (
    Seal,
    Seals,
    find_seals,
    regions_of,
    seal_in,
    without_seal_text,
    without_seals,
)
from restore.scan.second import second_readings
from restore.timing import timed

# Pages read as surely as this stand upright. Rendered pages: upright 0.85 to 0.96 (hard ones 0.75),
# upside down 0.2 to 0.45. Only the doubtful rest is asked for its orientation, which costs a second.
UPRIGHT_CONFIDENCE = 0.65
UPRIGHT_WORDS = 8
LONG_WORD = 4
# What second readings may take of the time that is left before they are given up.
SECOND_SHARE = 0.5


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
    with timed("orientation"):
        sideways = lies_sideways(page_image.image, page_image.dpi)
    if sideways:
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
    with timed("clean"):
        cleaned = clean(image, page_image.dpi, parts)
    with timed("seals"):
        seals = _seals(cleaned, parts)
        pixels = without_seals(cleaned.image, seals.black, cleaned.dpi)
    sheet = PageImage(page_image.number, pixels, cleaned.dpi)
    with timed("tables"):
        ruled = (
            find_tables(pixels, sheet.dpi, cleaned.lean)
            if parts.tables
            else without_tables(pixels, cleaned.lean)
        )
    outside = replace(sheet, image=ruled.outside)
    seen = _recognize(outside, deadline, language, tesseract.AUTOMATIC_LAYOUT)
    seen = _with_second(seen, outside, seals.all, deadline, language, parts)
    seen = replace(without_seal_text(seen, seals.all), regions=regions_of(seals.black))
    # Lines are level while they are put in order, then all boxes go back to the page as it is.
    seen = _with_cells(_mapped(seen, ruled.level.map_box), sheet, ruled, deadline, language)
    turn = Affine.quarter_turns(turns, width, height)
    back = Chain((turn, cleaned.transform, ruled.level)).inverse()
    # What was rounded on a smaller picture may reach a pixel beyond the page.
    page = _mapped(_in_order(seen, ruled), lambda box: back.map_box(box).within(width, height))
    inks = (replace(ink, bbox=turn.inverse().map_box(ink.bbox)) for ink in cleaned.regions)
    turned = (ProcessingStep("turn", (("degrees", 90 * turns),)),) if turns else ()
    faded = (ProcessingStep("without-seals", (("seals", len(seals.black)),)),) if seals.black else ()
    return replace(
        page,
        width=width,
        height=height,
        dpi=page_image.dpi,
        steps=(*turned, *cleaned.steps, *faded),
        regions=(*page.regions, *inks),
    )


def _seals(cleaned: Cleaned, parts: Parts) -> Seals:
    """The seals of a cleaned page: those whose ink was told by its colour, and those that only their shape tells."""
    boxes = (cleaned.transform.map_box(ink.bbox) for ink in cleaned.regions if ink.kind == "seal")
    black = find_seals(cleaned.image, cleaned.dpi) if parts.seals else ()
    return Seals(tuple(seal for box in boxes if (seal := seal_in(box))), black)


@timed("order")
def _in_order(page: Page, ruled: RuledPage) -> Page:
    """The page in reading order, the readings beside its words as they are called now."""
    ordered = order(page, ruled.tables, ruled.frames)
    now = {(word.bbox, word.text): word.id for word in ordered.words}
    names: dict[str, str | None] = {}
    for word in page.words:  # those of tables come last and have ids of their own
        names.setdefault(word.id, now.get((word.bbox, word.text)))
    readings = []
    for reading in page.readings:
        ids = tuple(name for name in map(names.get, reading.word_ids) if name)
        if len(ids) == len(reading.word_ids):
            readings.append(replace(reading, word_ids=ids))
    return replace(ordered, readings=tuple(readings))


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


@timed("second-reading")
def _with_second(
    page: Page, sheet: PageImage, seals: Sequence[Seal], deadline: float, language: str, parts: Parts
) -> Page:
    """The page with second readings, or as it is where they fail or take long."""
    soon = SECOND_SHARE * _left(deadline, page.number)
    try:
        return second_readings(page, sheet.image, seals, timeout=soon, language=language, parts=parts)
    except InputError:
        return page


@timed("orientation")
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

    def moved(words: tuple[Word, ...]) -> tuple[Word, ...]:
        return tuple(replace(word, bbox=box(word.bbox)) for word in words)

    def line(words: Line) -> Line:
        return Line(moved(words.words))

    def table(found: Table) -> Table:
        cells = tuple(replace(cell, bbox=box(cell.bbox)) for cell in found.cells)
        return replace(found, bbox=box(found.bbox), cells=cells)

    return replace(
        page,
        blocks=tuple(replace(block, lines=tuple(map(line, block.lines))) for block in page.blocks),
        readings=tuple(replace(reading, words=moved(reading.words)) for reading in page.readings),
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
