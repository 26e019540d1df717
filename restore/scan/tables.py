"""Tables with their words: what stands in which cell, and how a table is read.

A table is read row by row, in a row cell by cell, each cell's lines together. A cell that reaches over
several rows is read with the first of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from restore.page import BBox, Cell, Line, Table, Word
from restore.scan.lines import centre_x, merge_pieces
from restore.scan.specks import is_dash

# What an engine makes of a rule that was left, or of a speck.
_RULE_LETTERS = frozenset("|_[]{}¦!—–-~=.,:;'`\"“”‘’‹›«»/\\")
# In a cell a single sign is content (%, x, 5) unless it is doubtful and no letter.
SURE_OF_SIGNS = 0.6
SURE_OF_LETTERS = 0.3
LEAST_HEIGHT = 0.35  # of the usual height of words: lower ones of letters are specks


@dataclass(frozen=True, slots=True)
class FilledTable:
    """A table and the lines that stand in each of its cells, in the order of its cells."""

    table: Table
    cells: tuple[tuple[Line, ...], ...]

    @property
    def rows(self) -> tuple[tuple[Line, ...], ...]:
        """The lines of each row that has any, cell by cell."""
        pairs = zip(self.table.cells, self.cells, strict=True)
        rows = groupby(pairs, key=lambda pair: pair[0].row)
        lines = (tuple(line for _, lines in row for line in lines) for _, row in rows)
        return tuple(row for row in lines if row)


def fill(
    tables: Iterable[Table], pieces: Sequence[Line], unit: float
) -> tuple[tuple[FilledTable, ...], list[Line]]:
    """Put words into the cells that they stand in.

    Args:
        tables: their cells without words.
        pieces: lines of the page, or parts of lines.
        unit: the median height of the page's words.

    Returns:
        The tables with words in two columns or more, and the pieces without the words that stand in them.
    """
    filled = []
    rest = list(pieces)
    for table in tables:
        inside, outside = _parted(rest, table.bbox)
        cells = tuple(tuple(merge_pieces(_swept(lines, unit))) for lines in _by_cell(table, inside))
        columns = {cell.column for cell, lines in zip(table.cells, cells, strict=True) if lines}
        if len(columns) > 1:
            filled.append(FilledTable(table, cells))
            rest = outside
    return tuple(filled), rest


def with_words(filled: FilledTable, words: Sequence[Word]) -> Table:
    """The table with the ids of its words.

    Args:
        filled: the table and its lines.
        words: the words of all its rows in reading order, as the page numbers them.
    """
    cells = []
    start = 0
    for cell, lines in zip(filled.table.cells, filled.cells, strict=True):
        count = sum(len(line.words) for line in lines)
        cells.append(replace(cell, word_ids=tuple(word.id for word in words[start : start + count])))
        start += count
    return replace(filled.table, cells=tuple(cells))


def _parted(lines: Iterable[Line], box: BBox) -> tuple[list[Line], list[Line]]:
    """The lines' words in a box and those outside."""
    inside, outside = [], []
    for line in lines:
        held = [word for word in line.words if _stands_in(word, box)]
        left = [word for word in line.words if not _stands_in(word, box)]
        if held:
            inside.append(Line(tuple(held)))
        if left:
            outside.append(Line(tuple(left)))
    return inside, outside


def _stands_in(word: Word, box: BBox) -> bool:
    x, y = centre_x(word), (word.bbox.top + word.bbox.bottom) / 2
    return box.left <= x < box.right and box.top <= y < box.bottom


def _by_cell(table: Table, lines: Iterable[Line]) -> list[list[Line]]:
    """The pieces of lines that stand in each cell; a word goes where its middle is."""
    held: list[list[Line]] = [[] for _ in table.cells]
    for line in lines:
        places = [_cell_of(word, table.cells) for word in line.words]
        for index, pairs in groupby(zip(places, line.words, strict=True), key=lambda pair: pair[0]):
            held[index].append(Line(tuple(word for _, word in pairs)))
    return held


def _cell_of(word: Word, cells: Sequence[Cell]) -> int:
    def distance(index: int) -> float:
        box = cells[index].bbox
        x, y = centre_x(word), (word.bbox.top + word.bbox.bottom) / 2
        return max(box.left - x, x - box.right, 0) + max(box.top - y, y - box.bottom, 0)

    return min(range(len(cells)), key=distance)


def _swept(lines: Iterable[Line], unit: float) -> list[Line]:
    """The lines without what is left of rules and specks."""
    kept = ((word for word in line.words if _is_print(word, unit)) for line in lines)
    return [Line(words) for line in kept if (words := tuple(line))]


def _is_print(word: Word, unit: float) -> bool:
    if is_dash(word) or word.text in ("+", "x", "%"):
        return word.confidence >= SURE_OF_LETTERS
    if all(sign in _RULE_LETTERS for sign in word.text):
        return word.confidence >= SURE_OF_SIGNS and word.bbox.width < 3 * unit
    low = word.bbox.height < LEAST_HEIGHT * unit
    return word.confidence >= (SURE_OF_SIGNS if low else SURE_OF_LETTERS) or len(word.text) > 3
