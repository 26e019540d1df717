"""A page with its restored words as ALTO, PAGE and hOCR write it: areas of text, tables with cells, seals and signatures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import PurePosixPath

from restore.document import Source
from restore.edit import Edit
from restore.export.characters import printable
from restore.export.steps import Step, page_steps
from restore.export.words import PlacedBlock, PlacedLine, PlacedPage, PlacedWord, placed_pages
from restore.page import BBox, BlockKind, Cell, Page, Region, Table
from restore.seen import Seen


@dataclass(frozen=True, slots=True)
class TextArea:
    """Lines that belong together; a ``cell`` of a table may have none."""

    kind: BlockKind
    lines: tuple[PlacedLine, ...]
    bbox: BBox
    cell: Cell | None = None

    @property
    def text(self) -> str:
        """The lines joined by line breaks."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class TableArea:
    """A table: its cells with words in reading order, then its empty ones."""

    table: Table
    cells: tuple[TextArea, ...]
    bbox: BBox


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is written of one page; every box lies on it, and XML can hold every text.

    Attributes:
        number: 1-based page number in its file.
        width: pixels.
        height: pixels.
        dpi: resolution that the pixels are of.
        turned: degrees that the page was turned counter-clockwise to be read.
        source: the file.
        areas: in reading order.
        regions: what is no text of the document: seals, signatures …
        steps: what was done.
        engine: how sure the engine was of the words that it read, by their ids.
    """

    number: int
    width: int
    height: int
    dpi: int
    turned: int
    source: Source
    areas: tuple[TextArea | TableArea, ...] = ()
    regions: tuple[Region, ...] = ()
    steps: tuple[Step, ...] = ()
    engine: Mapping[str, float] = field(default_factory=dict)

    @property
    def file_name(self) -> str:
        """The name of the file, without its folder; a text that has none is called ``text``."""
        return printable(PurePosixPath(self.source.path).name) or "text"

    @property
    def angle(self) -> int:
        """Degrees counter-clockwise by which the lines are turned from the upright: 0, 90, 180 or 270."""
        return -self.turned % 360

    @property
    def words(self) -> Iterator[PlacedWord]:
        """All words in reading order."""
        for area in self.areas:
            for text in area.cells if isinstance(area, TableArea) else (area,):
                for line in text.lines:
                    yield from line.words

    @property
    def confidence(self) -> float:
        """The mean of the words' confidences, 1 for an empty page."""
        sure = [word.confidence for word in self.words]
        return sum(sure) / len(sure) if sure else 1.0

    def engine_confidence(self, word: PlacedWord) -> float | None:
        """How sure the engine was of what it read in the place of a word, by the least certain of its parts."""
        return min((self.engine[name] for name in word.word_ids if name in self.engine), default=None)


def sheets(original: str, edits: Sequence[Edit], seen: Seen) -> Iterator[Sheet]:
    """The pages of a document, one after the other; none for a text without pages.

    Args:
        original: the text as it was read.
        edits: all that led to the restored text.
        seen: the pages, and how sure each word is.
    """
    for placed, page in zip(placed_pages(original, edits, seen), seen.pages, strict=True):
        blocks, replaced = _writable(placed)
        steps = page_steps(page, placed.words, seen.tool, replaced)
        width, height = max(page.width, 1), max(page.height, 1)
        yield Sheet(
            number=page.number,
            width=width,
            height=height,
            dpi=page.dpi,
            turned=placed.turned,
            source=seen.source,
            areas=tuple(_areas(blocks, page, width, height)),
            regions=tuple(
                Region(one.kind, one.bbox.within(width, height), printable(one.text)) for one in page.regions
            ),
            steps=steps,
            engine={word.id: word.confidence for word in page.words},
        )


def _writable(placed: PlacedPage) -> tuple[tuple[PlacedBlock, ...], int]:
    """The blocks with boxes on the page and texts that XML can hold, and how many characters had to be replaced."""
    width, height = max(placed.width, 1), max(placed.height, 1)
    replaced = 0

    def writable(word: PlacedWord) -> PlacedWord:
        nonlocal replaced
        text, seen = printable(word.text), printable(word.seen)
        others = dict.fromkeys(map(printable, word.alternatives))
        replaced += sum(before != after for before, after in zip(word.text, text, strict=True))
        return replace(
            word,
            text=text,
            bbox=word.bbox.within(width, height),
            confidence=min(max(word.confidence, 0.0), 1.0),
            seen=seen,
            alternatives=tuple(other for other in others if other not in (text, seen)),
            reviewer=None if word.reviewer is None else printable(word.reviewer),
        )

    blocks = tuple(
        PlacedBlock(block.kind, tuple(PlacedLine(tuple(map(writable, line.words))) for line in block.lines))
        for block in placed.blocks
    )
    return blocks, replaced


_Placed = tuple[BlockKind, PlacedLine, tuple[int, int] | None]


def _areas(
    blocks: Iterable[PlacedBlock], page: Page, width: int, height: int
) -> Iterator[TextArea | TableArea]:
    """The blocks as areas; the blocks of a table, one a row, are its cells again."""
    cells = {
        name: (index, number)
        for index, table in enumerate(page.tables)
        for number, cell in enumerate(table.cells)
        for name in cell.word_ids
    }
    placed = ((block, _table_of(block, cells)) for block in blocks)
    for index, group in groupby(placed, key=lambda pair: pair[1]):
        found = [block for block, _ in group]
        if index is None:
            yield from (TextArea(block.kind, block.lines, block.bbox) for block in found)
        else:
            yield _table(found, page.tables[index], index, cells, width, height)


def _table_of(block: PlacedBlock, cells: Mapping[str, tuple[int, int]]) -> int | None:
    """The table that a block is a row of."""
    if block.kind != "table":
        return None
    ids = (name for line in block.lines for word in line.words for name in word.word_ids)
    return next((cells[name][0] for name in ids if name in cells), None)


def _table(
    rows: Iterable[PlacedBlock],
    table: Table,
    index: int,
    cells: Mapping[str, tuple[int, int]],
    width: int,
    height: int,
) -> TableArea:
    lines = [line for row in rows for line in row.lines]
    numbers: list[int] = []
    for line in lines:
        ids = (name for word in line.words for name in word.word_ids)
        own = (cells[name][1] for name in ids if name in cells and cells[name][0] == index)
        numbers.append(next(own, numbers[-1] if numbers else 0))  # an inserted line is in the cell before it
    found = []
    for number, group in groupby(zip(numbers, lines, strict=True), key=lambda pair: pair[0]):
        found.append(_cell(table.cells[number], tuple(line for _, line in group), width, height))
    empty = (cell for number, cell in enumerate(table.cells) if number not in numbers)
    found += [_cell(cell, (), width, height) for cell in empty]
    box = BBox.union([table.bbox.within(width, height), *(area.bbox for area in found)])
    return TableArea(table, tuple(found), box)


def _cell(cell: Cell, lines: tuple[PlacedLine, ...], width: int, height: int) -> TextArea:
    box = BBox.union([cell.bbox.within(width, height), *(line.bbox for line in lines)])
    return TextArea("table", lines, box, cell)
