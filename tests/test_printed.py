"""What is printed on pages beside the body stays out of the sections; tables become rows and cells."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from restore.document import Document, Section
from restore.edit import Edit
from restore.page import BBox, Block, BlockKind, Cell, Line, Page, Table, Word, document_text
from restore.parser import build_document

FULL = "Các đơn vị chủ động phối hợp với Ủy ban nhân dân các xã tổ chức thực hiện từ năm"


def page(number: int, *blocks: tuple[BlockKind, str], tables: tuple[Table, ...] = ()) -> Page:
    ids = count()
    return Page(
        number,
        1000,
        1400,
        200,
        tuple(
            Block(tuple(Line(tuple(words(row, number, ids))) for row in text.split("\n")), kind)
            for kind, text in blocks
        ),
        "tesseract",
        tables=tables,
    )


def words(row: str, number: int, ids: Iterator[int]) -> Iterator[Word]:
    for place, text in enumerate(row.split()):
        box = BBox(100 + 60 * place, 100, 150 + 60 * place, 130)
        yield Word(f"p{number}w{next(ids)}", text, box, 0.95)


def document(*pages: Page, edits: tuple[Edit, ...] = ()) -> Document:
    text, spans = document_text(pages)
    restored = text
    for edit in edits:
        restored = restored[: edit.start] + edit.after + restored[edit.end :]
    return build_document(restored, original=text, edits=edits, spans=spans, pages=pages)


def texts(sections: tuple[Section, ...]) -> list[str]:
    return [
        text
        for section in sections
        for text in (section.title or "", section.text, *texts(section.children))
        if text
    ]


@pytest.mark.parametrize("half", ["nhân dân toàn xã.", "Nhân dân toàn xã và các đơn vị."])
def test_a_paragraph_goes_on_over_all_that_is_printed_between_two_pages(half: str) -> None:
    found = document(
        page(
            1,
            ("body", f"1. Nội dung\n{FULL}\n{FULL}"),
            ("footnote", "1 Theo số liệu của huyện."),
            ("page-number", "1"),
        ),
        page(2, ("running-head", "Công báo số 12 2"), ("body", f"{half}\n2. Kinh phí\nKhông.")),
    )
    assert texts(found.sections) == ["Nội dung", f"{FULL} {FULL} {half}", "Kinh phí", "Không."]


def test_a_short_line_ends_its_paragraph_at_the_end_of_a_page() -> None:
    found = document(
        page(1, ("body", f"1. Nội dung\n{FULL}\nCác đơn vị liên quan"), ("page-number", "1")),
        page(2, ("body", f"{FULL}\n{FULL}.")),
    )
    assert texts(found.sections)[1:] == [f"{FULL} Các đơn vị liên quan", f"{FULL} {FULL}."]


def cell(row: int, column: int, *ids: str, row_span: int = 1, column_span: int = 1) -> Cell:
    box = BBox(100 * column, 50 * row, 100 * (column + column_span), 50 * (row + row_span))
    return Cell(row, column, box, ids, row_span, column_span)


TABLE = Table(
    BBox(0, 0, 200, 100),
    (
        cell(0, 0, "p1w6", row_span=2),
        cell(0, 1, "p1w7", "p1w8"),
        cell(1, 1),
    ),
    ruled=True,
)


def test_a_table_stands_in_its_section_and_not_in_its_text() -> None:
    one = page(
        1,
        ("body", "1. Danh sách\nKèm theo là:"),
        ("table", "Số\nHọ tên"),
        ("body", "2. Kinh phí\nKhông."),
        tables=(TABLE,),
    )
    found = document(one)
    assert texts(found.sections) == ["Danh sách", "Kèm theo là:", "Kinh phí", "Không."]
    (table,) = found.tables
    assert (table.id, table.rows, table.columns, table.ruled) == ("t1", 2, 2, True)
    assert [(one.row, one.column, one.row_span, one.column_span, one.text) for one in table.cells] == [
        (0, 0, 2, 1, "Số"),
        (0, 1, 1, 1, "Họ tên"),
        (1, 1, 1, 1, ""),
    ]
    assert table.section_id is not None
    assert table.section_id.startswith("s1")
    assert (table.provenance[0].page, table.provenance[0].bbox) == (1, TABLE.bbox)
    name = table.cells[1].provenance[0]
    assert (name.page, name.bbox, name.word_ids) == (1, TABLE.cells[1].bbox, ("p1w7", "p1w8"))
    text, _ = document_text([one])
    assert text[name.start : name.end] == "Họ tên"


def test_a_cell_has_what_was_restored_in_it() -> None:
    one = page(1, ("body", "1. Danh sách\nKèm theo là:"), ("table", "So\nHo ten"), tables=(TABLE,))
    text, _ = document_text([one])
    start = text.index("Ho ten")
    edits = tuple(
        Edit(start=at, end=at + len(before), before=before, after=after, kind="mark", source="model", confidence=0.9, status="auto")
        for at, before, after in ((text.index("So\n"), "So", "Số"), (start, "Ho ten", "Họ tên"))
    )  # fmt: skip
    assert [one.text for one in document(one, edits=edits[:1]).tables[0].cells] == ["Số", "Ho ten", ""]
    assert [one.text for one in document(one, edits=edits[1:]).tables[0].cells] == ["So", "Họ tên", ""]


def test_a_table_parts_what_stands_above_and_below_it() -> None:
    one = page(1, ("body", f"{FULL}"), ("table", "a\nb c"), ("body", "Sở Tài chính thẩm định."), tables=())
    assert texts(document(one).sections) == [FULL, "Sở Tài chính thẩm định."]
