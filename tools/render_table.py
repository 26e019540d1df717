"""Draw a page with a table on it, ruled or not, with what stands in each of its cells.

A table is written as rows of cells as in HTML: a cell that spans rows leaves no cell in the rows below. The
same table, fonts and Pillow give the same pixels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from tools.render import INK, LEADING, PAGE_MM, break_lines, load_font, parse_runs, pixels

MARGIN_MM = 20
PAD_MM = 1.5
RULE_PIXELS = 3
POINTS = 12.0


@dataclass(frozen=True, slots=True)
class DraftCell:
    """A cell to draw: its text with ``**bold**`` and ``_italic_`` runs, how many rows and columns it spans."""

    text: str
    row_span: int = 1
    column_span: int = 1
    centred: bool = False


@dataclass(frozen=True, slots=True)
class DraftTable:
    """A page with a table.

    Attributes:
        widths: of the columns, in millimetres.
        rows: cells from left to right, those that rows above reach down into left out.
        above: lines over the table.
        below: lines under it.
        ruled: whether lines are drawn around the cells.
        landscape: whether the page lies on its side.
        points: size of the type.
        pad: millimetres between a cell's text and its sides.
    """

    widths: tuple[float, ...]
    rows: tuple[tuple[DraftCell, ...], ...]
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    ruled: bool = True
    landscape: bool = False
    points: float = POINTS
    pad: float = PAD_MM


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell as it was drawn: its place from 0, its spans, its box in pixels and its lines."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: tuple[int, int, int, int]
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The lines joined by one blank."""
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A page image (RGB, 300 dpi), the table's cells, and all lines of the page in reading order."""

    image: Image.Image
    cells: tuple[DrawnCell, ...]
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """One line a line."""
        return "\n".join(self.lines) + "\n"


def plain(rows: Sequence[Sequence[str]]) -> tuple[tuple[DraftCell, ...], ...]:
    """Rows of cells that span nothing, the first row and column centred."""
    return tuple(
        tuple(DraftCell(text, centred=not number or not index) for index, text in enumerate(row))
        for number, row in enumerate(rows)
    )


def draw_table(draft: DraftTable) -> DrawnTable:
    """The page of a draft.

    Raises:
        FileNotFoundError: Tinos is not installed.
        ValueError: the rows do not fill the columns, or the table is higher than its page.
    """
    wide, high = PAGE_MM[::-1] if draft.landscape else PAGE_MM
    image = Image.new("RGB", (pixels(wide), pixels(high)), "white")
    pen = ImageDraw.Draw(image)
    y = float(pixels(MARGIN_MM))
    y = _lines(pen, draft.above, y, draft)
    placed = tuple(_placed(draft))
    tops = _tops(placed, draft, round(y))
    if tops[-1] > pixels(high - MARGIN_MM):
        raise ValueError("the table is higher than its page")
    lefts = [pixels(MARGIN_MM + sum(draft.widths[:index])) for index in range(len(draft.widths) + 1)]
    cells = []
    for row, column, cell in placed:
        box = (
            lefts[column], tops[row], lefts[column + cell.column_span], tops[row + cell.row_span],
        )  # fmt: skip
        lines = _wrapped(cell, box[2] - box[0], draft)
        _cell(pen, cell, lines, box, draft)
        texts = tuple(" ".join(word for word, _ in line) for line in lines)
        cells.append(DrawnCell(row, column, cell.row_span, cell.column_span, box, texts))
    _lines(pen, draft.below, tops[-1] + pixels(4), draft)
    inside = [line for cell in cells for line in cell.lines]
    return DrawnTable(image, tuple(cells), (*draft.above, *inside, *draft.below))


def _placed(draft: DraftTable) -> Iterator[tuple[int, int, DraftCell]]:
    """The cells with the rows and columns that they begin in."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(draft.rows):
        free = iter([column for column in range(len(draft.widths)) if (row, column) not in taken])
        for cell in cells:
            column = next(free, None)
            if column is None:
                raise ValueError(f"row {row} has too many cells")
            for other in range(column + 1, column + cell.column_span):
                if next(free, None) != other:
                    raise ValueError(f"row {row} has no room for a cell")
            taken |= {
                (row + down, column + right)
                for down in range(cell.row_span)
                for right in range(cell.column_span)
            }
            yield row, column, cell
        if next(free, None) is not None:
            raise ValueError(f"row {row} has too few cells")


def _tops(placed: Sequence[tuple[int, int, DraftCell]], draft: DraftTable, top: int) -> list[int]:
    """Where the rows begin, and where the last one ends: as high as their highest cell."""
    heights = [0.0] * len(draft.rows)
    for row, column, cell in sorted(placed, key=lambda one: one[2].row_span):
        width = pixels(sum(draft.widths[column : column + cell.column_span]))
        needed = len(_wrapped(cell, width, draft)) * _pitch(draft) + 2 * pixels(draft.pad)
        rows = range(row, row + cell.row_span)
        missing = needed - sum(heights[index] for index in rows)
        heights[rows[-1]] += max(missing, 0.0)
    return [round(top + sum(heights[:index])) for index in range(len(heights) + 1)]


def _wrapped(cell: DraftCell, width: int, draft: DraftTable) -> list[list[tuple[str, str]]]:
    runs = parse_runs(cell.text, "")
    return break_lines(runs, draft.points, width - 2 * pixels(draft.pad), 0) if runs else []


def _pitch(draft: DraftTable) -> float:
    return draft.points * LEADING * 300 / 72


def _cell(
    pen: ImageDraw.ImageDraw,
    cell: DraftCell,
    lines: Sequence[Sequence[tuple[str, str]]],
    box: tuple[int, int, int, int],
    draft: DraftTable,
) -> None:
    left, top, right, bottom = box
    if draft.ruled:
        pen.rectangle(box, outline=INK, width=RULE_PIXELS)
    blank = load_font("", draft.points).getlength(" ")
    y = (top + bottom - len(lines) * _pitch(draft)) / 2
    for line in lines:
        lengths = [load_font(style, draft.points).getlength(word) for word, style in line]
        x = left + pixels(draft.pad)
        if cell.centred:
            x = round((left + right - sum(lengths) - blank * (len(line) - 1)) / 2)
        for (word, style), length in zip(line, lengths, strict=True):
            pen.text((x, y), word, INK, load_font(style, draft.points))
            x += round(length + blank)
        y += _pitch(draft)


def _lines(pen: ImageDraw.ImageDraw, lines: Sequence[str], y: float, draft: DraftTable) -> float:
    """Lines of text from the left margin down; where the next one would stand."""
    for line in lines:
        pen.text((pixels(MARGIN_MM), y), line, INK, load_font("", draft.points + 1))
        y += _pitch(draft) * 1.15
    return y + pixels(2) if lines else y
