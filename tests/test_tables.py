"""Tables on rendered pages, through the real Tesseract, and words put into cells."""

from __future__ import annotations

import numpy as np
import pytest

from restore.page import BBox, Block, Cell, Line, Page, Table, Word
from restore.scan.ingest import PageImage
from restore.scan.layout import order
from restore.scan.mosaic import Mosaic, Tile, back_on_page, mosaics
from restore.scan.read import read_page
from restore.scan.tables import fill
from tools.degrade import GRADES, degrade
from tools.render_table import DraftCell, DraftTable, DrawnTable, draw_table, plain

LIST = DraftTable(
    (15, 60, 75),
    plain(
        [("STT", "Họ và tên", "Chức vụ, đơn vị")]
        + [
            (str(number), name, "Trưởng trạm Bảo vệ thực vật và Chăn nuôi huyện Sông Mai")
            for number, name in enumerate(("Nguyễn Văn Bình", "Trần Thị Lành", "Phạm Quốc Thái"), start=1)
        ]
    ),
    above=("DANH SÁCH THÀNH VIÊN BAN CHỈ ĐẠO",),
    below=("Danh sách này có ba người.",),
)
SPANS = DraftTable(
    (15, 70, 25, 25),
    (
        (DraftCell("TT", 2, 1, True), DraftCell("Nội dung", 2, 1, True), DraftCell("Số lượng", 1, 2, True)),
        (DraftCell("Năm 2023", 1, 1, True), DraftCell("Năm 2024", 1, 1, True)),
        (DraftCell("**Công tác tuyên truyền**", 1, 4),),
        (DraftCell("1", 1, 1, True), DraftCell("Số hội nghị đã tổ chức"), DraftCell("24"), DraftCell("31")),
    ),
)


def read(drawn: DrawnTable, grade: str) -> Page:
    image = np.asarray(degrade(drawn.image.convert("L"), grade, 3))
    return read_page(PageImage(1, image, GRADES[grade].dpi), timeout=120)


def cells(page: Page) -> dict[tuple[int, int, int, int], str]:
    texts = {word.id: word.text for word in page.words}
    return {
        (cell.row, cell.column, cell.row_span, cell.column_span): " ".join(
            texts[name] for name in cell.word_ids
        )
        for table in page.tables
        for cell in table.cells
    }


def drawn_cells(drawn: DrawnTable) -> dict[tuple[int, int, int, int], str]:
    return {(cell.row, cell.column, cell.row_span, cell.column_span): cell.text for cell in drawn.cells}


@pytest.mark.parametrize("grade", ["clean", "hard"])
def test_every_cell_has_its_words(grade: str) -> None:
    drawn = draw_table(LIST)
    page = read(drawn, grade)
    found, true = cells(page), drawn_cells(drawn)
    assert found.keys() == true.keys()
    assert sum(found[place] == true[place] for place in true) >= len(true) - 1
    assert [block.kind for block in page.blocks] == ["body", *["table"] * 4, "body"]
    assert page.text.startswith(LIST.above[0])
    assert page.text.endswith(LIST.below[0])


def test_cells_that_span_rows_and_columns() -> None:
    drawn = draw_table(SPANS)
    assert cells(read(drawn, "clean")) == drawn_cells(drawn)


def test_columns_of_a_table_are_no_stamps() -> None:
    units = ("đơn vị", "cuộc", "đơn vị", "lượt")
    rows = [
        ("TT", "Nội dung", "Tính", "Số"),
        *((str(n), "Số đơn vị", unit, "12") for n, unit in enumerate(units)),
    ]
    drawn = draw_table(DraftTable((15, 60, 20, 24), plain(rows)))
    page = read(drawn, "clean")
    assert page.regions == ()
    found = cells(page)
    assert [found[row, 2, 1, 1] for row in range(1, 5)] == list(units)


def test_cells_stand_on_the_page_as_it_is() -> None:
    drawn = draw_table(LIST)
    (table,) = read(drawn, "clean").tables
    for cell, true in zip(table.cells, drawn.cells, strict=True):
        box = cell.bbox
        assert (box.left, box.top, box.right, box.bottom) == pytest.approx(true.box, abs=12)


GRID = Table(
    BBox(0, 0, 400, 200),
    (
        Cell(0, 0, BBox(0, 0, 100, 200), (), 2, 1),
        Cell(0, 1, BBox(100, 0, 400, 100), ()),
        Cell(1, 1, BBox(100, 100, 400, 200), ()),
    ),
    ruled=True,
)


def word(text: str, left: int, top: int, confidence: float = 0.95, height: int = 30) -> Word:
    return Word("", text, BBox(left, top, left + 15 * len(text), top + height), confidence)


def test_words_go_where_their_middle_is_and_read_cell_by_cell() -> None:
    across = Line((word("1", 40, 20), word("một", 120, 20), word("hai", 200, 20)))
    below = Line((word("ba", 120, 60), word("bốn", 160, 60)))
    second = Line((word("năm", 120, 130),))
    outside = Line((word("ngoài", 500, 20),))
    page = Page(1, 1000, 800, 200, (Block((below, across, outside, second)),), "tesseract")
    ordered = order(page, [GRID])
    assert [(block.kind, block.text) for block in ordered.blocks] == [
        ("table", "1\nmột hai\nba bốn"),
        ("table", "năm"),
        ("body", "ngoài"),
    ]
    (table,) = ordered.tables
    assert [cell.word_ids for cell in table.cells] == [
        ("p1w0",),
        ("p1w1", "p1w2", "p1w3", "p1w4"),
        ("p1w5",),
    ]


def test_signs_in_cells_stay_and_what_is_left_of_rules_goes() -> None:
    lines = [
        Line((word("%", 40, 20, 0.6), word("|", 90, 20, 0.4))),
        Line((word("-", 120, 35, 0.5, height=4), word("5", 200, 20, 0.5))),
        Line((word("l", 390, 120, 0.2),)),
    ]
    (filled,), rest = fill([GRID], lines, 30.0)
    assert [[line.text for line in cell] for cell in filled.cells] == [["%"], ["- 5"], []]
    assert rest == []


def test_a_grid_with_words_in_one_column_only_is_no_table() -> None:
    lines = [Line((word("chữ", 40, 20),)), Line((word("nữa", 40, 120),))]
    assert fill([GRID], lines, 30.0) == ((), lines)


def paper(*stains: tuple[int, int]) -> np.ndarray:
    image = np.full((400, 600), 255, np.uint8)
    for left, top in stains:
        image[top : top + 30, left : left + 20] = 0
    return image


def test_a_mosaic_shows_the_print_of_each_cell_once() -> None:
    image = paper((40, 40), (240, 45), (270, 45), (300, 45), (330, 45))
    image[150:153, 50:53] = 0  # dust
    boxes = [BBox(0, 0, 200, 100), BBox(200, 0, 600, 100), BBox(0, 100, 200, 200)]
    (mosaic,) = mosaics(image, boxes, 200)
    assert len(mosaic.tiles) == 2
    for tile in mosaic.tiles:
        shown = mosaic.image[tile.top : tile.top + tile.source.height, tile.left :][:, : tile.source.width]
        seen = image[tile.source.top : tile.source.bottom, tile.source.left : tile.source.right]
        assert np.array_equal(shown, seen)
    assert mosaic.tiles[0].source.left < 40 < mosaic.tiles[0].source.right
    # The lone letter stands beside a copy of the longer print, which no tile covers.
    assert mosaic.tiles[0].left > mosaic.tiles[1].left
    assert mosaic.image[mosaic.tiles[0].top :][:60, : mosaic.tiles[0].left].min() == 0


def test_empty_cells_make_no_mosaic() -> None:
    assert mosaics(paper(), [BBox(0, 0, 200, 100), BBox(0, 0, 3, 3)], 200) == ()


def test_words_go_back_to_where_they_were_cut_out() -> None:
    mosaic = Mosaic(paper(), (Tile(BBox(300, 50, 400, 90), 60, 10), Tile(BBox(20, 200, 90, 240), 10, 70)))
    guide = word("mẫu", 5, 12)
    read = Page(
        1,
        600,
        400,
        200,
        (Block((Line((guide, word("7", 80, 15))), Line((word("tám", 20, 75),)))),),
        "tesseract",
    )
    assert [(line.text, line.bbox.left, line.bbox.top) for line in back_on_page(read, mosaic)] == [
        ("7", 320, 55),
        ("tám", 30, 205),
    ]
