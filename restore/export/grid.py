"""A table as a grid in which every cell has its place, whatever its document says of rows, columns and spans."""

from __future__ import annotations

from typing import NamedTuple

from restore.document import Table

_LARGEST = 500  # rows or columns; a page has far fewer, and a damaged document must not fill the memory
# Places of a grid: 100 rows of 50 columns. To join a hundred thousand of them took DOCX more than 20 s.
_MOST_PLACES = 5_000
_NARROWEST = 0.15  # of the mean column; a narrower one has no room for a letter


class GridCell(NamedTuple):
    """A cell that begins at its place, with the rows and columns it takes."""

    text: str
    row_span: int
    column_span: int


def grid(table: Table) -> list[list[GridCell | None]]:
    """Rows of the table; None where a cell that spans it began elsewhere or where there is none.

    A cell whose place is taken is put into the text of the one that has it, one outside the table into its last row or column: no
    word is lost.

    >>> from restore.document import TableCell
    >>> cells = TableCell(row=0, column=0, column_span=2, text="Đơn vị"), TableCell(row=1, column=1, text="5")
    >>> [[cell and cell.text for cell in row] for row in grid(Table(id="t1", rows=2, columns=2, cells=cells))]
    [['Đơn vị', None], [None, '5']]
    """
    rows, columns = _size(table)
    cells: list[list[GridCell | None]] = [[None] * columns for _ in range(rows)]
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        row, column = min(max(cell.row, 0), rows - 1), min(max(cell.column, 0), columns - 1)
        taken = owner.get((row, column))
        if taken:
            there = cells[taken[0]][taken[1]]
            assert there is not None
            cells[taken[0]][taken[1]] = there._replace(text=f"{there.text} {cell.text}".strip())
            continue
        height, width = _free(owner, row, column, rows, columns, cell.row_span, cell.column_span)
        cells[row][column] = GridCell(cell.text, height, width)
        owner.update({(row + y, column + x): (row, column) for y in range(height) for x in range(width)})
    return cells


def column_shares(table: Table, columns: int) -> list[float]:
    """What part of the table's width each column takes on the page; equal parts where the document does not say.

    >>> from restore.document import TableCell
    >>> column_shares(Table(id="t1", rows=1, columns=2), 2)
    [0.5, 0.5]
    """
    widths: dict[int, int] = {}
    for cell in table.cells:
        box = cell.provenance[0].bbox if cell.provenance else None
        if box and cell.column_span == 1 and box.right > box.left:
            widths.setdefault(cell.column, box.right - box.left)
    usual = sum(widths.values()) / len(widths) if widths else 1.0
    found = [max(widths.get(column, usual), _NARROWEST * usual) for column in range(columns)]
    return [width / sum(found) for width in found]


def _size(table: Table) -> tuple[int, int]:
    """Rows and columns; of a table that is larger than any, those in which a cell begins."""
    rows, columns = (max(1, min(size, _LARGEST)) for size in (table.rows, table.columns))
    if rows * columns > _MOST_PLACES:
        rows = min(rows, max((cell.row for cell in table.cells), default=0) + 1)
        columns = min(columns, max((cell.column for cell in table.cells), default=0) + 1)
    return max(rows, 1), max(columns, 1)


def _free(
    owner: dict[tuple[int, int], tuple[int, int]],
    row: int,
    column: int,
    rows: int,
    columns: int,
    height: int,
    width: int,
) -> tuple[int, int]:
    """The spans, or one row and one column where they would leave the table or cover another cell."""
    height, width = max(1, min(height, rows - row)), max(1, min(width, columns - column))
    places = ((row + y, column + x) for y in range(height) for x in range(width))
    return (1, 1) if any(place in owner for place in places) else (height, width)
