"""Which lines of a scanned text are the document's own: page numbers, running heads, footnotes and tables are not.

A plain text has none of this; there only the look of a line tells a page number (see ``lines``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from restore.document import ComponentKind, Table, TableCell
from restore.field import Provenance
from restore.page import BlockKind, Cell, Page, WordSpan
from restore.page import Table as SeenTable
from restore.structure.lines import Line, Span
from restore.structure.origin import Origin
from restore.structure.parts import Part


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A block of a page in the original: from where to where, what it is, on which page."""

    start: int
    end: int
    kind: BlockKind
    page: int


_KINDS: dict[BlockKind, ComponentKind] = {
    "page-number": "page_number", "running-head": "running_head", "footnote": "footnote", "table": "table",
}  # fmt: skip


def body_lines(
    origin: Origin, lines: Sequence[Line], pages: Sequence[Page], spans: Sequence[WordSpan]
) -> tuple[tuple[Line, ...], tuple[Part, ...]]:
    """The lines of the document's body, and what the others are part of.

    The first line of a page is marked as such, so that paragraphs go on in it.

    Args:
        origin: the text and the way back to the original.
        lines: of its text.
        pages: that the original was read from.
        spans: where their words stand in the original.
    """
    stretches = list(_stretches(pages, spans))
    starts = [stretch.start for stretch in stretches]
    if not stretches:
        return tuple(lines), ()
    body: list[Line] = []
    beside: list[Part] = []
    page = stretches[0].page
    after_table = False
    for line in lines:
        start = origin.original_span(line.span).start
        stretch = stretches[max(bisect_right(starts, start) - 1, 0)]
        if stretch.kind != "body":
            after_table |= stretch.kind == "table"
            beside.append(Part(line.start, _KINDS[stretch.kind]))
            continue
        broken = line.page_break or stretch.page != page
        # A table stands between paragraphs, never inside one.
        body.append(line._replace(page_break=broken and not after_table, gap=line.gap or after_table))
        page, after_table = stretch.page, False
    return tuple(body), tuple(beside)


def tables(
    origin: Origin,
    pages: Sequence[Page],
    spans: Sequence[WordSpan],
    sections: Sequence[tuple[Span, str]],
) -> tuple[Table, ...]:
    """The tables of the pages with what was restored in each cell.

    Args:
        origin: the text and the way back to the original.
        pages: that the original was read from.
        spans: where their words stand in the original.
        sections: where in the text the sections stand, with their ids, in order.
    """
    places = {(span.page, span.word.id): span for span in spans}
    starts = [origin.original_span(span).start for span, _ in sections]
    found = [(page, table) for page in pages for table in page.tables]
    return tuple(
        _table(origin, page, table, places, f"t{index}", starts, [name for _, name in sections])
        for index, (page, table) in enumerate(found, start=1)
    )


def _table(
    origin: Origin,
    page: Page,
    table: SeenTable,
    places: dict[tuple[int, str], WordSpan],
    name: str,
    starts: Sequence[int],
    names: Sequence[str],
) -> Table:
    words = [
        places[page.number, word]
        for cell in table.cells
        for word in cell.word_ids
        if (page.number, word) in places
    ]
    start = min((word.start for word in words), default=0)
    end = max((word.end for word in words), default=0)
    before = bisect_right(starts, start)
    return Table(
        id=name,
        rows=max(cell.row + cell.row_span for cell in table.cells),
        columns=max(cell.column + cell.column_span for cell in table.cells),
        cells=tuple(_cell(origin, page, cell, places) for cell in table.cells),
        section_id=names[before - 1] if before else None,
        ruled=table.ruled,
        provenance=(Provenance(page=page.number, bbox=table.bbox, start=start, end=end),),
    )


def _cell(origin: Origin, page: Page, cell: Cell, places: dict[tuple[int, str], WordSpan]) -> TableCell:
    words = [places[page.number, word] for word in cell.word_ids if (page.number, word) in places]
    start, end = (words[0].start, words[-1].end) if words else (0, 0)
    return TableCell(
        row=cell.row,
        column=cell.column,
        row_span=cell.row_span,
        column_span=cell.column_span,
        text=origin.restored_from(start, end),
        provenance=(
            Provenance(page=page.number, bbox=cell.bbox, word_ids=cell.word_ids, start=start, end=end),
        ),
    )


def _stretches(pages: Sequence[Page], spans: Sequence[WordSpan]) -> Iterator[_Stretch]:
    """The blocks of the pages that have words, in the order of the original."""
    words = iter(spans)
    for page in pages:
        for block in page.blocks:
            own = [next(words, None) for line in block.lines for _ in line.words]
            there = [word for word in own if word is not None]
            if there:
                yield _Stretch(there[0].start, there[-1].end, block.kind, page.number)
