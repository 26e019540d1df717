"""What was seen of a document, as ``seen.json`` keeps it: with it, review, exports and a new structure need no scan.

    schema_name, schema_version   "restore.seen"; additive changes raise the second figure only
    source, tool                  as in document.json
    warnings                      what reading the pages gave to warn of
    unread                        [start, end] in original.txt of what stands as it stood because nothing better was found
    words                         [start, end, confidence, alternatives] of the words of the program's own restored text that are
                                  not certain; start and end in original.txt
    pages                         each with its blocks of lines of words: [id, text, left, top, right, bottom, confidence]

The words of the pages in their order, joined as ``page.document_text`` joins them, are ``original.txt``: their places in it
need not be kept. What the engine says of single letters is not kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, TypeAdapter
from pydantic import Field as Attribute

from restore.document import Source, Tool, Warning
from restore.page import (
    BBox,
    Block,
    BlockKind,
    Cell,
    Line,
    Page,
    ProcessingStep,
    Reading,
    Region,
    RegionKind,
    Table,
    Word,
    WordSpan,
    document_text,
)

SCHEMA_NAME = "restore.seen"
SCHEMA_VERSION = "1.0"
# Of a word that nothing gives reason to doubt.
CERTAIN = 1.0
_NO_SOURCE, _NO_TOOL = Source(), Tool()


class Doubt(NamedTuple):
    """How sure a word of the program's own restored text is, and what else it may be, likeliest first.

    ``start`` and ``end`` are its place in the original (code points).
    """

    start: int
    end: int
    confidence: float
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seen:
    """What was seen of one document.

    Attributes:
        source: the file.
        tool: what read it.
        pages: as they were read; none for a text.
        doubts: the words of the program's own restored text that are not certain, in order.
        unread: spans of the original that stand as they stood because nothing better was found.
        warnings: of reading the pages.
    """

    source: Source = _NO_SOURCE
    tool: Tool = _NO_TOOL
    pages: tuple[Page, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    unread: tuple[tuple[int, int], ...] = ()
    warnings: tuple[Warning, ...] = ()

    @cached_property
    def spans(self) -> tuple[WordSpan, ...]:
        """Where the words of the pages stand in the original."""
        return document_text(self.pages)[1]


def kept(page: Page) -> Page:
    """The page as ``seen.json`` keeps it: without what the engine says of single letters, confidences to four places."""
    blocks = (
        replace(block, lines=tuple(Line(_rounded(line.words)) for line in block.lines))
        for block in page.blocks
    )
    readings = (replace(reading, words=_rounded(reading.words)) for reading in page.readings)
    return replace(page, blocks=tuple(blocks), readings=tuple(readings))


def _rounded(words: Iterable[Word]) -> tuple[Word, ...]:
    return tuple(replace(word, confidence=round(word.confidence, 4), choices=()) for word in words)


def seen_json(seen: Seen) -> str:
    """The content of ``seen.json``: one line a page and one for the doubts, so that two versions can be compared.

    >>> word = Word("p1w0", "Kiin", BBox(0, 0, 9, 9), 0.5)
    >>> page = Page(1, 100, 100, 300, (Block((Line((word,)),)),), "tesseract")
    >>> read_seen(seen_json(Seen(pages=(page,), doubts=(Doubt(0, 4, 0.7, ("Kiến",)),)))).pages == (page,)
    True
    """
    head = {
        "schema_name": SCHEMA_NAME,
        "schema_version": SCHEMA_VERSION,
        "source": seen.source.model_dump(mode="json"),
        "tool": seen.tool.model_dump(mode="json"),
        "warnings": [warning.model_dump(mode="json") for warning in seen.warnings],
        "unread": seen.unread,
        "words": seen.doubts,
    }
    lines = [f'"{key}": {_compact(value)}' for key, value in head.items()]
    pages = ",\n".join(_compact(_page_dict(page)) for page in seen.pages)
    lines.append(f'"pages": [\n{pages}\n]' if pages else '"pages": []')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def read_seen(text: str) -> Seen:
    """What ``seen.json`` holds.

    Raises:
        ValueError: it is no such file, one of a later schema, or a value in it is of another kind than it should be.
    """
    data = _FILE.validate_json(text, strict=True)
    return Seen(
        source=data.source,
        tool=data.tool,
        pages=tuple(_page(page) for page in data.pages),
        doubts=tuple(Doubt(*doubt) for doubt in data.words),
        unread=data.unread,
        warnings=data.warnings,
    )


def _known_version(version: str) -> str:
    if version.split(".")[0] != SCHEMA_VERSION.split(".")[0]:
        raise ValueError(f"schema version {version}")
    return version


def _forwards(span: tuple[int, int]) -> tuple[int, int]:
    if span[0] > span[1]:
        raise ValueError(f"a span from {span[0]} to {span[1]}")
    return span


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _page_dict(page: Page) -> dict[str, Any]:
    return {
        "number": page.number,
        "width": page.width,
        "height": page.height,
        "dpi": page.dpi,
        "source": page.source,
        "steps": [[step.name, dict(step.settings)] for step in page.steps],
        "regions": [[region.kind, _box_list(region.bbox), region.text] for region in page.regions],
        "tables": [_table_dict(table) for table in page.tables],
        "readings": [
            [reading.source, reading.word_ids, [_word_list(word) for word in reading.words]]
            for reading in page.readings
        ],
        "blocks": [
            [block.kind, [[_word_list(word) for word in line.words] for line in block.lines]]
            for block in page.blocks
        ],
    }


def _page(data: _PageData) -> Page:
    return Page(
        number=data.number,
        width=data.width,
        height=data.height,
        dpi=data.dpi,
        source=data.source,
        steps=tuple(ProcessingStep(name, tuple(settings.items())) for name, settings in data.steps),
        regions=tuple(Region(kind, BBox(*box), text) for kind, box, text in data.regions),
        tables=tuple(_table(table) for table in data.tables),
        readings=tuple(Reading(ids, _words(words), source) for source, ids, words in data.readings),
        blocks=tuple(
            Block(tuple(Line(_words(words)) for words in lines), kind) for kind, lines in data.blocks
        ),
    )


def _word_list(word: Word) -> list[str | int | float]:
    return [word.id, word.text, *_box_list(word.bbox), word.confidence]


def _words(data: Iterable[_WordData]) -> tuple[Word, ...]:
    return tuple(
        Word(name, text, BBox(left, top, right, bottom), sure)
        for name, text, left, top, right, bottom, sure in data
    )


def _box_list(box: BBox) -> list[int]:
    return [box.left, box.top, box.right, box.bottom]


def _table_dict(table: Table) -> dict[str, Any]:
    cells = [asdict(cell) | {"bbox": _box_list(cell.bbox)} for cell in table.cells]
    return {"bbox": _box_list(table.bbox), "ruled": table.ruled, "cells": cells}


def _table(data: _TableData) -> Table:
    cells = (
        Cell(
            cell.row,
            cell.column,
            BBox(*cell.bbox),
            cell.word_ids,
            cell.row_span,
            cell.column_span,
        )
        for cell in data.cells
    )
    return Table(BBox(*data.bbox), tuple(cells), data.ruled)


# The file as it is written, held strictly: what is read is what everything else rests on.

_Offset = Annotated[int, Attribute(ge=0)]
_Span = Annotated[tuple[_Offset, _Offset], AfterValidator(_forwards)]
_Sure = Annotated[float, Attribute(ge=0.0, le=1.0)]
_BoxData = tuple[int, int, int, int]
_WordData = tuple[str, str, int, int, int, int, _Sure]


@dataclass(frozen=True, slots=True)
class _CellData:
    row: int
    column: int
    bbox: _BoxData
    word_ids: tuple[str, ...]
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class _TableData:
    bbox: _BoxData
    ruled: bool
    cells: tuple[_CellData, ...]


@dataclass(frozen=True, slots=True)
class _PageData:
    number: int
    width: int
    height: int
    dpi: int
    source: str
    steps: tuple[tuple[str, dict[str, float | int | str]], ...]
    regions: tuple[tuple[RegionKind, _BoxData, str], ...]
    tables: tuple[_TableData, ...]
    readings: tuple[tuple[str, tuple[str, ...], tuple[_WordData, ...]], ...]
    blocks: tuple[tuple[BlockKind, tuple[tuple[_WordData, ...], ...]], ...]


@dataclass(frozen=True, slots=True)
class _FileData:
    schema_name: Literal["restore.seen"]
    schema_version: Annotated[str, AfterValidator(_known_version)]
    source: Source
    tool: Tool
    warnings: tuple[Warning, ...]
    unread: tuple[_Span, ...]
    words: tuple[tuple[_Offset, _Offset, _Sure, tuple[str, ...]], ...]
    pages: tuple[_PageData, ...]


_FILE: TypeAdapter[_FileData] = TypeAdapter(_FileData)
